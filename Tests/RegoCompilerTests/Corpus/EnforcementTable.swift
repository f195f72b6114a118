import RegoRuntime

/// The interface's table of enforcement points: since when, and what stands in for a rule that an older policy lacks.
struct EnforcementTable {
    struct Point {
        var introduced: String
        /// JSON members of the default result.
        var defaults: [(key: String, json: String)]
        var usesFramework = false
    }

    var version = "0.12.0"
    var points: [String: Point] = [:]

    static let standard: EnforcementTable = {
        var table = EnforcementTable()
        func add(_ version: String, _ names: String, _ defaults: [(String, String)], framework: Bool = false)
        {
            for name in names.split(separator: " ") {
                table.points[String(name)] = Point(
                    introduced: version, defaults: defaults.map { (key: $0.0, json: $0.1) },
                    usesFramework: framework)
            }
        }
        let allowed = ("allowed", "true")
        let denied = ("allowed", "false")
        let env = ("env_list", "null")
        let stdio = ("allow_stdio_access", "false")
        add("0.1.0", "mount_device mount_overlay", [denied])
        add("0.1.0", "create_container", [denied, env, stdio])
        add("0.2.0", "unmount_device", [allowed])
        add("0.2.0", "exec_in_container", [allowed, env])
        add("0.3.0", "exec_external", [allowed, env, stdio])
        add("0.4.0", "shutdown_container", [allowed])
        add("0.5.0", "signal_container_process", [allowed])
        add("0.6.0", "plan9_mount plan9_unmount unmount_overlay", [allowed])
        add("0.7.0", "get_properties dump_stacks", [allowed])
        add("0.8.0", "runtime_logging", [allowed])
        add("0.9.0", "load_fragment", [denied, ("add_module", "false")])
        add("0.10.0", "scratch_mount scratch_unmount", [allowed])
        add("0.10.0", "registry_changes", [denied])
        add("0.11.0", "rw_mount_device rw_unmount_device", [], framework: true)
        add("0.11.0", "mount_cims", [denied])
        add("0.11.0", "log_provider", [allowed, ("providers_to_keep", "null")])
        add("0.11.1", "mount_blockdev unmount_blockdev", [denied])
        add("0.12.0", "load_transparency_trust_list host_network", [denied])
        return table
    }()

    /// Reads the table that some recorded tests put in place of the standard one.
    init(_ json: Value, version: String) {
        self.version = version
        for turn in 0..<json.scanCount {
            guard let name = json.key(at: turn).string else { continue }
            let entry = json.value(at: turn)
            let defaults = entry["default_results"]
            points[name] = Point(
                introduced: entry["introducedVersion"].string ?? "",
                defaults: (0..<defaults.scanCount).map {
                    (
                        key: defaults.key(at: $0).string ?? "",
                        json: String(decoding: defaults.value(at: $0).json, as: UTF8.self)
                    )
                },
                usesFramework: entry["use_framework"].isTrue)
        }
    }

    init() {}
}

/// Semantic versions as the table needs them: three numbers.
func isAtLeast(_ version: String, _ wanted: String) -> Bool {
    func numbers(_ text: String) -> [Int] {
        (text.split(separator: "-").first ?? "").split(separator: ".").map { Int($0) ?? 0 }
    }
    return !numbers(version).lexicographicallyPrecedes(numbers(wanted))
}
