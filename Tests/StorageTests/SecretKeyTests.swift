import Testing

@testable import Storage

struct SecretKeyTests {
    @Test func keysAreRandomAndOfTheSizeAskedFor() throws {
        let one = try SecretKey.make(count: 96)
        let two = try SecretKey.make(count: 96)
        let first = Array(UnsafeRawBufferPointer(start: one.bytes, count: one.count))
        let second = Array(UnsafeRawBufferPointer(start: two.bytes, count: two.count))
        #expect(first.count == 96)
        #expect(first != second)
        #expect(first.contains { $0 != 0 })
        one.forget()
        two.forget()
    }

    @Test(arguments: [0, -1, 4097])
    func impossibleSizesAreRefused(count: Int) {
        #expect(throws: StorageError.self) {
            let key = try SecretKey.make(count: count)
            key.forget()
        }
    }
}
