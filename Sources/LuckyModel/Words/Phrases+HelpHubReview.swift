/// What `lucky-hub --help` says of reviews, and of what the office records about a stop.
extension Phrase {
    // review
    package static let helpHubReview = Phrase(
        "互相矛盾、要由人判斷的紀錄。", "Contradictions that a person is to judge.")
    package static let helpHubReviewMore = Phrase(
        "審核一件就只結這一件，誰的紀錄都不會被覆蓋。審核結果可以復原；兩人同時審，兩個結果都保留並顯示。",
        "Deciding one closes exactly that one and overwrites nobody's record. A decision can be undone; of two who decide at once, both are kept and shown."
    )
    package static let helpHubReviewList = Phrase(
        "站所的每一件待審；誰的紀錄都沒有被覆蓋。", "Every open review of the depot; nobody's record was overwritten.")
    package static let helpHubReviewDay = Phrase(
        "只看這個營業日，2026-11-22（預設：每一天）。",
        "Only of this business day, 2026-11-22 (default: of all days).")
    package static let helpHubReviewID = Phrase(
        "審核的編號，或編號的開頭。", "The review's id, or how it begins.")
    package static let helpHubReviewResolve = Phrase(
        "審核一件；由規則指定的身分來審。", "Decide one review; by the role that its rule names.")
    package static let helpHubReviewOutcome = Phrase(
        "kept、reversed、refunded、merged（視為同一筆）或 noted。",
        "kept, reversed, refunded, merged (one and the same) or noted.")
    package static let helpHubReviewSupersede = Phrase(
        "已經審過，仍要改審。", "Decide although it is decided already.")
    package static let helpHubReviewRequest = Phrase("重送這個編號的要求。", "Repeat the request of this id.")
    package static let helpHubReviewUndo = Phrase(
        "把已審的重新待審；原來的審核結果仍看得到。", "Open a decided review again; the decision stays readable.")

    // note, settle
    package static let helpHubNote = Phrase(
        "為停靠點加備註；備註只會增加。", "Add a note to a stop; notes are only ever added.")
    package static let helpHubSettle = Phrase(
        "結清一站的帳；之後的都算調整。", "Close a stop's account; what comes later is an adjustment.")
    package static let helpHubSettleMore = Phrase(
        "實收和應收不同會列入待審。由財務或辦公室辦理。",
        "Another amount received than is due opens a review. By finance or the office.")
    package static let helpHubSettleDue = Phrase(
        "新台幣（預設：這一站的應付金額）。", "NT$ (default: what the stop comes to).")
    package static let helpHubSettleReceived = Phrase(
        "點收的新台幣（預設：收款紀錄的金額）。", "NT$ as counted (default: what the receipts say).")
    package static let helpHubSettleAgain = Phrase(
        "已經結帳、之後沒有新的紀錄，仍要再結。", "Although it is settled and nothing came since.")

    // redact
    package static let helpHubRedact = Phrase(
        "從總部和每支手機塗銷姓名、電話和文字，不能復原。",
        "Drop names, phones and words from the hub and every phone. No undo.")
    package static let helpHubRedactMore = Phrase(
        "紀錄、合計和雜湊保留。之前的備份仍有原來的內容。",
        "Records, sums and hashes stay. Backups made before keep what they have.")
    package static let helpHubRedactChange = Phrase(
        "只限一筆異動：32 個十六進位數字，如 review show 所示。",
        "One change: 32 hexadecimal digits, as in “review show”.")
    package static let helpHubRedactIndex = Phrase(
        "和 --change 一起用：其中第幾部分，從 0 算起（預設：每一部分）。",
        "With --change: which part of it, from 0 (default: each).")
    package static let helpHubRedactYes = Phrase(
        "確定要塗銷；沒有這個選項就不做。", "It is meant: without this nothing is dropped.")
    package static let helpHubRedactAll = Phrase(
        "這一站的所有個資，限已經結束的站。", "Whatever is personal on the stop, once it is closed.")
}
