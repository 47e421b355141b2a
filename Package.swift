// swift-tools-version: 6.2
import PackageDescription

/// Every import points left along the street (see README):
/// Model → Causality → Wire → Store → Sync → Transport → Driver.
/// `./cli/test` builds with `--explicit-target-dependency-import-check error`, which enforces it.
let package = Package(
    name: "lucky-driver",
    platforms: [.macOS(.v15), .iOS(.v18)],
    products: [
        .library(name: "LuckyDriver", targets: ["LuckyDriver"]),
        .library(name: "LuckySimulation", targets: ["LuckySimulation"]),
        .executable(name: "lucky", targets: ["lucky"]),
        .executable(name: "lucky-hub", targets: ["lucky-hub"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
    ],
    targets: [
        // What people read: SQL, wire schemas, cases.
        .target(
            name: "LuckySchemas", path: "Schemas",
            exclude: [
                "wire", "cli", "days/README.md", "cases", "cases-left-out.json",
                "lucky-case-1.schema.json",
            ],
            resources: [
                .embedInCode("sql"), .embedInCode("days/taitung.csv"), .embedInCode("profiles"),
            ]),

        // The street.
        .target(name: "LuckyModel"),
        .target(name: "LuckyFiles"),
        .target(name: "LuckyCausality", dependencies: ["LuckyModel"]),
        .target(
            name: "LuckyWire",
            dependencies: [
                "LuckyModel", "LuckyCausality", "CChecksum", "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ]),
        .target(
            name: "LuckyStore",
            dependencies: [
                "LuckyModel", "LuckyFiles", "LuckyCausality", "LuckyWire", "LuckySchemas",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .target(name: "LuckySync", dependencies: ["LuckyModel", "LuckyCausality", "LuckyWire"]),
        .target(
            name: "LuckyTransport",
            dependencies: ["LuckyModel", "LuckyWire", "LuckySync", "CCurl"]),
        .target(
            name: "LuckyDriver",
            dependencies: [
                "LuckyModel", "LuckyCausality", "LuckyWire", "LuckyStore", "LuckySync",
                "LuckyTransport",
            ]),

        // The hub.
        .target(
            name: "LuckyHub",
            dependencies: [
                "LuckyModel", "LuckyFiles", "LuckyCausality", "LuckyWire", "LuckySchemas",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .target(
            name: "LuckyHubHTTP",
            dependencies: [
                "LuckyModel", "LuckyWire", "LuckyHub",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),

        // Drivers and hub in one process, on a simulated clock and link.
        .target(
            name: "LuckySimulation",
            dependencies: [
                "LuckyModel", "LuckyFiles", "LuckyCausality", "LuckyWire", "LuckyStore",
                "LuckySync", "LuckyDriver", "LuckyHub", "LuckySchemas", "CSimulatedDisk",
                .product(name: "HeapModule", package: "swift-collections"),
            ]),

        // A disk in memory that fails on demand, as an SQLite VFS.
        .target(name: "CSimulatedDisk", linkerSettings: [.linkedLibrary("sqlite3")]),

        // An instruction that Swift has no name for.
        .target(name: "CChecksum"),

        // libcurl, loaded where something is sent: it brings thirty libraries, and a command that
        // only reads the phone starts without them.
        .target(
            name: "CCurl",
            linkerSettings: [
                .linkedLibrary("curl", .when(platforms: [.macOS, .iOS])),
                .linkedLibrary("dl", .when(platforms: [.linux])),
            ]),

        // System libraries.
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

        // At a prompt.
        .target(
            name: "LuckyCommandLine",
            dependencies: [
                "LuckyModel",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "cli/support"),
        .executableTarget(
            name: "lucky",
            dependencies: [
                "LuckyModel", "LuckyCausality", "LuckyWire", "LuckySchemas", "LuckyTransport",
                "LuckyCommandLine", "LuckyDriver", "LuckyHub", "LuckySimulation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "cli/lucky"),
        .executableTarget(
            name: "lucky-hub",
            dependencies: [
                "LuckyModel", "LuckyCommandLine", "LuckyHub", "LuckyHubHTTP", "LuckySync",
                "LuckyTransport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "cli/lucky-hub"),

        // How fast it is: ./cli/bench.
        .executableTarget(
            name: "lucky-bench",
            dependencies: [
                "LuckyModel", "LuckyCausality", "LuckyWire", "LuckyStore", "LuckySync",
                "LuckyTransport", "LuckyDriver", "LuckyHub", "LuckySchemas",
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            path: "Tests/Bench", exclude: ["baseline.json", "day.order", "order"]),
        // A thousand depots after an outage: ./cli/bench --outage. A program of its own, so that the
        // simulator is not in the one whose memory is measured.
        .executableTarget(
            name: "lucky-outage",
            dependencies: [
                "LuckyModel", "LuckySync", "LuckyTransport", "LuckySchemas", "LuckySimulation",
            ],
            path: "Tests/Outage"),

        // Tests, and what they need.
        .target(
            name: "TestSupport",
            dependencies: [.product(name: "GRDBSQLite", package: "GRDB.swift")],
            path: "Tests/TestSupport"),
        .target(name: "FaultProxy", path: "Tests/FaultProxy"),
        .testTarget(name: "TidyTests", dependencies: ["TestSupport"]),
        .testTarget(
            name: "EndToEnd",
            dependencies: [
                "LuckyModel", "LuckyCausality", "LuckyWire", "LuckyStore", "LuckyHub",
                "LuckyHubHTTP", "TestSupport", "FaultProxy",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(name: "LuckyModelTests", dependencies: ["LuckyModel", "LuckySchemas"]),
        .testTarget(
            name: "LuckyHubTests",
            dependencies: [
                "LuckyModel", "LuckyFiles", "LuckyCausality", "LuckyWire", "LuckyHub",
                "LuckySchemas", "LuckySimulation", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "LuckyStoreTests",
            dependencies: [
                "LuckyModel", "LuckyFiles", "LuckyCausality", "LuckyWire", "LuckyStore",
                "LuckySchemas", "LuckySimulation", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "LuckyCausalityTests",
            dependencies: ["LuckyModel", "LuckyCausality", "TestSupport"]),
        .testTarget(
            name: "LuckyWireTests",
            dependencies: [
                "LuckyModel", "LuckyCausality", "LuckyWire", "TestSupport",
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ]),
        .testTarget(
            name: "LuckySyncTests", dependencies: ["LuckyModel", "LuckySync"], exclude: ["Goldens"]),
        .testTarget(
            name: "FaultProxyTests",
            dependencies: ["LuckyModel", "LuckySync", "LuckyTransport", "FaultProxy"]),
        .testTarget(
            name: "LuckyTransportTests",
            dependencies: [
                "LuckyModel", "LuckyWire", "LuckySync", "LuckyTransport", "FaultProxy",
            ]),
        .testTarget(
            name: "LuckySimulationTests",
            dependencies: [
                "LuckyModel", "LuckyFiles", "LuckyCausality", "LuckyWire", "LuckyStore",
                "LuckySync", "LuckyDriver", "LuckyHub", "LuckySimulation", "TestSupport",
            ]),
        .testTarget(
            name: "LuckyDriverTests",
            dependencies: ["LuckyDriver", "LuckySimulation", "LuckyHub", "TestSupport"]),
        .testTarget(
            name: "LuckyHubHTTPTests",
            dependencies: [
                "LuckyModel", "LuckyWire", "LuckyHub", "LuckyHubHTTP", "TestSupport",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    var settings = target.swiftSettings ?? []
    settings += [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
        // What LuckyModel/Mutant.swift lists: in no release.
        .define("LUCKY_MUTANTS", .when(configuration: .debug)),
    ]
    target.swiftSettings = settings
}
