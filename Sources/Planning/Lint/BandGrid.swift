import CQL2
import Formats

/// The bands between and on the thresholds of some conditions, over all their facts at once: within a cell no condition changes.
struct BandGrid {
    /// A stretch of one fact's line: a value in it, and its ends as conditions are written.
    private struct Stretch {
        let value: Fact.Value
        /// What bounds it from below and above; nil where nothing does.
        let low: String?
        let high: String?
        /// How it is written by itself; nil for a stretch between thresholds.
        let alone: String?
    }

    private struct Axis {
        let name: String
        let stretches: [Stretch]
        /// Whether neighbouring stretches join to a longer one.
        let isOrdered: Bool
    }

    private let axes: [Axis]
    let count: Int
    private static let limit = 20_000

    /// Nil where the bands can't be told, or are too many.
    init?(_ conditions: [Condition]) {
        guard let thresholds = Thresholds(conditions) else { return nil }
        var axes: [Axis] = []
        for (name, numbers) in thresholds.numbers {
            axes.append(Axis(name: name, stretches: Self.stretches(name, numbers.sorted()), isOrdered: true))
        }
        for (name, texts) in thresholds.texts {
            let own = texts.sorted().map { Stretch(value: .text($0), low: nil, high: nil, alone: "\(name) = '\($0)'") }
            let list = texts.sorted().map { "'\($0)'" }.joined(separator: ", ")
            let other = Stretch(value: .text("\u{1}"), low: nil, high: nil, alone: "\(name) NOT IN (\(list))")
            axes.append(Axis(name: name, stretches: own + [other], isOrdered: false))
        }
        for name in thresholds.bools {
            axes.append(
                Axis(
                    name: name,
                    stretches: [true, false].map {
                        Stretch(value: .bool($0), low: nil, high: nil, alone: "\(name) = \($0 ? "TRUE" : "FALSE")")
                    }, isOrdered: false))
        }
        for kind in thresholds.overlays {
            let inside = "insideOverlay('\(kind)')"
            axes.append(
                Axis(
                    name: Facts.overlay(kind),
                    stretches: [true, false].map {
                        Stretch(value: .bool($0), low: nil, high: nil, alone: $0 ? inside : "NOT \(inside)")
                    }, isOrdered: false))
        }
        self.axes = axes.sorted { $0.name < $1.name }
        var count = 1
        for axis in axes {
            count *= axis.stretches.count
            guard count <= Self.limit else { return nil }
        }
        self.count = count
    }

    /// Below, on, between and above the thresholds. What a fact measures is not negative: nothing is below nought.
    private static func stretches(_ name: String, _ thresholds: [Decimal]) -> [Stretch] {
        var stretches: [Stretch] = []
        for (place, threshold) in thresholds.enumerated() {
            let low = place == 0 ? 0 : thresholds[place - 1].millionths
            let middle = low + (threshold.millionths - low) / 2
            if middle > low || place == 0, middle >= 0, middle < threshold.millionths {
                stretches.append(
                    Stretch(
                        value: .number(Decimal(millionths: middle)), low: place == 0 ? nil : "\(name) > \(thresholds[place - 1])",
                        high: "\(name) < \(threshold)", alone: nil))
            }
            stretches.append(
                Stretch(
                    value: .number(threshold), low: "\(name) >= \(threshold)", high: "\(name) <= \(threshold)",
                    alone: "\(name) = \(threshold)"))
        }
        if let last = thresholds.last {
            stretches.append(
                Stretch(value: .number(Decimal(millionths: last.millionths + 1_000_000)), low: "\(name) > \(last)", high: nil, alone: nil))
        }
        return stretches
    }

    /// The cells in which a condition holds; a rule without one holds in all.
    func cells(where condition: Condition?) -> Set<Int> {
        guard let condition else { return Set(0..<count) }
        return Set((0..<count).filter { holds(condition, in: $0) })
    }

    private func holds(_ condition: Condition, in cell: Int) -> Bool {
        var facts = Facts()
        var part = Part()
        for (axis, stretch) in zip(axes, places(of: cell)) {
            let value = axis.stretches[stretch].value
            if let kind = Facts.kind(ofOverlay: axis.name) {
                if value == .bool(true) { part.overlays.append(Part.Overlay(layer: kind, kind: kind, code: "", plan: nil)) }
            } else {
                facts[axis.name] = Fact(value, from: .asked)
            }
        }
        return condition.truth(facts: facts, part: part) == .yes
    }

    private func places(of cell: Int) -> [Int] {
        var rest = cell
        return axes.map { axis in
            defer { rest /= axis.stretches.count }
            return rest % axis.stretches.count
        }
    }

    private func cell(_ places: [Int]) -> Int {
        zip(axes, places).reversed().reduce(0) { $0 * $1.0.stretches.count + $1.1 }
    }

    /// Some cells as few bands, each written as a condition. "always" is written where nothing bounds it.
    func bands(_ cells: Set<Int>) -> [String] {
        var rest = cells
        var bands: [String] = []
        while let first = rest.min() {
            var box = places(of: first).map { $0...$0 }
            for (number, axis) in axes.enumerated() {
                while box[number].upperBound + 1 < axis.stretches.count {
                    var next = box
                    next[number] = box[number].upperBound + 1...box[number].upperBound + 1
                    guard members(of: next).allSatisfy(rest.contains) else { break }
                    box[number] = box[number].lowerBound...box[number].upperBound + 1
                }
                // Of what has no order, one or all.
                if !axis.isOrdered, box[number].count > 1, box[number].count < axis.stretches.count {
                    box[number] = box[number].lowerBound...box[number].lowerBound
                }
            }
            rest.subtract(members(of: box))
            bands.append(words(box))
        }
        return bands
    }

    private func members(of box: [ClosedRange<Int>]) -> [Int] {
        var all: [[Int]] = [[]]
        for range in box { all = all.flatMap { start in range.map { start + [$0] } } }
        return all.map(cell)
    }

    private func words(_ box: [ClosedRange<Int>]) -> String {
        let parts = zip(axes, box).flatMap { axis, range -> [String] in
            if range.count == axis.stretches.count { return [] }
            if range.count == 1, let alone = axis.stretches[range.lowerBound].alone { return [alone] }
            return [axis.stretches[range.lowerBound].low, axis.stretches[range.upperBound].high].compactMap { $0 }
        }
        return parts.isEmpty ? "TRUE" : parts.joined(separator: " AND ")
    }
}
