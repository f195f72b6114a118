internal import CLinux
internal import Linux

/// Reports through configfs: a directory per request (Documentation/ABI/testing/configfs-tsm-report).
extension ReportSource {
    static var configurationDirectory: String { "/sys/kernel/config/tsm/report" }
    /// More than four certificates need.
    private static var maximumTable: Int { 1 << 20 }
    private static var attempts: Int { 3 }

    /// Whether something makes reports behind the directory: the kernel's tsm module makes the directory alone too,
    /// and refuses entries with ENXIO then. Any other failure is left for the request, which names it.
    static func hasProvider(in parent: String) -> Bool {
        let entry = parent + "/coffer-probe"
        do throws(Errno) {
            try valueOrErrno(coffer_mkdir(entry, 0o700))
        } catch {
            return error.code != ENXIO
        }
        coffer_rmdir(entry)
        return true
    }

    func configurationEvidence(
        _ reportData: [UInt8], in parent: String = ReportSource.configurationDirectory
    ) throws(AttestationError) -> Evidence {
        let entry = parent + "/coffer"
        do throws(Errno) {
            try valueOrErrno(coffer_mkdir(entry, 0o700))
        } catch {
            throw .configuration(step: "mkdir", error)
        }
        defer { coffer_rmdir(entry) }
        for _ in 0..<ReportSource.attempts {
            try writeRequest(reportData, entry)
            let before = try read(entry, "generation", limit: 64)
            let report = try read(entry, "outblob", limit: 65536)
            let table = try readTable(entry)
            // The kernel counts every write: an unchanged number means that both blobs answer this request.
            if try read(entry, "generation", limit: 64) == before {
                return try Evidence(report: report, certificateTable: table, reportData: reportData)
            }
        }
        throw .generationMoved
    }

    private func writeRequest(_ reportData: [UInt8], _ entry: String) throws(AttestationError) {
        do throws(Errno) {
            let file = try openFile(entry + "/inblob", O_WRONLY)
            let written = try valueOrErrno(
                reportData.withUnsafeBytes { coffer_write(file.raw, $0.baseAddress, $0.count) })
            if written != reportData.count { throw Errno(EIO) }
        } catch {
            throw .configuration(step: "inblob", error)
        }
    }

    private func read(
        _ entry: String, _ name: StaticString, limit: Int
    ) throws(AttestationError) -> [UInt8] {
        do throws(Errno) {
            return try readFile(entry + "/" + name.description, limit: limit)
        } catch {
            throw .configuration(step: name, error)
        }
    }

    /// The host may have no certificates, and a kernel may leave the file out.
    private func readTable(_ entry: String) throws(AttestationError) -> [UInt8] {
        do throws(Errno) {
            return try readFile(entry + "/auxblob", limit: ReportSource.maximumTable)
        } catch {
            if error.code == ENOENT { return [] }
            throw .configuration(step: "auxblob", error)
        }
    }
}
