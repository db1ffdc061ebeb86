import Formats
import Persian

/// Which column each field is read from.
struct ColumnMap: Hashable {
    /// The columns' names as texts, in the order of the file.
    let names: [String]
    /// Field → the number of its column.
    let columns: [String: Int]
    /// The columns that no field is read from.
    let unmapped: [Int]

    /// Takes the mapped columns, and for a field of the role that is not mapped the column of the same name.
    ///
    /// A name is found as it stands, or else however it is cased and folded. A mapped field need not be one of the role's: it
    /// is kept as a fact.
    init(_ names: [String], for request: ImportRequest, file: String) throws(ImportError) {
        var columns: [String: Int] = [:]
        for (field, column) in request.map.sorted(by: { $0.key < $1.key }) {
            guard let index = Self.find(column, in: names) else {
                throw .column(file: file, field: field, asked: column, there: names)
            }
            columns[field] = index
        }
        for field in request.role.fields where columns[field.name] == nil {
            if let index = Self.find(field.name, in: names) {
                columns[field.name] = index
            } else if field.isNeeded {
                throw .column(file: file, field: field.name, asked: nil, there: names)
            }
        }
        if request.role == .addresses, columns["text"] == nil, columns["street"] == nil {
            throw .column(file: file, field: "text", asked: nil, there: names)
        }
        self.names = names
        self.columns = columns
        let taken = Set(columns.values)
        unmapped = names.indices.filter { !taken.contains($0) }
    }

    /// Field → the column's name.
    var fields: [String: String] { columns.mapValues { names[$0] } }

    /// A mapped field that is none of the role's but nearly named as one, `deedAera`; and in a planner's table a column that no
    /// field is read from.
    func doubtful(for request: ImportRequest, file: String) -> [ImportFault] {
        let role = request.role
        let own = role.fields.map(\.name)
        let misspelt = request.map.keys.sorted().filter { !own.contains($0) }.compactMap { field in
            Nearest.closely(to: field, in: own).map { nearest in
                let text = "\(file): the mapped field \(field) is none of \(role.rawValue), and is kept as a fact; nearest: \(nearest)"
                return ImportFault(.unknownColumn, .warning, text)
            }
        }
        guard role.isTable else { return misspelt }
        let free = role.fields.map(\.name).filter { columns[$0] == nil }
        return misspelt
            + unmapped.map { index in
                let nearest = Nearest.closely(to: names[index], in: free).map { "; nearest: \($0)" } ?? ""
                let text = "\(file): the column \(names[index]) is no field of \(role.rawValue)\(nearest)"
                return ImportFault(.unknownColumn, .warning, text)
            }
    }

    private static func find(_ name: String, in names: [String]) -> Int? {
        if let exact = names.firstIndex(of: name) { return exact }
        let folded = fold(name)
        return names.firstIndex { fold($0) == folded }
    }

    private static func fold(_ name: String) -> String { Folding.code(name).lowercased() }
}
