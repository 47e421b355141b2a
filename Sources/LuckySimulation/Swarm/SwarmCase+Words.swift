// What a case calls that which happens in a swarm.
extension SwarmCase {
    static func word(of fault: MessageFault) -> CaseMember {
        switch fault {
        case .requestCut(let count):
            CaseMember(key: "request_cut_at", value: .integer(count % 1_000))
        case .requestFlipped(let bit): CaseMember(key: "request_flip_bit", value: .integer(bit))
        case .answerCut(let count): CaseMember(key: "cut_at", value: .integer(count % 1_000))
        case .answerFlipped(let bit): CaseMember(key: "flip_bit", value: .integer(bit))
        // Where messages take no time, none comes behind newer ones.
        case .requestLost, .requestLate: CaseMember(key: "fault", value: "request_lost")
        case .answerLost: CaseMember(key: "fault", value: "answer_lost")
        case .answerLate: CaseMember(key: "fault", value: "answer_late")
        case .duplicated: CaseMember(key: "fault", value: "duplicated")
        case .status(401, _): CaseMember(key: "fault", value: "unauthorised")
        case .status: CaseMember(key: "fault", value: "busy")
        case .portal: CaseMember(key: "fault", value: "portal")
        }
    }

    static func words(
        of tap: SwarmTap, _ number: Int64
    ) -> (word: String, members: [CaseMember]) {
        let cash = CaseMember(key: "cash_ntd", value: .integer(100 + number))
        let given = CaseMember(key: "delivered", value: ["20kg": .integer(1 + number % 4)])
        switch tap {
        case .arrive: return ("arrive", [])
        case .complete: return ("handover", [given, cash])
        case .completeDespite:
            return ("handover", [given, cash, CaseMember(key: "despite_cancel", value: true)])
        case .fail: return ("fail", [CaseMember(key: "reason", value: "absent")])
        case .note:
            return ("note", [CaseMember(key: "text", value: .text("備註 \(number)"))])
        case .cash: return ("cash", [cash])
        case .photo, .signature:
            return ("photo", [CaseMember(key: "bytes", value: .text("picture \(number)"))])
        case .meter: return ("meter", [CaseMember(key: "milli", value: .integer(number * 1_000))])
        case .suggestAddress:
            return ("suggest_address", [CaseMember(key: "address", value: "新址")])
        case .addStop: return ("add_stop", [given, cash])
        case .startRoute: return ("route_start", [])
        case .startShift:
            return ("shift_start", [CaseMember(key: "float_ntd", value: .integer(100 + number))])
        case .endShift:
            return ("shift_end", [CaseMember(key: "counted_ntd", value: .integer(100 + number))])
        case .correctHandover:
            return (
                "correct",
                [
                    CaseMember(key: "what", value: "handover"),
                    CaseMember(key: "handover", value: .object([given])),
                ]
            )
        case .correctCash:
            return ("correct", [CaseMember(key: "what", value: "cash"), cash])
        case .withdraw:
            return (
                "correct",
                [
                    CaseMember(key: "what", value: "failure"),
                    CaseMember(key: "withdrawn", value: true),
                ]
            )
        case .look: return ("seen", [])
        }
    }
}
