import ArgumentParser
import LuckyCausality
import LuckyCommandLine
import LuckyDriver

struct InspectSchema: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: Phrase.helpInspectSchema.spoken)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Session.run(common) { session in
            let schema = try await session.driver.schema()
            session.output.result(SchemaObject(schema), lines(schema, session.output))
        }
    }

    private func lines(_ schema: StoreSchema, _ output: Output) -> [String] {
        let heads: [Phrase] = [.schemaTable, .schemaRows]
        let rows = schema.tables.map { table in
            [table.name, "\(table.rows)", table.isDerived ? output.text(.schemaDerived) : ""]
        }
        return [
            output.text(
                .schemaStore, ["version": "\(schema.version)", "known": "\(schema.knownVersion)"]),
            output.text(
                .schemaDerivation,
                [
                    "version": "\(schema.derivation)", "known": "\(schema.knownDerivation)",
                    "rules": "\(ReviewRules.version)",
                ]),
            output.text(
                .schemaSize,
                [
                    "bytes": "\(schema.bytes)", "sqlite": schema.sqlite,
                    "epochs": "\(schema.epochs)",
                ]),
        ] + TextTable.lines(heads.map { output.text($0) } + [""], rows, numbers: [1])
    }
}

struct SchemaObject: Encodable {
    struct Table: Encodable {
        var isDerived: Bool
        var name: String
        var rows: Int
    }

    var bytes: Int
    var derivation: Int
    var epochs: Int
    var knownDerivation: Int
    var knownVersion: Int
    var rulesVersion: Int
    var sqlite: String
    var tables: [Table]
    var version: Int

    init(_ schema: StoreSchema) {
        bytes = schema.bytes
        derivation = schema.derivation
        epochs = schema.epochs
        knownDerivation = schema.knownDerivation
        knownVersion = schema.knownVersion
        rulesVersion = ReviewRules.version
        sqlite = schema.sqlite
        tables = schema.tables.map {
            Table(isDerived: $0.isDerived, name: $0.name, rows: $0.rows)
        }
        version = schema.version
    }
}
