package import Wire

/// The requests that a launcher needs, one function each. All of them throw `BridgeError`.
extension BridgeClient {
    /// Agrees on version 4 of the protocol; the first request of every connection.
    @discardableResult
    package func negotiate(seconds: Double = Limit.request) throws -> NegotiateResponse {
        try request(
            .negotiateProtocol, NegotiateRequest(base: RequestBase()), as: NegotiateResponse.self,
            seconds: seconds)
    }

    /// Adds, removes or changes a resource of the virtual machine.
    package func modify(
        _ verb: ModifyVerb, _ resource: ModifyResource, container: String = nullID
    ) throws {
        let base = RequestBase(containerID: container)
        let message = ModifySettingsRequest(base: base, verb: verb, resource: resource)
        _ = try request(.modifySettings, message, as: ResponseBase.self)
    }

    /// Creates a container; its init does not run yet.
    package func create(_ id: String, _ config: ContainerConfig) throws {
        expectContainer(id)
        let message = CreateRequest(base: RequestBase(containerID: id), config: config)
        _ = try request(.create, message, as: CreateResponse.self)
    }

    /// Starts a container's init (no `ociProcess`) or a further process.
    ///
    /// - Returns: the process id in the virtual machine.
    package func execute(
        _ container: String, _ parameters: ProcessParameters, _ ports: StdioPorts
    ) throws -> UInt32 {
        let message = ExecuteProcessRequest(
            base: RequestBase(containerID: container), parameters: parameters, ports: ports)
        return try request(.executeProcess, message, as: ExecuteProcessResponse.self).processID
    }

    /// Waits for a process to end, without a limit.
    ///
    /// - Returns: its exit code; 128 + n for signal n.
    package func wait(_ container: String, process: UInt32) throws -> UInt32 {
        let message = WaitForProcessRequest(base: RequestBase(containerID: container), processID: process)
        return try request(.waitForProcess, message, as: WaitForProcessResponse.self, seconds: nil).exitCode
    }

    /// Sends a signal to a container's process.
    package func signal(_ container: String, process: UInt32, _ signal: Int32) throws {
        let message = SignalProcessRequest(
            base: RequestBase(containerID: container), processID: process, signal: signal)
        _ = try request(.signalProcess, message, as: ResponseBase.self)
    }

    /// Sets the size of a process's terminal, in characters.
    package func resize(_ container: String, process: UInt32, rows: UInt16, columns: UInt16) throws {
        let message = ResizeConsoleRequest(
            base: RequestBase(containerID: container), processID: process, height: rows, width: columns)
        _ = try request(.resizeConsole, message, as: ResponseBase.self)
    }

    /// Asks a container's init to end (SIGTERM), or ends it (SIGKILL).
    package func shutdown(_ container: String, forced: Bool) throws {
        let type: MessageType = forced ? .shutdownForced : .shutdownGraceful
        let message = PlainRequest(base: RequestBase(containerID: container))
        _ = try request(type, message, as: ResponseBase.self, seconds: Limit.shutdown)
    }

    /// Powers the virtual machine off. There is no answer; the connection ends.
    package func powerOff() throws {
        let id = try reserveID()
        let message = PlainRequest(base: RequestBase())
        let bytes: [UInt8]
        do throws(FrameError) {
            bytes = try Frame(type: .shutdownForced, id: id, payload: message.payload + [10]).encoded()
        } catch {
            throw BridgeError.tooLarge(.shutdownForced, error)
        }
        try sendRaw(bytes)
    }

    /// Forgets an ended container.
    package func deleteState(_ container: String) throws {
        let message = PlainRequest(base: RequestBase(containerID: container))
        _ = try request(.deleteContainerState, message, as: ResponseBase.self)
    }

    /// A container's properties as JSON text.
    package func properties(_ container: String, _ types: [String]) throws -> String {
        let message = GetPropertiesRequest(base: RequestBase(containerID: container), propertyTypes: types)
        return try request(.getProperties, message, as: GetPropertiesResponse.self).properties
    }

    /// The guest's own stack report.
    package func dumpStacks() throws -> String {
        let message = PlainRequest(base: RequestBase())
        return try request(.dumpStacks, message, as: DumpStacksResponse.self).guestStacks
    }
}
