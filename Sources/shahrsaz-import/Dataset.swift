import CGDAL
import Importing

/// A file that one of GDAL's drivers holds open for reading.
@safe
final class Dataset {
    private let handle: GDALDatasetH
    private let path: String
    let file: String

    /// Opens a local file with exactly one driver.
    init(path: String, file: String, kind: FileKind) throws(ImportError) {
        self.path = path
        self.file = file
        let drivers = kind == .kml ? ["LIBKML", "KML"] : [kind.driver ?? ""]
        let options = kind == .shapefile ? ["ENCODING="] : kind == .geoJSON ? ["DATE_AS_STRING=YES"] : []
        GDAL.forget()
        let flags = UInt32(GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR)
        let allowed = List(drivers)
        let settings = List(options)
        guard let handle = unsafe GDALOpenEx(path, flags, allowed.pointer, settings.pointer, nil) else {
            let reason = (GDAL.complaint ?? "no reason given").replacing(path, with: file)
            guard !reason.hasSuffix("not recognized as a supported file format.") else {
                throw .damaged(file: file, reason: "is no \(drivers[0]), whatever its name says\(kind.expectation)")
            }
            throw .damaged(file: file, reason: "cannot be read as \(drivers[0]) (\(reason))")
        }
        unsafe self.handle = unsafe handle
    }

    deinit { unsafe GDALClose(handle) }

    /// GDAL's words for what went wrong since `GDAL.forget`, the file named as in all messages; nil where nothing did.
    var complaint: String? { GDAL.complaint?.replacing(path, with: file) }

    var driver: String {
        unsafe text(GDALGetDriverShortName(GDALGetDatasetDriver(handle))) ?? ""
    }

    /// The layers that hold features. Of a drawing's two, blocks are not ground.
    var layerNames: [String] {
        let layerCount = unsafe GDALDatasetGetLayerCount(handle)
        return (0..<layerCount).compactMap { index in
            unsafe GDALDatasetGetLayer(handle, index).flatMap { unsafe text(OGR_L_GetName($0)) }
        }
    }

    /// The layer asked for, or the only one.
    func layer(named name: String?) throws(ImportError) -> OGRLayerH {
        let names = layerNames
        guard !names.isEmpty else { throw .noLayer(file: file) }
        guard name != nil || names.count == 1 else { throw .layers(file: file, there: names) }
        let wanted = name ?? names[0]
        guard let layer = unsafe GDALDatasetGetLayerByName(handle, wanted) else {
            throw .unknownLayer(file: file, asked: wanted, there: names)
        }
        return unsafe layer
    }
}

/// A list of texts as GDAL takes them.
@safe
struct List: ~Copyable {
    private let owned: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?

    init(_ texts: [String]) {
        var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        for text in texts { unsafe list = unsafe CSLAddString(list, text) }
        unsafe owned = unsafe list
    }

    deinit { unsafe CSLDestroy(owned) }

    /// Only valid while this list lives.
    var pointer: UnsafePointer<UnsafePointer<CChar>?>? {
        unsafe UnsafeRawPointer(owned)?.assumingMemoryBound(to: UnsafePointer<CChar>?.self)
    }
}
