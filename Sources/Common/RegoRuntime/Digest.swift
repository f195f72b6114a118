/// The digests of Rego's `crypto` family, over bytes that are in memory.
enum Digest {
    case md5, sha1, sha256, sha384, sha512

    /// Bytes of one block: what HMAC pads its key to.
    var blockSize: Int { self == .sha384 || self == .sha512 ? 128 : 64 }

    func hash(_ message: [UInt8]) -> [UInt8] {
        switch self {
        case .md5: return Digest.md5(Digest.padded(message, 64, bigEndian: false))
        case .sha1: return Digest.sha1(Digest.padded(message, 64))
        case .sha256: return Digest.sha256(Digest.padded(message, 64))
        case .sha384: return Array(Digest.sha512(Digest.padded(message, 128), DigestTables.sha384).prefix(48))
        case .sha512: return Digest.sha512(Digest.padded(message, 128), DigestTables.sha512)
        }
    }

    /// HMAC (RFC 2104).
    func authenticate(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        var block = key.count > blockSize ? hash(key) : key
        block += [UInt8](repeating: 0, count: blockSize - block.count)
        return hash(block.map { $0 ^ 0x5c } + hash(block.map { $0 ^ 0x36 } + message))
    }

    /// Compares in time that does not depend on the content.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }

    /// The message with a one bit, zeros and its length in bits.
    private static func padded(_ message: [UInt8], _ block: Int, bigEndian: Bool = true) -> [UInt8] {
        var out = message
        out.append(0x80)
        while out.count % block != block - 8 { out.append(0) }
        let bits = UInt64(message.count) &* 8
        for position in 0..<8 {
            let shift = UInt64(bigEndian ? 56 - 8 * position : 8 * position)
            out.append(UInt8(truncatingIfNeeded: bits >> shift))
        }
        return out
    }

    private static func word(_ bytes: [UInt8], _ start: Int) -> UInt32 {
        var value: UInt32 = 0
        for position in 0..<4 { value = value << 8 | UInt32(bytes[start + position]) }
        return value
    }

    private static func bytes(_ words: [UInt32]) -> [UInt8] {
        var out: [UInt8] = []
        for word in words {
            for shift: UInt32 in [24, 16, 8, 0] { out.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        return out
    }

    private static func rotate(_ value: UInt32, left count: UInt32) -> UInt32 {
        value << count | value >> (32 - count)
    }

    private static func rotate(_ value: UInt32, right count: UInt32) -> UInt32 {
        value >> count | value << (32 - count)
    }

    private static func rotate(_ value: UInt64, right count: UInt64) -> UInt64 {
        value >> count | value << (64 - count)
    }

    // MARK: MD5 (RFC 1321)

    private static func md5(_ message: [UInt8]) -> [UInt8] {
        let shifts: [[UInt32]] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]]
        var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476]
        for start in stride(from: 0, to: message.count, by: 64) {
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            for step in 0..<64 {
                var mixed: UInt32
                let index: Int
                switch step / 16 {
                case 0: (mixed, index) = (b & c | ~b & d, step)
                case 1: (mixed, index) = (d & b | ~d & c, (5 * step + 1) % 16)
                case 2: (mixed, index) = (b ^ c ^ d, (3 * step + 5) % 16)
                default: (mixed, index) = (c ^ (b | ~d), 7 * step % 16)
                }
                mixed = mixed &+ a &+ DigestTables.sines[step] &+ word(message, start + 4 * index).byteSwapped
                (a, d, c) = (d, c, b)
                b = b &+ rotate(mixed, left: shifts[step / 16][step % 4])
            }
            state = [state[0] &+ a, state[1] &+ b, state[2] &+ c, state[3] &+ d]
        }
        return bytes(state.map { $0.byteSwapped })
    }

    // MARK: SHA (FIPS 180-4)

    private static func sha1(_ message: [UInt8]) -> [UInt8] {
        var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
        var words = [UInt32](repeating: 0, count: 80)
        for start in stride(from: 0, to: message.count, by: 64) {
            for step in 0..<16 { words[step] = word(message, start + 4 * step) }
            for step in 16..<80 {
                words[step] = rotate(
                    words[step - 3] ^ words[step - 8] ^ words[step - 14] ^ words[step - 16], left: 1)
            }
            var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
            for step in 0..<80 {
                let (mixed, constant): (UInt32, UInt32)
                switch step / 20 {
                case 0: (mixed, constant) = (b & c | ~b & d, 0x5a82_7999)
                case 1: (mixed, constant) = (b ^ c ^ d, 0x6ed9_eba1)
                case 2: (mixed, constant) = (b & c | b & d | c & d, 0x8f1b_bcdc)
                default: (mixed, constant) = (b ^ c ^ d, 0xca62_c1d6)
                }
                let next = rotate(a, left: 5) &+ mixed &+ e &+ constant &+ words[step]
                (e, d, c, b, a) = (d, c, rotate(b, left: 30), a, next)
            }
            for (index, value) in [a, b, c, d, e].enumerated() { state[index] = state[index] &+ value }
        }
        return bytes(state)
    }

    private static func sha256(_ message: [UInt8]) -> [UInt8] {
        var state = DigestTables.sha512.map { UInt32(truncatingIfNeeded: $0 >> 32) }
        let constants = DigestTables.cubeRoots.map { UInt32(truncatingIfNeeded: $0 >> 32) }
        var words = [UInt32](repeating: 0, count: 64)
        for start in stride(from: 0, to: message.count, by: 64) {
            for step in 0..<16 { words[step] = word(message, start + 4 * step) }
            for step in 16..<64 {
                let (x, y) = (words[step - 15], words[step - 2])
                let low = rotate(x, right: 7) ^ rotate(x, right: 18) ^ x >> 3
                let high = rotate(y, right: 17) ^ rotate(y, right: 19) ^ y >> 10
                words[step] = words[step - 16] &+ low &+ words[step - 7] &+ high
            }
            var v = state
            for step in 0..<64 {
                let high = rotate(v[4], right: 6) ^ rotate(v[4], right: 11) ^ rotate(v[4], right: 25)
                let choice = v[4] & v[5] ^ ~v[4] & v[6]
                let first = v[7] &+ high &+ choice &+ constants[step] &+ words[step]
                let low = rotate(v[0], right: 2) ^ rotate(v[0], right: 13) ^ rotate(v[0], right: 22)
                let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
                v = [first &+ low &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
            }
            for index in 0..<8 { state[index] = state[index] &+ v[index] }
        }
        return bytes(state)
    }

    private static func sha512(_ message: [UInt8], _ initial: [UInt64]) -> [UInt8] {
        var state = initial
        var words = [UInt64](repeating: 0, count: 80)
        for start in stride(from: 0, to: message.count, by: 128) {
            for step in 0..<16 {
                words[step] =
                    UInt64(word(message, start + 8 * step)) << 32
                    | UInt64(word(message, start + 8 * step + 4))
            }
            for step in 16..<80 {
                let (x, y) = (words[step - 15], words[step - 2])
                let low = rotate(x, right: 1) ^ rotate(x, right: 8) ^ x >> 7
                let high = rotate(y, right: 19) ^ rotate(y, right: 61) ^ y >> 6
                words[step] = words[step - 16] &+ low &+ words[step - 7] &+ high
            }
            var v = state
            for step in 0..<80 {
                let high = rotate(v[4], right: 14) ^ rotate(v[4], right: 18) ^ rotate(v[4], right: 41)
                let choice = v[4] & v[5] ^ ~v[4] & v[6]
                let first = v[7] &+ high &+ choice &+ DigestTables.cubeRoots[step] &+ words[step]
                let low = rotate(v[0], right: 28) ^ rotate(v[0], right: 34) ^ rotate(v[0], right: 39)
                let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
                v = [first &+ low &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
            }
            for index in 0..<8 { state[index] = state[index] &+ v[index] }
        }
        return bytes(
            state.flatMap { [UInt32(truncatingIfNeeded: $0 >> 32), UInt32(truncatingIfNeeded: $0)] })
    }
}
