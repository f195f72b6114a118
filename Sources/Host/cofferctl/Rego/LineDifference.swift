/// What changes between two texts, line by line, in the form of `diff -u` without its numbers.
enum LineDifference {
    static func text(_ old: String, _ new: String, file: String) -> String {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false)
        let changes = after.difference(from: before)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in changes {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var out = "--- \(file)\n+++ \(file) (formatted)\n"
        var old = 0
        var new = 0
        while old < before.count || new < after.count {
            if old < before.count, removed.contains(old) {
                out += "-\(before[old])\n"
                old += 1
            } else if new < after.count, inserted.contains(new) {
                out += "+\(after[new])\n"
                new += 1
            } else {
                let isNear = (-3...3).contains { removed.contains(old + $0) || inserted.contains(new + $0) }
                if isNear { out += " \(before[old])\n" }
                old += 1
                new += 1
            }
        }
        return out
    }
}
