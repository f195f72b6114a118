extension Certificate {
    /// True when an AlgorithmIdentifier is RSASSA-PSS with SHA-384, MGF1 of SHA-384, salt 48 and trailer 1: the
    /// one combination that AMD's chains use. RFC 4055 section 3.1.
    package static func isPSSWithSHA384(_ algorithm: [UInt8]) -> Bool {
        do throws(AttestationFormatError) {
            var outer = DERReader(algorithm[...], of: "signature algorithm")
            var fields = try outer.nested(DER.sequence)
            guard try fields.objectIdentifier() == .rsaPSS else { return false }
            var parameters = try fields.nested(DER.sequence)
            var hash = try parameters.nested(DER.context(0))
            guard try isSHA384(&hash) else { return false }
            var mask = try parameters.nested(DER.context(1))
            var maskFields = try mask.nested(DER.sequence)
            guard try maskFields.objectIdentifier() == .mgf1, try isSHA384(&maskFields) else { return false }
            var salt = try parameters.nested(DER.context(2))
            guard try salt.unsigned() == 48 else { return false }
            // The trailer field's default is 1; AMD's certificates spell it out.
            if parameters.nextTag == DER.context(3) {
                var trailer = try parameters.nested(DER.context(3))
                guard try trailer.unsigned() == 1 else { return false }
            }
            try parameters.finish()
            return true
        } catch {
            return false
        }
    }

    private static func isSHA384(_ reader: inout DERReader) throws(AttestationFormatError) -> Bool {
        var fields = try reader.nested(DER.sequence)
        return try fields.objectIdentifier() == .sha384
    }
}
