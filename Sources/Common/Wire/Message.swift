package import JSON

/// The payload of a frame: one type per message, used by both ends.
package protocol Message: Equatable {
    /// Reads the message from its fields.
    init(fields: Fields) throws(WireError)
    /// Writes the message's fields.
    func write(to writer: inout FieldWriter)
}

extension Message {
    /// Reads a payload; errors name the field that is wrong.
    package init(payload: [UInt8]) throws(WireError) {
        let json: JSON
        do throws(JSONError) { json = try JSON.parse(payload) } catch { throw .syntax(error) }
        guard case .object = json else {
            throw .type(field: "(message)", expected: "an object", found: json.kind)
        }
        try self.init(fields: Fields(json))
    }

    /// The message as a JSON object.
    package var json: JSON {
        var writer = FieldWriter()
        write(to: &writer)
        return writer.json
    }

    /// The message's bytes for a frame.
    package var payload: [UInt8] { json.serialized() }
}

/// The id that addresses the virtual machine itself instead of a container.
package let nullID = "00000000-0000-0000-0000-000000000000"

/// What every request carries.
package struct RequestBase: Equatable {
    /// A container's id, or `nullID` for the virtual machine.
    package var containerID: String
    /// A GUID that the response echoes, for tracing across both ends.
    package var activityID: String

    package init(containerID: String = nullID, activityID: String = nullID) {
        self.containerID = containerID
        self.activityID = activityID
    }

    /// Whether the request is about the virtual machine and not about a container.
    package var isForVirtualMachine: Bool { containerID == nullID || containerID.isEmpty }

    package init(fields: Fields) throws(WireError) {
        containerID = try fields.string("ContainerId")
        activityID = try fields.string("ActivityId")
    }

    package func write(to writer: inout FieldWriter) {
        writer.put("ContainerId", containerID)
        writer.put("ActivityId", activityID)
    }
}

/// A request that carries the base alone: Start, ShutdownGraceful, ShutdownForced, DumpStacks, DeleteContainerState.
package struct PlainRequest: Message {
    /// What the request is about.
    package var base: RequestBase

    package init(base: RequestBase) { self.base = base }

    package init(fields: Fields) throws(WireError) { base = try RequestBase(fields: fields) }

    package func write(to writer: inout FieldWriter) { base.write(to: &writer) }
}
