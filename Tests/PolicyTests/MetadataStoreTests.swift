import JSON
import Testing

@testable import Policy

struct MetadataStoreTests {
    private func operation(_ text: String) throws -> MetadataOperation {
        try MetadataOperation(JSON.parse(text))
    }

    private func store(_ operations: [String]) throws -> MetadataStore {
        var store = MetadataStore()
        for text in operations { try store.apply(operation(text)) }
        return store
    }

    @Test func aNewGuestKnowsItsOperatingSystemOnly() {
        #expect(MetadataStore.initial.json == ["operatingsystem": ["ostype": "linux"]])
    }

    @Test(arguments: [
        // Maps: add, replace, remove; the type is "map" when it is not given.
        (["{\"name\":\"m\",\"action\":\"add\",\"key\":\"k\",\"value\":1}"], "{\"m\":{\"k\":1}}"),
        (
            ["{\"name\":\"m\",\"action\":\"update\",\"type\":\"map\",\"key\":\"k\",\"value\":1}"],
            "{\"m\":{\"k\":1}}"
        ),
        (
            [
                "{\"name\":\"m\",\"action\":\"add\",\"key\":\"k\",\"value\":1}",
                "{\"name\":\"m\",\"action\":\"update\",\"key\":\"k\",\"value\":[2]}",
            ], "{\"m\":{\"k\":[2]}}"
        ),
        (
            [
                "{\"name\":\"m\",\"action\":\"add\",\"key\":\"k\",\"value\":1}",
                "{\"name\":\"m\",\"action\":\"remove\",\"key\":\"k\"}",
                "{\"name\":\"m\",\"action\":\"remove\",\"key\":\"absent\"}",
            ], "{\"m\":{}}"
        ),
        // Sets: one of each element, by deep equality.
        (
            [
                "{\"name\":\"s\",\"type\":\"set\",\"action\":\"add\",\"value\":{\"a\":1,\"b\":2}}",
                "{\"name\":\"s\",\"type\":\"set\",\"action\":\"add\",\"value\":{\"b\":2,\"a\":1}}",
                "{\"name\":\"s\",\"type\":\"set\",\"action\":\"add\",\"value\":3}",
            ], "{\"s\":[{\"a\":1,\"b\":2},3]}"
        ),
        (
            [
                "{\"name\":\"s\",\"type\":\"set\",\"action\":\"add\",\"value\":3}",
                "{\"name\":\"s\",\"type\":\"set\",\"action\":\"remove\",\"value\":3}",
            ], "{\"s\":[]}"
        ),
    ])
    func operationsChangeTheStore(operations: [String], expected: String) throws {
        #expect(try store(operations).json == JSON.parse(expected))
    }

    @Test(arguments: [
        ("[]", "unable to load metadata object"),
        ("{}", "unable to load metadata name"),
        ("{\"name\":1,\"action\":\"add\"}", "unable to load metadata name"),
        ("{\"name\":\"m\"}", "unable to load metadata action"),
        ("{\"name\":\"m\",\"action\":\"add\",\"type\":7}", "unable to load metadata type"),
        (
            "{\"name\":\"m\",\"action\":\"add\",\"type\":\"list\",\"key\":\"k\",\"value\":1}",
            "unrecognized metadata type: list"
        ),
        ("{\"name\":\"m\",\"action\":\"add\",\"value\":1}", "missing metadata key"),
        ("{\"name\":\"m\",\"action\":\"add\",\"key\":1,\"value\":1}", "unable to load metadata key"),
        ("{\"name\":\"m\",\"action\":\"add\",\"key\":\"k\"}", "missing metadata value"),
        ("{\"name\":\"m\",\"action\":\"update\",\"key\":\"k\"}", "missing metadata value"),
        ("{\"name\":\"s\",\"action\":\"remove\",\"type\":\"set\"}", "missing metadata value"),
        ("{\"name\":\"m\",\"action\":\"drop\",\"key\":\"k\"}", "unrecognized metadata action: drop for map"),
        (
            "{\"name\":\"m\",\"action\":\"drop\",\"type\":\"set\",\"value\":1}",
            "unrecognized metadata action: drop for set"
        ),
    ])
    func brokenOperationsAreRefused(text: String, expected: String) throws {
        let error = #expect(throws: MetadataError.self) { try operation(text) }
        #expect(error?.description == expected)
    }

    @Test(arguments: [
        (
            "{\"name\":\"m\",\"action\":\"add\",\"key\":\"k\",\"value\":2}",
            "cannot add metadata value, key m[k] already exists"
        ),
        (
            "{\"name\":\"s\",\"action\":\"add\",\"key\":\"k\",\"value\":2}",
            "metadata s has the wrong type (set)"
        ),
        (
            "{\"name\":\"m\",\"type\":\"set\",\"action\":\"add\",\"value\":2}",
            "metadata m has the wrong type (map)"
        ),
        (
            "{\"name\":\"s\",\"type\":\"set\",\"action\":\"update\",\"value\":2}",
            "unrecognized metadata action: update for set"
        ),
    ])
    func aFailedOperationChangesNothing(text: String, expected: String) throws {
        var store = try store([
            "{\"name\":\"m\",\"action\":\"add\",\"key\":\"k\",\"value\":1}",
            "{\"name\":\"s\",\"type\":\"set\",\"action\":\"add\",\"value\":1}",
        ])
        let before = store
        let operation = try operation(text)
        let error = #expect(throws: MetadataError.self) { try store.apply(operation) }
        #expect(error?.description == expected)
        #expect(store == before)
    }
}
