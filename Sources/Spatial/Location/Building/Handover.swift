import Synchronization

/// A piece on its way from the thread that made it to the one that finishes it.
///
/// The large columns are handed on, not copied: taken out they have one owner, who may change them where they lie.
final class Handover: Sendable {
    /// The piece without its columns.
    let outline: Piece
    let sizes: (lines: Int, open: Int, lists: Int)
    private let columns: Mutex<Piece.Columns>

    init(_ piece: consuming Piece) {
        sizes = (piece.columns.lines.count, piece.columns.open.count, piece.columns.lists.count)
        columns = Mutex(piece.columns)
        piece.columns = Piece.Columns()
        outline = piece
    }

    /// The columns, for once, with sets, maps and lists by their numbers in the whole.
    func renumbered(sets: [UInt32], maps: [UInt32], firstList: UInt32) -> Piece.Columns {
        var columns = columns.withLock { held in
            let columns = held
            held = Piece.Columns()
            return columns
        }
        columns.renumber(outline.blocks, sets: sets, maps: maps, firstList: firstList)
        return columns
    }
}
