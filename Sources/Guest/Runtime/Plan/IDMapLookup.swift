internal import OCI

extension [OCI.IDMapping] {
    /// The machine's id of one of a user namespace; nil when it is mapped to none.
    ///
    /// - Parameter count: how many ids from this one on, all of which are to be in one range.
    func hostID(of id: UInt32, count: UInt32 = 1) -> UInt32? {
        for map in self where id >= map.containerID {
            let distance = id - map.containerID
            if UInt64(distance) + UInt64(count) > UInt64(map.size) { continue }
            let (sum, overflows) = map.hostID.addingReportingOverflow(distance)
            if !overflows { return sum }
        }
        return nil
    }
}
