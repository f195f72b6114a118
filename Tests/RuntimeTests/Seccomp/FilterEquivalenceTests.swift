import FilterModel
import Foundation
import OCI
import Testing

@testable import Runtime

/// Our programs, libseccomp's programs and the model's plain evaluation, on the same calls.
struct FilterEquivalenceTests {
    /// Every number of every architecture with arguments that a profile asks about.
    private func calls(_ profile: OCI.Seccomp, _ words: [FilterBench.Word], each: Int) -> [FilterMachine.Call]
    {
        var maker = ProfileMaker(FilterBench.bytes(7, count: 1 << 20), names: FilterBench.names)
        return words.flatMap { word in
            FilterBench.numbers(word).flatMap { number in
                [FilterMachine.Call(number, word.token)]
                    + (0..<each).map { _ in maker.call(number, word.token, profile) }
            }
        }
    }

    /// What libseccomp's program says, with runc's answer to what is newer than the profile before it.
    private func libraryVerdict(
        _ program: FilterMachine, _ profile: OCI.Seccomp, _ last: [String: UInt32], _ call: FilterMachine.Call
    ) -> UInt32? {
        if !["SCMP_ACT_ALLOW", "SCMP_ACT_LOG", "SCMP_ACT_TRACE"].contains(profile.defaultAction) {
            let isX32 = call.architecture == 0xC000_003E && call.number & 0x4000_0000 != 0
            let word = FilterBench.words.first {
                $0.token == call.architecture && ($0.name == "SCMP_ARCH_X32") == isX32
            }
            if let word, let last = last[word.name], call.number > last { return 0x0005_0000 | 38 }
        }
        return program.run(call)
    }

    /// The greatest number of a profile's calls by architecture. runc does not count a call that also another one stands
    /// for, so that it answers ENOSYS to a socket call that the profile allows when nothing newer is named.
    private func lastCalls(_ profile: OCI.Seccomp) -> [String: UInt32] {
        var last: [String: UInt32] = [:]
        let names = Set(profile.syscalls.flatMap(\.names))
        let all = names.union(names.compactMap { ProfileModel.operations[$0]?.call })
        for word in FilterBench.words
        where word.name == FilterBench.native || profile.architectures.contains(word.name) {
            last[word.name] = all.compactMap { FilterBench.number($0, word.column) }.max().map {
                $0 | word.bit
            }
        }
        return last
    }

    /// The same with the names alone that libseccomp knows on every architecture that has the call.
    private func known(_ profile: OCI.Seccomp) -> OCI.Seccomp {
        var profile = profile
        for index in profile.syscalls.indices {
            profile.syscalls[index].names.removeAll { name in
                ProfileModel.operations[name] == nil
                    && FilterBench.words.contains {
                        FilterBench.number(name, $0.column) != nil
                            && LibraryFilter.number(name, $0.name) == nil
                    }
            }
        }
        profile.syscalls.removeAll { $0.names.isEmpty }
        return profile
    }

    static let engines: [String] = [
        "/usr/share/containers/seccomp.json",
        "/usr/share/gocode/src/github.com/docker/docker/profiles/seccomp/default.json",
    ]

    /// podman's default profile (package golang-github-containers-common) and Docker's
    /// (golang-github-docker-docker-dev).
    @Test(arguments: engines, [[], ["CAP_SYS_ADMIN", "CAP_SYS_CHROOT", "CAP_AUDIT_WRITE"]] as [Set<String>])
    func anEnginesProfile(path: String, capabilities: Set<String>) throws {
        guard let profile = try FilterBench.engineProfile(path, capabilities: capabilities) else {
            print("skipped: \(path) is not installed")
            return
        }
        let ours = try FilterBench.compile(profile)
        #expect(ours.fault == nil)
        #expect(ours.instructions.count < 700)
        let older = known(profile)
        let (oursOfOlder, library) = (
            try FilterBench.compile(older), FilterMachine(try LibraryFilter.program(older))
        )
        let (model, last) = (FilterBench.model(profile), lastCalls(older))
        let words = FilterBench.words.filter { profile.architectures.contains($0.name) }
        var compared = 0
        for call in calls(profile, words, each: 12) {
            #expect(ours.run(call) == model.verdict(call), "\(call)")
            let expected = libraryVerdict(library, older, last, call)
            #expect(oursOfOlder.run(call) == expected, "\(call)")
            compared += 1
        }
        #expect(compared > 20000)
    }

    /// Whatever a profile says, the program is what the plain evaluation is.
    @Test func randomProfilesMeanWhatTheModelSays() throws {
        var refused = 0
        for seed in UInt64(1)...100 {
            var maker = ProfileMaker(FilterBench.bytes(seed, count: 4096), names: FilterBench.names)
            let profile = maker.profile(FilterBench.words.map(\.name))
            let program = try FilterBench.compile(profile)
            let model = FilterBench.model(profile)
            #expect(program.fault == nil)
            var calls = ProfileMaker(
                FilterBench.bytes(seed &+ 1000, count: 1 << 14), names: FilterBench.names)
            for call in interesting(profile, &calls) where program.run(call) != model.verdict(call) {
                Issue.record(
                    "seed \(seed): \(call): \(program.run(call) ?? 1), expected \(model.verdict(call))")
                refused += 1
                if refused > 10 { return }
            }
        }
    }

    /// Random profiles that libseccomp 2.5 and we understand alike; `LibraryDifferenceTests` has the others.
    @Test func randomProfilesMeanWhatLibseccompSays() throws {
        var (compiled, compared, wrong) = (0, 0, 0)
        let common = FilterBench.names.filter { name in
            FilterBench.words.allSatisfy { FilterBench.number(name, $0.column) != nil }
        }
        #expect(common.count > 250)
        for seed in UInt64(1)...150 {
            var maker = ProfileMaker(FilterBench.bytes(seed, count: 4096), names: common)
            let profile = known(maker.profile(FilterBench.words.map(\.name), plain: true))
            let library: FilterMachine
            do {
                library = FilterMachine(try LibraryFilter.program(profile))
            } catch { continue }
            compiled += 1
            let (program, model, last) = (
                try FilterBench.compile(profile), FilterBench.model(profile), lastCalls(profile)
            )
            var calls = ProfileMaker(
                FilterBench.bytes(seed &+ 1000, count: 1 << 14), names: FilterBench.names)
            let words = FilterBench.words.filter {
                profile.architectures.contains($0.name) || $0.name == FilterBench.native
            }
            for call in interesting(profile, &calls)
            where words.contains(where: { $0.token == call.architecture }) {
                let expected = libraryVerdict(library, profile, last, call)
                compared += 1
                if program.run(call) == expected { continue }
                Issue.record(
                    "seed \(seed): \(call): \(program.run(call) ?? 1), libseccomp \(expected ?? 1), model \(model.verdict(call))"
                )
                wrong += 1
                if wrong > 30 { return }
            }
        }
        print("libseccomp compiled", compiled, "compared", compared)
        #expect(compiled > 100 && compared > 100_000)
    }

    /// Calls of a profile's own numbers and their neighbours.
    private func interesting(_ profile: OCI.Seccomp, _ maker: inout ProfileMaker) -> [FilterMachine.Call] {
        var calls: [FilterMachine.Call] = []
        for word in FilterBench.words {
            var numbers = Set<UInt32>([0, 102, 117, word.bit, .max])
            for name in profile.syscalls.flatMap(\.names) {
                guard let number = FilterBench.number(name, word.column) else { continue }
                for near in number - min(number, 1)...number + 1 { numbers.insert(near | word.bit) }
            }
            for number in numbers.sorted() {
                for _ in 0..<6 { calls.append(maker.call(number, word.token, profile)) }
                var call = FilterMachine.Call(number, word.token)
                for operation in UInt64(0)..<25 where number & ~0xfff == 0 {
                    call.arguments[0] = operation
                    calls.append(call)
                }
            }
        }
        return calls
    }
}
