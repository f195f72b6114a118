/// What stops the conversation with the machine's vhost-user front end.
package enum VhostUserError: Error, Equatable {
    /// The socket could not be made or used; the step and the system's text.
    case socket(step: String, reason: String)
    /// The machine closed its end.
    case disconnected
    /// A message's size is not what its request needs.
    case badMessage(request: UInt32, expected: String)
    /// A memory region that cannot be mapped as described.
    case badMemoryRegion(String)
    /// A ring number above the device's rings.
    case badRing(UInt32)
    /// The guest drives a ring against the rules.
    case virtqueue(ring: Int, VirtqueueError)
}

extension VhostUserError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .socket(let step, let reason): "vhost-user socket: \(step): \(reason)"
        case .disconnected: "the machine closed the vhost-user socket"
        case .badMessage(let request, let expected): "vhost-user request \(request): expected \(expected)"
        case .badMemoryRegion(let reason): "vhost-user memory region: \(reason)"
        case .badRing(let number): "vhost-user ring \(number): the device has rings 0, 1 and 2"
        case .virtqueue(let ring, let error): "ring \(ring): \(error)"
        }
    }
}
