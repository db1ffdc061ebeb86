package import CQL2
import Formats
package import Persian
import Planning
package import Spatial
import Store

/// Which features of a layer are wanted.
package struct FeatureQuery: Sendable {
    /// Ground that a feature must meet, one piece of it at least; nil for anywhere. A feature without a geometry meets any (OGC 17-069r4,
    /// /req/core/fc-bbox-response).
    package var ground: [MultiPolygon]?
    /// Legal days, on one of which a feature must count; nil for any time.
    package var days: Days?
    /// What properties must be, by their names: exactly this text.
    package var texts: [String: String] = [:]
    package var filter: BoundFilter?
    /// Whether to give up: asked now and then.
    package var isOver: @Sendable () -> Bool = { false }

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

/// Why a query came to no list of features.
package enum QueryFailure: Error {
    /// It was given up.
    case over
    case service(ServiceError)
}

extension Town {
    /// The numbers of a layer's features that a query wants, in their order: it is the same for one revision always.
    func features(of layer: PublishedLayer, _ query: FeatureQuery) throws(QueryFailure) -> [UInt32] {
        let times = query.days.map { counting($0) }
        let sieve: Sieve?
        do throws(SpatialError) { sieve = try query.filter.map { (filter) throws(SpatialError) in try filter.sieve() } } catch {
            throw .service(.spatial(error))
        }
        var numbers: [UInt32] = []
        for (count, number) in candidates(of: layer, query).enumerated() where ground.stands(number, in: layer.slots) {
            if count.isMultiple(of: 64), query.isOver() { throw .over }
            guard times != nil || sieve != nil || query.ground != nil || !query.texts.isEmpty else {
                numbers.append(UInt32(number))
                continue
            }
            guard let feature = ground.feature(Int64(number)) else { continue }
            if let times, let days = query.days, !times.holds(feature, on: days) { continue }
            if let pieces = query.ground, let own = PublishedLayer.geometry(of: feature, in: ground),
                !pieces.contains(where: { own.meets($0) })
            {
                continue
            }
            if query.texts.contains(where: { layer.queried($0.key, of: feature, in: ground) != .text($0.value) }) { continue }
            if let sieve {
                do throws(SpatialError) {
                    guard try sieve.keeps({ layer.queried($0, of: feature, in: ground) }) else { continue }
                } catch {
                    throw .service(.spatial(error))
                }
            }
            numbers.append(UInt32(number))
        }
        return numbers
    }

    /// A layer's features whose boxes meet a box, of those that count on the query's days.
    func features(of layer: PublishedLayer, _ query: FeatureQuery, near box: Box) -> [Feature] {
        let times = query.days.map { counting($0) }
        return ground.numbers(of: layer.role, in: box).compactMap { number in
            guard ground.stands(number, in: layer.slots), let feature = ground.feature(Int64(number)) else { return nil }
            guard let times, let days = query.days else { return feature }
            return times.holds(feature, on: days) ? feature : nil
        }
    }

    /// The sound features of some roles whose boxes meet a box, of those that count on some days.
    func features(of roles: [Role], on days: FeatureQuery.Days, near box: Box) -> [Feature] {
        let times = counting(days)
        return roles.flatMap { ground.numbers(of: $0, in: box) }.compactMap { ground.feature(Int64($0)) }.filter {
            times.holds($0, on: days)
        }
    }

    /// Features among which all that a query wants are, ascending: by code, by box, or all.
    private func candidates(of layer: PublishedLayer, _ query: FeatureQuery) -> [Int] {
        if layer.role == .parcels {
            var codes = query.texts["code"].map { [$0] }
            if codes == nil, let values = query.filter?.values(of: "code") {
                codes = values.compactMap { if case .text(let code) = $0 { code } else { nil } }
            }
            if let codes { return Set(codes.compactMap { ground.parcelIfAny($0).map { Int($0.id) } }).sorted() }
        }
        let boxes: [Box]?
        if let pieces = query.ground {
            boxes = pieces.compactMap(\.box)
        } else {
            switch query.filter?.reach(of: "geometry") {
            case .box(let box)?: boxes = [box]
            case .nowhere?: boxes = []
            case .anywhere?, nil: boxes = nil
            }
        }
        guard let boxes else { return Array(layer.numbers) }
        if !layer.placeless.isEmpty {
            return Set(boxes.flatMap { ground.numbers(of: layer.role, in: $0) } + layer.placeless).sorted()
        }
        return boxes.count == 1
            ? ground.numbers(of: layer.role, in: boxes[0]) : Set(boxes.flatMap { ground.numbers(of: layer.role, in: $0) }).sorted()
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
