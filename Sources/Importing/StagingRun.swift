import Formats

extension Staging {
    /// Reads a source and writes its staged lines: a look at all features, a look at the codes where they must differ, the rows.
    ///
    /// - Parameters:
    ///   - each: goes through the source's features from the first on, every time that it is called.
    ///   - write: takes the bytes of some lines at a time.
    ///   - progress: rows written up to now.
    package static func run(
        _ source: SourceHead, _ request: ImportRequest, invalidity: @escaping ([UInt8]) -> String? = { _ in nil },
        each: ((SourceFeature) throws(ImportError) -> Bool) throws(ImportError) -> Void,
        write: @escaping ([UInt8]) throws(ImportError) -> Void, progress: @escaping (Int) -> Void
    ) throws(ImportError) {
        var survey = Survey(columns: source.columns)
        try each { feature throws(ImportError) in
            survey.add(feature)
            return true
        }
        var staging = try Staging(source, survey, request, invalidity: invalidity)
        if staging.needsCodes {
            try each { feature throws(ImportError) in
                staging.note(feature)
                return true
            }
        }
        var lines: [UInt8] = []
        StagedLine.head(staging.head).append(to: &lines)
        var rows = 0
        try each { feature throws(ImportError) in
            StagedLine.row(staging.row(feature)).append(to: &lines)
            rows += 1
            if lines.count > 1 << 16 {
                try write(lines)
                lines.removeAll(keepingCapacity: true)
            }
            if rows.isMultiple(of: 1000) { progress(rows) }
            return true
        }
        StagedLine.end(rows: rows).append(to: &lines)
        try write(lines)
        progress(rows)
    }
}

extension StagedLine {
    fileprivate func append(to bytes: inout [UInt8]) {
        json.append(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }
}
