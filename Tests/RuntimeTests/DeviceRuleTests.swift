import OCI
import Testing

@testable import Runtime

/// The program that decides about devices answers as the rules say, read one after another.
@Suite struct DeviceRuleTests {
    private static let lists: [[DeviceRulePlan]] = {
        var lists: [[DeviceRulePlan]] = [[], [rule(true, .any, nil, nil, 7)]]
        let deny = rule(false, .any, nil, nil, 7)
        let standard = (try? DeviceRulePlan.resolve([])) ?? []
        lists.append([deny] + standard)
        lists.append(
            [deny] + standard + [rule(false, .character, 1, 5, 7), rule(false, .character, 136, nil, 7)])
        lists.append(standard + [rule(false, .character, 5, nil, 2), rule(true, .block, 8, nil, 7)])
        lists.append([
            rule(true, .block, 8, 0, 7), rule(true, .block, 8, 1, 7), rule(true, .block, 9, nil, 7),
            rule(false, .block, 8, 1, 7), rule(false, .block, 8, 2, 7), rule(true, .any, 8, 2, 3),
        ])
        return lists
    }()

    private static func rule(
        _ allow: Bool, _ kind: DeviceRulePlan.Kind, _ major: UInt32?, _ minor: UInt32?, _ access: UInt32
    ) -> DeviceRulePlan {
        DeviceRulePlan(allow: allow, kind: kind, major: major, minor: minor, access: access)
    }

    @Test(arguments: lists) func answersAsTheRulesSay(rules: [DeviceRulePlan]) {
        let program = deviceProgram(rules)
        for kind: UInt32 in [1, 2] {
            for access: UInt32 in 1...7 {
                for major: UInt32 in [0, 1, 5, 8, 9, 136, 200] {
                    for minor: UInt32 in [0, 1, 2, 3, 5, 7, 8, 9, 200] {
                        let wanted = verdict(rules, kind, access, major, minor)
                        #expect(
                            run(program, kind | access << 16, major, minor) == (wanted ? 1 : 0),
                            "kind \(kind), access \(access), \(major):\(minor)")
                    }
                }
            }
        }
    }

    /// It is loaded for each container: the usual one is short.
    @Test func theUsualProgramIsShort() throws {
        let rules = [Self.rule(false, .any, nil, nil, 7)] + (try DeviceRulePlan.resolve([]))
        #expect(deviceProgram(rules).count / 8 <= 36)
    }

    /// The program is loaded late only where nothing of the container's can run before it is there.
    @Test func isLoadedLateOnlyWhereNothingRunsBefore() throws {
        func isLate(_ layout: ControlGroupLayout, _ change: (inout OCI.Spec) -> Void = { _ in }) throws
            -> Bool
        {
            var spec = PlanRefusalTests.specification()
            change(&spec)
            return try ContainerPlan(id: "c", bundle: "/bundle", spec: spec)
                .canRestrictDevicesLater(in: ControlGroup(layout: layout, path: "/c"))
        }
        let unified = ControlGroupLayout(unified: "/sys/fs/cgroup", legacy: [])
        let devices = ControlGroupLayout.Legacy(
            controllers: ["devices"], mountPoint: "/sys/fs/cgroup/devices")
        #expect(try isLate(unified))
        #expect(try !isLate(ControlGroupLayout(unified: "/sys/fs/cgroup/unified", legacy: [devices])))
        #expect(try !isLate(ControlGroupLayout(unified: nil, legacy: [devices])))
        #expect(
            try !isLate(unified) { spec in
                spec.hooks = OCI.Hooks()
                spec.hooks?.createContainer = [OCI.Hook(path: "/bin/true")]
            })
        #expect(
            try isLate(unified) { spec in
                spec.hooks = OCI.Hooks()
                spec.hooks?.createRuntime = [OCI.Hook(path: "/bin/true")]
                spec.hooks?.startContainer = [OCI.Hook(path: "/bin/true")]
            })
    }

    /// The last rule that matches decides: allowing, when it covers all that is asked; denying, when it covers some of it.
    private func verdict(
        _ rules: [DeviceRulePlan], _ kind: UInt32, _ access: UInt32, _ major: UInt32, _ minor: UInt32
    ) -> Bool {
        for rule in rules.reversed() {
            if rule.kind != .any && rule.kind.rawValue != kind { continue }
            if let wanted = rule.major, wanted != major { continue }
            if let wanted = rule.minor, wanted != minor { continue }
            if rule.allow && access & ~rule.access == 0 { return true }
            if !rule.allow && access & rule.access != 0 { return false }
        }
        return false
    }

    /// The instructions that the program consists of; another one, or an end without an answer, is nil.
    private func run(_ program: [UInt8], _ type: UInt32, _ major: UInt32, _ minor: UInt32) -> UInt32? {
        var registers = [UInt32](repeating: 0, count: 11)
        var place = 0
        while place * 8 + 8 <= program.count {
            let bytes = program[(place * 8)..<(place * 8 + 8)].map { UInt32($0) }
            let (to, from) = (Int(bytes[1] & 15), Int(bytes[1] >> 4))
            let offset = Int(Int16(truncatingIfNeeded: Int(bytes[2] | bytes[3] << 8)))
            let value = bytes[4] | bytes[5] << 8 | bytes[6] << 16 | bytes[7] << 24
            place += 1
            switch bytes[0] {
            case 0x61: registers[to] = offset == 0 ? type : offset == 4 ? major : minor
            case 0x54: registers[to] &= value
            case 0x74: registers[to] >>= value
            case 0xb4: registers[to] = value
            case 0xbc: registers[to] = registers[from]
            case 0x05: place += offset
            case 0x15: if registers[to] == value { place += offset }
            case 0x55: if registers[to] != value { place += offset }
            case 0x5d: if registers[to] != registers[from] { place += offset }
            case 0x95: return registers[0]
            default: return nil
            }
        }
        return nil
    }
}
