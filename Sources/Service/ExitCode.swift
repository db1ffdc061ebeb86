import Store

/// How a command ends: DESIGN's exit codes.
package enum ExitCode: Int32, Sendable {
    case done = 0
    case wanting = 1
    case badInput = 2
    case machine = 3
}

extension ServiceError {
    package var exitCode: ExitCode {
        switch self {
        case .noSuchParcel, .addressFits, .loses: .wanting
        case .badInput: .badInput
        case .areasDisagree, .corrupt, .importer, .spatial: .machine
        case .store(let error):
            switch error {
            case .notACity, .newer, .older, .exists, .missing, .notAFile, .unreadable, .decided, .constraint, .exposed: .badInput
            case .headContradicts, .logFails: .wanting
            case .locked, .full, .io, .corrupt: .machine
            }
        }
    }
}
