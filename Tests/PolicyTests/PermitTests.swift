import Foundation
import Testing

@testable import Policy

/// What the compiler has to refuse. Each snippet is compiled against the modules that this test run was built from.
struct PermitTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()

    /// What the compiler says about a snippet; nil when it accepts it.
    private func complaint(about snippet: String) throws -> String? {
        let source = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString + ".swift")
        try ("import Policy\nimport Storage\n" + snippet).write(to: source, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: source) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        var arguments = [
            "swiftc", "-emit-sil", "-o", "/dev/null", "-swift-version", "6", "-package-name",
            Self.root.lastPathComponent.lowercased(), "-I",
            Self.products.appendingPathComponent("Modules").path,
            "-Xcc",
            "-fmodule-map-file=" + Self.products.appendingPathComponent("CLinux.build/module.modulemap").path,
        ]
        for module in ["CCrypto", "CCryptsetup", "CExt2fs", "CLinux/include"] {
            arguments += ["-I", Self.root.appendingPathComponent("Sources/Guest/" + module).path]
        }
        process.arguments = arguments + [source.path]
        let output = Pipe()
        process.standardError = output
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? nil : text
    }

    private static let action =
        "UnmountDevice(target: \"/m\", devicePath: \"/dev/vda\", rootHash: \"00\")"

    @Test func anEffectWithItsPermitCompiles() throws {
        let complaint = try complaint(
            about: """
                func effect(_ permit: consuming Permit<UnmountDevice>) throws(StorageError) {
                    try LayerStorage.unmount(permit)
                }
                func decided(_ engine: PolicyEngine) throws {
                    try effect(try engine.unmountDevice(\(Self.action)))
                }
                """)
        #expect(complaint == nil, "\(complaint ?? "")")
    }

    @Test(arguments: [
        // The request alone is no permit.
        ("try LayerStorage.unmount(\(action))", "cannot convert value of type 'UnmountDevice'"),
        // Nobody outside of Policy makes one.
        (
            "try LayerStorage.unmount(Permit(approving: \(action)))",
            "inaccessible due to 'internal' protection level"
        ),
        // A permit for something else does not fit.
        (
            "try LayerStorage.unmount(try engine.unmountScratch(UnmountScratch(target: \"\", devicePath: \"\", "
                + "encrypted: true)))", "cannot convert value of type 'Permit<UnmountScratch>'"
        ),
        // One decision, one effect.
        (
            "let permit = try engine.unmountDevice(\(action)); try LayerStorage.unmount(permit); "
                + "try LayerStorage.unmount(permit)", "consumed more than once"
        ),
        // What was approved cannot be changed.
        (
            "var permit = try engine.unmountDevice(\(action)); permit.action.target = \"/\"",
            "'action' is a 'let' constant"
        ),
    ])
    func anEffectWithoutItsPermitDoesNotCompile(body: String, expected: String) throws {
        let complaint = try complaint(about: "func sneak(_ engine: PolicyEngine) throws { \(body) }")
        #expect(complaint?.contains(expected) == true, "\(complaint ?? "it compiles")")
    }

    @Test func theOperatorsAuthorityIsNotForInit() throws {
        // This process is neither PID 1 nor runs where PID 1 is this program.
        let authority = try OperatorAuthority.claim()
        #expect(authority.permit(DumpStacks()).action == DumpStacks())
    }
}
