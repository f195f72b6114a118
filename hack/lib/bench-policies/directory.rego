# A large directory of people: one is looked up, or all are counted.
package directory

default may_approve := false

may_approve if {
    person := data.people[input.user]
    person.active
    some limit in data.limits[person.grade]
    limit.currency == input.currency
    input.amount <= limit.amount
    not person.manager == input.requester
}

team := {"size": count(members), "grades": {person.grade | some person in members}}

members := [person |
    some person in data.people
    person.team == input.team
    person.active
]
