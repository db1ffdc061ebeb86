import Service
import Spatial
import Store

/// Why a command ended without doing what was asked, and the exit code that says so.
enum Failure: Error {
    /// In Persian and in English: what was wrong, and what was expected.
    case badInput(String, String)
    case machine(String, String)
    case service(ServiceError)

    var code: ExitCode {
        switch self {
        case .badInput: .badInput
        case .machine: .machine
        case .service(let error): error.exitCode
        }
    }

    func message(in language: Language) -> String {
        switch self {
        case .badInput(let persian, let english), .machine(let persian, let english): language(persian, english)
        case .service(let error): error.message(in: language)
        }
    }
}

/// Runs a step of the service's, its errors carried over.
func serving<Result: ~Copyable>(_ step: () throws(ServiceError) -> Result) throws(Failure) -> Result {
    do { return try step() } catch { throw .service(error) }
}

/// Reads what was typed of a question.
func asking<Result>(_ read: () throws(AskingFault) -> Result) throws(Failure) -> Result {
    do { return try read() } catch { throw .badInput(error.message(in: .fa, mark: "--"), error.message(in: .en, mark: "--")) }
}
