import PackagePlugin

/// Compiles the .rego files of a target to Swift: `evaluate(request:)` and `makeEvaluator()` become part of its module.
@main
struct RegoBuild: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? any SourceModuleTarget else { return [] }
        let modules = target.sourceFiles(withSuffix: "rego").map(\.url)
        if modules.isEmpty {
            Diagnostics.warning("\(target.name) has no .rego files to compile")
            return []
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "Rego.swift")
        return [
            .buildCommand(
                displayName: "Compiling Rego of \(target.name)",
                executable: try context.tool(named: "regoc").url,
                arguments: ["--output", output.path(percentEncoded: false)]
                    + modules.map { $0.path(percentEncoded: false) },
                inputFiles: modules, outputFiles: [output])
        ]
    }
}
