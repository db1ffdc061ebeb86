import Synchronization

/// The rules of a law by their places in it, all at hand or each worked out when it is first asked for.
struct Rules: Sendable {
    private enum Source {
        case all([Rule])
        case asked(Asked)
    }

    /// A class, so that every copy remembers what one worked out.
    private final class Asked: Sendable {
        let make: @Sendable (Int) -> Rule
        private let made: Mutex<[Rule?]>

        init(_ count: Int, _ make: @escaping @Sendable (Int) -> Rule) {
            self.make = make
            made = Mutex(Array(repeating: nil, count: count))
        }

        func rule(_ place: Int) -> Rule {
            made.withLock { made in
                if let rule = made[place] { return rule }
                let rule = make(place)
                made[place] = rule
                return rule
            }
        }
    }

    private let source: Source
    let count: Int

    init(_ rules: [Rule]) {
        source = .all(rules)
        count = rules.count
    }

    init(_ count: Int, make: @escaping @Sendable (Int) -> Rule) {
        source = .asked(Asked(count, make))
        self.count = count
    }

    subscript(place: Int) -> Rule {
        switch source {
        case .all(let rules): rules[place]
        case .asked(let asked): asked.rule(place)
        }
    }

    var all: [Rule] { (0..<count).map { self[$0] } }
}
