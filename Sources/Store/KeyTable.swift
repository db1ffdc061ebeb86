/// A key of the city's: its public half, since when it signs and, where another took its place, until when.
package struct CityKey: Hashable, Sendable {
    package let number: Int
    package let publicKey: PublicKey
    package let since: Moment
    package let until: Moment?
}

enum KeyTable {
    static let schema = """
        CREATE TABLE signing_key (
          number INTEGER PRIMARY KEY CHECK (number > 0),
          id TEXT NOT NULL UNIQUE,
          public BLOB NOT NULL UNIQUE CHECK (length(public) = 32),
          since TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER signing_key_stands_changed BEFORE UPDATE ON signing_key
        BEGIN SELECT raise(ABORT, 'a key is never changed'); END;
        CREATE TRIGGER signing_key_stands_removed BEFORE DELETE ON signing_key
        BEGIN SELECT raise(ABORT, 'a key is never removed'); END;
        """

    static func all(in database: Database) throws(StoreError) -> [CityKey] {
        let rows = try database.rows("SELECT number, id, public, since FROM signing_key ORDER BY number") { (row) throws(StoreError) in
            guard let key = PublicKey(bytes: row.bytes(2)), key.id == row.text(1) else {
                throw .corrupt(reason: "the public key \(row.text(1)) does not fit its id")
            }
            return (number: row.int(0), key: key, since: try Log.moment(row.text(3)))
        }
        return rows.enumerated().map { place, row in
            CityKey(number: row.number, publicKey: row.key, since: row.since, until: place + 1 < rows.count ? rows[place + 1].since : nil)
        }
    }
}

extension CityFile {
    /// The keys, oldest first; the last one signs. A city of before there were any has none.
    package func keys() throws(StoreError) -> [CityKey] {
        try CityFacts.schema(of: database) < Migration.logged ? [] : KeyTable.all(in: database)
    }

    /// Makes a key the one that signs from now on. One that is or was the city's already is refused.
    package func enter(_ key: PublicKey, _ decision: Decision) throws(StoreError) {
        try transaction { () throws(StoreError) in
            let keys = try keys()
            guard !keys.contains(where: { $0.publicKey == key }) else {
                throw .constraint(reason: "the city has the key \(key.id) already")
            }
            let decision = try inOrder(decision)
            let number = keys.count + 1
            try database.run(
                "INSERT INTO signing_key VALUES (?, ?, ?, ?)", .integer(number), .text(key.id), .blob(key.bytes), .text(decision.at.text))
            try enter(LogDraft(kind: .key, subject: number, digest: Digest(of: key.bytes), about: key.id, decision: decision))
        }
    }

    /// Numbers a certificate: without gaps, in the log, before anybody has it.
    ///
    /// - Parameter question: canonical JSON, so that what was answered can be had again.
    package func issue(
        revision: Int, digest: Digest, question: String, _ decision: Decision
    ) throws(StoreError) -> (number: Int, at: Moment) {
        try transaction { () throws(StoreError) in
            _ = try self.revision(revision)
            let decision = try inOrder(decision)
            let number = 1 + (try database.first("SELECT coalesce(max(subject), 0) FROM log WHERE kind = 'issue'") { $0.int(0) } ?? 0)
            try enter(
                LogDraft(kind: .issue, subject: number, revision: revision, digest: digest, about: question, decision: decision))
            return (number, decision.at)
        }
    }

    /// What the log has of a numbered certificate; nil where the number was not given.
    package func issued(_ number: Int) throws(StoreError) -> IssuedCertificate? {
        try database.first("SELECT digest, about, at FROM log WHERE kind = 'issue' AND subject = ?", .integer(number)) {
            (row) throws(StoreError) in
            IssuedCertificate(
                digest: try Log.digest(row.bytes(0), of: "certificate \(number)"), question: row.text(1), at: try Log.moment(row.text(2)))
        }
    }
}

/// A certificate as the log has it.
package struct IssuedCertificate: Sendable {
    /// Of the answer.
    package let digest: Digest
    /// Canonical JSON.
    package let question: String
    package let at: Moment
}
