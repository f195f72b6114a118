# Mounts inside of a container.
package framework

source_ok(source, allowed) if source == allowed

source_ok(source, allowed) if {
    startswith(allowed, data.sandboxPrefix)
    regex.match(anchored(replace(allowed, data.sandboxPrefix, input.sandboxDir)), source)
}

source_ok(source, allowed) if {
    startswith(allowed, data.hugePagesPrefix)
    regex.match(anchored(replace(allowed, data.hugePagesPrefix, input.hugePagesDir)), source)
}

source_ok(source, allowed) if {
    startswith(allowed, data.plan9Prefix)
    data.metadata.p9mounts[source] == input.containerID
}

mount_constraint_ok(constraint, mount) if {
    mount.type == constraint.type
    mount.destination != ""
    mount.destination == constraint.destination
    source_ok(mount.source, constraint.source)
    same_elements(mount.options, constraint.options)
}

mount_ok(mounts, _, mount) if {
    some constraint in mounts
    mount_constraint_ok(constraint, mount)
}

mount_ok(_, _, mount) if {
    some constraint in data.defaultMounts
    mount_constraint_ok(constraint, mount)
}

mount_ok(_, allow_elevated, mount) if {
    allow_elevated
    some constraint in data.privilegedMounts
    mount_constraint_ok(constraint, mount)
}

# The sandbox container gets a writable /sys even without elevation.
mount_ok(_, _, mount) if {
    input.isSandboxContainer
    mount.type == "sysfs"
    mount.source == "sysfs"
    mount.destination == "/sys"
    same_elements(mount.options, ["nosuid", "noexec", "nodev", "rw"])
}

mount_list_ok(mounts, allow_elevated) if {
    every mount in input.mounts {
        mount_ok(mounts, allow_elevated, mount)
    }
}
