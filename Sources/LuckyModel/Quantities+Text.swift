/// Why a text is not a list of products and counts.
public enum QuantityTextError: Error, Hashable, Sendable {
    /// Not `product*count` or `product=count`: the part that is not.
    case malformed(String)
    /// The catalogue has no product of this name.
    case unknownProduct(String)
    /// Not a whole number from 1 to ``Quantities/limit``, or more of one product in sum.
    case badCount(String)
}

extension Quantities {
    /// Reads `20kg*2+16kg*1`, or `20kg=2` pairs separated by spaces or commas; empty means none.
    /// Codes as ``ProductCatalogue/product(named:)`` takes them; full-width ＊ ＋ ＝ and digits, and
    /// × for *, are accepted. Counts are positive.
    public init(text: String) throws(QuantityTextError) {
        try self.init(items: ItemText.items(text))
    }

    /// Reads several arguments of a command, each as in ``init(text:)``.
    public init(arguments: [String]) throws(QuantityTextError) {
        var items: [(product: Product, count: Int)] = []
        for argument in arguments { items += try ItemText.items(argument) }
        try self.init(items: items)
    }

    /// These, with the counts of a text in their place: what it does not name stays, 0 takes a
    /// product out. As ``init(text:)`` reads it otherwise.
    public func replacing(text: String) throws(QuantityTextError) -> Quantities {
        let given = try ItemText.items(text, atLeast: 0)
        let kept = pairs.filter { pair in !given.contains { $0.product == pair.product } }
        guard let replaced = Quantities(kept.map { ($0.product, $0.count) } + given) else {
            throw .badCount(text)
        }
        return replaced
    }

    /// Every count within ±``limit``: a literal may hold more.
    public var isInRange: Bool { pairs.allSatisfy { $0.count.magnitude <= Self.limit } }

    /// The difference, or nil if a count leaves the range.
    public func subtracting(_ other: Quantities) -> Quantities? {
        guard other.isInRange,
            let negated = Quantities(other.pairs.map { (product: $0.product, count: -$0.count) })
        else { return nil }
        return adding(negated)
    }

    /// Gas in so many full cylinders, in grams, as far as the catalogue knows the products; nil on
    /// overflow.
    public var grams: Int64? {
        pairs.reduce(into: Int64?.some(0)) { sum, pair in
            let (part, over) = Int64(pair.count)
                .multipliedReportingOverflow(by: pair.product.info?.grams ?? 0)
            let (next, overflow) = (sum ?? 0).addingReportingOverflow(part)
            sum = sum == nil || over || overflow ? nil : next
        }
    }

    /// `16kg*1+20kg*2`, empty for none.
    public var text: String {
        pairs.map { "\($0.product.code.text)*\($0.count)" }.joined(separator: "+")
    }

    /// `16kg=1 20kg=2`, as commands take them.
    public var pairsText: String {
        pairs.map { "\($0.product.code.text)=\($0.count)" }.joined(separator: " ")
    }

    private init(items: [(product: Product, count: Int)]) throws(QuantityTextError) {
        var all = Quantities()
        for item in items {
            guard let next = Quantities([item]).flatMap({ all.adding($0) }) else {
                throw .badCount("\(item.product.code.text)*\(item.count)")
            }
            all = next
        }
        self = all
    }
}

enum ItemText {
    /// The items as found: order and repetition kept.
    static func items(
        _ text: String, atLeast least: Int64 = 1
    ) throws(QuantityTextError) -> [(product: Product, count: Int)] {
        let plain = PlainText.structured(replacingTimes(text))
        guard !plain.isEmpty else { return [] }
        let parts = plain.split(omittingEmptySubsequences: false) { byte in
            byte == UInt8(ascii: "+")
        }
        var found: [(product: Product, count: Int)] = []
        for part in parts {
            for piece in pieces(PlainText.trimmed(Array(part))) {
                found.append(try item(piece, atLeast: least))
            }
        }
        return found
    }

    /// `a=1 b=2` or `a=1,b=2` in pieces; anything else is one piece.
    private static func pieces(_ part: [UInt8]) -> [[UInt8]] {
        guard part.contains(UInt8(ascii: "=")) else { return [part] }
        return part.split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") }.map(Array.init)
    }

    private static func item(
        _ piece: [UInt8], atLeast least: Int64
    ) throws(QuantityTextError) -> (product: Product, count: Int) {
        let sides = piece.split(omittingEmptySubsequences: false) { byte in
            byte == UInt8(ascii: "*") || byte == UInt8(ascii: "=")
        }
        guard sides.count == 2, let left = sides.first, let right = sides.last, !left.isEmpty,
            !right.isEmpty
        else { throw .malformed(String(decoding: piece, as: UTF8.self)) }
        let name = String(decoding: left, as: UTF8.self)
        guard let product = ProductCatalogue.product(named: name) else {
            throw .unknownProduct(name)
        }
        let digits = PlainText.trimmed(Array(right))
        guard let count = PlainText.digits(digits),
            (least...Int64(Quantities.limit)).contains(count)
        else { throw .badCount(String(decoding: digits, as: UTF8.self)) }
        return (product, Int(count))
    }

    private static func replacingTimes(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(scalar == "\u{D7}" ? "*" : scalar) }
        return String(scalars)
    }
}
