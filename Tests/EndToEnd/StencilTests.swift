import Foundation
import Persian
import Service
import Spatial
import Store
import Testing
import Trials

@Suite("Stencils") struct StencilTests {
    /// Points are asked in bunches about a centimetre to ten metres around places of the town, so that most parcels are asked of often, on
    /// their borders too.
    @Test("What a stencil gives is what the answer worked out has, near borders too") func same() async throws {
        let city = try await SampleTown.city()
        let desk = try Desk(city: city.path) { reason in fatalError("\(reason)") }
        let day = try #require(Day(iso: SampleTown.day))
        var dice = Seeded(1406)
        var (compared, stencilled) = (0, 0)
        for _ in 0..<300 {
            let (x, y): (Double, Double) = (
                Double.random(in: 711_900...714_000, using: &dice), Double.random(in: 4_020_700...4_022_400, using: &dice)
            )
            let reach: Double = [0.01, 0.5, 3, 10].randomElement(using: &dice) ?? 1
            for _ in 0..<20 {
                let question: Question = Question(
                    place: .point(
                        x: x + Double.random(in: -reach...reach, using: &dice), y: y + Double.random(in: -reach...reach, using: &dice),
                        crs: "EPSG:32640"), on: day)
                let (quick, isStencilled, whole) = try desk.newest.asked(on: day) { (answerer) throws(ServiceError) in
                    (try answerer.bytes(of: question), try answerer.stencilled(question) != nil, try answerer.answer(question).bytes)
                }
                #expect(quick == whole, "\(question.place)")
                compared += quick == whole ? 1 : 0
                stencilled += isStencilled ? 1 : 0
            }
        }
        #expect(stencilled > compared * 9 / 10)
        print("stencils: \(compared) answers, \(stencilled) of points that have a stencil")
    }
}
