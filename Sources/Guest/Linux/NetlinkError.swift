/// What can go wrong with the network's configuration, one case per step.
package enum NetlinkError: Error, Equatable {
    case socket(Errno)
    case send(String, Errno)
    case receive(String, Errno)
    case refused(String, Errno)
    case malformedReply(String)
    case unexpectedReply(String, type: UInt16)
    case noSuchLink(String)
    case address(String)
    case prefix(String)
    case namespace(String, Errno)
    case readMTU(String, Errno)
    case overheadTooLarge(String, UInt16)
}

extension NetlinkError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .socket(let error): "cannot open a routing socket: \(error.description)"
        case .send(let step, let error): "\(step): cannot ask the kernel: \(error.description)"
        case .receive(let step, let error): "\(step): no answer from the kernel: \(error.description)"
        case .refused(let step, let error): "\(step): refused by the kernel: \(error.description)"
        case .malformedReply(let step): "\(step): the kernel's answer is malformed"
        case .unexpectedReply(let step, let type):
            "\(step): answer of type \(type), expected an acknowledgement"
        case .noSuchLink(let name): "there is no network interface \"\(name)\""
        case .address(let text): "\"\(text)\" is not an IPv4 or IPv6 address"
        case .prefix(let text): "\"\(text)\" is not a network, expected ADDRESS/BITS"
        case .namespace(let path, let error):
            "cannot enter the network namespace \(path): \(error.description)"
        case .readMTU(let name, let error): "cannot read the MTU of \(name): \(error.description)"
        case .overheadTooLarge(let name, let bytes):
            "\(bytes) bytes of encapsulation leave \(name) with a packet size below 1280"
        }
    }
}
