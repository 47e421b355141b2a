/// In whose years dates are written for people; `--json` has only the first.
public enum DateStyle: Hashable, Sendable, CaseIterable {
    /// `2026-11-22`.
    case common
    /// Years of the Republic (民國): `115/11/22`.
    case roc
}

extension CivilDate {
    /// `2026-11-22`, `115/11/22`.
    public func text(_ style: DateStyle) -> String {
        switch style {
        case .common: text
        case .roc: rocText
        }
    }
}
