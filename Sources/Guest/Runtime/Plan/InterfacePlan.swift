internal import Linux
internal import OCI

extension ContainerPlan {
    /// Judges the network devices: names that the kernel takes, and a network namespace to move them to.
    static func interfaces(
        _ devices: [String: OCI.NetDevice], _ namespaces: [OCI.Namespace]
    ) throws(RuntimeError) -> [InterfaceTransfer] {
        if devices.isEmpty { return [] }
        if !namespaces.contains(where: { $0.type == "network" }) {
            throw .refused(
                "linux.netDevices: unable to move network devices without a private NET namespace")
        }
        var transfers: [InterfaceTransfer] = []
        for name in devices.keys.sorted() {
            let asked = devices[name]?.name ?? ""
            let newName = asked.isEmpty ? name : asked
            for text in [name, newName] where !isInterfaceName(text) {
                throw .refused("linux.netDevices: invalid network device name \"\(text)\"")
            }
            if transfers.contains(where: { $0.newName == newName }) {
                throw .refused("linux.netDevices: two network devices with the name \"\(newName)\"")
            }
            transfers.append(InterfaceTransfer(name: name, newName: newName))
        }
        return transfers
    }

    /// As the kernel's dev_valid_name.
    private static func isInterfaceName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count < 16 && text != "." && text != ".."
            && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x2F && $0 != 0x3A && $0 < 0x7F }
    }
}
