internal import CLinux
internal import Linux
internal import OCI

/// Files that hooks write to, as the annotations `run.oci.hooks.stdout` and `run.oci.hooks.stderr` name them. crun(1). Only the
/// command line hears them: an operator's wish, whose files are the operator's.
struct HookStreams {
    /// What hooks write to standard output; nil is kept for the error of one that fails.
    let output: SharedDescriptor?
    /// As `output`, for standard error.
    let error: SharedDescriptor?

    /// Neither: all is kept.
    static var kept: HookStreams { HookStreams(output: nil, error: nil) }

    private init(output: SharedDescriptor?, error: SharedDescriptor?) {
        self.output = output
        self.error = error
    }

    /// Opens the files; one that is not there is made.
    ///
    /// - Parameter root: the container's root file system, in which none may be.
    init(_ annotations: [String: String], root: String) throws(RuntimeError) {
        output = try Self.open("run.oci.hooks.stdout", annotations, root: root)
        error = try Self.open("run.oci.hooks.stderr", annotations, root: root)
    }

    /// Those of a plan that has hooks to run, if the front end hears annotations.
    init(_ plan: ContainerPlan, isHeard: Bool) throws(RuntimeError) {
        let hooks = plan.hooks
        let lists = [hooks.prestart, hooks.createRuntime, hooks.createContainer, hooks.startContainer]
        if isHeard && lists.contains(where: { !$0.isEmpty }) {
            try self.init(plan.spec.annotations, root: plan.root)
        } else {
            self = .kept
        }
    }

    /// The numbers of what is open.
    var descriptors: [Int32] { [output, error].compactMap { $0?.descriptor.raw } }

    /// No link is followed on the way: a container that can write somewhere on it could else choose the file. A FIFO is not
    /// waited for.
    private static func open(
        _ name: String, _ annotations: [String: String], root: String
    ) throws(RuntimeError) -> SharedDescriptor? {
        guard let path = annotations[name] else { return nil }
        let field = "annotations[\"\(name)\"]"
        if path.utf8.first != UInt8(ascii: "/") || path.utf8.contains(0) {
            throw .refused("\(field): expected an absolute path, found \"\(path)\"")
        }
        if path.hasPrefix(root + "/") || path.split(separator: "/").contains("..") {
            throw .refused("\(field): expected a file outside of the container, found \"\(path)\"")
        }
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
        do throws(Errno) {
            let file = try Descriptor.open("/", O_PATH | O_DIRECTORY)
                .open(path, flags, mode: 0o600, resolve: .noSymbolicLinks)
            if try file.status().isRegular { return SharedDescriptor(file) }
        } catch {
            if error.code == ELOOP {
                throw .refused("\(field): expected a path without symbolic links, found \"\(path)\"")
            }
            throw .hook("\(field): open \(path): \(lowercasedText(error))")
        }
        throw .refused("\(field): expected a file, found something else at \"\(path)\"")
    }
}
