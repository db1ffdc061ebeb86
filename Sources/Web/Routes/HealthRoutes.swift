import Formats
import Service
import Store

extension Site {
    static let health = Route("/health", "تندرستی کارساز", "what the server serves, to be checked from outside") { visit in
        let town = visit.site.desk.newest.town
        let isThere = visit.site.desk.cityIsThere
        let body: JSON = [
            "status": isThere ? "ok" : "city-gone", "revision": JSON(town.revision), "root": .string(town.root.hex),
            "engine": .string(town.engine), "seconds": JSON(Int(visit.site.now - visit.site.begun)),
            "revisionSeconds": JSON(Int(visit.site.now - visit.site.revisionSince)),
        ]
        var response = Response(isThere ? 200 : 503, type: "application/json", body.canonical() + [10])
        response.fields.append(("Cache-Control", "no-store"))
        return .now(response)
    }

    /// Nothing, as fast as it comes: for balancers, and as the floor of measurements.
    static let alive = Route("/alive", "زنده است", "an empty answer: the server lives") { _ in .now(Response(204)) }

    static let metrics = Route("/metrics", "شمارها", "counts for Prometheus", forms: [.metrics]) { visit in
        let counts = visit.site.tally.all
        var text = "# HELP shahrsaz_requests_total Requests by hundreds of their status.\n# TYPE shahrsaz_requests_total counter\n"
        for (hundred, count) in counts.statuses.enumerated() where hundred > 0 {
            text += "shahrsaz_requests_total{status=\"\(hundred)xx\"} \(count)\n"
        }
        text +=
            "# HELP shahrsaz_request_seconds Time from a request line to the end of its answer.\n# TYPE shahrsaz_request_seconds histogram\n"
        var sum = 0
        for (power, count) in counts.durations.enumerated().prefix(26) {
            sum += count
            text += "shahrsaz_request_seconds_bucket{le=\"\(Double(1 << (power + 1)) / 1_000_000)\"} \(sum)\n"
        }
        let all = counts.durations.reduce(0, +)
        text += "shahrsaz_request_seconds_bucket{le=\"+Inf\"} \(all)\n"
        text += "shahrsaz_request_seconds_sum \(Double(counts.nanoseconds) / 1e9)\nshahrsaz_request_seconds_count \(all)\n"
        text += "# HELP shahrsaz_revision The revision that is served.\n# TYPE shahrsaz_revision gauge\n"
        text += "shahrsaz_revision \(visit.site.desk.newest.town.revision)\n"
        var response = Response(type: Form.metrics.type, Array(text.utf8))
        response.fields.append(("Cache-Control", "no-store"))
        return .now(response)
    }
}
