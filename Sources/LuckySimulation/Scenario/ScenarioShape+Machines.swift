// What befalls devices, links, clocks and hubs.
extension ScenarioShape {
    static let machineSteps: [Shape.Variant] = [
        .init("offline", "No signal from now on.", [who]),
        .init("online", "There is a signal again.", [who]),
        .init(
            "sync", "The device syncs until it has nothing to do, or fails and waits.",
            [who] + fault + [
                .init("times", .integer(1...50), "How many exchanges the fault strikes.")
            ]),
        .init(
            "send", "The device's request is under way; it and its answer land with `land`.",
            [
                who, .init("as", .code, "A name for the exchange, for `land`."),
                .init("copies", .integer(1...4), "How often it is sent besides."),
            ] + fault),
        .init(
            "land", "All messages in flight land, in every order; or one, when it is named.",
            [
                .init("message", .code, "The exchange of this name; no other."),
                .init("only", .word(["request"]), "Its request; the answer stays in flight."),
            ]),
        .init(
            "cut_everywhere",
            "Syncs, with the answer cut after every byte before it comes whole.",
            [who, .init("stride", .integer(1...4096), "Bytes from cut to cut. Default: 1.")]),
        .init(
            "settle", "All links are up, all devices run and sync until all is quiet.", []),
        .init(
            "wait", "Time passes; devices whose timers ring do what they have to.",
            [.init("for", .text(.duration), required: true, "How long.")]),
        .init(
            "clock", "A device's wall clock is set.",
            [
                who,
                .init(
                    "ahead", .text(.duration), required: true,
                    "How far ahead of the true time; -2h: behind."),
            ]),
        .init("kill", "The process ends without a word; files stay as they are.", [who]),
        .init("stop", "The process ends in an orderly way.", [who]),
        .init("start", "The process starts again.", [who, refused]),
        .init("restart", "`kill`, then `start`.", [who]),
        .init("lose", "The device is gone for good, with what only it had.", [who]),
        .init(
            "backup", "A copy of the device's data, or of the hub's file.",
            [who, .init("to", .code, required: true, "The backup's name."), wholeDisk]),
        .init(
            "restore", "The backup in place of the data; the process starts.",
            [who, .init("from", .code, required: true, "The backup's name.")]),
        .init(
            "clone", "A second device with the same data; both go on.",
            [
                who, .init("to", .code, required: true, "The new device's name."), wholeDisk,
            ]),
        .init("replace", "The hub's disk is gone: a new, empty hub in its place.", [who]),
        .init(
            "token", "The device syncs with another token from now on.",
            [
                who, .init("role", .word(roles), "Default: driver."),
                .init("person", .code, "Default: the device's driver."),
                .init("depot", .code, "Default: the hub's."),
                .init("carries_for", .list(.code), "Of a supervisor: whose changes it may bring."),
            ]),
    ]

    private static let wholeDisk = Shape.Key(
        "whole_disk", .flag,
        "With what stands beside the data to find copies out. Default: false.")

    static let fault: [Shape.Key] = [
        .init(
            "fault",
            .word([
                "request_lost", "answer_lost", "answer_late", "duplicated", "unauthorised", "busy",
                "portal",
            ]), "What becomes of the exchange."),
        .init("cut_at", .integer(0...1_000_000), "Only so many bytes of the answer come."),
        .init("flip_bit", .integer(0...8_000_000), "This bit of the answer is another."),
        .init(
            "request_cut_at", .integer(0...1_000_000),
            "Only so many bytes of the request reach the hub, modulo how many it has."),
        .init(
            "request_flip_bit", .integer(0...8_000_000),
            "This bit of the request is another when it reaches the hub, modulo its bits."),
    ]

    static let checkSteps: [Shape.Variant] = [
        .init(
            "check", "What is seen at this moment.",
            [.init("expect", ScenarioExpectation.moment, required: true, "")])
    ]
}
