internal import Foundation
internal import Wire

extension Attack {
    /// Row 3: layers that are not what the policy lists.
    static let layerAttacks = [
        Attack(
            name: "altered-hash-tree", row: 3,
            tried: "mount a listed layer with one bit of its hash tree changed"
        ) { context in
            try withForgedLayer(context) {
                try $0.flipTreeRoot()
            } then: { context, _, answer in
                context.expect(answer, "deviceHash not found")
            }
        },
        Attack(
            name: "altered-block", row: 3,
            tried: "mount a listed layer with one bit of its first data block changed"
        ) { context in
            try withForgedLayer(context) {
                try $0.flip(block: 0)
            } then: { context, _, answer in
                context.expect(answer, "Input/output error", "verity", "corrupt")
            }
        },
        Attack(
            name: "unlisted-layer", row: 3, tried: "mount a well-formed layer that the policy does not list"
        ) { context in
            try withForgedLayer(context) {
                try $0.reseal(block: 0)
            } then: { context, _, answer in
                context.expect(answer, "deviceHash not found")
            }
        },
        Attack(
            name: "no-layer-at-all", row: 3, tried: "mount an empty disk as a layer"
        ) { context in
            guard let spare = context.record.spares.first else { return noSpare }
            try LayerForgery.empty(spare.path)
            let path = context.freshLayerPath()
            return context.expect(try context.mount(spare, at: path))
        },
        Attack(
            name: "altered-after-mount", row: 3,
            tried:
                "change every block of a container's lowest layer after it was mounted, then start the container",
            run: alterAfterMount),
        Attack(
            name: "layer-in-use", row: 3, tried: "take a layer away from a running container"
        ) { context in
            guard let layer = context.record.layers.first else { return noSpare }
            var disk = MappedVirtualDisk()
            disk.mountPath = layer.mountPath
            disk.controller = layer.disk.controller
            disk.lun = layer.disk.unit
            disk.readOnly = true
            return context.expect(try context.modify(.remove, .mappedVirtualDisk(disk)), "in use", "busy")
        },
        Attack(
            name: "writable-layer", row: 3, tried: "mount a disk writable and without encryption"
        ) { context in
            guard let spare = context.record.spares.first else { return noSpare }
            var disk = MappedVirtualDisk()
            disk.mountPath = GuestPaths.scratch(sandbox: context.freshID())
            disk.controller = spare.controller
            disk.lun = spare.unit
            disk.ensureFilesystem = true
            disk.filesystem = "ext4"
            return context.expect(try context.modify(.add, .mappedVirtualDisk(disk)), "unencrypted scratch")
        },
    ]

    static let noSpare = Outcome(
        verdict: .skipped, answer: "the machine has no unused disk; start the pod with --spare-disks 4")

    /// Puts a copy of the pod's smallest layer on an unused disk, forges it, and asks for it to be mounted.
    private static func withForgedLayer(
        _ context: AttackContext, forge: (LayerForgery) throws -> Void,
        then judge: (AttackContext, String, AttackContext.Answer) throws -> Outcome
    ) throws -> Outcome {
        guard let spare = context.record.spares.first else { return noSpare }
        guard let layer = context.record.layers.min(by: { size($0) < size($1) }) else {
            return .init(verdict: .skipped, answer: "the pod has no layers")
        }
        try LayerForgery.copy(layer.disk.path, to: spare.path)
        try forge(try LayerForgery(path: spare.path))
        let path = context.freshLayerPath()
        let answer = try context.mount(spare, at: path)
        let outcome = try judge(context, path, answer)
        if answer.isSuccess { try context.unmount(spare, at: path) }
        return outcome
    }

    static func size(_ layer: PodRecord.Layer) -> Int {
        var status = stat()
        return stat(layer.disk.path, &status) == 0 ? Int(status.st_size) : .max
    }

    /// A second copy of the container's lowest layer, honest when it is mounted and changed afterwards. Its own
    /// files are the first thing that a start reads: program loader, libraries, programs.
    private static func alterAfterMount(_ context: AttackContext) throws -> Outcome {
        guard let spare = context.record.spares.first else { return noSpare }
        guard let container = context.record.containers.first(where: { !$0.layers.isEmpty }),
            let layer = context.record.layers.first(where: { $0.rootHash == container.layers.first })
        else { return .init(verdict: .skipped, answer: "the pod has no layers") }
        try LayerForgery.copy(layer.disk.path, to: spare.path)
        let path = context.freshLayerPath()
        let mounted = try context.mount(spare, at: path)
        guard mounted.isSuccess else {
            return .init(verdict: .unclear, answer: "the honest copy was not mounted: \(mounted.text)")
        }
        defer { try? context.unmount(spare, at: path) }
        try LayerForgery(path: spare.path).flipAllButFirst()
        let paths = [path] + context.paths(container).dropFirst()
        return try ContainerTrial(context: context, container: container, layers: Array(paths)).run()
    }
}
