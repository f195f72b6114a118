import Foundation
import OCI
import Testing

@testable import Runtime

struct SystemdTests {
    /// The bytes were made by hand from the specification's text.
    @Test func callsAreInTheWireFormat() {
        var body = DBusWriter()
        body.put("x")
        let call = DBusCall(
            serial: 1, path: "/a", interface: "b.c", destination: "d.e", member: "F", signature: "s",
            body: body.bytes)
        let hexadecimal = call.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(
            hexadecimal
                == "6c01000106000000010000004700000001016f00020000002f610000000000000201730003000000622e630000000000030173000100000046000000000000000601730003000000642e6500000000000801670001730000010000007800"
        )
    }

    @Test func variantsAndArraysAreAligned() {
        var writer = DBusWriter()
        writer.put(byte: 1)
        writer.put(DBusValue.numbers([7]))
        // A byte; the signature; to 4: the length, the number.
        #expect(writer.bytes == [1, 2, 0x61, 0x75, 0, 0, 0, 0, 4, 0, 0, 0, 7, 0, 0, 0])
        var array = DBusWriter()
        array.array(alignment: 8) { $0.put(UInt64(1)) }
        #expect(array.bytes == [8, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    }

    /// An answer has the form of a call; the kind and the serial number make the difference.
    @Test func answersAreRead() throws {
        var body = DBusWriter()
        body.put(UInt32(5))
        for text in ["/job/5", "a.scope", "done"] { body.put(text) }
        var bytes = DBusCall(
            serial: 9, path: "/a", interface: "b.c", destination: "d.e", member: "JobRemoved",
            signature: "uoss",
            body: body.bytes
        ).bytes
        bytes[1] = DBusReply.Kind.signal.rawValue
        let reply = try #require(DBusReply(bytes))
        #expect(reply.kind == .signal)
        #expect(reply.member == "JobRemoved")
        #expect(reply.texts == ["/job/5", "a.scope", "done"])
        // What is cut off is no message; what is changed is another one or none, and never read beyond its end.
        for count in 0..<bytes.count { #expect(DBusReply(Array(bytes[..<count])) == nil) }
        for place in bytes.indices {
            var changed = bytes
            changed[place] = 0xff
            let other = DBusReply(changed)
            #expect(place > 1 && !(4..<8).contains(place) && !(12..<16).contains(place) || other == nil)
        }
    }

    @Test(arguments: [
        ("", "coffer-c.scope", "/system.slice/coffer-c.scope"),
        ("machine.slice:libpod:c", "libpod-c.scope", "/machine.slice/libpod-c.scope"),
        ("a-b-c.slice:p:n", "p-n.scope", "/a.slice/a-b.slice/a-b-c.slice/p-n.scope"),
        ("-.slice::n", "n.scope", "/n.scope"), (":p:n", "p-n.scope", "/system.slice/p-n.scope"),
    ])
    func scopesHaveNamesAndPaths(text: String, unit: String, path: String) throws {
        let scope = try SystemdScope(text, id: "c")
        #expect(scope.unit == unit)
        #expect(scope.path == path)
    }

    @Test(arguments: [
        "/a/b", "a:b", "a.slice:b:", "a:b:c", "a/b.slice:c:d", "a--b.slice:c:d", "a.slice:b:../c",
        "a.slice:b c:d",
    ])
    func whatIsNoScopeIsRefused(text: String) {
        #expect(throws: RuntimeError.self) { _ = try SystemdScope(text, id: "c") }
    }

    /// What runc makes of the same annotations.
    @Test(arguments: [
        ("TimeoutStopUSec", "uint64 123456789", "TimeoutStopUSec", DBusValue.number(123_456_789)),
        ("CollectMode", "'inactive-or-failed'", "CollectMode", .string("inactive-or-failed")),
        ("CollectMode", "\"a b\"", "CollectMode", .string("a b")),
        ("TimeoutStopSec", "456", "TimeoutStopUSec", .number(456_000_000)),
        ("TimeoutStopSec", "byte 234", "TimeoutStopUSec", .number(234_000_000)),
        ("TimeoutStopSec", "int16 234", "TimeoutStopUSec", .number(234_000_000)),
        ("TimeoutStopSec", "234.5", "TimeoutStopUSec", .number(234_500_000)),
        ("FOOSec", "123", "FOOSec", .integer32(123)), ("Sec", "123", "Sec", .integer32(123)),
        ("Foo", "true", "Foo", .bool(true)), ("Foo", "-5", "Foo", .integer32(-5)),
        ("Foo", "int64 -5", "Foo", .integer64(-5)), ("Foo", "uint16 7", "Foo", .unsigned16(7)),
        ("Foo", "uint32 7", "Foo", .unsigned32(7)), ("Foo", "double 1.25", "Foo", .real(1.25)),
        ("After", "['a.service', \"b.service\"]", "After", .strings(["a.service", "b.service"])),
    ])
    func annotationsBecomeProperties(key: String, text: String, name: String, value: DBusValue) throws {
        let found = try SystemdProperty.read(["org.systemd.property." + key: text, "other": "x"])
        #expect(found.map { $0.name } == [name])
        #expect(found.map { $0.value } == [value])
        let scope = try SystemdScope("", id: "c", annotations: ["org.systemd.property." + key: text])
        #expect(scope.properties == found)
    }

    @Test(arguments: [
        ("TimeoutStopSec", "false"), ("TimeoutStopSec", "'covfefe'"), ("TimeoutStopSec", "-1"), ("Xo", "1"),
        ("Foo1", "1"), ("", "1"), ("Foo", ""), ("Foo", "bar"), ("Foo", "byte 256"), ("Foo", "uint64 -1"),
        ("Foo", "'a"), ("Foo", "'a\\n'"), ("Foo", "[1, 2]"), ("Foo", "uint9 1"), ("Foo", "1 2 3"),
        ("TimeoutStopSec", "uint64 18446744073709551615"),
    ])
    func whatIsNoPropertyIsRefused(key: String, text: String) {
        #expect(throws: RuntimeError.self) {
            try SystemdProperty.read(["org.systemd.property." + key: text])
        }
    }

    /// Types by the specification's alignment.
    @Test func numbersOfEverySizeAreAligned() {
        var writer = DBusWriter()
        for value in [DBusValue.byte(9), .integer16(-2), .unsigned32(7), .strings(["x"])] {
            writer.put(value)
        }
        #expect(
            writer.bytes == [
                1, 0x79, 0, 9, 1, 0x6e, 0, 0, 0xfe, 0xff, 1, 0x75, 0, 0, 0, 0, 7, 0, 0, 0, 2, 0x61, 0x73, 0,
                6, 0, 0, 0,
                1, 0, 0, 0, 0x78, 0,
            ])
    }

    @Test func limitsBecomeProperties() {
        var resources = OCI.Resources()
        resources.memory = OCI.MemoryLimits()
        resources.memory?.limit = 1 << 20
        resources.memory?.swap = 3 << 20
        resources.pids = OCI.PidsLimit()
        resources.pids?.limit = -1
        resources.cpu = OCI.CPULimits()
        resources.cpu?.shares = 1024
        resources.cpu?.quota = 50_001
        let limits = SystemdScope.limits(resources)
        #expect(
            limits.map { $0.0 } == [
                "MemoryMax", "MemorySwapMax", "TasksMax", "CPUWeight", "CPUQuotaPerSecUSec",
            ])
        #expect(
            limits.map { $0.1 } == [
                .number(1 << 20), .number(2 << 20), .number(.max), .number(100), .number(510_000),
            ])
        resources.cpu?.quota = -1
        #expect(SystemdScope.limits(resources).last?.1 == .number(.max))
    }

    /// Of two values systemd takes the later: that of the file.
    @Test(
        arguments: [
            ("memory.min", "131072", "MemoryMin", 131_072), ("memory.high", "max", "MemoryHigh", .max),
            ("memory.swap.max", "0", "MemorySwapMax", 0), ("pids.max", "42", "TasksMax", 42),
            ("cpu.weight", "42", "CPUWeight", 42), ("cpu.max", "max 100000", "CPUQuotaPerSecUSec", .max),
            ("cpu.max", "5000 50000", "CPUQuotaPerSecUSec", 100_000),
            ("cpu.max", "5001", "CPUQuotaPerSecUSec", 60_000),
            ("cpu.max", "18446744073709551615 1", "CPUQuotaPerSecUSec", 1_000_000 << 40),
            // What the kernel alone knows, or refuses.
            ("memory.max", "1G", "TasksMax", 7), ("memory.oom.group", "1", "TasksMax", 7),
            ("cpu.max", "", "TasksMax", 7),
        ] as [(String, String, String, UInt64)])
    func filesOfAControlGroupAreTheScopesToo(file: String, text: String, name: String, value: UInt64) {
        var resources = OCI.Resources()
        resources.pids = OCI.PidsLimit()
        resources.pids?.limit = 7
        resources.unified = [file: text]
        let last = SystemdScope.limits(resources).last
        #expect(last?.0 == name)
        #expect(last?.1 == .number(value))
    }

    /// A period, with a quota or without one, and the quota in the steps that systemd has.
    @Test(
        arguments: [
            (500_000, 1_000_000, [1_000_000, 500_000], 500_000),
            (500_000, 900_000, [900_000, 560_000], 504_000),
            (600_000, 900_000, [900_000, 670_000], 603_000), (-1, 50_000, [50_000, .max], -1),
            (nil, 50_000, [50_000, .max], nil), (5001, nil, [60_000], 6000), (5000, 0, [50_000], 5000),
            // What no kernel takes.
            (5001, 2_000_000, [2_000_000, 10_000], 5001), (nil, nil, [], nil),
        ] as [(Int64?, UInt64?, [UInt64], Int64?)])
    func aQuotaHasAPeriod(quota: Int64?, period: UInt64?, values: [UInt64], rounded: Int64?) {
        var resources = OCI.Resources()
        resources.cpu = OCI.CPULimits()
        resources.cpu?.quota = quota
        resources.cpu?.period = period
        let names = ["CPUQuotaPeriodUSec", "CPUQuotaPerSecUSec"].suffix(values.count)
        for limits in [SystemdScope.limits(resources), SystemdScope.limits(resources.asScope)] {
            #expect(limits.map { $0.0 } == Array(names))
            #expect(limits.map { $0.1 } == values.map { .number($0) })
        }
        #expect(resources.asScope.cpu?.quota == rounded)
        #expect(resources.asScope.cpu?.period == period)
    }

    @Test func aQuotasPeriodIsAPropertyOfNewerSystemdOnly() {
        var resources = OCI.Resources()
        resources.unified = ["cpu.max": "5000 50000"]
        let limits = SystemdScope.limits(resources)
        #expect(limits.map { $0.0 } == ["CPUQuotaPeriodUSec", "CPUQuotaPerSecUSec"])
        #expect(limits.map { $0.1 } == [.number(50_000), .number(100_000)])
        #expect(SystemdScope.known(limits, by: 241).map { $0.0 } == ["CPUQuotaPerSecUSec"])
        #expect(SystemdScope.known(limits, by: 242).count == 2)
        #expect(resources.asScope == resources)
    }

    /// Idle is a weight of none, which older systemd does not know; a weight besides is passed over.
    @Test(
        arguments: [
            (1, nil, [:], [0], false), (1, 200, [:], [0], true), (0, 200, [:], [29], false),
            (0, nil, [:], [.max], false), (2, 200, [:], [], false),
            (nil, nil, ["cpu.idle": "1", "cpu.weight": "8"], [0], true),
            (nil, nil, ["cpu.idle": " 1\n"], [0], false), (nil, nil, ["cpu.idle": "0"], [], false),
            (1, nil, ["cpu.weight": "8"], [0], true), (nil, 200, ["cpu.idle": "1"], [0], true),
            // What is said for the kernel's own file wins.
            (1, nil, ["cpu.idle": "0", "cpu.weight": "8"], [8], false),
        ] as [(Int64?, UInt64?, [String: String], [UInt64], Bool)])
    func whatIsIdleHasNoWeight(
        idle: Int64?, shares: UInt64?, files: [String: String], weights: [UInt64], isWarned: Bool
    ) throws {
        var resources = OCI.Resources()
        resources.cpu = OCI.CPULimits()
        resources.cpu?.idle = idle
        resources.cpu?.shares = shares
        resources.unified = files
        let limits = SystemdScope.limits(resources.asScope)
        #expect(limits.map { $0.0 } == weights.map { _ in "CPUWeight" })
        #expect(limits.map { $0.1 } == weights.map { .number($0) })
        #expect(SystemdScope.known(limits, by: 251).count == (weights == [0] ? 0 : weights.count))
        #expect(SystemdScope.known(limits, by: 252).count == weights.count)
        #expect(resources.contradiction?.hasPrefix("unable to apply both") ?? false == isWarned)
        // The kernel refuses a weight of an idle group.
        let written = try unifiedSettings(resources.asScope).map { $0.file }
        #expect(!resources.isIdle || !written.contains("cpu.weight"))
    }

    @Test func aWeightAloneEndsIdleness() {
        var stored = OCI.Resources()
        stored.cpu = OCI.CPULimits()
        stored.cpu?.idle = 1
        stored.unified = ["cpu.idle": "1"]
        var asked = OCI.Resources()
        asked.cpu = OCI.CPULimits()
        asked.cpu?.shares = 200
        let change = asked.completed(from: stored).weighed(asked, stored: stored)
        #expect(change.cpu?.idle == 0)
        #expect(change.unified == ["cpu.idle": "0"])
        asked.unified = ["cpu.idle": "1"]
        #expect(asked.completed(from: stored).weighed(asked, stored: stored).unified == ["cpu.idle": "1"])
        // Another limit leaves it as it is.
        asked = OCI.Resources()
        asked.cpu = OCI.CPULimits()
        asked.cpu?.period = 10_000
        #expect(asked.completed(from: stored).weighed(asked, stored: stored).cpu?.idle == 1)
    }

    @Test(
        arguments: [
            ("245", 245), ("v245", 245), ("v245.4-1.fc32", 245), ("252.39-1~deb12u1", 252),
            ("257~rc1", 257), ("", nil), ("x", nil), ("99999999999", nil),
        ] as [(String, UInt32?)])
    func versionsAreRead(text: String, version: UInt32?) {
        #expect(SystemdScope.version(text) == version)
    }

    /// The answer to a question for a property is a variant.
    @Test func aTextInAVariantIsRead() throws {
        for value in [DBusValue.string("262.1"), .unsigned32(7)] {
            var body = DBusWriter()
            body.put(value)
            var bytes = DBusCall(
                serial: 9, path: "/a", interface: "b.c", destination: "d.e", member: "Get", signature: "v",
                body: body.bytes
            ).bytes
            bytes[1] = DBusReply.Kind.answer.rawValue
            #expect(try #require(DBusReply(bytes)).texts == (value == .string("262.1") ? ["262.1"] : []))
        }
    }

    @Test func aLimitOfNoProcessesIsOne() {
        var resources = OCI.Resources()
        resources.pids = OCI.PidsLimit()
        resources.pids?.limit = 0
        #expect(SystemdScope.limits(resources).map { $0.1 } == [.number(1)])
    }

    /// A specification with a mount of control groups.
    private func specification(_ kinds: [String], mountAt place: String, _ option: String) -> OCI.Spec {
        var spec = OCI.Spec(ociVersion: "1.2.0")
        spec.root = OCI.Root(path: "/r")
        spec.process = OCI.Process()
        spec.process?.args = ["a"]
        spec.process?.cwd = "/"
        spec.linux = OCI.Linux()
        spec.linux?.namespaces = (["mount"] + kinds).map { OCI.Namespace(type: $0) }
        var mount = OCI.Mount(destination: place)
        mount.type = "cgroup"
        mount.source = "cgroup"
        mount.options = [option]
        spec.mounts = [mount]
        return spec
    }

    /// Without a namespace either all control groups are shown or the container's own, which is not there yet.
    @Test(arguments: [
        (["cgroup"], false, RootlessMode.never, true), (["cgroup"], true, .always, true),
        ([], true, .never, true), ([], false, .never, false), ([], true, .always, false),
    ])
    func aViewOfAGroupThatIsNotThereIsRefused(
        kinds: [String], sharesMachine: Bool, rootless: RootlessMode, isAllowed: Bool
    ) throws {
        var options = ConstructionOptions()
        options.sharesMachine = sharesMachine
        options.rootless = rootless
        let spec = specification(kinds, mountAt: "/sys/fs/cgroup", "ro")
        let plan = try ContainerPlan(id: "c", bundle: "/b", spec: spec, options: options)
        let group = ControlGroup(layout: ControlGroupLayout(unified: "/none", legacy: []), path: "/a.scope")
        do throws(RuntimeError) {
            try Container.requireScopes(plan, group, options)
            #expect(isAllowed)
        } catch {
            #expect(!isAllowed && error.description.hasPrefix("linux.namespaces"), "\(error)")
        }
    }

    /// Who has a user namespace and can write to its control group has that.
    @Test(
        arguments: [
            (["user", "cgroup"], "rw", "/sys/fs/cgroup", UInt32(0), 100_000),
            (["user", "cgroup"], "rw", "/sys/fs/cgroup", 1000, 101_000),
            (["user", "cgroup"], "rw", "/sys/fs/cgroup", 65_536, nil),
            (["user", "cgroup"], "ro", "/sys/fs/cgroup", 0, nil),
            (["user", "cgroup"], "rw", "/cgroup", 0, nil), (["user"], "rw", "/sys/fs/cgroup", 0, nil),
            (["cgroup"], "rw", "/sys/fs/cgroup", 0, nil),
        ] as [([String], String, String, UInt32, UInt32?)])
    func aControlGroupHasAnOwner(
        kinds: [String], option: String, place: String, user: UInt32, owner: UInt32?
    ) throws {
        var spec = specification(kinds, mountAt: place, option)
        spec.process?.user.uid = user
        if kinds.contains("user") {
            let range = OCI.IDMapping(containerID: 0, hostID: 100_000, size: 65_536)
            spec.linux?.uidMappings = [range]
            spec.linux?.gidMappings = [range]
        }
        #expect(try ContainerPlan(id: "c", bundle: "/b", spec: spec).controlGroupOwner == owner)
    }

    @Test func theKernelSaysWhichFilesGoWithAGroup() throws {
        #expect(try ControlGroup.none.delegatedFiles(nil).contains("cgroup.procs"))
        let list = Array("cgroup.procs\nmemory.oom.group\n".utf8)
        #expect(try ControlGroup.none.delegatedFiles(list) == ["cgroup.procs", "memory.oom.group"])
        for list in ["a/b\n", "..\n"] {
            #expect(throws: RuntimeError.self) { try ControlGroup.none.delegatedFiles(Array(list.utf8)) }
        }
    }

    /// The name of a scope may be in use: what is there is another's, and is left alone.
    @Test(
        arguments: [
            (nil, "", nil), ("0", "", nil),
            ("0", "17\n18\n", "container's cgroup is not empty: 2 process(es) found"),
            ("1", "", "container's cgroup unexpectedly frozen"),
        ] as [(String?, String, String?)])
    func aGroupInUseIsNobodysScope(frozen: String?, processes: String, refusal: String?) throws {
        let root = NSTemporaryDirectory() + "coffer-scope-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createDirectory(atPath: root + "/a.scope", withIntermediateDirectories: true)
        if let frozen {
            try frozen.write(toFile: root + "/a.scope/cgroup.freeze", atomically: false, encoding: .utf8)
            try processes.write(toFile: root + "/a.scope/cgroup.procs", atomically: false, encoding: .utf8)
        }
        let group = ControlGroup(
            layout: ControlGroupLayout(unified: root, legacy: []), path: "/a.scope")
        do throws(RuntimeError) {
            try group.requireUnused()
            #expect(refusal == nil)
        } catch {
            #expect(error.description.hasPrefix(refusal ?? "nothing"), "\(error)")
        }
    }
}
