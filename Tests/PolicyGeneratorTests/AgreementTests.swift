import JSON
import OCI
import Testing

@testable import PolicyGenerator

/// A change to a request that the policy must not accept.
struct Tampering: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout OCI.Spec) -> Void

    init(_ what: String, _ change: @escaping @Sendable (inout OCI.Spec) -> Void) {
        testDescription = what
        self.change = change
    }

    static let all = [
        Tampering("another command") { $0.process?.args[0] = "sh" },
        Tampering("one argument more") { $0.process?.args.append("x") },
        Tampering("another variable") { $0.process?.env.append("LD_PRELOAD=/x") },
        Tampering("another value") { $0.process?.env[1] = "QUOTE=other" },
        Tampering("a variable less") { $0.process?.env.removeFirst() },
        Tampering("another working directory") { $0.process?.cwd = "/" },
        Tampering("another user") { $0.process?.user.uid = 0 },
        Tampering("another group") { $0.process?.user.gid = 0 },
        Tampering("an additional group") { $0.process?.user.additionalGids.append(0) },
        Tampering("one capability more") { $0.process?.capabilities?.bounding.append("CAP_SYS_ADMIN") },
        Tampering("an ambient capability") { $0.process?.capabilities?.ambient.append("CAP_CHOWN") },
        Tampering("new privileges") { $0.process?.noNewPrivileges = false },
        Tampering("no filter") { $0.linux?.seccomp = nil },
        Tampering("a wider filter") { $0.linux?.seccomp?.syscalls[0].names.append("mount") },
        Tampering("privileged") { $0.annotations["io.microsoft.virtualmachine.lcow.privileged"] = "true" },
        Tampering("another mount") { spec in
            var mount = OCI.Mount(destination: "/etc")
            mount.type = "bind"
            mount.source = "sandbox:///emptydir/data.x"
            mount.options = ["rbind", "rshared", "rw"]
            spec.mounts.append(mount)
        },
        Tampering("another source") { spec in
            spec.mounts[spec.mounts.count - 1].source = "sandbox:///emptydir/dataxx"
        },
        Tampering("another option") { spec in
            spec.mounts[spec.mounts.count - 1].options = ["rbind", "rshared", "ro"]
        },
    ]
}

@Suite("Plan and policy agree: what is asked for is allowed, and nothing else")
struct AgreementTests {
    private static let manifest = Sample.manifest(
        container: """
            env: [{name: QUOTE, value: "a \\"b\\" $ ^ .* c"}]
            volumeMounts: [{name: data.x, mountPath: /d}]
            securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [CHOWN]}}
            """,
        spec: """
            volumes: [{name: data.x, emptyDir: {}}]
            initContainers: [{name: first, image: "web:1"}]
            """,
        annotations: "coffer.dev/exec.main: \"[[ls, '-l'], {command: [ps], signals: [15]}]\"", image: "db:1")

    private let plan: PodPlan
    private let session: FrameworkSession
    private let identifier = String(repeating: "c", count: 64)

    init() throws {
        plan = try Sample.plan(Self.manifest)
        session = try FrameworkSession(PolicyDocument(plan: plan).text)
    }

    private var main: ContainerPlan { plan.containers[1] }

    private func specification() -> OCI.Spec {
        main.specification(containerID: identifier, sandboxID: FrameworkSession.sandbox)
    }

    private func start() throws {
        try #require(try session.mount(main, id: identifier))
        try #require(
            try session.isAllowed(
                "create_container", FrameworkSession.creation(specification(), id: identifier)))
    }

    @Test("Every container of the plan can be mounted and created")
    func allowed() throws {
        for (number, container) in plan.containers.enumerated() {
            let id = String(repeating: "\(number)", count: 64)
            #expect(try session.mount(container, id: id), "\(container.name)")
            let spec = container.specification(containerID: id, sandboxID: FrameworkSession.sandbox)
            #expect(
                try session.isAllowed("create_container", FrameworkSession.creation(spec, id: id)),
                "\(container.name)")
        }
    }

    @Test("A tampered request is refused, the right one afterwards is not", arguments: Tampering.all)
    func tampering(_ tampering: Tampering) throws {
        try #require(try session.mount(main, id: identifier))
        var spec = specification()
        tampering.change(&spec)
        #expect(spec != specification())
        #expect(try !session.isAllowed("create_container", FrameworkSession.creation(spec, id: identifier)))
        #expect(
            try session.isAllowed(
                "create_container", FrameworkSession.creation(specification(), id: identifier)))
    }

    @Test("Layers in another order, another set, or unlisted")
    func layers() throws {
        try #require(try session.mount(main, id: identifier))
        let other = String(repeating: "d", count: 64)
        #expect(try !session.mountOverlay(["/run/mounts/scsi/m0", "/run/mounts/scsi/m1"], id: other))
        #expect(try !session.mountOverlay(["/run/mounts/scsi/m1"], id: other))
        let unlisted: JSON = [
            "target": "/run/mounts/scsi/m9", "deviceHash": .string(String(repeating: "e", count: 64)),
            "mountPathRegex": "/run/mounts/scsi/m[0-9]+",
        ]
        #expect(try !session.isAllowed("mount_device", unlisted))
        // The init container's layers do not make the main container.
        #expect(try session.mount(plan.containers[0], id: other))
        #expect(
            try !session.isAllowed("create_container", FrameworkSession.creation(specification(), id: other)))
    }

    @Test("Exec: listed commands only, with a terminal or without")
    func exec() throws {
        try start()
        func isAllowed(_ command: [String], terminal: Bool = false) throws -> Bool {
            let process = main.execProcess(command, terminal: terminal)
            return try session.isAllowed(
                "exec_in_container", .object(FrameworkSession.processInput(process, id: identifier)))
        }
        #expect(try isAllowed(["ls", "-l"]))
        #expect(try isAllowed(["ls", "-l"], terminal: true))
        #expect(try isAllowed(["ps"]))
        #expect(try !isAllowed(["ls"]))
        #expect(try !isAllowed(["sh"]))
    }

    @Test("Signals: listed ones only")
    func signals() throws {
        try start()
        func isAllowed(_ signal: Int, _ command: [String]?) throws -> Bool {
            try session.isAllowed(
                "signal_container_process",
                [
                    "containerID": .string(identifier), "signal": JSON(signal),
                    "isInitProcess": .bool(command == nil),
                    "argList": JSON(command ?? main.process.args),
                ])
        }
        #expect(try isAllowed(15, nil))
        #expect(try isAllowed(9, nil))
        #expect(try !isAllowed(10, nil))
        #expect(try isAllowed(2, ["ls", "-l"]))
        #expect(try !isAllowed(2, ["ps"]))
        #expect(try isAllowed(15, ["ps"]))
    }

    @Test("Limits of a running container are changed only if the policy says so")
    func updates() throws {
        var options = PolicyOptions()
        options.allowUpdates = true
        let open = try FrameworkSession(PolicyDocument(plan: plan, options: options).text)
        let input: JSON = [
            "containerID": .string(identifier), "resources": ["memory": ["limit": 4096]],
        ]
        // Not before there is such a container.
        #expect(try !open.isAllowed("update_constraints", input))
        for session in [open, session] {
            try #require(try session.mount(main, id: identifier))
            try #require(
                try session.isAllowed(
                    "create_container", FrameworkSession.creation(specification(), id: identifier)))
        }
        #expect(try open.isAllowed("update_constraints", input))
        #expect(try !session.isAllowed("update_constraints", input))
    }

    @Test("Containers share their processes only if the manifest says so", arguments: [true, false])
    func processes(shares: Bool) throws {
        let plan = try Sample.plan(Sample.manifest(spec: "shareProcessNamespace: \(shares)"))
        let session = try FrameworkSession(PolicyDocument(plan: plan).text)
        #expect(try session.result("share_process_namespace", [:]).boolValue == shares)
    }

    @Test("The guest's own questions, by flag")
    func flags() throws {
        var options = PolicyOptions()
        options.allowRuntimeLogging = true
        let logging = try FrameworkSession(PolicyDocument(plan: plan, options: options).text)
        for point in ["get_properties", "dump_stacks", "runtime_logging"] {
            #expect(try !session.isAllowed(point, [:]))
            #expect(try logging.isAllowed(point, [:]) == (point == "runtime_logging"))
        }
        let scratch: (Bool) -> JSON = { encrypted in
            [
                "target": .string("/run/gcs/c/" + FrameworkSession.sandbox), "encrypted": .bool(encrypted),
                "ensureFilesystem": true, "filesystem": "ext4",
                "mountPathRegex": "/run/gcs/c/[0-9a-fA-F]{64}",
            ]
        }
        #expect(try !session.isAllowed("rw_mount_device", scratch(false)))
        #expect(try session.isAllowed("rw_mount_device", scratch(true)))
    }
}
