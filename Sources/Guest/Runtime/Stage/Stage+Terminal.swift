internal import CLinux
internal import Linux
internal import OCI

/// DEVPTS_SUPER_MAGIC. statfs(2).
private let devptsMagic: Int64 = 0x1cd1

extension Stage {
    /// A new terminal of the container's own devpts: the maker gets the master side, /dev/console is the inner side.
    mutating func openTerminal(root: borrowing Descriptor) throws(RuntimeError) {
        let inner = try makeTerminal(root: root)
        try step(.setTerminal, "/dev/console") { () throws(Errno) in
            let target = try consoleFile(root: root)
            let attached = try DetachedMount.clone(of: inner, recursive: false).attach(at: target)
            _ = consume attached
        }
        terminal = consume inner
    }

    /// What the terminal is mounted on: a file of /dev itself. A link of the image's would have it cover something else,
    /// a file of /proc for instance. CVE-2025-52565.
    private borrowing func consoleFile(root: borrowing Descriptor) throws(Errno) -> Descriptor {
        let directory = try root.open("/dev", O_PATH | O_DIRECTORY | O_NOFOLLOW, resolve: .container)
        do throws(Errno) {
            let file = try directory.open("console", O_PATH | O_NOFOLLOW, resolve: .beneath)
            if try !file.status().isSymbolicLink { return file }
        } catch {
            if error.code != ENOENT { throw error }
            return try directory.makeFile("console")
        }
        // In the machine's own /dev nothing is removed.
        if !hasOwnDevices { throw Errno(ELOOP) }
        try valueOrErrno(coffer_unlink_at(directory.raw, "console", 0))
        return try directory.makeFile("console")
    }

    /// Opens a terminal below `root`, sends the master side to the maker and returns the inner side.
    ///
    /// The inner side comes from the master by descriptor (TIOCGPTPEER): no path of the container's decides.
    borrowing func makeTerminal(root: borrowing Descriptor) throws(RuntimeError) -> Descriptor {
        let master = try step(.openTerminal, "/dev/pts/ptmx") { () throws(Errno) in
            let multiplexer = try root.open("/dev/pts/ptmx", O_RDWR | O_NOCTTY, resolve: .container)
            if try multiplexer.filesystemType() != devptsMagic { throw Errno(ENODEV) }
            return multiplexer
        }
        let inner = try step(.openTerminal) { () throws(Errno) in
            try valueOrErrno(coffer_terminal_unlock(master.raw))
            return try descriptorOrErrno(coffer_terminal_peer(master.raw, O_RDWR | O_NOCTTY))
        }
        if preparation.options.keepsLineFeeds {
            try step(.setTerminal, "line feeds") { () throws(Errno) in
                try valueOrErrno(coffer_terminal_clear_newline_translation(inner.raw))
            }
        }
        if let size = plan.process.consoleSize {
            try step(.setTerminal, "size") { () throws(Errno) in
                try valueOrErrno(coffer_set_terminal_size(inner.raw, size.height, size.width))
            }
        }
        try step(.setTerminal, "owner") { () throws(Errno) in
            try valueOrErrno(coffer_change_owner(inner.raw, plan.process.userID, UInt32.max))
        }
        try step(.sendTerminal, "the maker") { () throws(Errno) in
            try channel.send(Handshake.terminal.bytes, with: master)
        }
        return inner
    }

    /// Descriptors 0, 1 and 2: the terminal, or the streams, or /dev/null.
    borrowing func setStreams() throws(RuntimeError) {
        switch terminal {
        case .some(let inner):
            try step(.setTerminal, "controlling terminal") { () throws(Errno) in
                try valueOrErrno(coffer_terminal_control(inner.raw))
            }
            for number in 0..<Int32(3) {
                try step(.setStreams) { () throws(Errno) in
                    try valueOrErrno(coffer_duplicate_to(inner.raw, number))
                }
            }
        case .none:
            for (number, stream) in preparation.streams.enumerated() {
                guard let stream else { continue }
                let number = Int32(number)
                try step(.setStreams) { () throws(Errno) in
                    if stream.descriptor.raw == number {
                        try valueOrErrno(coffer_fcntl(number, F_SETFD, 0))
                    } else {
                        try valueOrErrno(coffer_duplicate_to(stream.descriptor.raw, number))
                    }
                }
            }
        }
    }

    /// The streams of a program that is not root's become its user's, as with runc: it may open them again by their names
    /// in /proc. Not the null device, which is everybody's; what cannot be given stays as it is.
    borrowing func giveStreams(_ process: ProcessPlan) throws(RuntimeError) {
        if process.userID == 0 { return }
        for number in 0..<Int32(3) {
            var status = stat()
            try step(.setStreams, "owner of \(number)") { () throws(Errno) in
                try valueOrErrno(coffer_status_at(number, "", AT_EMPTY_PATH, &status))
                if status.st_uid == process.userID || isNullDevice(status) { return }
                let result = coffer_change_owner(number, process.userID, UInt32.max)
                if [EINVAL, EPERM, EROFS].contains(where: { result == -Int($0) }) { return }
                try valueOrErrno(result)
            }
        }
    }
}

/// Character device 1:3.
private func isNullDevice(_ status: stat) -> Bool {
    status.st_mode & 0o170000 == 0o020000 && status.st_rdev == 0x103
}
