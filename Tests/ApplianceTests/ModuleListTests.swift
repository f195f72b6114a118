import Testing

@testable import Appliance

struct ModuleListTests {
    @Test func stagesPathsAndComments() throws {
        let list = try ModuleList(parsing: "# title\n\nearly net/vsock # first\n  late fs/erofs/erofs\n")
        #expect(
            list.entries == [
                ModuleEntry(stage: .early, path: "net/vsock"),
                ModuleEntry(stage: .late, path: "fs/erofs/erofs"),
            ])
        #expect(list.loadingOrder == "early vsock\nlate erofs\n")
    }

    @Test(arguments: [
        "sometimes a/b", "early", "early a b", "early /a", "early a//b", "early ../a", "early a b c",
        "EARLY a",
        "early a;b",
    ])
    func linesThatAreRefused(line: String) {
        #expect(throws: ApplianceError.moduleListLine(number: 2, text: line)) {
            try ModuleList(parsing: "early x\n\(line)")
        }
    }

    /// To the kernel dm-mod and dm_mod are one module.
    @Test func oneModuleTwiceIsRefused() {
        #expect(throws: ApplianceError.moduleListDuplicate("dm_mod")) {
            try ModuleList(parsing: "late md/dm-mod\nlate other/dm_mod")
        }
    }

    @Test(arguments: [
        ("", []), ("\0license=GPL\0depends=\0", []),
        ("\0depends=dm-mod,dm-bufio\0x=y\0", ["dm-mod", "dm-bufio"]),
        ("softdepends=x\0", []),
    ])
    func dependenciesComeFromTheModule(content: String, expected: [String]) {
        #expect(ModuleList.dependencies(of: Array(content.utf8)) == expected)
    }

    @Test func orderIsCheckedAgainstTheModules() throws {
        let contents = ["a/one": Array("\0depends=\0".utf8), "a/two": Array("\0depends=one,base\0".utf8)]
        let good = try ModuleList(parsing: "late a/one\nlate a/two")
        try good.checkOrder(contents: contents) { $0 == "base" }
        #expect(throws: ApplianceError.moduleOrder(module: "two", needs: "base")) {
            try good.checkOrder(contents: contents) { _ in false }
        }
        let bad = try ModuleList(parsing: "late a/two\nlate a/one")
        #expect(throws: ApplianceError.moduleOrder(module: "two", needs: "one")) {
            try bad.checkOrder(contents: contents) { $0 == "base" }
        }
    }
}
