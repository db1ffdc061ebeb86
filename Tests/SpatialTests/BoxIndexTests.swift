@testable import Spatial
import Testing

@Suite("Box index")
struct BoxIndexTests {
    private func found(_ index: BoxIndex, _ box: Box) -> [Int] {
        var found: [Int] = []
        index.search(box) { found.append($0) }
        return found.sorted()
    }

    @Test("It finds exactly the boxes that meet, each once, whatever their number", arguments: [0, 1, 2, 15, 16, 17, 257, 5_000])
    func agreement(count: Int) {
        var chance = Chance(seed: UInt64(count))
        func box(_ chance: inout Chance) -> Box {
            let reach = [100, 100_000, 1_000_000_000][chance.number(0...2)]
            let (x, y) = (Int32(chance.number(-reach...reach)), Int32(chance.number(-reach...reach)))
            return Box(Point(x: x, y: y)).grown(by: Int64(chance.number(0...(reach / 20))))
        }
        let boxes = (0..<count).map { _ in box(&chance) }
        let index = BoxIndex(boxes)
        for _ in 0..<100 {
            let asked = box(&chance)
            #expect(found(index, asked) == boxes.indices.filter { boxes[$0].meets(asked) })
        }
        let everything = Box(minX: .min, minY: .min, maxX: .max, maxY: .max)
        #expect(found(index, everything) == Array(boxes.indices))
    }

    @Test("Thousands of equal boxes are all found, and boxes that only touch meet")
    func equal() {
        let box = Box(minX: 5, minY: 5, maxX: 5, maxY: 5)
        let index = BoxIndex(Array(repeating: box, count: 3_000))
        #expect(found(index, box).count == 3_000)
        #expect(found(index, Box(minX: 6, minY: 5, maxX: 9, maxY: 9)).isEmpty)
        let touching = BoxIndex([Box(minX: 0, minY: 0, maxX: 10, maxY: 10)])
        #expect(found(touching, Box(minX: 10, minY: 10, maxX: 20, maxY: 20)) == [0])
    }
}
