# Whether one aspect of a request is what a candidate allows.
package framework

# A pattern always stands for the whole text. No group is added: the alternatives of `a|b` are `^a` and `b$`.
anchored(pattern) := concat("", [prefix_of(pattern), pattern, suffix_of(pattern)])

prefix_of(pattern) := "" if startswith(pattern, "^")

prefix_of(pattern) := "^" if not startswith(pattern, "^")

suffix_of(pattern) := "" if endswith(pattern, "$")

suffix_of(pattern) := "$" if not endswith(pattern, "$")

text_ok(pattern, "string", text) if pattern == text

text_ok(pattern, "re2", text) if regex.match(anchored(pattern), text)

command_ok(command) if input.argList == command

# Environment: each variable needs a rule, each required rule a variable.
env_ok(rule, variable) if text_ok(rule.pattern, rule.strategy, variable)

env_ok(rule, variable) if {
    equals := indexof(variable, "=")
    equals >= 0
    text_ok(rule.name, rule.name_strategy, substring(variable, 0, equals))
    text_ok(rule.value, rule.value_strategy, substring(variable, equals + 1, -1))
}

some_env_rule_ok(rules, variable) if {
    some rule in rules
    env_ok(rule, variable)
}

some_env_ok(rule, variables) if {
    some variable in variables
    env_ok(rule, variable)
}

required_env_ok(rules, variables) if {
    every rule in rules {
        required_rule_ok(rule, variables)
    }
}

required_rule_ok(rule, _) if not rule.required

required_rule_ok(rule, variables) if some_env_ok(rule, variables)

env_list_ok(rules, variables) if {
    required_env_ok(rules, variables)
    every variable in variables {
        some_env_rule_ok(rules, variable)
    }
}

# The environment that goes on: as requested, or, where dropping is allowed, the largest part that one of the
# candidates accepts. Undefined when candidates disagree on which part that is.
kept_env(_) := input.envList if not allow_environment_variable_dropping

kept_env(candidates) := kept if {
    allow_environment_variable_dropping
    parts := [part |
        some candidate in candidates
        part := {variable |
            some variable in input.envList
            some_env_rule_ok(candidate.env_rules, variable)
        }
    ]
    most := max([count(part) | some part in parts])
    largest := {part |
        some part in parts
        count(part) == most
    }
    count(largest) == 1
    some kept in largest
}

# Users.
idname_ok(_, "any", _) := true

idname_ok(pattern, "id", value) if pattern == value.id

idname_ok(pattern, "name", value) if pattern == value.name

idname_ok(pattern, "re2", value) if regex.match(anchored(pattern), value.name)

user_ok(user) if {
    user.umask == input.umask
    idname_ok(user.user_idname.pattern, user.user_idname.strategy, input.user)
    every group in input.groups {
        group_ok(user.group_idnames, group)
    }
}

group_ok(idnames, group) if {
    some idname in idnames
    idname_ok(idname.pattern, idname.strategy, group)
}

no_new_privileges_ok(no_new_privileges) if {
    no_new_privileges
    input.noNewPrivileges
}

no_new_privileges_ok(no_new_privileges) if no_new_privileges == false

privileged_ok(_) if not input.privileged

privileged_ok(allow_elevated) if input.privileged == allow_elevated

seccomp_ok(digest) if input.seccompProfileSHA256 == digest

# No container lists devices, so the host may not add any.
devices_ok(devices) if count(devices) == 0

# Capabilities.
capabilities_of(container, _) := container.capabilities if container.capabilities != null

capabilities_of(container, privileged) := default_privileged_capabilities if {
    container.capabilities == null
    container.allow_elevated
    privileged
}

capabilities_of(container, privileged) := default_unprivileged_capabilities if {
    container.capabilities == null
    not elevated(container, privileged)
}

elevated(container, privileged) if {
    container.allow_elevated
    privileged
}

default_privileged_capabilities := {
    "bounding": data.defaultPrivilegedCapabilities,
    "effective": data.defaultPrivilegedCapabilities,
    "inheritable": data.defaultPrivilegedCapabilities,
    "permitted": data.defaultPrivilegedCapabilities,
    "ambient": [],
}

default_unprivileged_capabilities := {
    "bounding": data.defaultUnprivilegedCapabilities,
    "effective": data.defaultUnprivilegedCapabilities,
    "inheritable": [],
    "permitted": data.defaultUnprivilegedCapabilities,
    "ambient": [],
}

capability_lists := ["bounding", "effective", "inheritable", "permitted", "ambient"]

same_elements(left, right) if {
    count(left) == count(right)
    every element in left {
        element in right
    }
    every element in right {
        element in left
    }
}

capabilities_ok(allowed, requested) if {
    every list in capability_lists {
        same_elements(allowed[list], requested[list])
    }
}

common_capabilities(allowed) := {list: common |
    some list in capability_lists
    common := {capability |
        some capability in input.capabilities[list]
        capability in allowed[list]
    }
}

number_of_capabilities(capabilities) := sum([count(capabilities[list]) | some list in capability_lists])

# The capabilities that go on, in the way of kept_env.
kept_capabilities(_, _) := input.capabilities if not allow_capability_dropping

kept_capabilities(candidates, privileged) := kept if {
    allow_capability_dropping
    parts := [common_capabilities(capabilities_of(candidate, privileged)) | some candidate in candidates]
    most := max([number_of_capabilities(part) | some part in parts])
    largest := {part |
        some part in parts
        number_of_capabilities(part) == most
    }
    count(largest) == 1
    some kept in largest
}
