extension MultiPolygon {
    /// Whether this area's border runs along another's within a distance in millimetres, so that a shift by no more than that
    /// would put some of it on the other side.
    ///
    /// Each way of this border through the band around the other is looked at. One that comes out on the side where it went in,
    /// or never comes out, runs along. One that leads from one side to the other merely crosses, unless it is longer than a
    /// straight way across at 45° (2√2 of the distance): then it runs along before it crosses. At distance 0 only what lies on
    /// the other border runs along it. Both must be valid.
    package func runsAlong(borderOf other: MultiPolygon, within millimetres: Int64) -> Bool {
        guard let reach = other.box?.grown(by: millimetres), box?.meets(reach) ?? false else { return false }
        guard millimetres > 0 else { return sharedBorder(self, other) > 0 }
        let near = rings.filter { ring in
            var isNear = false
            ring.forEachEdge { isNear = isNear || $0.box.meets(reach) }
            return isNear
        }
        if near.isEmpty { return false }
        var band = BorderBand(other, reach: millimetres)
        return near.contains { ring in
            var way = Ways()
            ring.forEachEdge { edge in
                let stretches = edge.box.meets(reach) ? band.stretches(of: edge) : []
                way.follow(edge, stretches)
            }
            return way.someRunsAlong(band)
        }
    }
}

/// A ring's ways through a band, put together from its edges in order.
private struct Ways {
    private enum Step {
        /// Millimetres in the band.
        case within(Double)
        case beyond(ClosedRange<Double>, of: Edge)
    }

    private var steps: [Step] = []

    mutating func follow(_ edge: Edge, _ stretches: [ClosedRange<Double>]) {
        if stretches.isEmpty { return goBeyond(0...1, of: edge) }
        var gaps = BorderBand.gaps(between: stretches)[...]
        for stretch in stretches {
            while let gap = gaps.first, gap.upperBound <= stretch.lowerBound {
                goBeyond(gap, of: edge)
                gaps.removeFirst()
            }
            steps.append(.within(edge.vector.length * (stretch.upperBound - stretch.lowerBound)))
        }
        for gap in gaps { goBeyond(gap, of: edge) }
    }

    /// Of steps beyond the band that follow each other only the first and the last bound a way through it.
    private mutating func goBeyond(_ gap: ClosedRange<Double>, of edge: Edge) {
        let step = Step.beyond(gap, of: edge)
        if steps.count > 1, case .beyond = steps[steps.count - 1], case .beyond = steps[steps.count - 2] {
            steps[steps.count - 1] = step
        } else {
            steps.append(step)
        }
    }

    func someRunsAlong(_ band: BorderBand) -> Bool {
        let start = steps.firstIndex { if case .beyond = $0 { true } else { false } }
        guard let start else { return !steps.isEmpty }
        var length: Double?
        var before = steps[start]
        // Once around, from a step beyond the band to the same step.
        for step in steps[start...] + steps[...start] {
            switch step {
            case .within(let more): length = (length ?? 0) + more
            case .beyond:
                if let length, isAlong(length, before, step, band) { return true }
                length = nil
                before = step
            }
        }
        return false
    }

    private func isAlong(_ length: Double, _ before: Step, _ after: Step, _ band: BorderBand) -> Bool {
        guard length <= 2 * 2.0.squareRoot() * Double(band.reach), case .beyond(let first, let edge) = before,
            case .beyond(let last, let next) = after
        else { return true }
        return band.holds(first, of: edge) == band.holds(last, of: next)
    }
}

extension Geometry {
    /// Whether some of a line or a point lies in an area farther from its border than a distance in millimetres.
    ///
    /// A distance under the grid's step counts as one millimetre. Of an area nothing is said: it has a depth.
    package func reaches(into area: MultiPolygon, beyond millimetres: Int64) -> Bool {
        var band = BorderBand(area, reach: millimetres)
        switch self {
        case .point(let point):
            return area.position(of: point) == .inside && !Geometry.area(area).comes(within: band.reach, of: point)
        case .line(let parts):
            guard let box = area.box else { return false }
            return parts.contains { part in
                zip(part, part.dropFirst()).contains { from, to in
                    let edge = Edge(from: from, to: to)
                    guard from != to, edge.box.meets(box) else { return false }
                    return BorderBand.gaps(between: band.stretches(of: edge)).contains { band.holds($0, of: edge) }
                }
            }
        case .area: return false
        }
    }
}
