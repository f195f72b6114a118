public import Foundation

/// Builds the detached plugin: a small static Embedded Swift executable that answers frames on its standard input.
///
/// The same sources and tool chain give the same bytes.
public struct PluginBuilder {
    /// What went wrong, with the tool's own words.
    public enum Failure: Error, CustomStringConvertible {
        case missing(String, URL)
        case tool(String, status: Int32, output: String)

        public var description: String {
            switch self {
            case .missing(let what, let url): "\(what) not found at \(url.path)"
            case .tool(let name, let status, let output): "\(name) failed with status \(status):\n\(output)"
            }
        }
    }

    /// Folder of the runtime's sources.
    let runtime: URL
    /// Folder where compiled runtimes are kept between builds.
    let cache: URL
    /// The Swift compiler.
    let compiler: String

    /// - Parameters:
    ///   - runtime: folder of the RegoRuntime sources.
    ///   - cache: folder for what can be used again; made when missing.
    public init(runtime: URL, cache: URL, compiler: String = "swiftc") {
        self.runtime = runtime
        self.cache = cache
        self.compiler = compiler
    }

    private static let flags = [
        "-swift-version", "6", "-enable-upcoming-feature", "ExistentialAny", "-enable-upcoming-feature",
        "MemberImportVisibility", "-enable-upcoming-feature", "InternalImportsByDefault",
        "-enable-experimental-feature", "Embedded", "-enable-experimental-feature", "Extern", "-wmo",
        "-Osize",
        "-gnone",
        // A section per function, so that the linker can drop and merge functions.
        "-Xfrontend", "-function-sections",
    ]

    /// Writes the Swift package: the policy's module, the runtime it needs and the detached executable's main.
    public func writePackage(_ policy: PolicyPackage, name: String, to folder: URL) throws {
        let manager = FileManager.default
        if manager.fileExists(atPath: folder.path) { try manager.removeItem(at: folder) }
        let sources = folder.appendingPathComponent("Sources")
        let module = sources.appendingPathComponent(name)
        let main = sources.appendingPathComponent("plugin")
        for made in [module, main] {
            try manager.createDirectory(at: made, withIntermediateDirectories: true)
        }
        for (file, text) in policy.files {
            try Data(text.utf8).write(to: module.appendingPathComponent(file))
        }
        let copy = sources.appendingPathComponent("RegoRuntime")
        try manager.createDirectory(at: copy, withIntermediateDirectories: true)
        for file in try runtimeFiles() {
            try manager.copyItem(at: file, to: copy.appendingPathComponent(file.lastPathComponent))
        }
        try Data(("internal import \(name)\n\n" + PluginTemplate.main).utf8)
            .write(to: main.appendingPathComponent("main.swift"))
        try Data(PluginTemplate.package(name).utf8).write(to: folder.appendingPathComponent("Package.swift"))
    }

    /// Compiles a policy to the detached plugin.
    public func build(_ policy: PolicyPackage, to executable: URL) throws {
        try build(policy, main: PluginTemplate.main, to: executable)
    }

    /// Compiles a policy and a main program to an executable.
    func build(_ policy: PolicyPackage, main: String, to executable: URL) throws {
        let module = try runtimeModule()
        let work = FileManager.default.temporaryDirectory.appendingPathComponent(
            "coffer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        defer { Self.discard(work) }
        // One module for the policy and main: Embedded Swift compiles everything that is reachable anyway.
        try Data(main.utf8).write(to: work.appendingPathComponent("main.swift"))
        let sources = policy.files.keys.sorted()
        for (file, text) in policy.files {
            try Data(text.utf8).write(to: work.appendingPathComponent(file))
        }
        let interface = "RegoRuntime.swiftmodule"
        try FileManager.default.copyItem(
            at: module.appendingPathComponent(interface), to: work.appendingPathComponent(interface))
        let object = work.appendingPathComponent("plugin.o")
        // Relative names: the compiler leaves a digest in the object that covers the paths it was given.
        try run(
            Self.flags + ["-module-name", "plugin", "-I", ".", "-c", "-o", "plugin.o", "main.swift"]
                + sources, in: work)
        try link(object, executable)
    }

    private func link(_ object: URL, _ executable: URL) throws {
        let tables = try unicodeTables()
        try run([
            "-enable-experimental-feature", "Embedded", "-static-executable", "-use-ld=lld", "-Xlinker",
            "--gc-sections", "-Xlinker", "--icf=all", "-Xlinker", "-s", "-Xlinker", "--build-id=none", "-o",
            executable.path, object.path, tables.path, "-lm",
        ])
    }

    /// The runtime's compiled interface, made once per content of its sources and compiler.
    private func runtimeModule() throws -> URL {
        let files = try runtimeFiles()
        let folder = cache.appendingPathComponent(try runtimeDigest())
        let module = folder.appendingPathComponent("RegoRuntime.swiftmodule")
        if FileManager.default.fileExists(atPath: module.path) { return folder }
        let fresh = cache.appendingPathComponent("fresh-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: fresh, withIntermediateDirectories: true)
        try run(
            Self.flags
                + [
                    "-parse-as-library", "-module-name", "RegoRuntime", "-emit-module", "-emit-module-path",
                    fresh.appendingPathComponent("RegoRuntime.swiftmodule").path,
                ] + files.map(\.lastPathComponent), in: runtime)
        if FileManager.default.fileExists(atPath: folder.path) {
            Self.discard(fresh)
        } else {
            try FileManager.default.moveItem(at: fresh, to: folder)
        }
        return folder
    }

    /// What a program depends on besides its own sources: the runtime's sources and the compiler.
    func runtimeDigest() throws -> String {
        // The number is that of this way of compiling.
        var content = "2" + Self.flags.joined(separator: " ") + (try run(["--version"]))
        for file in try runtimeFiles() { content += try String(contentsOf: file, encoding: .utf8) }
        return SHA256.hexadecimal(Array(content.utf8))
    }

    private func runtimeFiles() throws -> [URL] {
        guard FileManager.default.fileExists(atPath: runtime.path) else {
            throw Failure.missing("the runtime's sources", runtime)
        }
        return try FileManager.default.contentsOfDirectory(at: runtime, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "swift" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    /// libswiftUnicodeDataTables.a of the tool chain's Embedded library.
    private func unicodeTables() throws -> URL {
        let information = try run(["-print-target-info"])
        let object = try JSONSerialization.jsonObject(with: Data(information.utf8)) as? [String: Any]
        let paths = object?["paths"] as? [String: Any]
        let target = object?["target"] as? [String: Any]
        let root = URL(fileURLWithPath: paths?["runtimeResourcePath"] as? String ?? "/usr/lib/swift")
        let triple = target?["moduleTriple"] as? String ?? "x86_64-unknown-linux-gnu"
        let tables = root.appendingPathComponent("embedded/\(triple)/libswiftUnicodeDataTables.a")
        guard FileManager.default.fileExists(atPath: tables.path) else {
            throw Failure.missing("the Embedded Swift library", tables)
        }
        return tables
    }

    /// Temporary folders: that one stays behind is no reason to fail.
    private static func discard(_ folder: URL) {
        do { try FileManager.default.removeItem(at: folder) } catch {
            FileHandle.standardError.write(Data("cannot remove \(folder.path): \(error)\n".utf8))
        }
    }

    @discardableResult
    private func run(_ arguments: [String], in folder: URL? = nil) throws -> String {
        let process = Process()
        if let folder { process.currentDirectoryURL = folder }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [compiler] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: output, as: UTF8.self)
        guard process.terminationStatus == 0 else {
            throw Failure.tool(compiler, status: process.terminationStatus, output: text)
        }
        return text
    }
}
