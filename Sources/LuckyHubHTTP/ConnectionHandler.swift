internal import LuckyModel
internal import NIOCore

/// Sits in each connection's pipeline: keeps its ``ClientPresence``, and cuts off a client that
/// does not take its answer.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias OutboundIn = NIOAny

    let presence = ClientPresence()
    private let answerTime: TimeAmount
    /// Writes that the socket has not taken yet.
    private var pendingWrites = 0
    private var cut: Scheduled<Void>?

    init(limits: HTTPLimits) {
        answerTime = .milliseconds(Int64(limits.answerMilliseconds))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed = event as? ChannelEvent { presence.leave() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        presence.leave()
        context.fireChannelInactive()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        pendingWrites += 1
        if cut == nil {
            let channel = context.channel
            cut = context.eventLoop.scheduleTask(in: answerTime) { channel.close(promise: nil) }
        }
        written.futureResult.assumeIsolated().whenComplete { _ in
            self.pendingWrites -= 1
            guard self.pendingWrites == 0 else { return }
            self.cut?.cancel()
            self.cut = nil
        }
        context.write(data, promise: written)
    }

    /// The presence of the client at the other end of a connection.
    static func presence(on channel: any Channel) async -> ClientPresence? {
        let found = channel.eventLoop.submit {
            try channel.pipeline.syncOperations.handler(type: ConnectionHandler.self).presence
        }
        do { return try await found.get() } catch { return nil }
    }
}
