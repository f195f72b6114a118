import AttestationFormat
import Testing

@Suite struct ReportFieldTests {
    /// Family and model by CPUID, from AMD's revision guides.
    @Test(
        arguments: [
            (0x19, 0x01, ChipFamily.milan), (0x19, 0x0F, .milan), (0x19, 0x11, .genoa), (0x19, 0xA0, .genoa),
            (0x19, 0xAF, .genoa), (0x1A, 0x02, .turin), (0x1A, 0x11, .turin), (0x1A, 0x50, .venice),
            (0x19, 0x20, nil), (0x1A, 0x12, nil), (0x17, 0x31, nil), (0, 0, nil), (0xFF, 0xFF, nil),
        ] as [(UInt8, UInt8, ChipFamily?)])
    func familyOfCPUID(family: UInt8, model: UInt8, expected: ChipFamily?) {
        #expect(ChipFamily(CPUIdentity(family: family, model: model, stepping: 0)) == expected)
    }

    @Test(
        arguments: [
            ("Milan-B0", ChipFamily.milan), ("Milan", .milan), ("Genoa", .genoa), ("Turin", .turin),
            ("Rome", nil),
            ("", nil), ("milan", nil), ("-", nil), ("MilanX", nil),
        ] as [(String, ChipFamily?)])
    func familyOfProductName(name: String, expected: ChipFamily?) {
        #expect(ChipFamily(productName: name) == expected)
    }

    @Test func tcbLayoutsDiffer() throws {
        let version = try TCBVersion(bytes: [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(
            version.components(.original)
                == TCBComponents(fmc: nil, bootLoader: 1, tee: 2, snp: 7, microcode: 8))
        #expect(
            version.components(.withFMC) == TCBComponents(fmc: 1, bootLoader: 2, tee: 3, snp: 4, microcode: 8)
        )
        #expect(version.hasReservedBits(.original))
        #expect(version.hasReservedBits(.withFMC))
    }

    @Test(arguments: [TCBLayout.original, .withFMC])
    func tcbRoundTrip(layout: TCBLayout) {
        let components = TCBComponents(
            fmc: layout == .withFMC ? 9 : nil, bootLoader: 1, tee: 2, snp: 3, microcode: 4)
        let version = TCBVersion(components, layout: layout)
        #expect(version.components(layout) == components)
        #expect(!version.hasReservedBits(layout))
    }

    @Test(arguments: [0, 7, 9]) func tcbOfOtherLengthIsRefused(count: Int) {
        #expect(throws: AttestationFormatError.self) {
            try TCBVersion(bytes: [UInt8](repeating: 0, count: count))
        }
    }

    /// One component below is below.
    @Test func tcbOrderIsByComponent() {
        let floor = TCBComponents(fmc: 1, bootLoader: 1, tee: 1, snp: 1, microcode: 1)
        #expect(floor.isAtLeast(floor))
        for keyPath in [\TCBComponents.bootLoader, \.tee, \.snp, \.microcode] {
            var lower = TCBComponents(fmc: 9, bootLoader: 9, tee: 9, snp: 9, microcode: 9)
            lower[keyPath: keyPath] = 0
            #expect(!lower.isAtLeast(floor))
        }
        var noFMC = floor
        noFMC.fmc = nil
        #expect(!noFMC.isAtLeast(floor))
    }

    @Test func policyBits() {
        let policy = GuestPolicy(rawValue: 0xB001F)
        #expect(policy.minimumABIMinor == 0x1F && policy.minimumABIMajor == 0)
        #expect(policy.allowsSMT && policy.mandatoryBitIsSet && policy.allowsDebug)
        #expect(!policy.allowsMigrationAgent && policy.reservedBits == 0)
        #expect(GuestPolicy(rawValue: 1 << 26).reservedBits == 1 << 26)
        #expect(GuestPolicy(rawValue: 1 << 63).reservedBits == 1 << 63)
    }

    @Test func signingKeys() {
        #expect(SigningKeyInfo(rawValue: 0).key == .vcek)
        #expect(SigningKeyInfo(rawValue: 4).key == .vlek)
        #expect(SigningKeyInfo(rawValue: 7 << 2).key == .none)
        #expect(SigningKeyInfo(rawValue: 3 << 2).key == .reserved(3))
        #expect(SigningKeyInfo(rawValue: 3).maskChipKey && SigningKeyInfo(rawValue: 3).authorKeyEnabled)
        #expect(SigningKeyInfo(rawValue: 0x20).reservedBits == 0x20)
    }

    @Test func platformBits() {
        let info = PlatformInfo(rawValue: 0x167)
        #expect(info.smtEnabled && info.tsmeEnabled && info.eccEnabled && info.aliasCheckComplete)
        #expect(info.iommuWriteSafe && !info.sevTIOEnabled && info.unknownBits == 0x100)
    }

    @Test func firmwareOrder() {
        let versions =
            [(1, 49, 3), (1, 52, 4), (1, 55, 22), (1, 55, 38), (2, 0, 0)] as [(UInt8, UInt8, UInt8)]
        let list = versions.map { FirmwareVersion(major: $0.0, minor: $0.1, build: $0.2) }
        #expect(list.shuffled().sorted() == list)
    }
}
