import Foundation
import OCI
import Testing

@testable import Runtime

/// Limits that one version of control groups has no place for are refused, not left out.
struct LimitRefusalTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let field: String
        let change: @Sendable (inout OCI.Resources) -> Void
        init(_ field: String, _ change: @escaping @Sendable (inout OCI.Resources) -> Void) {
            self.field = field
            self.change = change
        }
        var testDescription: String { field }
    }

    private static func memory(_ change: (inout OCI.MemoryLimits) -> Void) -> OCI.MemoryLimits {
        var memory = OCI.MemoryLimits()
        change(&memory)
        return memory
    }

    static let unified: [Row] = [
        Row("memory.kernel") { $0.memory = memory { $0.kernel = 1 } },
        Row("memory.kernelTCP") { $0.memory = memory { $0.kernelTCP = 1 } },
        Row("memory.swappiness") { $0.memory = memory { $0.swappiness = 10 } },
        Row("memory.disableOOMKiller") { $0.memory = memory { $0.disableOOMKiller = true } },
        Row("memory.swap") { $0.memory = memory { $0.swap = 1 << 20 } },
        Row("memory.swap") {
            $0.memory = memory {
                $0.limit = 2 << 20
                $0.swap = 1 << 20
            }
        },
        Row("cpu.realtimeRuntime") {
            $0.cpu = OCI.CPULimits()
            $0.cpu?.realtimeRuntime = 1
        },
        Row("cpu.realtimePeriod") {
            $0.cpu = OCI.CPULimits()
            $0.cpu?.realtimePeriod = 1
        },
        Row("blockIO.leafWeight") {
            $0.blockIO = OCI.BlockIOLimits()
            $0.blockIO?.leafWeight = 10
        },
        Row("network.classID") {
            $0.network = OCI.NetworkLimits()
            $0.network?.classID = 1
        },
        Row("network.priorities") {
            $0.network = OCI.NetworkLimits()
            $0.network?.priorities = [OCI.InterfacePriority(name: "eth0")]
        },
        Row("unified") { $0.unified = ["../memory.max": "1"] },
        Row("the specified key has not the form CONTROLLER.VALUE `memory`") { $0.unified = ["memory": "1"] },
        Row("the specified key has not the form CONTROLLER.VALUE `.max`") { $0.unified = [".max": "1"] },
        Row("hugepageLimits.pageSize") { $0.hugepageLimits = [OCI.HugepageLimit(pageSize: "a/b")] },
    ]

    @Test(arguments: unified) func refusedForVersionTwo(row: Row) {
        var resources = OCI.Resources()
        row.change(&resources)
        do throws(RuntimeError) {
            _ = try unifiedSettings(resources)
            Issue.record("accepted \(row.field)")
        } catch {
            #expect(error.description.contains(row.field), "\(error)")
        }
    }

    @Test func writesUnifiedFilesLineByLine() throws {
        var resources = OCI.Resources()
        resources.unified = ["io.max": "7:0 riops=3\n7:1 wiops=4\n", "memory.high": "5", "rdma.max": ""]
        #expect(
            try unifiedSettings(resources) == [
                ControlGroupSetting(file: "io.max", value: "7:0 riops=3"),
                ControlGroupSetting(file: "io.max", value: "7:1 wiops=4"),
                ControlGroupSetting(file: "memory.high", value: "5"),
                ControlGroupSetting(file: "rdma.max", value: ""),
            ])
    }

    @Test func limitsHugePagesInUseAndReserved() throws {
        var resources = OCI.Resources()
        resources.hugepageLimits = [OCI.HugepageLimit(pageSize: "2MB")]
        resources.hugepageLimits[0].limit = 4 << 20
        #expect(
            try unifiedSettings(resources).map { $0.file + "=" + $0.value }
                == ["hugetlb.2MB.max=4194304", "hugetlb.2MB.rsvd.max=4194304"])
        #expect(
            try legacySettings(resources).map { $0.file + "=" + $0.value }
                == ["hugetlb.2MB.limit_in_bytes=4194304", "hugetlb.2MB.rsvd.limit_in_bytes=4194304"])
    }

    static let idleness: [(idle: Int64?, files: [String])] = [
        (nil, ["cpu.weight=17"]), (0, ["cpu.idle=0", "cpu.weight=17"]), (1, ["cpu.idle=1"]),
    ]

    @Test(arguments: idleness)
    func anIdleGroupHasNoWeight(idle: Int64?, files: [String]) throws {
        var resources = OCI.Resources()
        resources.cpu = OCI.CPULimits()
        resources.cpu?.idle = idle
        resources.cpu?.shares = 100
        #expect(try unifiedSettings(resources).map { $0.file + "=" + $0.value } == files)
    }

    /// BFQ has a file of its own with the range of version 1; else the weight is translated.
    @Test(arguments: [(true, "io.bfq.weight", "300"), (false, "io.weight", "2930")])
    func weighsBlockDevices(fairQueueing: Bool, file: String, weight: String) throws {
        var resources = OCI.Resources()
        resources.blockIO = OCI.BlockIOLimits()
        resources.blockIO?.weight = 300
        #expect(
            try unifiedSettings(resources, fairQueueing: fairQueueing)
                == [ControlGroupSetting(file: file, value: weight)])
    }

    static let legacy: [Row] = [
        Row("unified") { $0.unified = ["memory.max": "1"] },
        Row("hugepageLimits.pageSize") { $0.hugepageLimits = [OCI.HugepageLimit(pageSize: "a/b")] },
    ]

    @Test(arguments: legacy) func refusedForVersionOne(row: Row) {
        var resources = OCI.Resources()
        row.change(&resources)
        do throws(RuntimeError) {
            _ = try legacySettings(resources)
            Issue.record("accepted \(row.field)")
        } catch {
            #expect(error.description.contains(row.field), "\(error)")
        }
    }

    /// A file that is not there: the kernel's answer for one of a controller that is there, words for one that is not.
    @Test(arguments: [
        ("foo.bar", "the requested cgroup controller `foo` is not available for foo.bar"),
        ("memory.bar", "no such file or directory"), ("cgroup.bar", "no such file or directory"),
    ]) func namesTheControllerThatIsMissing(file: String, text: String) throws {
        let directory = NSTemporaryDirectory() + "coffer-test-\(UUID().uuidString)"
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: directory) } }
        try FileManager.default.createDirectory(
            atPath: directory + "/group", withIntermediateDirectories: true)
        try Data("cpu memory\n".utf8).write(
            to: URL(fileURLWithPath: directory + "/group/cgroup.controllers"))
        let group = ControlGroup(
            layout: ControlGroupLayout(unified: directory, legacy: []), path: "/group")
        var resources = OCI.Resources()
        resources.unified = [file: "1"]
        do throws(RuntimeError) {
            try group.apply(resources)
            Issue.record("accepted \(file)")
        } catch {
            #expect(error.description.contains(text), "\(error)")
        }
    }

    @Test(arguments: [
        ("x", "rwm", true, "linux.resources.devices[0].type: expected a, b or c, found \"x\""),
        ("c", "rx", true, "linux.resources.devices[0].access: expected letters of rwm, found \"rx\""),
        ("c", "rwa", false, "linux.resources.devices[0].access: expected letters of rwm, found \"rwa\""),
    ])
    func refusesDeviceRules(type: String, access: String, allow: Bool, text: String) {
        #expect(throws: RuntimeError.refused(text)) {
            _ = try DeviceRulePlan.resolve([Self.rule(allow, type, access)])
        }
    }

    /// A rule that denies would deny less without the letter: it denies all.
    @Test(arguments: ["x", "rx", "xr", "rwa", "RW", "r w", "rwé"])
    func deniesAllWhereADenyingRuleHasUnknownAccess(access: String) throws {
        let warnings = Collected()
        var options = ConstructionOptions()
        options.warnsOfUnknownWords = true
        options.warn = { warnings.add($0) }
        let plans = try DeviceRulePlan.resolve(
            [Self.rule(true, "a", "rwm"), Self.rule(false, "c", access)], options)
        #expect(plans[1].access == 7 && !plans[1].allow && plans[1].kind == .character)
        #expect(
            warnings.texts == [
                "linux.resources.devices[1].access: expected letters of rwm, found \"\(access)\""
            ])
    }

    /// As runc does, where the front end wants that: what is left never allows more than the letters that are an access.
    @Test(
        arguments: [
            // Some letters are left.
            ("rwa", 6), ("arwm", 7), ("mmx", 1), ("rwé", 6), ("r,w", 6), ("rW", 2),
            // None is left: a rule without letters would be for all of them, so this one goes.
            ("x", nil), ("RWM", nil), (" ", nil), ("\0", nil),
            // Nothing is passed over.
            ("", 7), ("rwm", 7), ("r", 2),
        ] as [(String, UInt32?)])
    func passesOverUnknownAccessOfAnAllowingRule(access: String, bits: UInt32?) throws {
        let warnings = Collected()
        var options = ConstructionOptions()
        options.warnsOfUnknownWords = true
        options.warn = { warnings.add($0) }
        let standard = try DeviceRulePlan.resolve([])
        let plans = try DeviceRulePlan.resolve([Self.rule(true, "c", access)], options)
        #expect(plans.dropLast(standard.count).map(\.access) == (bits.map { [$0] } ?? []))
        let isKnown = access.utf8.allSatisfy { "rwm".utf8.contains($0) }
        let text = "linux.resources.devices[0].access: expected letters of rwm, found \"\(access)\""
        #expect(warnings.texts == (isKnown ? [] : [text]))
    }

    private static func rule(_ allow: Bool, _ type: String, _ access: String) -> OCI.DeviceRule {
        var rule = OCI.DeviceRule()
        rule.allow = allow
        rule.type = type
        rule.access = access
        return rule
    }

    private final class Collected: @unchecked Sendable {
        private(set) var texts: [String] = []
        func add(_ text: String) { texts.append(text) }
    }
}
