import Testing

@testable import Appliance

struct FileTableTests {
    @Test func directoriesWithModes() throws {
        let table = try FileTable(parsing: "# x\ndirectory 0755 dev\ndirectory 1777 tmp\n")
        #expect(table.directories.map(\.path) == ["dev", "tmp"])
        #expect(table.directories.map(\.mode) == [0o755, 0o1777])
    }

    @Test(arguments: [
        "file 0644 x", "directory 0855 x", "directory x", "directory 17777 x", "directory 0755 a b",
    ])
    func linesThatAreRefused(line: String) {
        #expect(throws: ApplianceError.fileTableLine(number: 1, text: line)) { try FileTable(parsing: line) }
    }
}
