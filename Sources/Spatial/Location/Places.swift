import CPrefetch

extension LocationIndex {
    /// The quick answers to many questions, in their order: each slot is asked for well before it is needed, 32 at a time, which
    /// is more than the processor can wait for at once.
    package func places(of points: [Point], into places: inout [Place]) {
        places.removeAll(keepingCapacity: true)
        places.reserveCapacity(points.count)
        var spots = InlineArray<32, Spot>(repeating: .nowhere)
        for start in stride(from: 0, to: points.count, by: spots.count) {
            let batch = start..<min(start + spots.count, points.count)
            for place in batch {
                let spot = spot(of: points[place])
                fetch(spot)
                spots[place - start] = spot
            }
            for place in batch { places.append(self.place(of: points[place], at: spots[place - start])) }
        }
    }

    @inline(__always)
    private func fetch(_ spot: Spot) {
        switch spot {
        case .nowhere: break
        case .open(let place): unsafe prefetch(open.address(of: place))
        case .slot(let slot):
            let address = unsafe slots.address(of: slot)
            unsafe prefetch(address)
            unsafe prefetch(address + 64)
        }
    }
}
