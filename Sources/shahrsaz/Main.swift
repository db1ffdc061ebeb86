import Dispatch
import Glibc
import Service

@main
enum Main {
    static func main() {
        _ = signal(SIGPIPE, SIG_IGN)
        let words = Array(CommandLine.arguments.dropFirst())
        let language = Language.chosen(words)
        do throws(Failure) {
            switch try Command.named(words, language) {
            case .done(let code): end(code)
            case .run(.direct(let run), let arguments): end(try run(arguments, language))
            case .run(.concurrent(let run), let arguments):
                Task {
                    do throws(Failure) { end(try await run(arguments, language)) } catch { end(error, language) }
                }
                dispatchMain()
            }
        } catch {
            end(error, language)
        }
    }

    /// Errors become one line on standard error and an exit code, here alone.
    private static func end(_ failure: Failure, _ language: Language) -> Never {
        Terminal.complain(failure.message(in: language))
        end(failure.code)
    }

    private static func end(_ code: ExitCode) -> Never { exit(code.rawValue) }
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
