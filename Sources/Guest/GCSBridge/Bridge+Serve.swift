internal import JSON
internal import OCI
internal import Policy
internal import Sandbox
internal import Wire

extension Bridge {
    /// The protocol version that this guest speaks.
    private static let version: UInt32 = 4

    /// Carries a request out and answers it; an error is answered by the caller.
    func serve(_ request: Request, _ reply: Reply, _ connection: Connection) throws(SandboxError) {
        try requirePolicy(request)
        let ok = ResponseBase(activityID: request.base.activityID)
        switch request {
        case .negotiate(let negotiation): negotiate(negotiation, reply, connection)
        case .modify(let modification):
            try modify(modification)
            reply.send(ok)
        case .create(let creation):
            try create(creation)
            reply.send(CreateResponse(base: ok))
        case .start(let base):
            // The container is started by the first ExecuteProcess; this message is from older hosts.
            try sandbox.requireContainer(base.containerID)
            reply.send(ok)
        case .execute(let execution):
            let processID = try execute(execution)
            reply.send(ExecuteProcessResponse(base: ok, processID: UInt32(bitPattern: processID)))
        case .wait(let wait): self.wait(wait, reply)
        case .signal(let signal):
            try sandbox.signal(
                signal.processID, of: signal.base.containerID, signal.signal == 0 ? 9 : signal.signal)
            reply.send(ok)
        case .resize(let resize):
            try sandbox.resize(
                resize.processID, of: resize.base.containerID, rows: resize.height, columns: resize.width)
            reply.send(ok)
        case .shutdown(let base, let forced):
            if base.isForVirtualMachine { return sandbox.powerOff() }
            try sandbox.shutdown(base.containerID, forced: forced)
            reply.send(ok)
        case .properties(let query):
            if query.base.isForVirtualMachine {
                throw .unsupported("getPropertiesV2 is not supported against the UVM")
            }
            let properties = try sandbox.properties(of: query.base.containerID)
            reply.send(GetPropertiesResponse(base: ok, properties: chosen(query.propertyTypes, properties)))
        case .dumpStacks: reply.send(DumpStacksResponse(base: ok, guestStacks: try sandbox.dumpState()))
        case .delete(let base):
            try sandbox.deleteContainer(base.containerID)
            reply.send(ok)
        }
    }

    /// Closed from the first instruction: without a policy nothing is served but negotiation, the policy, and the end
    /// of the guest, which the host has in its hand anyway.
    private func requirePolicy(_ request: Request) throws(SandboxError) {
        if sandbox.hasPolicy { return }
        switch request {
        case .negotiate: return
        case .modify(let modification):
            if case .securityPolicy = modification.resource { return }
        case .shutdown(let base, _):
            if base.isForVirtualMachine { return }
        default: break
        }
        throw .denied(prefix: "", .closed(request.closedDoor))
    }

    private func negotiate(_ request: NegotiateRequest, _ reply: Reply, _ connection: Connection) {
        if request.maximumVersion < Self.version || request.minimumVersion > Self.version {
            return reply.fail(
                .unsupportedProtocolVersion,
                "the host speaks versions \(request.minimumVersion) to \(request.maximumVersion), "
                    + "the guest version \(Self.version)", activityID: request.base.activityID)
        }
        connection.isNegotiated = true
        reply.send(
            NegotiateResponse(
                base: ResponseBase(activityID: request.base.activityID), version: Self.version))
    }

    private func create(_ request: CreateRequest) throws(SandboxError) {
        let spec: OCI.Spec
        do throws(OCI.DecodeError) {
            spec = try OCI.Spec(json: request.config.ociSpecification)
        } catch {
            throw .invalid("OciSpecification: \(error)")
        }
        try sandbox.createContainer(
            ContainerClaim(
                containerID: request.base.containerID, activityID: request.base.activityID,
                bundlePath: request.config.ociBundlePath, scratchPath: request.config.scratchDirPath,
                spec: spec))
    }

    private func execute(_ request: ExecuteProcessRequest) throws(SandboxError) -> Int32 {
        let parameters = request.parameters
        if request.base.isForVirtualMachine || parameters.createInUtilityVM {
            try sandbox.executeExternal(
                arguments: parameters.commandArguments,
                environment: parameters.environment.map { $0.name + "=" + $0.value },
                workingDirectory: parameters.workingDirectory)
            return 0
        }
        let ports = StreamPorts(
            input: parameters.createStdInPipe ? request.ports.input : nil,
            output: parameters.createStdOutPipe ? request.ports.output : nil,
            error: parameters.createStdErrPipe ? request.ports.error : nil)
        guard let json = parameters.ociProcess else {
            return try sandbox.startContainer(request.base.containerID, ports: ports)
        }
        let process: OCI.Process
        do throws(OCI.DecodeError) {
            process = try OCI.Process(json: json)
        } catch {
            throw .invalid("OciProcess: \(error)")
        }
        return try sandbox.execute(in: request.base.containerID, process, ports: ports)
    }

    private func wait(_ request: WaitForProcessRequest, _ reply: Reply) {
        let infinite = request.timeoutInMilliseconds == WaitForProcessRequest.infinite
        let activityID = request.base.activityID
        if request.base.isForVirtualMachine {
            return reply.fail(.noProcess(request.processID), activityID: activityID)
        }
        sandbox.wait(
            for: request.processID, of: request.base.containerID,
            milliseconds: infinite ? nil : UInt64(request.timeoutInMilliseconds)
        ) { result in
            switch result {
            case .success(let code):
                return reply.send(
                    WaitForProcessResponse(base: ResponseBase(activityID: activityID), exitCode: code))
            case .failure(let error):
                reply.fail(error, activityID: activityID)
                return false
            }
        }
    }

    /// The properties that were asked for; unknown names are ignored.
    private func chosen(_ types: [String], _ properties: JSON) -> String {
        var object = JSONObject()
        for type in types {
            if type == "ProcessList" { object["ProcessList"] = properties["ProcessList"] }
            if type == "Statistics" { object["LCOWMetrics"] = properties["LCOWMetrics"] }
        }
        return JSON.object(object).text
    }
}

extension Request {
    /// What a guest without a policy says to this request.
    fileprivate var closedDoor: String {
        switch self {
        case .negotiate: return ""
        case .modify(let request): return request.closedDoor
        case .create, .start: return "running commands is denied by policy"
        case .execute(let request):
            let external = request.base.isForVirtualMachine || request.parameters.createInUtilityVM
            return external
                ? "starting additional processes in uvm is denied by policy"
                : "starting additional processes in a container is denied by policy"
        case .wait, .signal, .resize: return "signalling container processes is denied by policy"
        case .shutdown: return "shutting down containers is denied by policy"
        case .properties: return "getting container properties is denied by policy"
        case .dumpStacks: return "getting stack dumps is denied by policy"
        case .delete: return "deleting containers is denied by policy"
        }
    }
}

extension ModifySettingsRequest {
    fileprivate var closedDoor: String {
        switch resource {
        case .combinedLayers:
            return verb == .remove
                ? "removing an overlay fs is denied by policy" : "creating an overlay fs is denied by policy"
        case .securityPolicyFragment: return "loading fragments is denied by policy"
        case .network: return "host network is denied by policy"
        case .containerConstraints: return "updating containers is denied by policy"
        default:
            return verb == .remove ? "unmounting is denied by policy" : "mounting is denied by policy"
        }
    }
}
