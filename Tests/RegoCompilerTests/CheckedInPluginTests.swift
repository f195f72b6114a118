import Foundation
import Testing

@testable import RegoCompiler

/// The generated Swift that is checked in for people to read is what the compiler writes today.
struct CheckedInPluginTests {
    @Test(arguments: ["demo"])
    func generatedAgain(name: String) throws {
        let folder = FrameworkSources.root.appendingPathComponent("policy-plugins/\(name)")
        let text = try Data(contentsOf: folder.appendingPathComponent("policy.rego"))
        let package = try PolicyPackage(policy: [UInt8](text), framework: try FrameworkSources.modules())
        let generated = folder.appendingPathComponent("GeneratedPolicy")
        let names = try FileManager.default.contentsOfDirectory(atPath: generated.path)
        #expect(Set(names) == Set(package.files.keys))
        for (file, wanted) in package.files {
            let found = try String(contentsOf: generated.appendingPathComponent(file), encoding: .utf8)
            #expect(found == wanted, "\(name)/\(file) has changed: run hack/generate-plugins")
        }
    }

    /// Two runs give the same bytes: a relying party can rebuild a plugin and compare digests.
    @Test func twoGenerationsAreTheSame() throws {
        let folder = FrameworkSources.root.appendingPathComponent("policy-plugins/demo")
        let text = [UInt8](try Data(contentsOf: folder.appendingPathComponent("policy.rego")))
        let first = try PolicyPackage(policy: text, framework: try FrameworkSources.modules())
        let second = try PolicyPackage(policy: text, framework: try FrameworkSources.modules().reversed())
        #expect(first.files == second.files)
    }
}
