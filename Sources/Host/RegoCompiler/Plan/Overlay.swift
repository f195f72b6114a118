/// What `with` replaces while a function is planned, as far as it changes the plan itself.
struct Overlay {
    /// Paths below `data` that are plain documents now, whatever rules say.
    var shadowed: [[String]] = []
    /// Functions that mean something else, by dotted name.
    var functions: [String: Replacement] = [:]

    enum Replacement: Equatable {
        case function(String)
        /// A value, found in that slot.
        case slot(Int)
    }

    var isEmpty: Bool { shadowed.isEmpty && functions.isEmpty }

    func isShadowed(_ path: [String]) -> Bool {
        shadowed.contains { path.count >= $0.count && Array(path.prefix($0.count)) == $0 }
    }

    var signature: String {
        let paths = Set(shadowed.map { $0.joined(separator: ".") }).sorted()
        let names = functions.sorted { $0.key < $1.key }.map { entry -> String in
            switch entry.value {
            case .function(let name): "\(entry.key)=\(name)"
            case .slot(let number): "\(entry.key)=#\(number)"
            }
        }
        return (paths + names).joined(separator: ",")
    }
}
