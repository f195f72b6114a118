internal import Foundation

/// Identifiers of firmware tables, in the mixed byte order that UEFI stores.
enum FirmwareGUID {
    static let footer = bytes("96b582de-1fb2-45f7-baea-a366c55a082d")
    static let resetBlock = bytes("00f771de-1a7e-4fcb-890e-68c77e2fb44e")
    static let hashTableArea = bytes("7255371f-3a3b-4b04-927b-1da6efa8d454")
    static let metadata = bytes("dc886566-984a-4798-a75e-5585a7bf67cc")
    static let hashTable = bytes("9438d606-4f22-4cc9-b479-a793d411fd21")
    static let commandLineHash = bytes("97d02dd8-bd20-4c94-aa78-e7714d36ab2a")
    static let initrdHash = bytes("44baf731-3a2f-4bd7-9af1-41e29169781d")
    static let kernelHash = bytes("4de79437-abd2-427f-b835-d5b172d2045b")

    /// The first three groups are little-endian numbers, the rest is bytes.
    private static func bytes(_ text: String) -> [UInt8] {
        let digits = text.filter { $0 != "-" }.compactMap { $0.hexDigitValue.map { UInt8($0) } }
        let printed = stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        return printed[0..<4].reversed() + printed[4..<6].reversed() + printed[6..<8].reversed()
            + printed[8...]
    }
}

/// A UEFI firmware image (edk2 OVMF) with what it says about its own measuring.
package struct MeasuredFirmware: Sendable {
    /// What a metadata section is for; its type decides how its pages are measured.
    package enum SectionKind: UInt32, Sendable {
        /// For the firmware's first stage to use; zeros.
        case memory = 1
        /// One page that the security processor fills.
        case secrets = 2
        /// One page with the CPUID table.
        case cpuid = 3
        /// The calling area of a secure VM service module; zeros.
        case svsmCallingArea = 4
        /// One page with the hashes of kernel, initrd and command line; zeros without them.
        case kernelHashes = 0x10
    }

    /// Guest memory that the host prepares before launch.
    package struct Section: Equatable, Sendable {
        /// Guest physical, on a page's boundary.
        package let address: UInt64
        /// Bytes.
        package let size: Int
        /// Decides the type of its pages and what they are measured with.
        package let kind: SectionKind
    }

    /// The file.
    package let image: [UInt8]
    /// In file order, which is the order of measuring.
    package let sections: [Section]
    /// Where application processors start; nil when the firmware does not say.
    package let resetAddress: UInt32?
    /// Where the firmware looks for the kernel hashes; nil when it does not.
    package let hashTableAddress: UInt64?

    private static let maximumSize = 16 << 20
    private static let maximumSections = 64

    /// Reads the firmware's footer table and SEV metadata.
    package init(image: [UInt8]) throws(LaunchMeasurementError) {
        guard !image.isEmpty, image.count % LaunchMeasurement.pageSize == 0,
            image.count <= MeasuredFirmware.maximumSize
        else { throw .firmwareSize(image.count) }
        self.image = image
        let table = try MeasuredFirmware.footerTable(image)
        resetAddress = MeasuredFirmware.number(table[FirmwareGUID.resetBlock], at: 0)
        hashTableAddress = MeasuredFirmware.number(table[FirmwareGUID.hashTableArea], at: 0).map(UInt64.init)
        guard let offset = MeasuredFirmware.number(table[FirmwareGUID.metadata], at: 0) else {
            throw .firmwareWithoutMetadata
        }
        sections = try MeasuredFirmware.sections(image, fromEnd: Int(offset))
    }

    /// Reads a firmware file.
    package init(path: String) throws(LaunchMeasurementError) {
        let image: Data
        do {
            image = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw .unreadable(path, "cannot be read")
        }
        try self.init(image: [UInt8](image))
    }

    /// Where the image lies in guest memory: its last byte is the last below 4 GiB.
    var address: UInt64 { 0x1_0000_0000 - UInt64(image.count) }

    /// Entries {data, u16 length of all, GUID}, read backwards from 32 bytes before the file's end.
    private static func footerTable(_ image: [UInt8]) throws(LaunchMeasurementError) -> [[UInt8]: [UInt8]] {
        let end = image.count - 32
        let entrySize = 18
        guard [UInt8](image[(end - 16)..<end]) == FirmwareGUID.footer else {
            throw .firmwareFooter("its GUID is not at the file's end")
        }
        let total = Int(image[end - 18]) | Int(image[end - 17]) << 8
        guard total >= entrySize, total <= end else {
            throw .firmwareFooter("length \(total) does not fit")
        }
        let start = end - total
        var position = end - entrySize
        var table: [[UInt8]: [UInt8]] = [:]
        while position - start >= entrySize {
            let guid = [UInt8](image[(position - 16)..<position])
            let length = Int(image[position - 18]) | Int(image[position - 17]) << 8
            guard length >= entrySize, length <= position - start else {
                throw .firmwareFooter("an entry's length \(length) does not fit")
            }
            table[guid] = [UInt8](image[(position - length)..<(position - entrySize)])
            position -= length
        }
        return table
    }

    private static func number(_ bytes: [UInt8]?, at offset: Int) -> UInt32? {
        guard let bytes, bytes.count >= offset + 4 else { return nil }
        return (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
    }

    /// "ASEV", size, version 1, count, then {address, size, type} each.
    private static func sections(
        _ image: [UInt8], fromEnd offset: Int
    ) throws(LaunchMeasurementError) -> [Section] {
        guard offset >= 16, offset <= image.count else {
            throw .firmwareMetadata("offset \(offset) is outside the file")
        }
        let bytes = [UInt8](image[(image.count - offset)...])
        guard bytes.starts(with: "ASEV".utf8) else { throw .firmwareMetadata("no ASEV signature") }
        guard number(bytes, at: 8) == 1 else { throw .firmwareMetadata("version is not 1") }
        let count = Int(number(bytes, at: 12) ?? 0)
        guard count <= maximumSections, bytes.count >= 16 + 12 * count else {
            throw .firmwareMetadata("\(count) sections do not fit")
        }
        var sections: [Section] = []
        for index in 0..<count {
            let at = 16 + 12 * index
            guard let address = number(bytes, at: at), let size = number(bytes, at: at + 4),
                let type = number(bytes, at: at + 8)
            else { throw .firmwareMetadata("section \(index) is cut off") }
            guard let kind = SectionKind(rawValue: type) else {
                throw .firmwareMetadata("section \(index) has the unknown type \(type)")
            }
            guard address % 4096 == 0, size % 4096 == 0, size > 0 else {
                throw .firmwareMetadata("section \(index) is not whole pages")
            }
            sections.append(Section(address: UInt64(address), size: Int(size), kind: kind))
        }
        return sections
    }
}
