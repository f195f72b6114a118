public import Foundation

/// An execution policy compiled together with the framework: the sources of its plugin.
public struct PolicyPackage {
    /// Generated files of the policy's module, by name.
    public let files: [String: String]
    /// SHA-256 of the policy's text, in hexadecimal.
    public let sourceDigest: String

    /// Compiles a policy's text with the framework's modules.
    ///
    /// - Parameters:
    ///   - text: exactly the bytes of policy.rego.
    ///   - framework: the framework's modules.
    public init(policy text: [UInt8], framework: [RegoCompiler.Source]) throws(CompilationError) {
        let policy = RegoCompiler.Source(file: "policy.rego", text: String(decoding: text, as: UTF8.self))
        let modules = try RegoCompiler.compile(framework + [policy])
        let plan = try CompiledPlan(modules, entrypoints: Self.entrypoints(modules))
        sourceDigest = SHA256.hexadecimal(text)
        var facts: [(name: String, json: String)] = [("sourceDigest", SwiftGenerator.json(sourceDigest))]
        for (name, path) in [
            ("apiVersion", ["policy", "api_version"]), ("frameworkVersion", ["framework", "version"]),
            ("policyFrameworkVersion", ["policy", "framework_version"]),
        ] {
            guard let value = modules.tree.node(path[...])?.rules.first?.rule.branches.first?.value,
                value.isGround
            else { continue }
            facts.append((name, value.groundText))
        }
        let generator = try SwiftGenerator(plan, sources: modules.sources, information: facts)
        files = generator.files()
    }

    /// Compiles any modules.
    ///
    /// - Parameters:
    ///   - entrypoints: rules to answer, such as `policy/allow`.
    ///   - documents: JSON text of an object that is compiled in.
    public init(
        _ modules: CompiledModules, entrypoints: [String], documents: String? = nil
    ) throws(CompilationError) {
        for entrypoint in entrypoints {
            let names = entrypoint.split(separator: "/").map(String.init)
            guard modules.tree.node(names[...]) != nil else {
                throw CompilationError(
                    .compile, "there is no rule or package \(entrypoint)", at: .generated,
                    hint: "an entry point is written as policy/allow")
            }
        }
        let plan = try CompiledPlan(modules, entrypoints: entrypoints)
        sourceDigest = Self.digest(modules.sources, documents ?? "")
        let facts = [(name: "sourceDigest", json: SwiftGenerator.json(sourceDigest))]
        files = try SwiftGenerator(plan, sources: modules.sources, information: facts, baseData: documents)
            .files()
    }

    /// Compiles one query; its entry point is `query`, its value an array of the solutions' variables.
    init(query: CompiledPlan, sources: [String: String], strict: Bool) throws(CompilationError) {
        var plan = query.plan
        plan.entrypoints = ["query": plan.queries[0]]
        files = try SwiftGenerator(CompiledPlan(PlanFolding.fold(plan)), sources: sources, strict: strict)
            .files()
        sourceDigest = Self.digest(sources)
    }

    private static func digest(_ sources: [String: String], _ documents: String = "") -> String {
        let text = sources.sorted { $0.key < $1.key }.map(\.value).joined() + documents
        return SHA256.hexadecimal(Array(text.utf8))
    }

    /// All of it as one file of a module that has other files too: nothing in it is public.
    public var singleFile: String {
        // Without an access level, as most files of other modules have it.
        var text = "// Generated from Rego. Do not edit.\nimport RegoRuntime\n"
        for (_, file) in files.sorted(by: { $0.key < $1.key }) {
            // Each file begins with its own header of two lines.
            let body = file.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2)
            text += body.joined(separator: "\n").replacing("\npublic func ", with: "\nfunc ")
        }
        return text
    }

    /// Every rule of the policy without operands, and the framework's rules that answer for older policies.
    static func entrypoints(_ modules: CompiledModules) -> [String] {
        let policy = modules.tree.node(["policy"])?.sortedChildren ?? []
        let own = policy.filter { !$0.1.rules.isEmpty && $0.1.kind != .function }.map { "policy/\($0.0)" }
        let framework = ["rw_mount_device", "rw_unmount_device", "reason"].filter {
            modules.tree.node(["framework", $0]) != nil
        }
        return own + framework.map { "framework/\($0)" }
    }

    /// The framework's modules from a folder of `.rego` files, in order of name.
    public static func framework(in folder: URL) throws -> [RegoCompiler.Source] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".rego") }.sorted()
        return try names.map {
            RegoCompiler.Source(
                file: $0, text: try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
        }
    }
}
