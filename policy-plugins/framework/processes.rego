# Processes outside of containers, and what the host may ask for.
package framework

external_candidates := [process |
    some process in candidate_processes
    process.working_dir == input.workingDir
    command_ok(process.command)
]

default exec_external := {"allowed": false}

exec_external := {
    "allowed": true,
    "env_list": env,
    "allow_stdio_access": allow_stdio_access,
} if {
    count(external_candidates) > 0
    env := kept_env(external_candidates)
    accepting := with_env(external_candidates, env)
    count(accepting) > 0
    choices := stdio_access(accepting)
    count(choices) == 1
    some allow_stdio_access in choices
}

default get_properties := {"allowed": false}

get_properties := {"allowed": true} if allow_properties_access

default dump_stacks := {"allowed": false}

dump_stacks := {"allowed": true} if allow_dump_stacks

default runtime_logging := {"allowed": false}

runtime_logging := {"allowed": true} if allow_runtime_logging

default host_network := {"allowed": false}

host_network := {"allowed": true} if allow_host_network

# Points of other platforms: never on Linux.
mount_cims := {"allowed": false}

registry_changes := {"allowed": false}

log_provider := {"allowed": false, "providers_to_keep": []}
