/// Named columns on their way into a file, in the order in which they were added.
package struct Sections: Sendable {
    @safe
    package struct Section: Sendable {
        package let name: String
        /// In bytes.
        package let length: Int
        /// Goes on with the section before it, which has the same name.
        package let isContinued: Bool
        /// Visits the column's bytes piece by piece, from its start to its end.
        package let visit: @Sendable (_ piece: (UnsafeRawBufferPointer) -> Void) -> Void

        /// Copies the column to where it shall lie.
        package func write(_ place: UnsafeMutableRawBufferPointer) {
            var offset = 0
            unsafe visit { piece in
                guard unsafe !piece.isEmpty else { return }
                unsafe UnsafeMutableRawBufferPointer(rebasing: place[offset...]).copyMemory(from: piece)
                offset += piece.count
            }
        }
    }

    package private(set) var all: [Section] = []

    /// Where a section may begin, in bytes: no element lies across two pages of a file.
    package static let border = 128

    package init() {}

    /// Adds a column; of one name there may be only one.
    package mutating func add<Element: BitwiseCopyable & Sendable>(
        _ name: String, _ elements: [Element], continuing: Bool = false
    ) {
        add(name, pieces: [elements], continuing: continuing)
    }

    /// Adds a column that was made in pieces, one after the other.
    package mutating func add<Element: BitwiseCopyable & Sendable>(
        _ name: String, pieces: [[Element]], continuing: Bool = false
    ) {
        all.append(
            unsafe Section(
                name: name, length: pieces.reduce(0) { $0 + $1.count } * MemoryLayout<Element>.stride, isContinued: continuing,
                visit: { visit in
                    for piece in pieces { unsafe piece.withUnsafeBytes { unsafe visit($0) } }
                }))
    }

    /// Adds a column that lies in memory already.
    package mutating func add<Element: BitwiseCopyable & Sendable>(_ name: String, column: Column<Element>) {
        all.append(
            unsafe Section(
                name: name, length: column.count * MemoryLayout<Element>.stride, isContinued: false,
                visit: { visit in unsafe visit(UnsafeRawBufferPointer(column.elements(0..<column.count))) }))
    }

    /// Adds sections; one that goes on with the last one here becomes part of it.
    package mutating func append(_ others: Sections) {
        for section in others.all {
            if section.isContinued, let last = all.popLast() {
                all.append(
                    unsafe Section(
                        name: last.name, length: last.length + section.length, isContinued: last.isContinued,
                        visit: { visit in
                            unsafe last.visit(visit)
                            unsafe section.visit(visit)
                        }))
            } else {
                all.append(section)
            }
        }
    }

    /// The columns in memory of their own, as a file would hold them.
    package var table: SectionTable {
        var places: [String: Range<Int>] = [:]
        var end = 0
        for section in all {
            places[section.name] = end..<end + section.length
            end = (end + section.length).roundedUp(to: Self.border)
        }
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(end, Self.border), alignment: Self.border)
        unsafe copy.initializeMemory(as: UInt8.self, repeating: 0)
        for section in all {
            guard let place = places[section.name] else { continue }
            unsafe section.write(UnsafeMutableRawBufferPointer(rebasing: copy[place]))
        }
        let memory = unsafe Memory(
            UnsafeRawBufferPointer(start: copy.baseAddress, count: end), check: nil, release: { unsafe $0.deallocate() })
        return SectionTable(memory: memory, places: places)
    }
}

/// Named columns that lie in one memory, each on a border of `Sections.border` bytes.
package struct SectionTable: Sendable {
    package let memory: Memory
    /// In bytes from the memory's start.
    package let places: [String: Range<Int>]

    package init(memory: Memory, places: [String: Range<Int>]) {
        self.memory = memory
        self.places = places
    }

    /// Nil where there is none of that name, or its length is no whole number of elements.
    package func column<Element: BitwiseCopyable>(_ name: String, of type: Element.Type = Element.self) -> Column<Element>? {
        guard let place = places[name], place.count % MemoryLayout<Element>.stride == 0 else { return nil }
        return Column(memory, offset: place.lowerBound, count: place.count / MemoryLayout<Element>.stride)
    }
}

extension Int {
    /// The least multiple of a power of two that is not smaller.
    package func roundedUp(to power: Int) -> Int { (self + power - 1) & ~(power - 1) }
}

extension ShapeTable {
    package func add(to sections: inout Sections) {
        sections.add("shape.kind", column: kinds)
        sections.add("shape.parts", column: parts)
        sections.add("shape.rings", column: rings)
        sections.add("shape.starts", column: starts)
        sections.add("shape.points", column: points)
        sections.add("shape.boxes", column: boxes)
    }

    /// Nil where a column is missing or its length does not go with the others'.
    package init?(_ sections: SectionTable) {
        guard let kinds = sections.column("shape.kind", of: UInt8.self), let parts = sections.column("shape.parts", of: UInt32.self),
            let rings = sections.column("shape.rings", of: UInt32.self), let starts = sections.column("shape.starts", of: UInt32.self),
            let points = sections.column("shape.points", of: Point.self), let boxes = sections.column("shape.boxes", of: Box.self),
            parts.count == kinds.count + 1, boxes.count == kinds.count, rings.count > 0, starts.count > 0
        else { return nil }
        self.init(kinds: kinds, parts: parts, rings: rings, starts: starts, points: points, boxes: boxes)
    }
}
