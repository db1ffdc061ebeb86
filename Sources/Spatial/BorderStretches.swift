/// A stretch of an area's border, all of which faces the same neighbours.
package struct BorderStretch: Hashable, Sendable {
    /// At least two, in the ring's direction; a whole ring ends where it begins.
    package private(set) var points: [Point]
    /// The numbers of the areas whose borders run along all of it; empty where none does.
    package let faces: [Int]

    /// In millimetres.
    package var length: Double {
        zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.vector(to: $1.1).length }
    }

    fileprivate mutating func append(_ next: BorderStretch) { points += next.points.dropFirst() }
}

extension MultiPolygon {
    /// The border cut into stretches, ring after ring, each from the ring's first point on.
    ///
    /// What faces the same areas without a break is one stretch, over corners and over the ring's first point, where it then comes first.
    /// What faces none is cut at each corner. Only what runs on exactly one line counts: an area that meets the border at a point, or lies a
    /// millimetre from it, is not faced. All must be valid.
    package func borderStretches(facing areas: [MultiPolygon]) -> [BorderStretch] {
        var shared: [Int: [(area: Int, stretch: Edge)]] = [:]
        for (area, other) in areas.enumerated() {
            forEachSharedStretch(self, other) { shared[$0, default: []].append((area, $1)) }
        }
        var found: [BorderStretch] = []
        var number = 0
        for ring in rings {
            var stretches: [BorderStretch] = []
            ring.forEachEdge { edge in
                for stretch in edge.cut(by: shared[number] ?? []) {
                    if let last = stretches.last, !last.faces.isEmpty, last.faces == stretch.faces {
                        stretches[stretches.count - 1].append(stretch)
                    } else {
                        stretches.append(stretch)
                    }
                }
                number += 1
            }
            if stretches.count > 1, let first = stretches.first, !first.faces.isEmpty, first.faces == stretches.last?.faces {
                stretches[0] = stretches.removeLast()
                stretches[0].append(first)
            }
            found += stretches
        }
        return found
    }

    /// Millimetres of the longest part of some line that lies within a distance of this area's border without a break. A distance under the
    /// grid's step counts as one millimetre; parts that meet at a corner of the line are not added up.
    package func longestRun(of line: [Point], within millimetres: Int64) -> Double {
        var band = BorderBand(self, reach: millimetres)
        var longest = 0.0
        for (from, to) in zip(line, line.dropFirst()) where from != to {
            let edge = Edge(from: from, to: to)
            for stretch in band.stretches(of: edge) {
                longest = max(longest, edge.vector.length * (stretch.upperBound - stretch.lowerBound))
            }
        }
        return longest
    }
}

extension Edge {
    /// The edge in parts, each with the areas that share all of it.
    fileprivate func cut(by shared: [(area: Int, stretch: Edge)]) -> [BorderStretch] {
        var ends = shared.flatMap { [$0.stretch.from, $0.stretch.to] } + [from, to]
        ends.sort { place(of: $0) < place(of: $1) }
        return zip(ends, ends.dropFirst()).compactMap { start, end in
            guard start != end else { return nil }
            let faces = shared.filter { place(of: $0.stretch.from) <= place(of: start) && place(of: $0.stretch.to) >= place(of: end) }
            return BorderStretch(points: [start, end], faces: Set(faces.map(\.area)).sorted())
        }
    }
}
