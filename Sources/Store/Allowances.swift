/// Something that a delivery took from a parcel or brought upon it, allowed by whoever accepted it, with the reason.
package struct Allowance: Hashable, Sendable {
    package let parcel: String
    /// `lostZone`, `gainedConflict` or `lostParameter`.
    package let what: String
    /// The lost zone's layer, else the parameter.
    package let parameter: String
    package let reason: String

    package init(parcel: String, what: String, parameter: String, reason: String) {
        self.parcel = parcel
        self.what = what
        self.parameter = parameter
        self.reason = reason
    }

    /// A step of the ladder of schemas.
    static let schema = """
        -- What the acceptance of a delivery was allowed to take from a parcel, and why.
        CREATE TABLE allowance (
          delivery INTEGER NOT NULL REFERENCES delivery (number),
          parcel TEXT NOT NULL,
          what TEXT NOT NULL CHECK (what IN ('lostZone', 'gainedConflict', 'lostParameter')),
          parameter TEXT NOT NULL,
          reason TEXT NOT NULL CHECK (reason <> ''),
          PRIMARY KEY (delivery, parcel, what, parameter)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER allowance_stands_changed BEFORE UPDATE ON allowance
        BEGIN SELECT raise(ABORT, 'an allowance is never changed'); END;
        CREATE TRIGGER allowance_stands_removed BEFORE DELETE ON allowance
        BEGIN SELECT raise(ABORT, 'an allowance is never removed'); END;
        """
}

extension CityFile {
    /// Keeps what a delivery is allowed, within the transaction that accepts it.
    package func allow(_ allowances: [Allowance], to delivery: Int) throws(StoreError) {
        try database.transaction { () throws(StoreError) in
            for allowance in allowances {
                try database.run(
                    "INSERT INTO allowance VALUES (?, ?, ?, ?, ?)", .integer(delivery), .text(allowance.parcel), .text(allowance.what),
                    .text(allowance.parameter), .text(allowance.reason))
            }
        }
    }

    /// What a delivery was allowed, by parcel.
    package func allowances(of delivery: Int) throws(StoreError) -> [Allowance] {
        try database.rows(
            "SELECT parcel, what, parameter, reason FROM allowance WHERE delivery = ? ORDER BY parcel, what, parameter",
            .integer(delivery)
        ) { Allowance(parcel: $0.text(0), what: $0.text(1), parameter: $0.text(2), reason: $0.text(3)) }
    }
}
