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

# Environment: each variable needs a rule, each required rule a variable. Most rules are a text that the variable has
# to be: those are looked up in a set, the others are tried one by one.
text_only(rule) if {
    rule.strategy == "string"
    not rule.name
}

env_texts(rules) := {rule.pattern | some rule in rules; rule.strategy == "string"}

env_patterns(rules) := [rule | some rule in rules; not text_only(rule)]

env_ok(rule, variable) if text_ok(rule.pattern, rule.strategy, variable)

env_ok(rule, variable) if {
    name := rule.name
    value := rule.value
    equals := indexof(variable, "=")
    equals >= 0
    text_ok(name, rule.name_strategy, substring(variable, 0, equals))
    text_ok(value, rule.value_strategy, substring(variable, equals + 1, -1))
}

variable_ok(texts, _, variable) if variable in texts

variable_ok(_, patterns, variable) if {
    some rule in patterns
    env_ok(rule, variable)
}

required_env_ok(rules, variables) if {
    given := {variable | some variable in variables}
    every rule in rules {
        required_rule_ok(rule, given)
    }
}

required_rule_ok(rule, _) if not rule.required

required_rule_ok(rule, given) if {
    rule.strategy == "string"
    rule.pattern in given
}

required_rule_ok(rule, given) if {
    not text_only(rule)
    some variable in given
    env_ok(rule, variable)
}

env_list_ok(rules, variables) if {
    required_env_ok(rules, variables)
    texts := env_texts(rules)
    patterns := env_patterns(rules)
    every variable in variables {
        variable_ok(texts, patterns, variable)
    }
}

# The variables that one of the rules allows.
accepted_env(rules) := {variable |
    texts := env_texts(rules)
    patterns := env_patterns(rules)
    some variable in input.envList
    variable_ok(texts, patterns, variable)
}

# The environment that goes on: as requested, or, where dropping is allowed, the largest part that one of the
# candidates accepts. Undefined when candidates disagree on which part that is.
kept_env(_) := input.envList if not allow_environment_variable_dropping

kept_env(candidates) := kept if {
    allow_environment_variable_dropping
    parts := [part |
        some candidate in candidates
        part := accepted_env(candidate.env_rules)
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
