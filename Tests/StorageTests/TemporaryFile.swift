import Foundation

/// A file that is removed with the value.
final class TemporaryFile {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("storage-\(UUID().uuidString)")
    var path: String { url.path }

    init(_ bytes: [UInt8]) throws { try Data(bytes).write(to: url) }
    deinit { try? FileManager.default.removeItem(at: url) }
}
