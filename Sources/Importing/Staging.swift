import Persian
import Spatial

/// Turns the features of one file into staged rows: how its texts and coordinates are read is decided once, for all of them.
package struct Staging {
    package private(set) var head: StagedHead
    private let request: ImportRequest
    private let file: String
    private let encoding: TextEncoding
    private let map: ColumnMap
    private let ground: GeometryCheck?
    private let boundary: CityBoundary?
    /// The code that several rows carry → the first of them.
    private var repeated: [String: String] = [:]
    private var codes: [String: String] = [:]
    private var geometries: [GeometryKey: String] = [:]

    /// - Parameter invalidity: what is wrong with an area in the file's own coordinates, in GEOS's words.
    package init(
        _ source: SourceHead, _ survey: Survey, _ request: ImportRequest, invalidity: @escaping ([UInt8]) -> String?
    ) throws(ImportError) {
        self.request = request
        file = source.file
        var faults = source.faults
        encoding = try Self.encoding(source, survey, request, &faults)
        var names: [String] = []
        for column in source.columns { names.append(encoding.decode(column) ?? Self.escaped(column)) }
        if survey.count == 0, names.isEmpty {
            throw ImportError.damaged(file: file, reason: "holds nothing, expected \(request.role.rawValue)")
        }
        map = try ColumnMap(names, for: request, file: file)
        var crs: String?
        var operation: Operation?
        var grid: Grid?
        if survey.hasGeometry || [.area, .areaOrLine, .any].contains(request.role.ground) {
            let placing = try Placing(source, survey, request)
            faults += placing.faults
            let chosen: Grid
            if let origin = request.city.origin { chosen = origin } else { chosen = try Self.proposedGrid(survey, placing.placement, file) }
            ground = GeometryCheck(
                role: request.role, placement: placing.placement, grid: chosen, invalidity: invalidity)
            (crs, operation, grid) = (placing.placement.reading.crs, placing.placement.operation, chosen)
        } else {
            ground = nil
        }
        boundary = request.role == .boundary ? nil : request.city.boundary.map { CityBoundary($0) }
        faults += map.doubtful(for: request, file: file)
        if survey.count == 0 {
            faults.append(ImportFault(.noRows, .error, "\(file): holds nothing, expected \(request.role.rawValue)"))
        }
        head = StagedHead(
            driver: source.driver, layer: source.layer, layers: source.layers, crs: crs, operation: operation,
            encoding: (source.tableEncoding ?? encoding).name, columns: names, map: map.fields, count: survey.count, grid: grid,
            faults: faults)
    }

    /// Whether the codes must be looked at (`note`) before the first row is staged.
    package var needsCodes: Bool { request.role.hasUniqueCodes }

    /// Takes note of a feature's code: of repeated ones the first says so too.
    package mutating func note(_ feature: SourceFeature) {
        guard let field = request.role.codeField, let code = text(of: field, feature).map({ Folding.code($0) }) else { return }
        guard !code.isEmpty else { return }
        if let first = codes[code] { repeated[code] = first } else { codes[code] = feature.line }
    }

    package mutating func row(_ feature: SourceFeature) -> StagedRow {
        var row = StagedRow(line: feature.line, original: feature.original)
        readTexts(feature, &row)
        for remark in feature.remarks {
            add(remark.code, remark.severity, remark.text, nil, &row)
        }
        placeGround(feature, &row)
        checkCode(&row)
        return row
    }
}

extension Staging {
    private func text(of field: String, _ feature: SourceFeature) -> String? {
        guard let column = map.columns[field], let bytes = feature.cells[column] else { return nil }
        return Folding.stored(encoding.decode(bytes) ?? Self.escaped(bytes))
    }

    /// Bytes that are no text, kept readable: `\xED` for each that is no ASCII letter.
    private static func escaped(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            byte < 0x80 ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private func readTexts(_ feature: SourceFeature, _ row: inout StagedRow) {
        var texts: [String?] = []
        for (column, cell) in feature.cells.enumerated() {
            guard let cell else {
                texts.append(nil)
                continue
            }
            let decoded = encoding.decode(cell)
            if decoded == nil {
                let bytes = "the text \(Self.escaped(cell)) in \(map.names[column])"
                add(.textUndecodable, .error, "\(bytes) is not \(encoding.name); name its encoding by --encoding", nil, &row)
            }
            let text = Folding.stored(decoded ?? Self.escaped(cell))
            texts.append(text.isEmpty ? nil : text)
        }
        for (field, column) in map.columns { row.fields[field] = texts[column] }
        for column in map.unmapped where row.unmapped[map.names[column]] == nil {
            row.unmapped[map.names[column]] = texts[column]
        }
    }

    private mutating func placeGround(_ feature: SourceFeature, _ row: inout StagedRow) {
        guard let ground else { return }
        let (geometry, findings) = ground.check(feature.ground)
        row.geometry = geometry
        for finding in findings { add(finding.code, .error, finding.text, finding.place, &row) }
        guard let geometry, findings.isEmpty else { return }
        let key = GeometryKey(geometry)
        let place = geometry.box.map { ground.grid.metres(Point(x: $0.minX, y: $0.minY)) }.map { Position(x: $0.x, y: $0.y) }
        if request.role != .addresses, let first = geometries[key] {
            let severity: ImportFault.Severity = request.role == .parcels ? .error : .warning
            add(.duplicateGeometry, severity, "the same geometry as \(first)", place, &row)
        } else {
            geometries[key] = feature.line
        }
        if let boundary, !boundary.meets(geometry) {
            let away = Text.away(boundary.distance(to: geometry))
            add(.outsideCity, .warning, "lies outside the city's boundary, \(away) from it", place, &row)
        }
    }

    private func checkCode(_ row: inout StagedRow) {
        if request.role == .addresses {
            if row.fields["text"] == nil, row.fields["street"] == nil {
                add(.addressEmpty, .error, "neither text nor street, expected one of them", nil, &row)
            }
            if row.geometry == nil, row.fields["parcel"] == nil, row.faults.isEmpty {
                add(.geometryMissing, .error, "neither a point nor a parcel, expected one of them", nil, &row)
            }
        }
        let needed = request.role.fields.filter { $0.isNeeded && (!request.role.isTable || $0.name == request.role.codeField) }
        for field in needed where row.fields[field.name] == nil {
            // A street without a name is still a street.
            add(.codeMissing, request.role == .streets ? .warning : .error, "no \(field.name)", nil, &row)
        }
        guard let field = request.role.codeField, let text = row.fields[field] else { return }
        let code = Folding.code(text)
        row.code = code
        guard let first = repeated[code] else { return }
        let which = first == row.line ? "stands again further on" : "stands already in \(first)"
        add(.codeRepeated, .error, "the \(field) \(code) \(which)", nil, &row)
    }

    /// Adds a fault; the first that makes a feature unfit is the reason of its quarantine.
    private func add(
        _ code: ImportFault.Code, _ severity: ImportFault.Severity, _ text: String, _ place: Position?, _ row: inout StagedRow
    ) {
        let at = place.map { ImportFault.Place(x: $0.x, y: $0.y) }
        row.faults.append(ImportFault(code, severity, "\(file), \(row.line): \(text)", at: at))
        let isUnfit = severity == .error && code != .duplicateGeometry && !request.role.isTable
        if isUnfit, row.quarantine == nil { row.quarantine = text }
    }

    /// The encoding asked for, else the one stated, else the one that the bytes speak for; what is guessed is said.
    private static func encoding(
        _ source: SourceHead, _ survey: Survey, _ request: ImportRequest, _ faults: inout [ImportFault]
    ) throws(ImportError) -> TextEncoding {
        if source.tableEncoding != nil { return .utf8 }
        if let asked = request.encoding {
            if let encoding = TextEncoding(named: asked) { return encoding }
            throw .encoding(file: source.file, reason: "no encoding \(asked); expected one such as UTF-8 or windows-1256")
        }
        if let stated = source.encoding { return stated }
        let likely = survey.evidence.likely ?? .utf8
        if survey.evidence.foreign > 0 {
            faults.append(
                ImportFault(
                    .guessedEncoding, .warning,
                    "\(source.file): states no encoding of its texts; read as \(likely.name), as its bytes look; "
                        + "--encoding names another"))
        }
        return likely
    }

    /// The grid for a city that has none: its origin in the middle of the features, on a whole metre.
    private static func proposedGrid(_ survey: Survey, _ placement: Placement, _ file: String) throws(ImportError) -> Grid {
        let middle = Position(x: (survey.least.x + survey.greatest.x) / 2, y: (survey.least.y + survey.greatest.y) / 2)
        guard let place = try? placement.placed(middle), max(place.x.magnitude, place.y.magnitude) < 1e8 else {
            throw .misplaced(file: file, reason: "holds no place that the city's grid could lie around")
        }
        return Grid(originX: Int64(place.x.rounded()) * 1000, originY: Int64(place.y.rounded()) * 1000)
    }
}
