internal import Foundation

/// Whole files, with errors that name them.
enum FileBytes {
    static func read(_ url: URL) throws(ApplianceError) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: url))
        } catch {
            throw .read(url.path, error.localizedDescription)
        }
    }

    /// Replaces the file in one step.
    static func write(_ bytes: [UInt8], to url: URL) throws(ApplianceError) {
        do {
            try Data(bytes).write(to: url, options: .atomic)
        } catch {
            throw .write(url.path, error.localizedDescription)
        }
    }
}
