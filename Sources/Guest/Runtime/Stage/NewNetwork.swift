internal import Linux
internal import OCI

/// Who makes a container's new network namespace. It takes longer than everything else, so that somebody else does where it can
/// be.
enum NewNetwork {
    /// There is none to make.
    case none
    /// The first process is born in it: interfaces are moved there before it goes on, or a joined user namespace is to own it.
    case withProcess
    /// The first process makes it, as root of its new user namespace, which is to own it.
    case byProcess
    /// A child of the maker's makes it meanwhile, and the first process joins it.
    case aside(NetworkMaker)

    /// Begins with it where that is possible. Nothing else of the specification is judged yet; a refusal lets go of it.
    init(beginningFor linux: OCI.Linux?) {
        let namespaces = linux?.namespaces ?? []
        let owner = namespaces.first { $0.type == "user" }
        if !namespaces.contains(where: { $0.type == "network" && $0.path.isEmpty }) {
            self = .none
        } else if linux?.netDevices.isEmpty == false || owner?.path.isEmpty == false {
            self = .withProcess
        } else {
            self = owner == nil ? .aside(NetworkMaker()) : .byProcess
        }
    }

    /// Whether it is not there yet when the first process begins.
    var isLate: Bool {
        switch self {
        case .none, .withProcess: false
        case .byProcess, .aside: true
        }
    }

    /// Who is at work on it meanwhile.
    var maker: NetworkMaker? {
        if case .aside(let maker) = self { return maker }
        return nil
    }
}
