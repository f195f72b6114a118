import Foundation
import Testing
import Yams

@testable import RegoCompiler

/// Modules that must be refused, with the errors, their codes and places.
struct CompileCaseTests {
    private static let root = SuiteReport.root.appendingPathComponent("compilecases/testdata")

    private static func files() throws -> [URL] {
        let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        return (found?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "yaml" }
            .sorted { $0.path < $1.path }
    }

    @Test(.enabled(if: SuiteReport.isPresent, "the suite is not beside this checkout"))
    func refusals() throws {
        var count = 0
        for file in try Self.files() {
            let text = try String(contentsOf: file, encoding: .utf8)
            for node in try Yams.compose(yaml: text)?["cases"]?.sequence ?? [] {
                check(node)
                count += 1
            }
        }
        #expect(count == 14)
    }

    private func check(_ node: Node) {
        let note = node["note"]?.string ?? ""
        let modules = node["modules"]?.sequence?.compactMap(\.string) ?? []
        let sources = modules.enumerated().map {
            RegoCompiler.Source(file: "module-\($0.offset).rego", text: $0.element)
        }
        let version: RegoVersion = node["rego_version"]?.string == "v0" ? .v0 : .v1
        var found: [Diagnostic] = []
        do throws(CompilationError) {
            _ = try RegoCompiler.compile(sources, version: version)
        } catch {
            found = error.diagnostics
        }
        let wanted = node["want_errors"]?.sequence.map { Array($0) } ?? []
        for error in wanted {
            let isThere = found.contains {
                $0.code.rawValue == error["code"]?.string && $0.position.line == error["row"]?.int
                    && $0.position.column == error["col"]?.int && $0.message == error["message"]?.string
            }
            #expect(isThere, "\(note): \(found)")
        }
        if node["exhaustive"]?.bool == true { #expect(found.count == wanted.count, "\(note): \(found)") }
    }
}
