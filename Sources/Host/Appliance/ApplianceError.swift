/// What kept an appliance from being built, one case per step.
public enum ApplianceError: Error, Equatable {
    case archivePath(String)
    case archiveDuplicate(String)
    case archiveParentMissing(String)
    case archiveEntryTooLarge(String, Int)
    case moduleListLine(number: Int, text: String)
    case moduleListDuplicate(String)
    case fileTableLine(number: Int, text: String)
    case moduleMissing(String, kernel: String)
    case moduleOrder(module: String, needs: String)
    case notAnELFModule(String)
    case kernelPackageNotFound
    case kernelPackageWithoutImage(String)
    case kernelImage(String)
    case sourceRootNotFound(String)
    case tool(String, status: Int32, output: String)
    case toolMissing(String, package: String)
    case read(String, String)
    case write(String, String)
    case manifest(String, String)
    case guestNotStatic(String)
    case guestHoldsSimulator(String)
}

extension ApplianceError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .archivePath(let path):
            "\"\(path)\" cannot be a path in the archive: expected a relative path without empty parts, . or .."
        case .archiveDuplicate(let path): "\(path) is in the archive already"
        case .archiveParentMissing(let path): "\(path) has no parent directory in the archive"
        case .archiveEntryTooLarge(let path, let size):
            "\(path) has \(size) bytes, an archive entry holds at most \(UInt32.max)"
        case .moduleListLine(let number, let text):
            "rootfs/modules line \(number): \"\(text)\", expected \"early PATH\" or \"late PATH\""
        case .fileTableLine(let number, let text):
            "rootfs/files line \(number): \"\(text)\", expected \"directory MODE PATH\""
        case .moduleListDuplicate(let name): "rootfs/modules: module \(name) is listed twice"
        case .moduleMissing(let path, let kernel):
            "the kernel package \(kernel) has no module \(path): correct rootfs/modules"
        case .moduleOrder(let module, let needs):
            "rootfs/modules: \(module) needs \(needs), which has to come before it"
        case .notAnELFModule(let path): "\(path) is not a kernel module (no ELF header)"
        case .kernelPackageNotFound:
            "apt knows no package linux-image-6.12.*-cloud-amd64: run apt-get update, or give --kernel-package"
        case .kernelPackageWithoutImage(let package): "\(package) holds no boot/vmlinuz-*"
        case .kernelImage(let path): "\(path) is not an x86 kernel image (no HdrS header)"
        case .sourceRootNotFound(let start):
            "no rootfs/modules at or above \(start): run from Coffer's source directory, or give --source"
        case .tool(let name, let status, let output): "\(name) failed with status \(status):\n\(output)"
        case .toolMissing(let name, let package): "\(name) is not installed (Debian package \(package))"
        case .read(let path, let reason): "cannot read \(path): \(reason)"
        case .write(let path, let reason): "cannot write \(path): \(reason)"
        case .manifest(let path, let reason): "\(path) does not describe an appliance: \(reason)"
        case .guestNotStatic(let path): "\(path) is not a static executable"
        case .guestHoldsSimulator(let path):
            "\(path) holds the simulated security processor: it is a development build and not for production"
        }
    }
}
