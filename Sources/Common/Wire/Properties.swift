internal import JSON

/// GetProperties: ask for a container's processes and statistics.
package struct GetPropertiesRequest: Message {
    /// Names a container or a pod; there are no properties of the virtual machine.
    package var base: RequestBase
    /// Names of the wanted properties; unknown names are ignored.
    package var propertyTypes: [String]

    package init(base: RequestBase, propertyTypes: [String]) {
        self.base = base
        self.propertyTypes = propertyTypes
    }

    package init(fields: Fields) throws(WireError) {
        base = try RequestBase(fields: fields)
        propertyTypes = []
        if try fields.string("Query").isEmpty { return }
        propertyTypes = try Fields(fields.embedded("Query"), at: "Query").strings("PropertyTypes")
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        let query: JSON = ["PropertyTypes": JSON(propertyTypes)]
        writer.put("Query", query.text)
    }
}

/// The answer to GetProperties.
package struct GetPropertiesResponse: Message {
    /// All there is of a failed one.
    package var base: ResponseBase
    /// JSON text: `ProcessList` and `LCOWMetrics`.
    package var properties: String

    package init(base: ResponseBase, properties: String) {
        self.base = base
        self.properties = properties
    }

    package init(fields: Fields) throws(WireError) {
        base = try ResponseBase(fields: fields)
        properties = try fields.string("Properties")
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        writer.put("Properties", properties)
    }
}

/// The answer to DumpStacks.
package struct DumpStacksResponse: Message {
    /// All there is of a failed one.
    package var base: ResponseBase
    /// A report for a person; its form is not fixed.
    package var guestStacks: String

    package init(base: ResponseBase, guestStacks: String) {
        self.base = base
        self.guestStacks = guestStacks
    }

    package init(fields: Fields) throws(WireError) {
        base = try ResponseBase(fields: fields)
        guestStacks = try fields.string("GuestStacks")
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        writer.put("GuestStacks", guestStacks)
    }
}
