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
    /// A style sheet's file that can't be read, or is no JSON.
    case unread(reason: String)
    /// A font that is not there, or lacks letters that Persian needs.
    case font(family: String, found: String, missing: String)
    /// A text of more bytes than a QR code holds, or of none.
    case tooLong(bytes: Int, most: Int)
    /// Cairo's PDF has not the form that is added to: what was expected there.
    case pdf(expected: String)
    /// A paper is made of a signed answer, and this one has no signature.
    case unsigned
}

extension DocumentError {
    package var persian: String {
        switch self {
        case .cairo(let operation, let reason): "کشیدن نقشه نشد (\(operation)): \(reason)"
        case .size(let width, let height): "تصویر \(width)×\(height) نمی‌شود؛ هر ضلع ۱ تا ۸۱۹۲ پیکسل"
        case .spatial(let error): "جای عارضه در نقشه به دست نیامد: \(error)"
        case .style(let place, let expected): "شیوه‌نامهٔ نقشه، \(place): انتظار می‌رفت \(expected)"
        case .unread(let reason): "شیوه‌نامهٔ نقشه خوانده نشد: \(reason)"
        case .font(let family, let found, let missing):
            "قلم «\(family)» کار نمی‌کند: «\(found)» به جای آن آمد" + (missing.isEmpty ? "" : "، بی حرف‌های \(missing)")
        case .tooLong(let bytes, let most): "کد QR از ۱ تا \(most) بایت می‌گیرد، نه \(bytes)"
        case .pdf(let expected): "پی‌دی‌اف ساخته نشد: انتظار می‌رفت \(expected)"
        case .unsigned: "پاسخ امضا ندارد؛ گواهی کاغذی از پاسخ امضاشده ساخته می‌شود"
        }
    }

    package var english: String {
        switch self {
        case .cairo(let operation, let reason): "Cairo could not carry out the \(operation): \(reason)"
        case .size(let width, let height): "no picture of \(width) × \(height) pixels; expected 1 to 8192 on each side"
        case .spatial(let error): "a feature has no place on the map: \(error)"
        case .style(let place, let expected): "the map's style sheet, \(place): expected \(expected)"
        case .unread(let reason): "the map's style sheet can't be read: \(reason)"
        case .font(let family, let found, let missing):
            "the font \(family) is of no use: \(found) was found for it" + (missing.isEmpty ? "" : ", without \(missing)")
        case .tooLong(let bytes, let most): "a QR code takes 1 to \(most) bytes, not \(bytes)"
        case .pdf(let expected): "the PDF could not be made: expected \(expected)"
        case .unsigned: "the answer is not signed; a certificate on paper is made of a signed one"
        }
    }
}
