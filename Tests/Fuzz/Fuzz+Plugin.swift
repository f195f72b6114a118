import GeneratedPolicy

/// The demo policy's plugin with requests that look like a host's: every entry point, documents of any shape made of the
/// words that the policy looks for. It may answer anything, but it must answer.
let fuzzPlugin: FuzzTarget = { bytes in
    var text = RequestText(bytes)
    let request = text.request()
    let answer = makeResponder()(request)
    guard answer.first == UInt8(ascii: "{"), answer.last == UInt8(ascii: "}") else {
        fatalError(
            "\(String(decoding: request, as: UTF8.self)) was answered with \(String(decoding: answer, as: UTF8.self))"
        )
    }
    // As they are, too.
    _ = makeResponder()(bytes)
}

/// JSON that bytes choose.
private struct RequestText {
    private static let points = [
        "mount_device", "rw_mount_device", "unmount_device", "mount_overlay", "unmount_overlay",
        "create_container",
        "exec_in_container", "exec_external", "shutdown_container", "signal_container_process", "plan9_mount",
        "load_fragment", "scratch_mount", "reason", "get_properties", "host_network", "registry_changes",
        "update_constraints",
    ]
    private static let words = [
        "containerID", "argList", "envList", "workingDir", "user", "groups", "umask", "capabilities",
        "mounts",
        "devices", "privileged", "seccompProfileSHA256", "noNewPrivileges", "target", "deviceHash",
        "mountPathRegex",
        "layerPaths", "matches", "started", "metadata", "rule", "create_container", "id", "name",
        "destination", "type",
        "source", "options", "bounding", "effective", "inheritable", "permitted", "ambient", "overlayTargets",
        "command",
        "env_rules", "pattern", "strategy", "required", "re2", "string", "layers", "allow_elevated",
        "working_dir",
        "issuers", "feeds", "containers", "fragments", "svn", "issuer", "feed", "signal", "isInitProcess",
        "sandboxDir",
        "PATH=/usr/bin", "([a-z]*)*$", "(", "sandbox://", "0022", "0", "/", "a", "",
    ]

    private let bytes: [UInt8]
    private var position = 0
    private var left = 400

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private mutating func next() -> Int {
        guard position < bytes.count else { return 0 }
        position += 1
        return Int(bytes[position - 1])
    }

    private mutating func word() -> String {
        let word = Self.words[next() % Self.words.count]
        return "\"\(word)\""
    }

    mutating func request() -> [UInt8] {
        let point = Self.points[next() % Self.points.count]
        let input = object(
            ["containerID", "target", "envList", "argList", "mounts", "capabilities", "rule"], 4)
        let metadata = object(["matches", "started", "devices", "overlayTargets", "issuers"], 5)
        let data = #"{"metadata":\#(metadata),"sandboxPrefix":"sandbox://","defaultMounts":\#(value(3))}"#
        return Array(#"{"query":"policy/\#(point)","input":\#(input),"data":\#(data)}"#.utf8)
    }

    /// An object that has most of the names, and one more.
    private mutating func object(_ names: [String], _ depth: Int) -> String {
        var members: [String: String] = [:]
        for name in names where next() % 8 != 0 { members["\"\(name)\""] = value(depth) }
        members[word()] = value(depth)
        return "{" + members.map { "\($0.key):\($0.value)" }.sorted().joined(separator: ",") + "}"
    }

    private mutating func value(_ depth: Int) -> String {
        left -= 1
        let choice = next()
        if depth == 0 || left < 0 { return choice % 3 == 0 ? "true" : word() }
        switch choice % 10 {
        case 0: return "null"
        case 1: return choice % 20 < 10 ? "true" : "false"
        case 2: return String(choice * 1_000_003 - 500)
        case 3: return "1e\(choice)"
        case 4, 5: return word()
        case 6, 7: return "[" + (0..<(choice % 4)).map { _ in value(depth - 1) }.joined(separator: ",") + "]"
        default:
            var members: [String: String] = [:]
            for _ in 0..<(choice % 6) { members[word()] = value(depth - 1) }
            return "{" + members.map { "\($0.key):\($0.value)" }.sorted().joined(separator: ",") + "}"
        }
    }
}
