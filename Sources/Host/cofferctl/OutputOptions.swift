internal import ArgumentParser
internal import JSON

/// Options shared by every command that prints data: `@OptionGroup var output: OutputOptions`.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print the result as JSON on standard output.")
    var json = false

    @Flag(name: .shortAndLong, help: "No progress bar and no notes on standard error.")
    var quiet = false
}
