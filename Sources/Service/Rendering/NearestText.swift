package import Formats

extension Nearest {
    /// The question whether that was meant, to stand behind an error; nothing where nothing is near.
    package static func suggestion(_ nearest: String?, _ language: Language) -> String {
        nearest.map { language("؛ منظورتان \($0) بود؟", "; did you mean \($0)?") } ?? ""
    }
}
