import RegoRuntime
import Testing

/// The text of a policy's constants, with and without shared terms.
struct ConstantsTests {
    @Test func sharedTermsStandWhereTheyAreNamed() throws {
        let constants = try Constants(#"@[[1,"a"],{"k":@0},{@0,2}] [@1,[@0,@0],@2,{@0:@1},5]"#)
        #expect(constants.count == 5)
        #expect(
            (0..<5).map { constants[$0].description } == [
                #"{"k": [1, "a"]}"#, #"[[1, "a"], [1, "a"]]"#, #"{2, [1, "a"]}"#,
                #"{[1, "a"]: {"k": [1, "a"]}}"#, "5",
            ])
        #expect(constants[9].isUndefined)
    }

    @Test func aPlainListIsEnough() throws {
        let constants = try Constants(#"[{"b":1,"a":[{}]}]"#)
        #expect(constants[0].description == #"{"a": [{}], "b": 1}"#)
    }

    @Test(arguments: [
        "", "{}", "1", "[1] [2]", "@[1]", "@[1][@1]", "@[@0][1]", "@[1][@]", "@[1][@-1]",
        "@[1][@99999999999999999999]",
        "@[1,][@0]", "@[1[@0]", "@1[1]", "[@0]", "@[1][@0",
    ])
    func refuses(_ text: String) {
        #expect(throws: RegoError.self) {
            var text = text
            _ = try text.withUTF8 { try Constants(UnsafeRawBufferPointer($0)) }
        }
    }
}
