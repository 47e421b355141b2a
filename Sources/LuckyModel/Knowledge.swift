/// What a build knows. This one knows all there is; a simulated process of an older build knows less:
/// it reads as unknown what this one reads (L5), shows what its own rules derive, and refuses a file
/// that a newer one has migrated.
package struct Knowledge: Hashable, Sendable {
    /// Kinds of fact that are not read.
    package var unknownKinds: Set<FactKind>
    /// Whether a part of a page may say that an entity was purged.
    package var knowsPurging: Bool
    /// How many versions of what is derived it is behind.
    package var derivationsBehind: Int
    /// How many migrations of the store it does not have.
    package var migrationsBehind: Int

    /// All there is, by default.
    package init(
        unknownKinds: Set<FactKind> = [], knowsPurging: Bool = true, derivationsBehind: Int = 0,
        migrationsBehind: Int = 0
    ) {
        self.unknownKinds = unknownKinds
        self.knowsPurging = knowsPurging
        self.derivationsBehind = derivationsBehind
        self.migrationsBehind = migrationsBehind
    }

    /// Of the process whose code runs now: a simulation has several in one thread.
    @TaskLocal package static var current = Knowledge()
}
