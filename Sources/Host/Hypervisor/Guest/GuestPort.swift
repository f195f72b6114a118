/// The host's vsock ports that a guest dials.
package enum GuestPort {
    /// The bridge.
    package static let bridge: UInt32 = 0x4000_0000
    /// The first port for standard streams; allocated upwards from here.
    package static let firstStream: UInt32 = 0x4000_0001
    /// The simulated security processor of development builds ("PSP" and a zero byte).
    package static let securityProcessor: UInt32 = 0x5053_5000
    /// The guest's log, lines of JSON.
    package static let log: UInt32 = 109
}
