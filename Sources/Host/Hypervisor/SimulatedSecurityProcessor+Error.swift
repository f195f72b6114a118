#if SimulatedPSP
    /// Why the simulated security processor could not be made or could not answer.
    package enum SimulatedSecurityProcessorError: Error, Equatable, CustomStringConvertible {
        /// A field of another length than the report's layout has.
        case wrongLength(String, Int, Int)
        /// Only versions 3 and 5 are made.
        case reportVersion(UInt32)
        /// A step of libcrypto failed.
        case cryptography(String)
        /// The state directory could not be read or written.
        case state(String, String)

        package var description: String {
            switch self {
            case .wrongLength(let field, let expected, let found):
                "simulated security processor: \(field) has \(found) bytes, expected \(expected)"
            case .reportVersion(let version):
                "simulated security processor: report version \(version), expected 3 or 5"
            case .cryptography(let step):
                "simulated security processor: libcrypto failed at: \(step)"
            case .state(let path, let reason):
                "simulated security processor: \(path): \(reason); remove the directory to have it made anew"
            }
        }
    }
#endif
