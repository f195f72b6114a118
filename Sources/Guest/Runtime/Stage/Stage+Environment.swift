internal import CLinux
internal import Linux

extension Stage {
    /// The program's environment: as planned, with the last of several values of a name, and with HOME if that was asked
    /// for and is missing.
    borrowing func environment(_ process: ProcessPlan) throws(RuntimeError) -> [String] {
        let wantsHome = preparation.options.completesHome
        let variables = lastValues(process.environment)
        // An empty HOME counts as none, as clients know it from runc.
        if !wantsHome || variables.contains(where: { $0.hasPrefix("HOME=") && $0.utf8.count > 5 }) {
            return variables
        }
        let others = variables.filter { !$0.hasPrefix("HOME=") }
        return others + ["HOME=" + (try homeDirectory(of: process.userID) ?? "/")]
    }

    /// The user's home according to the container's own /etc/passwd; nil when that does not say. passwd(5).
    private borrowing func homeDirectory(of user: UInt32) throws(RuntimeError) -> String? {
        let bytes: [UInt8]
        do throws(Errno) {
            // Not a FIFO that somebody would have to feed, nor a device.
            let file = try Descriptor.open("/etc/passwd", O_RDONLY | O_NONBLOCK | O_NOCTTY)
            if !(try file.status().isRegular) { return nil }
            bytes = try file.contents(limit: 1 << 22)
        } catch {
            if [ENOENT, ENOTDIR, EACCES, ELOOP].contains(error.code) { return nil }
            throw .failed(.readUserDatabase, error, detail: "/etc/passwd")
        }
        return userFields(of: user, in: bytes).flatMap { $0[5].isEmpty ? nil : $0[5] }
    }
}

/// The variables with the last of several values of a name, at the place of the first: programs would take the first.
func lastValues(_ variables: [String]) -> [String] {
    var places: [[UInt8]: Int] = [:]
    var result: [String] = []
    for variable in variables {
        let name = Array(variable.utf8.prefix { $0 != UInt8(ascii: "=") })
        if let place = places[name] {
            result[place] = variable
        } else {
            places[name] = result.count
            result.append(variable)
        }
    }
    return result
}
