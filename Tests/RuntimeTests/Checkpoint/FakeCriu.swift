import Foundation
import Testing

@testable import Runtime

/// A program named criu that speaks criu's protocol and does nothing else, and what it was asked. See criu.c.txt.
final class FakeCriu {
    let directory: String

    /// The compiled program.
    private static let program: String? = {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "criu.c.txt")
        let output = NSTemporaryDirectory() + "coffer-criu-\(getpid())"
        let result = try? Workbench.execute(
            "/usr/bin/cc", ["-static", "-O1", "-o", output, "-x", "c", source.path])
        return result?.status == 0 ? output : nil
    }()

    init(_ bench: Workbench) throws {
        directory = bench.directory + "/criu"
        try FileManager.default.createDirectory(atPath: directory + "/bin", withIntermediateDirectories: true)
        try FileManager.default.linkItem(
            atPath: try #require(Self.program), toPath: directory + "/bin/criu")
    }

    /// What it is to say for a task instead of what it would.
    func reply(_ task: CriuTask, _ message: ProtobufWriter) throws {
        try Data(message.bytes).write(to: URL(fileURLWithPath: directory + "/reply-\(task.rawValue)"))
    }

    /// Makes it end without an answer, or send a terminal.
    func mark(_ what: String, _ task: CriuTask) throws {
        try Data().write(to: URL(fileURLWithPath: directory + "/\(what)-\(task.rawValue)"))
    }

    /// What it was asked; nil when it was not.
    func request(_ task: CriuTask) throws -> ProtobufReader? {
        let path = directory + "/request-\(task.rawValue)"
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return ProtobufReader([UInt8](data))
    }

    /// The options of a request.
    func options(_ task: CriuTask) throws -> ProtobufReader {
        try #require(try request(task)?.message(2))
    }
}

extension Workbench {
    /// Runs a command with the fake on its path.
    func coffer(with criu: FakeCriu, _ arguments: String...) throws -> Outcome {
        try coffer(path: criu.directory + "/bin:/usr/bin:/bin", with: criu, arguments)
    }

    /// Runs a command with another path.
    func coffer(path: String, with criu: FakeCriu? = nil, _ arguments: [String]) throws -> Outcome {
        try Self.execute(
            "/usr/bin/env",
            ["PATH=" + path, "FAKE_CRIU=" + (criu?.directory ?? ""), binary, "--root", directory + "/state"]
                + arguments)
    }

    /// What `state` says of a container; nil when there is none.
    func status(_ id: String) throws -> String? {
        let outcome = try coffer("state", id)
        if outcome.status != 0 { return nil }
        let state = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return state?["status"] as? String
    }
}

extension ProtobufReader {
    /// What a field has that is there several times: texts, or messages.
    private func all(_ field: UInt64) -> [[UInt8]] {
        fields.compactMap { entry in
            if entry.number == field, case .bytes(let bytes) = entry.value { return bytes }
            return nil
        }
    }

    /// Pairs of a repeated field: two texts, or a text and a number.
    func pairs(_ field: CriuOptions.Field) -> [String: String] {
        var pairs: [String: String] = [:]
        for message in all(UInt64(field.rawValue)) {
            guard let pair = ProtobufReader(message), let first = pair.text(1) else { continue }
            pairs[first] = pair.text(2) ?? pair.number(2).map { "\($0)" } ?? ""
        }
        return pairs
    }

    func flag(_ field: CriuOptions.Field) -> Bool { number(UInt64(field.rawValue)) == 1 }
    func number(_ field: CriuOptions.Field) -> UInt64? { number(UInt64(field.rawValue)) }
    func text(_ field: CriuOptions.Field) -> String? { text(UInt64(field.rawValue)) }
    func texts(_ field: CriuOptions.Field) -> [String] {
        all(UInt64(field.rawValue)).map { String(decoding: $0, as: UTF8.self) }
    }
}
