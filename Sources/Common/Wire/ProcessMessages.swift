/// WaitForProcess: answered when the process has ended.
package struct WaitForProcessRequest: Message {
    /// The time-out that means "wait for ever".
    package static let infinite: UInt32 = 0xffff_ffff

    /// Names the container that the process is in.
    package var base: RequestBase
    /// In the guest's own pid namespace, as ExecuteProcess answered it.
    package var processID: UInt32
    /// 0 asks for what is known now; `infinite` for no limit.
    package var timeoutInMilliseconds: UInt32

    package init(base: RequestBase, processID: UInt32, timeoutInMilliseconds: UInt32 = Self.infinite) {
        self.base = base
        self.processID = processID
        self.timeoutInMilliseconds = timeoutInMilliseconds
    }

    package init(fields: Fields) throws(WireError) {
        base = try RequestBase(fields: fields)
        processID = try fields.integer("ProcessId")
        timeoutInMilliseconds = try fields.integer("TimeoutInMs")
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        writer.put("ProcessId", processID)
        writer.put("TimeoutInMs", timeoutInMilliseconds)
    }
}

/// The answer to WaitForProcess.
package struct WaitForProcessResponse: Message {
    /// All there is of a failed one.
    package var base: ResponseBase
    /// The exit code; 128 plus the signal's number for a container's process that a signal ended.
    package var exitCode: UInt32

    package init(base: ResponseBase, exitCode: UInt32) {
        self.base = base
        self.exitCode = exitCode
    }

    package init(fields: Fields) throws(WireError) {
        base = try ResponseBase(fields: fields)
        exitCode = try fields.integer("ExitCode")
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        writer.put("ExitCode", exitCode)
    }
}

/// SignalProcess: send a signal to a process of a container.
package struct SignalProcessRequest: Message {
    /// Names the container that the process is in.
    package var base: RequestBase
    /// In the guest's own pid namespace, as ExecuteProcess answered it.
    package var processID: UInt32
    /// The signal's number; 0 or absent means SIGKILL.
    package var signal: Int32

    package init(base: RequestBase, processID: UInt32, signal: Int32) {
        self.base = base
        self.processID = processID
        self.signal = signal
    }

    package init(fields: Fields) throws(WireError) {
        base = try RequestBase(fields: fields)
        processID = try fields.integer("ProcessId")
        signal = try fields.fields("Options").integer("Signal")
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        writer.put("ProcessId", processID)
        var options = FieldWriter()
        options.put("Signal", signal)
        writer.put("Options", options.json)
    }
}

/// ResizeConsole: tell a container's terminal its new size.
package struct ResizeConsoleRequest: Message {
    /// Names the container that the process is in.
    package var base: RequestBase
    /// A process with a terminal, in the guest's own pid namespace.
    package var processID: UInt32
    /// Rows.
    package var height: UInt16
    /// Columns.
    package var width: UInt16

    package init(base: RequestBase, processID: UInt32, height: UInt16, width: UInt16) {
        self.base = base
        self.processID = processID
        self.height = height
        self.width = width
    }

    package init(fields: Fields) throws(WireError) {
        base = try RequestBase(fields: fields)
        processID = try fields.integer("ProcessId")
        height = try fields.integer("Height")
        width = try fields.integer("Width")
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        writer.put("ProcessId", processID)
        writer.put("Height", height)
        writer.put("Width", width)
    }
}
