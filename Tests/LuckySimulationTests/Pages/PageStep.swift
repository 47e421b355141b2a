import TestSupport

@testable import LuckyHub

/// One thing that happens between a hub, its office and the phones that read its pages. Numbers
/// count modulo what there is, so that what is left of a history is a history.
enum PageStep: Hashable, CustomStringConvertible {
    /// What arrives of an answer.
    enum Arrives: Hashable {
        case whole, twice
        /// So many frames, and nothing behind them.
        case frames(Int)
        /// So many bytes.
        case bytes(Int)
        /// Cut behind each frame in turn, then whole.
        case everyCut
    }

    /// The first of a history, and nothing later on: what the hub is, and how many bytes the pages
    /// at the end have.
    case begin(onFile: Bool, limits: PageLimits, lastPages: Int)
    case tap(phone: Int, stop: Int, what: Int)
    /// So much text that the stop is too big for most pages.
    case manyNotes(phone: Int, stop: Int, count: Int)
    /// An office edit; `screen`: by somebody who looks at a remembered screen.
    case edit(stop: Int, what: Int, screen: Int?)
    /// One changeset over two stops.
    case editTwo(Int, Int)
    /// The stop leaves one scope and enters another.
    case assign(stop: Int, driver: Int)
    case remember(stop: Int)
    /// One request, with the bytes that its page may have and the bytes that it pushes.
    case exchange(phone: Int, pageBytes: Int, pushBytes: Int, arrives: Arrives)
    /// The page of an answer to an earlier request.
    case lateAnswer(pick: Int)
    case restart(phone: Int)

    var description: String {
        switch self {
        case .begin(let onFile, let limits, let lastPages):
            ".begin(onFile: \(onFile), limits: \(limits), lastPages: \(lastPages))"
        case .tap(let phone, let stop, let what):
            ".tap(phone: \(phone), stop: \(stop), what: \(what))"
        case .manyNotes(let phone, let stop, let count):
            ".manyNotes(phone: \(phone), stop: \(stop), count: \(count))"
        case .edit(let stop, let what, let screen):
            ".edit(stop: \(stop), what: \(what), screen: \(screen.map(String.init) ?? "nil"))"
        case .editTwo(let one, let other): ".editTwo(\(one), \(other))"
        case .assign(let stop, let driver): ".assign(stop: \(stop), driver: \(driver))"
        case .remember(let stop): ".remember(stop: \(stop))"
        case .exchange(let phone, let page, let push, let arrives):
            ".exchange(phone: \(phone), pageBytes: \(page), pushBytes: \(push), arrives: .\(arrives))"
        case .lateAnswer(let pick): ".lateAnswer(pick: \(pick))"
        case .restart(let phone): ".restart(phone: \(phone))"
        }
    }

    static func history(length: Int, using random: inout SeededGenerator) -> [PageStep] {
        func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
        var limits = PageLimits()
        if pick(2) == 0 {
            limits = PageLimits(entities: 1 + pick(4), changes: 1 + pick(8), closure: 1 + pick(4))
        }
        let first = PageStep.begin(onFile: pick(2) == 0, limits: limits, lastPages: 1 + pick(4_000))
        return [first]
            + (0..<length).map { _ in
                let stop = pick(8)
                switch pick(14) {
                case 0, 1: return .tap(phone: pick(4), stop: stop, what: pick(3))
                case 2: return .manyNotes(phone: pick(4), stop: stop, count: 2 + pick(12))
                case 3, 4:
                    return .edit(stop: stop, what: pick(5), screen: pick(3) == 0 ? pick(4) : nil)
                case 5: return .editTwo(stop, pick(8))
                case 6: return .assign(stop: stop, driver: pick(3))
                case 7: return .remember(stop: stop)
                case 8: return .lateAnswer(pick: pick(16))
                case 9: return pick(3) == 0 ? .restart(phone: pick(4)) : .editTwo(stop, pick(8))
                default:
                    // Every order of magnitude alike.
                    return .exchange(
                        phone: pick(4), pageBytes: pick(1 << (1 + pick(15))),
                        pushBytes: pick(1 << (1 + pick(13))), arrives: arrival(using: &random))
                }
            }
    }

    private static func arrival(using random: inout SeededGenerator) -> Arrives {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: .twice
        case 1: .frames(Int.random(in: 0..<32, using: &random))
        case 2: .bytes(Int.random(in: 0..<4_096, using: &random))
        case 3: .everyCut
        default: .whole
        }
    }
}
