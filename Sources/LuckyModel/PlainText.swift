/// Reading what people typed into structured cells: dates, counts, codes.
enum PlainText {
    /// UTF-8 with the spaces around removed, full-width ASCII made half-width and `A…Z` made small.
    /// For codes and numbers only: names, addresses and notes are kept as found (L10).
    static func structured(_ text: String) -> [UInt8] {
        let utf8 = Array(text.utf8)
        if utf8.allSatisfy({ $0 < 128 }) { return lowercased(trimmed(utf8)) }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x3000: scalars.append(" ")
            case 0xFF01...0xFF5E:
                scalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            default: scalars.append(scalar)
            }
        }
        return lowercased(trimmed(Array(String(scalars).utf8)))
    }

    private static func lowercased(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }
    }

    /// Without the spaces and tabs around.
    static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        let isSpace: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
        let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? bytes.endIndex
        return Array(bytes[start..<end])
    }

    /// A run of one to 18 ASCII digits as a number; nil for anything else.
    static func digits(_ bytes: some Collection<UInt8>) -> Int64? {
        guard !bytes.isEmpty, bytes.count <= 18, bytes.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }

    /// A decimal such as `-22.754695` in units of 10^-`places`, without floats. Further digits are
    /// rounded half away from zero where `rounds`, else only zeros may follow. Nil if it is not a
    /// plain decimal or has more than 12 digits before the point.
    static func decimal(_ bytes: [UInt8], places: Int, rounds: Bool = false) -> Int64? {
        var body = bytes[...]
        let isNegative = body.first == UInt8(ascii: "-")
        if isNegative || body.first == UInt8(ascii: "+") { body = body.dropFirst() }
        let parts = body.split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ digits($0) }), whole < 1_000_000_000_000
        else { return nil }
        let fraction = parts.count > 1 ? Array(parts[1]) : []
        guard parts.count == 1 || !fraction.isEmpty,
            fraction.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        var value = whole
        for place in 0..<places {
            let digit = place < fraction.count ? Int64(fraction[place]) - 48 : 0
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow, tens <= .max - 10 else { return nil }
            value = tens + digit
        }
        let rest = fraction.dropFirst(places)
        if let next = rest.first {
            if rounds { value += next >= 53 ? 1 : 0 } else if rest.contains(where: { $0 != 48 }) {
                return nil
            }
        }
        return isNegative ? -value : value
    }

    /// `value` in units of 10^-`places` as the shortest plain decimal: `22.7547`, `-3`.
    static func decimalText(_ value: Int64, places: Int) -> String {
        let digits = Array(String(value.magnitude).utf8)
        let padded = [UInt8](repeating: 48, count: max(0, places + 1 - digits.count)) + digits
        var fraction = Array(padded.suffix(places))
        while fraction.last == 48 { fraction.removeLast() }
        let whole = String(decoding: padded.dropLast(places), as: UTF8.self)
        let sign = value < 0 ? "-" : ""
        guard !fraction.isEmpty else { return sign + whole }
        return sign + whole + "." + String(decoding: fraction, as: UTF8.self)
    }
}
