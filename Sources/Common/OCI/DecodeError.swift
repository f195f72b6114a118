extension OCI {
    /// A document that is not what the specification describes: where, what was expected, what stood there.
    package struct DecodeError: Error, Equatable, CustomStringConvertible {
        /// The field, for instance `linux.seccomp.syscalls[3].names`; empty for the document itself.
        package let path: String
        /// What the specification asks for there, for instance "a string".
        package let expected: String
        /// What was found instead, for instance "a number" or "nothing".
        package let found: String

        package init(path: String, expected: String, found: String) {
            self.path = path
            self.expected = expected
            self.found = found
        }

        package var description: String {
            "\(path.isEmpty ? "document" : path): expected \(expected), found \(found)"
        }
    }

    /// Where in a document a value stands. Only turned into text when something is wrong there.
    package indirect enum FieldPath {
        case root
        case member(FieldPath, String)
        case element(FieldPath, Int)

        /// The dotted form, for instance `mounts[2].destination`.
        package var text: String {
            switch self {
            case .root: return ""
            case .member(let parent, let key):
                let prefix = parent.text
                return prefix.isEmpty ? key : prefix + "." + key
            case .element(let parent, let index): return parent.text + "[\(index)]"
            }
        }
    }
}
