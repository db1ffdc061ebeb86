package import Persian
package import Planning
import Spatial
package import Store

/// Where one clause bears: the parcels in which it decides, in which it loses to another, and in which it is open.
package struct Whereabouts: Sendable {
    package enum Part: String, Sendable, CaseIterable {
        case decides
        /// It would apply and another decides, or it is not in force.
        case loses
        /// It hangs on facts that nobody has given, or stands against another.
        case open
    }

    /// One finding that it is named in.
    package struct Entry: Hashable, Sendable {
        package let parcel: String
        package let part: Part
        package let parameter: String
        package let use: String?
        package let relation: Relation?
        package let value: Value
        package let unit: Unit?
        package let zones: [String]
        /// Whole mm² of the parcel.
        package let area: Int64
        package let status: Finding.Status
        /// Why it loses; nil where it does not.
        package let reason: Reason?
        /// What beat it, or stands against it.
        package let against: [Citation]
        package let needs: [String]
    }

    /// The ground of one parcel on which it plays one part, in whole mm².
    package struct Ground: Sendable {
        package let parcel: String
        package let part: Part
        package let area: Int64
    }

    package let plan: String
    package let clause: String
    package let provisions: [Provision]
    package let revision: Int
    package let root: Digest
    package let day: Day
    /// How many parcels were looked through.
    package let parcels: Int
    /// By parcel, within it in the order of findings.
    package let entries: [Entry]
    /// By parcel and part.
    package let grounds: [Ground]

    /// Evaluates every sound parcel.
    ///
    /// - Parameter progress: is told now and then how many parcels are done, from several threads.
    package init(
        of clause: String, in plan: String, _ side: Side, threads: Int,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) throws(ServiceError) {
        let numbers = side.town.ground.parcelNumbers
        let stretches = Stretches(numbers.count)
        let found = concurrently(max(1, threads), threads: threads) { _ in
            Result { () throws(ServiceError) in
                let answerer = try Answerer(side.town, on: side.day, given: [:], takesSecondOpinion: false)
                var found: [(entries: [Entry], grounds: [Ground])] = []
                while let stretch = stretches.take() {
                    for place in stretch {
                        guard let parcel = answerer.ground.feature(Int64(numbers[place])) else { continue }
                        let own = try answerer.workedOut(parcel).whereabouts(of: clause, in: plan)
                        if !own.entries.isEmpty { found.append(own) }
                    }
                    progress(stretch.upperBound, numbers.count)
                }
                return found
            }
        }
        var all: [(entries: [Entry], grounds: [Ground])] = []
        for result in found { all += try result.get() }
        all.sort { $0.grounds[0].parcel < $1.grounds[0].parcel }
        entries = all.flatMap(\.entries)
        grounds = all.flatMap(\.grounds)
        self.plan = plan
        self.clause = clause
        provisions = side.town.law.provisions(of: plan, clause: clause)
        revision = side.town.revision
        root = side.town.root
        day = side.day
        parcels = numbers.count
    }

    package struct Sum: Sendable {
        package let part: Part
        package let parcels: Int
        /// Whole mm².
        package let area: Int64
    }

    package var sums: [Sum] {
        Part.allCases.map { part in
            let own = grounds.filter { $0.part == part }
            return Sum(part: part, parcels: own.count, area: own.reduce(0) { $0 + $1.area })
        }
    }
}

extension ParcelStanding {
    fileprivate func whereabouts(of clause: String, in plan: String) -> (entries: [Whereabouts.Entry], grounds: [Whereabouts.Ground]) {
        func isMeant(_ citation: Citation) -> Bool { citation.clause == clause && citation.plan == plan }
        var entries: [Whereabouts.Entry] = []
        var held: [Whereabouts.Part: Set<Int>] = [:]
        for (finding, places) in zip(findings, self.places) {
            let area = places.reduce(0) { $0 + division.parts[$1].area }
            let use: String? = if case .use(let code) = finding.value { code } else { nil }
            func add(
                _ part: Whereabouts.Part, _ relation: Relation?, _ value: Value, _ unit: Unit?, reason: Reason? = nil,
                against: [Citation] = [], needs: [String] = []
            ) {
                held[part, default: []].formUnion(places)
                entries.append(
                    Whereabouts.Entry(
                        parcel: row.code, part: part, parameter: finding.parameter, use: use, relation: relation, value: value, unit: unit,
                        zones: finding.zones, area: area, status: finding.status, reason: reason, against: against, needs: needs))
            }
            if let provision = finding.provision, isMeant(provision) {
                add(.decides, finding.relation, finding.value, finding.unit)
            }
            for contender in finding.open where isMeant(contender.provision) {
                add(
                    .open, contender.relation, contender.value, contender.unit,
                    against: finding.open.map(\.provision).filter { !isMeant($0) }, needs: contender.needs)
            }
            for loser in finding.overruled where isMeant(loser.provision) {
                add(
                    .loses, loser.relation, loser.value, loser.unit, reason: loser.reason,
                    against: finding.provision.map { [$0] } ?? finding.open.map(\.provision))
            }
        }
        let grounds = Whereabouts.Part.allCases.compactMap { part in
            held[part].map { places in
                Whereabouts.Ground(parcel: row.code, part: part, area: places.reduce(0) { $0 + division.parts[$1].area })
            }
        }
        return (entries, grounds)
    }
}
