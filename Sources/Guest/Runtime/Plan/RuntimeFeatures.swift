internal import Linux

/// The words of a specification that plans understand: read off the tables that plans are made with.
package enum RuntimeFeatures {
    /// Kinds of namespaces.
    package static var namespaces: [String] { namespaceNames.map { $0.name }.sorted() }
    /// Actions of `linux.seccomp`, `SCMP_ACT_` words.
    package static var seccompActions: [String] {
        (SeccompProgram.plainActions.map { $0.name } + ["SCMP_ACT_ERRNO", "SCMP_ACT_TRACE"]).sorted()
    }
    /// Comparisons of arguments, `SCMP_CMP_` words.
    package static var seccompOperators: [String] { FilterCondition.operatorNames.sorted() }
    /// `SCMP_ARCH_` words that a filter can be for; what is only known by name, to be refused, is left out.
    package static var seccompArchitectures: [String] {
        FilterArchitecture.names.filter { $0.architecture != nil }.map { $0.name }.sorted()
    }
    /// `SECCOMP_FILTER_FLAG_` words.
    package static var seccompFlags: [String] { SeccompProgram.flagBits.map { $0.name }.sorted() }
    /// `MPOL_` words; their place in the list is the kernel's number.
    package static var memoryPolicyModes: [String] { MemoryPolicyPlan.modes }
    /// `MPOL_F_` words.
    package static var memoryPolicyFlags: [String] { MemoryPolicyPlan.flagBits.map { $0.name } }

    /// Words of mounts that have a meaning here; a file system's own options are its own.
    package static var mountOptions: [String] {
        let attributes = MountPlan.attributeWords.map { $0.word }
        let spread = [
            "private", "rprivate", "rshared", "rslave", "runbindable", "shared", "slave", "unbindable",
        ]
        let own = [
            "bind", "rbind", "remount", "tmpcopyup", "idmap", "ridmap", "copy-symlink", "dest-nofollow",
            "src-nofollow",
        ]
        return
            (attributes + attributes.map { "r" + $0 } + spread + own + MountPlan.filesystemWords
            + MountPlan.emptyWords).sorted()
    }
}
