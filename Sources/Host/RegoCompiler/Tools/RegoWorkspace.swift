internal import Foundation
internal import RegoRuntime

/// Modules and documents that a person names on a command line, as `opa eval -d` takes them.
package struct RegoWorkspace {
    /// Why something cannot be loaded.
    package struct Failure: Error, CustomStringConvertible {
        package var description: String
    }

    /// All modules found, folders in order of names.
    package private(set) var sources: [RegoCompiler.Source] = []
    /// All documents merged, as the JSON text of an object.
    package private(set) var data: [UInt8] = Array("{}".utf8)
    private var documents: [(path: [String], json: String, file: String)] = []

    /// Loads files and folders; folders below a folder become keys of the documents in them.
    package init(paths: [String]) throws {
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw Failure(description: "\(path): no such file or folder")
            }
            if isFolder.boolValue {
                try load(folder: path, [])
            } else {
                try load(file: path, [], strict: true)
            }
        }
        try merge()
    }

    private mutating func load(folder: String, _ keys: [String]) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        where !name.hasPrefix(".") {
            var isFolder: ObjCBool = false
            let path = folder + "/" + name
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                try load(folder: path, keys + [name])
            } else {
                try load(file: path, keys, strict: false)
            }
        }
    }

    /// Files of other kinds are passed over in folders and refused when they are named.
    private mutating func load(file: String, _ keys: [String], strict: Bool) throws {
        switch URL(fileURLWithPath: file).pathExtension {
        case "rego": sources.append(.init(file: file, text: try Self.text(file)))
        case "json": documents.append((keys, try Self.text(file), file))
        case "yaml", "yml":
            do {
                documents.append((keys, try YAMLText.json(Self.text(file)), file))
            } catch let error as Failure {
                throw error
            } catch {
                throw Failure(description: "\(file): not YAML: \(error)")
            }
        default:
            if strict {
                throw Failure(description: "\(file): expected a .rego, .json, .yaml or .yml file")
            }
        }
    }

    private static func text(_ file: String) throws -> String {
        let bytes: Data
        do { bytes = try Data(contentsOf: URL(fileURLWithPath: file)) } catch {
            throw Failure(description: "\(file): cannot be read: \(error.localizedDescription)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(description: "\(file): not UTF-8 text")
        }
        return text
    }

    private mutating func merge() throws {
        let context = Context.create(limits: Limits(work: Int.max, depth: 1000, memory: Int.max))
        defer { context.destroy() }
        var merged = Value.emptyObject
        for document in documents {
            var value: Value
            do { value = try JSONReader.parse(Array(document.json.utf8), context) } catch {
                throw Failure(description: "\(document.file): not JSON: \(error.message)")
            }
            for key in document.path.reversed() { value = context.object([(context.string(key), value)]) }
            guard value.isObject, let both = Self.merge(merged, value, context) else {
                throw Failure(
                    description:
                        "\(document.file): a document must be an object, and may not contradict others")
            }
            merged = both
        }
        data = merged.json
    }

    private static func merge(_ left: Value, _ right: Value, _ context: Context) -> Value? {
        var members = ObjectBuilder()
        for turn in 0..<left.scanCount { members.insert(left.key(at: turn), left.value(at: turn), context) }
        for turn in 0..<right.scanCount {
            let key = right.key(at: turn)
            let old = left[key]
            var value = right.value(at: turn)
            if old.isObject, value.isObject {
                guard let both = merge(old, value, context) else { return nil }
                value = both
            } else if old.isDefined, old != value {
                return nil
            }
            members.insert(key, value, context)
        }
        return members.finish(context)
    }
}
