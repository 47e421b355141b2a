internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// What a store keeps where a backup of its file does not reach: its nonce, the last changeset it
/// knew to be on disk, and whether a writer has it open. A file with another nonce is a copy; one
/// that lacks that changeset, or has no WAL although it was open, was restored (L19).
struct Mark: Hashable {
    private static let magic = "lucky-replica/2"
    /// What version 1 of the store wrote, beside its file.
    private static let oldMagic = "lucky-replica/1"

    var nonce: Bits128<EntityPurpose>
    var head: ChainHead?
    var isOpen = false

    init(nonce: Bits128<EntityPurpose>, head: ChainHead?, isOpen: Bool = false) {
        self.nonce = nonce
        self.head = head
        self.isOpen = isOpen
    }

    /// The mark in a file; nil where it is missing or not readable.
    init?(at path: String, _ files: Files) {
        guard let bytes = files.read(path) else { return nil }
        let words = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\n" }
        guard words.count >= 4, words[0] == Self.magic || words[0] == Self.oldMagic,
            let nonce = Bits128<EntityPurpose>(hex: String(words[1])),
            let counter = UInt64(words[2]), let hash = Hash256(hex: String(words[3]))
        else { return nil }
        self.init(
            nonce: nonce, head: counter == 0 ? nil : ChainHead(counter: counter, hash: hash),
            isOpen: words.dropFirst(4).first == "open")
    }

    func write(at path: String, _ files: Files) throws(StoreError) {
        let line =
            "\(Self.magic) \(nonce.hex) \(head?.counter ?? 0) \((head?.hash ?? .zero).hex)"
            + (isOpen ? " open\n" : " closed\n")
        try files.makeFolder(files.folder(of: path))
        try files.replace(path, with: Array(line.utf8))
    }
}

/// Where a store's mark lies.
struct MarkPlace {
    static let suffix = ".nonce"
    let path: String
    /// Where a store of version 1 kept it.
    let oldPath: String
    let files: Files

    /// - Parameter folder: nil: beside the file.
    init(for path: String, in folder: String?, _ files: Files) {
        self.files = files
        oldPath = path + Self.suffix
        guard let folder else {
            self.path = oldPath
            return
        }
        let whole = files.absolute(path)
        let name = whole.split(separator: "/").last.map(String.init) ?? "replica"
        let digest = Hash256.sha256(Array(whole.utf8)).hex.prefix(16)
        self.path = folder + "/" + name + "-" + digest + Self.suffix
    }

    func read() -> Mark? { Mark(at: path, files) }

    func write(_ mark: Mark) throws(StoreError) { try mark.write(at: path, files) }
}
