import Foundation
@testable import Spatial
import Testing

/// How many random pairs are compared with GEOS; a tenth as many contrived ones beside them.
let pairs = Int(ProcessInfo.processInfo.environment["SHAHRSAZ_PAIRS"] ?? "") ?? 100_000

/// One pair of grounds and what is wrong with our reading of it beside GEOS'; nil when nothing is.
func disagreement(_ a: MultiPolygon, _ b: MultiPolygon, _ oracle: Oracle) -> String? {
    let (first, second) = (oracle.shape(a), oracle.shape(b))
    let shared = sharedArea(a, b)
    let cut = oracle.intersection(first, second)
    let area = oracle.area(cut)
    let meets = oracle.relation(first, second).first == "2"
    let allowed = 1e-3 * shared.perimeter + 1 + 0.5
    if (Double(shared.area) - area).magnitude > allowed { return "area \(shared.area), GEOS \(area), may differ by \(allowed)" }
    if meets != (shared.perimeter > 0) { return "interiors meet for GEOS: \(meets), for us: \(shared)" }
    return nil
}

@Suite("Shares")
struct SharesTests {
    @Test("The ground shared by random pairs is what GEOS finds", arguments: 0..<4)
    func random(part: Int) {
        let oracle = Oracle()
        var chance = Chance(seed: UInt64(part))
        for _ in 0..<pairs / 4 {
            let size = [6, 20, 1_000, 100_000][chance.number(0...3)]
            let placing = Placing.any(reach: size, &chance)
            let a = Random.ground(&chance, size: size, corners: 12, placing) { oracle.isValid(oracle.shape($0)) }
            let b = Random.ground(&chance, size: size, corners: 12, placing) { oracle.isValid(oracle.shape($0)) }
            if let fault = disagreement(a, b, oracle) { Issue.record("\(fault)\n\(a)\n\(b)") }
        }
    }
}
