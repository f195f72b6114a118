internal import Linux

extension ControlGroup {
    /// Where below the group a further process goes: by controller, the empty name for all others. A group that is not there
    /// is an error when it is entered.
    func placement(_ choices: [String]) throws(RuntimeError) -> [String: String] {
        var placement: [String: String] = [:]
        for choice in choices {
            let parts = choice.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let path = try inside(String(parts.last ?? ""), choice)
            if parts.count == 1 {
                placement[""] = path
                continue
            }
            if layout.isUnified {
                throw .refused(
                    "exec --cgroup: controllers cannot be told apart with cgroup v2: \"\(choice)\"")
            }
            for controller in parts[0].split(separator: ",") {
                if legacyDirectory(String(controller)) == nil {
                    throw .refused("exec --cgroup: unknown controller \(controller) in \"\(choice)\"")
                }
                placement[String(controller)] = path
            }
        }
        return placement
    }

    /// The path with a leading slash; one that climbs out is refused.
    private func inside(_ path: String, _ choice: String) throws(RuntimeError) -> String {
        let parts = path.split(separator: "/").filter { $0 != "." }
        if parts.contains("..") || path.utf8.contains(0) {
            throw .refused(
                "exec --cgroup: \"\(choice)\" is a bad sub cgroup path: `..` components are not allowed")
        }
        return parts.reduce(into: "") { $0 += "/" + $1 }
    }
}
