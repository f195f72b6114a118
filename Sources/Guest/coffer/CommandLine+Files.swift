internal import CLinux
internal import JSON
internal import Linux
internal import OCI

extension OCICommandLine {
    /// The whole of a file; `-` is standard input.
    func readFile(_ path: String, prefix: String) throws(CommandLineError) -> [UInt8] {
        do throws(Errno) {
            let file =
                path == "-"
                ? try descriptorOrErrno(coffer_duplicate(0)) : try Descriptor.open(path, O_RDONLY)
            return try file.contents(limit: 1 << 24)
        } catch {
            let separator = prefix.isEmpty ? "" : ": "
            throw .failed("\(prefix)\(separator)open \(path): \(error.goText)")
        }
    }

    /// A document of the specification from a file's text; the error names the file and the field.
    func parse<Value: OCI.Document>(
        _ bytes: [UInt8], _ file: String, as type: Value.Type
    ) throws(CommandLineError) -> Value {
        let json: JSON
        do throws(JSONError) {
            json = try JSON.parse(bytes)
        } catch {
            throw .failed("\(file): \(error)")
        }
        do throws(OCI.DecodeError) {
            return try Value(json: json)
        } catch {
            throw .failed("\(file): \(error)")
        }
    }

    /// An absolute path without links.
    func absolutePath(_ path: String) throws(CommandLineError) -> String {
        guard let resolved = realpath(path, nil) else {
            throw .failed("chdir \(path): \(Errno(coffer_errno()).goText)")
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

extension Errno {
    /// The text that Go programs print, which clients match on.
    var goText: String {
        switch code {
        case ENOENT: "no such file or directory"
        case EACCES: "permission denied"
        case EPERM: "operation not permitted"
        case ENOTDIR: "not a directory"
        default: description
        }
    }
}

/// The descriptor flags, negative when the number is not open. fcntl(2).
func fcntlGetFlags(_ number: Int32) -> Int { coffer_fcntl(number, F_GETFD, 0) }
