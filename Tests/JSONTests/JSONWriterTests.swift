import JSON
import Testing

@Suite struct JSONWriterTests {
    @Test(arguments: [
        #"{"b":1,"a":[true,false,null,"x\"\\\n\u0001"]}"#, "[1e400,0.10,-0]", "\"é😀\"", "[]", "{}",
    ])
    func writesWhatItRead(text: String) throws {
        #expect(try JSON.parse(text).text == text)
    }

    @Test func sortsKeysByBytes() throws {
        let value: JSON = ["b": 1, "a": ["d": 2, "c": 3], "B": 4]
        #expect(
            String(decoding: value.serialized(sortedKeys: true), as: UTF8.self)
                == #"{"B":4,"a":{"c":3,"d":2},"b":1}"#)
    }

    @Test(arguments: [("1", 1.0), ("-2.5", -2.5), ("1e3", 1000), ("25e-1", 2.5), ("0.1", 0.1)])
    func doubles(text: String, value: Double) throws {
        guard case .number(let number) = try JSON.parse(text) else {
            Issue.record("not a number: \(text)")
            return
        }
        #expect(abs(number.double - value) <= abs(value) * 1e-15)
    }

    @Test func numbersOutsideTheirTypeAreRefused() throws {
        #expect(try JSON.parse("9223372036854775808").intValue == nil)
        #expect(try JSON.parse("9223372036854775808").uintValue == 9_223_372_036_854_775_808)
        #expect(try JSON.parse("-1").uintValue == nil)
        #expect(try JSON.parse("1.0").intValue == nil)
    }

    @Test func looksUpWithoutRegardToCase() throws {
        let object = try #require(try JSON.parse(#"{"containerid":"a","ContainerId":"b"}"#).objectValue)
        #expect(object.value(caseInsensitive: "ContainerId") == "b")
        #expect(object.value(caseInsensitive: "CONTAINERID") == "a")
        #expect(object.value(caseInsensitive: "other") == nil)
    }
}
