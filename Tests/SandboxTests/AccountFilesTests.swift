import OCI
import Testing

@testable import Policy
@testable import Sandbox

struct AccountFilesTests {
    private let files = AccountFiles(
        passwd: Array(
            "root:x:0:0:root:/root:/bin/sh\nnginx:x:101:102::/:\ntwice:x:5:5::/:\ntwice:x:6:6::/:\nbroken\n"
                .utf8),
        group: Array("root:x:0:\nweb:x:102:nginx\nsame:x:7:\nalso:x:7:\n".utf8))

    private func user(_ name: String, _ uid: UInt32 = 0, _ gid: UInt32 = 0, _ more: [UInt32] = []) -> OCI.User
    {
        var user = OCI.User()
        user.username = name
        user.uid = uid
        user.gid = gid
        user.additionalGids = more
        return user
    }

    @Test(arguments: [
        ("nginx", UInt32(101), "nginx", UInt32(102), "web"), ("nginx:root", 101, "nginx", 0, "root"),
        ("nginx:0", 101, "nginx", 0, "root"), ("101", 101, "nginx", 102, "web"),
        ("4000", 4000, "", 0, "root"),
        ("4000:4001", 4000, "", 4001, ""), ("0:102", 0, "root", 102, "web"),
    ])
    func namesAndNumbersAreLookedUp(
        name: String, uid: UInt32, userName: String, gid: UInt32, groupName: String
    ) throws {
        let (identity, resolved) = try files.identity(of: user(name))
        #expect(identity.user == NamedID(id: uid, name: userName))
        #expect(identity.groups == [NamedID(id: gid, name: groupName)])
        #expect(resolved.uid == uid && resolved.gid == gid && resolved.username.isEmpty)
    }

    @Test func numbersOfTheSpecificationCountWithoutAName() throws {
        let (identity, resolved) = try files.identity(of: user("", 101, 102, [0, 999]))
        #expect(identity.user.name == "nginx")
        #expect(identity.groups.map { $0.name } == ["web", "root", ""])
        #expect(resolved.additionalGids == [0, 999])
    }

    @Test(arguments: [
        ("nobody", "does not stand in /etc/passwd"), ("twice", "stands 2 times in /etc/passwd"),
        ("nginx:nobody", "stands 0 times in /etc/group"), ("nginx:7", "id 7 stands 2 times in /etc/group"),
        ("99999999999", "does not stand"), ("-1", "does not stand"), ("0x0", "does not stand"),
        (":root", "does not stand"),
    ])
    func whatCannotBeLookedUpIsRefused(name: String, expected: String) {
        let error = #expect(throws: SandboxError.self) { try files.identity(of: user(name)) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
    }

    @Test func withoutFilesOnlyNumbersWork() throws {
        let none = AccountFiles(passwd: nil, group: nil)
        #expect(try none.identity(of: user("7:8")).identity.user == NamedID(id: 7, name: ""))
        #expect(throws: SandboxError.self) { try none.identity(of: user("root")) }
    }
}
