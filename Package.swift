// swift-tools-version: 6.2
// Coffer's one package. `EMBEDDED=1` builds the guest binary alone, as Embedded Swift; without it everything
// builds as ordinary Swift, for the host tools and for the tests.
import PackageDescription

let embedded = Context.environment["EMBEDDED"] == "1"

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
    // Foundation and our C modules must see the C library's types in one form, and CLinux needs the GNU one.
    .unsafeFlags(["-Xcc", "-D_GNU_SOURCE"]),
]
/// Common and Guest are written inside the Embedded subset; the appliance ships that build.
let guestSettings: [SwiftSetting] =
    strict
    + (embedded
        ? [
            .enableExperimentalFeature("Embedded"),
            // A section per function, so that the linker can drop and merge functions and not whole files.
            .unsafeFlags(["-wmo", "-Osize", "-Xfrontend", "-function-sections"]),
        ] : [])

/// `COFFER_LINKED_POLICY=FOLDER` compiles a policy into the guest binary: the folder, inside this package, holds the
/// module that `cofferctl policy compile` generated.
let linkedPolicy = Context.environment["COFFER_LINKED_POLICY"]
let linkedTargets: [Target] =
    linkedPolicy.map {
        [
            .target(
                name: "GeneratedPolicy", dependencies: ["RegoRuntime"], path: $0, swiftSettings: guestSettings
            )
        ]
    } ?? []

func common(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/Common/\(name)", swiftSettings: guestSettings)
}
func guest(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/Guest/\(name)", swiftSettings: guestSettings)
}
func host(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/Host/\(name)", swiftSettings: strict)
}
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests", swiftSettings: strict)
}

let commonTargets: [Target] = [
    common("JSON"),
    common("RegoRuntime"),
    common("OCI", ["JSON"]),
    common("AttestationFormat"),
    common("Wire", ["JSON", "OCI"]),
]
let guestTargets: [Target] = [
    .target(name: "CLinux", path: "Sources/Guest/CLinux"),
    .systemLibrary(name: "CCrypto", path: "Sources/Guest/CCrypto", pkgConfig: "libcrypto"),
    .systemLibrary(name: "CCryptsetup", path: "Sources/Guest/CCryptsetup", pkgConfig: "libcryptsetup"),
    .systemLibrary(name: "CExt2fs", path: "Sources/Guest/CExt2fs", pkgConfig: "ext2fs"),
    guest("Linux", ["CLinux"]),
    guest("Policy", ["Linux", "CLinux", "CCrypto", "JSON", "OCI"]),
    guest("Storage", ["Policy", "Linux", "CLinux", "CCryptsetup", "CExt2fs", "CCrypto"]),
    guest("Runtime", ["Policy", "Linux", "CLinux", "OCI", "JSON"]),
    guest("Attestation", ["Linux", "CLinux", "AttestationFormat", "JSON"]),
    guest(
        "Sandbox",
        ["Policy", "Storage", "Runtime", "Attestation", "Linux", "CLinux", "CCrypto", "OCI", "JSON"]),
    guest("GCSBridge", ["Sandbox", "Policy", "Wire", "Linux", "CLinux", "OCI", "JSON"]),
    .executableTarget(
        name: "coffer",
        dependencies: [
            "GCSBridge", "Sandbox", "Policy", "Storage", "Runtime", "Attestation", "Linux", "CLinux", "JSON",
            "OCI",
        ] + linkedTargets.map { .init(stringLiteral: $0.name) },
        path: "Sources/Guest/coffer",
        swiftSettings: guestSettings + (linkedPolicy == nil ? [] : [.define("LINKED_POLICY")]),
        linkerSettings: embedded ? [.unsafeFlags(["-static-executable", "-use-ld=lld"])] : []),
]
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let hostTargets: [Target] = [
    host("RegoCompiler", ["RegoRuntime", "CCrypto", yams]),
    host("Layers", ["OCI", "JSON", "CCrypto"]),
    host("PolicyGenerator", ["Layers", "OCI", "JSON", yams]),
    host("Appliance", ["CCrypto", "JSON"]),
    host("Verifier", ["AttestationFormat", "CCrypto", "JSON"]),
    host("BridgeClient", ["Wire", "OCI", "JSON"]),
    .target(name: "CHypervisor", path: "Sources/Host/CHypervisor"),
    host(
        "Hypervisor", ["CHypervisor", "BridgeClient", "AttestationFormat", "Verifier", "CCrypto", "JSON"]),
    .executableTarget(
        name: "regoc", dependencies: ["RegoCompiler", argumentParser], path: "Sources/Host/regoc",
        swiftSettings: strict),
    .plugin(name: "RegoBuild", capability: .buildTool(), dependencies: ["regoc"]),
    .executableTarget(
        name: "cofferctl",
        dependencies: [
            "RegoCompiler", "RegoRuntime", "Layers", "PolicyGenerator", "Appliance", "Verifier",
            "BridgeClient",
            "Hypervisor", "AttestationFormat", "Wire", "OCI", "JSON", argumentParser, yams,
        ],
        path: "Sources/Host/cofferctl", swiftSettings: strict),
]
let testTargets: [Target] = [
    tests("JSON", ["JSON"]),
    tests("RegoRuntime", ["RegoRuntime"]),
    tests("OCI", ["OCI", "JSON"]),
    tests("AttestationFormat", ["AttestationFormat", "JSON"]),
    tests("Wire", ["Wire", "JSON", "OCI"]),
    tests("Linux", ["Linux", "CLinux"]),
    tests("Policy", ["Policy", "Linux", "JSON", "OCI"]),
    tests("Storage", ["Storage", "Policy", "Linux"]),
    tests(
        "Runtime",
        ["Runtime", "FilterModel", "CSeccomp", "Policy", "Linux", "CLinux", "OCI", "JSON"]),
    .target(
        name: "FilterModel", dependencies: ["OCI"], path: "Tests/FilterModel", swiftSettings: strict),
    // The peer of our filters; nothing that is shipped links it.
    .systemLibrary(name: "CSeccomp", path: "Tests/CSeccomp", pkgConfig: "libseccomp"),
    tests("Attestation", ["Attestation", "AttestationFormat", "Linux"]),
    tests("Sandbox", ["Sandbox", "Policy", "Linux", "CLinux", "OCI", "JSON"]),
    tests("GCSBridge", ["GCSBridge", "Sandbox", "Policy", "Wire", "Linux", "CLinux", "OCI", "JSON"]),
    tests("RegoCompiler", ["RegoCompiler", "RegoRuntime", yams]),
    tests("Layers", ["Layers", "OCI", "JSON"]),
    tests("PolicyGenerator", ["PolicyGenerator", "Layers", "RegoCompiler", "RegoRuntime", "OCI", "JSON"]),
    tests("Appliance", ["Appliance"]),
    tests("Verifier", ["Verifier", "Hypervisor", "AttestationFormat", "JSON"]),
    tests("BridgeClient", ["BridgeClient", "Wire", "JSON"]),
    tests("Hypervisor", ["Hypervisor", "CHypervisor", "BridgeClient", "AttestationFormat", "JSON"]),
    tests("cofferctl", ["JSON"]),
    tests("House", []),
    tests(
        "Integration",
        ["Hypervisor", "Appliance", "AttestationFormat", "BridgeClient", "Wire", "OCI", "JSON"]),
]

/// `FUZZ=1` adds the driver of libFuzzer, which needs its own main function and instrumentation: see hack/fuzz.
let fuzzing = Context.environment["FUZZ"] == "1"
let fuzzTargets: [Target] =
    fuzzing
    ? [
        .target(
            name: "GeneratedPolicy", dependencies: ["RegoRuntime"],
            path: "policy-plugins/demo/GeneratedPolicy",
            swiftSettings: strict),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "GeneratedPolicy", "JSON", "RegoRuntime", "RegoCompiler", "OCI", "Wire", "AttestationFormat",
                "Attestation",
                "Layers",
                "Hypervisor", "Verifier", "Appliance", "Storage", "Runtime", "FilterModel", "CLinux",
            ],
            path: "Tests/Fuzz", swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
    ] : []

let package = Package(
    name: "coffer",
    products: [.executable(name: "coffer", targets: ["coffer"])]
        + (embedded
            ? []
            : [
                .executable(name: "cofferctl", targets: ["cofferctl"]),
                .library(name: "RegoCompiler", targets: ["RegoCompiler"]),
                .library(name: "RegoRuntime", targets: ["RegoRuntime"]),
                .plugin(name: "RegoBuild", targets: ["RegoBuild"]),
            ]),
    traits: [
        .trait(
            name: "SimulatedPSP",
            description:
                "Development builds: a security processor simulated by the launcher. Never in production.")
    ],
    dependencies: embedded
        ? []
        : [
            .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
            .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        ],
    targets: commonTargets + guestTargets + linkedTargets
        + (embedded ? [] : hostTargets + testTargets + fuzzTargets)
)
