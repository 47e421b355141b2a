package import Foundation

/// How wide and high the terminal is that a stream goes to.
package enum TerminalSize {
    /// So many that nothing is broken.
    package static let noLimit = 10_000

    /// Columns, where the stream is a terminal or `COLUMNS` says so.
    /// - Parameter other: where nobody says; by default so many that no line is broken.
    package static func columns(of stream: Int32, else other: Int = noLimit) -> Int {
        if let size = size(of: stream) { return Int(size.ws_col) }
        let said = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }
        return said.flatMap { $0 >= 20 ? $0 : nil } ?? other
    }

    /// Nil where the stream is no terminal.
    package static func size(of stream: Int32) -> winsize? {
        var size = winsize()
        guard isatty(stream) != 0, ioctl(stream, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
        else { return nil }
        return size
    }
}
