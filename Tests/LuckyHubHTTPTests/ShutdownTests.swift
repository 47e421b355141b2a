import Foundation
import Logging
import LuckyModel
import ServiceLifecycle
import Testing

@testable import LuckyHubHTTP

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite(.timeLimit(.minutes(2))) struct ShutdownTests {
    @Test func sigtermEndsRun() async throws {
        let server = HubServer(
            door: FakeDoor(),
            tokens: await Tokens(secret: try TokenSecret(HubUnderTest.secretBytes)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            // The signals are trapped before any service starts: this one is not fatal.
            onReady: { _ in kill(getpid(), SIGTERM) })
        try await server.run()
    }

    @Test func anAddressInUseIsAnError() async throws {
        try await HubUnderTest.run { hub in
            let second = HubServer(
                door: FakeDoor(), tokens: hub.tokens, port: hub.port,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            await #expect(throws: (any Error).self) { try await second.group().run() }
            let reply = try await hub.ask("GET /v1/health/live")
            #expect(reply.status == 200)
        }
    }
}
