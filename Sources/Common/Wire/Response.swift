internal import JSON

/// One error of a failed request, for the host's log.
package struct ErrorRecord: Equatable {
    /// The same code as the response's.
    package var result: HResult
    /// What went wrong.
    package var message: String
    /// The guest's module, "gcs".
    package var moduleName: String
    /// Source file, empty when not told.
    package var fileName: String
    /// Line in it; `UInt32.max` when unknown.
    package var line: UInt32

    package init(
        result: HResult, message: String, moduleName: String = "gcs", fileName: String = "",
        line: UInt32 = .max
    ) {
        self.result = result
        self.message = message
        self.moduleName = moduleName
        self.fileName = fileName
        self.line = line
    }

    init(fields: Fields) throws(WireError) {
        result = HResult(rawValue: try fields.integer("Result"))
        message = try fields.string("Message")
        moduleName = try fields.string("ModuleName")
        fileName = try fields.string("FileName")
        line = try fields.integer("Line")
    }

    var json: JSON {
        var writer = FieldWriter()
        writer.put("Result", result.rawValue)
        writer.put("Message", message)
        writer.put("ModuleName", moduleName)
        writer.put("FileName", fileName)
        writer.put("Line", line)
        return writer.json
    }
}

/// What every response carries, and all that a failed one does.
package struct ResponseBase: Message {
    /// 0 when the request succeeded.
    package var result: HResult
    /// The request's activity id.
    package var activityID: String
    /// What went wrong; empty on success.
    package var errorMessage: String
    /// One record for a failed request, none on success.
    package var errorRecords: [ErrorRecord]

    /// A success.
    package init(activityID: String) {
        result = .ok
        self.activityID = activityID
        errorMessage = ""
        errorRecords = []
    }

    /// A failure, with its record.
    package init(failure result: HResult, message: String, activityID: String) {
        self.result = result
        self.activityID = activityID
        errorMessage = message
        errorRecords = [ErrorRecord(result: result, message: message)]
    }

    package init(fields: Fields) throws(WireError) {
        result = HResult(rawValue: try fields.integer("Result"))
        activityID = try fields.string("ActivityId")
        errorMessage = try fields.string("ErrorMessage")
        errorRecords = try fields.list("ErrorRecords") { (element) throws(WireError) in
            try ErrorRecord(fields: element)
        }
    }

    package func write(to writer: inout FieldWriter) {
        writer.put("Result", result.rawValue)
        writer.put("ActivityId", activityID)
        writer.put("ErrorMessage", unlessEmpty: errorMessage)
        if !errorRecords.isEmpty { writer.put("ErrorRecords", .array(errorRecords.map { $0.json })) }
    }
}
