internal import Layers
internal import OCI

/// Turns names of users and groups into numbers with the image's own tables, as containerd does.
struct UserResolver {
    struct Result {
        var user: OCI.User
        var home: String
    }

    private let container: PodManifest.Container
    private let pod: PodManifest
    private let image: ImageIndex.Image

    init(_ container: PodManifest.Container, _ pod: PodManifest, _ image: ImageIndex.Image) {
        self.container = container
        self.pod = pod
        self.image = image
    }

    func user() throws(PolicyGeneratorError) -> Result {
        let parts = image.configuration.config.user.split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false
        ).map(String.init)
        let imageUser = parts.first ?? ""
        let imageGroup = parts.count > 1 ? parts[1] : ""
        var account: Accounts.User?
        var number: UInt32
        if let asked = container.user ?? pod.security.user {
            number = asked
            account = image.accounts.users.first { $0.user == asked }
        } else {
            (number, account) = try lookUp(imageUser)
        }
        var user = OCI.User()
        user.uid = number
        user.umask = 0o022
        if let asked = container.group ?? pod.security.group {
            user.gid = asked
        } else if !imageGroup.isEmpty && container.user == nil && pod.security.user == nil {
            user.gid = try group(imageGroup)
        } else {
            user.gid = account?.group ?? 0
        }
        user.additionalGids = additionalGroups(account, user.gid)
        if container.nonRoot ?? pod.security.nonRoot, number == 0 {
            throw .value(
                path: container.path + ".securityContext.runAsNonRoot", expected: "a user that is not root",
                found: "user 0; set runAsUser")
        }
        // The C library's default for accounts without an entry.
        let home = account.map { $0.home.isEmpty ? "/" : $0.home } ?? (number == 0 ? "/root" : "/")
        return Result(user: user, home: home)
    }

    private func lookUp(_ text: String) throws(PolicyGeneratorError) -> (UInt32, Accounts.User?) {
        if text.isEmpty { return (0, image.accounts.users.first { $0.user == 0 }) }
        if let account = image.accounts.users.first(where: { $0.name == text }) {
            return (account.user, account)
        }
        guard let number = UInt32(text) else {
            throw .unknownAccount(path: container.path + ".image", name: text, image: container.image)
        }
        return (number, image.accounts.users.first { $0.user == number })
    }

    private func group(_ text: String) throws(PolicyGeneratorError) -> UInt32 {
        if let group = image.accounts.groups.first(where: { $0.name == text }) { return group.group }
        guard let number = UInt32(text) else {
            throw .unknownAccount(path: container.path + ".image", name: text, image: container.image)
        }
        return number
    }

    /// The groups that list the user as a member, and the manifest's; ascending, without the primary one.
    private func additionalGroups(_ account: Accounts.User?, _ primary: UInt32) -> [UInt32] {
        var groups = Set(pod.security.supplementalGroups)
        if let account {
            for group in image.accounts.groups where group.members.contains(account.name) {
                groups.insert(group.group)
            }
        }
        groups.remove(primary)
        return groups.sorted()
    }
}
