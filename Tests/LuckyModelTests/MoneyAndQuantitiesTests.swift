import LuckyModel
import Testing

@Suite struct MoneyTests {
    @Test(arguments: [
        ("1900", 190_000), ("47.5", 4750), ("47.50", 4750), ("1,900", 190_000),
        ("NT$1,900", 190_000), ("nt$ 12", 1200), ("$12", 1200), ("-200", -20_000),
        ("-NT$200", -20_000), ("１９００", 190_000), ("0", 0), ("10000000", 1_000_000_000),
    ])
    func reads(_ text: String, _ cents: Int64) {
        #expect(Money(text: text)?.cents == cents)
    }

    @Test(arguments: [
        "", " ", "-", "NT$", "47.505", "1,90", "19,00", ",900", "1,9000", "1.2.3", "1e3", ".5",
        "5.", "--5", "NT$-5", "10000000.01", "99999999999999999999", "元", "1 900", "+5",
    ])
    func refuses(_ text: String) {
        #expect(Money(text: text) == nil)
    }

    @Test(arguments: [
        (190_000, "NT$1,900"), (4750, "NT$47.50"), (5, "NT$0.05"), (0, "NT$0"),
        (-123_456_700, "-NT$1,234,567"), (1_000_000_000, "NT$10,000,000"), (99_900, "NT$999"),
    ])
    func writes(_ cents: Int64, _ text: String) throws {
        let money = try #require(Money(cents: cents))
        #expect(money.text == text)
        #expect(Money(text: text) == money)
        #expect(Money(text: money.plainText) == money)
    }

    @Test func sumsReportOverflow() throws {
        let most = try #require(Money(cents: 1_000_000_000))
        let least = try #require(Money(cents: -1_000_000_000))
        let cent = try #require(Money(cents: 1))
        #expect(Money(cents: 1_000_000_001) == nil)
        #expect(Money(cents: .min) == nil)
        #expect(Money.dollars(.max) == nil)
        #expect(most.adding(cent) == nil)
        #expect(least.subtracting(cent) == nil)
        #expect(most.adding(least) == .zero)
        #expect(Money.sum([most, least, cent]) == cent)
        #expect(Money.sum([most, cent, least]) == nil)
    }
}

@Suite struct QuantitiesTests {
    @Test(arguments: [
        ("20kg*2+16kg*1", "16kg*1+20kg*2"), ("20kg=2 16kg=1", "16kg*1+20kg*2"),
        ("20kg=2,16kg=1", "16kg*1+20kg*2"), ("20KG＊２＋營20×1", "20kg*2+ying20*1"),
        ("20*5+16*1", "16kg*1+20kg*5"), (" 20kg * 2 ", "20kg*2"), ("", ""),
        ("流量50公斤*3", "flow50*3"),
        ("20kg*1+20kg*2", "20kg*3"), ("幸福丸*10000", "xingfuwan*10000"),
    ])
    func reads(_ text: String, _ plain: String) throws {
        let quantities = try Quantities(text: text)
        #expect(quantities.text == plain)
        #expect(try Quantities(text: quantities.text) == quantities)
        #expect(try Quantities(text: quantities.pairsText) == quantities)
    }

    @Test(arguments: [
        ("20kg", QuantityTextError.malformed("20kg")), ("20kg*", .malformed("20kg*")),
        ("20kg*1*2", .malformed("20kg*1*2")), ("20kg*1+", .malformed("")),
        ("21kg*1", .unknownProduct("21kg")), ("20kg*0", .badCount("0")),
        ("20kg*-1", .badCount("-1")), ("20kg*10001", .badCount("10001")),
        ("20kg*1.5", .badCount("1.5")),
        ("20kg*99999999999999999999", .badCount("99999999999999999999")),
        ("20kg*9999+20kg*2", .badCount("20kg*2")),
    ])
    func refuses(_ text: String, _ error: QuantityTextError) {
        #expect(throws: error) { try Quantities(text: text) }
    }

    @Test func commandArguments() throws {
        #expect(try Quantities(arguments: ["20kg=2", "16kg=1"]) == [.kg20: 2, .kg16: 1])
    }

    @Test func differences() throws {
        let ordered: Quantities = [.kg20: 2, .kg16: 1]
        #expect(ordered.subtracting([.kg20: 2]) == [.kg16: 1])
        #expect(ordered.subtracting([.kg50: 1])?[.kg50] == -1)
        let full: Quantities = [.kg20: 10_000]
        #expect(full.subtracting([.kg20: -1]) == nil)
        let absurd: Quantities = [.kg20: .min]
        #expect(!absurd.isInRange)
        #expect(full.subtracting(absurd) == nil)
        #expect(ordered.grams == 56_000)
        #expect(absurd.grams == nil)
    }

    @Test func catalogue() throws {
        #expect(ProductCatalogue.all.count == 16)
        #expect(ProductCatalogue.all.filter(\.isFlow).count == 5)
        #expect(Set(ProductCatalogue.all.map(\.product)).count == 16)
        for info in ProductCatalogue.all {
            #expect(ProductCatalogue.product(named: info.product.code.text) == info.product)
            #expect(ProductCatalogue.product(named: info.nameZhHant) == info.product)
            #expect(info.listPriceCents > 0)
            #expect(info.depositCents >= 0)
        }
        // Every regular and metered size costs NT$47.50 a kilogram, but the 4 kg: NT$55.
        #expect(Product.kg20.info?.listPrice == .dollars(950))
        #expect(Product.kg4.info?.listPrice == .dollars(220))
        #expect(Product.flow50.info?.listPriceCents == 4750)
        #expect(Product.pingan10.info?.deposit == .dollars(900))
        #expect(Product("new30").info == nil)
    }
}
