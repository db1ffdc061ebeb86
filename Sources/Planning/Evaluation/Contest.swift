/// Who decides a slot among rules that apply.
enum Contest {
    case nobody
    case won(by: Int, losses: [Loss])
    /// Rules that stand together and contradict each other.
    case split([Int], losses: [Loss])

    /// Whether two contests come to the same: the same winner, or a contradiction in both.
    func agrees(with other: Contest) -> Bool {
        switch (self, other) {
        case (.nobody, .nobody), (.split, .split): true
        case (.won(let one, _), .won(let two, _)): one == two
        default: false
        }
    }
}

/// A rule that did not decide, by its place in the law.
struct Loss: Hashable {
    let rule: Int
    let reason: Reason
}

extension Law {
    /// Places of rules, the one that comes first in the slot's precedence first.
    func ordered(_ places: [Int], in slot: Slot) -> [Int] {
        if places.count < 2 { return places }
        return places.sorted { rules[$0].precedes(rules[$1], in: slot) ?? ($0 < $1) }
    }

    func contest(_ places: [Int], in slot: Slot) -> Contest {
        let order = ordered(places, in: slot)
        guard let first = order.first else { return .nobody }
        if order.count == 1 { return .won(by: first, losses: []) }
        let top = order.filter { rules[$0].stands(with: rules[first]) }
        if slot == .permission { return permissionContest(order, top: top, first: first) }
        let exact = Set(top.filter { rules[$0].provision.relation == .exactly }.map { rules[$0].magnitude })
        return exact.count > 1
            ? .split(top, losses: losses(order.filter { !top.contains($0) }, to: first))
            : .won(by: first, losses: losses(Array(order.dropFirst()), to: first))
    }

    /// An overlay that forbids is never beaten by a permit: if a permit would win, the overlay's best prohibition does.
    private func permissionContest(_ order: [Int], top: [Int], first: Int) -> Contest {
        guard let barrier = order.first(where: { rules[$0].overlayForbids }) else {
            return Set(top.map { rules[$0].isPermit }).count > 1
                ? .split(top, losses: losses(order.filter { !top.contains($0) }, to: first))
                : .won(by: first, losses: losses(Array(order.dropFirst()), to: first))
        }
        let winner = rules[first].isPermit ? barrier : first
        let lost = order.filter { $0 != winner }.map { place in
            if rules[place].isPermit { return Loss(rule: place, reason: .forbidden) }
            // A prohibition that is no overlay's had already lost to the permit.
            let stronger = rules[place].overlayForbids ? winner : first
            return Loss(rule: place, reason: rules[place].reasonToYield(to: rules[stronger]))
        }
        return .won(by: winner, losses: lost)
    }

    private func losses(_ places: [Int], to winner: Int) -> [Loss] {
        places.map { Loss(rule: $0, reason: rules[$0].reasonToYield(to: rules[winner])) }
    }
}
