// An app imports `LuckyDriver` and has the words it needs: stops, routes, handovers, statuses.
@_exported public import LuckyCausality
@_exported public import LuckyModel
@_exported public import LuckyStore
@_exported public import LuckySync
