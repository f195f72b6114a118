internal import JSON
internal import OCI
internal import Runtime

extension OCICommandLine.Command {
    static let features = OCICommandLine.Command(
        name: "features", usage: "", summary: "print what this runtime can do as JSON", options: [],
        stopsAfter: nil, operands: (0, 0),
        run: { line, options throws(CommandLineError) in printLine(indented(supportedFeatures())) })
}

/// The specification's features document: what is compiled in, whether or not this machine has it. features.md.
func supportedFeatures() -> JSON {
    let linux: JSON = [
        "namespaces": JSON(RuntimeFeatures.namespaces),
        "capabilities": JSON(CapabilitySet.names),
        "cgroup": ["v1": true, "v2": true, "systemd": true, "systemdUser": false, "rdma": true],
        "seccomp": [
            "enabled": true,
            "actions": JSON(RuntimeFeatures.seccompActions),
            "operators": JSON(RuntimeFeatures.seccompOperators),
            "archs": JSON(RuntimeFeatures.seccompArchitectures),
            "knownFlags": JSON(RuntimeFeatures.seccompFlags),
            "supportedFlags": JSON(RuntimeFeatures.seccompFlags),
        ],
        "apparmor": ["enabled": true],
        "selinux": ["enabled": true],
        "intelRdt": ["enabled": true, "schemata": true, "monitoring": true],
        "memoryPolicy": [
            "modes": JSON(RuntimeFeatures.memoryPolicyModes),
            "flags": JSON(RuntimeFeatures.memoryPolicyFlags),
        ],
        "mountExtensions": ["idmap": ["enabled": true]],
        "netDevices": ["enabled": true],
    ]
    return [
        "ociVersionMin": "1.0.0",
        "ociVersionMax": JSON(OCI.version),
        "hooks": [
            "prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop",
        ],
        "mountOptions": JSON(RuntimeFeatures.mountOptions),
        "linux": linux,
        "annotations": ["org.coffer.version": JSON(OCICommandLine.version)],
        "potentiallyUnsafeConfigAnnotations": ["org.systemd.property."],
    ]
}
