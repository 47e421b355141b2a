extension Money {
    /// What somebody typed: `1900`, `47.5`, `47.50`, `1,900`, `NT$1,900`, `-200`. At most two
    /// decimals; commas only where thousands stand; full-width digits are accepted.
    public init?(text: String) {
        guard let bytes = Self.plain(text), let cents = PlainText.decimal(bytes, places: 2)
        else { return nil }
        self.init(cents: cents)
    }

    /// Whether somebody typed an amount, and one above the range (L2).
    public static func isTooLarge(text: String) -> Bool {
        guard Money(text: text) == nil, let bytes = plain(text) else { return false }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
            && (parts.count == 1 || parts.last.map { $0.count <= 2 } == true)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// Sign, digits and point alone; nil where it does not look like an amount.
    private static func plain(_ text: String) -> [UInt8]? {
        var bytes = PlainText.structured(text)
        let sign: [UInt8] = bytes.first == UInt8(ascii: "-") ? [UInt8(ascii: "-")] : []
        bytes.removeFirst(sign.count)
        for prefix in ["nt$", "$"] where bytes.starts(with: prefix.utf8) {
            bytes = PlainText.trimmed(Array(bytes.dropFirst(prefix.utf8.count)))
            break
        }
        let comma = UInt8(ascii: ",")
        let wholeEnd = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.endIndex
        let groups = bytes[..<wholeEnd].split(separator: comma, omittingEmptySubsequences: false)
        if groups.count > 1 {
            guard let first = groups.first, (1...3).contains(first.count),
                groups.dropFirst().allSatisfy({ $0.count == 3 })
            else { return nil }
        }
        bytes = groups.flatMap { $0 } + bytes[wholeEnd...]
        return bytes.first.map(isDigit) == true ? sign + bytes : nil
    }

    /// The difference, or nil if it leaves the range.
    public func subtracting(_ other: Money) -> Money? { Money(cents: cents - other.cents) }

    /// The sum, or nil if it or a step towards it leaves the range.
    public static func sum(_ amounts: some Sequence<Money>) -> Money? {
        var total = Money.zero
        for amount in amounts {
            guard let next = total.adding(amount) else { return nil }
            total = next
        }
        return total
    }

    /// `NT$1,900`, `NT$47.50`, `-NT$200`: the same in both languages.
    public var text: String {
        let (dollars, rest) = cents.magnitude.quotientAndRemainder(dividingBy: 100)
        var digits = Array(String(dollars))
        for place in stride(from: digits.count - 3, to: 0, by: -3) {
            digits.insert(",", at: place)
        }
        let decimals = rest == 0 ? "" : rest < 10 ? ".0\(rest)" : ".\(rest)"
        return (cents < 0 ? "-" : "") + "NT$" + String(digits) + decimals
    }

    /// `1900`, `47.5`: what plan files have.
    public var plainText: String { PlainText.decimalText(cents, places: 2) }
}
