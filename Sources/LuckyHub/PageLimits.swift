internal import LuckyModel

/// How much one page may hold, whatever a request asks for (L14).
struct PageLimits: Hashable, Sendable {
    /// Entities; a step of the scope that brings more comes whole all the same.
    var entities = Bounds.entitiesPerPage
    /// Plan writes and facts.
    var changes = Bounds.changesPerPage
    /// Entities that one step may draw in.
    var closure = Bounds.closureEntities
}
