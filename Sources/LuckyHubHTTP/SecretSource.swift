internal import Foundation

/// The bytes that sign tokens: 32 or more. Prints as nothing but its length.
public struct TokenSecret: Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    /// HS256 is no stronger than its key.
    public static let minimumBytes = 32

    /// - Throws: ``SecretError/tooShort(bytes:)``.
    public init(_ bytes: some Sequence<UInt8>) throws(SecretError) {
        self.bytes = Array(bytes)
        guard self.bytes.count >= Self.minimumBytes else {
            throw .tooShort(bytes: self.bytes.count)
        }
    }

    /// The length, and nothing of the bytes.
    public var description: String { "secret of \(bytes.count) bytes" }
}

/// Why a secret was not taken. No case carries a part of it.
public enum SecretError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Fewer than ``TokenSecret/minimumBytes``; how many there were.
    case tooShort(bytes: Int)
    /// The file cannot be opened or read; `errno`.
    case unreadable(path: String, code: Int32)
    /// Not a plain file.
    case notAFile(path: String)
    /// Somebody other than the owner may read, write or run the file; its permission bits.
    case readableByOthers(path: String, mode: UInt32)
    /// The file is larger than a secret may be.
    case tooLong(path: String, maximumBytes: Int)
    /// The environment variable of this name is not set.
    case noSuchVariable(String)

    /// One clause in English, with what helps where it is known.
    public var description: String {
        switch self {
        case .tooShort(let bytes):
            "the token secret has \(bytes) bytes; it needs \(TokenSecret.minimumBytes) or more"
        case .unreadable(let path, let code):
            "the token secret \(path) cannot be read (errno \(code))"
        case .notAFile(let path):
            "the token secret \(path) is not a plain file"
        case .readableByOthers(let path, let mode):
            "the token secret \(path) is open to others (mode \(String(mode, radix: 8))): "
                + "chmod 600 it"
        case .tooLong(let path, let maximum):
            "the token secret \(path) is over \(maximum) bytes"
        case .noSuchVariable(let name):
            "the environment variable \(name) is not set"
        }
    }
}

/// Where the hub's token secret is kept: never in argv, which every process can read.
public enum SecretSource: Hashable, Sendable {
    /// A file that only its owner may read. Line ends at its end do not count.
    case file(String)
    /// An environment variable: its UTF-8 bytes.
    case environment(String)

    /// Reads it anew with each call.
    public func read() throws(SecretError) -> TokenSecret {
        try read(environment: ProcessInfo.processInfo.environment)
    }

    func read(environment: [String: String]) throws(SecretError) -> TokenSecret {
        switch self {
        case .file(let path):
            return try TokenSecret(SecretFile.contents(of: path))
        case .environment(let name):
            guard let value = environment[name] else { throw .noSuchVariable(name) }
            return try TokenSecret(value.utf8)
        }
    }
}
