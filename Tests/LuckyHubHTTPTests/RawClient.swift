import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One TCP connection to the hub under test, so that a test decides every byte and its moment.
/// Calls block, each on a thread of its own.
struct RawClient: Sendable {
    struct Reply: Sendable {
        var status: Int
        /// Names in lower case.
        var headers: [String: String]
        var body: Data

        var text: String { String(decoding: body, as: UTF8.self) }
        var code: String? {
            (try? JSONDecoder().decode([String: String].self, from: body))?["code"]
        }
    }

    enum Failure: Error {
        case socket(Int32)
        case closed(after: Data)
        case notHTTP(Data)
    }

    let descriptor: Int32

    /// - Parameter patience: seconds that one read may take before it counts as failed.
    init(port: Int, patience: Int = 20) throws {
        #if canImport(Darwin)
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var time = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard result == 0 else { throw Failure.socket(errno) }
    }

    func disconnect() { close(descriptor) }

    /// Closes the sending half only.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Sends bytes; false when the other end no longer takes them.
    @discardableResult
    func send(_ data: Data) async -> Bool {
        await onThread {
            var rest = data[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    sendBytes(descriptor, $0)
                }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    @discardableResult
    func send(_ text: String) async -> Bool { await send(Data(text.utf8)) }

    /// The next response on this connection.
    func reply() async throws -> Reply {
        try await onThread { Result { try read() } }.get()
    }

    /// True when the hub ends the connection before anything else arrives.
    func isClosedByHub() async -> Bool {
        await onThread {
            var byte: UInt8 = 0
            return recv(descriptor, &byte, 1, 0) <= 0 && errno != EAGAIN
        }
    }

    private func read() throws -> Reply {
        var bytes = Data()
        let end = Data("\r\n\r\n".utf8)
        while bytes.range(of: end) == nil { try more(&bytes) }
        guard let head = bytes.range(of: end) else { throw Failure.notHTTP(bytes) }
        let lines = String(decoding: bytes[..<head.lowerBound], as: UTF8.self)
            .components(separatedBy: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else { throw Failure.notHTTP(bytes) }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let pair = line.split(separator: ":", maxSplits: 1)
            guard pair.count == 2 else { continue }
            headers[pair[0].lowercased()] = pair[1].trimmingCharacters(in: .whitespaces)
        }
        var body = Data(bytes[head.upperBound...])
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        while body.count < length { try more(&body) }
        return Reply(status: status, headers: headers, body: body.prefix(length))
    }

    private func more(_ bytes: inout Data) throws {
        var buffer = [UInt8](repeating: 0, count: 16384)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { throw Failure.closed(after: bytes) }
        bytes.append(contentsOf: buffer.prefix(count))
    }

    private func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }
}

private func sendBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
        send(descriptor, bytes.baseAddress, bytes.count, 0)
    #else
        send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    #endif
}
