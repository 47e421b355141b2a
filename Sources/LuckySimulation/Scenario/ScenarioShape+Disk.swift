// What befalls a device's disk.
extension ScenarioShape {
    static let diskSteps: [Shape.Variant] = [
        .init(
            "disk", "How full the device's disk is.",
            [
                who, .init("full", .flag, "Full, the store's spare room too; or with room again."),
                .init(
                    "used_percent", .integer(1...99), "How full the disk is, with all room left."),
            ]),
        .init(
            "power_cut",
            "The power goes, and with it the process: what was synced stays, of the rest what this"
                + " says.",
            [
                who,
                .init(
                    "unsynced", .word(["lost", "kept", "torn"]), required: true,
                    "torn: some of it, by blocks of 512 bytes."),
                .init("seed", .counter, "Of torn: which. Default: 1."),
            ]),
        .init(
            "lose_file", "One file of the device's data is gone.",
            [
                who,
                .init(
                    "file", .word(DiskFile.allCases.map(\.rawValue)), required: true,
                    "wal: what SQLite has not yet moved to the database."),
            ]),
        .init(
            "disk_faults",
            "The same taps on copies of the disk, with the fault at the first call to it, at the"
                + " second, and so on until no call is struck: nothing acknowledged may be lost,"
                + " nothing be there in part, and each copy opens; the next process takes the same taps, and then the power goes.",
            [
                who, stop,
                .init(
                    "fault", .word(DiskSweep.Fault.allCases.map(\.rawValue)), required: true,
                    "kill: the process dies; power_cut: lost, kept, and torn;"
                        + " the others end, and the taps are tried again with no restart."),
                .init("taps", .integer(1...50), "Default: 5."),
            ]),
    ]

    /// A file that `lose_file` takes.
    enum DiskFile: String, CaseIterable {
        case database, wal

        /// Its name on the device's disk.
        var name: String {
            switch self {
            case .database: WorldDevice.file
            case .wal: WorldDevice.file + "-wal"
            }
        }
    }
}
