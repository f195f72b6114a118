extension Builtins {
    /// `base64.encode(text)`
    public static func base64Encode(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("base64.encode", [text], ["string"]) }
        return context.string(Base64.encode(text.utf8, url: false, padded: true))
    }

    /// `base64.decode(text)`
    public static func base64Decode(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("base64.decode", [text], ["string"]) }
        let (bytes, bad) = Base64.decode(Array(text.utf8), url: false, padded: true)
        if let bad {
            return try context.builtinError("base64.decode", "illegal base64 data at input byte \(bad)")
        }
        return context.string(repairing: bytes)
    }

    /// `base64.is_valid(x)`
    public static func base64IsValid(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        if text.isUndefined { return .undefined }
        return .boolean(text.isString && Base64.decode(Array(text.utf8), url: false, padded: true).bad == nil)
    }

    /// `base64url.encode(text)`
    public static func base64urlEncode(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("base64url.encode", [text], ["string"]) }
        return context.string(Base64.encode(text.utf8, url: true, padded: true))
    }

    /// `base64url.encode_no_pad(text)`
    public static func base64urlEncodeNoPad(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("base64url.encode_no_pad", [text], ["string"]) }
        return context.string(Base64.encode(text.utf8, url: true, padded: false))
    }

    /// `base64url.decode(text)`, with or without padding.
    public static func base64urlDecode(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("base64url.decode", [text], ["string"]) }
        var bytes = Array(text.utf8)
        if bytes.last != 61 {
            if bytes.count % 4 == 1 {
                return try context.builtinError(
                    "base64url.decode", "illegal base64url string: \(text.string ?? "")")
            }
            while bytes.count % 4 != 0 { bytes.append(61) }
        }
        let (decoded, bad) = Base64.decode(bytes, url: true, padded: true)
        if let bad {
            return try context.builtinError("base64url.decode", "illegal base64 data at input byte \(bad)")
        }
        return context.string(repairing: decoded)
    }

    /// `hex.encode(text)`
    public static func hexEncode(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("hex.encode", [text], ["string"]) }
        return context.string(hexText(text.utf8))
    }

    static func hexText(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var out: [UInt8] = []
        for byte in bytes {
            out.append(JSONWriter.hexDigit(UInt32(byte >> 4)))
            out.append(JSONWriter.hexDigit(UInt32(byte & 15)))
        }
        return out
    }

    /// `hex.decode(text)`
    public static func hexDecode(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("hex.decode", [text], ["string"]) }
        let digits = Array(text.utf8)
        var out: [UInt8] = []
        for position in digits.indices {
            guard let digit = hexValue(digits[position]) else {
                var quoted: [UInt8] = []
                UTF8Text.append(UTF8Text.decode(text.utf8, position).0, to: &quoted)
                return try context.builtinError(
                    "hex.decode",
                    "encoding/hex: invalid byte: "
                        + invalidByte(digits[position], String(decoding: quoted, as: UTF8.self)))
            }
            if position & 1 == 0 { out.append(digit << 4) } else { out[out.count - 1] |= digit }
        }
        if digits.count & 1 == 1 {
            return try context.builtinError("hex.decode", "encoding/hex: odd length hex string")
        }
        return context.string(repairing: out)
    }

    private static func invalidByte(_ byte: UInt8, _ character: String) -> String {
        let digits = [byte >> 4, byte & 15].map { digit -> UInt8 in
            let letter = JSONWriter.hexDigit(UInt32(digit))
            return letter > 96 ? letter - 32 : letter
        }
        return "U+00" + String(decoding: digits, as: UTF8.self) + " '" + character + "'"
    }

    static func hexValue(_ letter: UInt8) -> UInt8? {
        switch letter {
        case 48...57: return letter - 48
        case 65...70: return letter - 55
        case 97...102: return letter - 87
        default: return nil
        }
    }

    /// `urlquery.encode(text)`
    public static func urlqueryEncode(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("urlquery.encode", [text], ["string"]) }
        return context.string(URLText.queryEscape(text.utf8))
    }

    /// `urlquery.decode(text)`
    public static func urlqueryDecode(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("urlquery.decode", [text], ["string"]) }
        do throws(URLText.Failure) {
            return context.string(repairing: try URLText.unescape(Array(text.utf8), plusIsSpace: true))
        } catch {
            return try context.builtinError("urlquery.decode", error.reason)
        }
    }

    /// `urlquery.encode_object(object)` with strings, or arrays or sets of strings, as values.
    public static func urlqueryEncodeObject(_ context: Context, _ object: Value) throws(RegoError) -> Value {
        guard object.isObject else {
            return try context.refuse("urlquery.encode_object", [object], ["object"])
        }
        let complaint = "values must be string, array[string], or set[string]"
        var out: [UInt8] = []
        for position in 0..<object.scanCount {
            let name = object.key(at: position)
            let value = object.value(at: position)
            guard value.isString || value.isSequence else {
                return try context.operandRefused("urlquery.encode_object", 1, complaint)
            }
            let list = value.isString ? [value] : (0..<value.scanCount).map { value.value(at: $0) }
            for item in list {
                guard item.isString else {
                    return try context.operandRefused("urlquery.encode_object", 1, complaint)
                }
                if !out.isEmpty { out.append(38) }
                out += URLText.queryEscape(name.isString ? name.utf8 : context.string(name.json).utf8)
                out.append(61)
                out += URLText.queryEscape(item.utf8)
            }
        }
        return context.string(out)
    }

    /// `urlquery.decode_object(text)`: arrays of values by name.
    public static func urlqueryDecodeObject(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("urlquery.decode_object", [text], ["string"]) }
        var names: [Value] = []
        var lists: [[Value]] = []
        for part in Array(text.utf8).split(separator: 38) {
            if part.contains(59) {
                return try context.builtinError(
                    "urlquery.decode_object", "invalid semicolon separator in query")
            }
            let equals = part.firstIndex(of: 61) ?? part.endIndex
            do throws(URLText.Failure) {
                let name = try URLText.unescape(Array(part[..<equals]), plusIsSpace: true)
                let value = try URLText.unescape(Array(part[equals...].dropFirst()), plusIsSpace: true)
                let key = context.string(repairing: name)
                if let known = names.firstIndex(of: key) {
                    lists[known].append(context.string(repairing: value))
                } else {
                    names.append(key)
                    lists.append([context.string(repairing: value)])
                }
            } catch {
                return try context.builtinError("urlquery.decode_object", error.reason)
            }
        }
        var builder = ObjectBuilder()
        for (name, list) in zip(names, lists) { builder.insert(name, context.array(list), context) }
        return builder.finish(context)
    }
}
