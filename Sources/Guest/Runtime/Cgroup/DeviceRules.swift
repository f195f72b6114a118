internal import OCI

/// A device access rule, resolved.
package struct DeviceRulePlan: Equatable {
    /// The kernel's numbers, where it has one. linux/bpf.h, `bpf_cgroup_dev_ctx`.
    package enum Kind: UInt32, Equatable {
        case any = 0
        /// BPF_DEVCG_DEV_BLOCK.
        case block = 1
        /// BPF_DEVCG_DEV_CHAR.
        case character = 2
    }

    /// What a match answers; the last rule that matches decides.
    package let allow: Bool
    /// `any` matches both kinds.
    package let kind: Kind
    /// nil means any.
    package let major: UInt32?
    /// nil means any.
    package let minor: UInt32?
    /// BPF_DEVCG_ACC_ bits: 1 mknod, 2 read, 4 write.
    package let access: UInt32

    /// All devices in all ways: nothing before it matters.
    var coversEverything: Bool { kind == .any && major == nil && minor == nil && access == 7 }

    /// The rules of the specification and after them what every container needs: making any node (which gives no
    /// access), the standard devices and terminals. Without any rule the answer is no.
    static func resolve(
        _ rules: [OCI.DeviceRule], _ options: ConstructionOptions = ConstructionOptions()
    ) throws(RuntimeError) -> [DeviceRulePlan] {
        var plans: [DeviceRulePlan] = []
        for (index, rule) in rules.enumerated() {
            let field = "linux.resources.devices[\(index)]"
            let known = try rule.withKnownAccess(field: field, options)
            let plan = try DeviceRulePlan(known, field: field)
            // No letters would be all of them, and what is left of this rule allows nothing.
            if known.access.isEmpty && !rule.access.isEmpty { continue }
            plans.append(plan)
        }
        plans.append(DeviceRulePlan(allow: true, kind: .character, major: nil, minor: nil, access: 1))
        plans.append(DeviceRulePlan(allow: true, kind: .block, major: nil, minor: nil, access: 1))
        let standard: [(UInt32, UInt32?)] = [
            (1, 3), (1, 5), (1, 7), (1, 8), (1, 9), (5, 0), (5, 1), (5, 2), (136, nil),
        ]
        for (major, minor) in standard {
            plans.append(DeviceRulePlan(allow: true, kind: .character, major: major, minor: minor, access: 7))
        }
        return plans
    }
}

extension OCI.DeviceRule {
    /// The rule with letters that are an access. Others are refused or, if the front end wants it, warned of; then the rule is
    /// at least as strict as it says: one that allows goes without them, and one that denies denies every access.
    fileprivate func withKnownAccess(
        field: String, _ options: ConstructionOptions
    ) throws(RuntimeError) -> OCI.DeviceRule {
        var known = self
        known.access = String(decoding: access.utf8.filter { "rwm".utf8.contains($0) }, as: UTF8.self)
        if known.access == access { return self }
        let error = RuntimeError.unknownAccess(self, field: field)
        if !options.warnsOfUnknownWords { throw error }
        options.warn?("\(error)")
        if !allow { known.access = "rwm" }
        return known
    }
}

extension RuntimeError {
    fileprivate static func unknownAccess(_ rule: OCI.DeviceRule, field: String) -> RuntimeError {
        .refused("\(field).access: expected letters of rwm, found \"\(rule.access)\"")
    }
}

extension DeviceRulePlan {
    init(_ rule: OCI.DeviceRule, field: String) throws(RuntimeError) {
        allow = rule.allow
        switch rule.type {
        case "", "a": kind = .any
        case "b": kind = .block
        case "c": kind = .character
        default: throw .refused("\(field).type: expected a, b or c, found \"\(rule.type)\"")
        }
        major = try Self.number(rule.major, field: field + ".major")
        minor = try Self.number(rule.minor, field: field + ".minor")
        var bits: UInt32 = 0
        for letter in rule.access.utf8 {
            switch letter {
            case UInt8(ascii: "m"): bits |= 1
            case UInt8(ascii: "r"): bits |= 2
            case UInt8(ascii: "w"): bits |= 4
            default: throw .unknownAccess(rule, field: field)
            }
        }
        // As runc: a rule for everything needs no letters.
        access = bits == 0 ? 7 : bits
    }

    private static func number(_ value: Int64?, field: String) throws(RuntimeError) -> UInt32? {
        guard let value, value != -1 else { return nil }
        guard let number = UInt32(exactly: value) else {
            throw .refused("\(field): expected a device number or -1, found \(value)")
        }
        return number
    }

    /// The rule in the form of cgroup v1's devices.allow and devices.deny.
    var legacyLine: String {
        let letter = kind == .any ? "a" : kind == .block ? "b" : "c"
        let letters =
            (access & 2 != 0 ? "r" : "") + (access & 4 != 0 ? "w" : "") + (access & 1 != 0 ? "m" : "")
        return "\(letter) \(major.map { "\($0)" } ?? "*"):\(minor.map { "\($0)" } ?? "*") \(letters)"
    }
}

/// Compiles rules to a program of BPF_PROG_TYPE_CGROUP_DEVICE, 8 bytes an instruction: the last matching rule decides,
/// and without one the answer is no. bpf(2), Documentation/bpf/standardization/instruction-set.rst.
func deviceProgram(_ rules: [DeviceRulePlan]) -> [UInt8] {
    var program = DeviceProgram()
    // r2 = type, r3 = access, r4 = major, r5 = minor.
    program.load(to: 2, offset: 0)
    program.add(0x54, destination: 2, immediate: 0xffff)
    program.load(to: 3, offset: 0)
    program.add(0x74, destination: 3, immediate: 16)
    program.load(to: 4, offset: 4)
    program.load(to: 5, offset: 8)
    var rest = rules[...]
    while let rule = rest.last {
        // The kernel takes a microsecond for each instruction, so devices of one kind and answer share them.
        let alike = rest.reversed().prefix {
            $0.isWholeDevice && $0.kind == rule.kind && $0.allow == rule.allow
        }
        if alike.count > 1 {
            program.append(devices: Array(alike), of: rule.kind, allow: rule.allow)
            rest.removeLast(alike.count)
            continue
        }
        program.append(rule)
        // What comes after can never be reached, and the verifier refuses such code.
        if rule.coversEverything { return program.bytes }
        rest.removeLast()
    }
    program.answer(0)
    return program.bytes
}

extension DeviceRulePlan {
    /// Devices of one major number, used in any way.
    fileprivate var isWholeDevice: Bool { kind != .any && major != nil && access == 7 }
}

private struct DeviceProgram {
    var bytes: [UInt8] = []

    mutating func add(
        _ code: UInt8, destination: UInt8, source: UInt8 = 0, offset: Int16 = 0, immediate: UInt32 = 0
    ) {
        let jump = UInt16(bitPattern: offset)
        bytes += [
            code, destination | source << 4, UInt8(truncatingIfNeeded: jump),
            UInt8(truncatingIfNeeded: jump >> 8),
        ]
        for shift: UInt32 in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: immediate >> shift)) }
    }

    /// rN = *(u32 *)(r1 + offset)
    mutating func load(to register: UInt8, offset: Int16) {
        add(0x61, destination: register, source: 1, offset: offset)
    }

    /// r0 = value; exit
    mutating func answer(_ value: UInt32) {
        add(0xb4, destination: 0, immediate: value)
        add(0x95, destination: 0)
    }

    /// Several rules that differ in the device's numbers only.
    mutating func append(devices rules: [DeviceRulePlan], of kind: DeviceRulePlan.Kind, allow: Bool) {
        var checks: [(code: UInt8, register: UInt8, number: UInt32, skips: Int16?)] = []
        var seen: [UInt32] = []
        for rule in rules {
            guard let major = rule.major, !seen.contains(major) else { continue }
            seen.append(major)
            let minors = rules.filter { $0.major == major }.map { $0.minor }
            if minors.contains(nil) {
                checks.append((code: 0x15, register: 4, number: major, skips: nil))
                continue
            }
            // Another major number: on to the next.
            checks.append((code: 0x55, register: 4, number: major, skips: Int16(minors.count)))
            for minor in minors {
                checks.append((code: 0x15, register: 5, number: minor ?? 0, skips: nil))
            }
        }
        // What fits jumps over the checks that are left and the jump after them, to the answer.
        let count = Int16(checks.count)
        add(0x55, destination: 2, offset: count + 3, immediate: kind.rawValue)
        for (index, check) in checks.enumerated() {
            add(
                check.code, destination: check.register, offset: check.skips ?? count - Int16(index),
                immediate: check.number)
        }
        // Nothing fits.
        add(0x05, destination: 0, offset: 2)
        answer(allow ? 1 : 0)
    }

    mutating func append(_ rule: DeviceRulePlan) {
        // Instructions from each check to the rule's end: its jump when the rule does not match.
        var remaining: Int16 = 2
        if rule.kind != .any { remaining += 1 }
        if rule.access != 7 { remaining += 3 }
        if rule.major != nil { remaining += 1 }
        if rule.minor != nil { remaining += 1 }
        if rule.kind != .any {
            remaining -= 1
            add(0x55, destination: 2, offset: remaining, immediate: rule.kind.rawValue)
        }
        if rule.access != 7 {
            add(0xbc, destination: 6, source: 3)
            add(0x54, destination: 6, immediate: rule.access)
            remaining -= 3
            if rule.allow {
                // Everything that is asked for must be in the rule.
                add(0x5d, destination: 6, source: 3, offset: remaining)
            } else {
                // Anything that is asked for and in the rule is denied.
                add(0x15, destination: 6, offset: remaining, immediate: 0)
            }
        }
        if let major = rule.major {
            remaining -= 1
            add(0x55, destination: 4, offset: remaining, immediate: major)
        }
        if let minor = rule.minor {
            remaining -= 1
            add(0x55, destination: 5, offset: remaining, immediate: minor)
        }
        answer(rule.allow ? 1 : 0)
    }
}
