/// The calls to the file system that store and hub make besides SQLite's own, one by one: where a
/// process can end between two of them, or one can fail, that is a difference that counts.
///
/// All are POSIX's, with its results: what fails says why in `errno`. Files are for their owner
/// only.
package protocol FileCalls: Sendable {
    /// Nil where there is nothing.
    func status(_ path: String) -> FileStatus?
    /// - Parameter flags: as of `open`.
    /// - Returns: the file's number; negative where it failed.
    func open(_ path: String, _ flags: Int32) -> Int32
    func close(_ file: Int32)
    /// - Returns: how many bytes; 0 at the end, negative where it failed.
    func read(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int
    /// - Returns: how many bytes; negative where it failed.
    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int
    /// As ``write(_:_:)``, so many bytes from the file's begin.
    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int64) -> Int
    /// Of a file or a folder.
    func sync(_ file: Int32) -> Bool
    /// Takes room before it is written.
    /// - Returns: 0, or the error; also where the system cannot do it.
    func allocate(_ file: Int32, _ bytes: Int64) -> Int32
    /// The one lock of a file, without waiting; given back when the file is closed.
    func lock(_ file: Int32) -> Bool
    func rename(_ path: String, to target: String) -> Bool
    func unlink(_ path: String) -> Bool
    func makeFolder(_ path: String) -> Bool
    /// What is in a folder, sorted by bytes; nil where there is none.
    func names(in folder: String) -> [String]?
    /// Of the disk that a path is on; nil where the system does not say.
    func room(at path: String) -> DiskRoom?
    /// A folder's path without links and detours; nil where there is none.
    func resolved(_ folder: String) -> String?
}

/// How full a disk is.
package struct DiskRoom: Hashable, Sendable {
    /// All that this process could ever have there: without what is kept for the system's own use.
    package var bytes: Int64
    /// Those of them that are free for this process.
    package var free: Int64

    package init(bytes: Int64, free: Int64) {
        self.bytes = bytes
        self.free = free
    }

    /// As `df` counts: what the system keeps back is neither taken nor free.
    package init(taken: Int64, free: Int64) {
        let (bytes, overflow) = taken.addingReportingOverflow(free)
        self.init(bytes: overflow ? .max : bytes, free: free)
    }
}

/// What is at a path.
package struct FileStatus: Hashable, Sendable {
    /// Type and permission bits.
    package var mode: UInt32
    /// Bytes.
    package var size: Int64
    /// When the content changed, in some unit: another value is another content.
    package var changedAt: Int64

    package init(mode: UInt32, size: Int64, changedAt: Int64) {
        self.mode = mode
        self.size = size
        self.changedAt = changedAt
    }
}

/// Why a file call failed.
package struct FileFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The system's `errno`.
    package var code: Int32
    /// What it was about.
    package var path: String

    package init(code: Int32, path: String) {
        self.code = code
        self.path = path
    }
}
