import Foundation
import Testing

@Suite("Batches", .serialized) struct BatchTests {
    @Test("100,000 points are answered in order on all cores, and 1,000 chosen lines have the bytes of the single answer")
    func equality() async throws {
        let town = Program.root.appending(path: "GeoData/sample-town")
        let city = try await Cities.shared.city(manifest: town.appending(path: "manifest.json"))
        let corners = try corners(of: town.appending(path: "parcels.geojson"))
        let edges = stride(from: 0, to: corners.count, by: max(1, corners.count / 200)).prefix(200).map { corners[$0] }
        // Around the feature that the sample town keeps in quarantine (qanat Q-2).
        let kept = (0..<100).map { ("\(713_234.783 + Double($0 % 10) * 3 - 15)", "\(4_021_181.84 + Double($0 / 10) * 3 - 15)") }
        var points = edges + kept + strewn(99_600)
        let streets = (0..<100).map { ("\(714_500 + $0)", "\(4_021_400 + $0)") }
        points.insert(contentsOf: streets, at: 50_000)
        let rows = points.enumerated().map { "\($0),\($1.0),\($1.1)\n" }.joined()
        let ended = try Program.run(["batch", "--points", "--on", "1404-07-01"], city: city, input: Data(("id,x,y\n" + rows).utf8))
        #expect(ended.code == 0, "\(ended.err)")
        #expect(ended.err.isEmpty, "nobody looks, so no progress is shown")
        let lines = ended.out.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == points.count && points.count == 100_000)

        let chosen = Array(0..<300) + Array(50_000..<50_100) + (0..<600).map { 1_000 + $0 * 77 }
        try check(chosen, are: lines)
        let wrong = try await compare(chosen, points, lines, city)
        #expect(wrong.isEmpty, "\(wrong.count) lines differ: \(wrong.prefix(3))")
        print("batch: \(lines.count) lines, \(chosen.count) beside the single answer, \(wrong.count) differ")

        let one = try Program.run(
            ["batch", "--points", "--on", "1404-07-01", "--threads", "1"], city: city,
            input: Data(("id,x,y\n" + points.prefix(2_000).enumerated().map { "\($0),\($1.0),\($1.1)\n" }.joined()).utf8))
        #expect(one.out == Data(lines.prefix(2_000).joined(separator: [UInt8(ascii: "\n")]) + [UInt8(ascii: "\n")]))
    }

    @Test("On a terminal the progress is shown beside the answers, and every core works")
    func progress() async throws {
        let city = try await Cities.shared.city(manifest: Program.root.appending(path: "GeoData/sample-town/manifest.json"))
        let scratch = try Scratch()
        let rows = strewn(20_000).enumerated().map { "\($0),\($1.0),\($1.1)\n" }.joined()
        try ("id,x,y\n" + rows).write(to: scratch.url.appending(path: "in.csv"), atomically: true, encoding: .utf8)
        let program = Program.folder.appending(path: "shahrsaz").path
        // `script` gives the program a terminal for its errors; which of its threads worked is read from the system while it runs.
        let command = """
            '\(program)' --city '\(city.path)' batch --points --on 1404-07-01 --lang en < in.csv > out.jsonl & job=$!
            while kill -0 $job 2> /dev/null; do
              cat /proc/$job/task/*/stat 2> /dev/null | awk '$14 > 4' | wc -l >> busy.txt; sleep 0.05
            done
            wait $job
            """
        try command.write(to: scratch.url.appending(path: "command.sh"), atomically: true, encoding: .utf8)
        let shown = try RealData.shell("script -qec 'bash command.sh' progress.txt", in: scratch.url)
        #expect(shown.contains("20000 of 20000"))
        let typed = try String(contentsOf: scratch.url.appending(path: "progress.txt"), encoding: .utf8)
        let steps = typed.split(separator: "\r\u{1B}[K").compactMap { Int($0.split(separator: " ").first ?? "") }
        #expect(steps.count > 10 && steps == steps.sorted() && steps.last == 20_000, "\(steps.suffix(5))")
        let out = try String(contentsOf: scratch.url.appending(path: "out.jsonl"), encoding: .utf8)
        #expect(out.split(separator: "\n").count == 20_000 && !out.contains("\u{1B}"))
        let busy = try String(contentsOf: scratch.url.appending(path: "busy.txt"), encoding: .utf8)
        let most = busy.split(separator: "\n").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }.max() ?? 0
        #expect(most >= min(2, ProcessInfo.processInfo.activeProcessorCount), "\(most) threads worked")
    }

    @Test("A line that says nothing usable is a problem of its own, and the exit code says so") func problems() async throws {
        let city = try await Cities.shared.city(manifest: Program.root.appending(path: "GeoData/sample-town/manifest.json"))
        let input = "id,x,y\na,713000,4021500\nb,east,4021500\nc,nan,1\nd,1e300,5\n"
        let ended = try Program.run(["batch", "--points"], city: city, input: Data(input.utf8))
        let lines = try ended.text.split(separator: "\n").map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
        #expect(ended.code == 1)
        #expect(lines.map { $0?["id"] as? String } == ["a", "b", "c", "d"])
        #expect(lines.map { $0?["problem"] != nil } == [false, true, true, false], "what is far away is answered, as outside")
        let parcels = try Program.run(["batch", "--parcels"], city: city, input: Data("id,parcel\n1,1-1-1-6-0-0-0\n2,9-9\n".utf8))
        #expect(parcels.code == 1 && parcels.text.contains("\"problem\":\"no parcel has the code 9-9\""))
        let columns = try Program.run(["batch", "--points"], city: city, input: Data("id,lon,lat\n".utf8))
        #expect(columns.code == 2 && columns.err.contains("no column x, y"))
    }

    /// That the chosen ones are what they were chosen for: on edges, near what is kept out, in no parcel.
    private func check(_ chosen: [Int], are lines: [Data.SubSequence]) throws {
        var (onEdges, nearKept, inNone) = (0, 0, 0)
        for place in Set(chosen) {
            let line = try JSONSerialization.jsonObject(with: Data(lines[place])) as? [String: Any]
            let answer = line?["answer"] as? [String: Any]
            #expect(line?["id"] as? String == "\(place)")
            let parcels = answer?["parcels"] as? [[String: Any]] ?? []
            let coverage = answer?["coverage"] as? [[String: Any]] ?? []
            if parcels.contains(where: { $0["relation"] as? String == "boundary" }) { onEdges += 1 }
            if parcels.allSatisfy({ $0["relation"] as? String == "near" }) { inNone += 1 }
            if coverage.contains(where: { !($0["quarantined"] as? [Any] ?? []).isEmpty }) { nearKept += 1 }
        }
        #expect(Set(chosen).count == 1_000)
        #expect(onEdges >= 200 && nearKept >= 100 && inNone >= 100, "\(onEdges) on edges, \(nearKept) near kept, \(inNone) in none")
    }

    /// The lines whose answer is not, byte for byte, what the single question prints.
    private func compare(
        _ chosen: [Int], _ points: [(String, String)], _ lines: [Data.SubSequence], _ city: URL
    ) async throws -> [Int] {
        try await withThrowingTaskGroup(of: [Int].self) { group in
            for half in 0..<2 {
                let own = chosen.enumerated().filter { $0.offset % 2 == half }.map(\.element)
                let mine = own.map { ($0, points[$0], Data(lines[$0])) }
                group.addTask {
                    try mine.filter { id, point, line in
                        let single = try Program.run(["at", point.0, point.1, "--on", "1404-07-01", "--json"], city: city)
                        let expected = Data("{\"answer\":".utf8) + single.out.dropLast() + Data(",\"id\":\"\(id)\"}".utf8)
                        return single.code != 0 || line != expected
                    }.map(\.0)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func corners(of file: URL) throws -> [(String, String)] {
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        return (json?["features"] as? [[String: Any]] ?? []).flatMap { feature -> [(String, String)] in
            let geometry = feature["geometry"] as? [String: Any]
            let rings = geometry?["coordinates"] as? [[[Double]]] ?? (geometry?["coordinates"] as? [[[[Double]]]])?.flatMap(\.self) ?? []
            return rings.flatMap { $0 }.map { ("\($0[0])", "\($0[1])") }
        }
    }

    /// Points over the town's box from a fixed seed, to the millimetre.
    private func strewn(_ count: Int) -> [(String, String)] {
        var state: UInt64 = 1404
        func next(_ low: Double, _ high: Double) -> String {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return String(format: "%.3f", low + (high - low) * Double(state >> 33) / Double(1 << 31))
        }
        return (0..<count).map { _ in (next(711_900, 714_000), next(4_020_700, 4_022_400)) }
    }
}
