/// Help: looking into changes, reviews and rules.
extension Phrase {
    package static let helpInspectChange = Phrase(
        "一筆紀錄存下來的樣子：誰、何時、當時看到什麼，現在安全存在哪裡。",
        "One change as it is stored: who, when, having seen what, and where it is safe.")
    package static let helpInspectChangeMore = Phrase(
        "這支手機自己的，或總部告訴它的。被遮蔽的字不顯示；已轉給別的司機的站，也不顯示它的字。",
        "This phone's own, or one that the depot told of. Words that somebody redacted are not shown, nor those of a stop that is another driver's now."
    )
    package static let helpChangeID = Phrase(
        "紀錄的編號，或 `outbox list` 列的開頭幾碼。",
        "The change's id, or how it begins, as `outbox list` shows it.")
    package static let helpOutboxShow = Phrase(
        "你的一筆紀錄：寫了什麼，安全存在哪裡。", "One of your records: what it says, and where it is safe.")
    package static let helpOutboxShowMore = Phrase(
        "和 `lucky inspect change` 一樣，但只看這支手機自己的紀錄。",
        "The same as `lucky inspect change`, of this phone's own records only.")
    package static let helpInspect = Phrase(
        "這個版本知道什麼，怎麼做決定。", "What this build knows and how it decides.")
    package static let helpRules = Phrase(
        "規則表：欄位歸誰、什麼算矛盾、由誰決定；以及各種決定。",
        "The rule table: owners, contradictions, who decides; and the decisions.")
    package static let helpRulesPage = Phrase(
        "說明文件的那一頁，只有英文。", "The page of the documentation, in English.")
    package static let helpInspectSchema = Phrase(
        "這支手機的資料由什麼組成：版本、表格、各有幾列。",
        "What this phone's data is made of: versions, tables, how many rows.")
    package static let helpVector = Phrase(
        "這支手機看到各副本的第幾筆，包括它自己。", "How far this phone has seen each replica, its own taps included.")
    package static let helpVectorMore = Phrase(
        "指定一站：合併進這一站的有哪些，可以看出一支手機是否有另一支的全部。不指定：各副本在任何一站看過的最大號碼。",
        "Of a stop: what was merged into it, which tells whether one phone's state has all of another's. Without one: the highest count seen of each, on any stop."
    )
    package static let helpReview = Phrase(
        "要由總部判斷的矛盾；你的紀錄不變。", "Contradictions that the office judges; your records stand.")
    package static let helpReviewList = Phrase(
        "這支手機上還沒決定的；不需要網路。", "What is open on this phone; needs no network.")
    package static let helpReviewAll = Phrase("已決定的也列出。", "The decided ones too.")
    package static let helpReviewShow = Phrase(
        "一件待審：原本是什麼、兩邊各說什麼、做過哪些決定。", "One review: what stood before, both sides, every decision.")
    package static let helpReviewID = Phrase("待審的編號，或編號的開頭。", "The review's id, or how it begins.")
    package static let helpReviewExport = Phrase(
        "把一件衝突寫成案例檔：從現場到回歸測試。",
        "Write a conflict as a case file: from the field to a regression test.")
    package static let helpReviewExportMore = Phrase(
        "用 `lucky cases run` 播放這個案例，會得到相同的待審和摘要；寫出以前會先播放一次。姓名、電話、地址和人寫的字不在裡面；像 drv-01、S1 的代號照寫，其他取的名字都換了。",
        "The case comes to the same reviews and digests when `lucky cases run` plays it; it is played once before it is written. Names, telephone numbers, addresses and people's words are not in it; codes such as drv-01 and S1 are, and whatever else was named has another name there."
    )
    package static let helpReviewOrStop = Phrase(
        "待審的編號；或站的號碼、代號或編號。", "The review's id; or a stop, by its number, code or id.")
}
