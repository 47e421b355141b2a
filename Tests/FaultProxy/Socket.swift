public import Foundation

/// A system call that failed.
public struct SocketError: Error, Sendable, CustomStringConvertible {
    public var call: String
    public var code: Int32
    public var description: String { "\(call): \(String(cString: strerror(code)))" }
}

/// A blocking TCP socket on this machine's loopback. It closes when nobody holds it any more, so
/// that a thread which still reads never gets a stranger's descriptor.
public final class Socket: Sendable {
    public let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    // MARK: Making

    /// A listening socket on a free port of 127.0.0.1, and that port.
    public static func listening() throws -> (socket: Socket, port: Int) {
        let (socket, port) = try reserved()
        guard listen(socket.descriptor, 64) == 0 else { throw failed("listen") }
        return (socket, port)
    }

    /// A port that refuses every connection for as long as the socket is held.
    public static func reserved() throws -> (socket: Socket, port: Int) {
        let socket = try plain()
        var address = loopback(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket.descriptor, address, size) == 0
                    && getsockname(socket.descriptor, address, &size) == 0
            }
        }
        guard result else { throw failed("bind") }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A connection to a port of 127.0.0.1.
    public static func connected(to port: Int) throws -> Socket {
        let socket = try plain()
        var address = loopback(port: port)
        let result = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                connect(socket.descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw failed("connect") }
        socket.sendAtOnce()
        return socket
    }

    private static func plain() throws -> Socket {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw failed("socket") }
        return Socket(descriptor)
    }

    private static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func failed(_ call: String) -> SocketError {
        SocketError(call: call, code: errno)
    }

    // MARK: Using

    /// The next connection, or nil once this socket is shut down.
    public func accepted() -> Socket? {
        while true {
            let next = accept(descriptor, nil, nil)
            if next >= 0 {
                _ = fcntl(next, F_SETFD, FD_CLOEXEC)
                let socket = Socket(next)
                socket.sendAtOnce()
                return socket
            }
            guard errno == EINTR || errno == ECONNABORTED else { return nil }
        }
    }

    /// The next bytes; empty at the end of the stream, nil after an error.
    public func read(maximum: Int = 64 * 1024) -> Data? {
        var buffer = [UInt8](repeating: 0, count: maximum)
        while true {
            let count = recv(descriptor, &buffer, maximum, 0)
            if count >= 0 { return Data(buffer.prefix(count)) }
            guard errno == EINTR else { return nil }
        }
    }

    /// Sends everything; false when the other side is gone.
    @discardableResult
    public func write(_ data: Data) -> Bool {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count == 0 || errno != EINTR {
                return false
            }
        }
        return true
    }

    /// Says "no more from me"; reading goes on.
    public func finishWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Ends both directions; wakes every thread that waits on this socket.
    public func end() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// From now on closing is an abort (RST), not a farewell.
    public func abortOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private func sendAtOnce() {
        var on: Int32 = 1
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}
