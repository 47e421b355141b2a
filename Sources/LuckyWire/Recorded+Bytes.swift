internal import LuckyCausality
internal import LuckyModel

extension Recorded {
    /// Decodes a change. A release by the hub is taken for the fact that it lets in: its own name,
    /// author, times and words, with what its writer had seen for context; dot and hash are the
    /// release's (L20). One that is kept under the fact's name and author is read the same again.
    /// Anybody else's "release" stays what it says, for the hub to refuse.
    init(
        ref: FactRef, dot: Dot, _ encoded: EncodedChange, stamp: Stamp, context: VersionVector
    ) throws(WireError) {
        try self.init(
            ref: ref, dot: dot, encoded, read: try ChangeCodec.decode(encoded), stamp: stamp,
            context: context)
    }

    /// - Parameters:
    ///   - change: what `encoded` decodes to.
    ///   - hash: its ``EncodedChange/hash`` where that is at hand.
    init(
        ref: FactRef, dot: Dot, _ encoded: EncodedChange, read change: Change,
        hash: Hash256? = nil, stamp: Stamp, context: VersionVector
    ) throws(WireError) {
        let hash = hash ?? encoded.hash
        guard case .fact(.released(let release)) = change.body,
            stamp.role == .hub || (ref == release.ref && stamp.author == release.author)
        else {
            self.init(
                ref: ref, dot: dot, body: change.body, hash: hash, stamp: stamp,
                context: context)
            return
        }
        var original = encoded
        original.core = release.core
        let inner = try ChangeCodec.decode(original)
        guard inner.entity == change.entity, inner.fact?.isDoorstep == true else {
            throw .invalid("release of something else")
        }
        var author = stamp
        author.author = release.author
        author.role = .driver
        author.writtenAt = release.writtenAt
        if let clock = release.hlc { author.hlc = clock }
        self.init(
            ref: release.ref, dot: dot, body: inner.body, hash: hash, stamp: author,
            context: context)
        writtenAs = release.dot
    }
}

extension Release {
    /// The writer's hybrid clock; where the release does not say, as far as the wall clock tells.
    fileprivate var hlc: HLC? {
        if let origin { return HLC(milliseconds: origin.milliseconds, logical: origin.logical) }
        return (0..<HLC.millisecondLimit).contains(writtenAt)
            ? HLC(milliseconds: writtenAt, logical: 0) : nil
    }

    fileprivate var dot: Dot? {
        origin.flatMap { origin in
            ReplicaID(bytes: origin.replica).map { Dot($0, origin.counter) }
        }
    }
}
