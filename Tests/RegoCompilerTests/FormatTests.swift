import Foundation
import Testing

@testable import RegoCompiler

/// Formatting changes neither meaning nor comments, and what is formatted stays as it is.
struct FormatTests {
    @Test(arguments: [
        (
            "package  a.b\nimport data.x\nallow   if{ x==1 }",
            "package a.b\n\nimport data.x\n\nallow if x == 1\n"
        ),
        ("package a\np := (1+2)*3-(4-5)", "package a\n\np := (1 + 2) * 3 - (4 - 5)\n"),
        (
            "package a\np if {\n  x:=[1,\n2]\n  # why\n\n\n  x[_]>1 # because\n}",
            """
            package a

            p if {
            \tx := [
            \t\t1,
            \t\t2,
            \t]
            \t# why

            \tx[_] > 1 # because
            }

            """
        ),
        (
            "package a\np=1 if input.x else=2 if {input.y\ninput.z} else=3",
            """
            package a

            p := 1 if input.x
            else := 2 if {
            \tinput.y
            \tinput.z
            } else := 3

            """
        ),
        (
            "package a\np contains x if some k,x in {\"a\":1}\np contains `r` if every y in [1]{y>0;y<2}",
            """
            package a

            p contains x if some k, x in {"a": 1}

            p contains `r` if every y in [1] {
            \ty > 0
            \ty < 2
            }

            """
        ),
        (
            "package a\n# first\n\n# second\ndefault p:=false # end\nq:={x|x:=input.a[_];not f(x) with input as {}}\nf(x)=x.y[\"z\"].w",
            """
            package a

            # first

            # second
            default p := false # end
            q := {x | x := input.a[_]; not f(x) with input as {}}
            f(x) := x.y["z"].w

            """
        ),
    ])
    func examples(_ text: String, _ expected: String) throws {
        #expect(try Formatter.format(text, file: "a.rego") == expected)
    }

    private func check(_ text: String, _ version: RegoVersion, _ name: String) throws {
        let formatted: String
        do {
            formatted = try Formatter.format(text, file: "a.rego", version: version, allowsExperiments: true)
        } catch {
            // What cannot be parsed cannot be formatted.
            return
        }
        let again = try? Formatter.format(
            formatted, file: "a.rego", version: version, allowsExperiments: true)
        #expect(again == formatted, "\(name): formatting twice differs\n\(formatted)")
        let before = try Parser.module(text, file: "", version: version, allowsExperiments: true)
        let after = try? Parser.module(formatted, file: "", version: version, allowsExperiments: true)
        #expect(after.map { Outline.text($0.rules) } == Outline.text(before.rules), "\(name)\n\(formatted)")
        #expect(after?.imports.map(\.text) == before.imports.map(\.text), "\(name)")
        #expect(after?.package == before.package)
        #expect(after.map { comments($0) } == comments(before), "\(name): comments are lost\n\(formatted)")
    }

    private func comments(_ module: Module) -> [String] {
        module.comments.map { $0.text.trimmingCharacters(in: .whitespaces) }.sorted()
    }

    @Test(
        .enabled(if: SuiteReport.isPresent, "the suite is not beside this checkout"), arguments: ["v0", "v1"])
    func suiteModules(_ folder: String) throws {
        let root = SuiteReport.root.appendingPathComponent(folder)
        var count = 0
        for family in try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil) {
            for example in try SuiteCase.cases(of: family) {
                for module in example.modules {
                    try check(module, folder == "v0" ? .v0 : .v1, example.id)
                    count += 1
                }
            }
        }
        #expect(count > 1900)
    }

    @Test func ownPolicies() throws {
        let root = FrameworkSources.root.appendingPathComponent("policy-plugins")
        let files =
            FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.allObjects as? [URL]
            ?? []
        let modules = files.filter { $0.pathExtension == "rego" }
        #expect(!modules.isEmpty)
        for file in modules {
            try check(String(contentsOf: file, encoding: .utf8), .v1, file.lastPathComponent)
        }
    }
}

/// A syntax tree as text, without places and without what only the formatter looks at.
enum Outline {
    static func text(_ value: Any) -> String {
        if value is Position { return "" }
        if let text = value as? String { return text.hasPrefix("$") ? "_" : text.debugDescription }
        let mirror = Mirror(reflecting: value)
        if mirror.children.isEmpty { return "\(value)" }
        let parts = mirror.children.compactMap { child -> String? in
            if child.label == "isInline" || child.value is Position { return nil }
            return (child.label.map { $0 + ":" } ?? "") + text(child.value)
        }
        return "\(mirror.subjectType)(\(parts.joined(separator: ",")))"
    }
}
