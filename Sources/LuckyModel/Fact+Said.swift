// The same change id again is the same tap (L1): whether two taps say the same can be told by what
// the driver said, without what the rules add from the stop as the phone showed it then.

extension Fact {
    /// Whether these recorded facts are what was asked for: fact by fact, in order.
    /// - Parameters:
    ///   - recorded: what the tap wrote.
    ///   - redacted: which of them have lost their words: there, words are not compared.
    ///   - asked: what the driver says now; attempts, quotes and what a correction names count for
    ///     nothing, and an unplanned stop's code, route and day only where they are given.
    public static func are(
        _ recorded: [Fact], redacted: Set<Int> = [], whatWasAsked asked: [Fact]
    ) -> Bool {
        recorded.count == asked.count
            && zip(recorded, asked).enumerated().allSatisfy { index, pair in
                redacted.contains(index)
                    ? pair.0.withoutPersonal.says(pair.1.withoutPersonal)
                    : pair.0.says(pair.1)
            }
    }

    private func says(_ asked: Fact) -> Bool {
        switch (self, asked) {
        case (.arrived, .arrived): true
        case (.handedOver(let a), .handedOver(let b)): a.saysSame(as: b)
        case (.failed(let a), .failed(let b)): a.saysSame(as: b)
        case (.stopAdded(let a), .stopAdded(let b)): a.says(b)
        case (.corrected(let a), .corrected(let b)): a.replacement.saysSame(as: b.replacement)
        // Cash that was forgotten at the handover: a correction that is a receipt of its own.
        case (.cashReceived, .corrected(let b)):
            if case .cashReceived(let receipt) = b.replacement {
                self == .cashReceived(receipt)
            } else {
                false
            }
        case (.noteAdded(let a), .noteAdded(let b)): isSame(a.text, b.text)
        case (.suggestedAddress(let a), .suggestedAddress(let b)): isSame(a.address, b.address)
        default: self == asked
        }
    }

    /// Without what names or describes a person.
    package var withoutPersonal: Fact {
        switch self {
        case .handedOver(var value):
            value.recipient = nil
            return .handedOver(value)
        case .failed(var value):
            value.note = nil
            return .failed(value)
        case .noteAdded: return .noteAdded(Note(nil))
        case .suggestedAddress: return .suggestedAddress(AddressSuggestion(nil))
        case .stopAdded(var value):
            value.customer = nil
            value.address = nil
            value.phone = nil
            value.coordinate = nil
            value.note = nil
            return .stopAdded(value)
        case .reviewResolved(var value):
            value.note = nil
            return .reviewResolved(value)
        case .corrected(var value):
            switch value.replacement {
            case .handedOver(var new):
                new.recipient = nil
                value.replacement = .handedOver(new)
            case .failed(var new):
                new.note = nil
                value.replacement = .failed(new)
            default: break
            }
            return .corrected(value)
        default: return self
        }
    }
}

/// An empty text is stored as none.
private func isSame(_ a: String?, _ b: String?) -> Bool {
    (a ?? "").utf8.elementsEqual((b ?? "").utf8)
}

extension HandedOver {
    fileprivate func saysSame(as other: HandedOver) -> Bool {
        handover == other.handover && isSame(recipient, other.recipient)
            && serials == other.serials && collectedSerials == other.collectedSerials
    }
}

extension Failure {
    fileprivate func saysSame(as other: Failure) -> Bool {
        reason == other.reason && isSame(note, other.note)
    }
}

extension AddedStop {
    fileprivate func says(_ asked: AddedStop) -> Bool {
        (asked.code == nil || code == asked.code) && (asked.route == nil || route == asked.route)
            && (asked.date == nil || date == asked.date) && payment == asked.payment
            && price == asked.price && isSame(customer, asked.customer)
            && isSame(address, asked.address) && isSame(phone, asked.phone)
            && coordinate == asked.coordinate && isSame(note, asked.note)
    }
}

extension Correction.Replacement {
    fileprivate func saysSame(as other: Correction.Replacement) -> Bool {
        switch (self, other) {
        case (.handedOver(let a), .handedOver(let b)): a.saysSame(as: b)
        case (.failed(let a), .failed(let b)): a.saysSame(as: b)
        default: self == other
        }
    }
}
