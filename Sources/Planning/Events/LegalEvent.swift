package import Persian

/// A decision that changes how an instrument, or one clause of it, stands in law.
///
/// The subject is named by words, so that any dated table whose rows have an instrument and a clause can have its events kept so.
package struct LegalEvent: Hashable, Sendable {
    /// In the order in which events of one day count.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case adopt
        case publish
        case takeEffect
        /// It does not bind yet, but already stands in the way of permits that it would not allow.
        case effectBeforehand
        /// Another instrument, named as the document, takes a clause's place until that one ends or is annulled.
        case amend
        case repeal
        /// From a day on; what it had replaced stands again.
        case annul
        /// As if it had never been adopted; what it had replaced was never replaced.
        case annulFromAdoption
        /// What was repealed, annulled or replaced stands again.
        case revive
    }

    package let kind: Kind
    package let plan: String
    /// Nil for the instrument as a whole.
    package let clause: String?
    /// When it was decided.
    package let decided: Day
    /// The first day of its effect; of an annulment from adoption, whose effect has no first day, that of the decision.
    package let from: Day
    /// What decided it; of an amendment, the id of the instrument that amends.
    package let document: String
    package let number: String
    /// The number of the sector that alone it concerns; nil: everywhere.
    package let sector: Int?
    /// The first revision that knew of it; nil of one that none knows yet.
    package let known: Int?

    package init(
        _ kind: Kind, plan: String, clause: String? = nil, decided: Day, from: Day? = nil, document: String = "", number: String = "",
        sector: Int? = nil, known: Int? = nil
    ) {
        self.kind = kind
        self.plan = plan
        self.clause = clause
        self.decided = decided
        self.from = from ?? decided
        self.document = document
        self.number = number
        self.sector = sector
        self.known = known
    }

    /// Whether it has any effect on a day. What is annulled from its adoption never bound, on the days before the decision either.
    package func concerns(_ day: Day) -> Bool { kind == .annulFromAdoption || from <= day }

    /// Whether it concerns the ground that lies in some sectors.
    func concerns(_ sectors: Set<Int>) -> Bool { sector.map(sectors.contains) ?? true }
}

extension [LegalEvent] {
    /// By the day of effect, of one such day by that of the decision, then as `Kind` has them; what is still alike keeps the order of
    /// its table.
    func inOrder() -> [LegalEvent] {
        enumerated().sorted { one, other in
            func key(_ item: (offset: Int, element: LegalEvent)) -> (Day, Day, Int, Int) {
                (item.element.from, item.element.decided, item.element.kind.order, item.offset)
            }
            return key(one) < key(other)
        }.map(\.element)
    }
}

extension LegalEvent.Kind {
    fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
