import Formats
import Service

/// The commands there are: each with its syntax and what it does. A command that does not work is not here.
struct Command: Sendable {
    let syntax: Syntax
    let action: Action

    /// What a command does: at once, or with work on several threads. A question is asked at once, for starting a pool of threads
    /// takes a good part of the time of an answer.
    enum Action: Sendable {
        case direct(@Sendable (Arguments, Language) throws(Failure) -> ExitCode)
        case concurrent(@Sendable (Arguments, Language) async throws(Failure) -> ExitCode)
    }

    init(syntax: Syntax, run: @escaping @Sendable (Arguments, Language) throws(Failure) -> ExitCode) {
        self.init(syntax: syntax, action: .direct(run))
    }

    private init(syntax: Syntax, action: Action) {
        self.syntax = syntax
        self.action = action
    }

    static func concurrent(
        syntax: Syntax, run: @escaping @Sendable (Arguments, Language) async throws(Failure) -> ExitCode
    ) -> Command {
        Command(syntax: syntax, action: .concurrent(run))
    }

    /// What the words of a command line come to.
    enum Order {
        /// It is done: help was asked for.
        case done(ExitCode)
        case run(Action, Arguments)
    }

    static var all: [Command] {
        [
            .initialise, .import, .deliveries, .delivery, .acceptance, .reject, .revisions, .diff, .whereabouts, .lint, .at, .parcel,
            .address, .certificate, .map, .batch, .verify, .replay, .keyCommand, .log, .backup, .restore, .export, .serve,
        ]
    }

    /// The command of a name; nil where there is none. Where a question is asked the others' syntax is not made.
    private static func named(_ name: String) -> Command? {
        switch name {
        case "at": .at
        case "parcel": .parcel
        case "address": .address
        default: all.first { $0.syntax.name == name }
        }
    }

    /// Finds the command among the words; `--city` and `--lang` may stand before it.
    static func named(_ words: [String], _ language: Language) throws(Failure) -> Order {
        var ahead: [String] = []
        var rest = words[...]
        while let word = rest.first, word.hasPrefix("--") {
            rest.removeFirst()
            switch word {
            case "--help":
                Terminal.print(overview(language))
                return .done(.done)
            case "--version":
                Terminal.print("shahrsaz \(Version.text)\n")
                return .done(.done)
            default:
                ahead.append(word)
                if !word.contains("="), let value = rest.popFirst() { ahead.append(value) }
            }
        }
        guard let name = rest.popFirst() else {
            Terminal.print(overview(language))
            return .done(.badInput)
        }
        guard let command = named(name) else {
            let nearest = Nearest.name(to: name, among: all.map(\.syntax.name))
            throw .badInput(
                "فرمان «\(name)» نیست" + (nearest == nil ? "؛ shahrsaz --help را ببینید" : Nearest.suggestion(nearest, .fa)),
                "there is no command «\(name)»" + (nearest == nil ? "; see shahrsaz --help" : Nearest.suggestion(nearest, .en)))
        }
        let arguments: Arguments
        do { arguments = try Arguments(ahead + rest, for: command.syntax) } catch { throw .badInput(error.persian, error.english) }
        if arguments.has("help") {
            Terminal.print(command.syntax.help(language))
            return .done(.done)
        }
        if let lang = arguments.value("lang"), Language(rawValue: lang) == nil {
            throw .badInput("--lang یکی از fa و en را می‌خواهد، نه «\(lang)»", "--lang expects fa or en, not «\(lang)»")
        }
        return .run(command.action, arguments)
    }

    private static func overview(_ language: Language) -> String {
        var text =
            language(
                "شهرساز \(Version.text): کدام ضابطه در این‌جا حاکم است، با بندی که می‌گوید\n\nshahrsaz [--city FILE] فرمان …\n\n",
                "shahrsaz \(Version.text): which regulations apply to a place, with the clause that says so\n\nshahrsaz [--city FILE] COMMAND …\n\n"
            )
        let width = all.map { $0.syntax.name.count + $0.syntax.operands.count }.max() ?? 0
        for command in all {
            let form = command.syntax.name + (command.syntax.operands.isEmpty ? "" : " " + command.syntax.operands)
            text +=
                "  " + form + String(repeating: " ", count: width + 3 - form.count)
                + language(command.syntax.persian, command.syntax.english) + "\n"
        }
        return text
            + language(
                "\nshahrsaz فرمان --help گزینه‌ها را می‌گوید. خروج: ۰ انجام شد · ۱ انجام شد و کاستی دارد · ۲ ورودی نادرست · ۳ خطای دستگاه\n",
                "\nshahrsaz COMMAND --help lists its options. Exit: 0 done · 1 done and found wanting · 2 bad input · 3 the machine failed\n"
            )
    }
}
