/// The SQL scripts of the device and the hub, and the demo's day, embedded at build time.
public enum LuckySchemas {
    /// The device's store, version 1.
    public static var storeSQL: String { text(PackageResources.store_1_sql) }
    /// The hub's log, version 1.
    public static var hubSQL: String { text(PackageResources.hub_1_sql) }
    /// The hub's intake file, version 1.
    public static var intakeSQL: String { text(PackageResources.intake_1_sql) }

    /// The demo's day: a plan file of three routes and 60 stops in Taitung, dated 2026-11-22.
    public static var taitungDayCSV: String { text(PackageResources.taitung_csv) }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
