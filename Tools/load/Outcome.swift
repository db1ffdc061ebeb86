import Formats

/// What came of a run.
struct Outcome {
    var sent = 0
    var bytes = 0
    var seconds = 0.0
    private var statuses: [Int: Int] = [:]
    private var failures: [String: Int] = [:]
    /// Of answers with a status under 400.
    private var good = Histogram()

    mutating func fail(_ kind: String) { failures[kind, default: 0] += 1 }

    mutating func take(_ status: Int, _ nanoseconds: Int) {
        statuses[status, default: 0] += 1
        if status < 400 { good.add(nanoseconds) } else { fail("status \(status)") }
    }

    var errors: Int { failures.values.reduce(0, +) }

    private static let parts = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999)]

    private func milliseconds(_ nanoseconds: Int) -> Double { (Double(nanoseconds) / 1000).rounded() / 1000 }

    private func rate(_ count: Int) -> Double { seconds > 0 ? (Double(count) / seconds * 10).rounded() / 10 : 0 }

    func json(asked: Double?) -> JSON {
        var figures: [String: JSON] = [
            "seconds": .number(seconds), "sent": JSON(sent), "answered": JSON(good.count), "errors": JSON(errors),
            "rate": .number(rate(good.count)), "bytes": JSON(bytes), "max": .number(milliseconds(good.most)),
            "mean": .number(milliseconds(Int(good.mean))),
            "statuses": .object(Dictionary(uniqueKeysWithValues: statuses.map { ("\($0)", JSON($1)) })),
            "failures": .object(failures.mapValues { JSON($0) }),
        ]
        if let asked { figures["asked"] = .number(asked) }
        for (name, part) in Self.parts { figures[name] = .number(milliseconds(good.quantile(part))) }
        return .object(figures)
    }

    func text(asked: Double?) -> String {
        var text = "\(good.count) answers in \(seconds) s: \(rate(good.count)) a second" + (asked.map { " of \($0) asked for" } ?? "")
        text += ", \(bytes >> 20) MiB\n"
        text += Self.parts.map { "\($0) \(milliseconds(good.quantile($1))) ms" }.joined(separator: " · ")
        text += " · max \(milliseconds(good.most)) ms\n\(errors) errors\n"
        for (kind, count) in failures.sorted(by: { $0.value > $1.value }) { text += "  \(count)  \(kind)\n" }
        return text
    }
}
