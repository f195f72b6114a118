internal import CLinux
internal import Linux

/// Seeds the kernel's random pool from the CPU.
///
/// Writing to /dev/random mixes without crediting. The kernel itself trusts RDRAND and nothing that the host hands
/// over (`random.trust_bootloader=off` on the measured command line, and no virtio-rng driver in the image).
enum BootEntropy {
    /// 64-bit numbers to mix in: 512 bits, twice the pool's strength.
    private static let numbers = 8

    static func mixCPU() throws(BootError) {
        var seed: [UInt8] = []
        for _ in 0..<numbers {
            var number: UInt64 = 0
            if coffer_cpu_random(&number) == 0 { throw .noCPUEntropy }
            withUnsafeBytes(of: number) { seed.append(contentsOf: $0) }
        }
        do throws(Errno) {
            let pool = try openFile("/dev/random", O_WRONLY)
            try writeAll(seed, to: pool)
        } catch {
            throw .entropy(error)
        }
    }
}
