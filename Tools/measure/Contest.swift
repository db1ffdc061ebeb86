import Glibc

/// Nanoseconds of a clock that only goes forward.
func now() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// One way to answer a row's questions.
struct Contender {
    let name: String
    /// How many questions a round asks.
    let questions: Int
    /// One round; what it took in nanoseconds where that was measured elsewhere, else nil.
    private(set) var round: () throws -> Double?

    init(_ name: String, questions: Int, round: @escaping () throws -> Void) {
        self.name = name
        self.questions = questions
        self.round = {
            try round()
            return nil
        }
    }

    /// A contender that measures its rounds itself, in nanoseconds.
    static func measured(_ name: String, questions: Int, round: @escaping () throws -> Double) -> Contender {
        var contender = Contender(name, questions: questions) {}
        contender.round = round
        return contender
    }
}

/// Runs the contenders one after the other, round after round, and prints medians, spreads, and how many times as long as ours
/// (the first) the others take.
struct Contest {
    let title: String
    let rounds: Int
    var contenders: [Contender]

    func run() throws {
        var times = contenders.map { _ in [Double]() }
        for _ in 0..<rounds {
            for (number, contender) in contenders.enumerated() {
                let start = now()
                let measured = try contender.round()
                times[number].append((measured ?? Double(now() - start)) / Double(contender.questions))
            }
        }
        print("\n\(title) (\(rounds) alternated rounds)")
        guard let first = times.first, !first.isEmpty else { return }
        let ours = median(first)
        for (contender, times) in zip(contenders, times) {
            let middle = median(times)
            let spread = "[\(duration(times.min() ?? 0)) – \(duration(times.max() ?? 0))]"
            let ratio = contender.name == contenders[0].name ? "" : "\(rounded(middle / ours)) × ours"
            print("  \(padded(contender.name, 44)) \(padded(duration(middle), 10)) \(padded(spread, 24)) \(ratio)")
        }
        fflush(nil)
    }
}

func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.count % 2 == 1 ? sorted[sorted.count / 2] : (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
}

/// A time with three digits and its unit.
func duration(_ nanoseconds: Double) -> String {
    switch nanoseconds {
    case ..<1_000: "\(rounded(nanoseconds)) ns"
    case ..<1_000_000: "\(rounded(nanoseconds / 1_000)) µs"
    case ..<1_000_000_000: "\(rounded(nanoseconds / 1_000_000)) ms"
    default: "\(rounded(nanoseconds / 1_000_000_000)) s"
    }
}

/// Three digits.
func rounded(_ value: Double) -> String {
    let places = value.magnitude >= 100 ? 0 : value.magnitude >= 10 ? 1 : 2
    let scale = [1.0, 10, 100][places]
    let text = "\((value * scale).rounded() / scale)"
    return places == 0 ? String(text.prefix { $0 != "." }) : text
}

func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
