package import JSON

/// What ExecuteProcess's `ProcessParameters` text holds.
package struct ProcessParameters: Equatable {
    /// Used for external processes when `commandArguments` is empty.
    package var commandLine = ""
    /// Program and arguments of an external process; a process in a container has them in `ociProcess`.
    package var commandArguments: [String] = []
    /// Of an external process.
    package var workingDirectory = ""
    /// Names and values in the order written.
    package var environment: [EnvironmentVariable] = []
    /// Whether an external process gets a terminal.
    package var emulateConsole = false
    /// Whether the guest dials `StdioPorts.input`; without it the stream ends at once.
    package var createStdInPipe = false
    /// Whether the guest dials `StdioPorts.output`; without it what comes is dropped.
    package var createStdOutPipe = false
    /// Whether the guest dials `StdioPorts.error`; without it what comes is dropped.
    package var createStdErrPipe = false
    /// Run in the virtual machine itself although a container is named.
    package var createInUtilityVM = false
    /// The OCI process of an additional process in a container; nil starts the container's init.
    package var ociProcess: JSON?

    package init() {}

    init(fields: Fields) throws(WireError) {
        commandLine = try fields.string("CommandLine")
        commandArguments = try fields.strings("CommandArgs")
        workingDirectory = try fields.string("WorkingDirectory")
        environment = try fields.stringPairs("Environment").map {
            EnvironmentVariable(name: $0.name, value: $0.value)
        }
        emulateConsole = try fields.bool("EmulateConsole")
        createStdInPipe = try fields.bool("CreateStdInPipe")
        createStdOutPipe = try fields.bool("CreateStdOutPipe")
        createStdErrPipe = try fields.bool("CreateStdErrPipe")
        createInUtilityVM = try fields.bool("CreateInUtilityVM")
        ociProcess = fields.value("OciProcess")
        if let ociProcess, ociProcess.objectValue == nil {
            throw .type(field: fields.place("OciProcess"), expected: "an object", found: ociProcess.kind)
        }
    }

    var json: JSON {
        var writer = FieldWriter()
        writer.put("CommandLine", unlessEmpty: commandLine)
        writer.put("CommandArgs", unlessEmpty: commandArguments)
        writer.put("WorkingDirectory", unlessEmpty: workingDirectory)
        if !environment.isEmpty {
            let members = environment.map { JSONMember(key: $0.name, value: .string($0.value)) }
            writer.put("Environment", .object(JSONObject(members: members)))
        }
        writer.put("EmulateConsole", ifTrue: emulateConsole)
        writer.put("CreateStdInPipe", ifTrue: createStdInPipe)
        writer.put("CreateStdOutPipe", ifTrue: createStdOutPipe)
        writer.put("CreateStdErrPipe", ifTrue: createStdErrPipe)
        writer.put("CreateInUtilityVM", ifTrue: createInUtilityVM)
        writer.put("OciProcess", ifPresent: ociProcess)
        return writer.json
    }
}

/// One variable of an external process's environment.
package struct EnvironmentVariable: Equatable {
    /// Must not hold an equals sign; not checked here.
    package var name: String
    /// May be empty.
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// Host ports that the guest dials for a process's streams; 0 or absent when the stream is not wanted.
package struct StdioPorts: Equatable {
    /// Heeded only with `createStdInPipe`.
    package var input: UInt32
    /// Heeded only with `createStdOutPipe`; a terminal's whole output goes here.
    package var output: UInt32
    /// Heeded only with `createStdErrPipe`; unused with a terminal.
    package var error: UInt32

    package init(input: UInt32 = 0, output: UInt32 = 0, error: UInt32 = 0) {
        self.input = input
        self.output = output
        self.error = error
    }

    init(fields: Fields) throws(WireError) {
        input = try fields.integer("StdIn")
        output = try fields.integer("StdOut")
        error = try fields.integer("StdErr")
    }

    var json: JSON {
        var writer = FieldWriter()
        if input != 0 { writer.put("StdIn", input) }
        if output != 0 { writer.put("StdOut", output) }
        if error != 0 { writer.put("StdErr", error) }
        return writer.json
    }
}

/// ExecuteProcess: start a container's init, a further process in it, or a process in the virtual machine.
package struct ExecuteProcessRequest: Message {
    /// Names the container; the virtual machine for an external process.
    package var base: RequestBase
    /// On the wire JSON text in a string.
    package var parameters: ProcessParameters
    /// On the wire `VsockStdioRelaySettings`.
    package var ports: StdioPorts

    package init(base: RequestBase, parameters: ProcessParameters, ports: StdioPorts) {
        self.base = base
        self.parameters = parameters
        self.ports = ports
    }

    package init(fields: Fields) throws(WireError) {
        base = try RequestBase(fields: fields)
        let settings = try fields.fields("Settings")
        parameters = try ProcessParameters(
            fields: Fields(settings.embedded("ProcessParameters"), at: "Settings.ProcessParameters"))
        ports = try StdioPorts(fields: settings.fields("VsockStdioRelaySettings"))
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        writer.put(
            "Settings",
            [
                "ProcessParameters": .string(parameters.json.text),
                "VsockStdioRelaySettings": ports.json,
            ])
    }
}

/// The answer to ExecuteProcess.
package struct ExecuteProcessResponse: Message {
    /// All there is of a failed one.
    package var base: ResponseBase
    /// Process id in the virtual machine's pid namespace.
    package var processID: UInt32

    package init(base: ResponseBase, processID: UInt32) {
        self.base = base
        self.processID = processID
    }

    package init(fields: Fields) throws(WireError) {
        base = try ResponseBase(fields: fields)
        processID = try fields.integer("ProcessId")
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        writer.put("ProcessId", processID)
    }
}
