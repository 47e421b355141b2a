package import Foundation
internal import LuckyDriver
internal import LuckyHub
package import LuckyModel
package import LuckySync

// A depot whose hub is a process outside: the phones' stores are here, and somebody carries.
extension OutageDepot {
    /// Lets go of the hub's file.
    package func leaveHub() throws {
        try hub.hub?.close()
        hub.hub = nil
        world.dropHeld(by: hub)
    }

    /// Whose phones these are, in order.
    package var drivers: [Identifier] { phones.map(\.driver) }

    /// The request that a phone would send now, with all that waits.
    package func request(of phone: Int) -> Prepared? {
        var options = PrepareOptions(
            fromCounter: nil, pushBytes: Bounds.requestBytes, pageBytes: Bounds.responseBytes,
            wantsDigest: false)
        options.packs = true
        for case .prepared(let request) in perform(.prepare(options), phone) {
            return request
        }
        return nil
    }

    /// Takes the answer to it.
    /// - Returns: whether everything has its receipt.
    package func take(_ answer: Data, to request: Prepared, of phone: Int) -> Bool {
        let effect = SyncEffect.absorb(answer, nonce: request.nonce, asked: request.asked)
        for case .absorbed(let result) in perform(effect, phone) {
            return result.failure == nil && result.pending == 0
        }
        return false
    }

    private func perform(_ effect: SyncEffect, _ phone: Int) -> [SyncEvent] {
        guard let store = phones[phone].store else { return [] }
        return LuckyDriver.perform(
            effect, on: store, at: world.time(of: phones[phone]), using: &world.random)
    }
}
