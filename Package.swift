// swift-tools-version: 6.2
import PackageDescription

/// A C library from Debian, named by its pkg-config file and its package.
func system(_ name: String, pkgConfig: String? = nil, package: String) -> Target {
    .systemLibrary(name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Where Debian has the headers of Pango and of what they include. Not by pkg-config: SwiftPM warns of its `-pthread` at every build.
let pango: [SwiftSetting] = [
    .unsafeFlags(
        (["pango-1.0", "glib-2.0", "harfbuzz", "cairo"].map { "/usr/include/\($0)" }
            + ["x86_64", "aarch64"].map { "/usr/lib/\($0)-linux-gnu/glib-2.0/include" }).flatMap { ["-Xcc", "-isystem", "-Xcc", $0] })
]

func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], embedding: [String] = [], settings: [SwiftSetting] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, resources: embedding.map { .embedInCode($0) }, swiftSettings: strict + settings,
        linkerSettings: [.linkedLibrary("m")])
}

func program(_ name: String, _ dependencies: [Target.Dependency], linking: [LinkerSetting] = []) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict, linkerSettings: linking)
}

/// For the program that people wait for: the C++ library that Swift's own calls is linked in, and the addresses are fixed, so that 30,000 of
/// them need not be written at every start. Together a millisecond of five.
let startsFast: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-use-ld=lld", "-L", "\(Context.packageDirectory)/Sources/System/Linked", "-Xclang-linker", "-static-libgcc", "-Xclang-linker",
            "-no-pie",
        ], .when(configuration: .release))
]

func tool(_ name: String, folder: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Tools/\(folder)", swiftSettings: strict)
}

func toolProgram(_ name: String, _ dependencies: [Target.Dependency], linking: [LinkerSetting] = []) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "Tools/\(name)", swiftSettings: strict, linkerSettings: linking)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], linking: [LinkerSetting] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: [.treatAllWarnings(as: .error)], linkerSettings: linking)
}

let package = Package(
    name: "shahrsaz",
    targets: [
        system("CGEOS", package: "libgeos-dev"),
        system("CPROJ", package: "libproj-dev"),
        system("CSQLite", package: "libsqlite3-dev"),
        system("CSodium", package: "libsodium-dev"),
        system("CPango", package: "libpango1.0-dev"),
        system("CQRencode", package: "libqrencode-dev"),
        system("CMicrohttpd", package: "libmicrohttpd-dev"),
        system("CZlib", package: "zlib1g-dev"),
        system("CGDAL", pkgConfig: "gdal", package: "libgdal-dev"),

        .target(name: "OnDemand", path: "Sources/System/OnDemand"),
        .target(name: "CRC32C", path: "Sources/System/CRC32C"),
        .target(name: "WriteBack", path: "Sources/System/WriteBack"),
        .systemLibrary(name: "CPrefetch", path: "Sources/System/CPrefetch"),
        .systemLibrary(name: "CExchange", path: "Sources/System/CExchange"),

        module("Formats"),
        module("Persian"),
        module("Spatial", ["CGEOS", "CPROJ", "OnDemand", "CPrefetch"]),
        module("CQL2", ["Formats", "Persian", "Spatial"]),
        module("Planning", ["Formats", "Persian", "Spatial", "CQL2"]),
        module("Atlas", ["Formats", "Persian", "Spatial", "CRC32C", "WriteBack"]),
        module("Store", ["Formats", "Persian", "Spatial", "CSQLite", "CSodium", "CExchange", "OnDemand"]),
        module("Importing", ["Formats", "Persian", "Spatial"]),
        module("Tiles", ["Formats", "Spatial"]),
        module("Service", ["Formats", "Persian", "Spatial", "CQL2", "Planning", "Atlas", "Store", "Importing"]),
        module(
            "Documents", ["Formats", "Persian", "Spatial", "Planning", "Store", "Service", "CPango", "CQRencode"], settings: pango),
        module(
            "Web", ["Formats", "Persian", "Spatial", "CQL2", "Planning", "Store", "Service", "Tiles", "Documents", "CMicrohttpd", "CZlib"],
            embedding: ["Assets/page.css", "Assets/page.js"]),
        program("shahrsaz-serve", ["Formats", "Persian", "Planning", "Store", "Service", "Documents", "Web"]),
        program(
            "shahrsaz-print", ["Formats", "Persian", "Spatial", "Planning", "Store", "Service", "Documents"], linking: startsFast),
        program("shahrsaz", ["Formats", "Persian", "Spatial", "Planning", "Store", "Importing", "Service"], linking: startsFast),
        program("shahrsaz-import", ["Formats", "Persian", "Spatial", "Importing", "CGDAL"]),

        tool("BigCity", folder: "bigcity", ["Spatial"]),
        toolProgram("make-big-city", ["BigCity", "Formats", "Spatial", "CSQLite"], linking: [.linkedLibrary("sqlite3")]),
        .systemLibrary(name: "CEpoll", path: "Tools/cepoll"),
        toolProgram("load", ["Formats", "CEpoll"]),
        tests("BigCityTests", ["BigCity", "Formats", "Spatial"]),
        // What several of the tests share.
        .target(name: "Trials", path: "Tests/Trials"),
        tests("FormatsTests", ["Formats", "Trials"]),
        tests("PersianTests", ["Persian", "Trials"]),
        // Oracles call more of the libraries than Spatial does.
        tests("SpatialTests", ["Spatial", "CGEOS", "CPROJ"], linking: [.linkedLibrary("geos_c"), .linkedLibrary("proj")]),
        tests("CQL2Tests", ["Trials", "CQL2", "Formats", "Persian", "Spatial"]),
        tests("PlanningTests", ["Trials", "Planning", "CQL2", "Formats", "Persian", "Spatial"]),
        tests("AtlasTests", ["Atlas", "Spatial", "CRC32C"]),
        tests("StoreTests", ["Store", "Formats", "Persian", "Spatial"]),
        tests("ImportingTests", ["Importing", "Formats", "Persian", "Spatial", "shahrsaz-import"]),
        tests("TilesTests", ["Tiles", "Formats", "Spatial"]),
        tests("DocumentsTests", ["Documents", "Formats", "Persian", "Spatial", "Tiles"]),
        tests("ServiceTests", ["Service", "Formats", "Persian", "Spatial", "Planning", "Store", "Importing"]),
        tests("WebTests", ["Web", "Service", "Store", "Formats", "shahrsaz-import"]),
        tests("EndToEnd", ["Trials", "Formats", "Persian", "Spatial", "Atlas", "Store", "Service"]),
    ],
    swiftLanguageModes: [.v6]
)

// What measures the program beside its peers wants them installed: Tools/bench --setup does that, Tools/bench asks for it.
if Context.environment["SHAHRSAZ_BENCH"] != nil {
    package.targets += [
        .systemLibrary(name: "CPQ", path: "Tools/cpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        toolProgram(
            "measure", ["BigCity", "Spatial", "Persian", "Atlas", "Store", "Planning", "Service", "CGEOS", "CPROJ", "CSQLite", "CPQ"],
            linking: [.linkedLibrary("geos_c"), .linkedLibrary("proj"), .linkedLibrary("sqlite3")]),
    ]
}
