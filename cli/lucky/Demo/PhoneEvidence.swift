import LuckyCausality
import LuckyDriver

/// What one driver's replica file says, read without a lease.
struct PhoneEvidence: Sendable {
    let driver: Identifier
    let position: SyncPosition
    /// Of the driver's scope, over what the hub's pages said.
    let digest: Hash256
    /// Rows that do not follow from their records, hashes that do not fit; empty: all well.
    let differences: [String]
    let archive: [OutboxEntry]
    let sums: Sums

    init(_ driver: Identifier, _ folder: DemoFolder) throws(DemoFailure) {
        do throws(StoreError) {
            let store = try ReplicaStore.openForReading(at: folder.replica(driver), as: driver)
            defer { store.close() }
            self.driver = driver
            position = try store.position()
            digest = try store.scopeDigest().digest
            differences = try store.verifyRows()
            archive = try store.changesets(.all, limit: .max)
            var sums: [String: Sums] = [:]
            for entity in Set(archive.flatMap(\.entities)).sorted() {
                guard let state = try store.state(of: entity) else { continue }
                Sums.add(state.factRecords.filter { $0.author == driver }, to: &sums)
            }
            self.sums = sums[driver.text] ?? Sums()
        } catch {
            throw DemoFailure(
                .demoNotReadable, ["path": folder.replica(driver), "error": "\(error)"])
        }
    }
}
