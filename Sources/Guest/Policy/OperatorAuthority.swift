internal import CLinux
package import Linux

/// The right of a person with a shell on an ordinary machine to use the OCI command line, where no policy is in force.
///
/// It cannot be had inside the appliance: there the decisions are the tenant's alone.
package struct OperatorAuthority: ~Copyable {
    private init() {}

    /// Claims the authority for this process; refused in PID 1 and wherever PID 1 is Coffer.
    package static func claim() throws(OperatorAuthorityError) -> OperatorAuthority {
        if getpid() == 1 { throw .isInit }
        var own = stat()
        var initial = stat()
        if stat("/proc/self/exe", &own) != 0 { throw .ownExecutable(Errno(coffer_errno())) }
        // An ordinary user, or root without CAP_SYS_PTRACE, may not look at PID 1's executable; in the appliance
        // everyone who gets here has all capabilities, and PID 1 can be looked at.
        if stat("/proc/1/exe", &initial) != 0 {
            let errno = Errno(coffer_errno())
            if errno.code == EACCES { return OperatorAuthority() }
            throw .initExecutable(errno)
        }
        if own.st_dev == initial.st_dev && own.st_ino == initial.st_ino { throw .guest }
        return OperatorAuthority()
    }

    /// A permit for what the operator asked on the command line.
    package borrowing func permit<Action>(_ action: Action) -> Permit<Action> { Permit(approving: action) }
}

/// Why the operator's authority was refused.
package enum OperatorAuthorityError: Error, Equatable {
    /// This process is PID 1.
    case isInit
    /// PID 1 is this same executable.
    case guest
    /// /proc/self/exe cannot be looked at.
    case ownExecutable(Errno)
    /// /proc/1/exe cannot be looked at, for another reason than permission.
    case initExecutable(Errno)
}

extension OperatorAuthorityError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .isInit: return "PID 1 acts on the tenant's policy alone and takes no commands"
        case .guest:
            return
                "this machine is a Coffer guest: containers are started by its policy, not by the command line"
        case .ownExecutable(let errno): return "cannot read /proc/self/exe: \(errno)"
        case .initExecutable(let errno): return "cannot read /proc/1/exe to see what PID 1 is: \(errno)"
        }
    }
}
