import Persian

/// A provision with all that does not depend on the question worked out.
struct Rule: Sendable {
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

    init(_ provision: Provision, in plans: PlanRegister) {
        let plan = plans[provision.plan]
        self.provision = provision
        rank = plans.rank(of: provision.plan)
        specificity = provision.target.specificity
        planEffect = plan?.effect
        policy = plans.policy(of: provision.plan)
        if case .zone(nil, _) = provision.target { layers = plans.layers(of: provision.plan) } else { layers = [] }
        magnitude = provision.magnitude
        citation = Citation(
            plan: provision.plan, clause: provision.clause, text: provision.text,
            from: [plan?.effect, provision.period.from].compactMap { $0 }.max(),
            until: [plan?.until, provision.period.until].compactMap { $0 }.min())
    }

    /// What the rules compete over: a use, or a parameter.
    var subject: Subject {
        if provision.parameter == Parameter.use, case .use(let use) = provision.value {
            Subject(parameter: provision.parameter, use: use)
        } else {
            Subject(parameter: provision.parameter, use: nil)
        }
    }

    /// Whether it is one of many that all stand: a note, or a qualification in words.
    var accumulates: Bool {
        provision.relation == .note || (provision.relation == .condition && provision.parameter != Parameter.use)
    }

    var isPermit: Bool { provision.relation == .permit || provision.relation == .condition }

    var overlayForbids: Bool {
        if case .overlay = provision.target { provision.relation == .forbid } else { false }
    }

    func fits(in slot: Slot) -> Bool {
        switch (slot, provision.relation) {
        case (.maximum, .max), (.maximum, .exactly), (.minimum, .min), (.minimum, .exactly): true
        case (.permission, .permit), (.permission, .forbid): true
        case (.permission, .condition): provision.parameter == Parameter.use
        default: false
        }
    }
}

struct Subject: Hashable, Comparable {
    let parameter: String
    let use: String?

    static func < (one: Subject, other: Subject) -> Bool {
        (one.parameter, one.use ?? "") < (other.parameter, other.use ?? "")
    }
}

/// What of a subject only one provision can decide.
enum Slot: Int, Hashable, CaseIterable {
    case maximum
    case minimum
    case permission
}
