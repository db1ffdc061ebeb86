package import Formats
package import Persian
package import Spatial
import Planning
import Store

/// Which features of a layer are wanted.
package struct FeatureQuery: Sendable {
    /// Ground that a feature must meet, one piece of it at least; nil for anywhere.
    package var ground: [MultiPolygon]?
    /// Legal days, on one of which a feature must count; nil for any time.
    package var days: Days?
    /// What it must be; nil for anything. Called from the thread that asks.
    package var condition: (@Sendable (PublishedFeature) -> Bool)?

    /// Legal days from one to another, both among them; nil is without end.
    package struct Days: Hashable, Sendable {
        package let from: Day?
        package let to: Day?

        package init(from: Day?, to: Day?) {
            self.from = from
            self.to = to
        }
    }

    package init() {}
}

/// A feature as a condition on it sees it.
package struct PublishedFeature {
    let feature: Feature
    let layer: PublishedLayer
    let ground: Ground

    /// By the name of a property; nil where the layer has none of it.
    package func value(_ name: String) -> JSON? {
        layer.properties.first { $0.name == name }.map { layer.value($0, of: feature, in: ground) }
    }

    package var geometry: Geometry? { feature.geometry }
}

extension Town {
    /// The numbers of a layer's features that a query wants, in their order: it is the same for one revision always.
    func features(of layer: PublishedLayer, _ query: FeatureQuery) -> [UInt32] {
        let times = query.days.map { counting($0) }
        var numbers: [Int] = []
        if let grounds = query.ground {
            var found: Set<Int> = []
            for piece in grounds {
                guard let box = piece.box else { continue }
                for number in ground.numbers(of: layer.role, in: box)
                where !found.contains(number) && ground.stands(number, in: layer.slots) {
                    if ground.feature(Int64(number))?.geometry?.meets(piece) == true { found.insert(number) }
                }
            }
            numbers = found.sorted()
        } else {
            numbers = layer.numbers.filter { ground.stands($0, in: layer.slots) }
        }
        guard times != nil || query.condition != nil else { return numbers.map { UInt32($0) } }
        return numbers.compactMap { number in
            guard let feature = ground.feature(Int64(number)) else { return nil }
            if let times, let days = query.days, !times.holds(feature, on: days) { return nil }
            if let condition = query.condition, !condition(PublishedFeature(feature: feature, layer: layer, ground: ground)) { return nil }
            return UInt32(number)
        }
    }
}

/// When each slot's plan is in force, among the days that a query wants.
private struct CountingTimes {
    /// By slot: stretches of days, half-open; nil where no plan says.
    let bySlot: [[Period]?]

    /// Whether a feature counts on one of the days.
    func holds(_ feature: Feature, on days: FeatureQuery.Days) -> Bool {
        let own = Period(from: feature.day("from"), until: feature.day("until"))
        let asked = Period(from: days.from, until: days.to.map { Day(number: $0.number &+ 1) })
        guard let both = own.common(asked) else { return false }
        guard let periods = bySlot[feature.slot] else { return true }
        return periods.contains { $0.common(both) != nil }
    }
}

extension Period {
    /// The days of both; nil where there is none.
    fileprivate func common(_ other: Period) -> Period? {
        let from = [from, other.from].compactMap(\.self).max()
        let until = [until, other.until].compactMap(\.self).min()
        if let from, let until, until <= from { return nil }
        return Period(from: from, until: until)
    }
}

extension Town {
    /// A plan's standing changes on the days of plans and events alone: between two of them it is what it is on the first.
    private func counting(_ days: FeatureQuery.Days) -> CountingTimes {
        var changes: Set<Day> = []
        for plan in law.allPlans {
            changes.formUnion([plan.effect, plan.from, plan.until, plan.approved, plan.published].compactMap(\.self))
        }
        for event in law.events { changes.formUnion([event.from, event.decided].compactMap(\.self)) }
        let inside = changes.filter { day in (days.from.map { $0 < day } ?? true) && (days.to.map { day <= $0 } ?? true) }.sorted()
        let first = days.from ?? Day(number: .min)
        let starts = [first] + inside
        let bySlot: [[Period]?] = ground.slots.map { slot in
            guard let id = slot.plan, law.plan(id) != nil else { return nil }
            return starts.indices.compactMap { place in
                guard law.isInForce(id, on: starts[place], somewhereIn: law.grounds(on: starts[place])) else { return nil }
                return Period(from: starts[place], until: place + 1 < starts.count ? starts[place + 1] : nil)
            }
        }
        return CountingTimes(bySlot: bySlot)
    }
}
