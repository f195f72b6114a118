import JSON
import OCI
import RegoRuntime

/// A text that is read, written and read again must be the same value.
func fuzzJSON(_ bytes: [UInt8]) {
    guard let value = try? JSON.parse(bytes) else { return }
    let again = try? JSON.parse(value.serialized())
    precondition(again == value, "a written value reads differently")
}

/// The policy's own reader must agree with itself in the same way.
func fuzzRegoJSON(_ bytes: [UInt8]) {
    let context = Context.create()
    defer { context.destroy() }
    guard let value = try? JSONReader.parse(bytes, context) else { return }
    guard let again = try? JSONReader.parse(value.json, context) else {
        preconditionFailure("a written value is not JSON")
    }
    precondition(again == value, "a written value reads differently")
}

/// A specification that is accepted must survive being written and read.
func fuzzSpecification(_ bytes: [UInt8]) {
    guard let json = try? JSON.parse(bytes), let spec = try? OCI.Spec(json: json) else { return }
    precondition((try? OCI.Spec(json: spec.json)) == spec, "a written specification reads differently")
}
