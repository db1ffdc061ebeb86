@testable import Spatial
import Testing

@Suite("Overlays known to go wrong elsewhere")
struct KnownWrongTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let issue: String
        let first: String
        let second: String
        /// Millimetres to one unit of the issue's coordinates.
        let scale: Double
        /// What both share, in square units.
        let shared: ClosedRange<Double>

        var testDescription: String { issue }
    }

    static let cases = [
        Case(
            issue: "shapely/shapely#1871, locationtech/jts#1000: 15,851 instead of 0",
            first: "446 -207, 315 -75.99999999999999, 557 -76", second: "184 -207, 315 -76, 446 -207, 315 -338",
            scale: 1e6, shared: 0...0),
        Case(
            issue: "the same, a millimetre outwards",
            first: "446 -207, 315 -75.999999, 557 -76", second: "184 -207, 315 -76, 446 -207, 315 -338",
            scale: 1e6, shared: 0...0),
        Case(
            issue: "the same, a millimetre inwards",
            first: "446 -207, 315 -76.000001, 557 -76", second: "184 -207, 315 -76, 446 -207, 315 -338",
            scale: 1e6, shared: 6.5e-5...6.6e-5),
        Case(
            issue: "libgeos/geos#1344, shapely/shapely#2368: 127.9 instead of 0",
            first: """
                -295.25030351249666 4.236074061427525, -295.08711234218333 -2.301948231163383, \
                -314.64218025800653 -2.7900491087570383, -314.80537142831986 3.7479731838338695
                """,
            second: """
                -275.69523559667346 4.7241749390211805, -275.53204442636013 -1.8138473535697273, \
                -295.08711234218333 -2.3019482311633825, -295.25030351249666 4.236074061427525
                """,
            scale: 1e6, shared: 0...0),
        Case(
            issue: "shapely/shapely#1639, libgeos/geos#1354: 0 instead of 5,791",
            first: """
                79.57006468414316 227.16715306136757, 43.44048377114246 -7.28462320799008, \
                127.74283932445364 -13.587090929970145, 154.99848808655608 219.60419326741248
                """,
            second: """
                127.74283932445364 -13.587090929970145, 43.44048377114247 -7.28462320799008, \
                54.329847263553376 63.37854389007508, 54.61818554266568 63.33040101339976, \
                135.62637080265046 53.862076963892896
                """,
            scale: 1e6, shared: 5790.5...5791.5),
        Case(
            issue: "shapely/shapely#1354: a union of 0",
            first: """
                10.38343007464573 945.7998193082476, 1682.0 1335.7904894634128, 1682.0 914.7369958740137, \
                103.54509436006265 546.4810826847133
                """,
            second: """
                103.54509436006265 546.4810826847133, 10.383430074645716 945.7998193082476, 1682.0 1335.7904894634128, \
                1775.161664285417 936.4717528398785
                """,
            scale: 1e5, shared: 665_000...684_227),
        Case(
            issue: "locationtech/jts#119: the whole of the first",
            first: """
                3.166572116932842 48.5390194687463, 3.166572116932842 50.470470727186765, \
                4.180930086918854 50.470470727186765, 4.180930086918854 48.5390194687463
                """,
            second: """
                2.152214146946829 50.470470727186765, 18.381941666723034 19.567250592139274, \
                2.390837642830135 49.228045261718165
                """,
            scale: 1e7, shared: 0...0.01),
        Case(
            issue: "JuliaGeo/LibGEOS.jl#166: the lower one instead of 0",
            first: """
                0.0 65905.78568220709, 12540.144108116785 66644.10887217366, 13639.90993528687 64693.73062699103, \
                13323.160413385054 61494.1194419435, 2375.0223287135154 53673.4087205281, 0.0 52759.58192468053
                """,
            second: """
                23303.577415035626 55323.60484150198, 19851.52938808218 49637.68131132904, \
                2375.022328713516 53673.4087205281, 13323.160413385054 61494.1194419435
                """,
            scale: 1e4, shared: 0...0),
    ]

    @Test("The shared area is right, to half a mm² of exact fractions", arguments: cases)
    func right(known: Case) throws {
        func drawn(_ text: String) throws -> MultiPolygon {
            let points = try text.split(separator: ",").map { point in
                let numbers = try point.split(separator: " ").map { try #require(Double($0)) }
                return Point(x: Int32((numbers[0] * known.scale).rounded()), y: Int32((numbers[1] * known.scale).rounded()))
            }
            return MultiPolygon([Polygon(shell: Ring(points))])
        }
        let (a, b) = (try drawn(known.first), try drawn(known.second))
        #expect(a.flaw() == nil)
        #expect(b.flaw() == nil)
        for (first, second) in [(a, b), (b, a)] {
            let shared = sharedArea(first, second)
            #expect(known.shared.contains(Double(shared.area) / known.scale / known.scale))
            #expect(ThirdReading.objection(to: shared, of: first, and: second) == nil)
        }
    }
}
