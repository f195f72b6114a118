import Testing

/// A room uses only rooms on lower floors, and the guest's import closure is this list and nothing else.
@Suite struct FloorTests {
    /// What each room of the trusted computing base may import. Anything else, Foundation above all, is refused.
    static let allowed: [String: Set<String>] = {
        let common: [(String, [String])] = [
            ("JSON", []), ("RegoRuntime", []), ("OCI", ["JSON"]), ("AttestationFormat", []),
            ("Wire", ["JSON", "OCI"]),
        ]
        let libraries = ["CLinux", "CCrypto"]
        let guest: [(String, [String])] = [
            ("Linux", ["CLinux"]),
            ("Policy", ["Linux", "JSON", "OCI", "RegoRuntime"] + libraries),
            ("Storage", ["Policy", "Linux", "CCryptsetup", "CExt2fs"] + libraries),
            ("Runtime", ["Policy", "Linux", "OCI", "JSON"] + libraries),
            ("Attestation", ["Linux", "AttestationFormat", "JSON"] + libraries),
            ("Sandbox", ["Policy", "Storage", "Runtime", "Attestation", "Linux", "OCI", "JSON"] + libraries),
            ("GCSBridge", ["Sandbox", "Policy", "Wire", "Linux", "OCI", "JSON", "CLinux"]),
            (
                "coffer",
                [
                    "GCSBridge", "Sandbox", "Policy", "Storage", "Runtime", "Attestation", "Linux", "OCI",
                    "JSON", "GeneratedPolicy",
                ]
                    + libraries
            ),
        ]
        return Dictionary(uniqueKeysWithValues: (common + guest).map { ($0.0, Set($0.1)) })
    }()

    @Test(arguments: ["Sources/Common", "Sources/Guest"])
    func importsStayInsideTheClosure(folder: String) throws {
        let files = try SourceTree.swiftFiles(under: folder)
        #expect(!files.isEmpty)
        for file in files {
            let permitted = try #require(Self.allowed[file.room], "\(file.path): unknown room \(file.room)")
            for module in SourceTree.imports(of: file) {
                #expect(
                    permitted.contains(module),
                    "\(file.path) imports \(module), which its floor does not allow")
            }
        }
    }

    @Test func failuresAreNotDropped() throws {
        let files =
            try SourceTree.swiftFiles(under: "Sources/Guest") + SourceTree.swiftFiles(under: "Sources/Common")
        for file in files {
            for (number, line) in file.lines.enumerated() {
                let code = line.prefix { $0 != "/" }
                for word in ["try?", "try!", "as!", "fatalError(", "_ = try"] where code.contains(word) {
                    Issue.record("\(file.path):\(number + 1) drops a failure with \(word)")
                }
            }
        }
    }

    @Test func theProjectSpeaksOfItselfAlone() throws {
        let foreign = ["/work" + "/", "/opt/swi" + "ft", "/tmp/bash" + "_jobs"]
        for file in try SourceTree.swiftFiles(under: "Sources") + SourceTree.swiftFiles(under: "Tests") {
            for (number, line) in file.lines.enumerated() {
                for path in foreign where line.contains(path) {
                    Issue.record("\(file.path):\(number + 1) names a path of one machine: \(path)")
                }
            }
        }
    }
}
