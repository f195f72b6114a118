/// Percent encoding as Go's net/url has it.
enum URLText {
    /// Why a text is no URL, or not decodable.
    struct Failure: Error {
        let reason: String
    }

    /// Letters, digits and `-_.~`.
    static func isUnreserved(_ byte: UInt8) -> Bool {
        (byte >= 48 && byte <= 57) || (byte | 32 >= 97 && byte | 32 <= 122) || byte == 45 || byte == 95
            || byte == 46
            || byte == 126
    }

    static func queryEscape(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var out: [UInt8] = []
        for byte in bytes {
            if byte == 32 {
                out.append(43)
            } else if isUnreserved(byte) {
                out.append(byte)
            } else {
                escape(byte, into: &out)
            }
        }
        return out
    }

    static func escape(_ byte: UInt8, into out: inout [UInt8]) {
        out.append(37)
        for digit in [byte >> 4, byte & 15] { out.append(digit < 10 ? 48 + digit : 55 + digit) }
    }

    /// Decodes escapes. In a host only bytes beyond ASCII may be escaped.
    static func unescape(_ text: [UInt8], plusIsSpace: Bool, isHost: Bool = false) throws(Failure) -> [UInt8]
    {
        var out: [UInt8] = []
        var position = 0
        while position < text.count {
            let byte = text[position]
            if byte == 37 {
                guard position + 2 < text.count, let high = Builtins.hexValue(text[position + 1]),
                    let low = Builtins.hexValue(text[position + 2]), !isHost || high >= 8
                else {
                    let bad = text[position..<min(position + 3, text.count)]
                    throw Failure(
                        reason: "invalid URL escape \"" + String(decoding: bad, as: UTF8.self) + "\"")
                }
                out.append(high << 4 | low)
                position += 3
                continue
            }
            if isHost, byte < 128, !isHostByte(byte) {
                let bad = String(decoding: [byte], as: UTF8.self)
                throw Failure(reason: "invalid character \"\(bad)\" in host name")
            }
            out.append(byte == 43 && plusIsSpace ? 32 : byte)
            position += 1
        }
        return out
    }

    /// What a host may hold unescaped.
    private static func isHostByte(_ byte: UInt8) -> Bool {
        if isUnreserved(byte) { return true }
        switch byte {
        case 33, 36, 38, 39, 40, 41, 42, 43, 44, 59, 61, 58, 91, 93, 60, 62, 34: return true
        default: return false
        }
    }
}

/// A URL taken apart, as Go's url.Parse does.
struct URLParts {
    var scheme: [UInt8] = []
    var hostname: [UInt8] = []
    var port: [UInt8] = []
    var path: [UInt8] = []
    var rawPath: [UInt8] = []
    var rawQuery: [UInt8] = []
    var fragment: [UInt8] = []

    init(_ text: [UInt8]) throws(URLText.Failure) {
        var rest = text
        if let hash = rest.firstIndex(of: 35) {
            fragment = try URLText.unescape(Array(rest[(hash + 1)...]), plusIsSpace: false)
            rest = Array(rest[..<hash])
        }
        if rest.contains(where: { $0 < 32 || $0 == 127 }) {
            throw URLText.Failure(reason: "net/url: invalid control character in URL")
        }
        try takeScheme(&rest)
        if let question = rest.firstIndex(of: 63) {
            rawQuery = Array(rest[(question + 1)...])
            rest = Array(rest[..<question])
        }
        if rest.first != 47 {
            if !scheme.isEmpty { return }
            if let colon = rest.firstIndex(of: 58), !rest[..<colon].contains(47) {
                throw URLText.Failure(reason: "first path segment in URL cannot contain colon")
            }
        }
        let isTripleSlash = rest.starts(with: [47, 47, 47])
        if !scheme.isEmpty || !isTripleSlash, rest.starts(with: [47, 47]) {
            let authority = Array(rest[2...].prefix { $0 != 47 })
            rest = Array(rest[(2 + authority.count)...])
            try takeAuthority(authority)
        }
        path = try URLText.unescape(rest, plusIsSpace: false)
        rawPath = URLParts.escapedPath(rest, path)
    }

    private mutating func takeScheme(_ rest: inout [UInt8]) throws(URLText.Failure) {
        for (position, byte) in rest.enumerated() {
            switch byte {
            case 65...90, 97...122: continue
            case 48...57, 43, 45, 46:
                if position == 0 { return }
            case 58:
                if position == 0 { throw URLText.Failure(reason: "missing protocol scheme") }
                scheme = rest[..<position].map { $0 >= 65 && $0 <= 90 ? $0 | 32 : $0 }
                rest = Array(rest[(position + 1)...])
                return
            default: return
            }
        }
    }

    private mutating func takeAuthority(_ authority: [UInt8]) throws(URLText.Failure) {
        var host = authority
        if let at = authority.lastIndex(of: 64) {
            let user = Array(authority[..<at])
            let isValid = user.allSatisfy { byte in
                URLText.isUnreserved(byte)
                    || [33, 36, 37, 38, 39, 40, 41, 42, 43, 44, 58, 59, 61, 64].contains(byte)
            }
            if !isValid { throw URLText.Failure(reason: "net/url: invalid userinfo") }
            for part in user.split(separator: 58, maxSplits: 1, omittingEmptySubsequences: false) {
                if try URLText.unescape(Array(part), plusIsSpace: false).count > user.count { return }
            }
            host = Array(authority[(at + 1)...])
        }
        if host.first == 91 {
            guard let close = host.lastIndex(of: 93) else {
                throw URLText.Failure(reason: "missing ']' in host")
            }
            port = try URLParts.port(Array(host[(close + 1)...]))
            hostname = try URLParts.address(Array(host[1..<close]))
        } else {
            let colon = host.lastIndex(of: 58) ?? host.count
            port = try URLParts.port(Array(host[colon...]))
            hostname = try URLText.unescape(Array(host[..<colon]), plusIsSpace: false, isHost: true)
        }
    }

    /// An address in brackets, with a zone after `%25`.
    private static func address(_ text: [UInt8]) throws(URLText.Failure) -> [UInt8] {
        for position in text.indices where text[position...].starts(with: [37, 50, 53]) {
            let host = try URLText.unescape(Array(text[..<position]), plusIsSpace: false, isHost: true)
            return host + (try URLText.unescape(Array(text[position...]), plusIsSpace: false))
        }
        return try URLText.unescape(text, plusIsSpace: false, isHost: true)
    }

    private static func port(_ text: [UInt8]) throws(URLText.Failure) -> [UInt8] {
        if text.isEmpty { return [] }
        guard text[0] == 58, text.dropFirst().allSatisfy({ $0 >= 48 && $0 <= 57 }) else {
            throw URLText.Failure(
                reason: "invalid port \"" + String(decoding: text, as: UTF8.self) + "\" after host")
        }
        return Array(text.dropFirst())
    }

    /// The path as it was written when that is properly encoded, otherwise encoded anew; the path itself when the
    /// usual encoding gives just what was written.
    private static func escapedPath(_ written: [UInt8], _ path: [UInt8]) -> [UInt8] {
        let extra: [UInt8] = [33, 36, 38, 39, 40, 41, 42, 43, 44, 59, 61, 58, 64, 91, 93, 37, 47]
        let usual = encodedPath(path)
        if usual == written { return path }
        return written.allSatisfy({ URLText.isUnreserved($0) || extra.contains($0) }) ? written : usual
    }

    private static func encodedPath(_ path: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        for byte in path {
            if URLText.isUnreserved(byte) || [36, 38, 43, 44, 47, 58, 59, 61, 64].contains(byte) {
                out.append(byte)
            } else {
                URLText.escape(byte, into: &out)
            }
        }
        return out
    }
}

extension Builtins {
    /// `uri.parse(text)`: the parts that are not empty.
    public static func uriParse(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("uri.parse", [text], ["string"]) }
        let parts: URLParts
        do throws(URLText.Failure) {
            parts = try URLParts(Array(text.utf8))
        } catch {
            return try context.builtinError("uri.parse", "parse \(text): \(error.reason)")
        }
        var builder = ObjectBuilder()
        let members: [(String, [UInt8])] = [
            ("scheme", parts.scheme), ("hostname", parts.hostname), ("port", parts.port),
            ("path", parts.path),
            ("raw_path", parts.rawPath), ("raw_query", parts.rawQuery), ("fragment", parts.fragment),
        ]
        for (name, bytes) in members where !bytes.isEmpty {
            builder.insert(context.string(name), context.string(repairing: bytes), context)
        }
        return builder.finish(context)
    }

    /// `uri.is_valid(x)`
    public static func uriIsValid(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        if text.isUndefined { return .undefined }
        guard text.isString, text.length > 0 else { return .false }
        do throws(URLText.Failure) {
            return .boolean(try URLParts(Array(text.utf8)).scheme.count <= text.length)
        } catch {
            return .false
        }
    }
}
