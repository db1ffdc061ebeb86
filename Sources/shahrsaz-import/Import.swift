import CGDAL
import Formats
import Glibc
import Importing

/// The whole of this program: a request in, staged lines out.
enum Import {
    /// - Returns: the exit code: 0 done, 2 the file is refused, 3 the machine or the caller failed.
    static func run(_ arguments: [String]) -> Int32 {
        guard let limits = Limits(arguments) else {
            Streams.say("shahrsaz-import is started by shahrsaz; it takes --memory BYTES and --processor SECONDS")
            return 3
        }
        limits.set()
        do throws(ImportError) {
            try stage(try request())
            return 0
        } catch {
            Streams.say("\(error)")
            return error.isMachines ? 3 : 2
        }
    }

    private static func request() throws(ImportError) -> ImportRequest {
        guard let bytes = Streams.input() else { throw .output(reason: "no request could be read") }
        let json: JSON
        do { json = try JSON(parsing: bytes) } catch { throw .request(.notJSON(error)) }
        do { return try ImportRequest(json) } catch { throw .request(error) }
    }

    private static func stage(_ request: ImportRequest) throws(ImportError) {
        let file = try LocalFile(request.file)
        if case .refused(let found) = file.kind { throw .kind(file: file.name, found: found) }
        guard !request.role.isTable || file.kind == .csv else {
            throw .kind(file: file.name, found: "not a table; \(request.role.rawValue) come as CSV")
        }
        if file.kind == .csv {
            guard request.role.isTable || request.role == .addresses else {
                throw .kind(file: file.name, found: "a table without geometry, which \(request.role.rawValue) need")
            }
            let table = try TableSource(try file.contents(), file: file.name, request)
            try Staging.run(table.head, request, each: table.each, write: Streams.output, progress: progress)
            return
        }
        GDAL.prepare()
        if file.kind == .dxf {
            let drawing = try Drawing(file, request)
            try Staging.run(
                drawing.head, drawing.request, invalidity: Ground.invalidity, each: drawing.each, write: Streams.output, progress: progress)
            return
        }
        let flaw = file.kind == .shapefile ? try file.shapefileFlaw() : nil
        let faults = flaw.map { [ImportFault(.truncated, .error, "\(file.name): \($0)")] } ?? []
        let dataset: Dataset
        do {
            dataset = try Dataset(path: file.path, file: file.name, kind: file.kind)
        } catch {
            // The header's claim tells more than what the parser makes of it.
            guard let flaw, case .damaged(let name, let reason) = error else { throw error }
            throw .damaged(file: name, reason: "\(flaw); \(reason)")
        }
        let reader = try FeatureReader(dataset, layer: request.sourceLayer, encoding: nil, faults: faults)
        try Staging.run(
            reader.head, request, invalidity: Ground.invalidity, each: { body throws(ImportError) in try reader.each(body) },
            write: Streams.output, progress: progress)
    }

    private static func progress(_ rows: Int) { Streams.say("progress \(rows)") }
}
