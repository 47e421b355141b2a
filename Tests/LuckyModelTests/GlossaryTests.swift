import Foundation
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

    /// What the firm's glossary has and this project does not speak of, or calls by another of the
    /// firm's own words.
    private static let unspoken: [String: String] = [
        "待處理": "待配送: of a stop", "已確認": "orders have no state here",
        "已指派": "orders have no state here", "配送中": "a route is on its driver's phone or not",
        "進行中": "a route is on its driver's phone or not", "草稿": "a plan is published when imported",
        "離線模式": "離線", "同步失敗，請稍後再試": "what waits goes by itself: 待送",
        "資料已儲存，將在連線後同步": "已存在這支手機", "解決衝突": "審: reviews are the office's",
        "使用本地版本": "nothing is overwritten", "保留伺服器版本": "nothing is overwritten",
        "找不到地址": "地址錯誤", "瓦斯桶規格": "瓦斯桶", "空桶回收": "收回空桶", "更換空桶": "收回空桶",
        "收回空桶數": "收回空桶", "流量配送": "流量: a product's name", "起始錶數": "錶數",
        "結束錶數": "錶數", "客戶簽名": "簽名", "拍照證明": "照片", "配送備註": "備註",
        "未付款": "invoices are another system's", "已付款": "invoices are another system's",
        "部分付款": "invoices are another system's", "已退款": "invoices are another system's",
        "配送點": "停靠點", "回報問題": "備註", "緊急訂單": "no such field", "急件": "no such field",
        "完成配送": "已送達", "繼續配送": "上班打卡", "儲存空間即將不足，請清理舊資料": "儲存空間",
        "訂單不存在": "orders are another system's",
    ]

    private static let domain = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/DOMAIN.md").standardized
    private static let hasDomain = FileManager.default.fileExists(atPath: domain.path)

    @Test(
        "Every term of the firm's glossary is said, or it stands here why not",
        .enabled(if: hasDomain, "needs ../shared/DOMAIN.md"))
    func wholeGlossary() throws {
        let said = try WordsTests.catalogue().map(\.zhHant).joined(separator: "\n")
        let text = try String(contentsOf: Self.domain, encoding: .utf8)
        let table = text.split(separator: "\n").drop { !$0.hasPrefix("| en | zh-Hant |") }
            .dropFirst(2).prefix { $0.hasPrefix("|") }
        let cells = table.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let terms = cells.flatMap { [$0[1], $0[3]] }.flatMap { $0.split(separator: "/") }
            .map { $0.replacing(/\(.*?\)/, with: "").trimmingCharacters(in: .whitespaces) }
        #expect(terms.count > 60)
        let unsaid = Set(terms.filter { !said.contains($0) })
        #expect(unsaid == Set(Self.unspoken.keys))
    }
}
