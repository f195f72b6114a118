/// Why an archive was refused. Offsets are in bytes of the uncompressed archive.
package enum TarError: Error, Equatable {
    /// The archive ended inside a header or a file.
    case truncated(at: UInt64)
    /// A header's checksum does not match its bytes.
    case checksum(at: UInt64)
    /// A header's magic is none of ustar's, GNU's or the seventh edition's.
    case magic(at: UInt64)
    /// A number that is not one, or out of range.
    case number(field: String, at: UInt64)
    /// Only one zero block, or something after the end.
    case unterminated(at: UInt64)
    /// A type that has no place in a layer (sparse files, multi-volume parts, labels).
    case entryType(UInt8, path: ByteName)
    /// A name that is absolute after cleaning, or climbs with "..".
    case escapes(path: ByteName)
    /// A name that is empty, or has a part over 255 bytes, or is over 4096 bytes, or holds a zero byte.
    case badName(path: ByteName)
    /// An extended header that does not follow pax(5).
    case extendedHeader(String, at: UInt64)
    /// An extended header keyword that changes what a file is and is not supported.
    case keyword(ByteName, path: ByteName)
    /// A hard link whose target is not an earlier file of the same layer.
    case hardLink(path: ByteName, target: ByteName)
    /// A parent of the entry is not a directory.
    case parent(path: ByteName)
    /// A malformed or unknown whiteout.
    case whiteout(path: ByteName)
    /// Something that only overlayfs itself may use.
    case reserved(path: ByteName, String)
    /// More than the limits allow.
    case limit(String, path: ByteName)
    /// The source failed.
    case source(String)
}

extension TarError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .truncated(let at): "tar archive ends early, at byte \(at)"
        case .checksum(let at): "tar header at byte \(at): wrong checksum"
        case .magic(let at): "tar header at byte \(at): unknown format, expected ustar, pax or GNU tar"
        case .number(let field, let at): "tar header at byte \(at): field \(field) is not a number in range"
        case .unterminated(let at): "tar archive at byte \(at): expected two zero blocks at its end"
        case .entryType(let type, let path):
            "\(path): tar entry type \(type) is not supported in a layer (sparse and multi-volume files are not)"
        case .escapes(let path): "\(path): path leaves the layer"
        case .badName(let path):
            "\(path): not a path that Linux can have (empty, too long, or a zero byte in it)"
        case .extendedHeader(let what, let at): "pax header at byte \(at): \(what)"
        case .keyword(let keyword, let path): "\(path): pax keyword \(keyword) is not supported"
        case .hardLink(let path, let target):
            "\(path): hard link to \(target), which is no earlier file of the same layer"
        case .parent(let path): "\(path): a parent of it is not a directory"
        case .whiteout(let path): "\(path): unknown or malformed whiteout"
        case .reserved(let path, let what):
            "\(path): \(what) is overlayfs's own and must not come from an image"
        case .limit(let what, let path): "\(path): \(what)"
        case .source(let what): what
        }
    }
}
