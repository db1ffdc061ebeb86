import Formats
import Planning
import Spatial

/// Adds up, piece of ground by piece, what is decided otherwise in a parcel after than before.
struct FindingAccount {
    /// By part, what is said on each subject, each once, in the order of findings.
    private let before: [[Subject: [Stated]]]
    private let after: [[Subject: [Stated]]]
    private let parcelArea: Int64
    /// Whether what is said alike on both sides is added up too.
    private let keepsAll: Bool
    private var found: [Subject: [FindingChange]] = [:]
    private var kept: [Subject: [FindingChange]] = [:]
    /// Parameters on which the law contradicts itself on some ground where it did not.
    private(set) var conflicts: Set<String> = []
    /// Parameters that nothing decides any more on some ground where something did.
    private(set) var lost: Set<String> = []

    /// - Parameter keepsAll: whether what stays is wanted too.
    init(of before: ParcelStanding?, and after: ParcelStanding?, keepsAll: Bool = false) {
        func said(_ standing: ParcelStanding?) -> [[Subject: [Stated]]] {
            standing.map { Self.said($0.findings, $0.places, parts: $0.division.parts.count) } ?? []
        }
        self.before = said(before)
        self.after = said(after)
        self.keepsAll = keepsAll
        parcelArea = (after ?? before)?.shape.area ?? 0
    }

    /// What is said of ground without a parcel: one part without an area, and all of it kept.
    init(of before: [Finding], and after: [Finding]) {
        func said(_ findings: [Finding]) -> [[Subject: [Stated]]] { Self.said(findings, findings.map { _ in [0] }, parts: 1) }
        self.before = said(before)
        self.after = said(after)
        keepsAll = true
        parcelArea = 0
        add(0, 0, 0)
    }

    private static func said(_ findings: [Finding], _ places: [[Int]], parts: Int) -> [[Subject: [Stated]]] {
        var said = [[Subject: [Stated]]](repeating: [:], count: parts)
        for (finding, places) in zip(findings, places) {
            let use: String? = if case .use(let code) = finding.value { code } else { nil }
            let (subject, stated) = (Subject(parameter: finding.parameter, use: use), Stated(finding))
            for place in places where !(said[place][subject, default: []].contains(stated)) {
                said[place][subject, default: []].append(stated)
            }
        }
        return said
    }

    /// - Parameters:
    ///   - was: the part that the piece lay in before; nil where the parcel was not there.
    ///   - now: the part that it lies in; nil where the parcel is no more.
    ///   - area: its area in whole mm².
    mutating func add(_ was: Int?, _ now: Int?, _ area: Int64) {
        let old = was.map { before[$0] } ?? [:]
        let new = now.map { after[$0] } ?? [:]
        for subject in Set(old.keys).union(new.keys) {
            let (said, says) = (old[subject] ?? [], new[subject] ?? [])
            for (one, other) in Self.pairs(said.filter { !says.contains($0) }, says.filter { !said.contains($0) }) {
                Self.note(subject, one, other, (area, parcelArea), in: &found)
            }
            if keepsAll { for one in said where says.contains(one) { Self.note(subject, one, one, (area, parcelArea), in: &kept) } }
            if was != nil, says.contains(where: { $0.status == .conflict }), !said.contains(where: { $0.status == .conflict }) {
                conflicts.insert(subject.parameter)
            }
        }
        for parameter in Set(old.keys.map(\.parameter)) {
            let (had, has) = (Self.competing(for: parameter, in: old), Self.competing(for: parameter, in: new))
            if had.contains(where: { $0.status == .decided }), has.isEmpty { lost.insert(parameter) }
        }
    }

    private static func competing(for parameter: String, in said: [Subject: [Stated]]) -> [Stated] {
        said.filter { $0.key.parameter == parameter }.values.joined().filter { $0.status != .none && $0.competes(for: parameter) }
    }

    /// What went beside what came: of one relation first, then in their order.
    private static func pairs(_ gone: [Stated], _ come: [Stated]) -> [(Stated?, Stated?)] {
        var rest = come
        var pairs: [(Stated?, Stated?)] = []
        var alone: [Stated] = []
        for one in gone {
            if let place = rest.firstIndex(where: { $0.relation == one.relation }) {
                pairs.append((one, rest.remove(at: place)))
            } else {
                alone.append(one)
            }
        }
        for place in 0..<max(alone.count, rest.count) {
            pairs.append((place < alone.count ? alone[place] : nil, place < rest.count ? rest[place] : nil))
        }
        return pairs
    }

    private static func note(
        _ subject: Subject, _ one: Stated?, _ other: Stated?, _ area: (own: Int64, parcel: Int64),
        in found: inout [Subject: [FindingChange]]
    ) {
        var known = found[subject] ?? []
        let place = known.firstIndex { $0.before == one && $0.after == other }
        let whole = area.own + (place.map { known[$0].area } ?? 0)
        let change = FindingChange(
            parameter: subject.parameter, use: subject.use, before: one, after: other, area: whole,
            share: Measure.share(whole, of: area.parcel))
        if let place { known[place] = change } else { known.append(change) }
        found[subject] = known
    }

    /// By parameter and use.
    var changes: [FindingChange] { found.sorted { $0.key < $1.key }.flatMap(\.value) }

    /// What is said alike on both sides, by parameter and use.
    var stays: [FindingChange] { kept.sorted { $0.key < $1.key }.flatMap(\.value) }
}
