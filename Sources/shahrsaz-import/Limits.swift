import CGDAL
import Glibc

/// The bounds that this process sets itself before a parser sees a byte of the file.
struct Limits {
    var memory: Int?
    var processor: Int?

    /// Reads `--memory BYTES --processor SECONDS`; nil where something else stands there.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard let text = rest.popFirst(), let value = Int(text), value > 0 else { return nil }
            switch name {
            case "--memory": memory = value
            case "--processor": processor = value
            default: return nil
            }
        }
    }

    func set() {
        if let memory { Self.limit(__rlimit_resource_t(RLIMIT_AS.rawValue), memory) }
        if let processor { Self.limit(__rlimit_resource_t(RLIMIT_CPU.rawValue), processor) }
        Self.limit(__rlimit_resource_t(RLIMIT_CORE.rawValue), 0)
        cgdal_die_with_parent()
    }

    private static func limit(_ resource: __rlimit_resource_t, _ value: Int) {
        var bounds = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
        unsafe setrlimit(resource, &bounds)
    }
}
