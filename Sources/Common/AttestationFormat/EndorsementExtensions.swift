/// What a VCEK or VLEK certificate says about its chip: the extensions of AMD's arc 1.3.6.1.4.1.3704.1
/// (VCEK certificate and KDS interface specification 57230).
public struct EndorsementExtensions: Equatable, Sendable {
    /// 0, or 1 on Turin.
    public let structureVersion: UInt64
    /// For instance "Milan-B0" or "Genoa".
    public let productName: String
    /// The TCB that the key was derived from.
    public let tcb: TCBComponents
    /// 64 bytes, 8 on Turin, nil in a VLEK certificate.
    public let hardwareID: [UInt8]?
    /// The cloud provider's name, VLEK only.
    public let providerID: String?

    /// Reads the extensions of an endorsement certificate; unknown ones are ignored.
    public init(_ certificate: Certificate) throws(AttestationFormatError) {
        structureVersion = try EndorsementExtensions.number(certificate, .amd(1), "structVersion extension")
        productName = try EndorsementExtensions.productName(certificate)
        let fmcValue = certificate.extensionValue(.amd(3, 9))
        tcb = TCBComponents(
            fmc: fmcValue == nil
                ? nil : try EndorsementExtensions.level(certificate, .amd(3, 9), "fmcSPL extension"),
            bootLoader: try EndorsementExtensions.level(certificate, .amd(3, 1), "blSPL extension"),
            tee: try EndorsementExtensions.level(certificate, .amd(3, 2), "teeSPL extension"),
            snp: try EndorsementExtensions.level(certificate, .amd(3, 3), "snpSPL extension"),
            microcode: try EndorsementExtensions.level(certificate, .amd(3, 8), "ucodeSPL extension"))
        hardwareID = certificate.extensionValue(.amd(4)).map(EndorsementExtensions.unwrapped)
        providerID = try EndorsementExtensions.providerID(certificate)
    }

    private static func number(
        _ certificate: Certificate, _ identifier: ObjectIdentifier, _ what: StaticString
    ) throws(AttestationFormatError) -> UInt64 {
        guard let value = certificate.extensionValue(identifier) else { throw .malformed(what: what) }
        var reader = DERReader(value[...], of: what)
        let number = try reader.unsigned()
        try reader.finish()
        return number
    }

    private static func level(
        _ certificate: Certificate, _ identifier: ObjectIdentifier, _ what: StaticString
    ) throws(AttestationFormatError) -> UInt8 {
        guard let level = UInt8(exactly: try number(certificate, identifier, what)) else {
            throw .malformed(what: what)
        }
        return level
    }

    private static func productName(_ certificate: Certificate) throws(AttestationFormatError) -> String {
        guard let value = certificate.extensionValue(.amd(2)) else {
            throw .malformed(what: "productName extension")
        }
        var reader = DERReader(value[...], of: "productName extension")
        let text = try reader.value(DER.ia5String)
        try reader.finish()
        return String(decoding: text.contents, as: UTF8.self)
    }

    private static func providerID(_ certificate: Certificate) throws(AttestationFormatError) -> String? {
        guard let value = certificate.extensionValue(.amd(5)) else { return nil }
        var reader = DERReader(value[...], of: "cspID extension")
        return String(decoding: try reader.value().contents, as: UTF8.self)
    }

    /// The hardware id stands bare in most certificates; some issue paths wrap it in an OCTET STRING.
    private static func unwrapped(_ value: [UInt8]) -> [UInt8] {
        guard value.count == 66 || value.count == 10, value[0] == DER.octetString,
            Int(value[1]) == value.count - 2
        else { return value }
        return [UInt8](value.dropFirst(2))
    }
}
