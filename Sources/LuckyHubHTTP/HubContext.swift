internal import Hummingbird
internal import Logging
internal import NIOCore

/// What a request is answered with besides itself: its connection and a logger with its number.
struct HubContext: InitializableFromSource {
    let channel: any Channel
    let logger: Logger

    init(source: ApplicationRequestContextSource) {
        channel = source.channel
        logger = source.logger
    }
}
