/// A value of the few D-Bus types that systemd's properties have.
enum DBusValue: Equatable {
    case string(String)
    case bool(Bool)
    case number(UInt64)
    case numbers([UInt32])
    case strings([String])
    case byte(UInt8)
    case integer16(Int16)
    case unsigned16(UInt16)
    case integer32(Int32)
    case unsigned32(UInt32)
    case integer64(Int64)
    case real(Double)

    /// D-Bus specification, Type System.
    var signature: String {
        switch self {
        case .string: "s"
        case .bool: "b"
        case .number: "t"
        case .numbers: "au"
        case .strings: "as"
        case .byte: "y"
        case .integer16: "n"
        case .unsigned16: "q"
        case .integer32: "i"
        case .unsigned32: "u"
        case .integer64: "x"
        case .real: "d"
        }
    }
}

/// Writes values in the wire format of D-Bus, little endian. D-Bus specification, Marshaling.
struct DBusWriter {
    private(set) var bytes: [UInt8] = []

    mutating func align(_ size: Int) {
        while bytes.count % size != 0 { bytes.append(0) }
    }

    mutating func put(byte: UInt8) { bytes.append(byte) }

    mutating func put(_ number: UInt32) {
        align(4)
        for shift: UInt32 in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    mutating func put(_ number: UInt16) {
        align(2)
        put(byte: UInt8(truncatingIfNeeded: number))
        put(byte: UInt8(truncatingIfNeeded: number >> 8))
    }

    mutating func put(_ number: UInt64) {
        align(8)
        put(UInt32(truncatingIfNeeded: number))
        put(UInt32(truncatingIfNeeded: number >> 32))
    }

    /// Strings and object paths.
    mutating func put(_ text: String) {
        put(UInt32(text.utf8.count))
        bytes += text.utf8
        bytes.append(0)
    }

    mutating func put(signature: String) {
        bytes.append(UInt8(signature.utf8.count))
        bytes += signature.utf8
        bytes.append(0)
    }

    /// An array: its length in bytes without the padding before the first element.
    mutating func array(alignment: Int, _ elements: (inout DBusWriter) -> Void) {
        put(UInt32(0))
        let place = bytes.count - 4
        align(alignment)
        let start = bytes.count
        elements(&self)
        let length = UInt32(bytes.count - start)
        for (index, shift) in [UInt32(0), 8, 16, 24].enumerated() {
            bytes[place + index] = UInt8(truncatingIfNeeded: length >> shift)
        }
    }

    /// A variant: the type and the value.
    mutating func put(_ value: DBusValue) {
        put(signature: value.signature)
        switch value {
        case .string(let text): put(text)
        case .bool(let flag): put(UInt32(flag ? 1 : 0))
        case .number(let number): put(number)
        case .numbers(let numbers):
            array(alignment: 4) { writer in for number in numbers { writer.put(number) } }
        case .strings(let texts):
            array(alignment: 4) { writer in for text in texts { writer.put(text) } }
        case .byte(let number): put(byte: number)
        case .integer16(let number): put(UInt16(bitPattern: number))
        case .unsigned16(let number): put(number)
        case .integer32(let number): put(UInt32(bitPattern: number))
        case .unsigned32(let number): put(number)
        case .integer64(let number): put(UInt64(bitPattern: number))
        case .real(let number): put(number.bitPattern)
        }
    }

    /// Names and values, `a(sv)`.
    mutating func put(_ properties: [(String, DBusValue)]) {
        array(alignment: 8) { writer in
            for (name, value) in properties {
                writer.align(8)
                writer.put(name)
                writer.put(value)
            }
        }
    }
}

/// A method call to systemd's manager.
struct DBusCall {
    let serial: UInt32
    let path: String
    let interface: String
    let destination: String
    let member: String
    /// The types of the body; empty for none.
    let signature: String
    let body: [UInt8]

    /// The whole message. D-Bus specification, Message Format.
    var bytes: [UInt8] {
        var writer = DBusWriter()
        writer.put(byte: UInt8(ascii: "l"))
        // Method call, no flags, version 1.
        for byte: UInt8 in [1, 0, 1] { writer.put(byte: byte) }
        writer.put(UInt32(body.count))
        writer.put(serial)
        let texts: [(code: UInt8, text: String)] = [
            (code: 2, text: interface), (code: 3, text: member), (code: 6, text: destination),
        ]
        writer.array(alignment: 8) { fields in
            fields.field(1, "o")
            fields.put(path)
            for (code, text) in texts {
                fields.field(code, "s")
                fields.put(text)
            }
            if !signature.isEmpty {
                fields.field(8, "g")
                fields.put(signature: signature)
            }
        }
        writer.align(8)
        return writer.bytes + body
    }
}

extension DBusWriter {
    fileprivate mutating func field(_ code: UInt8, _ signature: String) {
        align(8)
        put(byte: code)
        put(signature: signature)
    }
}
