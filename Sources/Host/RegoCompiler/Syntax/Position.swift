/// A place in a source text: what an error message and a comment in generated code point at.
public struct Position: Hashable, Sendable, CustomStringConvertible {
    /// Name of the source as the user gave it.
    public var file: String
    /// Line, counted from 1.
    public var line: Int
    /// Column in bytes, counted from 1.
    public var column: Int
    /// Byte offset in the source text.
    var offset: Int = 0

    /// `file:line:column`, as compilers print it.
    public var description: String { "\(file):\(line):\(column)" }

    /// File and line, to group by.
    var lineKey: String { "\(file):\(line)" }

    /// A place for syntax that the compiler itself made.
    package static let generated = Position(file: "", line: 0, column: 0)
}
