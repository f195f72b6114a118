# Who may read which document.
package documents

default may_read := false

may_read if input.user == data.owners[input.document]

may_read if {
    some group in data.groups
    input.user in group.members
    input.document in group.documents
}
