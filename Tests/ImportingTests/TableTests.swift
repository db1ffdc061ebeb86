import Foundation
import Importing
import Testing

@Suite("Planners' tables")
struct TableTests {
    private func staged(_ text: String, _ role: ImportRequest.Role, crs: String? = nil) throws -> Staged {
        try Workshop.folder { folder in
            let file = folder.appending(path: "table.csv")
            try file.write(text)
            return try Staged.run(file, role, crs: crs)
        }
    }

    private func refusal(_ data: Data, _ role: ImportRequest.Role) throws -> String {
        try Workshop.folder { folder in
            let file = folder.appending(path: "table.csv")
            try data.write(to: file)
            return Staged.refusal(file, role)
        }
    }

    @Test("Rows of provisions keep their lines and their words, folded; a column nearly named as a field is pointed out")
    func provisions() throws {
        let table = try staged(
            "plan,clause,target,parameter,relation,value,untill,text\n"
                + "T1,۳-۲,zone:R122,far.max,max,1.8,,\"تراكم\nپایه\"\nT1,4,*,use,note,,,",
            .provisions)
        #expect(table.rows.map(\.line) == ["line 2", "line 4"])
        #expect(table.rows[0].fields["text"] == "تراکم\nپایه" || table.rows[0].fields["text"] == "تراکم پایه")
        #expect(table.rows[1].fields["value"] == nil)
        #expect(table.rows.allSatisfy { $0.faults.isEmpty && $0.quarantine == nil })
        #expect(table.head.faults.map(\.message) == ["table.csv: the column untill is no field of provisions; nearest: until"])
        #expect(table.head.crs == nil)
    }

    @Test("A table without a needed column names what is there and the nearest")
    func column() throws {
        #expect(
            try refusal(Data("plan,clause,traget,parameter,relation,value\n".utf8), .provisions)
                == "table.csv: no column for the field target (nearest: traget); there are: plan, clause, traget, parameter, "
                + "relation, value; "
                + "name one by --map target=COLUMN")
        #expect(try refusal(Data("a,b\n\"x".utf8), .plans).hasPrefix("table.csv, line 2, column 1: "))
        #expect(
            try refusal(Data("code,unit,stricter\n".utf8) + Data(ShapefileBytes.windows1256("كوچه ياس")), .parameters)
                == "table.csv: is not UTF-8; it looks like WINDOWS-1256: give --encoding windows-1256")
    }

    @Test("A plan's id that repeats is a fault on every row that has it")
    func repeated() throws {
        let plans = try staged("id,title,kind,approved\nT1,a,master,1400-01-01\nT2,b,master,1400-01-01\nT1,c,master,1401-01-01\n", .plans)
        #expect(plans.rows.map { $0.faults.map(\.code) } == [[.codeRepeated], [], [.codeRepeated]])
    }

    @Test("Addresses lie at a parcel or at a point, and one with neither is named")
    func addresses() throws {
        let rows = try staged(
            "text,parcel,lon,lat\nکوچه یاس ۱,3-6-7,,\nکوچه یاس ۲,,59.3725,36.3142\nکوچه یاس ۳,,,\n,3-6-8,,\nکوچه یاس ۵,,far,36\n",
            .addresses)
        #expect(rows.rows.map { $0.faults.map(\.code) } == [[], [], [.geometryMissing], [.addressEmpty], [.geometryUnreadable]])
        #expect(rows.rows[1].geometry != nil)
        #expect(rows.head.crs == "EPSG:4326")
        let plain = try staged("street,number,parcel\nیاس,1,3-6-7\n", .addresses)
        #expect(plain.head.crs == nil)
        #expect(plain.rows[0].fields == ["street": "یاس", "number": "1", "parcel": "3-6-7"])
    }
}
