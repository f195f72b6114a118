/// What is wrong with a ring that the guest drives. The device stops using the ring; the host goes on.
package enum VirtqueueError: Error, Equatable {
    /// A ring address lies outside the guest's memory.
    case ringOutsideMemory
    /// The driver claims more new entries than the ring has.
    case availableIndexJumped(from: UInt16, to: UInt16)
    /// A descriptor number is not below the ring's size.
    case descriptorOutOfRange(UInt16)
    /// A chain has more descriptors than the ring, so it loops.
    case chainLoops(head: UInt16)
    /// A descriptor's buffer is not inside the guest's memory.
    case bufferOutsideMemory(address: UInt64, length: UInt32)
    /// A readable descriptor follows a writable one; the specification forbids it.
    case readableAfterWritable(head: UInt16)
    /// An indirect descriptor, although the feature was not offered.
    case indirectNotOffered(head: UInt16)
}

extension VirtqueueError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ringOutsideMemory: "a ring address is outside the guest's memory"
        case .availableIndexJumped(let from, let to):
            "the driver's index went from \(from) to \(to), more than the ring holds"
        case .descriptorOutOfRange(let number): "descriptor \(number) is not in the table"
        case .chainLoops(let head): "the descriptor chain at \(head) is longer than the ring"
        case .bufferOutsideMemory(let address, let length):
            "a buffer of \(length) bytes at guest address \(address) is outside the guest's memory"
        case .readableAfterWritable(let head): "the chain at \(head) has a readable part after a writable one"
        case .indirectNotOffered(let head): "the chain at \(head) is indirect, which was not offered"
        }
    }
}
