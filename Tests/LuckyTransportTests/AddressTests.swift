import LuckyModel
import FaultProxy
import Foundation
import LuckySync
import LuckyTransport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct AddressTests {
    /// Each of these would reach the server on loopback if it were tried.
    @Test(arguments: ["http://127.1", "http://0.0.0.0", "http://localhost.", "ftp://127.0.0.1"])
    func plainHTTPStaysOnThisMachine(origin: String) async throws {
        let server = try ScriptedServer { _ in [.send(Canned.answer(Data()))] }
        let transport = HTTPTransport(server.address(origin))
        #expect(await transport.exchange("x") == .failed(.insecure))
        #expect(server.seen.connections == 0)
    }

    @Test(arguments: [
        "http://example.tw", "http://127.0.0.1.example.tw", "http://127.0.0.256", "http://10.0.0.1",
        "http://[fe80::1]", "http://[::ffff:127.0.0.1]", "file:///v1", "http://localhost.tw",
        "http://127.0.0",
    ])
    func insecureAddresses(text: String) throws {
        let url = try #require(URL(string: text))
        switch Result(catching: { try HubAddress(url) }) {
        case .success: Issue.record("taken: \(text)")
        case .failure(let error):
            let failure = try #require(error as? ExchangeFailure)
            #expect(failure == .insecure || text.hasPrefix("file"))
        }
    }

    @Test(arguments: [
        "https://hub.example.tw", "https://hub.example.tw:8443/depot/", "http://127.0.0.1:80",
        "http://127.255.3.9", "http://[::1]:8080", "HTTP://LOCALHOST:1",
    ])
    func secureAddresses(text: String) throws {
        _ = try HubAddress(try #require(URL(string: text)))
    }

    @Test(arguments: [
        "https://user@hub.tw", "https://user:word@hub.tw", "https://hub.tw/?a=1",
        "https://hub.tw/#a", "https://hub.tw:0", "https://hub.tw:99999", "https:///v1",
        "https://hub%2etw", "https://a_b.tw", "hub.tw",
    ])
    func oddAddresses(text: String) throws {
        guard let url = URL(string: text) else { return }
        #expect(throws: ExchangeFailure.self) { try HubAddress(url) }
    }

    @Test func aTokenNeverTravelsInClearToHTTPS() async throws {
        let server = try ScriptedServer { _ in [.close] }
        let transport = HTTPTransport(server.address("https://localhost")) {
            $0.connectSeconds = 1
        }
        let failure = try #require(await transport.exchange("x").failure)
        #expect(failure.isTransient)
        #expect(server.seen.raw.first == 0x16)  // a TLS handshake
        #expect(server.seen.raw.range(of: Data(secret.utf8)) == nil)
    }

    @Test(arguments: ["", " \n", "two words", "a\r\nX-Admin: 1", "密碼"])
    func aTokenThatCannotBeSentIsNotSent(token: String) async throws {
        let server = try ScriptedServer { _ in [.send(Canned.answer(Data()))] }
        let transport = HTTPTransport(hub: server.url, token: { token })
        #expect(await transport.exchange("x") == .failed(.unauthorised(status: 401)))
        #expect(server.seen.connections == 0)
    }

    @Test func aTokenMayEndWithItsFilesLineEnd() async throws {
        let server = try ScriptedServer { _ in [.send(Canned.answer(Data()))] }
        let transport = HTTPTransport(hub: server.url, token: { "abc\r\n" })
        #expect(await transport.exchange("x") == .answered(Data()))
        #expect(server.seen.requests.first?.field("authorization") == "Bearer abc")
    }
}
