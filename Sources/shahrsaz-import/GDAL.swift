import CGDAL
import Importing

/// GDAL with only the drivers that read the formats we take, and nothing that reaches beyond the file it is given.
enum GDAL {
    static func prepare() {
        cgdal_keep_quiet()
        for (name, value) in options { unsafe CPLSetConfigOption(name, value) }
        RegisterOGRShape()
        RegisterOGRGeoJSON()
        RegisterOGRGeoPackage()
        RegisterOGRLIBKML()
        RegisterOGRKML()
        RegisterOGRDXF()
    }

    /// How closely arcs are followed, in degrees between one point and the next.
    static let arcStep = 0.5

    private static let options = [
        ("GDAL_DRIVER_PATH", "disable"), ("GDAL_PAM_ENABLED", "NO"),
        // Styles may name other files and addresses; nothing is asked of them.
        ("LIBKML_RESOLVE_STYLE", "NO"), ("LIBKML_EXTERNAL_STYLE", ""),
        ("OGR_SQLITE_LOAD_EXTENSIONS", ""), ("OGR_ARC_STEPSIZE", "0.5"),
        // A block that is drawn once and placed forty times would come as forty heaps of lines.
        ("DXF_INLINE_BLOCKS", "FALSE"),
    ]

    /// GDAL's words for what went wrong since `forget`; nil where nothing did.
    static var complaint: String? {
        guard CPLGetLastErrorType() == CE_Failure || CPLGetLastErrorType() == CE_Fatal else { return nil }
        let words = unsafe String(cString: CPLGetLastErrorMsg())
        // Where in GDAL's own source it happened helps nobody.
        guard words.hasPrefix("./"), let end = words.firstRange(of: ": ") else { return words }
        return String(words[end.upperBound...])
    }

    static func forget() { CPLErrorReset() }
}

/// The bytes of a C string that GDAL owns.
func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8]? {
    guard let text = unsafe text else { return nil }
    return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
}

/// A C string that GDAL owns, read as UTF-8.
func text(_ pointer: UnsafePointer<CChar>?) -> String? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe String(cString: pointer)
}
