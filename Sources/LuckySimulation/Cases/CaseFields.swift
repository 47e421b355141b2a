internal import LuckyModel

/// Reads one object of a case strictly: every key is asked for, or it is unknown.
struct CaseFields {
    let place: String
    private var rest: [CaseMember]

    init(_ value: CaseValue, at place: String) throws(CaseError) {
        guard let members = value.members else {
            throw .expected(.kindObject, at: place)
        }
        self.place = place
        rest = members
    }

    func path(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }

    /// To be called last.
    func end() throws(CaseError) {
        if let member = rest.first { throw CaseError(path(member.key), .faultKeyUnknown) }
    }

    /// Nil where the key is absent.
    mutating func value(_ key: String) -> CaseValue? {
        guard let index = rest.firstIndex(where: { $0.key.utf8.elementsEqual(key.utf8) }) else {
            return nil
        }
        return rest.remove(at: index).value
    }

    mutating func optionalText(_ key: String) throws(CaseError) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.text else { throw .expected(.kindText, at: path(key)) }
        return text
    }

    mutating func text(_ key: String) throws(CaseError) -> String {
        guard let text = try optionalText(key) else { throw CaseError(path(key), .faultMissing) }
        return text
    }

    /// False where the key is absent.
    mutating func flag(_ key: String) throws(CaseError) -> Bool {
        guard let value = value(key) else { return false }
        guard let flag = value.flag else {
            throw .expected(.kindFlag, at: path(key))
        }
        return flag
    }

    mutating func optionalNumber<Number: FixedWidthInteger>(
        _ key: String, _ type: Number.Type = Number.self
    ) throws(CaseError) -> Number? {
        guard let value = value(key) else { return nil }
        guard case .number(let digits) = value, let number = Number(digits) else {
            throw .expected(.kindBits.with(["bits": "\(Number.bitWidth)"]), at: path(key))
        }
        return number
    }

    mutating func number<Number: FixedWidthInteger>(
        _ key: String, _ type: Number.Type = Number.self
    ) throws(CaseError) -> Number {
        guard let number = try optionalNumber(key, type) else {
            throw CaseError(path(key), .faultMissing)
        }
        return number
    }

    /// Empty where the key is absent.
    mutating func list(_ key: String) throws(CaseError) -> [CaseValue] {
        guard let value = value(key) else { return [] }
        guard let list = value.list else { throw .expected(.kindList, at: path(key)) }
        return list
    }

    mutating func texts(_ key: String) throws(CaseError) -> [String] {
        var texts: [String] = []
        for (index, value) in try list(key).enumerated() {
            guard let text = value.text else {
                throw .expected(.kindText, at: "\(path(key))[\(index)]")
            }
            texts.append(text)
        }
        return texts
    }
}
