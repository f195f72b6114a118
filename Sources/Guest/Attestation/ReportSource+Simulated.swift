#if SimulatedPSP
    internal import AttestationFormat
    internal import CLinux
    internal import Linux

    /// Reports of the launcher's simulated processor; development builds only.
    extension ReportSource {
        /// "PSP" and a zero byte.
        private static var port: UInt32 { 0x5053_5000 }
        private static var maximumAnswer: UInt32 { 1 << 20 }

        func simulatedEvidence(_ reportData: [UInt8]) throws(AttestationError) -> Evidence {
            let answer = try simulatedAnswer(reportData)
            return try ReportSource.evidence(inAnswer: answer, reportData: reportData)
        }

        private func simulatedAnswer(_ reportData: [UInt8]) throws(AttestationError) -> [UInt8] {
            let channel: Descriptor
            do throws(Errno) {
                channel = try Vsock.connect(port: ReportSource.port)
            } catch {
                throw .channel(step: "connect", error)
            }
            do throws(Errno) {
                var request: [UInt8] = []
                request.appendLittleEndian(UInt64(reportData.count), count: 4)
                try channel.write(request + reportData)
                let length = try readExactly(channel, 4)
                let count = (0..<4).reduce(UInt32(0)) { $0 | UInt32(length[$1]) << UInt32(8 * $1) }
                guard count <= ReportSource.maximumAnswer else { throw Errno(EMSGSIZE) }
                return try readExactly(channel, Int(count))
            } catch {
                throw .channel(step: "exchange", error)
            }
        }

        private func readExactly(_ channel: borrowing Descriptor, _ count: Int) throws(Errno) -> [UInt8] {
            var bytes: [UInt8] = []
            while bytes.count < count {
                let part = try channel.read(upTo: count - bytes.count)
                if part.isEmpty { throw Errno(ENODATA) }
                bytes.append(contentsOf: part)
            }
            return bytes
        }

        /// Answer: u32 length of the report, the report, the certificate table.
        static func evidence(
            inAnswer answer: [UInt8], reportData: [UInt8]
        ) throws(AttestationError) -> Evidence {
            let report: [UInt8]
            let table: [UInt8]
            do throws(AttestationFormatError) {
                var reader = ByteReader(answer[...], of: "simulated processor's answer")
                let size = try reader.u32()
                guard size == AttestationReport.size else {
                    throw .wrongLength(
                        what: "simulated processor's report", expected: AttestationReport.size,
                        found: Int(size))
                }
                report = try reader.take(Int(size))
                table = try reader.take(reader.remaining)
            } catch {
                throw .format(error)
            }
            return try Evidence(report: report, certificateTable: table, reportData: reportData)
        }
    }
#endif
