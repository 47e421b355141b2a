public import Foundation

/// Where one HTTP/1.1 message ends in a stream: all that a proxy needs to know of HTTP.
public enum HTTPFraming {
    public enum Extent: Equatable, Sendable {
        /// More bytes are needed to tell, or to end.
        case incomplete
        /// The message is the first so many bytes.
        case bytes(Int)
        /// The message ends where the connection does.
        case untilClose
    }

    private static let blankLine = Data("\r\n\r\n".utf8)

    /// The number of bytes of the head, its blank line included; nil while it is incomplete.
    public static func headLength(of bytes: Data) -> Int? {
        bytes.range(of: blankLine).map { $0.upperBound - bytes.startIndex }
    }

    /// The status of an answer; nil while its first line is incomplete.
    public static func status(of bytes: Data) -> Int? {
        guard let head = headLength(of: bytes) else { return nil }
        let line = text(bytes.prefix(head)).split(separator: "\r\n").first ?? ""
        return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }

    /// How far the first message reaches.
    public static func extent(of bytes: Data, isAnswer: Bool) -> Extent {
        guard let head = headLength(of: bytes) else { return .incomplete }
        let fields = fields(of: text(bytes.prefix(head)))
        if isAnswer, let status = status(of: bytes),
            status < 200 || status == 204 || status == 304
        {
            return .bytes(head)
        }
        if fields["transfer-encoding"]?.lowercased() == "chunked" {
            return chunkedEnd(of: bytes, from: head).map { .bytes($0) } ?? .incomplete
        }
        guard let length = fields["content-length"].flatMap({ Int($0) }) else {
            return isAnswer ? .untilClose : .bytes(head)
        }
        return bytes.count >= head + length ? .bytes(head + length) : .incomplete
    }

    private static func fields(of head: String) -> [String: String] {
        var fields: [String: String] = [:]
        for line in head.split(separator: "\r\n").dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            fields[line[..<colon].lowercased()] = value
        }
        return fields
    }

    private static func chunkedEnd(of bytes: Data, from head: Int) -> Int? {
        var rest = bytes.dropFirst(head)
        while let lineEnd = rest.range(of: Data("\r\n".utf8)) {
            let size = text(rest[..<lineEnd.lowerBound]).split(separator: ";").first ?? ""
            guard let count = Int(size.trimmingCharacters(in: .whitespaces), radix: 16) else {
                return nil
            }
            if count == 0 {  // trailers, if any, then a blank line
                guard let end = rest[lineEnd.lowerBound...].range(of: blankLine) else { return nil }
                return end.upperBound - bytes.startIndex
            }
            let next = lineEnd.upperBound + count + 2
            guard next <= rest.endIndex else { return nil }
            rest = rest[next...]
        }
        return nil
    }

    private static func text(_ bytes: Data) -> String { String(decoding: bytes, as: UTF8.self) }
}
