internal import JSON

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

    /// The container whose init has ended.
    package var containerID: String
    /// The activity id of the container's Create.
    package var activityID: String
    /// By the last signal that the guest delivered, not by the exit code.
    package var kind: Kind
    /// Always `ok`: the notification has no exit code, WaitForProcess answers with it.
    package var result: HResult
    /// How many of the container's processes the kernel has killed because memory ran out. It stands in the protocol's
    /// field for details, `ResultInfo`, JSON in a string, which is left out when there is nothing to say.
    package var outOfMemoryKills: UInt64

    package init(containerID: String, activityID: String, kind: Kind, outOfMemoryKills: UInt64 = 0) {
        self.containerID = containerID
        self.activityID = activityID
        self.kind = kind
        result = .ok
        self.outOfMemoryKills = outOfMemoryKills
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
        outOfMemoryKills = 0
        if try fields.string("ResultInfo").isEmpty { return }
        outOfMemoryKills = try Fields(fields.embedded("ResultInfo"), at: "ResultInfo")
            .integer("OutOfMemoryKills")
    }

    package func write(to writer: inout FieldWriter) {
        writer.put("ContainerId", containerID)
        writer.put("ActivityId", activityID)
        writer.put("Type", kind.rawValue)
        writer.put("Operation", "None")
        writer.put("Result", result.rawValue)
        if outOfMemoryKills > 0 {
            let details: JSON = ["OutOfMemoryKills": JSON(outOfMemoryKills)]
            writer.put("ResultInfo", details.text)
        }
    }
}
