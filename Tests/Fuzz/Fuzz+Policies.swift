import RegoCompiler
import RegoRuntime

/// Texts that a policy may be given to read: whatever they hold, the answer is a value, undefined or an error.
private func withFuzzContext(_ body: (Context) throws(RegoError) -> Value) {
    let context = Context.create(limits: Limits(work: 2_000_000))
    defer { context.destroy() }
    do throws(RegoError) {
        let value = try body(context)
        precondition(value.isUndefined || !value.json.isEmpty)
    } catch {
        precondition(error.code != .internal, "\(error)")
    }
}

private let schemaText = """
    type Query { a(x: Int, y: [In!]): Query b: [String!]! c: U }
    interface I { a: Int } type T implements I { a: Int } union U = T | Query input In { x: Int = 1 y: In }
    type Mutation { a: Int } directive @d(x: E) repeatable on FIELD enum E { A B }
    """

/// A document of operations, and the same bytes as a schema.
func fuzzGraphQL(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    withFuzzContext { (context) throws(RegoError) in
        try Builtins.graphqlParseAndVerify(context, context.string(text), context.string(schemaText))
    }
    withFuzzContext { (context) throws(RegoError) in
        try Builtins.graphqlSchemaIsValid(context, context.string(text))
    }
    // What was read is a document too.
    withFuzzContext { (context) throws(RegoError) in
        let schema = try Builtins.graphqlParseSchema(context, context.string(text))
        if schema.isUndefined { return .undefined }
        let first = try Builtins.graphqlSchemaIsValid(context, schema)
        let second = try Builtins.graphqlSchemaIsValid(context, context.string(text))
        precondition(first == second, "a schema and its tree are judged differently")
        return first
    }
}

func fuzzTemplate(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    withFuzzContext { (context) throws(RegoError) in
        let variables = try JSONReader.parse(
            Array(#"{"a": [1, {"b": "c"}], "d": {"e": 2}, "f": ""}"#.utf8), context)
        return try Builtins.stringsRenderTemplate(context, context.string(text), variables)
    }
}

/// One document as schema of itself, and of another.
func fuzzSchema(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    withFuzzContext { (context) throws(RegoError) in
        try Builtins.jsonMatchSchema(context, context.string(text), context.string(text))
    }
    withFuzzContext { (context) throws(RegoError) in
        let document = context.string(#"{"a": [1, "b", {"c": null}], "d": 1.5}"#)
        return try Builtins.jsonMatchSchema(context, document, context.string(text))
    }
}

/// The host's reader of certificates, requests and keys.
func fuzzCertificates(_ bytes: [UInt8]) {
    let text =
        bytes.starts(with: "-----".utf8)
        ? String(decoding: bytes, as: UTF8.self)
        : String(
            decoding: bytes.withUnsafeBytes { Base64.encode($0, url: false, padded: true) }, as: UTF8.self)
    let questions: [CertificateQuestion] = [
        .certificates(text), .request(text), .rsaKey(text), .privateKeys(text),
        .chain(text, options: #"{"DNSName": "a", "KeyUsages": ["KeyUsageAny"]}"#),
        .keyPair(certificate: text, key: text),
    ]
    for question in questions {
        guard case .json(let answer) = CertificateService.answer(question) else { continue }
        withFuzzContext { (context) throws(RegoError) in
            do throws(RegoError) { return try JSONReader.parse(Array(answer.utf8), context) } catch {
                preconditionFailure("an answer is not JSON")
            }
        }
    }
}
