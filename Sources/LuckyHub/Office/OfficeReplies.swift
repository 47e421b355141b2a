/// What a plan import did, or would do.
public struct PlanImportReply: Codable, Hashable, Sendable {
    /// False for a dry run.
    public var applied: Bool
    /// Routes that the hub had not.
    public var routesCreated: Int
    /// Routes whose driver, vehicle or capacity differs.
    public var routesEdited: Int
    /// Stops that the hub had not.
    public var created: Int
    /// In file order.
    public var edited: [Edited]
    /// Rows that say what the hub has.
    public var unchanged: Int
    /// Sorted by route, then by place in it.
    public var vanished: [Vanished]
    /// By line; a row with several faults has several entries.
    public var rejected: [Rejected]
    /// What the file says and plan files do not know, routes that it gives to other drivers, and
    /// what a ``PlanNotice`` says.
    public var warnings: [Warning]
    /// How many changesets were written, or would be; 0 for an import that the hub had already.
    public var written: Int

    /// A stop whose row differs from what the hub showed.
    public struct Edited: Codable, Hashable, Sendable {
        /// The stop's entity, hexadecimal.
        public var entity: String
        /// The office's code of the stop.
        public var stop: String
        /// The line of the file, from 1.
        public var line: Int
        /// The fields written, such as `window`.
        public var fields: [String]
        /// `delivered` and the like: the driver was faster than this edit.
        public var status: String
    }

    /// A stop of a day and route of the file that the file does not have any more.
    public struct Vanished: Codable, Hashable, Sendable {
        /// The stop's entity, hexadecimal.
        public var entity: String
        /// The office's code of the stop.
        public var stop: String
        /// The day, `yyyy-mm-dd`.
        public var date: String
        /// The route's code.
        public var route: String
        /// The stop's status at the import: `pending`, `delivered` …
        public var status: String
        /// Whether this import cancelled it; never where gas was handed over.
        public var cancelled: Bool
    }

    /// A row that was not taken, and why; or a fault of the file as a whole.
    public struct Rejected: Codable, Hashable, Sendable {
        /// The line of the file, from 1.
        public var line: Int
        /// The column as the file names it; absent where the whole row is meant.
        public var column: String?
        /// A stable word: those of plan files, `wrong_depot`, `already_delivered`.
        public var reason: String
        /// The row's stop code, where it could be read.
        public var stop: String?
        /// The line that it contradicts.
        public var firstLine: Int?
        /// One sentence in the language asked for.
        public var message: String
    }

    /// Something in the file that is ignored.
    public struct Warning: Codable, Hashable, Sendable {
        /// The line of the file, from 1.
        public var line: Int
        /// One sentence in the language asked for.
        public var message: String
    }
}

/// What a plan edit wrote.
public struct PlanEditReply: Codable, Hashable, Sendable {
    /// The stop or route.
    public var entity: String
    /// The office's name for it.
    public var code: String
    /// The changesets written, in order; empty where the plan said so already.
    public var changes: [String]
    /// The fields written, such as `window`; sorted.
    public var fields: [String]
    /// The facts recorded, such as `settled`, in order; absent for none.
    public var facts: [String]?
    /// The depot's log position of the last one; absent where nothing was written.
    public var sequence: UInt64?
    /// The hub had this edit already: nothing was written again.
    public var isRepeat: Bool
    /// Fields that now have several concurrent values: somebody wrote them too and had not seen
    /// this, nor this person that.
    public var concurrent: [String]
    /// What the person should know: it was recorded all the same; absent for nothing.
    public var notices: [PlanNotice]?
    /// What a route that is closed or cancelled had come to; absent for any other edit, and of a
    /// repeated one.
    public var day: RouteDay?
}

/// A route's stops as they were when the office ended it, and its driver's cash boxes of that day.
public struct RouteDay: Codable, Hashable, Sendable {
    /// Of the route's stops.
    public var figures: DayReportReply.Figures
    /// Every time on duty of its driver that began that day, in the order begun.
    public var shifts: [DayReportReply.Shift]
}

/// Who was here, and how far they are.
public struct HeadsReply: Codable, Hashable, Sendable {
    /// The depot of the token.
    public var depot: String
    /// The hub's history, 32 hexadecimal digits; another one after a restore.
    public var history: String
    /// The depot's log position.
    public var sequence: UInt64
    /// Every replica that spoke in this history, the hub's own too, sorted by id.
    public var replicas: [Replica]

    /// One device's store, or the hub's own.
    public struct Replica: Codable, Hashable, Sendable {
        /// The replica's id, 24 hexadecimal digits.
        public var replica: String
        /// Whose it is.
        public var person: String
        /// `driver`, `supervisor`, `office` or `hub`.
        public var role: String
        /// The last changeset that the hub has of it; 0 before the first.
        public var counter: UInt64
        /// When it last spoke, by the hub's clock, Unix milliseconds.
        public var lastContactMs: Int64
        /// The last log position sent to it; 0: none.
        public var sent: UInt64
        /// The last log position that it said it has; 0: none.
        public var onPhone: UInt64
    }
}
