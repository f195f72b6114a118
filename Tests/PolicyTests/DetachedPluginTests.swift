import Foundation
import JSON
import Testing

@testable import Policy

/// A C compiler of this machine.
private let staticCompiler = ["clang", "gcc", "cc"].first { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
}

/// Compiled policies as child processes, made from a few lines of C on the spot. Skipped where no static C program can
/// be built.
@Suite(
    .serialized,
    .enabled(if: staticCompiler != nil, "needs clang or cc with a static C library"))
struct DetachedPluginTests {
    /// A static program whose `answer` writes the answer to one request.
    private func build(_ body: String) throws -> [UInt8] {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let source = directory.appendingPathComponent("plugin.c")
        let program = directory.appendingPathComponent("plugin")
        let text = """
            #define _GNU_SOURCE
            #include <fcntl.h>
            #include <signal.h>
            #include <stdint.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <sys/mman.h>
            #include <sys/random.h>
            #include <sys/socket.h>
            #include <sys/syscall.h>
            #include <unistd.h>
            static char request[1 << 20];
            static void say(const char *text) {
                uint32_t size = strlen(text);
                if (write(1, &size, 4) != 4 || write(1, text, size) != size) _exit(3);
            }
            static void answer(int count) { \(body) }
            int main(void) {
                for (int count = 0;; count++) {
                    uint32_t size, have = 0;
                    if (read(0, &size, 4) != 4 || size > sizeof request) return 0;
                    while (have < size) {
                        ssize_t got = read(0, request + have, size - have);
                        if (got <= 0) return 1;
                        have += got;
                    }
                    answer(count);
                }
            }
            """
        try text.write(to: source, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            try #require(staticCompiler), "-O1", "-static", "-w", "-o", program.path, source.path,
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return Array(try Data(contentsOf: program))
    }

    /// What a policy is asked when it is put in force.
    private let version =
        "if (strstr(request, \"api_version\")) { say(\"{\\\"result\\\":\\\"0.12.0\\\"}\"); return; }"
        + "if (strstr(request, \"share_process_namespace\")) { say(\"{}\"); return; }"

    @Test func itAnswers() throws {
        let executable = try build(
            version
                + "char seed[8]; if (getrandom(seed, 8, 0) != 8) _exit(4); char *memory = malloc(1 << 22); memset(memory, 1, 1 << 22);"
                + "say(\"{\\\"result\\\":{\\\"allowed\\\":true}}\"); free(memory);")
        let engine = PolicyEngine()
        try engine.setDetached(executable: executable, hostData: Digest.sha256(executable))
        for _ in 0..<50 { _ = try engine.dumpStacks() }
    }

    /// What ends a plugin: everything is refused from then on.
    @Test(arguments: [
        // A crash.
        ("__builtin_trap();", "the policy plugin ended"),
        // An end without an answer.
        ("_exit(0);", "the policy plugin ended"),
        // Half an answer.
        ("uint32_t size = 100; write(1, &size, 4); _exit(0);", "the policy plugin ended"),
        // An answer that is too long.
        ("uint32_t size = 0x7fffffff; write(1, &size, 4);", "over the limit"),
        // No JSON.
        ("say(\"yes\");", "malformed"),
        // Files, sockets, programs, executable memory, other processes: the filter kills.
        ("open(\"/etc/passwd\", O_RDONLY); say(\"{}\");", "the policy plugin ended"),
        ("socket(AF_INET, SOCK_STREAM, 0); say(\"{}\");", "the policy plugin ended"),
        ("fork(); say(\"{}\");", "the policy plugin ended"),
        (
            "mmap(0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); say(\"{}\");",
            "the policy plugin ended"
        ),
        ("kill(1, 0); say(\"{}\");", "the policy plugin ended"),
        (
            "char *none[] = { 0 }; syscall(SYS_execveat, 3, \"\", none, none, AT_EMPTY_PATH); say(\"no\");",
            "malformed"
        ),
        ("execve(\"/bin/true\", 0, 0); say(\"{}\");", "the policy plugin ended"),
    ])
    func whatEndsAPlugin(body: String, expected: String) throws {
        let executable = try build(version + body)
        let engine = PolicyEngine()
        try engine.setDetached(executable: executable, hostData: Digest.sha256(executable))
        let first = #expect(throws: PolicyError.self) { _ = try engine.dumpStacks() }
        let decision = try decision(in: deniedText(first))
        #expect(decision["policyError"]?.stringValue?.contains(expected) == true, "\(decision.text)")
        let second = #expect(throws: PolicyError.self) { _ = try engine.dumpStacks() }
        guard case .dead? = second else {
            Issue.record("the plugin is asked again: \(second?.description ?? "no error")")
            return
        }
    }

    /// Only standard input and output are open, both the one socket.
    @Test func ithasNoOtherDescriptors() throws {
        let executable = try build(
            version
                + "for (int i = 2; i < 64; i++) if (write(i, \"\", 0) == 0) { say(\"{\\\"result\\\":1}\"); return; }"
                + "say(\"{\\\"result\\\":{\\\"allowed\\\":true}}\");")
        let engine = PolicyEngine()
        try engine.setDetached(executable: executable, hostData: Digest.sha256(executable))
        _ = try engine.dumpStacks()
    }

    @Test func silenceIsARefusal() throws {
        let executable = try build("for (;;) ;")
        let plugin = try DetachedPlugin.launch(executable, timeout: 50)
        #expect(throws: PluginError.timeout(milliseconds: 50)) { try plugin.evaluate([]) }
        plugin.end()
    }

    @Test func talkingOutOfTurnIsARefusal() throws {
        let executable = try build("say(\"{}\"); say(\"{}\");")
        let plugin = try DetachedPlugin.launch(executable)
        #expect(try plugin.evaluate([0x7b, 0x7d]) == Array("{}".utf8))
        // The second answer may still be on its way; once it is there the next question is refused.
        var refused: PluginError?
        for _ in 0..<200 where refused == nil {
            do throws(PluginError) { _ = try plugin.evaluate([0x7b, 0x7d]) } catch { refused = error }
        }
        #expect(refused == .malformed("bytes that nobody asked for"))
        plugin.end()
    }

    @Test(arguments: [[UInt8](), Array("#!/bin/sh\n".utf8), [0x7f, 0x45, 0x4c, 0x46]])
    func whatIsNoProgramDoesNotRun(bytes: [UInt8]) {
        let engine = PolicyEngine()
        let error = #expect(throws: PolicyError.self) {
            try engine.setDetached(executable: bytes, hostData: Digest.sha256(bytes))
        }
        #expect(error?.description.contains("execveat of the compiled policy failed") == true)
        #expect(!engine.isSet)
    }
}
