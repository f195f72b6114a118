/// Texts of a plugin's package that are the same for every policy.
enum PluginTemplate {
    /// The detached executable: frames of a little-endian length and JSON on standard input and output.
    static let main = #"""
        @_extern(c, "read") func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int
        @_extern(c, "write") func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int

        /// The most a request may weigh.
        let requestLimit = 64 << 20

        /// Reads exactly that many bytes; nil when the host closed the channel or it broke.
        func readExactly(_ count: Int) -> [UInt8]? {
            var bytes = [UInt8](repeating: 0, count: count)
            var done = 0
            while done < count {
                let got = bytes.withUnsafeMutableBytes { systemRead(0, $0.baseAddress.map { $0 + done }, count - done) }
                if got <= 0 { return nil }
                done += got
            }
            return bytes
        }

        /// Writes all bytes; false when the channel broke.
        func writeAll(_ bytes: [UInt8]) -> Bool {
            var done = 0
            while done < bytes.count {
                let put = bytes.withUnsafeBytes { systemWrite(1, $0.baseAddress.map { $0 + done }, bytes.count - done) }
                if put <= 0 { return false }
                done += put
            }
            return true
        }

        /// Frames of a little-endian length and JSON, until the channel ends.
        func serve() {
            let respond = makeResponder()
            while let head = readExactly(4) {
                let length = Int(head[0]) | Int(head[1]) << 8 | Int(head[2]) << 16 | Int(head[3]) << 24
                if length > requestLimit { return }
                guard let request = readExactly(length) else { return }
                let answer = respond(request)
                let size = UInt32(truncatingIfNeeded: answer.count)
                let frame = [UInt8(size & 255), UInt8(size >> 8 & 255), UInt8(size >> 16 & 255), UInt8(size >> 24)] + answer
                if !writeAll(frame) { return }
            }
        }

        serve()
        """#

    /// The package's manifest: the policy's module is the linked plugin, `plugin` the detached one.
    static func package(_ name: String) -> String {
        """
        // swift-tools-version: 6.2
        import PackageDescription

        let embedded: [SwiftSetting] = [
            .enableExperimentalFeature("Embedded"), .enableExperimentalFeature("Extern"), .unsafeFlags(["-wmo"]),
            .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("InternalImportsByDefault"),
        ]

        let package = Package(
            name: "\(name)",
            products: [.library(name: "\(name)", targets: ["\(name)"])],
            targets: [
                .target(name: "RegoRuntime", swiftSettings: embedded),
                .target(name: "\(name)", dependencies: ["RegoRuntime"], swiftSettings: embedded),
                .executableTarget(
                    name: "plugin", dependencies: ["\(name)"], swiftSettings: embedded,
                    linkerSettings: [.unsafeFlags(["-static-executable", "-use-ld=lld"])]),
            ])

        """
    }
}
