import Foundation
import JSON
import Layers
import OCI
import RegoCompiler
import RegoRuntime

@testable import PolicyGenerator

/// A policy with the real framework, and the metadata that its decisions leave behind: what the guest does, without
/// a guest. Inputs are built from the specification of the enforcement points, not with the guest's code.
final class FrameworkSession {
    private let evaluator: Evaluator
    private var metadata: [String: [String: JSON]] = [:]
    static let sandbox = String(repeating: "5", count: 64)

    init(_ policy: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let framework = try PolicyPackage.framework(
            in: root.appendingPathComponent("policy-plugins/framework"))
        let source = RegoCompiler.Source(file: "policy.rego", text: policy)
        let modules = try RegoCompiler.compile(framework + [source])
        let points = [
            "mount_device", "mount_overlay", "create_container", "exec_in_container",
            "signal_container_process",
            "get_properties", "dump_stacks", "runtime_logging", "rw_mount_device", "update_constraints",
            "share_process_namespace",
        ]
        evaluator = try Evaluator(CompiledPlan(modules, entrypoints: points.map { "policy/\($0)" }))
    }

    /// Asks, and keeps the metadata of what was allowed.
    func isAllowed(_ point: String, _ input: JSON) throws -> Bool {
        let result = try result(point, input)
        guard result["allowed"]?.boolValue == true else { return false }
        for operation in result["metadata"]?.arrayValue ?? [] { apply(operation) }
        return true
    }

    /// Asks; the answer as it is.
    func result(_ point: String, _ input: JSON) throws -> JSON {
        let data: JSON = [
            "metadata": .object(
                JSONObject(
                    members: metadata.map { JSONMember(key: $0.key, value: .object(Self.object($0.value))) })),
            "defaultMounts": .array(Self.defaultMounts), "privilegedMounts": [],
            "sandboxPrefix": "sandbox://", "hugePagesPrefix": "hugepages://", "plan9Prefix": "plan9://",
            "defaultUnprivilegedCapabilities": JSON(CapabilityTable.unprivileged),
            "defaultPrivilegedCapabilities": JSON(CapabilityTable.all),
        ]
        let answer = try evaluator.evaluate(
            entrypoint: "policy/" + point, input: JSONReader.parse(input.serialized(), evaluator.context),
            data: JSONReader.parse(data.serialized(), evaluator.context))
        return try JSON.parse(Array(answer.description.utf8))
    }

    private func apply(_ operation: JSON) {
        guard let name = operation["name"]?.stringValue, let key = operation["key"]?.stringValue else {
            return
        }
        let isRemoval = operation["action"]?.stringValue == "remove"
        metadata[name, default: [:]][key] = isRemoval ? nil : operation["value"]
    }

    private static func object(_ values: [String: JSON]) -> JSONObject {
        JSONObject(members: values.map { JSONMember(key: $0.key, value: $0.value) })
    }

    /// The framework's list of mounts that every container may have: destination, type, source, options.
    private static let defaultMounts: [JSON] = [
        ("/proc", "proc", "proc", "nosuid noexec nodev"),
        ("/dev", "tmpfs", "tmpfs", "nosuid strictatime mode=755 size=65536k"),
        ("/dev/pts", "devpts", "devpts", "nosuid noexec newinstance ptmxmode=0666 mode=0620 gid=5"),
        ("/dev/shm", "tmpfs", "shm", "nosuid noexec nodev mode=1777 size=65536k"),
        ("/dev/mqueue", "mqueue", "mqueue", "nosuid noexec nodev"),
        ("/sys", "sysfs", "sysfs", "nosuid noexec nodev ro"),
        ("/run", "tmpfs", "tmpfs", "nosuid strictatime mode=755 size=65536k"),
        ("/sys/fs/cgroup", "cgroup", "cgroup", "nosuid noexec nodev relatime ro"),
        ("/sys/fs/cgroup", "cgroup2", "cgroup2", "nosuid noexec nodev relatime ro"),
    ].map { entry in
        [
            "destination": .string(entry.0), "type": .string(entry.1), "source": .string(entry.2),
            "options": JSON(entry.3.split(separator: " ").map(String.init)),
        ]
    }
}

extension FrameworkSession {
    /// Mounts all layers and the overlay of a container, topmost layer first.
    func mount(_ container: ContainerPlan, id: String) throws -> Bool {
        var paths: [String] = []
        for layer in container.layers {
            let target = "/run/mounts/scsi/m\(metadata["devices", default: [:]].count)"
            let known = metadata["devices"]?.first { $0.value.stringValue == layer }?.key
            if known == nil {
                let input: JSON = [
                    "target": .string(target), "deviceHash": .string(layer),
                    "mountPathRegex": "/run/mounts/scsi/m[0-9]+",
                ]
                guard try isAllowed("mount_device", input) else { return false }
            }
            paths.insert(known ?? target, at: 0)
        }
        return try mountOverlay(paths, id: id)
    }

    func mountOverlay(_ paths: [String], id: String) throws -> Bool {
        try isAllowed(
            "mount_overlay",
            [
                "containerID": .string(id), "layerPaths": JSON(paths),
                "target": .string("/run/gcs/c/\(id)/rootfs"),
            ])
    }

    /// What the guest would ask for a container's creation.
    static func creation(_ spec: OCI.Spec, id: String) -> JSON {
        let process = spec.process ?? OCI.Process()
        var input = processInput(process, id: id)
        input["sandboxDir"] = .string("/run/gcs/c/\(sandbox)/sandboxMounts")
        input["hugePagesDir"] = .string("/run/gcs/c/\(sandbox)/hugepages")
        input["mounts"] = .array(
            spec.mounts.map { mount in
                // The guest has resolved the source when it asks.
                let source = mount.source.replacingOccurrences(
                    of: "sandbox://", with: "/run/gcs/c/\(sandbox)/sandboxMounts")
                return [
                    "destination": .string(mount.destination), "type": .string(mount.type),
                    "source": .string(source), "options": JSON(mount.options),
                ]
            })
        input["devices"] = []
        input["privileged"] = .bool(spec.annotations["io.microsoft.virtualmachine.lcow.privileged"] == "true")
        let seccomp = spec.linux?.seccomp.map { SHA256.hash($0.json.serialized()).hexadecimal }
        input["seccompProfileSHA256"] = .string(seccomp ?? "")
        input["isSandboxContainer"] = false
        return .object(input)
    }

    static func processInput(_ process: OCI.Process, id: String) -> JSONObject {
        let user = process.user
        let capabilities = process.capabilities ?? OCI.Capabilities()
        var input = JSONObject()
        input["containerID"] = .string(id)
        input["argList"] = JSON(process.args)
        input["envList"] = JSON(process.env)
        input["workingDir"] = .string(process.cwd)
        input["noNewPrivileges"] = .bool(process.noNewPrivileges)
        input["user"] = ["id": .string("\(user.uid)"), "name": ""]
        input["groups"] = .array(
            ([user.gid] + user.additionalGids).map { ["id": .string("\($0)"), "name": ""] })
        input["umask"] = "0022"
        input["capabilities"] = [
            "bounding": JSON(capabilities.bounding), "effective": JSON(capabilities.effective),
            "inheritable": JSON(capabilities.inheritable), "permitted": JSON(capabilities.permitted),
            "ambient": JSON(capabilities.ambient),
        ]
        return input
    }
}
