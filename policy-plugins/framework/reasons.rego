# Why a request was refused. Computed on its own, from the request with its point's name in `rule`.
package framework

reason := {"errors": errors, "error_objects": error_objects}

default error_objects := null

error_objects := data.metadata.matches[input.containerID] if input.rule == "create_container"

error_objects := [process |
    some container in matches
    some process in container.exec_processes
] if {
    input.rule == "exec_in_container"
}

error_objects := candidate_processes if input.rule == "exec_external"

error_objects := candidate_requirements if input.rule == "load_fragment"

# Devices and mounts.
errors contains "blockdev mounts are not supported" if input.rule in {"mount_blockdev", "unmount_blockdev"}

errors contains "deviceHash not found" if {
    input.rule == "mount_device"
    not device_hash_known
}

device_hash_known if layer_known(input.deviceHash)

errors contains "device already mounted at path" if {
    input.rule in {"mount_device", "rw_mount_device"}
    device_mounted(input.target)
}

errors contains "device already mounted at path" if {
    input.rule == "plan9_mount"
    plan9_mounted(input.target)
}

errors contains "mountpoint invalid" if {
    input.rule in {"mount_device", "rw_mount_device"}
    not mount_path_ok
}

errors contains "no device at path to unmount" if {
    input.rule in {"unmount_device", "rw_unmount_device"}
    not device_mounted(input.unmountTarget)
}

errors contains "no device at path to unmount" if {
    input.rule == "plan9_unmount"
    not plan9_mounted(input.unmountTarget)
}

errors contains "received read-only unmount request, but device provided is read-write" if {
    input.rule == "unmount_device"
    not data.metadata.devices[input.unmountTarget]
    data.metadata.rw_devices[input.unmountTarget]
}

errors contains "received read-write unmount request, but device provided is read-only" if {
    input.rule == "rw_unmount_device"
    not data.metadata.rw_devices[input.unmountTarget]
    data.metadata.devices[input.unmountTarget]
}

errors contains message if {
    input.rule == "rw_mount_device"
    not scratch_encryption_ok
    message := "unencrypted scratch not allowed, non-readonly mount request for SCSI disk must request encryption"
}

errors contains "ensureFilesystem must be set on rw device mounts" if {
    input.rule == "rw_mount_device"
    not input.ensureFilesystem
}

errors contains "rw device mounts uses a filesystem that is not allowed" if {
    input.rule == "rw_mount_device"
    not scratch_filesystem_ok(input.filesystem)
}

errors contains "overlay has already been mounted" if {
    input.rule == "mount_overlay"
    overlay_exists
}

errors contains "no overlay at path to unmount" if {
    input.rule == "unmount_overlay"
    not overlay_mounted(input.unmountTarget)
}

errors contains "no matching containers for overlay" if {
    input.rule == "mount_overlay"
    count(overlay_candidates) == 0
}

errors contains "scratch already mounted at path" if {
    input.rule == "scratch_mount"
    scratch_mounted(input.target)
}

errors contains "unencrypted scratch not allowed" if {
    input.rule == "scratch_mount"
    not scratch_encryption_ok
}

errors contains "no scratch at path to unmount" if {
    input.rule == "scratch_unmount"
    not scratch_mounted(input.unmountTarget)
}

# Containers and processes.
errors contains "container already started" if {
    input.rule == "create_container"
    started
}

errors contains "container not started" if {
    input.rule in {"exec_in_container", "shutdown_container", "signal_container_process", "update_constraints"}
    not started
}

errors contains "constraint updates not allowed" if {
    input.rule == "update_constraints"
    not allow_constraint_updates
}

errors contains "privileged escalation not allowed" if {
    input.rule == "create_container"
    not some_match_privileged_ok
}

some_match_privileged_ok if {
    some container in matches
    privileged_ok(container.allow_elevated)
}

runs_a_command if input.rule in {"create_container", "exec_in_container", "exec_external"}

starts_in_container if input.rule in {"create_container", "exec_in_container"}

some_command_ok if {
    input.rule == "create_container"
    some container in matches
    command_ok(container.command)
}

some_command_ok if {
    input.rule == "exec_in_container"
    some container in matches
    exec_process_ok(container.exec_processes)
}

some_command_ok if {
    input.rule == "exec_external"
    some process in candidate_processes
    command_ok(process.command)
}

errors contains "invalid command" if {
    runs_a_command
    not some_command_ok
}

# The candidates of the request, whatever their kind.
reason_candidates := matches if starts_in_container

reason_candidates := candidate_processes if input.rule == "exec_external"

accepted_variables contains variable if {
    some candidate in reason_candidates
    some variable in accepted_env(candidate.env_rules)
}

refused_variables := [name |
    some variable in input.envList
    not variable in accepted_variables
    name := split(variable, "=")[0]
]

errors contains message if {
    runs_a_command
    count(refused_variables) > 0
    message := concat(" ", ["invalid env list:", concat(",", refused_variables)])
}

errors contains "invalid env list" if {
    input.rule == "create_container"
    count(base_candidates) > 0
    every container in base_candidates {
        some_variable_refused(container.env_rules)
    }
}

some_variable_refused(rules) if {
    accepted := accepted_env(rules)
    some variable in input.envList
    not variable in accepted
}

# Those that fit in everything but the environment.
env_candidates := base_candidates if input.rule == "create_container"

env_candidates := exec_candidates if input.rule == "exec_in_container"

env_candidates := external_candidates if input.rule == "exec_external"

errors contains "missing required environment variable" if {
    runs_a_command
    some candidate in env_candidates
    not required_env_ok(candidate.env_rules, input.envList)
}

errors contains "invalid working directory" if {
    runs_a_command
    not some_working_dir_ok
}

some_working_dir_ok if {
    some candidate in reason_candidates
    candidate.working_dir == input.workingDir
}

some_match_mounts(mount) if {
    some container in matches
    mount_ok(container.mounts, container.allow_elevated, mount)
}

refused_mounts := [mount.destination |
    some mount in input.mounts
    not some_match_mounts(mount)
]

errors contains message if {
    input.rule == "create_container"
    count(refused_mounts) > 0
    message := concat(" ", ["invalid mount list:", concat(",", refused_mounts)])
}

some_no_new_privileges_ok if {
    input.rule == "create_container"
    some container in matches
    no_new_privileges_ok(container.no_new_privileges)
}

some_user_ok if {
    input.rule == "create_container"
    some container in matches
    user_ok(container.user)
}

# For an exec these two appear with every refusal: hosts know the texts so.
errors contains "invalid noNewPrivileges" if {
    starts_in_container
    not some_no_new_privileges_ok
}

errors contains "invalid user" if {
    starts_in_container
    not some_user_ok
}

errors contains "invalid seccomp" if {
    input.rule == "create_container"
    not some_seccomp_ok
}

some_seccomp_ok if {
    some container in matches
    seccomp_ok(container.seccomp_profile_sha256)
}

errors contains "devices not supported" if {
    input.rule == "create_container"
    not devices_ok(input.devices)
}

requested_privileged := input.privileged if input.rule == "create_container"

requested_privileged := started_privileged if input.rule == "exec_in_container"

# Candidates after the environment.
accepted_candidates := with_env(create_candidates, kept_env(create_candidates)) if input.rule == "create_container"

accepted_candidates := with_env(env_candidates, kept_env(env_candidates)) if input.rule != "create_container"

errors contains "capabilities don't match" if {
    starts_in_container
    count(accepted_candidates) > 0
    kept := kept_capabilities(accepted_candidates, requested_privileged)
    count(with_capabilities(accepted_candidates, kept, requested_privileged)) == 0
}

largest_capabilities := {part |
    some part in capability_parts
    number_of_capabilities(part) == max([number_of_capabilities(other) | some other in capability_parts])
}

capability_parts := [common_capabilities(capabilities_of(candidate, requested_privileged)) |
    some candidate in accepted_candidates
]

errors contains "containers only distinguishable by capabilties" if {
    input.rule == "create_container"
    allow_capability_dropping
    count(largest_capabilities) > 1
}

capability_survivors := with_capabilities(
    accepted_candidates,
    kept_capabilities(accepted_candidates, requested_privileged),
    requested_privileged,
)

errors contains "containers only distinguishable by allow_stdio_access" if {
    input.rule == "create_container"
    not started
    count(stdio_access(capability_survivors)) > 1
}

errors contains "external processes only distinguishable by allow_stdio_access" if {
    input.rule == "exec_external"
    count(stdio_access(accepted_candidates)) > 1
}

errors contains "target isn't allowed to receive the signal" if {
    input.rule == "signal_container_process"
    count(signal_candidates) == 0
}

# Fragments and trust lists.
errors contains "invalid fragment issuer" if {
    input.rule == "load_fragment"
    not some_issuer
}

some_issuer if {
    some requirement in candidate_requirements
    requirement.issuer == input.issuer
}

errors contains "invalid fragment feed" if {
    input.rule == "load_fragment"
    some_issuer
    count(requirements) == 0
}

# The version that counts: the text's, or without one the envelope's.
effective_svn := fragment_svn

effective_svn := input.header_svn if {
    input.has_header_svn
    not fragment_svn
}

svn_too_low(requirement) if {
    not svn_reaches(requirement.minimum_svn)
    not svn_kind_differs(requirement.minimum_svn)
}

svn_reaches(minimum) if svn_at_least(effective_svn, minimum)

svn_kind_differs(minimum) if svn_kinds_differ(effective_svn, minimum)

loaded_fragment if {
    input.rule == "load_fragment"
    input.fragment_loaded
}

errors contains "fragment svn is below the specified minimum" if {
    loaded_fragment
    some requirement in requirements
    svn_too_low(requirement)
}

svn_kinds_differ(svn, minimum) if {
    semver.is_valid(svn)
    not semver.is_valid(minimum)
}

svn_kinds_differ(svn, minimum) if {
    not semver.is_valid(svn)
    semver.is_valid(minimum)
}

errors contains "fragment svn and the specified minimum are different types" if {
    loaded_fragment
    some requirement in requirements
    svn_kinds_differ(effective_svn, requirement.minimum_svn)
}

errors contains message if {
    loaded_fragment
    count(requirements) > 0
    input.has_header_svn
    to_number(fragment_svn) != to_number(input.header_svn)
    message := sprintf("svn in header %v does not match svn in fragment rego %v", [input.header_svn, fragment_svn])
}

errors contains "missing fragment svn in either header or rego payload" if {
    loaded_fragment
    count(requirements) > 0
    not input.has_header_svn
    not fragment_svn
}

errors contains message if {
    input.rule == "load_fragment"
    not input.fragment_loaded
    some requirement in requirements
    some wanted in object.get(requirement, "required_receipts", [])
    not receipt_ok(wanted)
    message := sprintf("missing receipt from %s", [wanted])
}

some_trust_list_ok if {
    some list in candidate_trust_lists
    trust_list_ok(list)
}

errors contains "no TTL candidate matches the provided TTL's issuer, subject and svn" if {
    input.rule == "load_transparency_trust_list"
    not some_trust_list_ok
}

errors contains "The provided TTL does not contain any ledgers it is allowed to load" if {
    input.rule == "load_transparency_trust_list"
    some_trust_list_ok
    count(accepted_ledgers) == 0
}

# Versions.
errors contains message if {
    relation(policy_version) == "missing"
    message := concat(" ", ["framework_version is missing. Current version:", version])
}

errors contains message if {
    relation(policy_version) == "ahead"
    message := concat(" ", [
        "framework_version is ahead of the current version:",
        policy_version,
        "is greater than",
        version,
    ])
}

errors contains message if {
    loaded_fragment
    relation(fragment_framework_version) == "missing"
    message := concat(" ", ["fragment framework_version is missing. Current version:", version])
}

errors contains message if {
    loaded_fragment
    relation(fragment_framework_version) == "ahead"
    message := concat(" ", [
        "fragment framework_version is ahead of the current version:",
        fragment_framework_version,
        "is greater than",
        version,
    ])
}
