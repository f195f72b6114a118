// swift-tools-version: 6.2
import PackageDescription

// A package of its own that uses the Rego compiler as a build plug-in.
let package = Package(
    name: "rego-service",
    dependencies: [.package(name: "coffer", path: "../..")],
    targets: [
        .executableTarget(
            name: "service", dependencies: [.product(name: "RegoRuntime", package: "coffer")],
            plugins: [.plugin(name: "RegoBuild", package: "coffer")])
    ])
