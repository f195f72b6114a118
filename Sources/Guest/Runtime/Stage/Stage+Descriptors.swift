internal import CLinux
internal import Linux
internal import OCI

extension Stage {
    /// Closes every descriptor that this process got by being a copy of its maker and does not need.
    ///
    /// First of all, long before the container can look: what the maker was given by its own caller stays open as long
    /// as anyone holds it, and a process that waits for `start` may hold it for days. Standard streams stay until they
    /// are replaced.
    borrowing func closeInherited(keeping more: [Int32] = []) throws(RuntimeError) {
        try closeOthers(keeping: preparation.descriptors + more)
    }

    /// Closes everything that was needed to build the root; what is left is what the wait for `start` needs.
    borrowing func closeTools() throws(RuntimeError) {
        let streams = plan.hooks.startContainer.isEmpty ? [] : preparation.hookStreams.descriptors
        guard case .fifo(let fifo) = preparation.gate else { return try closeOthers(keeping: streams) }
        try closeOthers(keeping: streams + [fifo.descriptor.raw])
    }

    private borrowing func closeOthers(keeping more: [Int32]) throws(RuntimeError) {
        var kept = more
        kept.append(channel.socket.raw)
        for number in 0..<(3 + preparation.options.preservedDescriptors) { kept.append(number) }
        switch ownProc {
        case .some(let directory): kept.append(directory.raw)
        case .none: break
        }
        try Runtime.closeOthers(than: kept)
    }
}

/// Leaves a descriptor to `closeTools`, which comes before the process waits for anyone: the many files that building a
/// root opens are closed in one call, and not one by one.
func leave(_ descriptor: consuming Descriptor) {
    let number = descriptor.release()
    _ = number
}

/// Closes all descriptors but these. close_range(2).
func closeOthers(than kept: [Int32]) throws(RuntimeError) {
    for (first, last) in gaps(between: kept) {
        try step(.closeDescriptors, "\(first) to \(last)") { () throws(Errno) in
            try valueOrErrno(coffer_close_range(first, last, 0))
        }
    }
}

/// The ranges of numbers, both ends included, that are not in `kept`.
func gaps(between kept: [Int32]) -> [(first: UInt32, last: UInt32)] {
    var ranges: [(first: UInt32, last: UInt32)] = []
    var next: UInt32 = 0
    for number in kept.sorted() where number >= 0 {
        let number = UInt32(number)
        if number > next { ranges.append((first: next, last: number - 1)) }
        next = max(next, number + 1)
    }
    ranges.append((first: next, last: UInt32.max))
    return ranges
}

extension Preparation {
    /// The numbers of everything that was opened for the stage.
    var descriptors: [Int32] {
        var numbers: [Int32] = []
        if let root { numbers.append(root.number) }
        for mount in binds + devices { if let mount { numbers.append(mount.number) } }
        for namespace in namespaces { numbers.append(namespace.file.descriptor.raw) }
        switch controlGroup {
        case .none, .unified(group: nil): break
        case .unified(group: .some(let group)): numbers.append(group.number)
        case .legacy(let groups): numbers += groups.map { $0.group.number }
        }
        for group in legacyGroups { numbers.append(group.file.descriptor.raw) }
        for stream in streams { if let stream { numbers.append(stream.descriptor.raw) } }
        numbers += hookStreams.descriptors
        if let changedRoot { numbers.append(changedRoot.descriptor.raw) }
        if case .fifo(let fifo) = gate { numbers.append(fifo.descriptor.raw) }
        return numbers
    }
}
