/// Fields of one response name must be the same field with the same arguments (specification, section 5.3.2).
struct GraphQLMerging {
    private let validator: GraphQLValidator
    private var context: Context { validator.context }

    private struct Entry {
        var field: Value
        var parent: GraphQLType
        var definition: Value
    }

    init(_ validator: GraphQLValidator) { self.validator = validator }

    /// - Throws: the first conflict. Fragments must be free of cycles, and all fields known.
    mutating func check() throws(GraphQLFailure) {
        for operation in validator.operations {
            guard let root = validator.schema.root(operation["Operation"].graphQLText) else { continue }
            var entries: [Entry] = []
            var seen = unseen
            try collect(operation["SelectionSet"], root, &entries, &seen)
            try check(entries)
        }
    }

    /// No fragment has been taken in yet: each counts once where fields are gathered.
    private var unseen: [Bool] { Array(repeating: false, count: validator.fragments.count) }

    private func collect(
        _ selections: Value, _ type: GraphQLType, _ entries: inout [Entry], _ seen: inout [Bool]
    ) throws(GraphQLFailure) {
        do throws(RegoError) { try context.enter() } catch { throw .stopped(error) }
        defer { context.leave() }
        for selection in selections.arrayElements {
            try validator.tick()
            if selection["TypeCondition"].isDefined {
                let inner = validator.schema.type(selection["TypeCondition"]) ?? type
                try collect(selection["SelectionSet"], inner, &entries, &seen)
            } else if selection["Alias"].isDefined {
                let definition = type.field(selection["Name"]) ?? .undefined
                entries.append(Entry(field: selection, parent: type, definition: definition))
            } else if let number = validator.fragmentNumber(selection["Name"]), !seen[number] {
                seen[number] = true
                let fragment = validator.fragments[number]
                guard let inner = validator.schema.type(fragment["TypeCondition"]) else { continue }
                try collect(fragment["SelectionSet"], inner, &entries, &seen)
            }
        }
    }

    /// Groups by response name, compares within each group, and goes on with what the group selects.
    private func check(_ entries: [Entry]) throws(GraphQLFailure) {
        do throws(RegoError) { try context.enter() } catch { throw .stopped(error) }
        defer { context.leave() }
        var numbers = ObjectBuilder()
        var groups: [[Entry]] = []
        for entry in entries {
            try validator.tick()
            let alias = entry.field["Alias"]
            if let number = numbers.value(of: alias).int {
                groups[number].append(entry)
            } else {
                numbers.insert(alias, .int(groups.count), context)
                groups.append([entry])
            }
        }
        for group in groups {
            for (number, entry) in group.enumerated() {
                for other in group[..<number] { try compare(entry, other) }
            }
            var inner: [Entry] = []
            var seen = unseen
            for entry in group {
                let type = GraphQLTypeReference(value: entry.definition["Type"])
                guard let found = validator.schema.type(type.name), found.kind.isComposite else { continue }
                try collect(entry.field["SelectionSet"], found, &inner, &seen)
            }
            if !inner.isEmpty { try check(inner) }
        }
    }

    private func compare(_ left: Entry, _ right: Entry) throws(GraphQLFailure) {
        try validator.tick(4)
        func conflict(_ why: String) -> GraphQLFailure {
            let alias = left.field["Alias"].graphQLText
            return validator.failure(
                "Fields \"\(alias)\" conflict because \(why). Use different aliases on the fields to fetch both if "
                    + "this was intentional.", left.field)
        }
        let a = GraphQLTypeReference(value: left.definition["Type"])
        let b = GraphQLTypeReference(value: right.definition["Type"])
        if left.definition.isDefined, right.definition.isDefined, !haveSameShape(a, b) {
            throw conflict("they return conflicting types \(a.text) and \(b.text)")
        }
        // Objects of different types never meet: only the shape of the answer matters.
        if left.parent !== right.parent, left.parent.kind == .object, right.parent.kind == .object { return }
        guard left.field["Name"] == right.field["Name"] else {
            throw conflict(
                "\(right.field["Name"].graphQLText) and \(left.field["Name"].graphQLText) are different fields"
            )
        }
        guard try haveSameArguments(left.field, right.field) else {
            throw conflict("they have differing arguments")
        }
    }

    private func haveSameShape(_ a: GraphQLTypeReference, _ b: GraphQLTypeReference) -> Bool {
        if a.isRequired != b.isRequired { return false }
        if let x = a.element {
            guard let y = b.element else { return false }
            return haveSameShape(x, y)
        }
        guard b.element == nil else { return false }
        if a.name == b.name { return true }
        let kinds = [a, b].map { validator.schema.type($0.name)?.kind.isComposite ?? false }
        return kinds[0] && kinds[1]
    }

    private func haveSameArguments(_ left: Value, _ right: Value) throws(GraphQLFailure) -> Bool {
        let a = left["Arguments"].arrayElements
        let b = right["Arguments"].arrayElements
        try validator.tick(a.count * b.count + 1)
        guard a.count == b.count else { return false }
        for argument in a {
            guard let other = b.first(where: { $0["Name"] == argument["Name"] }),
                try isSame(argument["Value"], other["Value"])
            else { return false }
        }
        return true
    }

    private func isSame(_ left: Value, _ right: Value) throws(GraphQLFailure) -> Bool {
        try validator.tick()
        guard left["Kind"] == right["Kind"], left["Raw"] == right["Raw"] else { return false }
        let a = left["Children"].arrayElements
        let b = right["Children"].arrayElements
        guard a.count == b.count else { return false }
        for (x, y) in zip(a, b) {
            guard x["Name"] == y["Name"], try isSame(x["Value"], y["Value"]) else { return false }
        }
        return true
    }
}
