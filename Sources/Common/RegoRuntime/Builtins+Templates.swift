extension Builtins {
    /// `$"..."`: texts and, for each expression, the set of its values: none prints as `<undefined>`.
    public static func internalTemplateString(_ context: Context, _ parts: Value) throws(RegoError) -> Value {
        guard parts.isArray else { return try context.refuse("internal.template_string", [parts], ["array"]) }
        var out: [UInt8] = []
        for position in 0..<parts.count {
            let part = parts[position]
            if part.isSet {
                guard part.scanCount < 2 else {
                    throw RegoError(.conflict, "template-strings must not produce multiple outputs")
                }
                if part.scanCount == 0 {
                    out.append(text: "<undefined>")
                } else {
                    writeTemplated(part.value(at: 0), into: &out)
                }
            } else {
                writeTemplated(part, into: &out)
            }
        }
        try context.tick(out.count / 16 + 1)
        return context.string(out)
    }

    private static func writeTemplated(_ value: Value, into out: inout [UInt8]) {
        if value.isString {
            out.append(contentsOf: value.utf8)
        } else {
            TermWriter.write(value, into: &out)
        }
    }
}
