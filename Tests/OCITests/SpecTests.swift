import JSON
import OCI
import Testing

private func parse(_ text: String) throws -> JSON { try JSON.parse(Array(text.utf8)) }

@Suite struct SpecTests {
    /// A spec with a little of everything, in the order in which the writer puts it.
    static let sample = """
        {"ociVersion":"1.3.0","root":{"path":"rootfs","readonly":true},\
        "mounts":[{"destination":"/proc","type":"proc","source":"proc"},\
        {"destination":"/data","type":"bind","source":"/srv","options":["rbind","ro"],\
        "uidMappings":[{"containerID":0,"hostID":1000,"size":1}]}],\
        "process":{"terminal":true,"consoleSize":{"height":24,"width":80},\
        "user":{"uid":1,"gid":2,"umask":18,"additionalGids":[3]},"args":["sh"],"env":["A=b"],"cwd":"/",\
        "capabilities":{"bounding":["CAP_CHOWN"]},\
        "rlimits":[{"type":"RLIMIT_NOFILE","hard":18446744073709551615,"soft":1}],"noNewPrivileges":true,\
        "oomScoreAdj":-5},"hostname":"h","hooks":{"poststart":[{"path":"/bin/true","timeout":3}]},\
        "annotations":{"a":"1","b":"2"},\
        "linux":{"sysctl":{"net.ipv4.ip_forward":"1"},\
        "resources":{"devices":[{"allow":false,"access":"rwm"}],"memory":{"limit":-1},"pids":{"limit":7},\
        "unified":{"memory.high":"max"}},"cgroupsPath":"/x","namespaces":[{"type":"pid"},\
        {"type":"network","path":"/proc/1/ns/net"}],\
        "seccomp":{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":38,"architectures":["SCMP_ARCH_X86_64"],\
        "syscalls":[{"names":["read"],"action":"SCMP_ACT_ALLOW",\
        "args":[{"index":1,"value":2,"valueTwo":0,"op":"SCMP_CMP_EQ"}]}]},"maskedPaths":["/proc/kcore"],\
        "timeOffsets":{"monotonic":{"secs":-3,"nanosecs":0}}}}
        """

    @Test func writesBackWhatItRead() throws {
        let spec = try OCI.Spec(json: parse(Self.sample))
        #expect(String(decoding: spec.json.serialized(), as: UTF8.self) == Self.sample)
    }

    @Test func readsValues() throws {
        let spec = try OCI.Spec(json: parse(Self.sample))
        #expect(spec.process?.user.additionalGids == [3])
        #expect(spec.process?.rlimits.first?.hard == UInt64.max)
        #expect(spec.linux?.resources?.memory?.limit == -1)
        #expect(spec.linux?.seccomp?.syscalls.first?.args.first?.op == "SCMP_CMP_EQ")
        #expect(spec.linux?.timeOffsets["monotonic"]?.secs == -3)
        #expect(spec.mounts[1].uidMappings.first?.hostID == 1000)
    }

    @Test func ignoresUnknownFieldsAndTakesNullAsAbsent() throws {
        let spec = try OCI.Spec(
            json: parse(#"{"ociVersion":"1.0.0","future":{},"process":null,"mounts":null}"#))
        #expect(spec.process == nil)
        #expect(spec.mounts.isEmpty)
    }

    @Test func keepsTheWindowsSectionUnread() throws {
        let text = #"{"ociVersion":"1.0.0","windows":{"network":{"networkNamespace":"n"}}}"#
        let spec = try OCI.Spec(json: parse(text))
        #expect(spec.windows?["network"]?["networkNamespace"] == "n")
        #expect(String(decoding: spec.json.serialized(), as: UTF8.self) == text)
    }

    /// Documents that are wrong, with the path, what was expected and what was found.
    @Test(arguments: [
        ("[]", "document: expected an object, found an array"),
        ("{}", "ociVersion: expected a string, found nothing"),
        (#"{"ociVersion":1}"#, "ociVersion: expected a string, found the number 1"),
        (
            #"{"ociVersion":"1","process":{"args":["a",2]}}"#,
            "process.args[1]: expected a string, found the number 2"
        ),
        (
            #"{"ociVersion":"1","process":{"user":{"uid":-1}}}"#,
            "process.user.uid: expected an integer from 0 to 4294967295, found the number -1"
        ),
        (
            #"{"ociVersion":"1","process":{"user":{"uid":1.5}}}"#,
            "process.user.uid: expected an integer from 0 to 4294967295, found the number 1.5"
        ),
        (
            #"{"ociVersion":"1","process":{"user":{"gid":4294967296}}}"#,
            "process.user.gid: expected an integer from 0 to 4294967295, found the number 4294967296"
        ),
        (
            #"{"ociVersion":"1","process":{"terminal":"yes"}}"#,
            #"process.terminal: expected true or false, found the string "yes""#
        ),
        (
            #"{"ociVersion":"1","mounts":[{"type":"proc"}]}"#,
            "mounts[0].destination: expected a string, found nothing"
        ),
        (#"{"ociVersion":"1","mounts":{}}"#, "mounts: expected an array, found an object"),
        (
            #"{"ociVersion":"1","annotations":{"a":1}}"#,
            "annotations.a: expected a string, found the number 1"
        ),
        (
            #"{"ociVersion":"1","linux":{"namespaces":[{}]}}"#,
            "linux.namespaces[0].type: expected a string, found nothing"
        ),
        (
            #"{"ociVersion":"1","linux":{"seccomp":{"defaultAction":"A","syscalls":[{"names":[],"action":3}]}}}"#,
            "linux.seccomp.syscalls[0].action: expected a string, found the number 3"
        ),
        (
            #"{"ociVersion":"1","linux":{"resources":{"memory":{"limit":"1g"}}}}"#,
            "linux.resources.memory.limit: expected an integer from -9223372036854775808 "
                + #"to 9223372036854775807, found the string "1g""#
        ),
    ])
    func namesWhatIsWrong(text: String, message: String) throws {
        let json = try parse(text)
        let error = #expect(throws: OCI.DecodeError.self) { try OCI.Spec(json: json) }
        #expect(error?.description == message)
    }

    @Test func writesMapsInTheOrderOfTheirNames() {
        var spec = OCI.Spec(ociVersion: OCI.version)
        for name in ["z", "a", "m"] { spec.annotations[name] = name }
        #expect(
            String(decoding: spec.json.serialized(), as: UTF8.self)
                == #"{"ociVersion":"1.3.0","annotations":{"a":"a","m":"m","z":"z"}}"#)
    }
}
