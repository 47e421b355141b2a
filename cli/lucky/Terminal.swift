import Foundation
import LuckyCommandLine

/// The terminal that this process writes to.
enum Terminal {
    /// Whether a stream goes to a terminal that can draw over what it shows: not to a file, a pipe or
    /// a terminal that says of itself that it is dumb.
    static func canDraw(_ stream: Int32) -> Bool {
        isatty(stream) != 0 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Columns, where standard output is a terminal or `COLUMNS` says so; else so many that nothing is
    /// broken.
    static var width: Int { TerminalSize.columns(of: STDOUT_FILENO) }

    /// Lines; 24 where nobody says.
    static var height: Int { TerminalSize.size(of: STDOUT_FILENO).map { Int($0.ws_row) } ?? 24 }

    /// Of a clock that never goes back, and stands while the machine sleeps.
    static var milliseconds: Int64 {
        Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000)
    }

    /// Runs something while keys come at once and are not shown; afterwards all is as before, whatever
    /// happens, and also after Ctrl-C.
    static func withKeys(_ body: () throws -> Void) rethrows {
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return try body() }
        var raw = before
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
        try body()
    }

    /// The key that was struck within so many milliseconds; nil: none.
    static func key(within milliseconds: Int32) -> UInt8? {
        var wait = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, milliseconds) > 0 else { return nil }
        var byte: UInt8 = 0
        return read(STDIN_FILENO, &byte, 1) == 1 ? byte : nil
    }
}
