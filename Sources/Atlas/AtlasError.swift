/// Why a file can't be used as an atlas, or none be written.
package enum AtlasError: Error, Hashable {
    /// There is no such file.
    case absent(path: String)
    /// Not an atlas, of another version, cut short, or with a header or page that does not fit its checksum.
    case unusable(path: String, reason: String)
    case io(path: String, reason: String)
}

extension AtlasError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .absent(let path): "there is no file \(path)"
        case .unusable(let path, let reason): "\(path): \(reason)"
        case .io(let path, let reason): "\(path): \(reason)"
        }
    }
}
