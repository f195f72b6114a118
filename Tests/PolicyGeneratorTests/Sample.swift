import JSON
import Layers
import OCI

@testable import PolicyGenerator

/// An image index and manifests for tests.
enum Sample {
    static let rootHashes = ["a", "b", "c"].map { String(repeating: $0, count: 64) }

    /// `web` (root, layers a b) and `db` (a user of its own, layers a c).
    static func images() throws -> ImageIndex {
        let json: JSON = [
            "version": 1,
            "images": [
                image(
                    "docker.io/library/web:1", layers: [0, 1],
                    config: [
                        "Env": ["PATH=/bin", "MODE=image"], "Entrypoint": ["/entry"], "Cmd": ["-a", "b"],
                        "StopSignal": "SIGQUIT",
                    ]),
                image(
                    "docker.io/library/db:1", layers: [0, 2],
                    config: [
                        "User": "redis:data", "Cmd": ["redis-server"], "WorkingDir": "/data",
                        "Env": ["PATH=/bin"],
                    ]),
            ],
        ]
        return try ImageIndex(json, path: "images.json")
    }

    private static func image(_ name: String, layers: [Int], config: JSON) -> JSON {
        let diffID = "sha256:" + rootHashes[0]
        return [
            "references": [.string(name)],
            "identity": .string("sha256:" + String(repeating: "1", count: 64)),
            "layers": .array(
                layers.map {
                    [
                        "rootHash": .string(rootHashes[$0]), "diffID": .string(diffID), "dataSize": 8192,
                        "fileSize": 16384,
                    ]
                }),
            "configuration": [
                "architecture": "amd64", "os": "linux", "config": config,
                "rootfs": ["type": "layers", "diff_ids": [.string(diffID)]],
            ],
            "accounts": [
                "users": [
                    ["name": "root", "uid": 0, "gid": 0, "home": "/root"],
                    ["name": "redis", "uid": 100, "gid": 101, "home": "/var/lib/redis"],
                ],
                "groups": [
                    ["name": "root", "gid": 0, "members": []],
                    ["name": "data", "gid": 200, "members": []],
                    ["name": "extra", "gid": 300, "members": ["redis"]],
                ],
            ],
        ]
    }

    /// A manifest with these lines in its container, its spec and its annotations.
    static func manifest(
        container: String = "", spec: String = "", annotations: String = "", image: String = "web:1"
    ) -> String {
        func indented(_ text: String, _ count: Int) -> String {
            text.split(separator: "\n").map { String(repeating: " ", count: count) + $0 + "\n" }.joined()
        }
        var text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: sample\n"
        if !annotations.isEmpty { text += "  annotations:\n" + indented(annotations, 4) }
        text += "spec:\n" + indented(spec, 2)
        text += "  containers:\n    - name: main\n      image: \(image)\n" + indented(container, 6)
        return text
    }

    static func plan(_ text: String) throws -> PodPlan {
        try PodPlan(pod: PodManifest(yaml: text), images: images())
    }

    static func container(_ text: String) throws -> ContainerPlan {
        try plan(text).containers[0]
    }
}
