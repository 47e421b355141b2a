public import Foundation

/// Canned answers.
public enum Canned {
    /// A whole answer with a length.
    public static func answer(
        _ body: Data, status: String = "200 OK", type: String = "application/x-lucky-frames",
        fields: [String] = []
    ) -> Data {
        let lines = ["HTTP/1.1 \(status)", "Content-Type: \(type)", "Content-Length: \(body.count)"]
        return Data(((lines + fields).joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    public static func text(
        _ text: String, status: String = "200 OK", type: String = "text/html",
        fields: [String] = []
    ) -> Data {
        answer(Data(text.utf8), status: status, type: type, fields: fields)
    }

    /// A whole answer in chunks of `size` bytes.
    public static func chunked(_ body: Data, size: Int, fields: [String] = []) -> Data {
        let lines = [
            "HTTP/1.1 200 OK", "Content-Type: application/x-lucky-frames",
            "Transfer-Encoding: chunked",
        ]
        var bytes = Data(((lines + fields).joined(separator: "\r\n") + "\r\n\r\n").utf8)
        for start in stride(from: 0, to: body.count, by: size) {
            let piece = body.dropFirst(start).prefix(size)
            bytes += Data("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Data("\r\n".utf8)
        }
        return bytes + Data("0\r\n\r\n".utf8)
    }
}
