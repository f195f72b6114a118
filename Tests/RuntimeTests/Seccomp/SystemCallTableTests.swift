import CLinux
import CSeccomp
import Foundation
import Testing

/// The table of system calls, against the one that libseccomp has.
struct SystemCallTableTests {
    @Test func namesAreSortedAndFound() {
        let names = FilterBench.names
        #expect(names.count > 500)
        #expect(
            zip(names, names.dropFirst()).allSatisfy {
                Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8))
            })
        for (row, name) in names.enumerated() {
            #expect(coffer_system_call(name, name.utf8.count) == Int32(row))
        }
        for wrong in ["", "rea", "readx", "sched_rr_get_interval_time64_", "zzz", "__", "Read"] {
            #expect(coffer_system_call(wrong, wrong.utf8.count) == -1)
        }
        #expect(coffer_system_call_number(0, 10) == -1 && coffer_system_call_number(-1, 0) == -1)
    }

    /// Of Linux 6.7 and later.
    @Test(
        arguments: [
            ("futex_wake", 454), ("statmount", 457), ("mseal", 462), ("removexattrat", 466),
            ("open_tree_attr", 467),
            ("file_getattr", 468),
        ] as [(String, UInt32)]) func newCallsAreKnown(name: String, number: UInt32)
    {
        for word in FilterBench.words {
            let base: UInt32 =
                ["MIPSEL": 4000, "MIPSEL64": 5000, "MIPSEL64N32": 6000][word.name.dropFirst(10)] ?? 0
            #expect(FilterBench.number(name, word.column) == base + number)
        }
    }

    /// Calls whose numbers the kernel's headers no longer have, or that libseccomp numbers otherwise; all others agree.
    static let differences: [String: Set<String>] = [:]

    @Test(arguments: FilterBench.words) func numbersAreLibseccomps(word: FilterBench.Word) {
        var compared = 0
        for number in Int32(0)..<6600 {
            guard
                let text = seccomp_syscall_resolve_num_arch(
                    LibraryFilter.token(word.name), number | Int32(word.bit))
            else { continue }
            let name = String(cString: text)
            free(text)
            // Where one call stands for many it has no number of its own.
            guard let theirs = LibraryFilter.number(name, word.name) else { continue }
            compared += 1
            if Self.differences[word.name]?.contains(name) == true { continue }
            #expect(FilterBench.number(name, word.column) == UInt32(theirs) & ~word.bit, "\(name)")
        }
        #expect(compared > 250)
    }
}
