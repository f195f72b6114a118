import Foundation
import RegoRuntime

@testable import RegoCompiler

/// Many cases of the suite as one native program: the generator's code for each, in a namespace of its own.
///
/// The program is kept by the content of its sources, so that only a change of the generator compiles it again.
struct NativeBatch {
    struct Entry {
        var example: SuiteCase
        var entrypoint: String
        var plan: CompiledPlan
        var files: [String: String]
    }

    private(set) var entries: [Entry] = []

    /// Cases that ask for one document and need nothing of a host; every `step`-th of them.
    init(_ examples: [SuiteCase], version: RegoVersion, step: Int) throws {
        var number = 0
        for example in examples {
            guard !example.isStrict, example.inputTerm == nil, SuiteRunner.exclusion(of: example) == nil,
                let entrypoint = Self.entrypoint(of: example.query)
            else { continue }
            number += 1
            guard number % step == 0, let entry = Self.entry(example, entrypoint, version) else { continue }
            entries.append(entry)
        }
    }

    /// `a/b` of `data.a.b = x`.
    private static func entrypoint(of query: String) -> String? {
        let parts = query.split(separator: " ")
        guard parts.count == 3, parts[0].hasPrefix("data."), parts[1] == "=", parts[2] == "x" else {
            return nil
        }
        guard parts[0].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") })
        else {
            return nil
        }
        return parts[0].dropFirst(5).split(separator: ".").joined(separator: "/")
    }

    private static func entry(_ example: SuiteCase, _ entrypoint: String, _ version: RegoVersion) -> Entry? {
        let sources = example.modules.enumerated().map {
            RegoCompiler.Source(file: "test-\($0.offset).rego", text: $0.element)
        }
        // What the compiler refuses is compared by the suite itself.
        do {
            let modules = try RegoCompiler.compile(
                sources, version: version, allowsExperiments: example.usesExperiments)
            let plan = try CompiledPlan(modules, entrypoints: [entrypoint])
            let generator = try SwiftGenerator(plan, sources: modules.sources)
            return Entry(example: example, entrypoint: entrypoint, plan: plan, files: generator.files())
        } catch {
            return nil
        }
    }

    // MARK: Sources

    private func namespace(_ number: Int) -> String {
        let text = entries[number].files.sorted { $0.key < $1.key }.map(\.value).joined(separator: "\n")
        var inside: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false)
        where !line.hasPrefix("internal import") && !line.hasPrefix("public import") { inside.append(line) }
        var body = inside.joined(separator: "\n")
        for (wanted, found) in [
            ("static func ", "public func "), ("private static func ", "private func "),
            ("static func ", "func "),
            ("private static let ", "private let "), ("static let ", "let "),
        ] {
            body = body.replacingOccurrences(of: "\n" + found, with: "\n" + wanted)
        }
        return "enum Case\(number) {\n\(body)\n}\n"
    }

    private var sources: [String: String] {
        var files: [String: String] = [:]
        for number in entries.indices {
            let name = "Cases\(number / 25).swift"
            files[name, default: "internal import RegoRuntime\n"] += namespace(number)
        }
        let table = entries.indices.map { "    { Case\($0).evaluate(request: $0) }," }
        files["main.swift"] = """
            let table: [([UInt8]) -> [UInt8]] = [
            \(table.joined(separator: "\n"))
            ]
            while let line = readLine() {
                let parts = line.split(separator: " ", maxSplits: 1)
                guard let number = Int(parts[0]) else { break }
                print(String(decoding: table[number](Array(parts[1].utf8)), as: UTF8.self))
            }
            """
        return files
    }

    // MARK: Building and running

    struct BuildFailure: Error, CustomStringConvertible {
        var description: String
    }

    /// The program; compiled unless the same one is there.
    func build() throws -> URL {
        let products = Self.products
        let runtime = products.appendingPathComponent("RegoRuntime.build")
        let files = sources
        let stamp = try FileManager.default.attributesOfItem(
            atPath: products.appendingPathComponent("Modules/RegoRuntime.swiftmodule").path)[
                .modificationDate]
        let content = files.sorted { $0.key < $1.key }.map { $0.key + $0.value }.joined() + "\(stamp ?? "")"
        let folder = products.appendingPathComponent(
            "native-suite-\(SHA256.hexadecimal(Array(content.utf8)).prefix(16))")
        let program = folder.appendingPathComponent("suite")
        if FileManager.default.fileExists(atPath: program.path) { return program }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
        let objects = try FileManager.default.contentsOfDirectory(atPath: runtime.path)
            .filter { $0.hasSuffix(".o") }.map { runtime.appendingPathComponent($0).path }.sorted()
        let output = try Self.run(
            "/usr/bin/env",
            [
                "swiftc", "-swift-version", "6", "-wmo", "-Onone", "-I",
                products.appendingPathComponent("Modules").path,
            ]
                + files.keys.sorted().map { folder.appendingPathComponent($0).path } + objects
                + ["-o", program.path],
            input: nil)
        guard FileManager.default.fileExists(atPath: program.path) else {
            throw BuildFailure(description: String(output.suffix(4000)))
        }
        return program
    }

    /// Where the package's own build puts modules and objects.
    private static let products: URL = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: own).deletingLastPathComponent()
    }()

    private static func run(_ program: String, _ arguments: [String], input: URL?) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? .nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// The program's answers, one JSON text per case.
    func answers(of program: URL) throws -> [String] {
        var lines: [String] = []
        for (number, entry) in entries.enumerated() {
            var members = [#""query":"\#(entry.entrypoint)""#, #""data":\#(entry.example.data)"#]
            if let input = entry.example.input { members.append(#""input":\#(input)"#) }
            lines.append("\(number) {\(members.joined(separator: ","))}")
        }
        let requests = program.deletingLastPathComponent().appendingPathComponent("requests.txt")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: requests)
        return try Self.run(program.path, [], input: requests).split(separator: "\n").map(String.init)
    }
}
