internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// What a store keeps beside its file, where a backup of the file does not reach: its nonce, and
/// the last changeset it knew to be on disk. A file with another nonce is a copy; one that lacks
/// that changeset was restored from a backup (L19).
struct Mark: Hashable {
    static let suffix = ".nonce"
    private static let magic = "lucky-replica/1"

    var nonce: Bits128<EntityPurpose>
    var head: ChainHead?

    init(nonce: Bits128<EntityPurpose>, head: ChainHead?) {
        self.nonce = nonce
        self.head = head
    }

    /// The mark of the store at `path`; nil where it is missing or not readable.
    init?(beside path: String) {
        guard let bytes = Files.read(path + Self.suffix) else { return nil }
        let words = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\n" }
        guard words.count == 4, words[0] == Self.magic,
            let nonce = Bits128<EntityPurpose>(hex: String(words[1])),
            let counter = UInt64(words[2]), let hash = Hash256(hex: String(words[3]))
        else { return nil }
        self.init(
            nonce: nonce, head: counter == 0 ? nil : ChainHead(counter: counter, hash: hash))
    }

    func write(beside path: String) throws(StoreError) {
        let line =
            "\(Self.magic) \(nonce.hex) \(head?.counter ?? 0) \((head?.hash ?? .zero).hex)\n"
        try Files.replace(path + Self.suffix, with: Array(line.utf8))
    }
}
