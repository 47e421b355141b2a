extension CaseValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A text.
    package init(stringLiteral text: String) { self = .text(text) }
    /// `true` or `false`.
    package init(booleanLiteral value: Bool) { self = .flag(value) }
    /// A list.
    package init(arrayLiteral elements: CaseValue...) { self = .list(elements) }
    /// An object; each key is to be given once.
    package init(dictionaryLiteral elements: (String, CaseValue)...) {
        self = .object(elements.map { CaseMember(key: $0.0, value: $0.1) })
    }
}
