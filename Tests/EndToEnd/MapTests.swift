import Foundation
import Testing

@Suite("The city's map as a picture") struct MapTests {
    /// A picture as GDAL reads it: its size, and red, green and blue of each pixel from the upper left.
    private struct Picture {
        let width: Int
        let height: Int
        let pixels: [UInt8]

        init(_ png: Data) throws {
            let scratch = try Scratch()
            let (file, raw) = (scratch.url.appending(path: "map.png"), scratch.url.appending(path: "map.bil"))
            try png.write(to: file)
            let info = try Program.run(URL(filePath: "/usr/bin/gdalinfo"), ["-json", file.path])
            let read = try #require(try JSONSerialization.jsonObject(with: info.out) as? [String: Any])
            let size = try #require(read["size"] as? [Int])
            (width, height) = (size[0], size[1])
            let ended = try Program.run(
                URL(filePath: "/usr/bin/gdal_translate"),
                ["-q", "-of", "ENVI", "-co", "INTERLEAVE=BIP", "-b", "1", "-b", "2", "-b", "3", file.path, raw.path])
            guard ended.code == 0 else { throw Standing.Unsound(city: file.path, why: ended.err) }
            pixels = Array(try Data(contentsOf: raw))
        }

        /// How many pixels differ from another picture's by more than so much in a colour.
        func differing(from other: Picture, by most: Int) -> Int {
            var count = 0
            for place in stride(from: 0, to: min(pixels.count, other.pixels.count), by: 3) {
                if (0..<3).contains(where: { abs(Int(pixels[place + $0]) - Int(other.pixels[place + $0])) > most }) { count += 1 }
            }
            return count
        }

        var colours: Int { Set(stride(from: 0, to: pixels.count, by: 3).map { [pixels[$0], pixels[$0 + 1], pixels[$0 + 2]] }).count }
    }

    private func drawn(_ words: [String]) async throws -> Data {
        let ended = try Program.run(["map"] + words + ["--on", SampleTown.day], city: try await SampleTown.city())
        guard ended.code == 0 else { throw Standing.Unsound(city: "map", why: "\(words): \(ended.code) \(ended.err)") }
        return ended.out
    }

    @Test("GDAL reads a picture of the size that was asked for, of a parcel, a point, a box and the city, the same on every run")
    func sizes() async throws {
        for words in [
            ["1-6-172-1-0-0-0"], ["59.37", "36.315", "--crs", "EPSG:4326", "--scale", "2000"],
            ["--box", "59.36,36.31,59.375,36.32", "--crs", "EPSG:4326"], [],
        ] {
            let words = words + ["--size", "300×۲۰۰"]
            let png = try await drawn(words)
            let picture = try Picture(png)
            #expect(picture.width == 300 && picture.height == 200 && picture.colours > 20, "\(words)")
            #expect(try await drawn(words) == png)
        }
    }

    @Test("A box on a tile's ground shows what the tile shows, to the pixel")
    func tile() async throws {
        let server = try LiveServer(try await SampleTown.city())
        let set = try server.get("/tileMatrixSets/CityGrid").json
        for zoom in [12, 13, 14] {
            let matrix = try #require((set["tileMatrices"] as? [[String: Any]])?.first { $0["id"] as? String == "\(zoom)" })
            let corner = try #require(matrix["pointOfOrigin"] as? [Double])
            let side = try #require(matrix["cellSize"] as? Double) * 256
            let (column, row) = (Int((713_208.1 - corner[0]) / side), Int((corner[1] - 4_021_961) / side))
            let (west, north) = (corner[0] + Double(column) * side, corner[1] - Double(row) * side)
            let box = [west, north - side, west + side, north].map { "\($0)" }.joined(separator: ",")
            let tile = try server.get("/map/tiles/CityGrid/\(zoom)/\(row)/\(column)?datetime=\(SampleTown.day)")
            try #require(tile.status == 200)
            let (ours, theirs) = (try Picture(try await drawn(["--box", box, "--size", "256x256"])), try Picture(tile.body))
            #expect(theirs.colours > 20)
            #expect(ours.differing(from: theirs, by: 2) == 0, "zoom \(zoom)")
        }
    }

    @Test("The bar and the legend stand on the picture and change nothing beside them")
    func furniture() async throws {
        let words = ["1-6-172-1-0-0-0", "--size", "800x600"]
        let plain = try Picture(try await drawn(words))
        let furnished = try Picture(try await drawn(words + ["--bar", "--legend"]))
        let share = Double(plain.differing(from: furnished, by: 0)) / Double(800 * 600)
        #expect(share > 0.02 && share < 0.2, "\(share)")
        // The middle is the map's own.
        let middle = (300 * 800 + 400) * 3
        #expect(plain.pixels[middle..<middle + 300] == furnished.pixels[middle..<middle + 300])
        #expect(try await drawn(words + ["--legend", "--lang", "fa"]) != drawn(words + ["--legend", "--lang", "en"]))
    }

    @Test(
        "What can't be drawn says why",
        arguments: [
            (["--box", "1,2,3"], 2, "four numbers"), (["--box", "5,5,1,1"], 2, "four numbers"),
            (["--box", "nan,1,2,3"], 2, "four numbers"),
            (["--scale", "1000"], 2, "--scale"), (["1-1-1-1-0-0-0", "--size", "5x5"], 2, "16 to 8192"),
            (["1-1-1-1-0-0-0", "--size", "9000x100"], 2, "16 to 8192"), (["1-1-1-1-0-0-0", "--scale", "0"], 2, "10 to 10000000"),
            (["no-such"], 1, "no-such"), (["1", "2", "--box", "1,2,3,4"], 2, "not both"), (["--crs", "EPSG:4326"], 2, "--crs"),
            (["0", "0", "--crs", "EPSG:4326"], 2, "off the city's grid"), (["1-1-1-1-0-0-0", "--known", "9999"], 2, "9999"),
            (["1-1-1-1-0-0-0", "--png", "/no/such/folder.png"], 3, "can't be written to"), (["x", "y"], 2, "two finite numbers"),
            (["--style", "/no/such.json"], 2, "can't be read"),
        ])
    func refused(words: [String], code: Int32, saying: String) async throws {
        let ended = try Program.run(["map"] + words, city: try await SampleTown.city())
        #expect(ended.code == code && ended.err.contains(saying) && ended.out.isEmpty, "\(words): \(ended.code) \(ended.err)")
    }

    @Test("A terminal is refused, for a picture is no text")
    func terminal() async throws {
        let shahrsaz = Program.folder.appending(path: "shahrsaz").path
        let city = try await SampleTown.city().path
        let ended = try Program.run(
            URL(filePath: "/usr/bin/script"), ["-qec", "\(shahrsaz) --city \(city) map --lang en 1-1-1-1-0-0-0", "/dev/null"])
        #expect(ended.code == 2 && ended.text.contains("terminal"), "\(ended.code) \(ended.text.prefix(300))")
    }
}
