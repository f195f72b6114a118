#if SimulatedPSP
    internal import AttestationFormat
    internal import Foundation

    /// Keys and certificates of the throw-away chain, kept in a directory from run to run.
    struct SimulatedChain: Sendable {
        /// The TCB of the simulated chip: that of a real Genoa in 2025.
        static let tcb = TCBComponents(fmc: nil, bootLoader: 10, tee: 0, snp: 23, microcode: 84)

        let rootCertificatePath: String
        /// Certificates, DER.
        let root: [UInt8]
        let intermediate: [UInt8]
        let endorsement: [UInt8]
        let endorsementKey: SimulatedKey
        /// 64 bytes: CHIP_ID of every report.
        let hardwareID: [UInt8]

        /// Loads the chain, or makes it when the directory does not exist.
        init(stateDirectory: String) throws(SimulatedSecurityProcessorError) {
            let directory = URL(fileURLWithPath: stateDirectory, isDirectory: true)
            if !FileManager.default.fileExists(atPath: directory.appendingPathComponent("ark.pem").path) {
                try SimulatedChain.make(in: directory)
            }
            func read(_ name: String) throws(SimulatedSecurityProcessorError) -> [UInt8] {
                try SimulatedChain.read(directory.appendingPathComponent(name))
            }
            rootCertificatePath = directory.appendingPathComponent("ark.pem").path
            do {
                root = try Certificate(derOrPEM: try read("ark.pem")).encoding
                intermediate = try Certificate(derOrPEM: try read("ask.pem")).encoding
                let certificate = try Certificate(derOrPEM: try read("vcek.pem"))
                endorsement = certificate.encoding
                guard let identifier = try EndorsementExtensions(certificate).hardwareID,
                    identifier.count == 64
                else {
                    throw SimulatedSecurityProcessorError.state(
                        stateDirectory, "vcek.pem lacks a hardware id")
                }
                hardwareID = identifier
            } catch let error as SimulatedSecurityProcessorError {
                throw error
            } catch {
                throw .state(stateDirectory, "\(error)")
            }
            endorsementKey = SimulatedKey(encoding: try read("vcek.key"))
        }

        private static func read(_ file: URL) throws(SimulatedSecurityProcessorError) -> [UInt8] {
            do {
                return [UInt8](try Data(contentsOf: file))
            } catch {
                throw .state(file.path, "cannot be read")
            }
        }

        /// Makes everything in a directory beside the target and moves it into place, so that an interrupted or
        /// concurrent run never leaves half a chain.
        private static func make(in directory: URL) throws(SimulatedSecurityProcessorError) {
            let files = try newChain()
            let parent = directory.deletingLastPathComponent()
            let suffix = Hexadecimal.encode(SimulatedKey.random(8))
            let temporary = parent.appendingPathComponent(".\(directory.lastPathComponent).\(suffix)")
            let manager = FileManager.default
            do {
                try manager.createDirectory(
                    at: temporary, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                for (name, contents) in files {
                    let path = temporary.appendingPathComponent(name).path
                    guard
                        manager.createFile(
                            atPath: path, contents: Data(contents), attributes: [.posixPermissions: 0o600])
                    else { throw SimulatedSecurityProcessorError.state(path, "cannot be written") }
                }
            } catch let error as SimulatedSecurityProcessorError {
                throw error
            } catch {
                throw .state(directory.path, error.localizedDescription)
            }
            try move(temporary, to: directory)
        }

        private static func move(_ temporary: URL, to directory: URL) throws(SimulatedSecurityProcessorError)
        {
            // rename(2) replaces an empty directory and refuses a full one: then another run was first, and its
            // chain is as good as this one.
            guard rename(temporary.path, directory.path) != 0 else { return }
            let reason = String(cString: strerror(errno))
            do {
                try FileManager.default.removeItem(at: temporary)
            } catch {
                throw .state(temporary.path, "cannot be removed")
            }
            guard FileManager.default.fileExists(atPath: directory.appendingPathComponent("ark.pem").path)
            else {
                throw .state(directory.path, "cannot be made: \(reason)")
            }
        }

        private static func newChain() throws(SimulatedSecurityProcessorError) -> [(String, [UInt8])] {
            let rootKey = try SimulatedKey.makeRSA()
            let intermediateKey = try SimulatedKey.makeRSA()
            let endorsementKey = try SimulatedKey.makeP384()
            let root = try SimulatedCertificate(
                commonName: "ARK-Genoa", issuerCommonName: "ARK-Genoa", publicKey: rootKey.publicKey(),
                serial: 0x7F0000, extensions: SimulatedCertificate.authorityExtensions
            ).signed(by: rootKey)
            let intermediate = try SimulatedCertificate(
                commonName: "SEV-Genoa", issuerCommonName: "ARK-Genoa",
                publicKey: intermediateKey.publicKey(),
                serial: 0x7F0001, extensions: SimulatedCertificate.authorityExtensions
            ).signed(by: rootKey)
            let endorsement = try SimulatedCertificate(
                commonName: "SEV-VCEK", issuerCommonName: "SEV-Genoa", publicKey: endorsementKey.publicKey(),
                serial: 0,
                extensions: SimulatedCertificate.endorsementExtensions(
                    productName: "Genoa", tcb: tcb, hardwareID: SimulatedKey.random(64))
            ).signed(by: intermediateKey)
            func pem(_ certificate: [UInt8]) -> [UInt8] {
                [UInt8](PEM.encode(label: "CERTIFICATE", certificate).utf8)
            }
            // The root's and the intermediate's keys have done their work: not kept.
            return [
                ("vcek.key", endorsementKey.encoding), ("vcek.pem", pem(endorsement)),
                ("ask.pem", pem(intermediate)), ("ark.pem", pem(root)),
            ]
        }
    }
#endif
