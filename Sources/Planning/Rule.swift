import Persian

/// A provision with all that does not depend on the question worked out. A class, like `Law`, for the sake of speed alone.
final class Rule: Sendable {
    let provision: Provision
    let citation: Citation
    let rank: Int
    let specificity: Target.Specificity
    /// The day that its plan takes effect; nil where it never does.
    let planEffect: Day?
    let policy: Plan.Policy
    /// The layers that a zone without a layer means.
    let layers: Set<String>
    let magnitude: Int128?
    let subject: Subject
    let slots: [Slot]
    /// Whether it is one of many that all stand: a note, or a qualification in words.
    let accumulates: Bool

    init(_ provision: Provision, in plans: PlanRegister) {
        let plan = plans[provision.plan]
        self.provision = provision
        rank = plans.rank(of: provision.plan)
        specificity = provision.target.specificity
        planEffect = plan?.effect
        policy = plans.policy(of: provision.plan)
        if case .zone(nil, _) = provision.target { layers = plans.layers(of: provision.plan) } else { layers = [] }
        magnitude = provision.magnitude
        subject = Subject(provision)
        slots = Slot.slots(of: provision)
        accumulates = slots.isEmpty
        citation = Citation(
            plan: provision.plan, clause: provision.clause, text: provision.text,
            from: [plan?.effect, provision.period.from, plans.start(of: provision.clause, in: provision.plan)].compactMap { $0 }.max(),
            until: [plan?.until, provision.period.until, plans.end(of: provision.clause, in: provision.plan)].compactMap { $0 }.min())
    }

    var isPermit: Bool { provision.relation == .permit || provision.relation == .condition }

    var overlayForbids: Bool {
        if case .overlay = provision.target { provision.relation == .forbid } else { false }
    }
}

/// What rules compete over: a parameter, or one use.
package struct Subject: Hashable, Comparable, Sendable {
    package let parameter: String
    package let use: String?

    package init(parameter: String, use: String?) {
        self.parameter = parameter
        self.use = use
    }

    init(_ provision: Provision) {
        parameter = provision.parameter
        if parameter == Parameter.use, case .use(let code) = provision.value { use = code } else { use = nil }
    }

    package static func < (one: Subject, other: Subject) -> Bool {
        (one.parameter, one.use ?? "") < (other.parameter, other.use ?? "")
    }
}

/// What of a subject only one provision can decide.
enum Slot: Int, Hashable, CaseIterable {
    case maximum
    case minimum
    case permission

    /// None for what accumulates.
    static func slots(of provision: Provision) -> [Slot] {
        switch provision.relation {
        case .max: [.maximum]
        case .min: [.minimum]
        case .exactly: [.maximum, .minimum]
        case .permit, .forbid: [.permission]
        case .condition: provision.parameter == Parameter.use ? [.permission] : []
        case .note: []
        }
    }
}
