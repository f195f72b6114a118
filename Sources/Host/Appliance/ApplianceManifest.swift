public import Foundation

/// Whether an appliance may see real tenants.
public enum ApplianceKind: String, Codable, Sendable {
    /// No console, no simulated security processor.
    case production
    /// Serial console and simulated security processor; never to be trusted.
    case development
}

/// One file of an appliance: its size and digest.
public struct ApplianceFile: Codable, Sendable, Equatable {
    /// In the appliance's directory; `coffer` is in the initramfs instead, as `init`.
    public var name: String
    /// Size of the file.
    public var bytes: Int
    /// Lower-case hexadecimal.
    public var sha256: String
}

/// `appliance.json`: what an appliance is made of and how it is to be started.
public struct ApplianceManifest: Codable, Sendable, Equatable {
    /// Version of this format.
    public var format = 1
    /// What it was built as: the launcher gives a development one a console and a simulated security
    /// processor.
    public var kind: ApplianceKind
    /// The kernel command line; it is part of what is measured.
    public var commandLine: String
    /// The release that the package names, or the file's name of a kernel that came as a file.
    public var kernelRelease: String
    /// Measured, as the launcher hands it over.
    public var kernel: ApplianceFile
    /// Measured; holds `coffer` and the modules.
    public var initramfs: ApplianceFile
    /// The guest's binary inside the initramfs.
    public var coffer: ApplianceFile
    /// SHA-256 of the text of the policy that is compiled into the guest's binary, lower-case hexadecimal; nil when
    /// the host delivers a plugin.
    public var linkedPolicy: String?
    /// Names in loading order.
    public var modules: [String]

    /// The file's name in an appliance directory.
    public static let fileName = "appliance.json"

    /// Reads the manifest of an appliance directory.
    public static func load(from directory: URL) throws(ApplianceError) -> ApplianceManifest {
        let url = directory.appendingPathComponent(fileName)
        let bytes = try FileBytes.read(url)
        do {
            return try JSONDecoder().decode(ApplianceManifest.self, from: Data(bytes))
        } catch {
            throw .manifest(url.path, "\(error)")
        }
    }

    /// The text of the file; the same manifest always gives the same bytes.
    public func encoded() throws(ApplianceError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
        } catch {
            throw .manifest(Self.fileName, "\(error)")
        }
    }
}
