import Foundation

/// Writes Shapefiles byte by byte: .shp and .shx of polygons, and a .dbf of texts in whatever bytes.
struct ShapefileBytes {
    var columns: [String] = []
    var rows: [(ring: [(Double, Double)], cells: [[UInt8]])] = []
    var languageByte: UInt8 = 0

    func write(_ folder: URL, _ name: String) throws -> URL {
        var (shp, shx) = (Data(), Data())
        for (number, row) in rows.enumerated() {
            var record = Data()
            record.little(5)
            row.ring.box.forEach { record.double($0) }
            record.little(1)
            record.little(Int32(row.ring.count))
            record.little(0)
            for (x, y) in row.ring {
                record.double(x)
                record.double(y)
            }
            shx.big(Int32((100 + shp.count) / 2))
            shx.big(Int32(record.count / 2))
            shp.big(Int32(number + 1))
            shp.big(Int32(record.count / 2))
            shp.append(record)
        }
        let box = rows.flatMap(\.ring).box
        let url = folder.appending(path: "\(name).shp")
        try (header(shp.count, box) + shp).write(to: url)
        try (header(shx.count, box) + shx).write(to: folder.appending(path: "\(name).shx"))
        try table.write(to: folder.appending(path: "\(name).dbf"))
        return url
    }

    private func header(_ size: Int, _ box: [Double]) -> Data {
        var data = Data()
        data.big(9994)
        for _ in 0..<5 { data.big(0) }
        data.big(Int32((size + 100) / 2))
        data.little(1000)
        data.little(5)
        for value in box + [0, 0, 0, 0] { data.double(value) }
        return data
    }

    private var table: Data {
        var data = Data([3, 126, 11, 24])
        data.little(Int32(rows.count))
        data.append(contentsOf: UInt16(33 + 32 * columns.count).bytes + UInt16(1 + 60 * columns.count).bytes)
        data.append(Data(count: 17) + [languageByte, 0, 0])
        for column in columns {
            let name = Array(column.utf8.prefix(10))
            data.append(contentsOf: name + [UInt8](repeating: 0, count: 11 - name.count))
            data.append(contentsOf: [UInt8(ascii: "C"), 0, 0, 0, 0, 60] + [UInt8](repeating: 0, count: 15))
        }
        data.append(13)
        for row in rows {
            data.append(0x20)
            for cell in row.cells { data.append(contentsOf: cell + [UInt8](repeating: 0x20, count: 60 - cell.count)) }
        }
        data.append(0x1A)
        return data
    }

    /// Persian in the bytes of Windows-1256 (its published table): the letters that the tests use.
    static func windows1256(_ text: String) -> [UInt8] {
        let table: [Character: UInt8] = [
            "ا": 0xC7, "ب": 0xC8, "پ": 0x81, "ت": 0xCA, "ج": 0xCC, "چ": 0x8D, "خ": 0xCE, "د": 0xCF, "ر": 0xD1, "ز": 0xD2, "ژ": 0x8E,
            "س": 0xD3, "ش": 0xD4, "ع": 0xDA, "غ": 0xDB, "ف": 0xDD, "ق": 0xDE, "ك": 0xDF, "گ": 0x90, "ل": 0xE1, "م": 0xE3, "ن": 0xE4,
            "ه": 0xE5, "و": 0xE6, "ي": 0xED, "ط": 0xD8, "ض": 0xD6, "آ": 0xC2,
        ]
        return text.map { table[$0] ?? $0.asciiValue ?? 0x3F }
    }
}

extension FixedWidthInteger {
    fileprivate var bytes: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }
}

extension Data {
    fileprivate mutating func little(_ value: Int32) { append(contentsOf: value.bytes) }
    fileprivate mutating func big(_ value: Int32) { append(contentsOf: value.bytes.reversed()) }
    fileprivate mutating func double(_ value: Double) { append(contentsOf: value.bitPattern.bytes) }
}

extension [(Double, Double)] {
    fileprivate var box: [Double] {
        [map(\.0).min() ?? 0, map(\.1).min() ?? 0, map(\.0).max() ?? 0, map(\.1).max() ?? 0]
    }
}
