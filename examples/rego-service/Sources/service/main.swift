import RegoRuntime

// The build plug-in compiled policy.rego into this module.
let policy = makeEvaluator()
try policy.load(
    data: Array(
        #"""
        {"owners": {"plan.txt": "ann"}, "groups": [{"members": ["bob"], "documents": ["plan.txt", "list.txt"]}]}
        """#.utf8))
guard let mayRead = policy.entrypoint("documents/may_read") else {
    fatalError("the policy has no documents/may_read")
}
for (user, document) in [("ann", "plan.txt"), ("bob", "list.txt"), ("ann", "list.txt")] {
    try policy.load(input: Array(#"{"user": "\#(user)", "document": "\#(document)"}"#.utf8))
    print(user, document, try policy.value(of: mayRead).isTrue ? "may" : "may not")
}
