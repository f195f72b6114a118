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

    @Test func refusesDeviceRules() {
        for (type, access) in [("x", "rwm"), ("c", "rx")] {
            var rule = OCI.DeviceRule()
            rule.type = type
            rule.access = access
            #expect(throws: RuntimeError.self) { _ = try DeviceRulePlan.resolve([rule]) }
        }
    }
}
