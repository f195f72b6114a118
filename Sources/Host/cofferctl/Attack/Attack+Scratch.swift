internal import Foundation
internal import Wire

extension Attack {
    /// Row 7: the scratch disk.
    static let scratchAttacks = [
        Attack(
            name: "altered-scratch", row: 7,
            tried: "change every written sector of a fresh scratch disk, then use it", run: alterScratch),
        Attack(name: "scratch-in-clear", row: 7, tried: "read the scratch disk's file on the host") {
            context in
            readScratch(context)
        },
    ]

    /// A second scratch disk, so that the running containers keep theirs.
    private static func alterScratch(_ context: AttackContext) throws -> Outcome {
        guard let spare = context.record.spares.last, context.record.spares.count > 1,
            let container = context.record.containers.first
        else { return noSpare }
        try LayerForgery.empty(spare.path)
        let sandbox = context.freshID()
        var disk = MappedVirtualDisk()
        disk.mountPath = GuestPaths.scratch(sandbox: sandbox)
        disk.controller = spare.controller
        disk.lun = spare.unit
        disk.encrypted = true
        disk.ensureFilesystem = true
        disk.filesystem = "ext4"
        let mounted = try context.modify(.add, .mappedVirtualDisk(disk))
        guard mounted.isSuccess else {
            return .init(
                verdict: .unclear, answer: "the second scratch disk was not mounted: \(mounted.text)")
        }
        defer { _ = try? context.modify(.remove, .mappedVirtualDisk(disk)) }
        let changed = try SparseFile.flipWritten(spare.path)
        guard changed > 0 else { return .init(verdict: .unclear, answer: "nothing was written to the disk") }
        return try ContainerTrial(
            context: context, container: container, layers: context.paths(container), sandbox: sandbox
        ).run()
    }

    /// Looks for text that the containers' file systems are full of.
    private static func readScratch(_ context: AttackContext) -> Outcome {
        let needles = ["upper", "work", context.record.containers.first?.id ?? "upper"].map { Array($0.utf8) }
        guard let bytes = SparseFile.written(context.record.scratch.path, limit: 64 << 20), !bytes.isEmpty
        else {
            return .init(verdict: .skipped, answer: "nothing was written to the scratch disk yet")
        }
        let data = Data(bytes)
        // Names of directories that the overlay needs; in clear they would stand in the file system's blocks.
        if needles.filter({ $0.count > 8 }).contains(where: { data.range(of: Data($0)) != nil }) {
            return .init(verdict: .breach, answer: "a container's id stands in clear on the disk")
        }
        if data.range(of: Data([0x53, 0xEF, 0x01, 0x00])) != nil,
            data.range(of: Data("lost+found".utf8)) != nil
        {
            return .init(
                verdict: .breach, answer: "the file system's own structures stand in clear on the disk")
        }
        return .init(verdict: .refused, answer: "\(data.count >> 20) MiB written, nothing readable in them")
    }
}

/// The parts of a sparse file that were ever written. lseek(2) SEEK_DATA.
enum SparseFile {
    /// Changes one bit in every 512 written bytes; the number of changes.
    static func flipWritten(_ path: String) throws -> Int {
        let file = open(path, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { throw Failure("cannot change \(path)") }
        defer { close(file) }
        var changed = 0
        for extent in extents(file) {
            for offset in stride(from: extent.lowerBound, to: extent.upperBound, by: 512) {
                var byte: UInt8 = 0
                guard pread(file, &byte, 1, off_t(offset)) == 1 else { continue }
                byte ^= 1
                guard pwrite(file, &byte, 1, off_t(offset)) == 1 else { continue }
                changed += 1
            }
        }
        fsync(file)
        return changed
    }

    /// The written bytes, up to a limit; nil when the file cannot be read.
    static func written(_ path: String, limit: Int) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        for extent in extents(file) where bytes.count < limit {
            var part = [UInt8](repeating: 0, count: min(extent.count, limit - bytes.count))
            let count = pread(file, &part, part.count, off_t(extent.lowerBound))
            bytes += part.prefix(max(count, 0))
        }
        return bytes
    }

    private static func extents(_ file: Int32) -> [Range<Int>] {
        // SEEK_DATA and SEEK_HOLE; the names are behind a macro that Swift does not see.
        let seekData: Int32 = 3
        let seekHole: Int32 = 4
        var result: [Range<Int>] = []
        var offset: off_t = 0
        while true {
            let start = lseek(file, offset, seekData)
            guard start >= 0 else { return result }
            let end = lseek(file, start, seekHole)
            guard end > start else { return result }
            result.append(Int(start)..<Int(end))
            offset = end
        }
    }
}
