# Fragments: further policy text that the tenant's policy names by issuer and feed.
package framework

requirements := [requirement |
    some requirement in candidate_requirements
    requirement.issuer == input.issuer
    requirement.feed == input.feed
]

# Security version numbers: semantic versions, or plain numbers.
svn_at_least(svn, minimum) if {
    semver.is_valid(svn)
    semver.is_valid(minimum)
    semver.compare(svn, minimum) >= 0
}

svn_at_least(svn, minimum) if to_number(svn) >= to_number(minimum)

header_svn_ok(_) if input.has_header_svn == false

header_svn_ok(requirement) if {
    input.has_header_svn
    svn_at_least(input.header_svn, requirement.minimum_svn)
}

fragment_svn := data[input.namespace].svn

fragment_svn_ok(requirement) if {
    not input.has_header_svn
    svn_at_least(fragment_svn, requirement.minimum_svn)
}

fragment_svn_ok(requirement) if {
    input.has_header_svn
    to_number(fragment_svn) == to_number(input.header_svn)
    svn_at_least(input.header_svn, requirement.minimum_svn)
}

fragment_svn_ok(requirement) if {
    input.has_header_svn
    not fragment_svn
    svn_at_least(input.header_svn, requirement.minimum_svn)
}

receipt_ok("*") if count(input.receipts) > 0

receipt_ok(wanted) if {
    startswith(wanted, "TTL:")
    some receipt in input.receipts
    substring(wanted, 4, -1) in receipt.ttl_subjects
}

receipt_ok(wanted) if {
    wanted != "*"
    not startswith(wanted, "TTL:")
    some receipt in input.receipts
    receipt.issuer == wanted
}

receipts_ok(requirement) if {
    every wanted in object.get(requirement, "required_receipts", []) {
        receipt_ok(wanted)
    }
}

# The parameter objects that this feed is loaded with: those that loaded fragments asked for, then the policy's.
fragment_parameters := array.concat(
    [entry.parameters |
        some entry in data.metadata.fragment_parameters
        entry.issuer == input.issuer
        entry.feed == input.feed
    ],
    [requirement.parameters |
        some requirement in policy_requirements
        requirement.issuer == input.issuer
        requirement.feed == input.feed
    ],
)

default load_fragment := {"allowed": false}

load_fragment := {"allowed": true, "parameters": fragment_parameters} if {
    not input.fragment_loaded
    some requirement in requirements
    header_svn_ok(requirement)
    receipts_ok(requirement)
}

load_fragment := {
    "allowed": true,
    "add_module": "namespace" in requirement.includes,
    "metadata": array.concat(
        [{
            "name": "issuers",
            "action": "update",
            "key": input.issuer,
            "value": updated_issuer(contribution(requirement)),
        }],
        parameter_records,
    ),
} if {
    input.fragment_loaded
    relation(fragment_framework_version) in {"same", "older"}
    some requirement in requirements
    fragment_svn_ok(requirement)
}

default fragment_framework_version := null

fragment_framework_version := data[input.namespace].framework_version

fragment_framework_version := data[input.namespace].framework_svn if not data[input.namespace].framework_version

contribution(requirement) := {name: list |
    some name in requirement.includes
    list := contributed(name)
}

default fragment_containers := []

fragment_containers := data[input.namespace].containers

contributed("containers") := containers_of(fragment_containers, fragment_framework_version)

default fragment_fragments := []

fragment_fragments := data[input.namespace].fragments

contributed("fragments") := requirements_of(fragment_fragments, fragment_framework_version)

default fragment_external_processes := []

fragment_external_processes := data[input.namespace].external_processes

contributed("external_processes") := processes_of(fragment_external_processes, fragment_framework_version)

default fragment_transparency_trust_lists := []

fragment_transparency_trust_lists := data[input.namespace].transparency_trust_lists

contributed("transparency_trust_lists") := recent_of(fragment_transparency_trust_lists, fragment_framework_version)

default fragment_platform_rules := []

fragment_platform_rules := data[input.namespace].platform_rules

contributed("platform_rules") := recent_of(fragment_platform_rules, fragment_framework_version)

default known_feeds := {}

known_feeds := data.metadata.issuers[input.issuer].feeds

updated_issuer(new) := {"feeds": object.union(
    known_feeds,
    {input.feed: array.concat([new], known_contributions)},
)}

# Parameters that the fragment's own requirements carry, remembered for when those are loaded.
parameter_records := [record |
    some requirement in contributed("fragments")
    parameters := requirement.parameters
    record := {
        "name": "fragment_parameters",
        "type": "set",
        "action": "add",
        "value": {"issuer": requirement.issuer, "feed": requirement.feed, "parameters": parameters},
    }
]

# Lists of keys that receipts may be signed with.
trusted_ledgers contains ledger if {
    some list in candidate_trust_lists
    trust_list_ok(list)
    some ledger in list.allowed_ledgers
}

trust_list_ok(list) if {
    list.issuer == input.issuer
    list.subject == input.subject
    svn_at_least(input.svn, list.minimum_svn)
}

ledger_ok(_) if "*" in trusted_ledgers

ledger_ok(ledger) if ledger in trusted_ledgers

accepted_ledgers := [ledger |
    some ledger in input.ledgers
    ledger_ok(ledger)
]

default load_transparency_trust_list := {"allowed": false}

load_transparency_trust_list := {"allowed": true, "allowed_ledgers": accepted_ledgers} if {
    count(accepted_ledgers) > 0
}

default known_contributions := []

known_contributions := known_feeds[input.feed]
