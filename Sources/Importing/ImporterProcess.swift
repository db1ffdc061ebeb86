import Formats

/// Runs `shahrsaz-import` on one file: other people's parsers crash, hang and eat memory in a process of their own, and each of
/// that comes out as an error here.
package enum ImporterProcess {
    package struct Limits: Hashable, Sendable {
        /// Bytes of address space.
        package var memory: Int
        /// Seconds of processor time.
        package var processor: Int
        /// Seconds on the wall.
        package var wall: Int

        package init(memory: Int = 4 << 30, processor: Int = 600, wall: Int = 900) {
            self.memory = memory
            self.processor = processor
            self.wall = wall
        }
    }

    /// The program of that name beside the one that runs; nil where the system does not say where that is.
    package static func beside(_ name: String = "shahrsaz-import") -> String? {
        ChildProcess.ownPath.flatMap { path in
            path.lastIndex(of: "/").map { path[...$0] + name }
        }
    }

    /// Stages a file: its head first, then its rows as they come.
    ///
    /// The rows handed over count only once this returns: whatever fails later makes the whole delivery fail.
    /// - Parameters:
    ///   - onHead, onRow: false ends the process and throws `.stopped`.
    ///   - onProgress: rows read up to now, of how many.
    /// - Returns: the number of rows.
    package static func run(
        executable: String, request: ImportRequest, limits: Limits = Limits(),
        onHead: (StagedHead) -> Bool, onRow: (StagedRow) -> Bool, onProgress: (Int, Int) -> Void = { _, _ in }
    ) throws(ImporterProcessError) -> Int {
        var child = try ChildProcess(
            executable: executable,
            arguments: ["--memory", String(limits.memory), "--processor", String(limits.processor)],
            input: request.json.canonical())
        var reader = StagedReader()
        var complaints = Complaints()
        var total = 0
        let ending = try child.converse(seconds: limits.wall) { bytes throws(ImporterProcessError) in
            do throws(StagedFault) {
                return try reader.feed(bytes) { line in
                    switch line {
                    case .head(let head):
                        total = head.count
                        return onHead(head)
                    case .row(let row): return onRow(row)
                    case .end: return true
                    }
                }
            } catch { throw .garbled(error) }
        } onError: { bytes in
            complaints.add(bytes) { done in onProgress(done, total) }
        }
        try complaints.judge(ending, limits)
        guard reader.isComplete else { throw .endedEarly(rows: reader.rows) }
        return reader.rows
    }
}
