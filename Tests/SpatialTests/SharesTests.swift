import Foundation
@testable import Spatial
import Testing

/// How many random pairs are compared with GEOS, and a tenth as many contrived ones beside them: `SHAHRSAZ_PAIRS`, else all
/// 100,000 in a release build and a twentieth of that in a debug build.
let pairs: Int = {
    if let asked = ProcessInfo.processInfo.environment["SHAHRSAZ_PAIRS"].flatMap({ Int($0) }) { return asked }
    #if DEBUG
        return 5_000
    #else
        return 100_000
    #endif
}()

/// One pair of grounds and what is wrong with our reading of it; nil when nothing is.
///
/// GEOS may be off by 10⁻⁶ m for every metre of the piece's perimeter + 10⁻⁶ m², beside the rounding. Where it is further off,
/// or disagrees on whether interiors meet at all, the third reading in exact fractions decides.
func disagreement(_ a: MultiPolygon, _ b: MultiPolygon, _ oracle: Oracle, _ explained: inout Int) -> String? {
    let (first, second) = (oracle.shape(a), oracle.shape(b))
    let shared = sharedArea(a, b)
    let area = oracle.area(oracle.intersection(first, second))
    let meets = oracle.relation(first, second).first == "2"
    let allowed = 1e-3 * shared.perimeter + 1 + 0.5
    guard (Double(shared.area) - area).magnitude > allowed || meets != (shared.perimeter > 0) else { return nil }
    if let objection = ThirdReading.objection(to: shared, of: a, and: b) {
        return "shared \(shared), GEOS \(area) ± \(allowed), interiors meet: \(meets); \(objection)\n\(a)\n\(b)"
    }
    explained += 1
    return nil
}

@Suite("Shares")
struct SharesTests {
    @Test("The ground shared by random pairs is what GEOS finds", arguments: 0..<4)
    func random(part: Int) {
        let oracle = Oracle()
        var chance = Chance(seed: UInt64(part))
        var (count, meeting, explained) = (0, 0, 0)
        while count < pairs / 4 {
            let size = [6, 20, 1_000, 100_000][chance.number(0...3)]
            let placing = Placing.any(reach: size, &chance)
            let grounds = (0..<5).map { _ in
                Random.ground(&chance, size: size, corners: 12, placing) { $0.flaw() == nil }
            }
            for a in 0..<4 {
                for b in a + 1..<5 {
                    count += 1
                    if sharedArea(grounds[a], grounds[b]).perimeter > 0 { meeting += 1 }
                    if let fault = disagreement(grounds[a], grounds[b], oracle, &explained) { Issue.record("\(fault)") }
                }
            }
        }
        #expect(meeting > count / 2)
        if explained > 0 { print("Random pairs where GEOS errs and exact fractions bear us out: \(explained) of \(count)") }
    }

    @Test("The ground shared by contrived pairs is what GEOS finds", arguments: 0..<2)
    func contrived(part: Int) {
        let oracle = Oracle()
        var chance = Chance(seed: 100 + UInt64(part))
        var explained = 0
        for _ in 0..<pairs / 20 {
            let (a, b) = Random.contrived(&chance) { $0.flaw() == nil }
            if let fault = disagreement(a, b, oracle, &explained) { Issue.record("\(fault)") }
        }
        if explained > 0 { print("Contrived pairs where GEOS errs and exact fractions bear us out: \(explained)") }
    }

    @Test("Exact fractions, read by another method, bear out every shared area to half a mm²")
    func exact() {
        var chance = Chance(seed: 7)
        for _ in 0..<min(200, pairs) {
            let (a, b) = Random.contrived(&chance) { $0.flaw() == nil }
            let shared = sharedArea(a, b)
            if let objection = ThirdReading.objection(to: shared, of: a, and: b) {
                Issue.record("shared \(shared), \(objection)\n\(a)\n\(b)")
            }
        }
    }
}
