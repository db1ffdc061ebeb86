import BigCity

/// The command line: `make-big-city FOLDER --parcels N [--twin clean|degenerate|dirty] [--seed N]`.
struct Order {
    let folder: String
    var parcels = 15_000
    var twin = Twin.clean
    var seed: UInt64 = 1404

    static let usage = "usage: make-big-city FOLDER [--parcels N] [--twin clean|degenerate|dirty] [--seed N]"

    /// Nil for what is no such command line.
    init?(_ arguments: some Collection<String>) {
        guard let folder = arguments.first, !folder.hasPrefix("-") else { return nil }
        self.folder = folder
        var rest = arguments.dropFirst()
        while let option = rest.popFirst() {
            guard let value = rest.popFirst() else { return nil }
            switch option {
            case "--parcels":
                guard let number = Int(value), (1...50_000_000).contains(number) else { return nil }
                parcels = number
            case "--twin":
                guard let named = Twin(rawValue: value) else { return nil }
                twin = named
            case "--seed":
                guard let number = UInt64(value) else { return nil }
                seed = number
            default: return nil
            }
        }
    }
}
