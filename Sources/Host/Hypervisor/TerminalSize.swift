internal import CHypervisor

/// A terminal's size in characters.
package enum TerminalSize {
    /// The size, nil when the descriptor is no terminal. ioctl_tty(2).
    package static func read(_ descriptor: Int32) -> (rows: UInt16, columns: UInt16)? {
        var rows: UInt16 = 0
        var columns: UInt16 = 0
        guard coffer_terminal_size(descriptor, &rows, &columns) == 0 else { return nil }
        return (rows, columns)
    }
}
