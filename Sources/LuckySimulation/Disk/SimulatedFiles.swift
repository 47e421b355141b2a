internal import CSimulatedDisk
internal import LuckyFiles

/// File calls on simulated disks: each finds its disk by its path.
struct SimulatedFiles: FileCalls {
    func status(_ path: String) -> FileStatus? {
        var status = SimStatus()
        guard simdisk_status(path, &status) == 0 else { return nil }
        return FileStatus(mode: status.mode, size: status.size, changedAt: status.changed)
    }

    func open(_ path: String, _ flags: Int32) -> Int32 { simdisk_open(path, flags) }

    func close(_ file: Int32) { _ = simdisk_close(file) }

    func read(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        Int(simdisk_read(file, buffer.baseAddress, buffer.count))
    }

    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        Int(simdisk_write(file, bytes.baseAddress, bytes.count))
    }

    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int64) -> Int {
        Int(simdisk_pwrite(file, bytes.baseAddress, bytes.count, offset))
    }

    func sync(_ file: Int32) -> Bool { simdisk_sync(file) == 0 }

    func allocate(_ file: Int32, _ bytes: Int64) -> Int32 { simdisk_allocate(file, bytes) }

    func lock(_ file: Int32) -> Bool { simdisk_lock(file) == 0 }

    func rename(_ path: String, to target: String) -> Bool { simdisk_rename(path, target) == 0 }

    func unlink(_ path: String) -> Bool { simdisk_unlink(path) == 0 }

    func makeFolder(_ path: String) -> Bool { simdisk_mkdir(path) == 0 }

    func names(in folder: String) -> [String]? {
        guard let status = status(folder), status.mode & 0o170_000 == 0o040_000 else { return nil }
        var names: [String] = []
        var name = [CChar](repeating: 0, count: 1024)
        while simdisk_entry(folder, names.count, &name, name.count) == 0 {
            names.append(
                String(
                    decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    func room(at path: String) -> DiskRoom? {
        var (all, left) = (Int64(0), Int64(0))
        return simdisk_room(path, &all, &left) == 0 ? DiskRoom(bytes: all, free: left) : nil
    }

    func resolved(_ folder: String) -> String? { folder }
}
