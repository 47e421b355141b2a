/// What was asked for at the prompt.
struct Options: Sendable {
    var isJSON = false
    var isShort = false
    /// How costs grow, instead of the rows.
    var isGrowth = false
    /// The most records at which that is measured.
    var mostRecords = 1_000_000
    var only: Set<String> = []
    /// The program `lucky`, and where files of a run lie: on a disk, and in memory.
    var lucky = ".build-release/release/lucky"
    var disk = ".build-release/bench"
    var tmpfs = "/dev/shm"
    var baseline = "Tests/Bench/baseline.json"
    /// Into which baseline the ratios of this run go, each where it is worse; empty: none.
    var writesBaseline = ""
    var rounds = 7

    init(_ arguments: [String]) throws(BenchError) {
        var rest = arguments[...]
        func value(_ name: String) throws(BenchError) -> String {
            guard let value = rest.popFirst() else {
                throw BenchError("\(name) what?", isUsage: true)
            }
            return value
        }
        while let argument = rest.popFirst() {
            switch argument {
            case "--json": isJSON = true
            case "--short": isShort = true
            case "--growth": isGrowth = true
            case "--most-records":
                guard let most = Int(try value(argument)), most >= 100_000 else {
                    throw BenchError("--most-records wants 100000 or more", isUsage: true)
                }
                mostRecords = most
            case "--only": only.insert(try value(argument))
            case "--lucky": lucky = try value(argument)
            case "--disk": disk = try value(argument)
            case "--tmpfs": tmpfs = try value(argument)
            case "--baseline": baseline = try value(argument)
            case "--write-baseline": writesBaseline = try value(argument)
            case "--rounds":
                guard let count = Int(try value(argument)), count > 0 else {
                    throw BenchError("--rounds wants a number above 0", isUsage: true)
                }
                rounds = count
            default: throw BenchError("unknown: \(argument)", isUsage: true)
            }
        }
        if isShort { rounds = min(rounds, 5) }
    }
}
