/// What happened, what somebody is, what was decided: one word each.
extension Phrase {
    package static let factArrived = Phrase("到達", "arrived")
    package static let factHandedOver = Phrase("送達", "gas handed over")
    package static let factFailed = Phrase("配送失敗", "delivery failed")
    package static let factCashReceived = Phrase("收款", "money received")
    package static let factPhotoTaken = Phrase("拍照或簽名", "photo or signature")
    package static let factNoteAdded = Phrase("加備註", "note added")
    package static let factCorrected = Phrase("更正", "correction")
    package static let factSuggestedAddress = Phrase("地址建議", "address suggested")
    package static let factSuggestedOrder = Phrase("順序建議", "order suggested")
    package static let factMeterRead = Phrase("抄錶", "meter read")
    package static let factShiftStarted = Phrase("上班打卡", "clocked in")
    package static let factShiftEnded = Phrase("下班打卡", "clocked out")
    package static let factCashDropped = Phrase("繳回現金", "cash handed in")
    package static let factStopAdded = Phrase("臨時加站", "unplanned stop")
    package static let factRouteStarted = Phrase("開始配送", "route started")
    package static let factRouteCompleted = Phrase("路線完成", "route completed")
    package static let factLooked = Phrase("已看過", "looked at")
    package static let factReviewOpened = Phrase("列入待審", "review opened")
    package static let factReviewResolved = Phrase("審核結果", "review resolved")
    package static let factRedacted = Phrase("塗銷個資", "personal words dropped")
    package static let factSettled = Phrase("結帳", "account settled")
    package static let factReleased = Phrase("解除隔離", "released from quarantine")
    package static let factOther = Phrase("其他", "other")

    package static let roleDriver = Phrase("司機", "driver")
    package static let roleSupervisor = Phrase("主管", "supervisor")
    package static let roleOffice = Phrase("總部", "office")
    package static let roleCustomerService = Phrase("客服", "customer service")
    package static let roleDispatcher = Phrase("調度", "dispatcher")
    package static let roleFinance = Phrase("財務", "finance")
    package static let roleHub = Phrase("系統", "the hub")
    package static let roleOther = Phrase("其他人員", "somebody else")

    package static let outcomeKept = Phrase("照紀錄保留", "kept as recorded")
    package static let outcomeReversed = Phrase("已實際退回", "taken back in fact")
    package static let outcomeRefunded = Phrase("退款", "refunded")
    package static let outcomeMerged = Phrase("視為同一筆", "one and the same")
    package static let outcomeNoted = Phrase("已知悉", "noted")
    package static let outcomeReopened = Phrase("重新待審", "open again")

    /// What a kind of fact is called; one of a newer build reads "other".
    package static func fact(_ kind: FactKind) -> Phrase {
        switch kind {
        case .arrived: factArrived
        case .handedOver: factHandedOver
        case .failed: factFailed
        case .cashReceived: factCashReceived
        case .photoTaken: factPhotoTaken
        case .noteAdded: factNoteAdded
        case .corrected: factCorrected
        case .suggestedAddress: factSuggestedAddress
        case .suggestedOrder: factSuggestedOrder
        case .meterRead: factMeterRead
        case .shiftStarted: factShiftStarted
        case .shiftEnded: factShiftEnded
        case .cashDropped: factCashDropped
        case .stopAdded: factStopAdded
        case .routeStarted: factRouteStarted
        case .routeCompleted: factRouteCompleted
        default: book(kind)
        }
    }

    private static func book(_ kind: FactKind) -> Phrase {
        switch kind {
        case .looked: factLooked
        case .reviewOpened: factReviewOpened
        case .reviewResolved: factReviewResolved
        case .redacted: factRedacted
        case .settled: factSettled
        case .released: factReleased
        default: factOther
        }
    }

    package static func role(_ role: Role) -> Phrase {
        switch role {
        case .driver: roleDriver
        case .supervisor: roleSupervisor
        case .office: roleOffice
        case .customerService: roleCustomerService
        case .dispatcher: roleDispatcher
        case .finance: roleFinance
        case .hub: roleHub
        default: roleOther
        }
    }

    /// Nil for an outcome of a newer build: its own word is shown.
    package static func outcome(_ outcome: ReviewOutcome) -> Phrase? {
        switch outcome {
        case .kept: outcomeKept
        case .reversed: outcomeReversed
        case .refunded: outcomeRefunded
        case .merged: outcomeMerged
        case .noted: outcomeNoted
        case .reopened: outcomeReopened
        default: nil
        }
    }
}
