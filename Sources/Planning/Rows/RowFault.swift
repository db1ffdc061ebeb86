/// What is wrong in one row of a planner's table: the importer adds file and line.
package struct RowFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let column: String
    /// Where in the cell, in Unicode scalars from one; nil where it is the whole cell.
    package let character: Int?
    /// What was found and what was expected.
    package let message: String

    package init(column: String, character: Int? = nil, message: String) {
        self.column = column
        self.character = character
        self.message = message
    }

    package var description: String {
        "column \(column)\(character.map { ", character \($0)" } ?? ""): \(message)"
    }
}
