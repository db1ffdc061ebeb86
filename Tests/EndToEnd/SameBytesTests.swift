import Foundation
import Testing
import Trials

/// `$SHAHRSAZ_QUESTIONS` says how many questions are asked at random; 10,000 is what must hold.
@Suite("The same bytes over HTTP") struct SameBytesTests {
    @Test("Every golden question has the command line's bytes, as JSON, as text in both languages and as GeoJSON") func golden()
        async throws
    {
        var (servers, compared): ([URL: LiveServer], Int) = ([:], 0)
        for golden in GoldenCase.all {
            guard let asked = Asked(golden.command) else { continue }
            let city = try await golden.place()
            let server = try servers[city] ?? LiveServer(city)
            servers[city] = server
            for (form, language) in [("json", "en"), ("geojson", "en"), ("text", "fa"), ("text", "en")] {
                let own = try golden.run(asked.command + ["--format", form, "--lang", language], in: city)
                let heard = try server.get("/answer?\(asked.query)&f=\(form)&lang=\(language)")
                if own.code == 0 {
                    #expect(heard.status == 200 && heard.body == own.out, "\(golden): \(form)")
                } else {
                    #expect([300, 400, 404].contains(heard.status) && !heard.body.isEmpty, "\(golden): \(heard.status) \(own.err)")
                    #expect((heard.status == 400) == (own.code == 2), "\(golden): \(heard.status), exit \(own.code)")
                }
                compared += 1
            }
        }
        #expect(compared > 400)
        print("over HTTP: \(compared) golden answers")
    }

    @Test("Questions at random, of points, parcels and addresses, have the bytes of the batch's lines") func random() async throws {
        let count = ProcessInfo.processInfo.environment["SHAHRSAZ_QUESTIONS"].flatMap { Int($0) } ?? 500
        let city = try await SampleTown.city()
        let server = try LiveServer(city)
        var dice = Seeded(1405)
        let codes = try SampleTown.parcels().compactMap { ($0["properties"] as? [String: Any])?["code"] as? String }
        let addresses = try String(contentsOf: SampleTown.folder.appending(path: "addresses.csv"), encoding: .utf8).split(separator: "\n")
            .dropFirst().compactMap { $0.split(separator: ",").first.map(String.init) }
        let points = (0..<count / 2).map { _ in
            [
                String(format: "%.3f", Double.random(in: 711_900...714_000, using: &dice)),
                String(format: "%.3f", Double.random(in: 4_020_700...4_022_400, using: &dice)),
            ]
        }
        let parcels = (0..<count / 4).map { round in [round % 20 == 7 ? "9-9-\(round)" : codes.randomElement(using: &dice) ?? ""] }
        let named = (0..<count / 4).map { round in [round % 20 == 7 ? "کوچهٔ \(round)" : addresses.randomElement(using: &dice) ?? ""] }
        var answered = 0
        for (flag, columns, rows) in [("points", ["x", "y"], points), ("parcels", ["parcel"], parcels), ("addresses", ["address"], named)] {
            let table = rows.enumerated().map { "\($0),\($1.map { "\"\($0)\"" }.joined(separator: ","))\n" }.joined()
            let input = Data("id,\(columns.joined(separator: ","))\n\(table)".utf8)
            let lines = try Program.run(["batch", "--\(flag)", "--on", "1404-07-01"], city: city, input: input).out.split(separator: 10)
            try #require(lines.count == rows.count)
            let wire = try Wire(server.place)
            for (place, (row, line)) in zip(rows, lines).enumerated() {
                let query = zip(columns, row).map { "\($0)=\(Asked.encoded($1))" }.joined(separator: "&")
                try wire.send(Wire.request("/answer?\(query)&on=1404-07-01", ["Accept: application/json"]))
                let heard = try wire.answer()
                if heard.status == 200 {
                    #expect(Data(line) == Data("{\"answer\":".utf8) + heard.body.dropLast() + Data(",\"id\":\"\(place)\"}".utf8), "\(row)")
                    answered += 1
                } else {
                    #expect(
                        [300, 404].contains(heard.status) && line.range(of: Data("\"problem\":".utf8)) != nil, "\(row): \(heard.status)")
                }
            }
        }
        #expect(answered > count / 2)
        print("over HTTP: \(points.count + parcels.count + named.count) questions at random, \(answered) answered")
    }

    /// A question of the command line, and the same as a query.
    private struct Asked {
        let command: [String]
        let query: String

        /// Nil for a command that asks no question.
        init?(_ command: [String]) {
            var (own, items, operands): ([String], [(String, String)], [String]) = ([], [], [])
            var rest = command.dropFirst()
            while let word = rest.popFirst() {
                guard word.hasPrefix("--") else {
                    operands.append(word)
                    own.append(word)
                    continue
                }
                if word == "--json" { continue }
                guard let value = rest.popFirst() else { return nil }
                if ["--lang", "--format"].contains(word) { continue }
                own += [word, value]
                items.append((String(word.dropFirst(2)), value))
            }
            switch (command.first, operands.count) {
            case ("at", 2): items += [("x", operands[0]), ("y", operands[1])]
            case ("parcel", 1): items.append(("parcel", operands[0]))
            case ("address", 1): items.append(("address", operands[0]))
            default: return nil
            }
            self.command = [command[0]] + own
            query = items.map { "\($0)=\(Self.encoded($1))" }.joined(separator: "&")
        }

        static func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
    }

    /// Numbers from a fixed seed.
}
