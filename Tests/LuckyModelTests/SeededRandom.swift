/// SplitMix64: the same numbers from the same seed, on every machine.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func pick<T>(_ values: [T]) -> T { values[Int(next() % UInt64(values.count))] }

    /// A fresh seed, printed, so that a failure can be run again by passing it here.
    static func printed(_ test: String, seed: UInt64? = nil) -> SeededRandom {
        let seed = seed ?? UInt64.random(in: .min ... .max)
        print("\(test): seed 0x\(String(seed, radix: 16))")
        return SeededRandom(seed: seed)
    }
}
