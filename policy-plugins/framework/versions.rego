# What the policy was written for, and how its objects read today.
package framework

# The version of these rules.
version := "0.5.0"

# The version that the policy declares; null when it declares none.
default policy_version := null

policy_version := data.policy.framework_version

policy_version := data.policy.framework_svn if not data.policy.framework_version

# How a declared version stands to ours: "same", "older", "ahead" or "missing".
relation(declared) := "missing" if declared == null

relation(declared) := "same" if declared == version

relation(declared) := "older" if {
    declared != null
    semver.compare(declared, version) < 0
}

relation(declared) := "ahead" if {
    declared != null
    semver.compare(declared, version) > 0
}

at_least(declared, wanted) if semver.compare(declared, wanted) >= 0

# A list of a policy or fragment as today's rules read it: as it is written, or each element completed with the
# defaults of its time. Nothing is taken over from a document whose version is not understood.
containers_of(list, declared) := list if relation(declared) == "same"

containers_of(list, declared) := [container |
    some source in list
    container := container_of(source, declared)
] if {
    relation(declared) == "older"
}

containers_of(_, declared) := [] if relation(declared) in {"ahead", "missing"}

# An element that lacks a field of its version is not completed: it is left out.
container_of(source, declared) := {
    "command": source.command,
    "env_rules": source.env_rules,
    "layers": source.layers,
    "mounts": source.mounts,
    "allow_elevated": source.allow_elevated,
    "working_dir": source.working_dir,
    "exec_processes": source.exec_processes,
    "signals": signals_of(source, declared),
    "allow_stdio_access": source.allow_stdio_access,
    "no_new_privileges": since(source, "no_new_privileges", declared, "0.2.0", false),
    "user": since(source, "user", declared, "0.2.1", any_user),
    "capabilities": since(source, "capabilities", declared, "0.2.2", null),
    "seccomp_profile_sha256": since(source, "seccomp_profile_sha256", declared, "0.2.3", ""),
}

# A field that came with a version: required from then on, a default before.
since(source, field, declared, introduced, _) := source[field] if at_least(declared, introduced)

since(_, _, declared, introduced, fallback) := fallback if not at_least(declared, introduced)

any_user := {
    "umask": "0022",
    "user_idname": {"pattern": "", "strategy": "any"},
    "group_idnames": [{"pattern": "", "strategy": "any"}],
}

# Before 0.4.1 every container could be killed and terminated.
signals_of(source, declared) := source.signals if at_least(declared, "0.4.1")

signals_of(source, declared) := array.concat(source.signals, [9, 15]) if not at_least(declared, "0.4.1")

processes_of(list, declared) := list if relation(declared) == "same"

processes_of(list, declared) := [process |
    some source in list
    process := {
        "command": source.command,
        "env_rules": source.env_rules,
        "working_dir": source.working_dir,
        "allow_stdio_access": source.allow_stdio_access,
    }
] if {
    relation(declared) == "older"
}

processes_of(_, declared) := [] if relation(declared) in {"ahead", "missing"}

requirements_of(list, declared) := list if relation(declared) == "same"

requirements_of(list, declared) := [requirement |
    some source in list
    requirement := {
        "issuer": source.issuer,
        "feed": source.feed,
        "minimum_svn": source.minimum_svn,
        "includes": source.includes,
        "required_receipts": object.get(source, "required_receipts", []),
        "parameters": object.get(source, "parameters", {}),
    }
] if {
    relation(declared) == "older"
}

requirements_of(_, declared) := [] if relation(declared) in {"ahead", "missing"}

# Lists that came with 0.5.0 and count for nothing in an older document.
recent_of(list, declared) := list if relation(declared) == "same"

recent_of(_, declared) := [] if relation(declared) != "same"
