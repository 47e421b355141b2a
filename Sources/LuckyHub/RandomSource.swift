internal import LuckyModel
internal import Synchronization

/// Random bits for tags, salts and ids, from the generator that the caller gave.
final class RandomSource: Sendable {
    private let generator: Mutex<any RandomNumberGenerator & Sendable>

    init(_ generator: some RandomNumberGenerator & Sendable) {
        self.generator = Mutex(generator)
    }

    func next() -> UInt64 { generator.withLock { $0.next() } }

    func bits<Purpose>() -> Bits128<Purpose> { Bits128(high: next(), low: next()) }

    /// 16 bytes.
    func salt() -> [UInt8] {
        let bits: Bits128<EntityPurpose> = bits()
        return bits.bytes
    }
}
