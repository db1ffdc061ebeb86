package import Spatial

/// One thread's way to ask a filter of many features: a GEOS context and the literals prepared in it.
package final class Sieve {
    private let expression: Expression
    private let geos: GEOS
    /// Each literal by dimension.
    private let sites: [PreparedSite]
    private var failure: SpatialError?

    fileprivate init(_ filter: BoundFilter) throws(SpatialError) {
        expression = filter.expression
        geos = try GEOS()
        var sites: [PreparedSite] = []
        for site in filter.sites { sites.append(try PreparedSite(site, in: geos)) }
        self.sites = sites
    }

    /// Whether the filter keeps a feature: it holds there.
    /// - Parameter value: the value of a property; nil is NULL, and so is one that is not of the queryable's kind.
    package func keeps(_ value: (String) -> PropertyValue?) throws(SpatialError) -> Bool { try truth(value) == .yes }

    /// What the filter says of a feature.
    package func truth(_ value: (String) -> PropertyValue?) throws(SpatialError) -> Truth {
        let truth = withoutActuallyEscaping(value) { expression.truth(in: Feature(values: $0, sieve: self)) }
        if let failure {
            self.failure = nil
            throw failure
        }
        return truth
    }

    private struct Feature: Assignment {
        let values: (String) -> PropertyValue?
        let sieve: Sieve

        var missingIsNull: Bool { true }

        func value(of name: String) -> PropertyValue? { values(name) }

        /// A filter that calls one is not bound.
        func holds(_ function: String, _ arguments: [Expression]) -> Truth { .unknown(needs: []) }

        func holds(_ relation: SpatialRelation, _ one: Ground, _ other: Ground) -> Truth {
            do throws(SpatialError) {
                return Truth(try sieve.holds(relation, one, other))
            } catch {
                sieve.failure = error
                return .unknown(needs: [])
            }
        }
    }

    private func holds(_ relation: SpatialRelation, _ one: Ground, _ other: Ground) throws(SpatialError) -> Bool {
        switch (one, other) {
        case (.feature(let geometry), .site(let number)): try sites[number].holds(relation.inverse, geometry)
        case (.site(let number), .feature(let geometry)): try sites[number].holds(relation, geometry)
        case (.feature(let one), .feature(let other)): try PreparedSite(one, in: geos).holds(relation, other)
        // Binding has answered what two literals are to each other.
        case (.site, .site): false
        }
    }
}

extension BoundFilter {
    /// For one thread. It fails only when memory does, or GEOS.
    package func sieve() throws(SpatialError) -> Sieve { try Sieve(self) }
}
