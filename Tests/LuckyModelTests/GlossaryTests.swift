import LuckyModel
import Testing

/// The words of the trade are the firm's own: as its app and its papers say them.
@Suite struct GlossaryTests {
    @Test(arguments: [
        (Phrase.statusPending, "待配送"), (.statusArrived, "已到達"), (.statusDelivered, "已送達"),
        (.statusFailed, "配送失敗"), (.statusCancelled, "已取消"), (.failureAbsent, "客戶不在"),
        (.failureRejected, "客戶拒收"), (.failureWrongAddress, "地址錯誤"),
        (.failureAccessDenied, "無法進入"), (.failurePaymentIssue, "付款問題"),
        (.failureOther, "其他原因"), (.paymentCash, "現金"), (.paymentTransfer, "轉帳"),
        (.paymentCreditCard, "信用卡"), (.paymentCheck, "支票"), (.paymentMonthly, "月結"),
        (.paymentPrepaid, "已預付"), (.residual, "退氣"), (.deposit, "押金"), (.recipient, "收件人"),
        (.amountDue, "應付金額"), (.nextStop, "下一站"), (.driver, "司機"), (.vehicle, "車輛"),
        (.syncing, "同步中"), (.factShiftEnded, "下班打卡"), (.collected, "收回空桶"),
    ])
    func termOfTheTrade(_ phrase: Phrase, _ term: String) {
        #expect(phrase.text(in: .zhHant) == term)
        #expect(!phrase.text(in: .en).isEmpty)
    }

    /// Terms that stand inside a sentence.
    @Test(arguments: [
        (Phrase.proofPending, "配送證明"), (.failureProductDamaged, "瓦斯桶"), (.saidReading, "錶數"),
        (.offline, "離線"), (.stockNone, "瓦斯桶"),
    ])
    func termInASentence(_ phrase: Phrase, _ term: String) {
        #expect(phrase.text(in: .zhHant).contains(term))
    }
}
