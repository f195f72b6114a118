internal import CCryptsetup
internal import CLinux
internal import Linux

/// dm-crypt over dm-integrity on a scratch disk, under a key that is made here and that nobody keeps but the kernel.
///
/// The LUKS2 header that libcryptsetup needs lives in a memfd, so the host never sees or alters it; it has no key
/// slot, and it goes when this function returns. "random" makes the kernel draw a fresh initialization vector for
/// every write and keep it beside the sector, so that a host that watches the disk cannot tell whether a sector was
/// written again with what it held before. Every 4096-byte sector is encrypted with AES-XTS and authenticated
/// together with its number with HMAC-SHA-256, so a sector that the host altered or moved reads as an error. That
/// the host puts an older state of a sector back is not detected.
enum EncryptedMapping {
    /// AES-256-XTS takes 64 bytes and HMAC-SHA-256 takes 32.
    private static let keySize = 96
    /// libcryptsetup's default header size; the memfd is sparse.
    private static let headerSize: off_t = 16 << 20
    static let sectorSize: UInt32 = 4096
    /// The journal that dm-integrity lays out but that is never used: writes go directly, because scratch does not
    /// outlive the machine.
    private static let journalSize: UInt64 = 1 << 20

    static func name(devicePath: String) -> String {
        let disk = devicePath.utf8.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
        return "scratch-\(String(decoding: disk, as: UTF8.self))"
    }

    /// Formats and opens the mapping; returns its node. When this returns the key is wiped from this process.
    static func open(devicePath: String) throws(StorageError) -> String {
        let key = try SecretKey.make(count: keySize)
        let header = try headerInMemory()
        let context: CryptContext
        do throws(Errno) {
            context = try CryptContext(path: "/proc/self/fd/\(header.raw)")
        } catch {
            throw .encryptionInitialize(devicePath, error)
        }
        // Nobody else works on this header, and the kernel's keyring must not get a copy of the key.
        crypt_metadata_locking(context.pointer, 0)
        crypt_volume_key_keyring(context.pointer, 0)
        do throws(CryptFault) {
            try context.check(format(context.pointer, devicePath, key.bytes))
        } catch {
            throw .encryptionFormat(devicePath, error)
        }
        let name = name(devicePath: devicePath)
        do throws(CryptFault) {
            try context.check(
                crypt_activate_by_volume_key(
                    context.pointer, name, key.bytes.assumingMemoryBound(to: CChar.self), keySize,
                    coffer_crypt_activate_no_journal))
        } catch {
            throw .encryptionActivate(devicePath, error)
        }
        key.forget()
        discardHeader(header)
        return CryptContext.node(name)
    }

    private static func headerInMemory() throws(StorageError) -> Descriptor {
        do throws(Errno) {
            let file = Descriptor(
                owning: Int32(truncatingIfNeeded: try valueOrErrno(coffer_memfd_create("scratch-header", 1))))
            if ftruncate(file.raw, headerSize) != 0 { throw Errno(coffer_errno()) }
            return file
        } catch {
            throw .headerMemory(error)
        }
    }

    /// Closes the header's only descriptor. libcryptsetup opens the header by name while it works, so the descriptor
    /// has to stay open until here.
    private static func discardHeader(_ header: consuming Descriptor) {}

    private static func format(
        _ context: OpaquePointer, _ devicePath: String, _ key: UnsafeMutableRawPointer
    ) -> Int32 {
        "pbkdf2".withCString { function in
            "sha256".withCString { hash in
                "hmac(sha256)".withCString { integrity in
                    devicePath.withCString { device in
                        // No pass phrase exists; the function only makes the digest by which the header knows the key.
                        var derivation = crypt_pbkdf_type()
                        derivation.type = function
                        derivation.hash = hash
                        derivation.iterations = 1000
                        derivation.flags = coffer_crypt_pbkdf_no_benchmark
                        var layout = crypt_params_integrity()
                        layout.journal_size = journalSize
                        return withUnsafePointer(to: &derivation) { derivation in
                            withUnsafePointer(to: &layout) { layout in
                                var parameters = crypt_params_luks2()
                                parameters.pbkdf = derivation
                                parameters.integrity = integrity
                                parameters.integrity_params = layout
                                parameters.data_device = device
                                parameters.sector_size = sectorSize
                                return crypt_format(
                                    context, "LUKS2", "aes", "xts-random", nil,
                                    key.assumingMemoryBound(to: CChar.self), keySize, &parameters)
                            }
                        }
                    }
                }
            }
        }
    }
}
