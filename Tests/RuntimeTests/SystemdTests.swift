import OCI
import Testing

@testable import Runtime

struct SystemdTests {
    /// The bytes were made by hand from the specification's text.
    @Test func callsAreInTheWireFormat() {
        var body = DBusWriter()
        body.put("x")
        let call = DBusCall(
            serial: 1, path: "/a", interface: "b.c", destination: "d.e", member: "F", signature: "s",
            body: body.bytes)
        let hexadecimal = call.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(
            hexadecimal
                == "6c01000106000000010000004700000001016f00020000002f610000000000000201730003000000622e630000000000030173000100000046000000000000000601730003000000642e6500000000000801670001730000010000007800"
        )
    }

    @Test func variantsAndArraysAreAligned() {
        var writer = DBusWriter()
        writer.put(byte: 1)
        writer.put(DBusValue.numbers([7]))
        // A byte; the signature; to 4: the length, the number.
        #expect(writer.bytes == [1, 2, 0x61, 0x75, 0, 0, 0, 0, 4, 0, 0, 0, 7, 0, 0, 0])
        var array = DBusWriter()
        array.array(alignment: 8) { $0.put(UInt64(1)) }
        #expect(array.bytes == [8, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    }

    /// An answer has the form of a call; the kind and the serial number make the difference.
    @Test func answersAreRead() throws {
        var body = DBusWriter()
        body.put(UInt32(5))
        for text in ["/job/5", "a.scope", "done"] { body.put(text) }
        var bytes = DBusCall(
            serial: 9, path: "/a", interface: "b.c", destination: "d.e", member: "JobRemoved",
            signature: "uoss",
            body: body.bytes
        ).bytes
        bytes[1] = DBusReply.Kind.signal.rawValue
        let reply = try #require(DBusReply(bytes))
        #expect(reply.kind == .signal)
        #expect(reply.member == "JobRemoved")
        #expect(reply.texts == ["/job/5", "a.scope", "done"])
        // What is cut off is no message; what is changed is another one or none, and never read beyond its end.
        for count in 0..<bytes.count { #expect(DBusReply(Array(bytes[..<count])) == nil) }
        for place in bytes.indices {
            var changed = bytes
            changed[place] = 0xff
            let other = DBusReply(changed)
            #expect(place > 1 && !(4..<8).contains(place) && !(12..<16).contains(place) || other == nil)
        }
    }

    @Test(arguments: [
        ("", "coffer-c.scope", "/system.slice/coffer-c.scope"),
        ("machine.slice:libpod:c", "libpod-c.scope", "/machine.slice/libpod-c.scope"),
        ("a-b-c.slice:p:n", "p-n.scope", "/a.slice/a-b.slice/a-b-c.slice/p-n.scope"),
        ("-.slice::n", "n.scope", "/n.scope"), (":p:n", "p-n.scope", "/system.slice/p-n.scope"),
    ])
    func scopesHaveNamesAndPaths(text: String, unit: String, path: String) throws {
        let scope = try SystemdScope(text, id: "c")
        #expect(scope.unit == unit)
        #expect(scope.path == path)
    }

    @Test(arguments: [
        "/a/b", "a:b", "a.slice:b:", "a:b:c", "a/b.slice:c:d", "a--b.slice:c:d", "a.slice:b:../c",
        "a.slice:b c:d",
    ])
    func whatIsNoScopeIsRefused(text: String) {
        #expect(throws: RuntimeError.self) { _ = try SystemdScope(text, id: "c") }
    }

    @Test func limitsBecomeProperties() {
        var resources = OCI.Resources()
        resources.memory = OCI.MemoryLimits()
        resources.memory?.limit = 1 << 20
        resources.memory?.swap = 3 << 20
        resources.pids = OCI.PidsLimit()
        resources.pids?.limit = -1
        resources.cpu = OCI.CPULimits()
        resources.cpu?.shares = 1024
        resources.cpu?.quota = 50_001
        let limits = SystemdScope.limits(resources)
        #expect(
            limits.map { $0.0 } == [
                "MemoryMax", "MemorySwapMax", "TasksMax", "CPUWeight", "CPUQuotaPerSecUSec",
            ])
        #expect(
            limits.map { $0.1 } == [
                .number(1 << 20), .number(2 << 20), .number(.max), .number(100), .number(510_000),
            ])
    }
}
