/// Base64 of RFC 4648: the standard alphabet (section 4) and the URL-safe one (section 5).
public enum Base64 {
    /// Which two characters stand for 62 and 63, and whether `=` pads the end.
    public enum Alphabet: Sendable {
        /// `+`, `/`, padded.
        case standard
        /// `-`, `_`; written without padding, read with or without.
        case url
    }

    private static func character(_ value: UInt8, _ alphabet: Alphabet) -> UInt8 {
        switch value {
        case 0...25: 65 + value
        case 26...51: 71 + value
        case 52...61: value - 4
        case 62: alphabet == .standard ? 43 : 45
        default: alphabet == .standard ? 47 : 95
        }
    }

    private static func value(_ character: UInt8, _ alphabet: Alphabet) -> UInt8? {
        switch character {
        case 65...90: character - 65
        case 97...122: character - 71
        case 48...57: character + 4
        case 43 where alphabet == .standard, 45 where alphabet == .url: 62
        case 47 where alphabet == .standard, 95 where alphabet == .url: 63
        default: nil
        }
    }

    /// Text of the bytes, without line breaks.
    public static func encode(_ bytes: some Sequence<UInt8>, alphabet: Alphabet = .standard) -> String {
        var text: [UInt8] = []
        var pending: UInt32 = 0
        var bits = 0
        for byte in bytes {
            pending = (pending << 8 | UInt32(byte)) & 0xFFFFFF
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(character(UInt8(pending >> UInt32(bits) & 63), alphabet))
            }
        }
        if bits > 0 { text.append(character(UInt8(pending << UInt32(6 - bits) & 63), alphabet)) }
        while alphabet == .standard, text.count % 4 != 0 { text.append(61) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes, or nil when the text is not canonical base64: a foreign character, bits set after the last
    /// byte, padding missing (standard) or wrong.
    public static func decode(_ text: some Sequence<UInt8>, alphabet: Alphabet = .standard) -> [UInt8]? {
        var bytes: [UInt8] = []
        var pending: UInt32 = 0
        var bits = 0
        var characters = 0
        var padding = 0
        for character in text {
            if character == 61 {
                padding += 1
                continue
            }
            guard padding == 0, let value = value(character, alphabet) else { return nil }
            characters += 1
            pending = (pending << 6 | UInt32(value)) & 0xFFFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
            }
        }
        let wanted = (4 - characters % 4) % 4
        guard wanted != 3, pending & ((1 << UInt32(bits)) - 1) == 0 else { return nil }
        guard padding == wanted || (alphabet == .url && padding == 0) else { return nil }
        return bytes
    }
}
