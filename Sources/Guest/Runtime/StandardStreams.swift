package import Linux

/// What a container's process gets as descriptors 0, 1 and 2; an absent one is /dev/null.
package struct StandardStreams: ~Copyable {
    /// Standard input.
    package var input: Descriptor?
    /// Standard output.
    package var output: Descriptor?
    /// Standard error.
    package var error: Descriptor?

    /// The process keeps the runtime's own 0, 1 and 2; the descriptors here are then unused.
    package private(set) var areInherited = false

    /// The runtime's own streams, all three of which must be open.
    package static func inherited() -> StandardStreams {
        var streams = StandardStreams()
        streams.areInherited = true
        return streams
    }

    /// The descriptors become the runtime's; it closes its copies once the process has them.
    package init(
        input: consuming Descriptor? = nil, output: consuming Descriptor? = nil,
        error: consuming Descriptor? = nil
    ) {
        self.input = input
        self.output = output
        self.error = error
    }
}
