import CLinux
import FilterModel
import OCI
import Runtime

/// Names and numbers of system calls, as the compiler of filters has them.
private let callNames: [String] = {
    var names: [String] = []
    var length = 0
    while let start = coffer_system_call_name(Int32(names.count), &length) {
        names.append(String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self))
    }
    return names
}()

private let architectures: [ProfileModel.Architecture] = [
    architecture("SCMP_ARCH_X86_64", 0xC000_003E, true, 0),
    architecture("SCMP_ARCH_X86", 0x4000_0003, false, 1),
    architecture("SCMP_ARCH_X32", 0xC000_003E, false, 2, bit: 0x4000_0000),
    architecture("SCMP_ARCH_AARCH64", 0xC000_00B7, true, 3),
    architecture("SCMP_ARCH_ARM", 0x4000_0028, false, 4),
]

#if arch(x86_64)
    private let native = "SCMP_ARCH_X86_64"
#else
    private let native = "SCMP_ARCH_AARCH64"
#endif

private func architecture(
    _ name: String, _ token: UInt32, _ is64Bit: Bool, _ column: Int32, bit: UInt32 = 0
) -> ProfileModel.Architecture {
    ProfileModel.Architecture(name, token, is64Bit: is64Bit) { name in
        let number = coffer_system_call_number(coffer_system_call(name, name.utf8.count), column)
        return number < 0 ? nil : UInt32(number) | bit
    }
}

/// A profile made of the bytes becomes a program that the kernel's checker takes, that ends, and whose verdict is that of
/// the plain evaluation; and it is the same program every time.
func fuzzFilter(_ bytes: [UInt8]) {
    var maker = ProfileMaker(bytes, names: callNames)
    let profile = maker.profile(architectures.map(\.name))
    guard let program = try? SeccompProgram.compile(profile) else { return }
    precondition(
        (try? SeccompProgram.compile(profile)) == program, "the same profile compiles to another program")
    let machine = FilterMachine(program.instructions)
    precondition(machine.fault == nil, "the kernel would refuse the program")
    let chosen = architectures.filter { $0.name == native || profile.architectures.contains($0.name) }
    let model = ProfileModel(profile, chosen)
    for architecture in architectures {
        for name in profile.syscalls.flatMap(\.names) + ["socketcall", "ipc", "read"] {
            guard let number = architecture.number(name) else { continue }
            for near in [number, number + 1, number ^ 0x4000_0000, .max] {
                let call = maker.call(near, architecture.token, profile)
                precondition(machine.run(call) == model.verdict(call), "another verdict than the profile's")
            }
        }
    }
}
