/// The fields of one message of Protocol Buffers. protobuf.dev, Encoding.
struct ProtobufReader {
    /// What a field has.
    enum Value: Equatable {
        case number(UInt64)
        /// A text, or another message.
        case bytes([UInt8])
        /// Of a kind that no message has whose fields are read here.
        case other
    }

    /// In their order.
    private(set) var fields: [(number: UInt64, value: Value)] = []

    /// Nil for what is not one whole message.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let tag = Self.number(&rest), let value = Self.value(UInt8(tag & 7), &rest) else {
                return nil
            }
            fields.append((number: tag >> 3, value: value))
        }
    }

    /// A number; the last one counts. Nil when there is none.
    func number(_ field: UInt64) -> UInt64? {
        if case .number(let number) = value(field) { return number }
        return nil
    }

    /// A text; nil when there is none.
    func text(_ field: UInt64) -> String? {
        if case .bytes(let bytes) = value(field) { return String(decoding: bytes, as: UTF8.self) }
        return nil
    }

    /// A message inside of this one; nil when there is none.
    func message(_ field: UInt64) -> ProtobufReader? {
        if case .bytes(let bytes) = value(field) { return ProtobufReader(bytes) }
        return nil
    }

    private func value(_ field: UInt64) -> Value? { fields.last { $0.number == field }?.value }

    private static func value(_ kind: UInt8, _ rest: inout ArraySlice<UInt8>) -> Value? {
        switch kind {
        case 0: return number(&rest).map { .number($0) }
        case 1, 5:
            let size = kind == 1 ? 8 : 4
            if rest.count < size { return nil }
            rest = rest.dropFirst(size)
            return .other
        case 2:
            guard let size = number(&rest), size <= rest.count else { return nil }
            let content = Array(rest.prefix(Int(size)))
            rest = rest.dropFirst(Int(size))
            return .bytes(content)
        default: return nil
        }
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            number |= UInt64(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return number }
        }
        return nil
    }
}
