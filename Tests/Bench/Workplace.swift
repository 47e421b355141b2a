import Foundation

/// Where a row's files lie, and how often it is measured.
final class Workplace: Sendable {
    enum Place: Sendable { case disk, tmpfs }

    let rounds: Int
    let isShort: Bool
    /// The program `lucky`.
    let lucky: String
    private let disk: String
    private let tmpfs: String

    init(_ options: Options) throws {
        rounds = options.rounds
        isShort = options.isShort
        lucky = options.lucky
        let name = "lucky-bench-\(ProcessInfo.processInfo.processIdentifier)"
        disk = options.disk + "/" + name
        tmpfs = options.tmpfs + "/" + name
    }

    /// A new folder that nobody else can look into.
    func folder(_ name: String, on place: Place) throws -> String {
        let path = (place == .disk ? disk : tmpfs) + "/" + name
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        return path
    }

    func remove() {
        for path in [disk, tmpfs] { try? FileManager.default.removeItem(atPath: path) }
    }
}

/// Drops what the system keeps of a file in memory, so that the next read goes to the disk.
func dropFromCache(_ path: String) {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return }
    fdatasync(file)
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
    close(file)
}
