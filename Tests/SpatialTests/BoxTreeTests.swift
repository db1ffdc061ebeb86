@testable import Spatial
import Testing

@Suite("Box trees in columns")
struct BoxTreeTests {
    private func grown(_ shapes: ShapeTable, _ features: some Sequence<Int>) -> BoxTree? {
        var sections = Sections()
        BoxTree.sections(for: shapes, features: features, name: "tree", into: &sections)
        return BoxTree(sections.table, name: "tree")
    }

    @Test("Every feature of any kind whose box meets the box is found, and no other", arguments: [0, 1, 15, 16, 17, 256, 257, 5_000])
    func found(count: Int) throws {
        var chance = Chance(seed: UInt64(count))
        func point() -> Point { Point(x: Int32(chance.number(-50_000...50_000)), y: Int32(chance.number(-50_000...50_000))) }
        var writer = ShapeTableWriter()
        for number in 0..<count {
            let (a, b) = (point(), point())
            switch number % 4 {
            case 0: writer.append(.point(a))
            case 1: writer.append(.line([[a, b]]))
            case 2: writer.append(nil)
            default: writer.append(.area(Sketch.ground([Sketch.square(Int(a.x), Int(a.y), 1 + number % 300)])))
            }
        }
        let shapes = writer.table
        let some = (0..<count).filter { $0 % 7 != 0 }
        let tree = try #require(grown(shapes, some))
        let backwards = try #require(grown(shapes, some.reversed()))
        var (found, other) = ([7], [Int]())
        for _ in 0..<200 {
            let (a, reach) = (point(), Int64(chance.number(0...20_000)))
            let box = Box(a).grown(by: reach)
            tree.features(meeting: box, into: &found)
            backwards.features(meeting: box, into: &other)
            #expect(found == some.filter { shapes.kind($0) != .none && shapes.boxes[$0].meets(box) })
            #expect(found == other)
            var visited: [Int] = []
            tree.forEach(meeting: box) { visited.append($0) }
            #expect(visited.sorted() == found)
        }
        tree.features(meeting: .nowhere, into: &found)
        #expect(found == [])
    }

    @Test("Boxes that only touch meet, at the ends of the grid too")
    func touching() throws {
        let far = Point.limit
        var writer = ShapeTableWriter()
        for point in [Point(x: -far, y: -far), Point(x: far, y: far), Point(x: 0, y: 0)] { writer.append(.point(point)) }
        let tree = try #require(grown(writer.table, 0..<3))
        var found: [Int] = []
        tree.features(meeting: Box(minX: 0, minY: 0, maxX: far, maxY: far), into: &found)
        #expect(found == [1, 2])
        tree.features(near: Sketch.ground("0 0, 9 0, 9 9"), into: &found)
        #expect(found == [2])
    }

    @Test("Sections that do not go together are refused")
    func refused() {
        var sections = Sections()
        sections.add("tree.features", [UInt32(0), 1])
        sections.add("tree.boxes", [Box.nowhere, .nowhere])
        #expect(BoxTree(sections.table, name: "tree") == nil)
        #expect(BoxTree(sections.table, name: "wood") == nil)
    }
}
