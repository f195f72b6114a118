internal import JSON
internal import Wire

extension Attack {
    /// Row 6: a container that differs in one thing from what the policy says, and processes that it does not list.
    static let containerAttacks =
        [
            changed("command", "another command", "invalid command") { spec in
                spec.edit("process", "args") { $0 = ["/bin/sh", "-c", "cat /proc/1/environ"] }
            },
            changed("argument", "one argument more", "invalid command") { spec in
                spec.edit("process", "args") { $0.append("--evil") }
            },
            changed("environment", "LD_PRELOAD in the environment", "invalid env list") { spec in
                spec.edit("process", "env") { $0.append("LD_PRELOAD=/tmp/evil.so") }
            },
            changed("working-directory", "another working directory", "invalid working directory") { spec in
                spec.edit("process", "cwd") { $0 = "/proc" }
            },
            changed("user", "another user", "invalid user") { spec in
                spec.edit("process", "user") { user in
                    let uid = user.objectValue?["uid"]?.intValue ?? 0
                    user = ["uid": JSON(uid + 1234), "gid": 0]
                }
            },
            changed("capability", "CAP_SYS_ADMIN and CAP_SYS_MODULE", "capabilities don't match") { spec in
                for set in ["bounding", "effective", "permitted"] {
                    spec.edit("process", "capabilities", set) {
                        $0.append("CAP_SYS_ADMIN")
                        $0.append("CAP_SYS_MODULE")
                    }
                }
            },
            changed("privileges", "elevated privileges", "privileged escalation not allowed") { spec in
                spec.edit("annotations") { annotations in
                    var members = annotations.objectValue ?? JSONObject()
                    members["io.microsoft.virtualmachine.lcow.privileged"] = "true"
                    annotations = .object(members)
                }
            },
            changed("mount", "the guest's /run mounted into the container", "invalid mount list") { spec in
                spec.edit("mounts") {
                    $0.append([
                        "destination": "/host", "source": "/run", "type": "bind", "options": ["rbind", "rw"],
                    ])
                }
            },
            changed("seccomp", "no seccomp filter", "invalid seccomp") { spec in
                spec.edit("linux", "seccomp") { $0 = ["defaultAction": "SCMP_ACT_ALLOW"] }
            },
            changed("device", "a device node", "devices not supported", "device") { spec in
                spec.edit("linux", "devices") {
                    $0 = [["path": "/dev/mem", "type": "c", "major": 1, "minor": 1, "fileMode": 438]]
                }
            },
            changed("hook", "a hook that runs in the guest", "hook") { spec in
                spec.edit("hooks") { $0 = ["createRuntime": [["path": "/bin/sh", "args": ["sh"]]]] }
            },
            changed("namespace", "the guest's own pid namespace", "namespace", "pid") { spec in
                spec.edit("linux", "namespaces") { $0 = [["type": "mount"]] }
            },
            changed("root-path", "another root file system", "root") { spec in
                spec.edit("root", "path") { $0 = "/" }
            },
        ] + processAttacks

    private static let processAttacks = [
        Attack(name: "unlisted-exec", row: 6, tried: "run an unlisted command in a running container") {
            context in
            guard let container = context.record.containers.first,
                var process = try JSON.parse(container.specification).objectValue?["process"]?.objectValue
            else { return .init(verdict: .skipped, answer: "the pod has no containers") }
            process["args"] = ["/bin/cat", "/etc/shadow"]
            var parameters = ProcessParameters()
            parameters.ociProcess = .object(process)
            let base = RequestBase(containerID: container.id)
            let answer = try context.request(
                .executeProcess, ExecuteProcessRequest(base: base, parameters: parameters, ports: .init()))
            return context.expect(answer, "invalid command")
        },
        Attack(name: "external-process", row: 6, tried: "run a process in the guest itself") { context in
            var parameters = ProcessParameters()
            parameters.commandArguments = ["/bin/sh", "-c", "id"]
            parameters.workingDirectory = "/"
            let answer = try context.request(
                .executeProcess,
                ExecuteProcessRequest(base: RequestBase(), parameters: parameters, ports: .init()))
            return context.expect(answer)
        },
        Attack(
            name: "constraints", row: 6, tried: "change a running container's limits, so that memory runs out"
        ) { context in
            guard let container = context.record.containers.first else {
                return .init(verdict: .skipped, answer: "the pod has no containers")
            }
            let limits: JSON = ["memory": ["limit": 4096], "pids": ["limit": 1]]
            let base = RequestBase(containerID: container.id)
            let message = ModifySettingsRequest(
                base: base, verb: .update, resource: .containerConstraints(limits))
            return context.expect(
                try context.request(.modifySettings, message), "constraint updates not allowed")
        },
        Attack(name: "unlisted-signal", row: 6, tried: "send a signal that the policy does not list") {
            context in
            guard let container = context.record.containers.first,
                let process = PodStatus.read(context.directory).containers.first(where: {
                    $0.name == container.name && $0.state == "running"
                }), let pid = process.pid
            else { return .init(verdict: .skipped, answer: "no container runs") }
            // SIGSTKFLT, which nothing uses.
            let message = SignalProcessRequest(
                base: RequestBase(containerID: container.id), processID: UInt32(pid), signal: 16)
            return context.expect(
                try context.request(.signalProcess, message), "target isn't allowed to receive the signal")
        },
    ]

    /// An attack that creates the first container again with one change.
    private static func changed(
        _ what: String, _ description: String, _ reasons: String...,
        change: @escaping @Sendable (inout JSON) -> Void
    ) -> Attack {
        Attack(name: "changed-\(what)", row: 6, tried: "create a container with \(description)") { context in
            guard let container = context.record.containers.first else {
                return .init(verdict: .skipped, answer: "the pod has no containers")
            }
            let id = context.freshID()
            let overlay = try context.overlay(id, context.paths(container))
            guard overlay.isSuccess else {
                return .init(verdict: .unclear, answer: "the honest overlay was refused: \(overlay.text)")
            }
            defer { try? context.removeOverlay(id) }
            var specification = try context.specification(container, as: id)
            change(&specification)
            let answer = try context.create(id, specification)
            if answer.isSuccess {
                _ = try context.request(
                    .deleteContainerState, PlainRequest(base: RequestBase(containerID: id)))
            }
            return context.expect(answer, anyOf: reasons)
        }
    }
}

extension JSON {
    /// Changes the value at a path of members; missing objects on the way are made.
    fileprivate mutating func edit(_ path: String..., change: (inout JSON) -> Void) {
        edit(path[...], change)
    }

    private mutating func edit(_ path: ArraySlice<String>, _ change: (inout JSON) -> Void) {
        guard let name = path.first else { return change(&self) }
        var object = objectValue ?? JSONObject()
        var value = object[name] ?? .null
        value.edit(path.dropFirst(), change)
        object[name] = value
        self = .object(object)
    }

    /// Adds an element; anything but an array becomes one.
    fileprivate mutating func append(_ element: JSON) { self = .array((arrayValue ?? []) + [element]) }
}
