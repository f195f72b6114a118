import Foundation
import OCI
import Testing

@testable import Runtime

/// Classes of service, on a directory that looks like resctrl: the kernel here has none.
struct ServiceClassTests {
    private let root = NSTemporaryDirectory() + "coffer-resctrl-" + UUID().uuidString

    private func prepare(_ features: [String] = ["L3", "MB"], classes: [String] = []) throws {
        for feature in features {
            try FileManager.default.createDirectory(
                atPath: "\(root)/info/\(feature)", withIntermediateDirectories: true)
        }
        for name in classes {
            try FileManager.default.createDirectory(
                atPath: "\(root)/\(name)", withIntermediateDirectories: true)
            for file in ["tasks", "schemata"] {
                try Data().write(to: URL(fileURLWithPath: "\(root)/\(name)/\(file)"))
            }
        }
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: root + "/" + path, encoding: .utf8)
    }

    private func wanted(_ change: (inout OCI.IntelRdt) -> Void) -> OCI.IntelRdt {
        var wanted = OCI.IntelRdt()
        change(&wanted)
        return wanted
    }

    private func resolve(_ wanted: OCI.IntelRdt?) throws -> ServiceClass? {
        try ServiceClass.resolve(wanted, id: "c", root: root)
    }

    private func refusal(_ work: () throws -> Void) -> String {
        do {
            try work()
        } catch {
            return "\(error)"
        }
        return ""
    }

    @Test func nothingAskedForIsNothing() throws {
        #expect(try resolve(nil) == nil)
        #expect(try ServiceClass.resolve(nil, id: "c", root: nil) == nil)
    }

    @Test func withoutResctrlItIsRefused() {
        let text = refusal { _ = try ServiceClass.resolve(OCI.IntelRdt(), id: "c", root: nil) }
        #expect(text.contains("intelRdt is specified in config, but Intel RDT is not enabled"))
    }

    @Test(arguments: [".", "..", "a/b", "/a", "a\0b"]) func namesThatLeadElsewhereAreRefused(name: String)
        throws
    {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try prepare()
        #expect(refusal { _ = try resolve(wanted { $0.closID = name }) }.contains("invalid intelRdt.ClosID"))
    }

    @Test func sharesOfWhatTheProcessorCannotDivideAreRefused() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try prepare(["L3_MON"])
        #expect(
            refusal { _ = try resolve(wanted { $0.l3CacheSchema = "L3:0=f" }) }.contains(
                "intelRdt.l3CacheSchema is specified in config, but Intel RDT/CAT is not enabled"))
        #expect(
            refusal { _ = try resolve(wanted { $0.memBwSchema = "MB:0=10" }) }.contains(
                "intelRdt.memBwSchema is specified in config, but Intel RDT/MBA is not enabled"))
    }

    @Test func aProcessEntersAClassAndItsMonitoringGroup() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try prepare(classes: ["gold", "gold/mon_groups/c"])
        let found = try resolve(
            wanted {
                $0.closID = "gold"
                $0.memBwSchema = "MB:0=70"
                $0.l3CacheSchema = "L3:0=ff"
                $0.schemata = ["L2:0=f"]
                $0.enableMonitoring = true
            })
        let group = try #require(found)
        #expect(try group.enter(4321) == root + "/gold/mon_groups/c")
        #expect(try text("gold/tasks") == "4321")
        #expect(try text("gold/mon_groups/c/tasks") == "4321")
        try group.join(99)
        #expect(try text("gold/tasks").hasPrefix("99"))
        #expect(try text("gold/mon_groups/c/tasks").hasPrefix("99"))
        #expect(try text("gold/schemata") == "L3:0=ff\nMB:0=70\nL2:0=f\n")
    }

    @Test func theRootClassIsNamedBySlash() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try prepare(classes: ["."])
        let found = try resolve(wanted { $0.closID = "/" })
        #expect(try #require(found).enter(7) == "")
        #expect(try text("tasks") == "7")
    }

    @Test func aNamedClassWithoutSharesMustBeThere() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try prepare()
        let found = try resolve(wanted { $0.closID = "silver" })
        let group = try #require(found)
        #expect(refusal { _ = try group.enter(1) }.contains("clos dir not accessible (must be pre-created"))
        #expect(!FileManager.default.fileExists(atPath: root + "/silver"))
    }

    /// The directory here does not fill itself as the kernel's does, so that the class that is made has no tasks.
    @Test func afterAFailureNothingIsLeftAndTheKernelsReasonIsSaid() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try prepare()
        try "out of classes\n".write(
            toFile: root + "/info/last_cmd_status", atomically: false, encoding: .utf8)
        let group = try #require(try resolve(OCI.IntelRdt()))
        let text = refusal { _ = try group.enter(1) }
        #expect(text.contains("set the class of service \(root)/c/tasks (last_cmd_status: out of classes)"))
        #expect(!FileManager.default.fileExists(atPath: root + "/c"))
    }

    @Test func whatGoesWithTheContainerIsRemovedOnce() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createDirectory(atPath: root + "/c", withIntermediateDirectories: true)
        try ServiceClass.remove(root + "/c")
        #expect(!FileManager.default.fileExists(atPath: root + "/c"))
        try ServiceClass.remove(root + "/c")
        try ServiceClass.remove("")
    }

    @Test func mountsAreFound() {
        let line = "30 25 0:26 / /mnt/r rw,nosuid - resctrl resctrl rw\n"
        #expect(
            ServiceClass.find(mountInformation: Array(("1 2 0:3 / / rw - ext4 a rw\n" + line).utf8))
                == "/mnt/r")
        #expect(ServiceClass.find(mountInformation: Array("1 2 0:3 / / rw - ext4 resctrl rw\n".utf8)) == nil)
    }
}
