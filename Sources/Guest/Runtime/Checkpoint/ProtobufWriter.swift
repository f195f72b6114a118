/// Writes a message of Protocol Buffers, as far as criu's have need of them: numbers, texts, and messages inside of
/// messages. protobuf.dev, Encoding.
struct ProtobufWriter: Equatable {
    private(set) var bytes: [UInt8] = []

    /// A field with a number that is not negative.
    mutating func put(_ field: Int, _ number: UInt64) {
        putNumber(UInt64(field) << 3)
        putNumber(number)
    }

    /// A field with a number; a negative one goes as 64 bits.
    mutating func put(_ field: Int, _ number: Int32) { put(field, UInt64(bitPattern: Int64(number))) }

    /// A field that is true or false.
    mutating func put(_ field: Int, _ flag: Bool) { put(field, UInt64(flag ? 1 : 0)) }

    /// A field with a text.
    mutating func put(_ field: Int, _ text: String) { put(field, Array(text.utf8)) }

    /// A field that is a message itself.
    mutating func put(_ field: Int, _ message: ProtobufWriter) { put(field, message.bytes) }

    private mutating func put(_ field: Int, _ content: [UInt8]) {
        putNumber(UInt64(field) << 3 | 2)
        putNumber(UInt64(content.count))
        bytes += content
    }

    /// Seven bits a byte, the lowest first; all bytes but the last have the highest bit.
    private mutating func putNumber(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
