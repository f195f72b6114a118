internal import CLinux

/// Strings in the form that execve wants; they live until the process ends or becomes something else.
final class CStringArray {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [String]) {
        count = strings.count
        pointers = .allocate(capacity: strings.count + 1)
        for (index, string) in strings.enumerated() { pointers[index] = strdup(string) }
        pointers[strings.count] = nil
    }

    deinit {
        for index in 0..<count { free(pointers[index]) }
        pointers.deallocate()
    }
}

/// This process's variables.
func ownEnvironment() -> [String] {
    var variables: [String] = []
    while let text = coffer_environment(variables.count) { variables.append(String(cString: text)) }
    return variables
}
