public import LuckyModel

extension RouteCheck.Finding {
    /// A stable word for machines.
    public var code: String {
        switch self {
        case .capacity: "capacity"
        case .window: "window"
        case .duplicate: "duplicate_place"
        case .far, .farFromDepot: "far_place"
        case .noPlace: "no_place"
        case .address: "address"
        case .noAddress: "no_address"
        case .noPhone: "no_phone"
        case .noName: "no_name"
        case .holds: "not_held"
        }
    }

    /// The stop's number; nil: the whole route.
    public var stop: Int? {
        switch self {
        case .capacity: nil
        case .window(let stop, _, _), .duplicate(let stop, _), .far(let stop, _),
            .farFromDepot(let stop, _), .noPlace(let stop), .address(let stop, _),
            .noAddress(let stop), .noPhone(let stop),
            .noName(let stop), .holds(let stop, _):
            stop
        }
    }

    /// One line for people.
    public func words(in language: Language) -> String {
        func say(_ phrase: Phrase, _ more: [String: String] = [:]) -> String {
            let own = ["stop": stop.map { "\($0)" } ?? ""]
            return phrase.text(in: language, own.merging(more) { _, new in new })
        }
        switch self {
        case .capacity(let load, let capacity):
            return say(
                .checkCapacity,
                [
                    "load": Formats.weight(grams: load, in: language),
                    "capacity": Formats.weight(grams: capacity, in: language),
                ])
        case .window(_, let window, let minute):
            return say(
                .checkWindow,
                ["window": Formats.window(window), "time": TaipeiTime.clock(minute: minute)])
        case .duplicate(_, let other): return say(.checkDuplicate, ["other": "\(other)"])
        case .far(_, let metres): return say(.checkFar, ["km": "\(metres / 1_000)"])
        case .farFromDepot(_, let metres):
            return say(.checkFarFromDepot, ["km": "\(metres / 1_000)"])
        case .noPlace: return say(.checkNoPlace)
        case .address(_, let found): return say(.checkAddress, ["found": found])
        case .noAddress: return say(.checkNoAddress)
        case .noPhone: return say(.checkNoPhone)
        case .noName: return say(.checkNoName)
        case .holds(_, let product):
            let name = product.info?.name(in: language) ?? product.code.text
            return say(.checkHolds, ["product": name])
        }
    }
}
