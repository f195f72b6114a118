internal import Foundation
internal import Hypervisor

/// Keeps what the guest logs. It sends nothing unless its policy allows that.
enum GuestLogPort {
    /// Appends everything that arrives at the log port to a file.
    static func open(_ device: VsockDevice, path: String) throws {
        let listener = try device.listen(port: GuestPort.log)
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw Failure("cannot write \(path): \(String(cString: strerror(errno)))") }
        let thread = Thread {
            while let stream = try? listener.accept() {
                while let bytes = try? stream.read(upTo: 65536), !bytes.isEmpty {
                    // A full disk must not end the pod.
                    try? file.write(contentsOf: Data(bytes))
                }
            }
        }
        thread.name = "guest log"
        thread.start()
    }
}
