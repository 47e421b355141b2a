import Foundation
import LuckyModel
import LuckySimulation

/// A simulated day on a terminal, drawn again and again, with keys.
struct LiveRoute {
    let simulation: RouteSimulation
    let language: Language
    /// Simulated seconds a second; nil: as fast as the machine can.
    let factor: Int64?

    init(_ simulation: RouteSimulation, _ language: Language, _ factor: Int64?) {
        self.simulation = simulation
        self.language = language
        self.factor = factor
    }

    func play() throws {
        try Terminal.withKeys {
            show("\u{1B}[?1049h\u{1B}[?25l")
            defer { show("\u{1B}[?25h\u{1B}[?1049l") }
            var view = RouteView(language)
            var pace = RoutePace(factor: factor, at: Terminal.milliseconds)
            while !simulation.isOver {
                let isGoing = try key(&view)
                guard isGoing else { return }
                let step = pace.step(at: Terminal.milliseconds)
                if !view.isPaused { try simulation.advance(by: step) }
                view.add(simulation.takeEvents())
                let lines = view.lines(
                    try simulation.snapshot(), width: Terminal.width, height: Terminal.height)
                show(
                    "\u{1B}[H" + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n")
                        + "\u{1B}[J")
            }
        }
    }

    /// - Returns: false where the person wants to go.
    private func key(_ view: inout RouteView) throws -> Bool {
        let wait = factor == nil && !view.isPaused ? 5 : Int32(RoutePace.frame)
        switch Terminal.key(within: wait) {
        case UInt8(ascii: "q"), 3, 4: return false
        case UInt8(ascii: " "), UInt8(ascii: "p"): view.isPaused.toggle()
        case UInt8(ascii: "o"): simulation.toggleNetwork()
        case UInt8(ascii: "t"): simulation.hurry()
        default: break
        }
        return true
    }

    private func show(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }
}
