internal import Foundation

/// Asking about files where only the answer matters.
enum FilePresence {
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }
}
