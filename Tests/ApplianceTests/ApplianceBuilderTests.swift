import Foundation
import Testing

@testable import Appliance

struct ApplianceBuilderTests {
    /// A directory of its own, removed with the value.
    private final class Workplace {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(at: url) }

        func write(_ name: String, _ bytes: [UInt8]) throws -> URL {
            let file = url.appendingPathComponent(name)
            try Data(bytes).write(to: file)
            return file
        }
    }

    /// The package's own root, where rootfs/ is.
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func kernel() -> [UInt8] {
        var image = [UInt8](repeating: 0, count: 0x400)
        image.replaceSubrange(0x202..<0x206, with: Array("HdrS".utf8))
        return image
    }

    @Test func twoBuildsAreTheSameBytes() throws {
        let place = try Workplace()
        let guest = try place.write("coffer", GuestBinaryTests.executable(headers: [1]))
        let image = try place.write("bzImage", kernel())
        let builder = ApplianceBuilder(kind: .production, sourceRoot: Self.root)
        var archives: [Data] = []
        for name in ["one", "two"] {
            let out = place.url.appendingPathComponent(name)
            let manifest = try builder.assemble(guest: guest, kernelImage: image, into: out)
            #expect(try ApplianceManifest.load(from: out) == manifest)
            archives.append(try Data(contentsOf: out.appendingPathComponent("initramfs.img")))
        }
        #expect(archives[0] == archives[1])
        // Nothing is in the image but directories and /init.
        #expect(archives[0].firstRange(of: Data("lib/modules/order".utf8)) == nil)
    }

    @Test func whatIsNoKernelIsRefused() throws {
        let place = try Workplace()
        let guest = try place.write("coffer", GuestBinaryTests.executable(headers: [1]))
        let image = try place.write("bzImage", [UInt8](repeating: 0, count: 0x400))
        let builder = ApplianceBuilder(kind: .production, sourceRoot: Self.root)
        #expect(throws: ApplianceError.kernelImage("bzImage")) {
            try builder.assemble(guest: guest, kernelImage: image, into: place.url)
        }
        #expect(
            !FileManager.default.fileExists(atPath: place.url.appendingPathComponent("appliance.json").path))
    }

    @Test func aDevelopmentGuestIsNotPutIntoAProductionImage() throws {
        let place = try Workplace()
        let bytes = GuestBinaryTests.executable(headers: [1], appended: GuestBinary.simulatorMark)
        let guest = try place.write("coffer", bytes)
        let image = try place.write("bzImage", kernel())
        let builder = ApplianceBuilder(kind: .production, sourceRoot: Self.root)
        #expect(throws: ApplianceError.guestHoldsSimulator(guest.path)) {
            try builder.assemble(guest: guest, kernelImage: image, into: place.url)
        }
    }

    @Test func aProductionGuestHasNoConsole() {
        let text = KernelCommandLine.text(for: .production)
        #expect(!text.contains("console="))
        #expect(text.contains("8250.nr_uarts=0"))
        #expect(KernelCommandLine.text(for: .development).contains("console=ttyS0"))
    }

    @Test(arguments: [ApplianceKind.production, .development])
    func everyCommandLineKeepsTheHostsEntropyUncredited(kind: ApplianceKind) {
        #expect(KernelCommandLine.text(for: kind).contains("random.trust_bootloader=off"))
    }

    /// The real list names no driver that would let the host's random numbers count.
    @Test func theModuleListHasNoHostEntropy() throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent("rootfs/modules"), encoding: .utf8)
        let names = try ModuleList(parsing: text).entries.map { ModuleList.normalized($0.name) }
        #expect(!names.contains("virtio_rng"))
        #expect(names.contains("dm_integrity"))
    }

    @Test func aDirectoryWithoutSourcesIsRefused() throws {
        let place = try Workplace()
        #expect(throws: ApplianceError.self) { try ApplianceBuilder.sourceRoot(searching: [place.url]) }
        #expect(
            try ApplianceBuilder.sourceRoot(searching: [Self.root.appendingPathComponent("Tests")]).path
                == Self.root.path)
    }

    @Test func aBrokenManifestIsRefused() throws {
        let place = try Workplace()
        _ = try place.write("appliance.json", Array("{}".utf8))
        #expect(throws: ApplianceError.self) { try ApplianceManifest.load(from: place.url) }
    }
}
