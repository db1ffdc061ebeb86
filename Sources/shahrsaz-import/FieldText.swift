import CGDAL
import Glibc

/// A field's value as text, in the bytes that the file has.
enum FieldText {
    /// Nil where the field is not set, null or blank.
    static func bytes(_ feature: OGRFeatureH, _ index: Int32, _ type: OGRFieldType) -> [UInt8]? {
        guard unsafe OGR_F_IsFieldSetAndNotNull(feature, index) != 0 else { return nil }
        switch type {
        case OFTReal: return Array(number(unsafe OGR_F_GetFieldAsDouble(feature, index)).utf8)
        case OFTDate: return unsafe day(feature, index).map { Array($0.utf8) }
        default:
            guard let text = unsafe OGR_F_GetFieldAsString(feature, index) else { return nil }
            let bytes = unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
            return bytes.isEmpty ? nil : bytes
        }
    }

    /// The shortest digits of the double; a whole number has no point.
    private static func number(_ value: Double) -> String {
        if value.magnitude < 9_007_199_254_740_992, let whole = Int64(exactly: value) { return String(whole) }
        return String(value)
    }

    private static func day(_ feature: OGRFeatureH, _ index: Int32) -> String? {
        var (year, month, day): (Int32, Int32, Int32) = (0, 0, 0)
        guard unsafe OGR_F_GetFieldAsDateTime(feature, index, &year, &month, &day, nil, nil, nil, nil) != 0 else { return nil }
        func padded(_ value: Int32, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}
