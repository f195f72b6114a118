import Foundation
import Testing

@Suite("The cofferctl shell", .enabled(if: Cofferctl.isBuilt, "cofferctl is not built next to the tests"))
struct ShellTests {
    /// All commands as `cofferctl help` and its groups list them.
    private static func commands(_ path: [String] = []) throws -> [[String]] {
        let help = try run(path + ["--help"]).output
        guard let list = help.components(separatedBy: "SUBCOMMANDS:\n").dropFirst().first else {
            return [path]
        }
        var all = path.isEmpty ? [] : [path]
        for line in list.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty { break }
            guard line.hasPrefix("  "), !line.hasPrefix("   "), let name = line.split(separator: " ").first
            else { continue }
            all += try commands(path + [String(name)])
        }
        return all
    }

    private static func run(_ arguments: [String]) throws -> Cofferctl.Result {
        switch arguments.count {
        case 1: try Cofferctl.run(arguments[0])
        case 2: try Cofferctl.run(arguments[0], arguments[1])
        case 3: try Cofferctl.run(arguments[0], arguments[1], arguments[2])
        default: try Cofferctl.run(arguments[0], arguments[1], arguments[2], arguments[3])
        }
    }

    @Test("Every command has help with an overview, and leaf commands an example")
    func help() throws {
        let commands = try Self.commands()
        #expect(commands.contains(["layers", "build"]) && commands.contains(["policy", "generate"]))
        for command in commands {
            let help = try Self.run(command + ["--help"])
            #expect(help.status == 0 && help.output.hasPrefix("OVERVIEW: "), "\(command)")
            if !help.output.contains("SUBCOMMANDS:") {
                #expect(help.output.contains("cofferctl \(command.joined(separator: " "))"), "\(command)")
            }
        }
    }

    @Test("The manual page has every command")
    func manual() throws {
        let page = try Cofferctl.run("manual").output
        #expect(page.hasPrefix(".TH COFFERCTL 1"))
        for command in try Self.commands() {
            #expect(page.contains(".SS cofferctl \(command.joined(separator: " "))\n"), "\(command)")
        }
    }

    @Test("Completions for every shell", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) throws {
        let result = try Cofferctl.run("completions", shell)
        #expect(result.status == 0)
        #expect(result.output.contains("layers") && result.output.contains("generate"))
    }

    @Test("The version")
    func version() throws {
        let result = try Cofferctl.run("--version")
        #expect(result.status == 0 && result.output.split(separator: ".").count == 3)
    }

    @Test("Exit codes: wrong usage")
    func usage() throws {
        #expect(try Cofferctl.run("--nonsense").status == 64)
        #expect(try Cofferctl.run("layers", "build").status == 64)
        let unknown = try Cofferctl.run("completions", "csh")
        #expect(unknown.status == 2)
        #expect(unknown.errors == "cofferctl: unknown shell \"csh\", expected one of: zsh, bash, fish\n")
        #expect(unknown.output.isEmpty)
    }

    @Test(
        "Limits that make no sense are refused before a pod is looked for",
        arguments: [
            ([], "nothing to change"), (["--memory", "0"], "--memory: a quantity"),
            (["--memory", "much"], "--memory: a quantity"), (["--cpus", "-1"], "--cpus"),
            (["--pids", "many"], "--pids: a quantity"), (["--cpu-shares", "1"], "--cpu-shares: 2 to 262144"),
        ])
    func limits(options: [String], message: String) throws {
        let result = try Cofferctl.run(["update", "web", "nginx"] + options)
        #expect(result.status == 64)
        #expect(result.errors.contains(message), "\(result.errors)")
    }

    @Test("Commands for a pod that is not there")
    func absentPods() throws {
        for arguments in [["stats", "no-such-pod"], ["update", "no-such-pod", "a", "--pids", "5"]] {
            let result = try Cofferctl.run(arguments)
            #expect(result.status == 1)
            #expect(result.errors.hasPrefix("cofferctl: no pod named \"no-such-pod\""))
        }
        #expect(try Cofferctl.run("stats", "web", "--interval", "0").status == 64)
    }

    @Test("Exit codes: failure, with what and where")
    func failure() throws {
        let directory = try Cofferctl.Directory()
        let result = try Cofferctl.run("layers", "build", "absent.tar", "-o", "out", "-q", in: directory.path)
        #expect(result.status == 1)
        #expect(result.errors == "cofferctl: open absent.tar: No such file or directory\n")
        let policy = try Cofferctl.run(
            "policy", "generate", "absent.yaml", "--images", "x", in: directory.path)
        #expect(policy.status == 1 && policy.errors.hasPrefix("cofferctl: absent.yaml: cannot be read"))
    }
}
