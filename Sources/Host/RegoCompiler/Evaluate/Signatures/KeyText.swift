internal import Foundation

/// Keys as `io.jwt` functions take them: a PEM certificate or public key, or JSON Web Keys.
enum KeyText {
    struct Failure: Error {
        var reason: String
    }

    /// The keys of a text; of several JSON Web Keys the one of that name, when there is one.
    static func publicKeys(_ text: String, id: String) throws(Failure) -> [KeyHandle] {
        if let block = PEMBlock(text) { return [try key(of: block)] }
        guard let keys = JSONWebKey.keys(text) else {
            throw Failure(reason: "failed to parse a JWK key (set)")
        }
        let named = keys.filter { !id.isEmpty && $0.id == id }
        var handles: [KeyHandle] = []
        for entry in named.isEmpty ? keys : named {
            if entry.isSymmetric { continue }
            guard let bytes = entry.publicKey, let handle = KeyHandle(publicKey: bytes) else {
                throw Failure(reason: "failed to parse a JWK key (set)")
            }
            handles.append(handle)
        }
        return handles
    }

    private static func key(of block: PEMBlock) throws(Failure) -> KeyHandle {
        guard block.rest.allSatisfy(\.isWhitespace) else {
            throw Failure(reason: "extra data after a PEM certificate block")
        }
        switch block.label {
        case "CERTIFICATE":
            guard let handle = KeyHandle(certificate: block.bytes) else {
                throw Failure(reason: "failed to parse a PEM certificate")
            }
            return handle
        case "PUBLIC KEY":
            guard let handle = KeyHandle(publicKey: block.bytes) else {
                throw Failure(reason: "failed to parse a PEM key")
            }
            return handle
        default: throw Failure(reason: "failed to extract a Key from the PEM certificate")
        }
    }
}

/// The first block of a PEM text (RFC 7468).
struct PEMBlock {
    let label: String
    let bytes: [UInt8]
    /// What follows it.
    let rest: Substring

    init?(_ text: String) {
        guard let begin = text.range(of: "-----BEGIN "),
            let labelEnd = text.range(of: "-----", range: begin.upperBound..<text.endIndex)
        else { return nil }
        label = String(text[begin.upperBound..<labelEnd.lowerBound])
        guard let end = text.range(of: "-----END \(label)-----", range: labelEnd.upperBound..<text.endIndex),
            let data = Data(
                base64Encoded: String(text[labelEnd.upperBound..<end.lowerBound]),
                options: .ignoreUnknownCharacters)
        else { return nil }
        bytes = [UInt8](data)
        rest = text[end.upperBound...]
    }
}
