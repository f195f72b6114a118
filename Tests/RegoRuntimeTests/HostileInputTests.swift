import RegoRuntime
import Testing

/// Operands that are made to exhaust memory, time or the process: each is answered or refused.
struct HostileInputTests {
    @Test(arguments: [
        Case("sprintf | \"%*d\" | [-9223372036854775808, 1]", "\"%!(BADWIDTH)1\""),
        Case("sprintf | \"%.*d\" | [-9223372036854775808, 1]", "\"%!(BADPREC)1\""),
        Case("plus | 1e999999999 | 1", "undefined"),
        Case("mul | 1e-999999999 | 2", "undefined"),
        Case("mul | 1e-19999 | 1e-19999", "undefined"),
        Case("round | 1e999999999999999999999", "undefined"),
        Case("to_number | \"1e999999999\"", "1e999999999"),
        Case("equal | 1e999999999 | 1e999999998", "false"),
        Case("lt | -1e999999999 | 1e-999999999", "true"),
        Case("abs | -9223372036854775808", "9223372036854775808"),
        Case("div | -9223372036854775808 | -1", "9223372036854775808"),
        Case("rem | -9223372036854775808 | -1", "0"),
        Case("time.add_date | 0 | 9223372036854775807 | 1 | 1", "undefined"),
        Case("time.parse_duration_ns | \"9999999999999999999h\"", "undefined"),
        Case("strings.split_n | \"a.b\" | \".\" | -9223372036854775808", #"["a", "b"]"#),
        Case("array.slice | [1, 2] | -9223372036854775808 | 9223372036854775807", "[1, 2]"),
    ])
    func numbers(_ example: Case) throws {
        let parts = example.text.split(separator: " | ").map(String.init)
        #expect(try call(parts[0], Array(parts.dropFirst())) == example.expected, "\(example.text)")
    }

    private func refusal(of patch: String) throws -> RegoError.Code? {
        let context = Context.create(limits: Limits(work: 100_000))
        defer { context.destroy() }
        let operations = try JSONReader.parse(Array(patch.utf8), context)
        do throws(RegoError) {
            let result = try Builtins.jsonPatch(context, .emptyObject, operations)
            return result.isUndefined ? .input : nil
        } catch {
            return error.code
        }
    }

    /// Each copy doubles what would be written out.
    @Test func copiesOfCopies() throws {
        let copies = (0..<60).map { #"{"op": "copy", "from": "", "path": "/\#($0)"}"# }
        #expect(try refusal(of: "[" + copies.joined(separator: ",") + "]") == .limit)
        #expect(try refusal(of: "[" + copies.prefix(5).joined(separator: ",") + "]") == nil)
    }

    /// A patch must not nest what then cannot be walked.
    @Test func nestedByPatches() throws {
        let steps = (1..<600).map {
            #"{"op": "add", "path": "\#(String(repeating: "/a", count: $0))", "value": {}}"#
        }
        #expect(try refusal(of: "[" + steps.joined(separator: ",") + "]") == .limit)
        #expect(try refusal(of: "[" + steps.prefix(400).joined(separator: ",") + "]") == nil)
    }
}
