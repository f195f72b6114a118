internal import AttestationFormat
internal import Foundation
internal import Verifier

/// Reads what `verify` and `measure` get on their command lines.
enum CommandFile {
    /// A file's bytes, or standard input's for "-".
    static func read(_ path: String) throws -> [UInt8] {
        if path == "-" { return [UInt8](FileHandle.standardInput.readDataToEndOfFile()) }
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw Failure("\(path): cannot be read: \(error.localizedDescription)")
        }
    }

    /// Bytes from hexadecimal text of a demanded size.
    static func hexadecimal(_ option: String, _ text: String, _ sizes: ClosedRange<Int>) throws -> [UInt8] {
        let expected =
            sizes.count == 1
            ? "\(2 * sizes.lowerBound)" : "\(2 * sizes.lowerBound) to \(2 * sizes.upperBound)"
        guard let bytes = Hexadecimal.decode(text) else {
            throw Failure.usage("\(option): not hexadecimal: expected \(expected) digits")
        }
        guard sizes.contains(bytes.count) else {
            throw Failure.usage("\(option): \(text.count) digits, expected \(expected)")
        }
        return bytes
    }

    /// SHA-256 of a compiled policy: the plugin file, or the file `plugin` of a directory.
    static func policyDigest(_ path: String) throws -> [UInt8] {
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        guard exists else { throw Failure("\(path): no such compiled policy") }
        return Digest.sha256(try read(isDirectory.boolValue ? path + "/plugin" : path))
    }

    /// SubjectPublicKeyInfo (DER) of a PEM public key.
    static func publicKey(_ path: String) throws -> [UInt8] {
        let blocks: [PEM.Block]
        do {
            blocks = try PEM.parse(read(path))
        } catch let error as AttestationFormatError {
            throw Failure("\(path): \(error)")
        }
        guard let block = blocks.first, blocks.count == 1, block.label == "PUBLIC KEY",
            PublicKey(subjectPublicKeyInfo: block.contents) != nil
        else { throw Failure("\(path): expected one PEM block PUBLIC KEY (openssl pkey -pubout)") }
        return block.contents
    }
}
