extension MeterReading {
    /// What somebody read off a meter, in 1/1000 of its unit: `1234.567`, `1234`. At most three
    /// decimals; full-width digits are accepted. Nil for anything else.
    public static func milli(text: String) -> Int64? {
        let digits = PlainText.structured(text)
        guard digits.first.map({ (48...57).contains($0) }) == true,
            let value = PlainText.decimal(digits, places: 3), value < 1 << 53
        else { return nil }
        return value
    }
}
