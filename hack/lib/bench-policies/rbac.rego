# Who may do what: users have roles, roles inherit from roles and grant actions on types of things.
package rbac

default allow := false

allow if "admin" in roles

allow if {
    some role in roles
    some grant in data.grants[role]
    grant.action == input.action
    grant.type == input.type
}

# The roles of the user and what those inherit.
roles := {role |
    some own in data.roles[input.user]
    some role in array.concat([own], object.get(data.inherits, own, []))
}
