/// What the host's cryptography says about a signature.
public enum SignatureVerdict {
    case valid
    case invalid
    /// The key cannot be read, with the reason.
    case failed(String)
}

/// A signature that the host's cryptography made.
public enum SignatureAnswer {
    case signature([UInt8])
    case failed(String)
}

extension Services {
    /// Asks for a check of a signature by an algorithm of JSON Web Signatures, such as `RS256`.
    public typealias Verify = (
        _ algorithm: String, _ key: String, _ keyID: String, _ message: [UInt8], _ signature: [UInt8]
    ) -> SignatureVerdict

    /// Asks for a signature with a private JSON Web Key.
    public typealias Sign = (_ algorithm: String, _ key: String, _ message: [UInt8]) -> SignatureAnswer
}
