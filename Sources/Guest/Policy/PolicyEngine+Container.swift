internal import JSON
package import OCI

/// What the policy is told about a container beyond its specification.
package struct ContainerContext: Equatable {
    /// Who the init process will be.
    package var identity: ProcessIdentity
    /// Directory that `sandbox://` mounts resolve below.
    package var sandboxDirectory: String
    /// Directory that `hugepages://` mounts resolve below.
    package var hugePagesDirectory: String
    /// Whether the host asks for an elevated container.
    package var privileged: Bool
    /// Whether this container is the pod's own and not a workload in it.
    package var isSandbox: Bool

    package init(
        identity: ProcessIdentity, sandboxDirectory: String, hugePagesDirectory: String, privileged: Bool,
        isSandbox: Bool
    ) {
        self.identity = identity
        self.sandboxDirectory = sandboxDirectory
        self.hugePagesDirectory = hugePagesDirectory
        self.privileged = privileged
        self.isSandbox = isSandbox
    }
}

/// What the guest itself, and not the host, adds to a container after the policy has decided on the rest.
package struct GuestAdditions: Equatable {
    /// `NAME=VALUE` entries, appended after those that the policy keeps.
    package var environment: [String]
    /// Appended after those that the policy was asked about.
    package var mounts: [OCI.Mount]

    package init(environment: [String], mounts: [OCI.Mount]) {
        self.environment = environment
        self.mounts = mounts
    }
}

extension PolicyEngine {
    /// May this container be made as its resolved specification says? The permit's specification has the environment
    /// and the capabilities that the policy keeps, and after them the guest's own additions.
    package func createContainer(
        containerID: String, sandboxID: String, bundlePath: String, spec: OCI.Spec, context: ContainerContext,
        additions: GuestAdditions
    ) throws(PolicyError) -> Permit<CreateContainer> {
        guard let process = spec.process, let capabilities = process.capabilities else {
            throw .denied(Self.noCapabilities)
        }
        var input = processInput(containerID, process, capabilities, context.identity)
        input["sandboxDir"] = .string(context.sandboxDirectory)
        input["hugePagesDir"] = .string(context.hugePagesDirectory)
        input["mounts"] = .array(spec.mounts.map(Self.json(of:)))
        input["devices"] = .array((spec.linux?.devices ?? []).map(Self.json(of:)))
        input["privileged"] = .bool(context.privileged)
        input["seccompProfileSHA256"] = .string(Self.digest(of: spec.linux?.seccomp))
        input["isSandboxContainer"] = .bool(context.isSandbox)
        let result = try decide(.createContainer, input: .object(input))
        var approved = spec
        do throws(EvaluationError) {
            approved.process?.env = try keptEnvironment(process.env, result) + additions.environment
            approved.mounts += additions.mounts
            approved.process?.capabilities = try keptCapabilities(capabilities, result)
        } catch {
            throw .denied(
                Denial.text(point: .createContainer, input: .object(input), error: error.description))
        }
        let allowStdio = result["allow_stdio_access"]?.boolValue ?? false
        memory.allowStdio[containerID] = allowStdio
        return Permit(
            approving: CreateContainer(
                containerID: containerID, sandboxID: sandboxID, bundlePath: bundlePath, spec: approved,
                allowStdio: allowStdio,
                sharesProcesses: sharesProcesses))
    }

    /// May this further process run in the container? The permit's process has the environment and the capabilities
    /// that the policy keeps, after them the guest's own variables, and the stdio decision made for the container.
    package func executeProcess(
        containerID: String, process: OCI.Process, identity: ProcessIdentity, additions: [String]
    ) throws(PolicyError) -> Permit<ExecuteProcess> {
        guard let capabilities = process.capabilities else { throw .denied(Self.noCapabilities) }
        let input = processInput(containerID, process, capabilities, identity)
        let result = try decide(.execInContainer, input: .object(input))
        var approved = process
        do throws(EvaluationError) {
            approved.env = try keptEnvironment(process.env, result) + additions
            approved.capabilities = try keptCapabilities(capabilities, result)
        } catch {
            throw .denied(
                Denial.text(point: .execInContainer, input: .object(input), error: error.description))
        }
        return Permit(
            approving: ExecuteProcess(
                containerID: containerID, process: approved,
                allowStdio: memory.allowStdio[containerID] ?? false))
    }

    /// May this signal be sent to the process that was started with these arguments?
    package func signalProcess(
        _ action: SignalProcess, startedWith arguments: [String]
    ) throws(PolicyError) -> Permit<SignalProcess> {
        try decide(
            .signalContainerProcess,
            input: [
                "containerID": .string(action.containerID), "signal": JSON(Int(action.signal)),
                "isInitProcess": .bool(action.processID == nil), "argList": JSON(arguments),
            ])
        return Permit(approving: action)
    }

    /// May this container be ended?
    package func shutdownContainer(_ action: ShutdownContainer) throws(PolicyError) -> Permit<
        ShutdownContainer
    > {
        try decide(.shutdownContainer, input: ["containerID": .string(action.containerID)])
        return Permit(approving: action)
    }

    private static let noCapabilities = "capabilities object provided by the UVM to the policy engine is nil"

    private func processInput(
        _ containerID: String, _ process: OCI.Process, _ capabilities: OCI.Capabilities,
        _ identity: ProcessIdentity
    ) -> JSONObject {
        JSONObject(members: [
            JSONMember(key: "containerID", value: .string(containerID)),
            JSONMember(key: "argList", value: JSON(process.args)),
            JSONMember(key: "envList", value: JSON(process.env)),
            JSONMember(key: "workingDir", value: .string(process.cwd)),
            JSONMember(key: "noNewPrivileges", value: .bool(process.noNewPrivileges)),
            JSONMember(key: "user", value: identity.user.json),
            JSONMember(key: "groups", value: .array(identity.groups.map { $0.json })),
            JSONMember(key: "umask", value: .string(process.umaskText)),
            JSONMember(key: "capabilities", value: capabilities.policyJSON),
        ])
    }

    private static func json(of mount: OCI.Mount) -> JSON {
        PolicyMount(mount.destination, mount.type, mount.source, mount.options).json
    }

    private static func json(of device: OCI.Device) -> JSON {
        var object = JSONObject()
        object["path"] = .string(device.path)
        object["type"] = .string(device.type)
        object["major"] = JSON(Int(device.major))
        object["minor"] = JSON(Int(device.minor))
        object["fileMode"] = device.fileMode.map { JSON(UInt64($0)) } ?? .null
        object["uid"] = device.uid.map { JSON(UInt64($0)) } ?? .null
        object["gid"] = device.gid.map { JSON(UInt64($0)) } ?? .null
        return .object(object)
    }
}

extension PolicyEngine {
    /// Hexadecimal SHA-256 of a system call filter's canonical JSON, empty for none.
    ///
    /// Canonical is what the reference's encoder writes: members in the specification's order, empty ones left out,
    /// and `<`, `>`, `&`, U+2028 and U+2029 escaped.
    package static func digest(of seccomp: OCI.Seccomp?) -> String {
        guard let seccomp else { return "" }
        var canonical: [UInt8] = []
        let plain = seccomp.json.serialized()
        var index = 0
        while index < plain.count {
            let byte = plain[index]
            switch byte {
            case UInt8(ascii: "<"): canonical += Array("\\u003c".utf8)
            case UInt8(ascii: ">"): canonical += Array("\\u003e".utf8)
            case UInt8(ascii: "&"): canonical += Array("\\u0026".utf8)
            case 0xe2 where plain[index...].starts(with: [0xe2, 0x80, 0xa8]):
                canonical += Array("\\u2028".utf8)
                index += 2
            case 0xe2 where plain[index...].starts(with: [0xe2, 0x80, 0xa9]):
                canonical += Array("\\u2029".utf8)
                index += 2
            default: canonical.append(byte)
            }
            index += 1
        }
        return Digest.hexadecimal(Digest.sha256(canonical))
    }
}
