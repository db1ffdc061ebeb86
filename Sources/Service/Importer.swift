import Importing
import Spatial
import Store

/// Reads other people's files in a process of its own, so that what crashes or hangs there is an error here.
package struct Importer: Sendable {
    private let executable: String

    /// The importing program that lies beside this one.
    package static func beside() throws(ServiceError) -> Importer {
        guard let executable = ImporterProcess.beside() else {
            throw .importer(.notStarted(executable: "shahrsaz-import", reason: "the place of this program is unknown"))
        }
        return Importer(executable: executable)
    }

    package init(executable: String) {
        self.executable = executable
    }

    /// What was read of a file: whole, or an error.
    struct Reading {
        var head: StagedHead
        var rows: [StagedRow]
        var sha256: Digest

        /// The ground that the rows take up.
        var box: Box? {
            rows.lazy.compactMap { $0.geometry?.box }.reduce(nil) { found, box in found.map { $0.united(with: box) } ?? box }
        }
    }

    func read(_ request: ImportRequest, progress: @escaping (Int) -> Void) throws(ServiceError) -> Reading {
        let sha256 = try storing { () throws(StoreError) in try Digest(ofFile: request.file) }
        var head: StagedHead?
        var rows: [StagedRow] = []
        do {
            _ = try ImporterProcess.run(
                executable: executable, request: request,
                onHead: { value in
                    head = value
                    return true
                },
                onRow: { row in
                    rows.append(row)
                    return true
                },
                onProgress: { done, _ in progress(done) })
        } catch {
            switch error {
            case .notStarted, .failed: throw .importer(error)
            case .refused(let reason): throw .badInput(.refused(reason))
            default: throw .badInput(.reader(file: request.file, error))
            }
        }
        guard let head else { throw .badInput(.reader(file: request.file, .endedEarly(rows: 0))) }
        return Reading(head: head, rows: rows, sha256: sha256)
    }
}
