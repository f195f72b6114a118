package import Layers

/// Why a manifest could not be turned into a plan or a policy. `path` is the field, as in `spec.containers[0].image`.
package enum PolicyGeneratorError: Error {
    /// Not YAML.
    case yaml(String)
    /// A value of the wrong kind, or one that makes no sense.
    case value(path: String, expected: String, found: String)
    /// A required field is absent.
    case missing(path: String)
    /// A field that is not known here.
    case unknownField(path: String, known: [String])
    /// A field that is known and refused, with what to do instead.
    case unsupported(path: String, hint: String)
    /// A user or group name that the image does not have.
    case unknownAccount(path: String, name: String, image: String)
    /// The images do not have what the manifest asks for.
    case image(path: String, LayersError)
    /// A file could not be read.
    case file(path: String, String)
}

extension PolicyGeneratorError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .yaml(let what): "not a YAML document: \(what)"
        case .value(let path, let expected, let found): "\(path): expected \(expected), found \(found)"
        case .missing(let path): "\(path): required, but absent"
        case .unknownField(let path, let known):
            "\(path): unknown field; what is not understood is not run. Known here: \(known.joined(separator: ", "))"
        case .unsupported(let path, let hint): "\(path): not supported; \(hint)"
        case .unknownAccount(let path, let name, let image):
            "\(path): \"\(name)\" is neither a number nor in the etc/passwd or etc/group of \(image)"
        case .image(let path, let error): "\(path): \(error)"
        case .file(let path, let what): "\(path): \(what)"
        }
    }
}
