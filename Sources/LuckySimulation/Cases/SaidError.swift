package import LuckyModel

/// An error that is said in either language; as a program prints it, in English.
package protocol SaidError: Error, CustomStringConvertible, Sendable {
    var said: Phrase { get }
}

extension SaidError {
    package var description: String { said.en }
}

extension Phrase {
    /// What an error says; one of another part of the system as a program prints it.
    init(_ error: any Error) {
        self = (error as? any SaidError)?.said ?? Phrase(verbatim: "\(error)")
    }

    /// Where, and what is there.
    static func at(_ place: String, _ what: Phrase) -> Phrase {
        faultAt.with(["place": Phrase(verbatim: place), "reason": what])
    }
}
