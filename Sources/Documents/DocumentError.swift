package import Spatial

/// What can go wrong where something is drawn.
package enum DocumentError: Error, Hashable, Sendable {
    /// Cairo failed at something; the reason is its own message.
    case cairo(operation: String, reason: String)
    /// A picture of no size, or one larger than 8,192 pixels a side.
    case size(width: Int, height: Int)
    case spatial(SpatialError)
    /// A style sheet that cannot be read: where in it, and what was expected there.
    case style(place: String, expected: String)
    /// A font that is not there, or lacks letters that Persian needs.
    case font(family: String, found: String, missing: String)
}

extension DocumentError {
    package var persian: String {
        switch self {
        case .cairo(let operation, let reason): "کشیدن نقشه نشد (\(operation)): \(reason)"
        case .size(let width, let height): "تصویر \(width)×\(height) نمی‌شود؛ هر ضلع ۱ تا ۸۱۹۲ پیکسل"
        case .spatial(let error): "جای عارضه در نقشه به دست نیامد: \(error)"
        case .style(let place, let expected): "شیوه‌نامهٔ نقشه، \(place): انتظار می‌رفت \(expected)"
        case .font(let family, let found, let missing):
            "قلم «\(family)» کار نمی‌کند: «\(found)» به جای آن آمد" + (missing.isEmpty ? "" : "، بی حرف‌های \(missing)")
        }
    }

    package var english: String {
        switch self {
        case .cairo(let operation, let reason): "Cairo could not carry out the \(operation): \(reason)"
        case .size(let width, let height): "no picture of \(width) × \(height) pixels; expected 1 to 8192 on each side"
        case .spatial(let error): "a feature has no place on the map: \(error)"
        case .style(let place, let expected): "the map's style sheet, \(place): expected \(expected)"
        case .font(let family, let found, let missing):
            "the font \(family) is of no use: \(found) was found for it" + (missing.isEmpty ? "" : ", without \(missing)")
        }
    }
}
