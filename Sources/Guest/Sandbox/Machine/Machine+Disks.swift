internal import Policy
internal import Storage

extension Machine {
    func findDisk(controller: UInt8, lun: UInt8) throws(EffectError) -> String {
        try storage { () throws(StorageError) in
            try LayerStorage.findDisk(controller: UInt32(controller), lun: UInt32(lun))
        }
    }

    func inspectLayer(devicePath: String) throws(EffectError) -> LayerDescription {
        let found = try storage { () throws(StorageError) in try LayerInspection(devicePath: devicePath) }
        return LayerDescription(rootHash: found.rootHash, verity: found.verity, filesystem: found.filesystem)
    }

    func mountDevice(_ permit: consuming Permit<MountDevice>) throws(EffectError) {
        do throws(StorageError) { try LayerStorage.mount(permit) } catch {
            throw EffectError(error.description)
        }
    }

    func unmountDevice(_ permit: consuming Permit<UnmountDevice>) throws(EffectError) {
        do throws(StorageError) { try LayerStorage.unmount(permit) } catch {
            throw EffectError(error.description)
        }
    }

    func mountScratch(_ permit: consuming Permit<MountScratch>) throws(EffectError) {
        do throws(StorageError) { try ScratchStorage.mount(permit) } catch {
            throw EffectError(error.description)
        }
    }

    func unmountScratch(_ permit: consuming Permit<UnmountScratch>) throws(EffectError) {
        do throws(StorageError) { try ScratchStorage.unmount(permit) } catch {
            throw EffectError(error.description)
        }
    }

    func mountOverlay(_ permit: consuming Permit<MountOverlay>) throws(EffectError) {
        do throws(StorageError) { try OverlayStorage.mount(permit) } catch {
            throw EffectError(error.description)
        }
    }

    func unmountOverlay(_ permit: consuming Permit<UnmountOverlay>) throws(EffectError) {
        do throws(StorageError) { try OverlayStorage.unmount(permit) } catch {
            throw EffectError(error.description)
        }
    }
}
