extension CityFile {
    /// Makes a delivery the state of its slot: one revision, in one transaction.
    ///
    /// The root is worked out and kept, and the features' tables with their R-trees follow, before anyone sees the revision.
    package func accept(_ number: Int, _ decision: Decision) throws(StoreError) -> Revision {
        try transaction { () throws(StoreError) in
            let delivery = try staged(number)
            let changes = try changes(in: delivery)
            let parent = try currentRevision()
            let revision = parent + 1
            let decision = try inOrder(decision)
            for id in changes.ended {
                try database.run(
                    "UPDATE version SET until = ? WHERE record = ? AND until IS NULL", .integer(revision), .integer(id))
            }
            for id in changes.added {
                try database.run("INSERT INTO version (record, since) VALUES (?, ?)", .integer(id), .integer(revision))
            }
            if delivery.role == .parcels { try checkParcelCodes(accepting: number) }
            for projection in Projection.all { try projection.follow(revision, in: database, at: decision.at) }
            let root = try Root.ofStandingRows(in: database, city: city, revision: revision)
            try database.run(
                "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                .integer(revision), .text(decision.at.text), .text(decision.by), .text(decision.osUser), .text(decision.reason),
                .integer(parent == 0 ? nil : parent), .blob(root.bytes), .integer(number))
            try database.run(
                "UPDATE gpkg_contents SET last_change = ? WHERE table_name = 'revision'", .text(decision.at.geoPackageText))
            try note(decision, .accepted, on: number, revision: revision)
            try enter(LogDraft(kind: .accept, subject: number, revision: revision, digest: root, decision: decision))
            return try self.revision(revision)
        }
    }

    /// Accepts one after the other, each as a revision of its own, all or none of them.
    package func acceptAll(_ numbers: [Int], _ decision: Decision) throws(StoreError) -> [Revision] {
        try transaction { () throws(StoreError) in
            var revisions: [Revision] = []
            for number in numbers { revisions.append(try accept(number, decision)) }
            return revisions
        }
    }

    /// Says no to a delivery; its rows and faults stay to be looked at.
    package func reject(_ number: Int, _ decision: Decision) throws(StoreError) {
        try transaction { () throws(StoreError) in
            let delivery = try staged(number)
            let decision = try inOrder(decision)
            try note(decision, .rejected, on: number, revision: nil)
            try enter(LogDraft(kind: .reject, subject: number, digest: delivery.sha256, decision: decision))
        }
    }

    private func staged(_ number: Int) throws(StoreError) -> Delivery {
        let delivery = try delivery(number)
        guard delivery.status == .staged else { throw .decided(delivery: number, status: delivery.status) }
        return delivery
    }

    private func note(_ decision: Decision, _ status: DeliveryStatus, on number: Int, revision: Int?) throws(StoreError) {
        try database.run(
            "UPDATE delivery SET status = ?, revision = ?, decided_by = ?, os_user = ?, reason = ?, decided_at = ? WHERE number = ?",
            .text(status.rawValue), .integer(revision), .text(decision.by), .text(decision.osUser), .text(decision.reason),
            .text(decision.at.text), .integer(number))
    }
}
