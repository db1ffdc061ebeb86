package import Formats
import Persian
import Planning
import Store

/// What became of a stored answer's question when it was asked again.
package struct Replay: Sendable {
    package enum Cause: Hashable, Sendable {
        case notCanonical
        case engine(stored: String, now: String)
        case libraries(stored: String, now: String)
        case root(revision: Int)
        /// The stored content no longer fits the digest that was signed with it.
        case changedSince
    }

    package let differences: [JSONDifference]
    package let causes: [Cause]

    package var holds: Bool { differences.isEmpty && causes.isEmpty }
}

extension Question {
    /// A question as an answer has it, and the revision that it was asked of; nil where it can't be read.
    static func asked(_ asked: JSON) -> (question: Question, revision: Int)? {
        guard let on = asked["on"]?.asString.flatMap({ Day(iso: $0) }), let known = asked["known"]?.asInt,
            let facts = asked["facts"]?.asObject
        else { return nil }
        var given: [String: Fact.Value] = [:]
        for (name, value) in facts {
            guard let value = Fact.Value(json: value) else { return nil }
            given[name] = value
        }
        let place: Place
        if let point = asked["point"]?.asArray {
            guard point.count == 2, let x = point[0].asNumber, let y = point[1].asNumber, let crs = asked["crs"]?.asString else {
                return nil
            }
            place = .point(x: x, y: y, crs: crs)
        } else if let code = asked["parcel"]?.asString {
            place = .parcel(code)
        } else if let text = asked["address"]?.asString {
            place = .address(text)
        } else {
            return nil
        }
        return (Question(place: place, on: on, given: given), known)
    }
}

extension StoredAnswer {
    /// The question that was asked, and the revision that it was asked of; nil where it can't be read.
    package var asked: (question: Question, revision: Int)? { json["question"].flatMap(Question.asked) }

    /// Compares with the answer to the same question as it comes out now.
    ///
    /// What signing added is taken over, but for the digest, which is that of the new content; `verify` judges the signature.
    package func replay(against answer: Answer) throws(ServiceError) -> Replay {
        var fresh = answer.json.asObject ?? [:]
        var now = answer.certificate.json.asObject ?? [:]
        var causes: [Replay.Cause] = []
        if let digest = certificate["digest"], digest.asString != nil {
            for (key, value) in certificate.asObject ?? [:] where now[key]?.isNull ?? true { now[key] = value }
            now["digest"] = .string(Digest(of: answer.content).hex)
            if digest.asString != self.digest.hex { causes.append(.changedSince) }
        }
        fresh["certificate"] = .object(now)
        let differences = JSONDifference.all(json, .object(fresh))
        if differences.isEmpty, !isCanonical { causes.append(.notCanonical) }
        if !differences.isEmpty { causes += try reasons(now) }
        return Replay(differences: differences, causes: causes)
    }

    private func reasons(_ now: [String: JSON]) throws(ServiceError) -> [Replay.Cause] {
        func text(_ key: String) -> String { certificate[key]?.asString ?? "" }
        var causes: [Replay.Cause] = []
        if let engine = now["engine"]?.asString, engine != text("engine") { causes.append(.engine(stored: text("engine"), now: engine)) }
        if let root = now["root"]?.asString, root != text("root") {
            causes.append(.root(revision: now["revision"]?.asInt ?? 0))
        }
        if certificate["geos"] != nil {
            let libraries = try Libraries()
            let (stored, current) = ("GEOS \(text("geos")), PROJ \(text("proj"))", "GEOS \(libraries.geos), PROJ \(libraries.proj)")
            if stored != current { causes.append(.libraries(stored: stored, now: current)) }
        }
        return causes
    }
}

extension Fact.Value {
    /// A value as an answer's question has it; nil for what none is written as.
    init?(json: JSON) {
        switch json {
        case .bool(let holds): self = .bool(holds)
        case .string(let text): self = .text(text)
        case .number:
            guard let number = json.asDecimal else { return nil }
            self = .number(number)
        default: return nil
        }
    }
}
