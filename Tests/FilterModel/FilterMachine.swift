/// A classic BPF program as seccomp runs it, interpreted. linux/filter.h, kernel/seccomp.c.
package struct FilterMachine: Sendable {
    package struct Instruction: Equatable, Sendable {
        package let code: UInt16
        package let whenTrue: UInt8
        package let whenFalse: UInt8
        package let value: UInt32
    }

    /// What a filter sees of a call: `struct seccomp_data`.
    package struct Call: Sendable, CustomStringConvertible {
        package var number: UInt32
        package var architecture: UInt32
        package var arguments: [UInt64]

        package init(_ number: UInt32, _ architecture: UInt32, _ arguments: [UInt64] = []) {
            self.number = number
            self.architecture = architecture
            self.arguments = arguments + Array(repeating: 0, count: 6 - arguments.count)
        }

        package var description: String {
            let shown = arguments.map { "0x" + String($0, radix: 16) }.joined(separator: ", ")
            return "call \(number) of 0x\(String(architecture, radix: 16)) (\(shown))"
        }

        /// The word at an offset, on a little-endian machine; the instruction pointer is 0.
        func word(_ offset: UInt32) -> UInt32 {
            switch offset {
            case 0: number
            case 4: architecture
            case 8, 12: 0
            default:
                UInt32(
                    truncatingIfNeeded: arguments[Int(offset - 16) / 8] >> (offset % 8 == 4 ? 32 : 0))
            }
        }
    }

    package let instructions: [Instruction]

    package init(_ bytes: [UInt8]) {
        precondition(bytes.count % 8 == 0, "an instruction has 8 bytes")
        instructions = stride(from: 0, to: bytes.count, by: 8).map { place in
            func word(_ range: Range<Int>) -> UInt32 {
                range.reversed().reduce(0) { $0 << 8 | UInt32(bytes[place + $1]) }
            }
            return Instruction(
                code: UInt16(word(0..<2)), whenTrue: bytes[place + 2], whenFalse: bytes[place + 3],
                value: word(4..<8))
        }
    }

    /// What is wrong with the program in the eyes of the kernel's two checkers, bpf_check_classic and
    /// seccomp_check_filter; nil when it would be taken. Of the instructions only those are known that filters here use.
    package var fault: String? {
        if instructions.isEmpty || instructions.count > 4096 { return "\(instructions.count) instructions" }
        for (place, instruction) in instructions.enumerated() {
            let left = instructions.count - place - 1
            switch instruction.code {
            case 0x20:
                if instruction.value % 4 != 0 || instruction.value > 60 {
                    return "\(place): a load from \(instruction.value)"
                }
            case 0x54, 0x06: break
            case 0x05: if Int(instruction.value) >= left { return "\(place): a jump out of the program" }
            case 0x15, 0x25, 0x35, 0x45:
                if Int(max(instruction.whenTrue, instruction.whenFalse)) >= left {
                    return "\(place): a branch out of the program"
                }
            default: return "\(place): code 0x\(String(instruction.code, radix: 16))"
            }
        }
        return instructions.last?.code == 0x06 ? nil : "the last instruction is no return"
    }

    /// The verdict, or nil for a program that leaves its own instructions.
    package func run(_ call: Call) -> UInt32? {
        var place = 0
        var accumulator: UInt32 = 0
        while place < instructions.count {
            let instruction = instructions[place]
            place += 1
            func branch(_ holds: Bool) { place += Int(holds ? instruction.whenTrue : instruction.whenFalse) }
            switch instruction.code {
            case 0x20: accumulator = call.word(instruction.value)
            case 0x54: accumulator &= instruction.value
            case 0x06: return instruction.value
            case 0x05: place += Int(instruction.value)
            case 0x15: branch(accumulator == instruction.value)
            case 0x25: branch(accumulator > instruction.value)
            case 0x35: branch(accumulator >= instruction.value)
            case 0x45: branch(accumulator & instruction.value != 0)
            default: return nil
            }
        }
        return nil
    }
}
