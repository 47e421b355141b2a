import Foundation
import Testing

@testable import LuckyHubHTTP

@Suite struct SecretSourceTests {
    private let secret = "0123456789abcdef0123456789abcdef"

    private func file(_ text: String, mode: Int) throws -> String {
        let path = NSTemporaryDirectory() + "/lucky-secret-\(UUID().uuidString)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    @Test func aFileOfItsOwnerIsTakenWithoutItsLineEnd() throws {
        for (text, mode) in [(secret, 0o600), (secret + "\n", 0o400), (secret + "\r\n", 0o700)] {
            let path = try file(text, mode: mode)
            defer { try? FileManager.default.removeItem(atPath: path) }
            let read = try SecretSource.file(path).read()
            #expect(read.bytes == Array(secret.utf8))
            #expect(!"\(read)".contains(secret))
        }
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o601, 0o666])
    func aFileOpenToOthersIsRefused(mode: Int) throws {
        let path = try file(secret, mode: mode)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: SecretError.readableByOthers(path: path, mode: UInt32(mode))) {
            try SecretSource.file(path).read()
        }
    }

    @Test func shortLongMissingAndFoldersAreRefused() throws {
        let short = try file("0123456789abcdef0123456789abcde\n", mode: 0o600)
        let long = try file(String(repeating: "x", count: 5000), mode: 0o600)
        defer {
            for path in [short, long] { try? FileManager.default.removeItem(atPath: path) }
        }
        #expect(throws: SecretError.tooShort(bytes: 31)) { try SecretSource.file(short).read() }
        #expect(throws: SecretError.tooLong(path: long, maximumBytes: 4096)) {
            try SecretSource.file(long).read()
        }
        #expect(throws: SecretError.notAFile(path: "/")) { try SecretSource.file("/").read() }
        #expect(throws: SecretError.unreadable(path: short + "-not", code: 2)) {
            try SecretSource.file(short + "-not").read()
        }
    }

    @Test func anEnvironmentVariableIsTaken() throws {
        let source = SecretSource.environment("LUCKY_TOKEN_SECRET")
        #expect(
            try source.read(environment: ["LUCKY_TOKEN_SECRET": secret]).bytes
                == Array(secret.utf8))
        #expect(throws: SecretError.noSuchVariable("LUCKY_TOKEN_SECRET")) {
            try source.read(environment: [:])
        }
        #expect(throws: SecretError.tooShort(bytes: 0)) {
            try source.read(environment: ["LUCKY_TOKEN_SECRET": ""])
        }
    }
}
