/// Dates, times and counts for people. Times of day are Asia/Taipei's.
public enum Formats {
    /// `2026-11-22（日）`, `Sun 2026-11-22`; `民國115年11月22日（日）`, `Sun ROC 115/11/22`.
    public static func date(
        _ date: CivilDate, in language: Language, _ style: DateStyle = .common
    ) -> String {
        let text =
            switch style {
            case .common: date.text
            case .roc:
                Phrase.rocDate.text(
                    in: language,
                    [
                        "year": "\(date.rocYear)", "month": "\(date.month)",
                        "day": "\(date.day)",
                    ])
            }
        return switch language {
        case .zhHant: text + "（" + pick(["一", "二", "三", "四", "五", "六", "日"], date) + "）"
        case .en: pick(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], date) + " " + text
        }
    }

    /// `14:32` in Taipei, from Unix milliseconds.
    public static func timeOfDay(_ unixMilliseconds: Int64) -> String {
        TaipeiTime.clock(minute: TaipeiTime.minuteOfDay(unixMilliseconds))
    }

    /// `2026-11-22 14:32` in Taipei, from Unix milliseconds; `115/11/22 14:32`.
    public static func moment(_ unixMilliseconds: Int64, _ style: DateStyle = .common) -> String {
        let day = CivilDate(taipeiDayAt: unixMilliseconds)?.text(style) ?? ""
        return day + " " + timeOfDay(unixMilliseconds)
    }

    /// `08:00–10:00`.
    public static func window(_ window: TimeWindow) -> String {
        TaipeiTime.clock(minute: window.startMinute) + "–"
            + TaipeiTime.clock(minute: window.endMinute)
    }

    /// A length of time, cut to its greatest unit: `12 分鐘`, `12 min`; a negative one reads 0.
    public static func duration(milliseconds: Int64, in language: Language) -> String {
        let seconds = max(0, milliseconds / 1000)
        let (value, zhHant, en): (Int64, String, String) =
            switch seconds {
            case ..<60: (seconds, "秒", "s")
            case ..<3600: (seconds / 60, "分鐘", "min")
            case ..<86_400: (seconds / 3600, "小時", "h")
            default: (seconds / 86_400, "天", seconds < 2 * 86_400 ? "day" : "days")
            }
        return "\(value) " + (language == .zhHant ? zhHant : en)
    }

    /// `20KG×2、16KG×1`, `2 × 20 kg, 1 × 16 kg`; a dash for none. In the catalogue's order, unknown
    /// products last under their codes.
    public static func quantities(_ quantities: Quantities, in language: Language) -> String {
        let known = ProductCatalogue.all.map(\.product)
        let order = known + quantities.pairs.map(\.product).filter { $0.info == nil }
        let parts = order.filter { quantities[$0] != 0 }.map { product in
            let name = product.info?.name(in: language) ?? product.code.text
            let count = quantities[product]
            return language == .zhHant ? "\(name)×\(count)" : "\(count) × \(name)"
        }
        return parts.isEmpty ? "–" : list(parts, in: language)
    }

    /// Weight in kilograms to the gram: `12.5 kg`, `12.5 公斤`.
    public static func weight(grams: Int64, in language: Language) -> String {
        PlainText.decimalText(grams, places: 3) + (language == .zhHant ? " 公斤" : " kg")
    }

    /// `3 站`, `1 stop`, `3 stops`.
    public static func count(_ count: Int, _ noun: Noun, in language: Language) -> String {
        switch language {
        case .zhHant: "\(count) \(noun.zhHant)"
        case .en: "\(count) " + (count == 1 ? noun.one : noun.many)
        }
    }

    /// `a、b`, `a, b`.
    public static func list(_ parts: [String], in language: Language) -> String {
        parts.joined(separator: language == .zhHant ? "、" : ", ")
    }

    private static func pick(_ names: [String], _ date: CivilDate) -> String {
        names.dropFirst(date.weekday - 1).first ?? ""
    }
}

/// A thing that is counted: its measure word, and English in one and many.
public struct Noun: Hashable, Sendable {
    /// The measure word, and the thing where it needs naming: `站`, `位司機`.
    public let zhHant: String
    /// What English says after 1.
    public let one: String
    /// What English says after 0, 2, 3 …
    public let many: String

    /// In this order: Chinese, English for one, English for many.
    public init(_ zhHant: String, _ one: String, _ many: String) {
        self.zhHant = zhHant
        self.one = one
        self.many = many
    }

    /// `3 站`, `3 stops`.
    public static let stop = Noun("站", "stop", "stops")
    /// `3 筆`, `3 changes`.
    public static let change = Noun("筆", "change", "changes")
    /// `3 件`, `3 reviews`.
    public static let review = Noun("件", "review", "reviews")
    /// `3 位司機`, `3 drivers`.
    public static let driver = Noun("位司機", "driver", "drivers")
    /// `3 條路線`, `3 routes`.
    public static let route = Noun("條路線", "route", "routes")
    /// `3 列`, `3 rows`: of a plan file.
    public static let row = Noun("列", "row", "rows")
}
