/// One pod: the containers that share network, IPC and host name.
final class Pod {
    let sandboxID: String
    let hostname: String
    /// Directories below sandboxMounts that containers got, relative to it.
    var sandboxMounts: [String] = []
    /// Whether any of them have been made.
    var hasDirectories = false
    /// Those of them that are mounted in memory.
    var memoryVolumes: [String] = []
    var containers: Set<String> = []
    /// The host's name for its network, once one has been configured.
    var networkID: String?

    init(sandboxID: String, hostname: String) {
        self.sandboxID = sandboxID
        self.hostname = hostname
    }
}

/// The three files that the guest writes for a pod.
enum PodFiles {
    static let names = ["hostname", "hosts", "resolv.conf"]

    /// A pod's /etc/hosts. hosts(5).
    static func hosts(hostname: String) -> String {
        """
        127.0.0.1 localhost
        127.0.0.1 \(hostname)
        ::1 localhost ip6-localhost ip6-loopback
        fe00::0 ip6-localnet
        ff00::0 ip6-mcastprefix
        ff02::1 ip6-allnodes
        ff02::2 ip6-allrouters

        """
    }

    /// A pod's /etc/resolv.conf. resolv.conf(5).
    static func resolver(servers: [String], domains: [String]) -> String {
        var text = ""
        if !domains.isEmpty { text += "search " + domains.joined(separator: " ") + "\n" }
        for server in servers { text += "nameserver " + server + "\n" }
        return text
    }

    /// Whether the text can be a host name: 1 to 63 letters, digits, dots, hyphens, not beginning or ending with
    /// one of the marks.
    static func isHostname(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
        return isLetterOrDigit(first) && isLetterOrDigit(last)
            && bytes.allSatisfy {
                isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
            }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            return true
        default: return false
        }
    }
}
