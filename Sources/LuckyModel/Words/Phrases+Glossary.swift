/// The words of the trade, as the depot says them.
extension Phrase {
    // What became of a stop.
    package static let statusPending = Phrase("待配送", "pending")
    package static let statusArrived = Phrase("已到達", "arrived")
    package static let statusDelivered = Phrase("已送達", "delivered")
    package static let statusPartiallyDelivered = Phrase("部分送達", "partly delivered")
    package static let statusFailed = Phrase("配送失敗", "failed")
    package static let statusCancelled = Phrase("已取消", "cancelled")
    package static let statusHandedOver = Phrase("已轉交", "handed over")
    package static let statusUnknown = Phrase("其他", "other")

    // Why an attempt failed.
    package static let failureAbsent = Phrase("客戶不在", "customer absent")
    package static let failureRejected = Phrase("客戶拒收", "rejected by the customer")
    package static let failureWrongAddress = Phrase("地址錯誤", "wrong address")
    package static let failureAccessDenied = Phrase("無法進入", "cannot enter")
    package static let failurePaymentIssue = Phrase("付款問題", "payment issue")
    package static let failureProductDamaged = Phrase("瓦斯桶損壞", "cylinder damaged")
    package static let failureSafety = Phrase("安全顧慮", "not safe")
    package static let failureShortage = Phrase("車上數量不足", "not enough on the truck")
    package static let failureOther = Phrase("其他原因", "other reason")

    // How a customer pays.
    package static let paymentCash = Phrase("現金", "cash")
    package static let paymentTransfer = Phrase("轉帳", "transfer")
    package static let paymentCheck = Phrase("支票", "cheque")
    package static let paymentCreditCard = Phrase("信用卡", "card")
    package static let paymentMonthly = Phrase("月結", "monthly")
    package static let paymentPrepaid = Phrase("已預付", "prepaid")
    package static let paymentLinePay = Phrase("LINE Pay", "LINE Pay")

    // What is safe where: three different things, never one for another.
    package static let savedOnThisPhone = Phrase("已存在這支手機", "saved on this phone")
    package static let receivedAtDepot = Phrase("總部已收到", "received at the depot")
    package static let proofComplete = Phrase("配送證明齊全", "proof complete")
    package static let proofPending = Phrase("已送達，配送證明待上傳", "delivered, proof pending")
    package static let notAccepted = Phrase("未被接受", "not accepted")
    package static let offline = Phrase("離線", "offline")
    package static let online = Phrase("連線", "online")
    package static let syncing = Phrase("同步中", "syncing")

    // Labels.
    package static let driver = Phrase("司機", "Driver")
    package static let replica = Phrase("副本", "replica")
    package static let route = Phrase("路線", "Route")
    package static let outbox = Phrase("寄件匣", "Outbox")
    package static let depot = Phrase("總部", "Hub")
    package static let data = Phrase("資料", "Data")
    package static let customer = Phrase("客戶", "Customer")
    package static let phone = Phrase("電話", "Phone")
    package static let address = Phrase("地址", "Address")
    package static let window = Phrase("時段", "Window")
    package static let ordered = Phrase("訂購", "Ordered")
    package static let delivered = Phrase("送達", "Delivered")
    package static let collected = Phrase("收回空桶", "Empties")
    package static let residual = Phrase("退氣", "Residual gas")
    package static let cash = Phrase("現金", "Cash")
    package static let amountDue = Phrase("應付金額", "Amount due")
    package static let payment = Phrase("付款", "Payment")
    package static let recipient = Phrase("收件人", "Recipient")
    package static let note = Phrase("備註", "Note")
    package static let vehicle = Phrase("車輛", "Vehicle")
    package static let deposit = Phrase("押金", "Deposit")
    package static let review = Phrase("待審", "Review")
    package static let nextStop = Phrase("下一站", "Next stop")

    package static func status(_ status: StopStatus) -> Phrase {
        switch status {
        case .pending: statusPending
        case .arrived: statusArrived
        case .delivered: statusDelivered
        case .partiallyDelivered: statusPartiallyDelivered
        case .failed: statusFailed
        case .cancelled: statusCancelled
        }
    }

    /// A reason of a newer build reads "other reason".
    package static func failure(_ reason: FailureReason) -> Phrase {
        switch reason {
        case .absent: failureAbsent
        case .rejected: failureRejected
        case .wrongAddress: failureWrongAddress
        case .accessDenied: failureAccessDenied
        case .paymentIssue: failurePaymentIssue
        case .productDamaged: failureProductDamaged
        case .safety: failureSafety
        case .shortage: failureShortage
        default: failureOther
        }
    }

    package static func payment(_ method: PaymentMethod) -> Phrase {
        switch method {
        case .cash: paymentCash
        case .transfer: paymentTransfer
        case .check: paymentCheck
        case .creditCard: paymentCreditCard
        case .monthly: paymentMonthly
        case .prepaid: paymentPrepaid
        case .linePay: paymentLinePay
        }
    }

    /// The words for a payment code; a code of a newer build is shown as it is.
    package static func paymentText(_ code: Identifier, in language: Language) -> String {
        PaymentMethod.allCases.first { $0.code == code }.map { payment($0).text(in: language) }
            ?? code.text
    }
}
