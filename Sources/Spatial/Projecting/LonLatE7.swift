/// Degrees of seven decimals, about a centimetre, as whole numbers of 10⁻⁷: what maps are drawn with.
package struct LonLatE7: Hashable, Sendable, BitwiseCopyable {
    package let lon: Int32
    package let lat: Int32
}

extension Projector {
    /// Degrees of points of the grid, each as PROJ's own value rounded half to even; the first that PROJ cannot bring over is
    /// the error's.
    package func lonLatE7(of points: Column<Point>, on grid: Grid) throws(SpatialError) -> Column<LonLatE7> {
        Column(try lonLatE7(of: unsafe Array(points.elements(0..<points.count)), on: grid))
    }

    package func lonLatE7(of points: [Point], on grid: Grid) throws(SpatialError) -> [LonLatE7] {
        var places = [LonLatE7](repeating: LonLatE7(lon: 0, lat: 0), count: points.count)
        var span = places.mutableSpan
        let whole = fastE7 == nil ? 0 : points.count & ~3
        if let fastE7 {
            let (originX, originY) = (Double(grid.originX), Double(grid.originY))
            for start in stride(from: 0, to: whole, by: 4) {
                let (east, north) = points.span.four(from: start)
                // A multiplication may miss the nearest double where a division would not: by far less than what counts as sure.
                let found = fastE7.wholeValues(
                    (SIMD4<Double>(east) + originX) * 0.001, (SIMD4<Double>(north) + originY) * 0.001)
                span.put(SIMD4(whole: found.x), SIMD4(whole: found.y), from: start)
                if all(found.isSure) { continue }
                for lane in 0..<4 where !found.isSure[lane] { span[start + lane] = try askedE7(points[start + lane], grid) }
            }
        }
        for index in whole..<points.count { span[index] = try askedE7(points[index], grid) }
        return places
    }
}

extension Span<Point> {
    /// Four points side by side.
    @inline(__always)
    fileprivate func four(from start: Int) -> (x: SIMD4<Int32>, y: SIMD4<Int32>) {
        precondition(start >= 0 && start <= count - 4)
        let pairs = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 8 * start, as: SIMD8<Int32>.self)
        return (pairs.evenHalf, pairs.oddHalf)
    }
}

extension MutableSpan<LonLatE7> {
    @inline(__always)
    fileprivate mutating func put(_ lon: SIMD4<Int32>, _ lat: SIMD4<Int32>, from start: Int) {
        precondition(start >= 0 && start <= count - 4)
        for lane in 0..<4 { unsafe self[unchecked: start &+ lane] = LonLatE7(lon: lon[lane], lat: lat[lane]) }
    }
}

extension SIMD4<Int32> {
    /// Whole numbers of less than 2³¹.
    @inline(__always)
    fileprivate init(whole numbers: SIMD4<Double>) {
        // The sum has the number in its lowest bits, in two's complement.
        self = unsafe unsafeBitCast(numbers + 0x1.8p52, to: SIMD8<Int32>.self).evenHalf
    }
}
