internal import LuckyCausality
internal import LuckyModel
internal import LuckySync

// What a view says in words.
extension Recorded {
    /// Who did what: `drv-a handed_over`, `mei window`.
    var saying: String { saying(by: stamp.author) }

    /// The same with another name for who it was.
    func saying(by author: Identifier) -> String { "\(author.text) \(word)" }

    private var word: String {
        switch body {
        case .plan(let field, _): field.word ?? "field-\(field.rawValue)"
        case .fact(let fact): fact.kind.word
        }
    }
}

extension PlanValue {
    /// As text, or null for none.
    var caseValue: CaseValue {
        switch self {
        case .none: .null
        case .text(let value): .text(value)
        case .name(let value): .text(value.text)
        case .integer(let value): .text(String(value))
        case .flag(let value): .text(value ? "true" : "false")
        case .money(let value): .text(value.plainText)
        case .quantities(let value): .text(value.text)
        case .window(let value):
            .text(
                TaipeiTime.clock(minute: value.startMinute) + "-"
                    + TaipeiTime.clock(minute: value.endMinute))
        case .coordinate(let value): .text("\(value.latitudeE7),\(value.longitudeE7)")
        case .entity(let value): .text(value.hex)
        case .unknown: .text("?")
        }
    }
}

extension Quantities {
    var caseValue: CaseValue {
        .object(
            pairs.map { CaseMember(key: $0.product.code.text, value: .integer($0.count)) })
    }
}

extension Money {
    /// In NT$, where it is whole; else null.
    var caseNTD: CaseValue { cents % 100 == 0 ? .integer(cents / 100) : .null }
}

extension CaseValue {
    /// In 1/100 NT$, or null.
    static func cents(_ money: Money?) -> CaseValue {
        money.map { .integer($0.cents) } ?? .null
    }
}

extension SyncStatus.Phase {
    /// The word of the phase, and of the failure where there is one.
    var words: (phase: String, failure: String?) {
        switch self {
        case .idle: ("idle", nil)
        case .syncing: ("syncing", nil)
        case .waiting(let failure): ("waiting", failure.kind)
        case .needsToken: ("needs_token", "unauthorised")
        case .refused(.refused(_, let code, _)): ("refused", code)
        case .refused(let failure): ("refused", failure.kind)
        case .recovering: ("recovering", nil)
        case .stuck: ("stuck", nil)
        case .differs: ("differs", nil)
        case .storeFailed(let code): ("store_failed", code)
        case .paused: ("paused", nil)
        }
    }
}
