/// What built-ins ask the host about X.509 and private keys. Texts are PEM, or Base64 of PEM or DER.
public enum CertificateQuestion {
    case certificates(String)
    /// The last of the certificates, verified by way of those between against the first. `options` is a JSON object.
    case chain(String, options: String)
    case request(String)
    case keyPair(certificate: String, key: String)
    /// An RSA key, wanted as JSON Web Key.
    case rsaKey(String)
    case privateKeys(String)
}

/// What the host answers.
public enum CertificateAnswer {
    /// The JSON text of the result.
    case json(String)
    case failed(String)
}
