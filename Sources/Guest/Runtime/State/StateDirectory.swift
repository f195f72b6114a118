internal import CLinux
internal import JSON
internal import Linux
package import OCI

/// The directory of one container below the command line's `--root`: its record, a copy of its specification, and
/// while it waits for `start` the FIFO it waits on.
package struct StateDirectory {
    /// The command line's `--root`: the directory above those of all containers.
    package let root: String
    /// The container's id: a plain file name, so that `path` stays below `root`.
    package let id: String

    /// Refuses ids that are no plain file name.
    package init(root: String, id: String) throws(RuntimeError) {
        try checkIdentifier(id)
        self.root = root
        self.id = id
    }

    /// The container's own directory, mode 0711.
    package var path: String { root + "/" + id }
    /// The FIFO that a created container's first process waits on; once it was started nothing is there.
    package var fifoPath: String { path + "/exec.fifo" }
    /// Where a socket for the container's messages is, if it has one.
    package var notifyPath: String { path + "/notify" }
    private var recordPath: String { path + "/state.json" }
    private var specPath: String { path + "/config.json" }

    /// Makes the directory; a container of that name must not exist.
    package func create() throws(RuntimeError) {
        var result = coffer_make_directory_at(AT_FDCWD, path, 0o711)
        if result == -Int(ENOENT) {
            try createRoot()
            result = coffer_make_directory_at(AT_FDCWD, path, 0o711)
        }
        if result == -Int(EEXIST) { throw .wrongState("container with given ID already exists") }
        try step(.writeState, path) { () throws(Errno) in try valueOrErrno(result) }
    }

    private func createRoot() throws(RuntimeError) {
        var made = root.utf8.first == UInt8(ascii: "/") ? "" : "."
        for part in root.split(separator: "/") {
            made += "/" + part
            let result = coffer_make_directory_at(AT_FDCWD, made, 0o711)
            if result < 0 && result != -Int(EEXIST) {
                try step(.writeState, made) { () throws(Errno) in try valueOrErrno(result) }
            }
        }
    }

    /// The FIFO that the first process waits on; both ends stay open, so that nobody ever waits for a peer.
    package func makeFifo() throws(RuntimeError) -> SharedDescriptor {
        try step(.createChannel, fifoPath) { () throws(Errno) in
            try valueOrErrno(coffer_make_fifo_at(AT_FDCWD, fifoPath, 0o600))
            return SharedDescriptor(try Descriptor.open(fifoPath, O_RDWR))
        }
    }

    /// Makes the directory that the container sees of these.
    func makeNotifyDirectory() throws(RuntimeError) {
        try step(.writeState, notifyPath) { () throws(Errno) in
            try valueOrErrno(coffer_make_directory_at(AT_FDCWD, notifyPath, 0o755))
        }
    }

    /// Whether the container waits for `start`.
    package var isWaiting: Bool {
        var status = stat()
        return coffer_stat(fifoPath, &status) == 0
    }

    /// Lets the waiting process go on.
    package func releaseFifo() throws(RuntimeError) {
        try step(.createChannel, fifoPath) { () throws(Errno) in
            let fifo = try Descriptor.open(fifoPath, O_WRONLY | O_NONBLOCK)
            try fifo.write([0])
            try valueOrErrno(coffer_unlink(fifoPath))
        }
    }

    /// Writes both for a container that has no record yet, and nobody finds before `publish`.
    package func draft(_ record: ContainerRecord, specText: [UInt8]) throws(RuntimeError) {
        for (file, text) in [(specPath, specText), (recordPath + ".new", record.json.serialized())] {
            try step(.writeState, file) { () throws(Errno) in
                try Descriptor.open(file, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600).write(text)
            }
        }
    }

    /// From now on there is a container of this name.
    package func publish() throws(RuntimeError) {
        try step(.writeState, recordPath) { () throws(Errno) in
            try valueOrErrno(coffer_rename(recordPath + ".new", recordPath))
        }
    }

    /// Writes the record and the specification's text; each appears whole or not at all.
    package func save(_ record: ContainerRecord, specText: [UInt8]?) throws(RuntimeError) {
        if let specText { try replace(specPath, specText) }
        try replace(recordPath, record.json.serialized())
    }

    private func replace(_ file: String, _ bytes: [UInt8]) throws(RuntimeError) {
        try step(.writeState, file) { () throws(Errno) in
            let draft = file + ".new"
            try Descriptor.open(draft, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600).write(bytes)
            try valueOrErrno(coffer_rename(draft, file))
        }
    }

    /// The container's record; a container that is not there, or not whole yet, does not exist.
    package func load() throws(RuntimeError) -> ContainerRecord {
        try refuseLink()
        guard let bytes = try read(recordPath) else { throw .wrongState("container does not exist") }
        do throws(OCI.DecodeError) {
            return try ContainerRecord(json: parse(bytes, recordPath))
        } catch {
            throw .refused("\(recordPath): \(error)")
        }
    }

    /// A link in the directory's place would have another directory's files read, and removed.
    private func refuseLink() throws(RuntimeError) {
        do throws(Errno) {
            try leave(Descriptor.open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW))
        } catch {
            if error.code == ENOENT { throw .wrongState("container does not exist") }
            throw .failed(.readState, error, detail: path)
        }
    }

    /// The container's specification as it was at `create`.
    package func loadSpec() throws(RuntimeError) -> OCI.Spec {
        guard let bytes = try read(specPath) else { throw .wrongState("container does not exist") }
        return try parseSpec(bytes, specPath)
    }

    private func read(_ file: String) throws(RuntimeError) -> [UInt8]? {
        do throws(Errno) {
            return try Descriptor.open(file, O_RDONLY | O_NOFOLLOW).contents(limit: 1 << 24)
        } catch {
            if error.code == ENOENT { return nil }
            throw .failed(.readState, error, detail: file)
        }
    }

    /// Removes everything of the container's; what is gone already is no error.
    package func remove() throws(RuntimeError) {
        try remove([recordPath, specPath])
        var result = coffer_unlink_at(AT_FDCWD, path, AT_REMOVEDIR)
        if result == -Int(ENOTEMPTY) {
            // It was never started, or somebody was interrupted.
            try remove([fifoPath, recordPath + ".new", specPath + ".new"])
            result = coffer_unlink_at(AT_FDCWD, path, AT_REMOVEDIR)
        }
        if result == -Int(ENOTEMPTY) {
            try remove([notifyPath + "/notify.sock"])
            let removed = coffer_unlink_at(AT_FDCWD, notifyPath, AT_REMOVEDIR)
            if removed < 0 && removed != -Int(ENOENT) {
                try step(.writeState, notifyPath) { () throws(Errno) in try valueOrErrno(removed) }
            }
            result = coffer_unlink_at(AT_FDCWD, path, AT_REMOVEDIR)
        }
        if result < 0 && result != -Int(ENOENT) {
            try step(.writeState, path) { () throws(Errno) in try valueOrErrno(result) }
        }
    }

    private func remove(_ files: [String]) throws(RuntimeError) {
        for file in files {
            let result = coffer_unlink_at(AT_FDCWD, file, 0)
            if result < 0 && result != -Int(ENOENT) {
                try step(.writeState, file) { () throws(Errno) in try valueOrErrno(result) }
            }
        }
    }

    /// The names below `root` that can be containers.
    package static func list(root: String) throws(RuntimeError) -> [String] {
        let names = try step(.readState, root) { () throws(Errno) in try directoryNames(root) }
        var ids: [String] = []
        for name in names.sorted() {
            var status = stat()
            if coffer_stat(root + "/" + name + "/state.json", &status) == 0 { ids.append(name) }
        }
        return ids
    }
}

/// Reads a specification's text; the error names the file and the field.
package func parseSpec(_ bytes: [UInt8], _ file: String) throws(RuntimeError) -> OCI.Spec {
    do throws(OCI.DecodeError) {
        return try OCI.Spec(json: parse(bytes, file))
    } catch {
        throw .refused("\(file): \(error)")
    }
}

private func parse(_ bytes: [UInt8], _ file: String) throws(OCI.DecodeError) -> JSON {
    do throws(JSONError) {
        return try JSON.parse(bytes)
    } catch {
        throw OCI.DecodeError(path: file, expected: "a JSON document", found: "\(error)")
    }
}
