/// Texts of a plugin's package that are the same for every policy.
enum PluginTemplate {
    /// Reading and writing frames: a little-endian length, then bytes.
    private static let frames = #"""
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

        /// The next frame; nil when the channel ended or the frame is too long.
        func readFrame() -> [UInt8]? {
            guard let head = readExactly(4) else { return nil }
            let length = Int(head[0]) | Int(head[1]) << 8 | Int(head[2]) << 16 | Int(head[3]) << 24
            return length > requestLimit ? nil : readExactly(length)
        }

        /// Writes a frame; false when the channel broke.
        func writeFrame(_ bytes: [UInt8]) -> Bool {
            let size = UInt32(truncatingIfNeeded: bytes.count)
            return writeAll([UInt8(size & 255), UInt8(size >> 8 & 255), UInt8(size >> 16 & 255), UInt8(size >> 24)] + bytes)
        }

        """#

    /// The detached executable: frames of JSON on standard input and output, until the channel ends.
    static let main =
        frames + #"""

            func serve() {
                let respond = makeResponder()
                while let request = readFrame() {
                    if !writeFrame(respond(request)) { return }
                }
            }

            serve()
            """#

    /// A program that measures its policy. Reads the entry point's name, data, input (empty for none), a request and
    /// milliseconds; writes the request's answer, then nanoseconds, median and least, of a request and of a decision.
    static let benchmark =
        "internal import RegoRuntime\n" + frames + #"""

            @_extern(c, "clock_gettime") func systemClock(_ clock: Int32, _ time: UnsafeMutableRawPointer) -> Int32

            func now() -> Int {
                var time = (0, 0)
                return systemClock(1, &time) == 0 ? time.0 * 1_000_000_000 + time.1 : 0
            }

            /// Median and least of batches of about a millisecond.
            func measure(_ milliseconds: Int, _ body: () -> Void) -> [UInt8] {
                let begin = now()
                for _ in 0..<20 { body() }
                let turns = max(1, 20_000_000 / max(now() - begin, 1))
                var samples: [Int] = []
                let end = now() + milliseconds * 1_000_000
                while samples.count < 5 || now() < end {
                    let start = now()
                    for _ in 0..<turns { body() }
                    samples.append((now() - start) / turns)
                }
                samples.sort()
                return Array("\(samples[samples.count / 2]) \(samples[0])".utf8)
            }

            func work() {
                guard let name = readFrame(), let data = readFrame(), let input = readFrame(), let request = readFrame(),
                    let time = readFrame(), let milliseconds = Int(String(decoding: time, as: UTF8.self))
                else { return }
                let evaluator = makeEvaluator()
                guard writeFrame(evaluator.answer(request)) else { return }
                guard writeFrame(measure(milliseconds) { _ = evaluator.answer(request) }) else { return }
                do throws(RegoError) {
                    try evaluator.load(data: data)
                    if !input.isEmpty { try evaluator.load(input: input) }
                    guard let entrypoint = evaluator.entrypoint(String(decoding: name, as: UTF8.self)) else { return }
                    _ = writeFrame(measure(milliseconds) {
                        do throws(RegoError) { _ = try evaluator.value(of: entrypoint) } catch {}
                    })
                } catch {
                    _ = writeFrame(error.json)
                }
            }

            work()
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
