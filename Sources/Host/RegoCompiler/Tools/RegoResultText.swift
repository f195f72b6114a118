internal import RegoRuntime

/// Results of a query in the forms that `opa eval` prints.
package enum RegoResultText {
    /// `{"result": [...]}`, indented; `{}` without solutions.
    package static func json(_ solutions: [RegoQuery.Solution]) -> String {
        if solutions.isEmpty { return "{}" }
        var lines = ["{", "  \"result\": ["]
        for (index, solution) in solutions.enumerated() {
            lines += ["    {", "      \"expressions\": ["]
            for (place, expression) in solution.expressions.enumerated() {
                lines += [
                    "        {", "          \"value\": \(pretty(expression.value, 5)),",
                    "          \"text\": \(YAMLText.quoted(expression.text)),", "          \"location\": {",
                    "            \"row\": \(expression.row),", "            \"col\": \(expression.column)",
                    "          }",
                ]
                lines.append(place + 1 < solution.expressions.count ? "        }," : "        }")
            }
            lines.append(solution.bindings.isEmpty ? "      ]" : "      ],")
            if !solution.bindings.isEmpty {
                lines.append("      \"bindings\": {")
                let texts = solution.bindings.map {
                    "        \(YAMLText.quoted($0.name)): \(pretty($0.value, 4))"
                }
                lines += [texts.joined(separator: ",\n"), "      }"]
            }
            lines.append(index + 1 < solutions.count ? "    }," : "    }")
        }
        return (lines + ["  ]", "}"]).joined(separator: "\n")
    }

    /// Every solution's bindings, as a JSON array of objects.
    package static func bindings(_ solutions: [RegoQuery.Solution]) -> String {
        let rows = solutions.map { solution in
            "{"
                + solution.bindings.map { "\(YAMLText.quoted($0.name)):\(compact($0.value))" }
                .joined(separator: ",") + "}"
        }
        return "[" + rows.joined(separator: ",") + "]"
    }

    /// The first expression's values, one per line; strings without quotes.
    package static func raw(_ solutions: [RegoQuery.Solution]) -> String {
        solutions.map { solution in
            solution.expressions.map { $0.value.string ?? compact($0.value) }.joined(separator: " ")
        }.joined(separator: "\n")
    }

    /// `{"errors": [...]}` of diagnostics.
    package static func json(_ errors: [(code: String, message: String, position: Position)]) -> String {
        let items = errors.map {
            """
                {
                  "message": \(YAMLText.quoted($0.message)),
                  "code": \(YAMLText.quoted($0.code)),
                  "location": {
                    "file": \(YAMLText.quoted($0.position.file)),
                    "row": \($0.position.line),
                    "col": \($0.position.column)
                  }
                }
            """
        }
        return "{\n  \"errors\": [\n" + items.joined(separator: ",\n") + "\n  ]\n}"
    }

    private static func compact(_ value: Value) -> String { String(decoding: value.json, as: UTF8.self) }

    private static func pretty(_ value: Value, _ level: Int) -> String {
        var style = JSONWriter.Style()
        style.isPretty = true
        style.indent = Array("  ".utf8)
        var bytes: [UInt8] = []
        JSONWriter.write(value, into: &bytes, style: style, level: level)
        return String(decoding: bytes, as: UTF8.self)
    }
}
