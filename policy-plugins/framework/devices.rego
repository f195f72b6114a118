# Devices, overlays and other mounts of the guest itself.
package framework

device_mounted(target) if data.metadata.devices[target]

device_mounted(target) if data.metadata.rw_devices[target]

mount_path_ok if regex.match(anchored(input.mountPathRegex), input.target)

layer_known(hash) if hash in policy_layers

layer_known(hash) if {
    some container in contributed_containers
    some layer in container.layers
    layer == hash
}

default mount_device := {"allowed": false}

mount_device := {
    "allowed": true,
    "metadata": [{"name": "devices", "action": "add", "key": input.target, "value": input.deviceHash}],
} if {
    not device_mounted(input.target)
    layer_known(input.deviceHash)
    mount_path_ok
}

scratch_encryption_ok if input.encrypted

scratch_encryption_ok if allow_unencrypted_scratch

scratch_filesystem_ok(filesystem) if filesystem in {"ext4", "xfs"}

default rw_mount_device := {"allowed": false}

rw_mount_device := {
    "allowed": true,
    "metadata": [{"name": "rw_devices", "action": "add", "key": input.target, "value": true}],
} if {
    not device_mounted(input.target)
    scratch_encryption_ok
    input.ensureFilesystem
    scratch_filesystem_ok(input.filesystem)
    mount_path_ok
}

default unmount_device := {"allowed": false}

unmount_device := {
    "allowed": true,
    "metadata": [{"name": "devices", "action": "remove", "key": input.unmountTarget}],
} if {
    data.metadata.devices[input.unmountTarget]
}

default rw_unmount_device := {"allowed": false}

rw_unmount_device := {
    "allowed": true,
    "metadata": [{"name": "rw_devices", "action": "remove", "key": input.unmountTarget}],
} if {
    data.metadata.rw_devices[input.unmountTarget]
}

# Block devices as such have no root hash: never.
mount_blockdev := {"allowed": false}

unmount_blockdev := {"allowed": false}

# The root hashes of the requested layers, bottom first; the request names them topmost first.
requested_layers := [hash |
    some path in array.reverse(input.layerPaths)
    hash := data.metadata.devices[path]
]

overlay_candidates := [container |
    count(requested_layers) == count(input.layerPaths)
    some container in containers_with_layers(requested_layers)
]

overlay_exists if data.metadata.matches[input.containerID]

overlay_mounted(target) if data.metadata.overlayTargets[target]

default mount_overlay := {"allowed": false}

mount_overlay := {
    "allowed": true,
    "metadata": [
        {"name": "matches", "action": "add", "key": input.containerID, "value": overlay_candidates},
        {"name": "overlayTargets", "action": "add", "key": input.target, "value": true},
    ],
} if {
    not overlay_exists
    not overlay_mounted(input.target)
    count(overlay_candidates) > 0
}

default unmount_overlay := {"allowed": false}

# The matches stay: a container identifier is used once.
unmount_overlay := {
    "allowed": true,
    "metadata": [{"name": "overlayTargets", "action": "remove", "key": input.unmountTarget}],
} if {
    overlay_mounted(input.unmountTarget)
}

default plan9_mount := {"allowed": false}

plan9_mounted(target) if data.metadata.p9mounts[target]

plan9_mount := {
    "allowed": true,
    "metadata": [{"name": "p9mounts", "action": "add", "key": input.target, "value": container}],
} if {
    not plan9_mounted(input.target)
    some container, _ in data.metadata.matches
    regex.match(concat("", ["^", input.rootPrefix, "/", container, input.mountPathPrefix, "$"]), input.target)
}

default plan9_unmount := {"allowed": false}

plan9_unmount := {
    "allowed": true,
    "metadata": [{"name": "p9mounts", "action": "remove", "key": input.unmountTarget}],
} if {
    plan9_mounted(input.unmountTarget)
}

scratch_mounted(target) if data.metadata.scratch_mounts[target]

default scratch_mount := {"allowed": false}

scratch_mount := {
    "allowed": true,
    "metadata": [{
        "name": "scratch_mounts",
        "action": "add",
        "key": input.target,
        "value": {"encrypted": input.encrypted},
    }],
} if {
    not scratch_mounted(input.target)
    scratch_encryption_ok
}

default scratch_unmount := {"allowed": false}

scratch_unmount := {
    "allowed": true,
    "metadata": [{"name": "scratch_mounts", "action": "remove", "key": input.unmountTarget}],
} if {
    scratch_mounted(input.unmountTarget)
}
