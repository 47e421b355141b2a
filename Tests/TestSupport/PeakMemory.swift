import Foundation

/// The most memory that a process ever had, by Linux's account.
public enum PeakMemory {
    /// Bytes; nil where the system does not say.
    public static var bytes: Int? {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
        return kilobytes.flatMap { Int($0) }.map { $0 * 1_024 }
    }

    /// By how many bytes `body` takes more for what is ten times as much. The small amount goes first:
    /// all code has run by then, and what is kept at hand is full.
    /// - Precondition: the process does nothing beside it.
    public static func growth(_ body: (_ times: Int) throws -> Void) throws -> Int {
        try body(1)
        let before = bytes ?? 0
        try body(10)
        return (bytes ?? 0) - before
    }
}
