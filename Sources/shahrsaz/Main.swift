import Glibc
import Service

@main
enum Main {
    static func main() async {
        _ = signal(SIGPIPE, SIG_IGN)
        let code = await run(Array(CommandLine.arguments.dropFirst()))
        exit(code.rawValue)
    }

    /// Runs the command that the words name. Errors become one line on standard error and an exit code, here alone.
    private static func run(_ words: [String]) async -> ExitCode {
        let language = Language.chosen(words)
        do throws(Failure) {
            return try await Command.named(words, language)
        } catch {
            Terminal.complain(error.message(in: language))
            return error.code
        }
    }
}

/// DESIGN's exit codes.
enum ExitCode: Int32 {
    case done = 0
    case wanting = 1
    case badInput = 2
    case machine = 3
}

extension Language {
    /// `--lang` where it is given, else what LANG says.
    static func chosen(_ words: [String]) -> Language {
        for (position, word) in words.enumerated() {
            if word == "--lang", position + 1 < words.count { return Language(rawValue: words[position + 1]) ?? .en }
            if word.hasPrefix("--lang=") { return Language(rawValue: String(word.dropFirst(7))) ?? .en }
        }
        let locale = Environment.value("LC_ALL") ?? Environment.value("LC_MESSAGES") ?? Environment.value("LANG") ?? ""
        return locale.hasPrefix("fa") ? .fa : .en
    }
}
