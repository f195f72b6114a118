# Everything the policy and the loaded fragments offer.
package framework

default policy_containers := []

policy_containers := containers_of(data.policy.containers, policy_version)

default policy_requirements := []

policy_requirements := requirements_of(data.policy.fragments, policy_version)

default policy_processes := []

policy_processes := processes_of(data.policy.external_processes, policy_version)

default policy_trust_lists := []

policy_trust_lists := data.policy.transparency_trust_lists

default policy_platform_rules := []

policy_platform_rules := recent_of(data.policy.platform_rules, policy_version)

# Contributions of fragments, newest first within a feed.
contributions := [contribution |
    some issuer in data.metadata.issuers
    some feed in issuer.feeds
    some contribution in feed
]

contributed_containers := [container |
    some contribution in contributions
    some container in contribution.containers
]

candidate_requirements := array.concat(policy_requirements, [requirement |
    some contribution in contributions
    some requirement in contribution.fragments
])

candidate_processes := array.concat(policy_processes, [process |
    some contribution in contributions
    some process in contribution.external_processes
])

candidate_trust_lists := array.concat(policy_trust_lists, [list |
    some contribution in contributions
    some list in contribution.transparency_trust_lists
])

candidate_platform_rules := array.concat(policy_platform_rules, [rule |
    some contribution in contributions
    some rule in contribution.platform_rules
])

# Every layer that some container of the policy uses, whatever version it declares.
policy_layers contains layer if {
    some container in data.policy.containers
    some layer in container.layers
}

# The policy's containers by their chain of layers.
policy_containers_by_layers := {chain: group |
    some chain in {container.layers | some container in policy_containers}
    group := [container |
        some container in policy_containers
        container.layers == chain
    ]
}

# All of them, for those who ask; the rules look containers up by their layers.
candidate_containers := on_platform(array.concat(policy_containers, contributed_containers))

# The containers of that chain of layers, bottom first, with what the platform adds.
containers_with_layers(chain) := on_platform(array.concat(
    known_chain(chain),
    [container |
        some container in contributed_containers
        container.layers == chain
    ],
))

# One variant of each container per platform rule; the containers themselves when there is none.
on_platform(containers) := containers if count(candidate_platform_rules) == 0

on_platform(containers) := [variant |
    some container in containers
    some rule in candidate_platform_rules
    variant := object.union(container, {
        "env_rules": array.concat(container.env_rules, object.get(rule, "env_rules", [])),
        "mounts": array.concat(container.mounts, object.get(rule, "mounts", [])),
    })
] if {
    count(candidate_platform_rules) > 0
}

# Flags of the policy; what it does not say is false.
default allow_environment_variable_dropping := false

allow_environment_variable_dropping := data.policy.allow_environment_variable_dropping

default allow_unencrypted_scratch := false

allow_unencrypted_scratch := data.policy.allow_unencrypted_scratch

default allow_capability_dropping := false

allow_capability_dropping := data.policy.allow_capability_dropping if {
    policy_version != null
    at_least(policy_version, "0.2.2")
}

default allow_properties_access := false

allow_properties_access := data.policy.allow_properties_access

default allow_dump_stacks := false

allow_dump_stacks := data.policy.allow_dump_stacks

default allow_runtime_logging := false

allow_runtime_logging := data.policy.allow_runtime_logging

default allow_host_network := false

allow_host_network := data.policy.allow_host_network

default allow_constraint_updates := false

allow_constraint_updates := data.policy.allow_constraint_updates

default known_chain(_) := []

known_chain(chain) := policy_containers_by_layers[chain]
