internal import JSON
internal import Layers
internal import OCI

/// The text of an execution policy: package `policy` in the shape that the framework evaluates, made from a plan.
///
/// The same plan and options give the same text to the byte, so anyone who has the manifest and the images can make
/// the policy again and compare digests.
package struct PolicyDocument {
    /// Version of the policy interface that the text is written for.
    package static let apiVersion = "0.12.0"
    /// Version of the framework that the text is written for; one ahead of the framework that it is compiled
    /// with is refused.
    package static let frameworkVersion = "0.5.0"

    private let plan: PodPlan
    private let options: PolicyOptions

    package init(plan: PodPlan, options: PolicyOptions = PolicyOptions()) throws(PolicyGeneratorError) {
        for container in plan.containers where container.isPrivileged && !options.allowElevated {
            throw .unsupported(
                path: "container \(container.name): securityContext.privileged",
                hint: "a privileged container can do anything to its pod; if that is wanted, generate with "
                    + "--allow-elevated")
        }
        self.plan = plan
        self.options = options
    }

    /// The points in the order in which they are written.
    private static let points = [
        "mount_device", "rw_mount_device", "mount_blockdev", "unmount_device", "rw_unmount_device",
        "unmount_blockdev", "mount_overlay", "unmount_overlay", "mount_cims", "registry_changes",
        "create_container",
        "exec_in_container", "exec_external", "shutdown_container", "signal_container_process", "plan9_mount",
        "plan9_unmount", "get_properties", "dump_stacks", "runtime_logging", "load_fragment", "scratch_mount",
        "scratch_unmount", "log_provider", "load_transparency_trust_list", "host_network",
        "update_constraints",
    ]

    /// The policy as it is digested, compiled and delivered.
    package var text: String {
        var lines = [
            "# Execution policy of the pod \(plan.name): what may run, and nothing else.",
            "package policy",
            "",
            "api_version := \"\(Self.apiVersion)\"",
            "",
            "framework_version := \"\(Self.frameworkVersion)\"",
            "",
            "containers := [",
        ]
        for container in plan.containers { lines += self.lines(container) }
        lines += ["]", ""]
        lines += [
            "# What the host may ask of the guest itself.",
            "allow_properties_access := \(options.allowProperties)",
            "",
            "allow_dump_stacks := \(options.allowDumpStacks)",
            "",
            "allow_runtime_logging := \(options.allowRuntimeLogging)",
            "",
            "allow_host_network := false",
            "",
            "# Whether it may change the limits of running containers.",
            "allow_constraint_updates := \(options.allowUpdates)",
            "",
            "# Whether the containers see each other's processes.",
            "share_process_namespace := \(plan.sharesProcesses)",
            "",
            "# A request must be exactly what is written above: nothing is dropped from it to make it fit.",
            "allow_environment_variable_dropping := false",
            "",
            "allow_capability_dropping := false",
            "",
            "allow_unencrypted_scratch := false",
            "",
            "# Every decision is the framework's.",
        ]
        for point in Self.points { lines += ["\(point) := data.framework.\(point)", ""] }
        lines.append("reason := data.framework.reason")
        return lines.joined(separator: "\n") + "\n"
    }

    /// SHA-256 of the text, lower-case hexadecimal.
    package var digest: String { SHA256.hash(Array(text.utf8)).hexadecimal }
}

extension PolicyDocument {
    /// One container as an object of the `containers` array.
    private func lines(_ container: ContainerPlan) -> [String] {
        let process = container.process
        var lines = [
            "    # \(container.name): \(container.image) (image \(container.imageIdentity))"
                + (container.isInit ? ", runs to its end before the others start" : ""),
            "    {",
            "        \"name\": \(quoted(container.name)),",
            "        \"command\": \(list(process.args)),",
        ]
        lines += block("env_rules", environmentRules(process.env))
        lines.append("        # Root hashes, bottom first.")
        lines += block("layers", container.layers.map(quoted))
        lines.append("        # Besides the mounts that every container has.")
        lines += block("mounts", container.mounts.filter { !MountPlan.isStandard($0) }.map(mountRule))
        lines += block("exec_processes", execRules(container))
        lines += [
            "        # \(container.signals.map(SignalTable.name).joined(separator: ", ")).",
            "        \"signals\": [\(container.signals.map(String.init).joined(separator: ", "))],",
        ]
        lines += userRule(process.user)
        lines += capabilityRule(process.capabilities ?? OCI.Capabilities())
        lines += [
            "        \"seccomp_profile_sha256\": \(quoted(Self.seccompDigest(container.seccomp))),",
            "        \"allow_elevated\": \(container.isPrivileged),",
            "        \"working_dir\": \(quoted(process.cwd)),",
            "        \"allow_stdio_access\": \(container.allowsStdio),",
            "        \"no_new_privileges\": \(process.noNewPrivileges),",
            "    },",
        ]
        return lines
    }

    /// SHA-256 of the filter's compact JSON in the order of the specification, as the guest computes it.
    static func seccompDigest(_ seccomp: OCI.Seccomp?) -> String {
        guard let seccomp else { return "" }
        // The guest escapes <, > and & as Go does; the standard filter has none of them.
        return SHA256.hash(seccomp.json.serialized()).hexadecimal
    }

    private func environmentRules(_ environment: [String]) -> [String] {
        var rules = environment.map {
            "{\"pattern\": \(quoted($0)), \"strategy\": \"string\", \"required\": true}"
        }
        // A terminal brings its type along.
        if !environment.contains(where: { $0.hasPrefix("TERM=") }) {
            rules.append("{\"pattern\": \"TERM=xterm\", \"strategy\": \"string\", \"required\": false}")
        }
        return rules
    }

    private func mountRule(_ mount: OCI.Mount) -> String {
        // Sources below sandbox:// are patterns; volume names have no character with a meaning there but the dot.
        let source =
            mount.source.hasPrefix("sandbox://")
            ? mount.source.split(separator: ".", omittingEmptySubsequences: false)
                .joined(separator: "[.]") : mount.source
        return "{\"destination\": \(quoted(mount.destination)), \"type\": \(quoted(mount.type)), "
            + "\"source\": \(quoted(source)), \"options\": \(list(mount.options))}"
    }

    private func execRules(_ container: ContainerPlan) -> [String] {
        var commands = container.execCommands
        if options.allowDebugExec {
            for shell in ["/bin/sh", "sh", "/bin/bash", "bash"] {
                commands.append(PodManifest.ExecCommand(command: [shell], signals: [1, 2, 9, 15]))
            }
        }
        return commands.map { rule in
            "{\"command\": \(list(rule.command)), "
                + "\"signals\": [\(rule.signals.map(String.init).joined(separator: ", "))]}"
        }
    }

    private func userRule(_ user: OCI.User) -> [String] {
        let groups = ([user.gid] + user.additionalGids).map {
            "{\"pattern\": \"\($0)\", \"strategy\": \"id\"}"
        }
        return [
            "        \"user\": {",
            "            \"user_idname\": {\"pattern\": \"\(user.uid)\", \"strategy\": \"id\"},",
            "            \"group_idnames\": [\(groups.joined(separator: ", "))],",
            "            \"umask\": \"\(Self.octal(user.umask ?? 0o022))\",",
            "        },",
        ]
    }

    private func capabilityRule(_ capabilities: OCI.Capabilities) -> [String] {
        let sets = [
            ("bounding", capabilities.bounding), ("effective", capabilities.effective),
            ("inheritable", capabilities.inheritable), ("permitted", capabilities.permitted),
            ("ambient", capabilities.ambient),
        ]
        return ["        \"capabilities\": {"]
            + sets.map { "            \"\($0.0)\": \(list($0.1))," } + ["        },"]
    }

    private func block(_ name: String, _ elements: [String]) -> [String] {
        if elements.isEmpty { return ["        \"\(name)\": [],"] }
        return ["        \"\(name)\": ["] + elements.map { "            \($0)," } + ["        ],"]
    }

    private func list(_ values: [String]) -> String {
        "[" + values.map(quoted).joined(separator: ", ") + "]"
    }

    /// Rego's strings are JSON's.
    private func quoted(_ text: String) -> String {
        String(decoding: JSON.string(text).serialized(), as: UTF8.self)
    }

    private static func octal(_ value: UInt32) -> String {
        let digits = String(value, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
