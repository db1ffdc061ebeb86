extension AskingFault {
    /// What was wrong, and what was expected.
    ///
    /// - Parameter mark: what stands before a parameter's name: `--` on the command line.
    package func message(in language: Language, mark: String = "") -> String {
        switch self {
        case .known(let text):
            language(
                "\(mark)known شمارهٔ نسخه یا زمانی مانند 2026-11-23T12:00:00Z می‌خواهد، نه «\(text)»",
                "\(mark)known expects a revision's number or a time such as 2026-11-23T12:00:00Z, not «\(text)»")
        case .knownInFuture(let text):
            language(
                "\(mark)known «\(text)» در آینده است؛ شمارهٔ نسخه یا زمانی تا اکنون انتظار می‌رفت",
                "\(mark)known «\(text)» lies in the future; expected a revision's number, or a time until now")
        case .fact(let text):
            language(
                "\(mark)fact به شکل NAME=VALUE است، مانند frontage=12، نه «\(text)»",
                "\(mark)fact expects NAME=VALUE, such as frontage=12, not «\(text)»")
        case .factTwice(let name): language("\(mark)fact \(name) دو بار داده شد", "\(mark)fact \(name) was given twice")
        }
    }
}
