import Testing

@testable import Linux

struct BlockDeviceTests {
    @Test(arguments: [
        (0, 0, "coffer-0-0"), (3, 63, "coffer-3-63"), (4_294_967_295, 10, "coffer-4294967295-10"),
    ])
    func serialsThereAndBack(controller: UInt32, lun: UInt32, text: String) throws {
        #expect(BlockDevice.serial(controller: controller, lun: lun) == text)
        let parsed = try #require(BlockDevice.parse(serial: text))
        #expect(parsed.controller == controller)
        #expect(parsed.lun == lun)
    }

    @Test(arguments: [
        "", "coffer", "coffer-", "coffer-1", "coffer-1-", "coffer--1", "coffer-01-2", "coffer-1-2-3",
        "Coffer-1-2",
        "coffer-+1-2", "coffer-1-4294967296", "coffer-1-99999999999", "coffer-1-2\n", "coffer-١-2",
    ])
    func whatIsNoSerial(text: String) {
        #expect(BlockDevice.parse(serial: text) == nil)
    }

    @Test func aDiskThatIsNotThereIsNotFound() {
        #expect(throws: Errno(19)) { try BlockDevice.find(serial: "coffer-no-such-disk", milliseconds: 0) }
    }
}
