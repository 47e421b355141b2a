internal import CSimulatedDisk
internal import LuckyFiles

/// One machine's disk, in memory, for SQLite and for the files beside it: it keeps what was written
/// and what was synced apart, and fails when it is told to.
///
/// Nothing on it happens by chance. A killed process leaves what was written; a power cut leaves
/// what was synced, and of the rest what the cut says.
public final class SimulatedDisk {
    /// What a call to the disk does.
    public enum Call: Int32, Hashable, Sendable, CaseIterable {
        /// Whatever changes what is on it: those below, and create, rename, remove, make a folder.
        case any = 0
        /// Writes, truncates, takes room.
        case write = 1
        /// Syncs a file or a folder.
        case sync = 2
    }

    /// What a power cut leaves of that which was not synced.
    public enum PowerCut: Hashable, Sendable {
        /// Nothing.
        case lost
        /// All.
        case kept
        /// What the seed picks, of each 512 bytes, each length and each name.
        case torn(seed: UInt64)
    }

    /// Why a fault that struck a call did.
    public enum Cause: Int32, Hashable, Sendable, CaseIterable {
        /// The process died in it.
        case killed = 0
        /// It failed.
        case failed = 1
        /// There was no room for it.
        case full = 2
    }

    private let disk: OpaquePointer
    /// Its root, without a slash at the end: everything below is on it.
    public let path: String

    /// Empty, with room for everything.
    public convenience init() {
        // SQLite refuses a VFS only where it refuses to start at all.
        precondition(simdisk_install() == 0, "SQLite does not start")
        self.init(simdisk_create())
    }

    private init(_ disk: OpaquePointer?) {
        guard let disk else { preconditionFailure("no memory for a disk") }
        self.disk = disk
        path = String(cString: simdisk_root(disk))
    }

    deinit { simdisk_destroy(disk) }

    /// Another disk with the same on it, written and synced; no fault waits there.
    public func copy() -> SimulatedDisk { SimulatedDisk(simdisk_copy(disk)) }

    // MARK: Faults

    /// How many calls changed what is on it, or tried to.
    public var calls: UInt64 { simdisk_calls(disk) }

    /// Bytes of the writes that were done to it.
    var written: UInt64 { simdisk_written(disk) }

    /// Syncs of files and folders.
    var syncs: UInt64 { simdisk_syncs(disk) }

    /// How many of them a fault struck.
    public var strikes: UInt64 { Cause.allCases.reduce(0) { $0 + strikes(of: $1) } }

    /// How many of them one kind of fault struck.
    public func strikes(of cause: Cause) -> UInt64 { simdisk_strikes(disk, cause.rawValue) }

    /// Whether its process was killed, or the power went, and no new one came.
    public var isDead: Bool { simdisk_is_dead(disk) != 0 }

    /// The process is dead from now on: all its calls fail, and nothing of them happens.
    public func kill() { simdisk_kill(disk) }

    /// The process will be dead from the nth call on, 1 the next; nil: it lives.
    public func kill(atCall number: Int?) { simdisk_kill_at(disk, UInt64(max(0, number ?? 0))) }

    /// A new process may come. What the dead one had open stays dead.
    public func revive() { simdisk_revive(disk) }

    /// The power goes, and with it the process.
    public func cutPower(_ cut: PowerCut) {
        switch cut {
        case .lost: simdisk_cut_power(disk, Int32(SIM_POWER_LOST), 0)
        case .kept: simdisk_cut_power(disk, Int32(SIM_POWER_KEPT), 0)
        case .torn(let seed): simdisk_cut_power(disk, Int32(SIM_POWER_TORN), seed)
        }
    }

    /// The nth call of a kind fails, 1 the next, and those after it where it lasts; nil: none.
    public func fail(_ call: Call = .any, at number: Int?, forever: Bool = false) {
        simdisk_fail_at(disk, call.rawValue, UInt64(max(0, number ?? 0)), forever ? 1 : 0)
    }

    /// How many bytes fit besides what is there, in blocks of 4096; nil: no bound.
    public func setRoom(_ bytes: Int?) {
        simdisk_set_room(disk, bytes.map { Int64(max(0, $0)) } ?? -1)
    }

    /// What is there now is so much of all that fits, in percent from 1 to 100.
    public func setUsed(percent: Int) {
        setRoom(0)
        var (all, left) = (Int64(0), Int64(0))
        _ = simdisk_room(path, &all, &left)
        let percent = Int64(min(100, max(1, percent)))
        setRoom(Int(all / percent * (100 - percent)))
    }

    // MARK: What is on it, past all faults

    /// Files below the root, sorted by bytes, such as `replica.sqlite-blobs/ab12`.
    public var files: [String] {
        names.filter { simdisk_is_folder(disk, $0) == 0 }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Bytes; nil where there is no such file.
    public func size(of file: String) -> Int? {
        let size = simdisk_size(disk, file)
        return size < 0 ? nil : Int(size)
    }

    /// - Returns: whether the file was there.
    @discardableResult
    public func remove(_ file: String) -> Bool { simdisk_discard(disk, file) == 0 }

    /// Turns one bit, counted from the first byte's lowest.
    /// - Returns: whether the file has it.
    @discardableResult
    public func flip(bit: Int, of file: String) -> Bool {
        bit >= 0 && simdisk_flip_bit(disk, file, UInt64(bit)) == 0
    }

    /// Takes what another disk has in place of what is here.
    /// - Parameter which: of the files here and there, those to replace; others stay.
    func take(from other: SimulatedDisk, _ which: (String) -> Bool) {
        for file in files where which(file) { remove(file) }
        for name in other.names where which(name) { simdisk_adopt(disk, other.disk, name) }
    }

    /// Files and folders in the order made: a folder before what is in it.
    private var names: [String] {
        var names: [String] = []
        while let name = simdisk_name(disk, names.count) { names.append(String(cString: name)) }
        return names
    }
}
