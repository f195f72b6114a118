/// Walks over the elements of a DER text (X.690), which somebody may have made to be read wrongly.
package struct DERReader {
    /// One element: its tag, its content, and all of its bytes.
    package struct Element {
        /// One byte; longer tags end the reading.
        package var tag: UInt8
        /// Without tag and length; a view of the text.
        package var content: ArraySlice<UInt8>
        /// With tag and length; a view of the text.
        package var whole: ArraySlice<UInt8>

        /// The elements inside.
        package var inner: DERReader { DERReader(content) }
    }

    private var rest: ArraySlice<UInt8>

    package init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// Whether there is nothing more.
    package var isAtEnd: Bool { rest.isEmpty }

    /// The tag of the next element; 0 at the end.
    package var tag: UInt8 { rest.first ?? 0 }

    /// The next element; `nil` at the end, and when what follows is no element of definite length.
    package mutating func next() -> Element? {
        let start = rest.startIndex
        guard rest.count >= 2, rest[start] & 0x1f != 0x1f else { return nil }
        var length = Int(rest[start + 1])
        var head = 2
        if length >= 0x80 {
            let digits = length & 0x7f
            guard (1...4).contains(digits), rest.count >= 2 + digits else { return nil }
            length = rest[(start + 2)..<(start + 2 + digits)].reduce(0) { $0 << 8 | Int($1) }
            head += digits
        }
        guard rest.count - head >= length else { return nil }
        let whole = rest[start..<(start + head + length)]
        rest = rest[(start + head + length)...]
        return Element(tag: whole[start], content: whole[(start + head)...], whole: whole)
    }

    /// The next element if it has that tag; otherwise nothing is read.
    package mutating func next(_ wanted: UInt8) -> Element? {
        guard tag == wanted else { return nil }
        return next()
    }
}

extension DERReader.Element {
    /// The arcs of an object identifier; empty when it is none.
    package var identifier: [Int] {
        var arcs: [Int] = []
        var value = 0
        for byte in content {
            guard value < 1 << 50 else { return [] }
            value = value << 7 | Int(byte & 0x7f)
            if byte & 0x80 != 0 { continue }
            if arcs.isEmpty {
                arcs = [min(value / 40, 2), value - min(value / 40, 2) * 40]
            } else {
                arcs.append(value)
            }
            value = 0
        }
        return arcs
    }

    /// The text of any kind of string; two-byte characters where the tag says so.
    package var text: String {
        guard tag == 0x1e else { return String(decoding: content, as: UTF8.self) }
        var units: [UInt16] = []
        var index = content.startIndex
        while index + 1 < content.endIndex {
            units.append(UInt16(content[index]) << 8 | UInt16(content[index + 1]))
            index += 2
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// UTCTime or GeneralizedTime as RFC 3339 has it.
    package var time: String {
        var digits = String(decoding: content, as: UTF8.self)
        if tag == 0x17 { digits = ((Int(digits.prefix(2)) ?? 0) < 50 ? "20" : "19") + digits }
        let parts = Array(digits.utf8)
        guard parts.count == 15, parts[14] == UInt8(ascii: "Z"),
            parts.prefix(14).allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        else { return "" }
        func part(_ range: Range<Int>) -> String { String(decoding: parts[range], as: UTF8.self) }
        return
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z"
    }
}
