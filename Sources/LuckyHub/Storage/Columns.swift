internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// A row's columns by position, checked: a damaged file gives an error, never a trap.
struct Columns {
    let row: Row

    struct Damaged: Error { var column: Int }

    private func value<T: DatabaseValueConvertible>(_ column: Int, _ type: T.Type) throws -> T {
        guard let value = T.fromDatabaseValue(row[column] as DatabaseValue) else {
            throw Damaged(column: column)
        }
        return value
    }

    func isNull(_ column: Int) -> Bool { (row[column] as DatabaseValue).isNull }
    func bytes(_ column: Int) throws -> [UInt8] { [UInt8](try value(column, Data.self)) }
    func integer(_ column: Int) throws -> Int64 { try value(column, Int64.self) }
    func text(_ column: Int) throws -> String { try value(column, String.self) }
    func name(_ column: Int) throws -> Identifier { Identifier(utf8: try bytes(column)) }

    /// A counter or a sequence.
    func count(_ column: Int) throws -> UInt64 {
        guard let count = UInt64(exactly: try integer(column)) else {
            throw Damaged(column: column)
        }
        return count
    }

    func id<Purpose>(_ column: Int) throws -> Bits128<Purpose> {
        guard let id = Bits128<Purpose>(bytes: try bytes(column)) else {
            throw Damaged(column: column)
        }
        return id
    }

    func hash(_ column: Int) throws -> Hash256 {
        guard let hash = Hash256(bytes: try bytes(column)) else { throw Damaged(column: column) }
        return hash
    }

    func replica(_ column: Int) throws -> ReplicaID {
        guard let id = ReplicaID(bytes: try bytes(column)) else { throw Damaged(column: column) }
        return id
    }

    func entity(_ column: Int) throws -> EntityID {
        guard let id = EntityID(bytes: try bytes(column)) else { throw Damaged(column: column) }
        return id
    }

    func vector(_ column: Int) throws -> VersionVector {
        try VersionVector(rowBytes: try bytes(column))
    }

    /// A replica and, in the next column, a counter.
    func dot(_ column: Int) throws -> Dot { Dot(try replica(column), try count(column + 1)) }
}
