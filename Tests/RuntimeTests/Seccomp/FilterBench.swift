import CLinux
import FilterModel
import Foundation
import JSON
import OCI

@testable import Runtime

/// Profiles, architectures and calls for the tests of filters.
enum FilterBench {
    struct Word: Sendable {
        let name: String
        let token: UInt32
        let is64Bit: Bool
        let column: Int32
        let bit: UInt32
    }

    /// Every architecture that a filter can decide about; the tokens are the kernel's.
    static let words: [Word] = [
        Word(name: "SCMP_ARCH_X86_64", token: 0xC000_003E, is64Bit: true, column: 0, bit: 0),
        Word(name: "SCMP_ARCH_X86", token: 0x4000_0003, is64Bit: false, column: 1, bit: 0),
        Word(name: "SCMP_ARCH_X32", token: 0xC000_003E, is64Bit: false, column: 2, bit: 0x4000_0000),
        Word(name: "SCMP_ARCH_AARCH64", token: 0xC000_00B7, is64Bit: true, column: 3, bit: 0),
        Word(name: "SCMP_ARCH_ARM", token: 0x4000_0028, is64Bit: false, column: 4, bit: 0),
        Word(name: "SCMP_ARCH_MIPSEL", token: 0x4000_0008, is64Bit: false, column: 5, bit: 0),
        Word(name: "SCMP_ARCH_MIPSEL64", token: 0xC000_0008, is64Bit: true, column: 6, bit: 0),
        Word(name: "SCMP_ARCH_MIPSEL64N32", token: 0xE000_0008, is64Bit: false, column: 7, bit: 0),
        Word(name: "SCMP_ARCH_PPC64LE", token: 0xC000_0015, is64Bit: true, column: 8, bit: 0),
        Word(name: "SCMP_ARCH_RISCV64", token: 0xC000_00F3, is64Bit: true, column: 9, bit: 0),
    ]

    #if arch(x86_64)
        static let native = "SCMP_ARCH_X86_64"
    #else
        static let native = "SCMP_ARCH_AARCH64"
    #endif

    /// All names of our table.
    static let names: [String] = {
        var names: [String] = []
        var length = 0
        while let start = coffer_system_call_name(Int32(names.count), &length) {
            names.append(
                String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self))
        }
        return names
    }()

    static func number(_ name: String, _ column: Int32) -> UInt32? {
        let number = coffer_system_call_number(coffer_system_call(name, name.utf8.count), column)
        return number < 0 ? nil : UInt32(number)
    }

    /// The model's architectures of a profile, with our numbers.
    static func architectures(_ profile: OCI.Seccomp) -> [ProfileModel.Architecture] {
        words.filter { $0.name == native || profile.architectures.contains($0.name) }.map { word in
            ProfileModel.Architecture(word.name, word.token, is64Bit: word.is64Bit) { name in
                number(name, word.column).map { $0 | word.bit }
            }
        }
    }

    static func model(_ profile: OCI.Seccomp) -> ProfileModel {
        ProfileModel(profile, architectures(profile))
    }

    static func compile(_ profile: OCI.Seccomp) throws -> FilterMachine {
        FilterMachine(try SeccompProgram.compile(profile)?.instructions ?? [])
    }

    /// The numbers at which an architecture can have something to say, and some beyond.
    static func numbers(_ word: Word) -> [UInt32] {
        let base: ClosedRange<UInt32> =
            switch word.name {
            case "SCMP_ARCH_MIPSEL": 3998...4520
            case "SCMP_ARCH_MIPSEL64": 4998...5520
            case "SCMP_ARCH_MIPSEL64N32": 5998...6520
            default: 0...620
            }
        return base.map { $0 | word.bit } + [0xf0000, 0xf0001, 0xf0002, 0xf0005, 0xf0006, 0xf0007]
            + [0x3fff_ffff, 0x4000_0000, 0x4000_0001, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, .max]
    }

    /// An engine's profile as it comes to a runtime on this machine: rules for the capabilities and the architecture.
    static func engineProfile(_ path: String, capabilities: Set<String>) throws -> OCI.Seccomp? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        let text = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
        var rules: [[String: Any]] = []
        for rule in text["syscalls"] as? [[String: Any]] ?? [] {
            let includes = rule["includes"] as? [String: Any] ?? [:]
            let excludes = rule["excludes"] as? [String: Any] ?? [:]
            let wanted = Set(includes["caps"] as? [String] ?? [])
            let unwanted = Set(excludes["caps"] as? [String] ?? [])
            let arches = includes["arches"] as? [String] ?? ["amd64"]
            if !wanted.isSubset(of: capabilities) || !unwanted.isDisjoint(with: capabilities) { continue }
            if !arches.contains("amd64") { continue }
            rules.append(
                rule.filter {
                    ["names", "action", "args", "errnoRet"].contains($0.key) && !($0.value is NSNull)
                })
        }
        var document: [String: Any] = [
            "defaultAction": text["defaultAction"] ?? "", "syscalls": rules,
            "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
        ]
        document["defaultErrnoRet"] = text["defaultErrnoRet"]
        let bytes = [UInt8](try JSONSerialization.data(withJSONObject: document))
        return try OCI.Seccomp(json: JSON.parse(bytes))
    }

    /// Bytes that are the same in every run.
    static func bytes(_ seed: UInt64, count: Int) -> [UInt8] {
        var state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state >> 32)
        }
    }
}
