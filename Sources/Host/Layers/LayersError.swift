package import JSON
package import OCI

/// Why an image could not be turned into layers: one case per step.
package enum LayersError: Error {
    /// A system call on a file failed.
    case system(operation: String, path: String, errno: Int32)
    /// Not an image in any form that is read here.
    case unknownImage(path: String, found: String)
    /// The archive that holds the image, or a layer's archive, is malformed.
    case archive(path: String, TarError)
    /// A file that the image must have is not there.
    case missing(path: String, in: String)
    /// A JSON document of the image is not JSON.
    case json(path: String, JSONError)
    /// A JSON document of the image is not what the specification asks for.
    case document(path: String, OCI.DecodeError)
    /// A digest is not `sha256:` and 64 lower-case hexadecimal digits.
    case badDigest(String, in: String)
    /// Content that is not what its digest says.
    case digestMismatch(what: String, expected: String, found: String)
    /// Content that is longer or shorter than its descriptor says.
    case sizeMismatch(what: String, expected: UInt64, found: UInt64)
    /// A document larger than any sensible one.
    case documentTooLarge(path: String, size: UInt64, limit: UInt64)
    /// A media type that is not read here.
    case mediaType(String, of: String)
    /// The image is for another machine.
    case platform(found: String, image: String)
    /// The image is inconsistent in itself.
    case inconsistent(String)
    /// A helper program failed or is not installed.
    case decompressor(program: String, String)
    /// A layer's file system cannot be expressed.
    case filesystem(String)
    /// Two different images claim one name.
    case ambiguousReference(String)
    /// No such image was built.
    case unknownReference(String, known: [String])
}

extension LayersError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let operation, let path, let errno): "\(operation) \(path): \(systemMessage(errno))"
        case .unknownImage(let path, let found):
            "\(path): \(found); expected an OCI image layout (directory or tar with oci-layout and index.json) "
                + "or a docker-save archive (tar with manifest.json)"
        case .archive(let path, let error): "\(path): \(error)"
        case .missing(let path, let container): "\(container): no \(path) in it"
        case .json(let path, let error): "\(path): \(error)"
        case .document(let path, let error): "\(path): \(error)"
        case .badDigest(let digest, let place):
            "\(place): digest \"\(digest)\": expected sha256: and 64 lower-case hexadecimal digits"
        case .digestMismatch(let what, let expected, let found):
            "\(what): content does not match its digest: expected \(expected), found \(found)"
        case .sizeMismatch(let what, let expected, let found):
            "\(what): expected \(expected) bytes, found \(found)"
        case .documentTooLarge(let path, let size, let limit):
            "\(path): \(size) bytes, at most \(limit) expected"
        case .mediaType(let type, let what):
            "\(what): media type \"\(type)\" is not supported; expected a tar layer, plain or with gzip or zstd"
        case .platform(let found, let image): "\(image): no image for linux/amd64 in it, found \(found)"
        case .inconsistent(let what): what
        case .decompressor(let program, let what): "\(program): \(what)"
        case .filesystem(let what): what
        case .ambiguousReference(let reference):
            "two different images are called \(reference); name one of them with NEWNAME=PATH"
        case .unknownReference(let reference, let known):
            "no image \(reference) among the built ones (\(known.joined(separator: ", "))); "
                + "add it with: cofferctl layers build"
        }
    }
}
