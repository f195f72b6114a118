/// One option of a command: its names without dashes and whether a value follows.
struct OptionForm: Sendable {
    let name: String
    let short: String
    let takesValue: Bool
    let help: String

    init(_ name: String, short: String = "", value: Bool = false, _ help: String) {
        self.name = name
        self.short = short
        takesValue = value
        self.help = help
    }
}

/// What was typed after a command: options in their order and everything else.
struct ParsedOptions {
    private var values: [(name: String, value: String)] = []
    private(set) var operands: [String] = []

    /// Reads options in any order. After `operandLimit` operands everything belongs to somebody else: to the command,
    /// to the program of `exec`, to `ps`.
    init(
        _ words: [String], forms: [OptionForm], stopsAfter operandLimit: Int?
    ) throws(CommandLineError) {
        var index = 0
        while index < words.count {
            let word = words[index]
            index += 1
            if let limit = operandLimit, operands.count >= limit {
                operands.append(word)
                continue
            }
            if word == "--" {
                operands += words[index...]
                return
            }
            if word.utf8.first != UInt8(ascii: "-") || word == "-" {
                operands.append(word)
                continue
            }
            try readOption(word, words, &index, forms)
        }
    }

    private mutating func readOption(
        _ word: String, _ words: [String], _ index: inout Int, _ forms: [OptionForm]
    ) throws(CommandLineError) {
        let bare = word.hasPrefix("--") ? word.dropFirst(2) : word.dropFirst(1)
        let equals = bare.firstIndex(of: "=")
        let name = String(equals.map { bare[..<$0] } ?? bare)
        guard let form = forms.first(where: { $0.name == name || (!$0.short.isEmpty && $0.short == name) })
        else {
            throw .usage("flag provided but not defined: -\(name)")
        }
        if let equals {
            values.append((form.name, String(bare[bare.index(after: equals)...])))
        } else if !form.takesValue {
            values.append((form.name, "true"))
        } else if index < words.count {
            values.append((form.name, words[index]))
            index += 1
        } else {
            throw .usage("flag needs an argument: -\(name)")
        }
    }

    /// The last value of an option.
    func value(_ name: String) -> String? { values.last { $0.name == name }?.value }

    /// All values of an option that may be repeated.
    func all(_ name: String) -> [String] { values.filter { $0.name == name }.map { $0.value } }

    /// Whether a switch is on.
    func has(_ name: String) -> Bool {
        guard let value = value(name) else { return false }
        return value != "false" && value != "0"
    }

    /// Whether the option was given at all.
    func isGiven(_ name: String) -> Bool { value(name) != nil }

    /// A whole number; anything else is a usage error.
    func integer(_ name: String) throws(CommandLineError) -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(text) else {
            throw .usage("invalid value \"\(text)\" for flag -\(name): expected a whole number")
        }
        return number
    }
}
