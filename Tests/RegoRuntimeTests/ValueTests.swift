import RegoRuntime
import Testing

/// A context for one test.
@discardableResult
func withContext<Result>(strict: Bool = false, _ body: (Context) throws -> Result) rethrows -> Result {
    let context = Context.create(strict: strict)
    defer { context.destroy() }
    return try body(context)
}

func term(_ text: String, _ context: Context) throws -> Value {
    try JSONReader.parse(Array(text.utf8), context, syntax: .term)
}

struct ValueTests {
    @Test func totalOrder() throws {
        try withContext { context in
            let ascending = try [
                "null", "false", "true", "-1e400", "-3.5", "-0.0001", "0", "1e-400", "1", "1.5", "2",
                "9007199254740993",
                "1e30", "\"\"", "\"A\"", "\"a\"", "\"aa\"", "\"aaaaaaaaa\"", "\"aaaaaaaab\"", "\"b\"", "[]",
                "[1]",
                "[1, 2]", "[2]", "{}", "{\"a\": 1}", "{\"a\": 2}", "{\"b\": 1}", "set()", "{1}", "{1, 2}",
                "{2}",
            ].map { try term($0, context) }
            for (left, a) in ascending.enumerated() {
                for (right, b) in ascending.enumerated() {
                    let order = Value.compare(a, b)
                    #expect((order < 0) == (left < right) && (order == 0) == (left == right), "\(a) and \(b)")
                    #expect((a == b) == (left == right), "\(a) and \(b)")
                }
            }
        }
    }

    @Test(arguments: [
        ("1", "1.0"), ("100", "1e2"), ("0", "-0"), ("12345678901234567890", "12345678901234567890.00"),
    ])
    func numbersAreEqualByValue(left: String, right: String) throws {
        try withContext { context in
            let a = try term(left, context)
            let b = try term(right, context)
            #expect(a == b && a.hash64 == b.hash64)
            #expect(try term("{\(left), \(right)}", context).count == 1)
            #expect(try term("{\(left): 7}", context)[b].int == 7)
        }
    }

    @Test(arguments: [1, 5, 12, 13, 100, 1000])
    func objectsFindAndIterateInOrder(size: Int) throws {
        try withContext { context in
            var builder = ObjectBuilder()
            for number in (0..<size).reversed() {
                try builder.insertOnce(context.string("key\(number + 1000)"), .int(number), context)
            }
            let object = builder.finish(context)
            for _ in 0..<2 {
                for number in 0..<size {
                    #expect(object[context.string("key\(number + 1000)")].int == number)
                }
                #expect(object[context.string("other")].isUndefined)
                #expect(object.scanCount == size)
            }
            for turn in 0..<size { #expect(object.value(at: turn).int == turn) }
        }
    }

    @Test func insertOnceRefusesAnotherValue() throws {
        try withContext { context in
            var builder = ObjectBuilder()
            try builder.insertOnce(.int(1), .true, context)
            try builder.insertOnce(.int(1), .true, context)
            #expect(throws: RegoError(.conflict, "object keys must be unique")) {
                try builder.insertOnce(.int(1), .false, context)
            }
        }
    }

    @Test func looksIntoAnything() throws {
        try withContext { context in
            let value = try term("{\"a\": [10, {\"b\"}], \"c\": null}", context)
            #expect(value["a"][0].int == 10)
            #expect(value["a"][.int(1)][context.string("b")] == context.string("b"))
            #expect(value["a"][2].isUndefined && value["a"][-1].isUndefined)
            #expect(value["c"]["d"].isUndefined && Value.undefined["x"].isUndefined)
            #expect(value["c"].isDefined && value["c"].isTruthy && Value.false.isTruthy == false)
        }
    }

    @Test func limitsStopWork() {
        let context = Context.create(limits: Limits(work: 3, depth: 2, memory: 1 << 20))
        defer { context.destroy() }
        #expect(throws: RegoError.self) { for _ in 0..<4 { try context.tick() } }
        context.reset()
        #expect(throws: RegoError.self) { for _ in 0..<3 { try context.enter() } }
        context.reset()
        _ = (0..<200).map { _ in context.string(String(repeating: "x", count: 10_000)) }
        #expect(throws: RegoError.self) { try context.tick() }
    }
}
