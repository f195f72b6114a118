/// Go's fmt.Sprintf for what Rego can hand to it: whole numbers, floats, strings; anything else is its Rego text.
struct Sprintf {
    let format: UnsafeRawBufferPointer
    let arguments: Value
    var out: [UInt8] = []
    var position = 0
    var next = 0
    var reordered = false

    /// What stands between `%` and the verb.
    struct Directive {
        var minus = false
        var plus = false
        var sharp = false
        var space = false
        var zero = false
        var width: Int?
        var precision: Int?
        var goodIndex = true
    }

    /// The largest width and precision, as in Go.
    static let largest = 1_000_000

    /// The formatted text; nil when it grows beyond a million bytes per directive and more than the context allows.
    static func format(_ context: Context, _ format: Value, _ arguments: Value) throws(RegoError) -> [UInt8] {
        var printer = Sprintf(format: format.utf8, arguments: arguments)
        while printer.position < printer.format.count {
            let byte = printer.format[printer.position]
            printer.position += 1
            if byte == 37 { printer.directive() } else { printer.out.append(byte) }
            try context.tick()
            if printer.out.count > 1 << 26 { throw context.memoryExceeded() }
        }
        printer.extra()
        return printer.out
    }

    private mutating func directive() {
        var directive = Directive()
        flags(&directive)
        var afterIndex = argumentIndex(&directive)
        if peek(42) {
            position += 1
            directive.width = star(&directive, "%!(BADWIDTH)")
            if let width = directive.width, width < 0 {
                directive.width = -width
                directive.minus = true
                directive.zero = false
            }
            afterIndex = false
        } else {
            directive.width = number()
            if afterIndex, directive.width != nil { directive.goodIndex = false }
        }
        if peek(46) {
            position += 1
            if afterIndex { directive.goodIndex = false }
            afterIndex = argumentIndex(&directive)
            if peek(42) {
                position += 1
                directive.precision = star(&directive, "%!(BADPREC)")
                if let precision = directive.precision, precision < 0 {
                    directive.precision = nil
                    out.append(text: "%!(BADPREC)")
                }
                afterIndex = false
            } else {
                directive.precision = number() ?? 0
            }
        }
        if !afterIndex { _ = argumentIndex(&directive) }
        verb(directive)
    }

    private func peek(_ byte: UInt8) -> Bool { position < format.count && format[position] == byte }

    private mutating func flags(_ directive: inout Directive) {
        while position < format.count {
            switch format[position] {
            case 45:
                directive.minus = true
                directive.zero = false
            case 43: directive.plus = true
            case 35: directive.sharp = true
            case 32: directive.space = true
            case 48: directive.zero = true
            default: return
            }
            position += 1
        }
    }

    private mutating func number() -> Int? {
        var value: Int?
        while position < format.count, case let digit = format[position] &- 48, digit < 10 {
            value = Swift.min((value ?? 0) * 10 + Int(digit), Sprintf.largest + 1)
            position += 1
        }
        if let value, value > Sprintf.largest { return nil }
        return value
    }

    /// `[n]`: the next argument is the n-th.
    private mutating func argumentIndex(_ directive: inout Directive) -> Bool {
        guard peek(91) else { return false }
        reordered = true
        let start = position
        position += 1
        let index = number()
        guard peek(93), let index, index >= 1, index <= arguments.count else {
            directive.goodIndex = false
            while position < format.count, format[position] != 93 { position += 1 }
            position = position < format.count ? position + 1 : start + 1
            return true
        }
        position += 1
        next = index - 1
        return true
    }

    private mutating func star(_ directive: inout Directive, _ complaint: String) -> Int? {
        guard next < arguments.count else {
            out.append(text: complaint)
            return nil
        }
        let value = arguments[next].int
        next += 1
        guard let value, value.magnitude <= UInt(Sprintf.largest) else {
            out.append(text: complaint)
            return nil
        }
        return value
    }

    private mutating func verb(_ directive: Directive) {
        guard position < format.count else {
            out.append(text: "%!(NOVERB)")
            return
        }
        let (verb, length) = UTF8Text.decode(format, position)
        position += length
        if verb == 37 {
            out.append(37)
        } else if !directive.goodIndex {
            out.append(text: "%!")
            UTF8Text.append(verb, to: &out)
            out.append(text: "(BADINDEX)")
        } else if next >= arguments.count {
            out.append(text: "%!")
            UTF8Text.append(verb, to: &out)
            out.append(text: "(MISSING)")
        } else {
            let argument = Argument(arguments[next])
            next += 1
            argument.write(verb, directive, into: &out)
        }
    }

    /// Arguments that no directive used.
    private mutating func extra() {
        guard !reordered, next < arguments.count else { return }
        out.append(text: "%!(EXTRA ")
        for index in next..<arguments.count {
            if index > next { out.append(text: ", ") }
            let argument = Argument(arguments[index])
            out.append(text: argument.typeName)
            out.append(61)
            argument.write(118, Directive(), into: &out)
        }
        out.append(41)
    }
}

extension Builtins {
    /// `sprintf(format, arguments)`
    public static func sprintf(_ context: Context, _ format: Value, _ arguments: Value) throws(RegoError)
        -> Value
    {
        guard format.isString, arguments.isArray else {
            return try context.refuse("sprintf", [format, arguments], ["string", "array"])
        }
        return context.string(try Sprintf.format(context, format, arguments))
    }
}
