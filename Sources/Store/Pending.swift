import Formats
import Spatial
enum Folding { static func key(_ t: String) -> String { t.lowercased() } }
