import Foundation

/// Real reports and certificates that live beside the repository; tests that need them are skipped without them.
enum Vectors {
    static let directory = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared/data/snp-vectors")

    static let present = FileManager.default.fileExists(atPath: directory.path)
    static let absence = "the SEV-SNP vectors (../shared/data/snp-vectors) are not here"

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: directory.appendingPathComponent(name)))
    }

    /// Relative paths of all files with one of these names or endings.
    static func files(where matches: (String) -> Bool) -> [String] {
        guard let all = FileManager.default.enumerator(atPath: directory.path) else { return [] }
        return all.compactMap { $0 as? String }.filter(matches).sorted()
    }
}
