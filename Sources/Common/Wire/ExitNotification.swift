/// The notification that a container's init process has ended.
package struct ExitNotification: Message {
    /// What ended it.
    package enum Kind: String {
        /// The last signal the guest delivered was SIGTERM.
        case graceful = "GracefulExit"
        /// The last signal the guest delivered was SIGKILL.
        case forced = "ForcedExit"
        /// It ended by itself.
        case unexpected = "UnexpectedExit"
    }

    package var containerID: String
    /// The activity id of the container's Create.
    package var activityID: String
    package var kind: Kind
    package var result: HResult

    package init(containerID: String, activityID: String, kind: Kind) {
        self.containerID = containerID
        self.activityID = activityID
        self.kind = kind
        result = .ok
    }

    package init(fields: Fields) throws(WireError) {
        containerID = try fields.string("ContainerId")
        activityID = try fields.string("ActivityId")
        let type = try fields.string("Type")
        guard let kind = Kind(rawValue: type) else {
            throw .type(
                field: "Type", expected: "GracefulExit, ForcedExit or UnexpectedExit", found: "\"\(type)\"")
        }
        self.kind = kind
        result = HResult(rawValue: try fields.integer("Result"))
    }

    package func write(to writer: inout FieldWriter) {
        writer.put("ContainerId", containerID)
        writer.put("ActivityId", activityID)
        writer.put("Type", kind.rawValue)
        writer.put("Operation", "None")
        writer.put("Result", result.rawValue)
    }
}
