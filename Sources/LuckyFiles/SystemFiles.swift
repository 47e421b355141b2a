#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The system's own files.
package struct SystemFiles: FileCalls {
    package init() {}

    package func status(_ path: String) -> FileStatus? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        #if canImport(Glibc)
            let time = info.st_mtim
        #else
            let time = info.st_mtimespec
        #endif
        return FileStatus(
            mode: UInt32(info.st_mode), size: Int64(info.st_size),
            changedAt: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    package func room(at path: String) -> DiskRoom? {
        var info = statvfs()
        guard statvfs(path, &info) == 0 else { return nil }
        func bytes(_ blocks: some BinaryInteger) -> Int64 {
            let (bytes, overflow) = Int64(clamping: blocks)
                .multipliedReportingOverflow(by: Int64(clamping: info.f_frsize))
            return overflow ? .max : bytes
        }
        let taken = bytes(info.f_blocks) - bytes(info.f_bfree)
        return DiskRoom(taken: max(0, taken), free: bytes(info.f_bavail))
    }

    package func open(_ path: String, _ flags: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.open(path, flags | O_CLOEXEC, 0o600)
        #else
            Darwin.open(path, flags | O_CLOEXEC, 0o600)
        #endif
    }

    package func close(_ file: Int32) {
        #if canImport(Glibc)
            _ = Glibc.close(file)
        #else
            _ = Darwin.close(file)
        #endif
    }

    package func read(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.read(file, buffer.baseAddress, buffer.count)
        #else
            Darwin.read(file, buffer.baseAddress, buffer.count)
        #endif
    }

    package func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.write(file, bytes.baseAddress, bytes.count)
        #else
            Darwin.write(file, bytes.baseAddress, bytes.count)
        #endif
    }

    package func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int64) -> Int {
        pwrite(file, bytes.baseAddress, bytes.count, off_t(offset))
    }

    package func sync(_ file: Int32) -> Bool { fsync(file) == 0 }

    package func allocate(_ file: Int32, _ bytes: Int64) -> Int32 {
        #if canImport(Glibc)
            posix_fallocate(file, 0, off_t(bytes))
        #else
            ENOTSUP
        #endif
    }

    package func lock(_ file: Int32) -> Bool { flock(file, LOCK_EX | LOCK_NB) == 0 }

    package func rename(_ path: String, to target: String) -> Bool {
        #if canImport(Glibc)
            Glibc.rename(path, target) == 0
        #else
            Darwin.rename(path, target) == 0
        #endif
    }

    package func unlink(_ path: String) -> Bool {
        #if canImport(Glibc)
            Glibc.unlink(path) == 0
        #else
            Darwin.unlink(path) == 0
        #endif
    }

    package func makeFolder(_ path: String) -> Bool { mkdir(path, 0o700) == 0 }

    package func names(in folder: String) -> [String]? {
        guard let entries = opendir(folder) else { return nil }
        defer { closedir(entries) }
        var names: [[UInt8]] = []
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    package func resolved(_ folder: String) -> String? {
        guard let path = realpath(folder, nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }
}
