import Formats
package import Persian
package import Planning
import Synchronization

/// One question of a batch, with the id that its line carries back.
package struct BatchQuestion: Sendable {
    package let id: String
    package let place: Question.Place

    package enum Kind: String, Sendable {
        case points, parcels, addresses

        var columns: [String] {
            switch self {
            case .points: ["id", "x", "y"]
            case .parcels: ["id", "parcel"]
            case .addresses: ["id", "address"]
            }
        }
    }

    /// Reads a batch's questions from CSV. A row that says nothing usable is a problem of its own line, not of the batch.
    ///
    /// - Parameters:
    ///   - kind: nil for what the columns say.
    ///   - file: what the table is called; nil for the standard input.
    package static func read(
        _ bytes: [UInt8], _ kind: Kind?, crs: String, file: String? = nil
    ) throws(ServiceError) -> [Result<BatchQuestion, Refused>] {
        // xlsx and ods are archives (PKZIP), xls is a compound file.
        if let file, bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw .badInput(.spreadsheet(file: file))
        }
        let table: CSV
        do {
            table = try CSV(parsing: bytes)
        } catch {
            guard case .empty = error.reason, let kind else { throw .badInput(.batch(file: file, error)) }
            throw .badInput(.batchColumns(file: file, missing: kind.columns, expected: kind.columns))
        }
        let meant = kind ?? [Kind.points, .parcels, .addresses].first { $0.columns.allSatisfy(table.header.contains) }
        guard let kind = meant else { throw .badInput(.batchKind(file: file ?? "", header: table.header)) }
        let missing = kind.columns.filter { !table.header.contains($0) }
        guard missing.isEmpty else {
            throw .badInput(.batchColumns(file: file, missing: missing, expected: kind.columns))
        }
        return table.rows.map { row in
            let id = row["id"] ?? ""
            switch kind {
            case .parcels: return .success(.init(id: id, place: .parcel(row["parcel"] ?? "")))
            case .addresses: return .success(.init(id: id, place: .address(row["address"] ?? "")))
            case .points:
                guard let x = Coordinate.parse(row["x"] ?? ""), let y = Coordinate.parse(row["y"] ?? "") else {
                    return .failure(
                        Refused(
                            id: id, reason: "line \(row.line): x and y must be finite numbers",
                            persian: "سطر \(Digits.persian(String(row.line))): x و y باید عددهایی متناهی باشند"))
                }
                return .success(.init(id: id, place: .point(x: x, y: y, crs: crs)))
            }
        }
    }

    /// Reads one question from a JSON object: `id` beside `lon` and `lat`, or `x` and `y` with or without `crs`, or `parcel`, or `address`.
    package static func read(json bytes: [UInt8], line: Int, crs: String) -> Result<BatchQuestion, Refused> {
        let object: [String: JSON]
        do {
            guard case .object(let found) = try JSON(parsing: bytes) else {
                return .failure(Refused(id: "", reason: "line \(line): a JSON object was expected"))
            }
            object = found
        } catch {
            return .failure(Refused(id: "", reason: "line \(line): \(error)"))
        }
        let id = object["id"]?.asString ?? object["id"]?.text ?? ""
        func refused(_ reason: String) -> Result<BatchQuestion, Refused> { .failure(Refused(id: id, reason: "line \(line): \(reason)")) }
        let known: Set = ["id", "lon", "lat", "x", "y", "crs", "parcel", "address"]
        if let unknown = object.keys.filter({ !known.contains($0) }).min() {
            return refused("unknown key «\(unknown)»; known are \(known.sorted().joined(separator: ", "))")
        }
        let keys = Set(object.keys).subtracting(["id"])
        switch keys {
        case ["parcel"]: if let code = object["parcel"]?.asString { return .success(.init(id: id, place: .parcel(code))) }
        case ["address"]: if let text = object["address"]?.asString { return .success(.init(id: id, place: .address(text))) }
        case ["lon", "lat"]:
            if let lon = object["lon"]?.asNumber, let lat = object["lat"]?.asNumber {
                return .success(.init(id: id, place: .point(x: lon, y: lat, crs: "EPSG:4326")))
            }
        case ["x", "y"], ["x", "y", "crs"]:
            if let x = object["x"]?.asNumber, let y = object["y"]?.asNumber, let crs = object["crs"].map({ $0.asString }) ?? crs {
                return .success(.init(id: id, place: .point(x: x, y: y, crs: crs)))
            }
        default: break
        }
        return refused("expected lon and lat, or x and y (and crs), or parcel, or address; numbers for places, texts otherwise")
    }

    package struct Refused: Error {
        package let id: String
        let reason: String
        /// In a table that people sent.
        var persian: String?

        package func message(in language: Language) -> String { language(persian ?? reason, reason) }
    }
}

extension Town {
    /// Answers a batch on as many threads as asked, handing out the lines in the order of the questions.
    ///
    /// `emit` gets the bytes of whole lines, and how many of them carried a problem. With a signer every answer is signed.
    package func answer(
        _ questions: [Result<BatchQuestion, BatchQuestion.Refused>], on day: Day, given: [String: Fact.Value], threads: Int,
        signer: Signer? = nil, emit: ([UInt8], _ problems: Int, _ done: Int) -> Void
    ) async throws(ServiceError) {
        let chunks = stride(from: 0, to: questions.count, by: Lines.chunk).map { $0..<min($0 + Lines.chunk, questions.count) }
        let standings = Standings()
        var lanes: [Lane] = []
        for _ in 0..<max(1, min(threads, chunks.count)) {
            lanes.append(Lane(try Answerer(self, on: day, given: given, sharing: standings)))
        }
        await withTaskGroup(of: (lane: Int, chunk: Int, lines: Lines).self) { group in
            var next = 0
            func start(on lane: Int) {
                guard next < chunks.count else { return }
                let (chunk, range, worker) = (next, chunks[next], lanes[lane])
                next += 1
                group.addTask { (lane, chunk, worker.ask { $0.lines(for: questions[range], signer) }) }
            }
            for lane in lanes.indices { start(on: lane) }
            var waiting: [Int: Lines] = [:]
            var due = 0
            var done = 0
            for await finished in group {
                // A lane goes on only when its lines were taken over, so that a slow reader holds the work back.
                waiting[finished.chunk] = finished.lines
                while let lines = waiting.removeValue(forKey: due) {
                    done += lines.count
                    due += 1
                    emit(lines.bytes, lines.problems, done)
                }
                start(on: finished.lane)
            }
        }
    }
}

/// The lines of one chunk.
struct Lines: Sendable {
    /// Questions that a thread takes at a time.
    static let chunk = 256
    var bytes: [UInt8] = []
    var problems = 0
    var count = 0
}

extension Answerer {
    /// The lines of some questions of a batch.
    package func lines(for questions: [Result<BatchQuestion, BatchQuestion.Refused>]) -> [UInt8] {
        lines(for: questions[...], nil).bytes
    }

    func lines(for questions: ArraySlice<Result<BatchQuestion, BatchQuestion.Refused>>, _ signer: Signer?) -> Lines {
        var lines = Lines()
        for question in questions {
            lines.count += 1
            switch question {
            case .failure(let refused): lines.add(refused.id, problem: refused.reason)
            case .success(let question):
                do throws(ServiceError) {
                    var answer = try answer(Question(place: question.place, on: inForce.day, given: given))
                    if let signer { answer = try signer.signed(answer) }
                    lines.bytes += Array("{\"answer\":".utf8)
                    lines.bytes += answer.canonical
                    lines.bytes += Array(",\"id\":".utf8)
                    lines.bytes += JSON.string(question.id).canonical()
                    lines.bytes += Array("}\n".utf8)
                } catch {
                    lines.add(question.id, problem: error.message(in: .en))
                }
            }
        }
        return lines
    }
}

extension Lines {
    fileprivate mutating func add(_ id: String, problem: String) {
        problems += 1
        bytes += JSON.object(["id": .string(id), "problem": .string(problem)]).canonical() + [UInt8(ascii: "\n")]
    }
}
