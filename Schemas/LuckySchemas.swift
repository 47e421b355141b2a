/// The SQL scripts of the device and the hub, the demo's day and a route's profile, embedded at build time.
public enum LuckySchemas {
    /// The device's store, a script for each version, in order.
    public static var storeSQL: [String] {
        [
            PackageResources.store_1_sql, PackageResources.store_2_sql,
            PackageResources.store_3_sql, PackageResources.store_4_sql,
            PackageResources.store_5_sql, PackageResources.store_6_sql,
        ].map(text)
    }
    /// The hub's log, a script for each version, in order.
    public static var hubSQL: [String] {
        [
            PackageResources.hub_1_sql, PackageResources.hub_2_sql, PackageResources.hub_3_sql,
            PackageResources.hub_4_sql, PackageResources.hub_5_sql, PackageResources.hub_6_sql,
            PackageResources.hub_7_sql, PackageResources.hub_8_sql,
        ].map(text)
    }
    /// The hub's intake file, version 1.
    public static var intakeSQL: String { text(PackageResources.intake_1_sql) }

    /// The demo's day: a plan file of three routes and 60 stops in Taitung, dated 2026-11-22.
    public static var taitungDayCSV: String { text(PackageResources.taitung_csv) }

    /// How a day on the road goes by default: a profile of route simulations, JSON.
    public static var routeProfileJSON: String { text(PackageResources.route_taitung_json) }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
