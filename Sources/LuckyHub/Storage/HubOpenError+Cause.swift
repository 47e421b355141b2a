internal import GRDB
internal import LuckyFiles

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension HubOpenError {
    /// What a failure means for whoever opens the file, without SQLite's own statements.
    init(_ error: any Error) {
        switch error {
        case let error as HubOpenError: self = error
        case let error as FileFailure where [ENOSPC, EDQUOT].contains(error.code): self = .diskFull
        case let error as DatabaseError:
            switch error.resultCode {
            case .SQLITE_FULL: self = .diskFull
            case .SQLITE_NOTADB: self = .notAHub
            default: self = .unusable(error.message ?? "SQLite \(error.resultCode.rawValue)")
            }
        default: self = .unusable("\(error)")
        }
    }
}

extension HubBackupError {
    /// What a failure to read the file means that is to be copied.
    init(reading error: any Error) {
        switch error {
        case let error as HubBackupError: self = error
        case let error as DatabaseError
        where [.SQLITE_NOTADB, .SQLITE_ERROR].contains(error.resultCode):
            self = .notAHub
        case let error as DatabaseError:
            self = .damaged(error.message ?? "SQLite \(error.resultCode.rawValue)")
        default: self = .damaged("\(error)")
        }
    }
}
