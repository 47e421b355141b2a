internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension LogWriter {
    /// An entity as its rows are now. A copy is one reference: a message asks for it many times, and
    /// changes it once.
    struct LoadedEntity: Sendable {
        private var content: Content

        init(state: EntityState, row: EntityRow?, sequences: [PlanField: UInt64]) {
            content = Content(state, row, sequences)
        }

        /// Changed only by a copy that has it for itself.
        private final class Content: @unchecked Sendable {
            var state: EntityState
            var row: EntityRow?
            var sequences: [PlanField: UInt64]
            var written: [FactRef: Recorded] = [:]
            var hasPast: Bool?
            var enteredAt: UInt64?
            var sheet: DigestSheet?

            init(_ state: EntityState, _ row: EntityRow?, _ sequences: [PlanField: UInt64]) {
                self.state = state
                self.row = row
                self.sequences = sequences
            }

            init(_ other: Content) {
                state = other.state
                row = other.row
                sequences = other.sequences
                written = other.written
                hasPast = other.hasPast
                enteredAt = other.enteredAt
                sheet = other.sheet
            }
        }

        private mutating func own() {
            if !isKnownUniquelyReferenced(&content) { content = Content(content) }
        }

        var state: EntityState {
            get { content.state }
            _modify {
                own()
                content.sheet = nil
                yield &content.state
            }
        }

        /// Applies what a changeset says of it. What a digest is made of is kept along where that is
        /// facts that nobody had: the others are not looked at.
        mutating func apply(_ changes: [Recorded], dot: Dot, context: VersionVector) {
            own()
            let before = content.state.facts.count
            content.state.apply(changes, dot: dot, context: context)
            guard content.sheet?.hasCovers == false, changes.allSatisfy({ $0.fact != nil }),
                content.state.facts.count == before + changes.count
            else {
                content.sheet = nil
                return
            }
            for change in changes { content.sheet?.add(change) }
        }

        /// Of ``state``.
        /// - Parameter isKept: facts will come.
        mutating func digest(isKept: Bool) -> Hash256 {
            guard isKept || content.sheet != nil else { return Digest.of(content.state) }
            own()
            let sheet = content.sheet ?? DigestSheet(content.state)
            content.sheet = sheet
            return sheet.digest(of: content.state.id, content.state.vector)
        }

        /// Nil where nobody wrote to it yet.
        var row: EntityRow? {
            get { content.row }
            _modify {
                own()
                yield &content.row
            }
        }
        var sequences: [PlanField: UInt64] {
            get { content.sequences }
            _modify {
                own()
                yield &content.sequences
            }
        }
        /// What was read of plan values that were written over.
        var written: [FactRef: Recorded] {
            get { content.written }
            _modify {
                own()
                yield &content.written
            }
        }
        /// Whether anything of it was ever written over; nil where nobody asked yet.
        var hasPast: Bool? {
            get { content.hasPast }
            set {
                own()
                content.hasPast = newValue
            }
        }
        /// Where it came into the scope that it is in; nil where nobody asked yet.
        var enteredAt: UInt64? {
            get { content.enteredAt }
            set {
                own()
                content.enteredAt = newValue
            }
        }
    }
}
