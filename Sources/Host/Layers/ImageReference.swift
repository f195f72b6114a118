/// The name of an image in its full form, so that `nginx` and `docker.io/library/nginx:latest` are one.
///
/// The rules are those of docker's reference names: a first part with a dot or colon, or `localhost`, is a registry;
/// without one it is `docker.io`, and a name of one part there is in `library/`.
package struct ImageReference: Hashable, Sendable, CustomStringConvertible {
    /// Registry and repository.
    package let name: String
    /// nil for a reference by digest only.
    package let tag: String?
    /// `sha256:...`, nil when not given.
    package let digest: String?

    package init(_ text: String) throws(LayersError) {
        var rest = Substring(text)
        if let at = rest.firstIndex(of: "@") {
            let digest = String(rest[rest.index(after: at)...])
            try Digest.check(digest, in: "image reference \(text)")
            self.digest = digest
            rest = rest[..<at]
        } else {
            digest = nil
        }
        // A colon after the last slash is a tag's, before it a port's.
        let lastSlash = rest.lastIndex(of: "/") ?? rest.startIndex
        if let colon = rest[lastSlash...].lastIndex(of: ":") {
            tag = String(rest[rest.index(after: colon)...])
            rest = rest[..<colon]
        } else {
            tag = digest == nil ? "latest" : nil
        }
        let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
        let hasRegistry =
            parts.count > 1 && (parts[0].contains(".") || parts[0].contains(":") || parts[0] == "localhost")
        let repository = hasRegistry ? parts.dropFirst() : parts[...]
        guard repository.allSatisfy(Self.isRepositoryPart), tag.map(Self.isTag) ?? true,
            !hasRegistry || !parts[0].isEmpty
        else {
            throw .inconsistent(
                "image reference \"\(text)\": expected [registry/]name[:tag][@sha256:digest], in lower case")
        }
        let registry = hasRegistry ? String(parts[0]) : "docker.io"
        let isLibrary = registry == "docker.io" && repository.count == 1
        name = registry + "/" + (isLibrary ? "library/" : "") + repository.joined(separator: "/")
    }

    package var description: String {
        name + (tag.map { ":" + $0 } ?? "") + (digest.map { "@" + $0 } ?? "")
    }

    private static func isRepositoryPart(_ part: Substring) -> Bool {
        !part.isEmpty
            && part.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "._-".utf8.contains($0)
            }
    }

    private static func isTag(_ tag: String) -> Bool {
        (1...128).contains(tag.utf8.count)
            && tag.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
                    || "._-".utf8.contains($0)
            }
    }
}
