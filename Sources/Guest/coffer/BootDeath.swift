internal import CLinux

/// The one way PID 1 ends: say why, write out what is to be written, switch the machine off.
///
/// There is no way back and no shell. Scratch keys die with the machine's memory.
enum BootDeath {
    static func end(_ reason: String) -> Never {
        BootLog.line("end of the machine: \(reason)")
        sync()
        _ = coffer_reboot(Int32(bitPattern: UInt32(RB_POWER_OFF)))
        // Reached only when the kernel refuses to power off: halt, and should that fail too, never run again.
        _ = coffer_reboot(Int32(bitPattern: UInt32(RB_HALT_SYSTEM)))
        while true { pause() }
    }
}
