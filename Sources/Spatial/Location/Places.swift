import CPrefetch

extension LocationIndex {
    /// How many questions' lines are on their way from memory at once: more than the processor can wait for.
    private static let flight = 32

    /// The quick answers to many questions, in their order: each line is asked for well before it is needed.
    package func places(of points: [Point], into places: inout [Place]) {
        places.removeAll(keepingCapacity: true)
        places.reserveCapacity(points.count)
        for start in stride(from: 0, to: points.count, by: Self.flight) {
            let batch = start..<min(start + Self.flight, points.count)
            for place in batch { fetch(points[place]) }
            for place in batch { places.append(self.place(of: points[place])) }
        }
    }

    @inline(__always)
    private func fetch(_ point: Point) {
        switch spot(of: point) {
        case .nowhere: break
        case .open(let place): unsafe prefetch(open.address(of: place))
        case .slot(let line): unsafe prefetch(lines.address(of: line))
        }
    }
}
