internal import CCryptsetup
internal import CLinux
internal import Linux
internal import Policy

/// dm-verity over a layer disk.
enum VerityMapping {
    /// The mapping's name: disk and root hash, so that two disks with one layer do not collide.
    static func name(devicePath: String, rootHash: String) -> String {
        let disk = devicePath.utf8.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
        return "verity-\(String(decoding: disk, as: UTF8.self))-\(rootHash)"
    }

    /// Opens the mapping with the approved parameters; nothing is read from the disk's own header again.
    ///
    /// Returns the node of the verified device. A block whose hash is wrong reads as an error, never as wrong bytes.
    static func open(_ action: MountDevice) throws(StorageError) -> String {
        guard let hash = Hexadecimal.hash(action.rootHash) else { throw .rootHashText(action.rootHash) }
        let context: CryptContext
        do throws(Errno) {
            context = try CryptContext(path: action.devicePath)
        } catch {
            throw .verityInitialize(action.devicePath, error)
        }
        do throws(CryptFault) {
            try context.check(format(context.pointer, action))
        } catch {
            throw .verityParameters(action.devicePath, error)
        }
        let name = name(devicePath: action.devicePath, rootHash: action.rootHash)
        let result = activate(context.pointer, name, hash)
        do throws(CryptFault) {
            try context.check(result)
        } catch {
            throw .verityActivate(action.devicePath, error)
        }
        return CryptContext.node(name)
    }

    private static func activate(_ context: OpaquePointer, _ name: String, _ hash: [UInt8]) -> Int32 {
        hash.withUnsafeBytes { bytes in
            crypt_activate_by_volume_key(
                context, name, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count,
                coffer_crypt_activate_readonly)
        }
    }

    /// Tells the library the parameters. With "no header" and without "create hash" nothing is written or hashed.
    private static func format(_ context: OpaquePointer, _ action: MountDevice) -> Int32 {
        // The library wants an address even for an empty salt.
        let salt = action.verity.salt.isEmpty ? [0] : action.verity.salt
        return action.verity.algorithm.withCString { algorithm in
            action.devicePath.withCString { device in
                salt.withUnsafeBytes { saltBytes in
                    var parameters = crypt_params_verity()
                    parameters.hash_name = algorithm
                    parameters.data_device = device
                    parameters.salt = saltBytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                    parameters.salt_size = UInt32(truncatingIfNeeded: action.verity.salt.count)
                    parameters.hash_type = 1
                    parameters.data_block_size = action.verity.dataBlockSize
                    parameters.hash_block_size = action.verity.hashBlockSize
                    parameters.data_size = action.verity.dataBlocks
                    parameters.hash_area_offset = action.verity.hashTreeOffset
                    parameters.flags = coffer_crypt_verity_no_header
                    return crypt_format(
                        context, "VERITY", nil, nil, nil, nil, 0, &parameters)
                }
            }
        }
    }
}
