internal import Foundation

/// Whole small files, with messages that name them.
enum TextFile {
    static func bytes(_ path: String) throws -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw Failure("\(path): cannot be read: \(error.localizedDescription)")
        }
    }

    static func read(_ path: String) throws -> String {
        guard let text = String(validating: try bytes(path), as: UTF8.self) else {
            throw Failure("\(path): not UTF-8 text")
        }
        return text
    }

    /// The old file is there until the new one is whole.
    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Failure("\(path): cannot be written: \(error.localizedDescription)")
        }
    }
}
