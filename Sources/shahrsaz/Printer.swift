import Glibc
import Importing
import Service

/// The program that puts a signed answer on paper: a process of its own, so that no question waits for Pango.
struct Printer {
    private let path: String

    /// Looks for it before anything is asked or a number is spent.
    init() throws(Failure) {
        guard let path = ImporterProcess.beside("shahrsaz-print"), OperatingSystem.exists(path) else {
            throw .machine("برنامهٔ shahrsaz-print در کنار این برنامه نیست", "the program shahrsaz-print is not beside this one")
        }
        self.path = path
    }

    /// Where the paper goes to when it is no file: the standard output, which is then no terminal.
    static let output = "-"

    static func refuseTerminal() throws(Failure) {
        guard isatty(STDOUT_FILENO) == 0 else {
            throw .badInput(
                "خروجی پایانه است و این بایت‌ها متن نیست؛ با > به پرونده‌ای بفرستید",
                "the output is a terminal, and these bytes are no text; send them to a file with >")
        }
    }

    /// Becomes the printer, which reads these bytes, so that its exit code is this one's. Returns only where that fails.
    func become(_ words: [String], _ arguments: Arguments, _ language: Language, input: [UInt8]) -> Failure {
        let style = arguments.value("style").map { ["--style", $0] } ?? []
        let words = [path, "--city", Command.cityPath(arguments), "--lang", language.rawValue] + style + words
        func reason() -> String { unsafe String(cString: strerror(errno)) }
        guard let file = unsafe tmpfile() else { return .machine("پروندهٔ موقت: \(reason())", "a temporary file: \(reason())") }
        guard unsafe fwrite(input, 1, input.count, file) == input.count, unsafe fflush(file) == 0, unsafe fseek(file, 0, SEEK_SET) == 0,
            unsafe dup2(fileno(file), STDIN_FILENO) == STDIN_FILENO
        else { return .machine("پروندهٔ موقت: \(reason())", "a temporary file: \(reason())") }
        var pointers = unsafe words.map { unsafe strdup($0) } + [nil]
        unsafe execv(path, &pointers)
        return .machine("\(path): \(reason())", "\(path): \(reason())")
    }
}
