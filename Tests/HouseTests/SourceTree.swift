import Foundation

/// The project's own sources, read as text: what a rule about the house is checked on.
struct SourceTree {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    struct File {
        let room: String
        let path: String
        let lines: [String]
    }

    /// Every Swift file under a folder of the project, with the room (first folder) it lives in.
    static func swiftFiles(under folder: String) throws -> [File] {
        let base = root.appending(path: folder)
        guard let walker = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil) else {
            return []
        }
        var files: [File] = []
        for case let url as URL in walker where url.pathExtension == "swift" {
            let path = String(url.path.dropFirst(base.path.count + 1))
            let text = try String(contentsOf: url, encoding: .utf8)
            files.append(
                File(
                    room: String(path.prefix { $0 != "/" }), path: "\(folder)/\(path)",
                    lines: text.components(separatedBy: "\n")))
        }
        return files
    }

    /// The modules that a file imports, without attributes and access levels.
    static func imports(of file: File) -> [String] {
        file.lines.compactMap { line in
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place < 3, place + 1 < words.count else {
                return nil
            }
            guard words[..<place].allSatisfy({ $0.hasPrefix("@") || accessLevels.contains($0) }) else {
                return nil
            }
            return String(words[place + 1].prefix { $0 != "." })
        }
    }

    private static let accessLevels: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private",
    ]
}
