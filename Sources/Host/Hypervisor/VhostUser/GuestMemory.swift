internal import Foundation

/// The guest's memory as this process maps it: the regions that the machine handed over with SET_MEM_TABLE.
///
/// Every access goes through a translation that checks the whole range; nothing the guest writes into its rings
/// can make the host touch a byte outside a region.
package final class GuestMemory: @unchecked Sendable {
    /// One contiguous piece of guest memory. vhost-user protocol, "Memory regions description".
    package struct Region: Equatable {
        /// Where the guest sees the region (guest physical address).
        package let guestAddress: UInt64
        /// Length in bytes, never zero.
        package let size: UInt64
        /// Where the machine's own process maps it; ring addresses use this form.
        package let userAddress: UInt64
        /// Where the region starts inside the handed-over file.
        package let fileOffset: UInt64

        /// Plain values as the message gives them; checked when the memory is mapped.
        package init(guestAddress: UInt64, size: UInt64, userAddress: UInt64, fileOffset: UInt64) {
            self.guestAddress = guestAddress
            self.size = size
            self.userAddress = userAddress
            self.fileOffset = fileOffset
        }
    }

    /// Which of a region's two address forms a number is in.
    package enum AddressForm { case guest, user }

    private struct Mapping {
        let region: Region
        let base: UnsafeMutableRawPointer
        let mappedBase: UnsafeMutableRawPointer
        let mappedLength: Int
    }
    private var mappings: [Mapping] = []

    /// Maps every region shared and writable.
    ///
    /// - Parameter parts: a region and the open file that holds it; the files stay the caller's and may be closed
    ///   afterwards.
    /// - Throws: `VhostUserError.badMemoryRegion` when a region is empty, overflows or reaches past its file.
    package init(_ parts: [(region: Region, file: Int32)]) throws(VhostUserError) {
        for part in parts {
            mappings.append(try Self.map(part.region, part.file))
        }
    }

    deinit {
        for mapping in mappings { munmap(mapping.mappedBase, mapping.mappedLength) }
    }

    private static func map(_ region: Region, _ file: Int32) throws(VhostUserError) -> Mapping {
        let (end, overflow) = region.fileOffset.addingReportingOverflow(region.size)
        let guestEnd = region.guestAddress.addingReportingOverflow(region.size)
        let userEnd = region.userAddress.addingReportingOverflow(region.size)
        guard region.size > 0, !overflow, !guestEnd.overflow, !userEnd.overflow,
            let length = Int(exactly: end)
        else { throw .badMemoryRegion("its addresses or its size overflow") }
        var status = stat()
        guard fstat(file, &status) == 0, UInt64(clamping: status.st_size) >= end else {
            throw .badMemoryRegion("it reaches past the end of its file")
        }
        // The offset need not be a multiple of the page size, so the file is mapped from its start.
        guard let mapped = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
            mapped != MAP_FAILED
        else { throw .badMemoryRegion("mmap: \(String(cString: strerror(errno)))") }
        return Mapping(
            region: region, base: mapped + Int(region.fileOffset), mappedBase: mapped, mappedLength: length)
    }

    /// The host pointer for `length` bytes at `address`, or nil when the range is not wholly inside one region.
    package func pointer(_ address: UInt64, length: Int, _ form: AddressForm) -> UnsafeMutableRawPointer? {
        guard let length = UInt64(exactly: length) else { return nil }
        for mapping in mappings {
            let start = form == .guest ? mapping.region.guestAddress : mapping.region.userAddress
            guard address >= start, length <= mapping.region.size else { continue }
            let offset = address - start
            if offset <= mapping.region.size - length { return mapping.base + Int(offset) }
        }
        return nil
    }
}
