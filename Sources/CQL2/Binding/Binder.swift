import Formats
import Persian
import Spatial

/// Holds a filter against what the features have, and makes it ready to be asked of many.
struct Binder {
    let queryables: [String: Expression.Kind]
    let siting: Siting
    private(set) var sites: [Site] = []

    init(_ queryables: [String: Expression.Kind], _ frame: Frame) {
        self.queryables = queryables
        siting = Siting(frame: frame)
    }

    private func kind(_ expression: Expression) -> Expression.Kind {
        if case .property(let name) = expression { queryables[name] ?? .any } else { expression.kind }
    }

    mutating func bound(_ expression: Expression) throws(ExpressionFault) -> Expression {
        try refuseUnsupported(expression)
        var operands: [Expression] = []
        for child in expression.children { operands.append(try bound(child)) }
        if let misfit = expression.misfit(noun: Vocabulary.filter.noun, kind: kind) {
            throw ExpressionFault(.part(expression.children[misfit.operand]), misfit.message)
        }
        switch expression {
        case .spatial(let relation, _, _):
            try refuseMixed(expression, relation, operands)
            if case (.site(let one), .site(let other)) = (operands[0], operands[1]) {
                return .bool(try answer(expression, relation, sites[one], sites[other]))
            }
            return .spatial(relation, operands[0], operands[1])
        case .geometry(let literal):
            sites.append(try siting.site(of: literal))
            return .site(sites.count - 1)
        // What CASEI and ACCENTI make of a literal, they make of it once.
        case .caseInsensitive:
            if case .text(let text) = operands[0] { return .text(Accents.foldedCase(text)) }
            return .caseInsensitive(operands[0])
        case .accentInsensitive:
            if case .text(let text) = operands[0] { return .text(Accents.stripped(text)) }
            return .accentInsensitive(operands[0])
        case .and: return .and(operands)
        case .or: return .or(operands)
        case .not: return .not(operands[0])
        case .compare(_, let comparison, _): return .compare(operands[0], comparison, operands[1])
        case .between: return .between(operands[0], low: operands[1], high: operands[2])
        case .among: return .among(operands[0], Array(operands.dropFirst()))
        case .like: return .like(operands[0], pattern: operands[1])
        case .isNull: return .isNull(operands[0])
        case .temporal(let relation, _, _): return .temporal(relation, operands[0], operands[1])
        case .arithmetic(_, let operation, _): return .arithmetic(operands[0], operation, operands[1])
        case .interval: return .interval(from: operands[0], until: operands[1])
        case .property, .number, .text, .bool, .day, .timestamp, .open, .site, .function, .array, .list: return expression
        }
    }

    /// What no feature can be asked, by name.
    private func refuseUnsupported(_ expression: Expression) throws(ExpressionFault) {
        switch expression {
        case .property(let name) where queryables[name] == nil:
            let meant = Nearest.closely(to: name, in: queryables.keys.sorted()).map { " (nearest: \($0))" } ?? ""
            throw ExpressionFault(
                .part(expression),
                "no queryable has this name\(meant); expected one of " + queryables.keys.sorted().joined(separator: ", "))
        case .function(let name, _, _):
            throw ExpressionFault(.part(expression), "the function '\(name)' is not supported; there are CASEI and ACCENTI")
        case .array(let relation, _, _):
            throw ExpressionFault(.part(expression), "\(relation.rawValue.uppercased()) is not supported; no queryable is an array")
        case .list: throw ExpressionFault(.part(expression), "an array is not supported; no queryable is an array")
        default: return
        }
    }

    /// What two literals are to each other, which is the same for every feature.
    private func answer(
        _ expression: Expression, _ relation: SpatialRelation, _ one: Site, _ other: Site
    ) throws(ExpressionFault) -> Bool {
        guard relation == .intersects || relation == .disjoint || one.points.count < 2 || other.points.count < 2 else {
            throw ExpressionFault(.part(expression), "two literals of several points; expected a property, or S_INTERSECTS or S_DISJOINT")
        }
        do throws(SpatialError) {
            let geos = try GEOS()
            return try PreparedSite(one, in: geos).holds(relation, PreparedSite(other, in: geos))
        } catch {
            throw ExpressionFault(.part(expression), "\(error)")
        }
    }

    /// A collection of several dimensions has only points, by which geometries meet or do not; the other relations are not defined for it
    /// (OGC 06-103r4, 6.1.15).
    private func refuseMixed(
        _ expression: Expression, _ relation: SpatialRelation, _ operands: [Expression]
    ) throws(ExpressionFault) {
        guard relation != .intersects, relation != .disjoint else { return }
        for (original, operand) in zip(expression.children, operands) {
            guard case .site(let number) = operand, sites[number].isMixed else { continue }
            throw ExpressionFault(
                .part(original),
                "points, lines and polygons together have no \(relation.rawValue.uppercased()); expected S_INTERSECTS or S_DISJOINT")
        }
    }
}

extension Filter {
    /// The filter for features with these queryables, whose kinds are text, number, bool, day, timestamp or geometry. A property that is
    /// no queryable, a comparison of unlike kinds, a geometry that does not fit on the grid, a function and an array are faults.
    package func bound(to queryables: [String: Expression.Kind], in frame: Frame) throws(ExpressionFault) -> BoundFilter {
        var binder = Binder(queryables, frame)
        let expression = try binder.bound(self.expression)
        return BoundFilter(filter: self, expression: expression, sites: binder.sites)
    }
}
