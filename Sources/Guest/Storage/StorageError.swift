package import Linux

/// What went wrong with a disk, a layer, a scratch disk or an overlay, one case per step.
package enum StorageError: Error, Equatable {
    // Finding and reading disks.
    case diskNotFound(serial: String, Errno)
    case openDevice(String, Errno)
    case notABlockDevice(String)
    case readDevice(String, offset: UInt64, Errno)
    case deviceTooSmall(String, size: UInt64, needed: UInt64)
    // What an untrusted disk says about itself.
    case unknownFilesystem(String)
    case filesystemSuperblock(String, SuperblockFault)
    case veritySuperblock(String, SuperblockFault)
    case rootHashText(String)
    // Device mapper.
    case verityInitialize(String, Errno)
    case verityParameters(String, CryptFault)
    case verityActivate(String, CryptFault)
    case verifiedSuperblockDiffers(String)
    case closeMapping(String, Errno)
    // Scratch.
    case unsupportedFilesystem(String)
    case keyMemory(Errno)
    case keyRandom(Errno)
    case headerMemory(Errno)
    case encryptionInitialize(String, Errno)
    case encryptionFormat(String, CryptFault)
    case encryptionActivate(String, CryptFault)
    case prepareDevice(String, Errno)
    case makeFilesystem(String, step: String, code: Int)
    // Mounts.
    case pathNotAbsolute(String)
    case makeDirectory(String, Errno)
    case mount(String, type: String, Errno)
    case unmount(String, Errno)
    case removeDirectory(String, Errno)
    case overlayWithoutLayers(String)
    case overlayOpen(Errno)
    case overlayOption(String, String, Errno)
    case overlayMount(String, Errno)
}

/// A field of a superblock that is not what it has to be.
package struct SuperblockFault: Error, Equatable, CustomStringConvertible {
    /// The field's name in the format's own words.
    package let field: String
    /// What was found.
    package let found: UInt64
    /// What is accepted.
    package let expected: String

    package init(_ field: String, found: UInt64, expected: String) {
        self.field = field
        self.found = found
        self.expected = expected
    }

    package var description: String { "\(field) is \(found), expected \(expected)" }
}

/// A refusal by libcryptsetup: its error number and its last message.
package struct CryptFault: Error, Equatable, CustomStringConvertible {
    /// What the library's negative result stands for.
    package let errno: Errno
    /// The last that the library logged, at most 255 bytes; empty when it said nothing.
    package let message: String

    package init(_ errno: Errno, message: String) {
        self.errno = errno
        self.message = message
    }

    package var description: String {
        message.isEmpty ? errno.description : "\(errno.description) (\(message))"
    }
}

extension StorageError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .diskNotFound(let serial, let error): "no disk with serial \(serial): \(error.description)"
        case .openDevice(let path, let error): "cannot open \(path): \(error.description)"
        case .notABlockDevice(let path): "\(path) is not a block device"
        case .readDevice(let path, let offset, let error):
            "cannot read \(path) at byte \(offset): \(error.description)"
        case .deviceTooSmall(let path, let size, let needed):
            "\(path) has \(size) bytes, what it says about itself needs \(needed)"
        case .unknownFilesystem(let path):
            "\(path) holds no file system that a layer may have, expected erofs or ext4"
        case .filesystemSuperblock(let path, let fault):
            "\(path): file system superblock: \(fault.description)"
        case .veritySuperblock(let path, let fault): "\(path): verity superblock: \(fault.description)"
        case .rootHashText(let text):
            "\"\(text)\" is not a root hash, expected 64 lower-case hexadecimal digits"
        case .verityInitialize(let path, let error): "\(path): cannot prepare dm-verity: \(error.description)"
        case .verityParameters(let path, let fault):
            "\(path): dm-verity parameters refused: \(fault.description)"
        case .verityActivate(let path, let fault): "\(path): dm-verity refused: \(fault.description)"
        case .verifiedSuperblockDiffers(let path):
            "\(path): the verified file system superblock differs from the one that was read at first"
        case .closeMapping(let name, let error): "cannot close the mapping \(name): \(error.description)"
        case .unsupportedFilesystem(let name):
            "cannot make a file system of type \"\(name)\" on scratch, expected \"ext4\""
        case .keyMemory(let error): "cannot lock memory for the scratch key: \(error.description)"
        case .keyRandom(let error): "cannot make a scratch key: \(error.description)"
        case .headerMemory(let error): "cannot keep the scratch header in memory: \(error.description)"
        case .encryptionInitialize(let path, let error):
            "\(path): cannot prepare encryption: \(error.description)"
        case .encryptionFormat(let path, let fault): "\(path): cannot format encryption: \(fault.description)"
        case .encryptionActivate(let path, let fault):
            "\(path): cannot activate encryption: \(fault.description)"
        case .prepareDevice(let path, let error):
            "\(path): cannot write the first block: \(error.description)"
        case .makeFilesystem(let path, let step, let code):
            "\(path): making the file system: \(step) failed with libext2fs error \(code)"
        case .pathNotAbsolute(let path): "\"\(path)\" is not an absolute path without . and .."
        case .makeDirectory(let path, let error): "cannot make directory \(path): \(error.description)"
        case .mount(let path, let type, let error): "cannot mount \(type) on \(path): \(error.description)"
        case .unmount(let path, let error): "cannot unmount \(path): \(error.description)"
        case .removeDirectory(let path, let error): "cannot remove directory \(path): \(error.description)"
        case .overlayWithoutLayers(let target): "\(target): an overlay needs at least one layer"
        case .overlayOpen(let error): "cannot configure an overlay: \(error.description)"
        case .overlayOption(let key, let value, let error):
            "overlay option \(key)=\(value) refused: \(error.description)"
        case .overlayMount(let target, let error):
            "cannot mount the overlay on \(target): \(error.description)"
        }
    }
}
