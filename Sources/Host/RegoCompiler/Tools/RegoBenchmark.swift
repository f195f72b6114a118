internal import RegoRuntime

/// Measures one document of a policy in the forms in which it can run.
package struct RegoBenchmark {
    /// Microseconds per evaluation in one form.
    package struct Figure {
        /// The form, for readers.
        package var packaging: String
        /// Of the batches measured.
        package var median: Double
        /// Of the batches measured: the figure that other load disturbs least.
        package var least: Double
    }

    /// `policy/allow`
    let entrypoint: String
    let modules: CompiledModules
    let data: [UInt8]
    let input: [UInt8]?
    let seconds: Double

    /// - Parameters:
    ///   - entrypoint: the document to ask for, such as `policy/allow`.
    ///   - data: JSON text of an object.
    ///   - input: JSON text; `nil` for no input.
    ///   - seconds: how long each form is measured.
    package init(
        entrypoint: String, modules: CompiledModules, data: [UInt8], input: [UInt8]?, seconds: Double
    ) {
        self.entrypoint = entrypoint
        self.modules = modules
        self.data = data
        self.input = input
        self.seconds = seconds
    }

    /// All forms, one after another.
    ///
    /// - Throws: when they do not give the same answer, and what compiling and running throw.
    package func run(_ builder: PluginBuilder) throws -> [Figure] {
        let (expected, interpreted) = try evaluator()
        let package = try PolicyPackage(modules, entrypoints: [entrypoint])
        let piped = try plugin(package, builder, expected)
        return [interpreted, piped] + (try native(package, builder, expected))
    }

    private func evaluator() throws -> (answer: String, Figure) {
        let evaluator = try Evaluator(CompiledPlan(modules, entrypoints: [entrypoint]))
        // The documents outlive the evaluator's queries.
        let documents = Context.create()
        defer { documents.destroy() }
        let base = try JSONReader.parse(data, documents)
        let question = try input.map { try JSONReader.parse($0, documents) } ?? .undefined
        Constants.seal(base)
        Constants.seal(question)
        func ask() throws -> Value {
            evaluator.reset()
            return try evaluator.evaluate(entrypoint: entrypoint, input: question, data: base)
        }
        let answer = try ask()
        let text = answer.isUndefined ? "{}" : "{\"result\":\(String(decoding: answer.json, as: UTF8.self))}"
        let samples = try Self.samples(seconds) { _ = try ask() }
        return (text, Self.figure("evaluator: decision", samples))
    }

    private func plugin(
        _ package: PolicyPackage, _ builder: PluginBuilder, _ expected: String
    ) throws -> Figure {
        let program = try NativeProgram(package, builder: builder)
        try Self.compare(program.answer(request), expected)
        let samples = try Self.samples(seconds) { _ = try program.answer(request) }
        return Self.figure("plugin: request through a pipe", samples)
    }

    private func native(
        _ package: PolicyPackage, _ builder: PluginBuilder, _ expected: String
    ) throws -> [Figure] {
        let program = try NativeProgram(package, builder: builder, main: PluginTemplate.benchmark)
        try program.send(Array(entrypoint.utf8))
        try program.send(data)
        try program.send(input ?? [])
        try program.send(request)
        try program.send(Array(String(Int(seconds * 1000)).utf8))
        try Self.compare(program.receive(), expected)
        return try ["native: request", "native: decision"].map {
            let text = String(decoding: try program.receive(), as: UTF8.self)
            let numbers = text.split(separator: " ").compactMap { Double($0) }
            guard numbers.count == 2 else {
                throw RegoError(.internal, "the program measured nothing: \(text)")
            }
            return Figure(packaging: $0, median: numbers[0] / 1000, least: numbers[1] / 1000)
        }
    }

    private var request: [UInt8] { NativeProgram.request(entrypoint, data: data, input: input) }

    private static func compare(_ answer: [UInt8], _ expected: String) throws {
        let text = String(decoding: answer, as: UTF8.self)
        guard text == expected else {
            throw RegoError(
                .internal, "the forms disagree: the evaluator answers \(expected), this one \(text)")
        }
    }

    /// Nanoseconds per turn, of batches that take about a millisecond.
    private static func samples(_ seconds: Double, _ body: () throws -> Void) throws -> [Double] {
        let clock = ContinuousClock()
        func time(_ turns: Int) throws -> Double {
            let start = clock.now
            for _ in 0..<turns { try body() }
            return (clock.now - start) / .nanoseconds(1)
        }
        let turns = max(1, Int(1_000_000 / max(try time(3) / 3, 1)))
        var samples: [Double] = []
        let end = clock.now + .seconds(seconds)
        while samples.count < 5 || clock.now < end { samples.append(try time(turns) / Double(turns)) }
        return samples.sorted()
    }

    private static func figure(_ packaging: String, _ sorted: [Double]) -> Figure {
        Figure(packaging: packaging, median: sorted[sorted.count / 2] / 1000, least: sorted[0] / 1000)
    }
}
