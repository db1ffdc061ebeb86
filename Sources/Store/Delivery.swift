package import Persian
package import Spatial

/// What the rows of a delivery are.
package enum Role: String, CaseIterable, Hashable, Sendable {
    case parcels, streets, addresses, zones, overlay, boundary, plans, provisions, events, parameters
    /// The facts of a layer itself, made of a delivery's head; never delivered as rows.
    case layer

    /// A role whose rows lie somewhere: they form layers, each with an accuracy, a day and a coverage.
    package var isSpatial: Bool {
        switch self {
        case .parcels, .streets, .addresses, .zones, .overlay, .boundary: true
        case .plans, .provisions, .events, .parameters, .layer: false
        }
    }
}

package enum DeliveryStatus: String, Hashable, Sendable {
    case staged, accepted, rejected, undone
}

/// What a layer covers. Outside it "nothing there" is not an answer.
package enum Covers: Hashable, Sendable {
    case unstated
    case city
    case area(MultiPolygon)

    var word: String {
        switch self {
        case .unstated: "unstated"
        case .city: "city"
        case .area: "area"
        }
    }
}

/// All that is said of a delivery before its rows.
package struct DeliveryHead: Hashable, Sendable {
    package var file: String
    /// SHA-256 of the file's bytes.
    package var sha256: Digest
    package var role: Role
    package var layer: String?
    package var plan: String?
    /// The CRS that the file was in, and the encoding of its texts.
    package var crs: String?
    package var encoding: String?
    /// The layer's stated accuracy in millimetres.
    package var accuracy: Int64?
    /// The day that the data describe.
    package var dataDay: Day?
    package var covers: Covers
    /// The first day on which the data count as stale.
    package var staleAfter: Day?
    package var stagedAt: Moment

    package init(
        file: String, sha256: Digest, role: Role, layer: String? = nil, plan: String? = nil, crs: String? = nil,
        encoding: String? = nil, accuracy: Int64? = nil, dataDay: Day? = nil, covers: Covers = .unstated,
        staleAfter: Day? = nil, stagedAt: Moment
    ) {
        self.file = file
        self.sha256 = sha256
        self.role = role
        self.layer = layer
        self.plan = plan
        self.crs = crs
        self.encoding = encoding
        self.accuracy = accuracy
        self.dataDay = dataDay
        self.covers = covers
        self.staleAfter = staleAfter
        self.stagedAt = stagedAt
    }
}

/// A delivery as the city's log has it.
package struct Delivery: Hashable, Sendable {
    package let number: Int
    package let status: DeliveryStatus
    package let file: String
    package let sha256: Digest
    package let role: Role
    package let layer: String?
    package let plan: String?
    package let crs: String?
    package let encoding: String?
    package let accuracy: Int64?
    package let dataDay: Day?
    /// `unstated`, `city` or `area`.
    package let covers: String
    package let staleAfter: Day?
    package let stagedAt: Moment
    package let features: Int
    package let faults: Int
    /// The revision that accepting it made.
    package let revision: Int?
    package let decision: Decision?
}

/// Who accepted or rejected, as they said and as the operating system knew them, and when.
package struct Decision: Hashable, Sendable {
    package let by: String
    package let osUser: String
    package let reason: String?
    package let at: Moment

    package init(by: String, osUser: String, reason: String?, at: Moment) {
        self.by = by
        self.osUser = osUser
        self.reason = reason
        self.at = at
    }
}

/// An accepted state of the city.
package struct Revision: Hashable, Sendable {
    package let number: Int
    package let decision: Decision
    package let parent: Int?
    package let root: Digest
    package let delivery: Int
}

/// One thing wrong in a delivery.
package struct Fault: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable {
        /// The row cannot count as it is.
        case error
        case warning
    }

    /// Which of the delivery's rows, counted from 0 in the order staged; nil where it is none of them, or all.
    package var row: Int?
    /// Where in the file, as a person finds it: `feature 214`, `line 7, column 3`.
    package var line: String
    package var code: String
    package var severity: Severity
    package var message: String
    package var place: Point?

    package init(row: Int?, line: String, code: String, severity: Severity, message: String, place: Point? = nil) {
        self.row = row
        self.line = line
        self.code = code
        self.severity = severity
        self.message = message
        self.place = place
    }
}
