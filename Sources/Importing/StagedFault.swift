package import Formats

/// Why lines are not what the importing process writes. The city never takes such a delivery in.
package enum StagedFault: Error, Hashable, Sendable {
    case notJSON(JSON.Fault)
    /// A line of more bytes than `StagedReader.lineLimit`.
    case tooLong(bytes: Int)
    case shape(where: String, expected: String)
    /// A line of another kind than the one that must stand here.
    case order(expected: String)
    case count(announced: Int, read: Int)
}

extension StagedFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notJSON(let fault): "not JSON: \(fault)"
        case .tooLong(let bytes): "a line of \(bytes) bytes, expected at most \(StagedReader.lineLimit)"
        case .shape(let place, let expected): "\(place): expected \(expected)"
        case .order(let expected): "expected \(expected)"
        case .count(let announced, let read): "\(announced) rows announced at the end, \(read) read"
        }
    }
}
