internal import Appliance
internal import ArgumentParser
internal import Foundation

/// `cofferctl appliance ...`: the guest's kernel and image.
struct ApplianceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "appliance",
        abstract: "Build the guest image that a confidential VM boots.",
        subcommands: [ApplianceBuildCommand.self])
}

/// `cofferctl appliance build`: kernel, initramfs and manifest.
struct ApplianceBuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build the kernel, the initramfs and their description.",
        discussion: """
            Writes vmlinuz, initramfs.img and appliance.json. The initramfs holds the static `coffer` binary, the
            kernel modules of rootfs/modules, and nothing else; the same inputs give the same bytes.

            Example:
              cofferctl appliance build -o appliance
              cofferctl appliance build --development -o appliance-dev
              cofferctl appliance build --policy policy -o appliance-for-one-policy
            """)

    @Option(name: [.short, .customLong("output")], help: "The directory to write.")
    var output: String

    @Flag(help: "With a serial console and the simulated security processor: never for production.")
    var development = false

    @Option(
        help: "What `cofferctl policy compile` wrote: that policy becomes part of the guest and is measured.",
        completion: .directory)
    var policy: String?

    @Option(help: "A built `coffer` to use instead of building it.")
    var coffer: String?

    @Option(help: "A Debian kernel package (.deb) to use instead of the newest 6.12 cloud kernel.")
    var kernelPackage: String?

    @Option(help: "A kernel image without modules (hack/build-kernel) to use instead of Debian's.")
    var kernel: String?

    @Option(help: "Coffer's source directory; found from here or from this program when not given.")
    var source: String?

    @OptionGroup var format: OutputOptions

    func validate() throws {
        if kernel != nil && kernelPackage != nil {
            throw ValidationError("--kernel and --kernel-package exclude each other")
        }
        if coffer != nil && policy != nil {
            throw ValidationError("--coffer and --policy exclude each other: a built binary stays as it is")
        }
    }

    func run() async throws {
        let builder = ApplianceBuilder(
            kind: development ? .development : .production, sourceRoot: try root(),
            linkedPolicy: policy.map { URL(fileURLWithPath: $0) })
        let bar = ProgressBar("appliance", total: 3, isQuiet: format.quiet)
        bar.set(0, note: "building coffer")
        let guest = try coffer.map { URL(fileURLWithPath: $0) } ?? builder.buildGuest()
        bar.set(1, note: "kernel")
        let directory = URL(fileURLWithPath: output)
        let manifest: ApplianceManifest
        if let kernel {
            manifest = try builder.assemble(
                guest: guest, kernelImage: URL(fileURLWithPath: kernel), into: directory)
        } else {
            let package =
                try kernelPackage.map { URL(fileURLWithPath: $0) }
                ?? KernelPackage.newest(cache: builder.kernelCache)
            bar.set(2, note: "image")
            manifest = try builder.assemble(
                guest: guest, kernel: KernelPackage(package: package, cache: builder.kernelCache),
                into: directory)
        }
        bar.finish("\(manifest.kind.rawValue), kernel \(manifest.kernelRelease)")
        try report(manifest)
    }

    private func root() throws -> URL {
        if let source { return URL(fileURLWithPath: source) }
        let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return try ApplianceBuilder.sourceRoot(searching: [here, program])
    }

    private func report(_ manifest: ApplianceManifest) throws {
        if format.json {
            Terminal.output(bytes: try manifest.encoded())
            return
        }
        for file in [manifest.kernel, manifest.initramfs, manifest.coffer] {
            Terminal.output("\(file.sha256)  \(file.name) (\(file.bytes) bytes)")
        }
    }
}
