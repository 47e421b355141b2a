extension Product {
    /// 營20: 20 kg for businesses.
    public static let ying20 = Product("ying20")
    /// 好運20: a Haoyun cylinder of 20 kg.
    public static let haoyun20 = Product("haoyun20")
    /// 營16: 16 kg for businesses.
    public static let ying16 = Product("ying16")
    /// 好運16: a Haoyun cylinder of 16 kg.
    public static let haoyun16 = Product("haoyun16")
    /// 瓶安桶10: a Ping'an cylinder of 10 kg.
    public static let pingan10 = Product("pingan10")
    /// 幸福丸, "Lucky pill": the list states no size, and no deposit.
    public static let xingfuwan = Product("xingfuwan")
    /// 流量50公斤: by the meter, from 50 kg.
    public static let flow50 = Product("flow50")
    /// 流量20公斤: by the meter, from 20 kg.
    public static let flow20 = Product("flow20")
    /// 流量16公斤: by the meter, from 16 kg.
    public static let flow16 = Product("flow16")
    /// 流量好運20公斤: by the meter, from Haoyun 20 kg.
    public static let flowHaoyun20 = Product("flowhaoyun20")
    /// 流量好運16公斤: by the meter, from Haoyun 16 kg.
    public static let flowHaoyun16 = Product("flowhaoyun16")

    /// What the catalogue says of it; nil for a product of a newer catalogue.
    public var info: ProductInfo? { ProductCatalogue.info(of: self) }
}

/// What the depot's price list says of one product.
public struct ProductInfo: Hashable, Sendable {
    /// The product meant.
    public let product: Product
    /// As the office writes it: `20KG`, `營20`, `流量50公斤`.
    public let nameZhHant: String
    /// In English, for people: `20 kg`, `20 kg commercial`.
    public let nameEn: String
    /// Gas in one full cylinder, in grams; 0 for 幸福丸, whose size the list does not state.
    public let grams: Int64
    /// Per cylinder, or per kilogram where ``isFlow``. A stop's own price is a snapshot in its
    /// plan; this list is only a default.
    public let listPrice: Money
    /// Per cylinder that does not come back.
    public let deposit: Money
    /// Sold by the meter (流量) rather than by the cylinder (桶裝).
    public let isFlow: Bool

    /// ``listPrice`` in 1/100 NT$.
    public var listPriceCents: Int64 { listPrice.cents }
    /// ``deposit`` in 1/100 NT$; 0 by the meter.
    public var depositCents: Int64 { deposit.cents }

    /// ``nameZhHant`` or ``nameEn``.
    public func name(in language: Language) -> String {
        language == .zhHant ? nameZhHant : nameEn
    }
}

/// The sixteen products of the depot: eleven cylinders, five by the meter.
public enum ProductCatalogue {
    /// In the order of the price list.
    public static let all: [ProductInfo] = [
        cylinder(.kg50, "50KG", "50 kg", kilograms: 50, price: 2375, deposit: 3000),
        cylinder(.kg20, "20KG", "20 kg", kilograms: 20, price: 950, deposit: 1500),
        cylinder(.ying20, "營20", "20 kg commercial", kilograms: 20, price: 980, deposit: 1500),
        cylinder(.haoyun20, "好運20", "20 kg Haoyun", kilograms: 20, price: 980, deposit: 1500),
        cylinder(.kg16, "16KG", "16 kg", kilograms: 16, price: 760, deposit: 1200),
        cylinder(.ying16, "營16", "16 kg commercial", kilograms: 16, price: 780, deposit: 1200),
        cylinder(.haoyun16, "好運16", "16 kg Haoyun", kilograms: 16, price: 780, deposit: 1200),
        cylinder(.kg10, "10KG", "10 kg", kilograms: 10, price: 475, deposit: 800),
        cylinder(.pingan10, "瓶安桶10", "10 kg Ping'an", kilograms: 10, price: 500, deposit: 900),
        cylinder(.kg4, "4KG", "4 kg", kilograms: 4, price: 220, deposit: 500),
        cylinder(.xingfuwan, "幸福丸", "Lucky pill", kilograms: 0, price: 180, deposit: 0),
        flow(.flow50, "流量50公斤", "50 kg metered", kilograms: 50, centsPerKilogram: 4750),
        flow(.flow20, "流量20公斤", "20 kg metered", kilograms: 20, centsPerKilogram: 4750),
        flow(.flow16, "流量16公斤", "16 kg metered", kilograms: 16, centsPerKilogram: 4750),
        flow(
            .flowHaoyun20, "流量好運20公斤", "20 kg Haoyun metered", kilograms: 20,
            centsPerKilogram: 4900),
        flow(
            .flowHaoyun16, "流量好運16公斤", "16 kg Haoyun metered", kilograms: 16,
            centsPerKilogram: 4900),
    ]

    /// The codes of all, as a call that names none of them is told.
    public static var codes: String { all.map(\.product.code.text).joined(separator: ", ") }

    /// What the list says of it; nil for a product of a newer catalogue.
    public static func info(of product: Product) -> ProductInfo? { byProduct[product] }

    /// The product that somebody wrote: its code (`20kg`, any case), the office's name (`營20`), or
    /// the bare size of a standard cylinder (`20`), as older customer files have it.
    /// Spaces around and full-width letters and digits are accepted. Nil if unknown.
    public static func product(named text: String) -> Product? {
        let key = PlainText.structured(text)
        if let product = byName[Identifier(utf8: key)] { return product }
        return byName[Identifier(utf8: key + Array("kg".utf8))]
    }

    private static let byProduct: [Product: ProductInfo] = Dictionary(
        all.map { ($0.product, $0) }, uniquingKeysWith: { first, _ in first })

    private static let byName: [Identifier: Product] = Dictionary(
        all.flatMap { info in
            [info.product.code.text, info.nameZhHant].map {
                (Identifier(utf8: PlainText.structured($0)), info.product)
            }
        },
        uniquingKeysWith: { first, _ in first })

    private static func cylinder(
        _ product: Product, _ zhHant: String, _ en: String, kilograms: Int64, price: Int64,
        deposit: Int64
    ) -> ProductInfo {
        ProductInfo(
            product: product, nameZhHant: zhHant, nameEn: en, grams: kilograms * 1000,
            listPrice: .dollars(price) ?? .zero, deposit: .dollars(deposit) ?? .zero,
            isFlow: false)
    }

    private static func flow(
        _ product: Product, _ zhHant: String, _ en: String, kilograms: Int64,
        centsPerKilogram: Int64
    ) -> ProductInfo {
        ProductInfo(
            product: product, nameZhHant: zhHant, nameEn: en, grams: kilograms * 1000,
            listPrice: Money(cents: centsPerKilogram) ?? .zero, deposit: .zero, isFlow: true)
    }
}
