internal import LuckyModel
internal import LuckyStore
internal import LuckySync
internal import LuckyWire

extension ReplicaStore {
    /// What an answer says to a comparison, once its page is applied; nil where it says nothing.
    func compare(
        _ response: SyncResponse, _ page: Page, as comparison: Comparison
    ) throws(StoreError) -> Compared? {
        switch comparison {
        case .buckets:
            guard let theirs = response.buckets else { return nil }
            return .buckets(try differingBuckets(theirs))
        case .entities(let buckets):
            guard let theirs = response.bucketDigests else { return nil }
            let found = try differing(
                theirs, in: buckets, hubTime: response.answer.hubTime)
            return .entities(
                Differing(
                    repairable: found.repairable.map(\.hex), again: found.again.map(\.hex),
                    parked: found.parked.map(\.hex)),
                sequence: page.checkpoint.sequence)
        case .repair(let wanted):
            // Facts ahead of one that is too big: the rest is asked for at once.
            if page.parts.contains(where: \.isPartial) { return nil }
            let came = page.parts.filter {
                let isWhole = $0.membership == .restated || $0.membership == .leaves
                return isWhole && wanted.contains($0.entity.hex)
            }.map(\.entity)
            try note(repaired: came, hubTime: response.answer.hubTime)
            return .repaired(came.map(\.hex))
        }
    }
}
