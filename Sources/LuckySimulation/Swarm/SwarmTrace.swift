internal import LuckyModel
internal import LuckySync

/// What happened, as one number: two runs of one seed must come to the same. Over events, never over
/// a file's bytes, which have salts of SQLite's own.
struct SwarmTrace {
    /// FNV-1a.
    private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    /// What a person reads; nil where nobody does.
    var lines: [Phrase]?

    mutating func mix(_ number: UInt64) {
        var rest = number
        for _ in 0..<8 {
            hash = (hash ^ (rest & 0xFF)) &* 0x0000_0100_0000_01B3
            rest >>= 8
        }
    }

    mutating func mix(_ number: Int64) { mix(UInt64(bitPattern: number)) }

    mutating func mix(_ text: String) {
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }

    mutating func mix(_ hash: Hash256) {
        mix(hash.first.high)
        mix(hash.first.low)
    }

    /// What a device's machine was told.
    mutating func mix(_ event: SyncEvent) {
        switch event {
        case .started(let backlog):
            mix("started")
            mix(UInt64(backlog.pending))
        case .tapped(let pending):
            mix("tapped")
            mix(UInt64(pending))
        case .linkHinted: mix("hinted")
        case .woke: mix("woke")
        case .tokenChanged: mix("token")
        case .verifyRequested: mix("verify")
        case .prepared(let request):
            mix("prepared")
            mix(UInt64(request.body.count))
            mix(request.nonce)
        case .answered(let body, let nonce):
            mix("answered")
            mix(UInt64(body.count))
            mix(nonce)
        case .failed(let failure, let nonce):
            mix(failure.kind)
            mix(nonce)
        case .absorbed(let result):
            mix("absorbed")
            mix(UInt64(result.received))
            mix(UInt64(result.pending))
            mix(UInt64(result.entities ?? 0))
        case .storeFailed(let reason): mix(reason)
        case .paused: mix("paused")
        }
    }
}

extension SyncEvent {
    /// For a person who reads a history; nil for what is not worth a line.
    var line: Phrase? {
        switch self {
        case .started(let backlog): .traceStarts.with(["pending": "\(backlog.pending)"])
        case .failed(let failure, _): .traceExchangeFailed.with(["kind": failure.kind])
        case .absorbed(let result): result.line
        case .storeFailed(let reason): .traceStoreFailed.with(["reason": reason])
        case .tapped, .linkHinted, .woke, .tokenChanged, .verifyRequested, .prepared, .answered,
            .paused:
            nil
        }
    }
}

extension Absorbed {
    fileprivate var line: Phrase {
        var line = Phrase.traceAnswer.with([
            "received": "\(received)", "entities": "\(entities ?? 0)", "pending": "\(pending)",
        ])
        if let recovery {
            line = .traceRecovery.with(["line": line, "recovery": Phrase(verbatim: "\(recovery)")])
        }
        if let failure {
            line = .traceAnswerFailed.with(["line": line, "kind": Phrase(verbatim: failure.kind)])
        }
        return line
    }
}
