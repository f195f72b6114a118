internal import ArgumentParser
internal import Foundation
internal import JSON

/// `cofferctl attack`: the hostile host's part, played against a running pod.
struct AttackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attack",
        abstract: "Play a hostile host's attacks against a running pod.",
        discussion: """
            Tries, through the launcher, what a host can try: other policies, altered and foreign layers, changed
            containers, unlisted processes, altered scratch sectors, broken frames. Prints what was tried, what the
            guest answered, and a verdict. Exit code 0 when everything was refused, 1 otherwise.

            The pod goes on running; use it for a test pod all the same.

              cofferctl attack --all web
              cofferctl attack unlisted-exec layer-order web --json
              cofferctl attack --list
            """)

    @Flag(help: "Play every attack.")
    var all = false

    @Flag(help: "List the attacks and end.")
    var list = false

    @Argument(help: ArgumentHelp("Names of attacks, then the pod's name.", valueName: "name... pod"))
    var words: [String] = []

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !list, words.isEmpty { throw ValidationError("no pod: cofferctl attack [NAME...|--all] POD") }
        for name in words.dropLast() where !Attack.all.contains(where: { $0.name == name }) {
            throw ValidationError("no attack named \"\(name)\"; cofferctl attack --list shows them")
        }
        if !list, !all, words.count < 2 { throw ValidationError("name the attacks, or give --all") }
    }

    func run() throws {
        if list {
            Terminal.output(
                PodTable.text(
                    [["ATTACK", "ROW", "WHAT"]] + Attack.all.map { [$0.name, "\($0.row)", $0.tried] }))
            return
        }
        let directory = try PodDirectory.existing(words[words.count - 1])
        guard directory.isAlive else { throw Failure("pod \"\(directory.name)\" is not running") }
        let context = AttackContext(directory: directory, record: try directory.readRecord())
        let chosen = all ? Attack.all : Attack.all.filter { words.dropLast().contains($0.name) }
        let bar = ProgressBar(
            "Attacking \(directory.name)", total: UInt64(chosen.count), isQuiet: output.quiet)
        var results: [(Attack, Attack.Outcome)] = []
        for attack in chosen {
            bar.advance(by: 0, note: attack.name)
            results.append((attack, play(attack, context)))
            bar.advance(by: 1)
        }
        let failures = results.filter { $0.1.verdict == .breach || $0.1.verdict == .unclear }
        bar.finish("\(results.count - failures.count) of \(results.count) without a breach")
        print(results)
        if !failures.isEmpty { throw ExitCode(1) }
    }

    /// An attack that cannot be carried out proves nothing, so it counts as unclear.
    private func play(_ attack: Attack, _ context: AttackContext) -> Attack.Outcome {
        do { return try attack.run(context) } catch {
            return .init(verdict: .unclear, answer: "\(error)")
        }
    }

    private func print(_ results: [(Attack, Attack.Outcome)]) {
        if output.json {
            let rows: [JSON] = results.map { attack, outcome in
                [
                    "attack": .string(attack.name), "row": JSON(attack.row), "tried": .string(attack.tried),
                    "answer": .string(outcome.answer), "verdict": .string(outcome.verdict.rawValue),
                ]
            }
            Terminal.output(bytes: JSON.array(rows).serialized() + [10])
        } else {
            let rows = results.map { attack, outcome in
                [
                    outcome.verdict.rawValue, "\(attack.row)", attack.name, attack.tried,
                    outcome.answer.replacing("\n", with: " "),
                ]
            }
            Terminal.output(PodTable.text([["VERDICT", "ROW", "ATTACK", "TRIED", "ANSWER"]] + rows))
        }
    }
}
