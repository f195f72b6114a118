# The life of a container: each step keeps the candidates that still fit.
package framework

started if data.metadata.started[input.containerID]

matches := data.metadata.matches[input.containerID]

# Candidates that fit in everything but seccomp profile, environment and capabilities.
base_candidates := [container |
    some container in matches
    no_new_privileges_ok(container.no_new_privileges)
    user_ok(container.user)
    privileged_ok(container.allow_elevated)
    container.working_dir == input.workingDir
    command_ok(container.command)
    mount_list_ok(container.mounts, container.allow_elevated)
]

create_candidates := [container |
    some container in base_candidates
    seccomp_ok(container.seccomp_profile_sha256)
]

with_env(candidates, env) := [candidate |
    some candidate in candidates
    env_list_ok(candidate.env_rules, env)
]

with_capabilities(candidates, capabilities, privileged) := [candidate |
    some candidate in candidates
    capabilities_ok(capabilities_of(candidate, privileged), capabilities)
]

stdio_access(candidates) := {candidate.allow_stdio_access | some candidate in candidates}

default create_container := {"allowed": false}

create_container := {
    "allowed": true,
    "metadata": [
        {"name": "matches", "action": "update", "key": input.containerID, "value": survivors},
        {
            "name": "started",
            "action": "add",
            "key": input.containerID,
            "value": {"privileged": input.privileged},
        },
    ],
    "env_list": env,
    "caps_list": capabilities,
    "allow_stdio_access": allow_stdio_access,
} if {
    not started
    devices_ok(input.devices)
    count(create_candidates) > 0
    env := kept_env(create_candidates)
    accepting := with_env(create_candidates, env)
    count(accepting) > 0
    capabilities := kept_capabilities(accepting, input.privileged)
    survivors := with_capabilities(accepting, capabilities, input.privileged)
    count(survivors) > 0
    choices := stdio_access(survivors)
    count(choices) == 1
    some allow_stdio_access in choices
}

# Whether the running container was created privileged.
started_privileged := data.metadata.started[input.containerID].privileged

exec_process_ok(processes) if {
    some process in processes
    command_ok(process.command)
}

exec_candidates := [container |
    some container in matches
    container.working_dir == input.workingDir
    no_new_privileges_ok(container.no_new_privileges)
    user_ok(container.user)
    exec_process_ok(container.exec_processes)
]

default exec_in_container := {"allowed": false}

exec_in_container := {
    "allowed": true,
    "metadata": [{"name": "matches", "action": "update", "key": input.containerID, "value": survivors}],
    "env_list": env,
    "caps_list": capabilities,
} if {
    started
    count(exec_candidates) > 0
    env := kept_env(exec_candidates)
    accepting := with_env(exec_candidates, env)
    count(accepting) > 0
    capabilities := kept_capabilities(accepting, started_privileged)
    survivors := with_capabilities(accepting, capabilities, started_privileged)
    count(survivors) > 0
}

default shutdown_container := {"allowed": false}

# It stays in `started`: the identifier cannot be used again.
shutdown_container := {
    "allowed": true,
    "metadata": [{"name": "matches", "action": "remove", "key": input.containerID}],
} if {
    started
}

signal_ok(container) if {
    input.isInitProcess
    input.signal in container.signals
}

signal_ok(container) if {
    not input.isInitProcess
    some process in container.exec_processes
    command_ok(process.command)
    input.signal in process.signals
}

signal_candidates := [container |
    some container in matches
    signal_ok(container)
]

default signal_container_process := {"allowed": false}

signal_container_process := {
    "allowed": true,
    "metadata": [{"name": "matches", "action": "update", "key": input.containerID, "value": signal_candidates}],
} if {
    started
    count(signal_candidates) > 0
}

default update_constraints := {"allowed": false}

# Coffer's own point: no other guest asks it. A policy may bound the limits in a rule of its own, by `input.resources`.
update_constraints := {"allowed": true} if {
    started
    allow_constraint_updates
}
