extension OCI {
    /// Block device limits.
    package struct BlockIOLimits: Document, Equatable, Sendable {
        /// 10 to 1000.
        package var weight: UInt16?
        /// cgroup v1 only.
        package var leafWeight: UInt16?
        /// Weights by device.
        package var weightDevice: [WeightDevice] = []
        /// Bytes per second.
        package var throttleReadBpsDevice: [ThrottleDevice] = []
        /// Bytes per second.
        package var throttleWriteBpsDevice: [ThrottleDevice] = []
        /// Operations per second.
        package var throttleReadIOPSDevice: [ThrottleDevice] = []
        /// Operations per second.
        package var throttleWriteIOPSDevice: [ThrottleDevice] = []

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.BlockIOLimits {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        weight = try reader.optionalInteger("weight")
        leafWeight = try reader.optionalInteger("leafWeight")
        weightDevice = try reader.list("weightDevice")
        throttleReadBpsDevice = try reader.list("throttleReadBpsDevice")
        throttleWriteBpsDevice = try reader.list("throttleWriteBpsDevice")
        throttleReadIOPSDevice = try reader.list("throttleReadIOPSDevice")
        throttleWriteIOPSDevice = try reader.list("throttleWriteIOPSDevice")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("weight", ifPresent: weight)
        writer.put("leafWeight", ifPresent: leafWeight)
        writer.put("weightDevice", unlessEmpty: weightDevice)
        writer.put("throttleReadBpsDevice", unlessEmpty: throttleReadBpsDevice)
        writer.put("throttleWriteBpsDevice", unlessEmpty: throttleWriteBpsDevice)
        writer.put("throttleReadIOPSDevice", unlessEmpty: throttleReadIOPSDevice)
        writer.put("throttleWriteIOPSDevice", unlessEmpty: throttleWriteIOPSDevice)
    }
}

extension OCI {
    /// A block device's weight.
    package struct WeightDevice: Document, Equatable, Sendable {
        /// The major number.
        package var major: Int64 = 0
        /// The minor number.
        package var minor: Int64 = 0
        /// 10 to 1000.
        package var weight: UInt16?
        /// cgroup v1 only.
        package var leafWeight: UInt16?

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.WeightDevice {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        major = try reader.integer("major")
        minor = try reader.integer("minor")
        weight = try reader.optionalInteger("weight")
        leafWeight = try reader.optionalInteger("leafWeight")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("major", major)
        writer.put("minor", minor)
        writer.put("weight", ifPresent: weight)
        writer.put("leafWeight", ifPresent: leafWeight)
    }
}

extension OCI {
    /// A block device's rate.
    package struct ThrottleDevice: Document, Equatable, Sendable {
        /// The major number.
        package var major: Int64 = 0
        /// The minor number.
        package var minor: Int64 = 0
        /// Per second.
        package var rate: UInt64 = 0

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.ThrottleDevice {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        major = try reader.integer("major")
        minor = try reader.integer("minor")
        rate = try reader.integer("rate")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("major", major)
        writer.put("minor", minor)
        writer.put("rate", rate)
    }
}
