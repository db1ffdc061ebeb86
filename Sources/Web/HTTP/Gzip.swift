import CZlib

/// Bodies made smaller for clients that take them so (RFC 1952). The same bytes give the same bytes.
enum Gzip {
    /// Shorter ones gain nothing that the head does not cost.
    private static let least = 1000
    /// Towards speed: an answer is a quarter of its size at this level already.
    private static let level: Int32 = 3

    /// The response with its body compressed, its tag another, where its kind is worth it.
    static func applied(to response: Response) -> Response {
        guard response.status == 200, case .bytes(let bytes) = response.body, bytes.count >= least,
            let type = response.fields.first(where: { $0.name == "Content-Type" })?.value, isLoose(type), let small = compressed(bytes)
        else { return response }
        var response = response
        response.body = .bytes(small)
        response.fields.append(("Content-Encoding", "gzip"))
        if let place = response.fields.firstIndex(where: { $0.name == "ETag" }) {
            response.fields[place].value = response.fields[place].value.dropLast() + "-gzip\""
        }
        return response
    }

    private static func isLoose(_ type: String) -> Bool {
        ["json", "text/", "xml", "mapbox-vector-tile", "font/ttf"].contains { type.contains($0) }
    }

    static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = unsafe z_stream()
        guard unsafe cz_begin_gzip(&stream, level) == Z_OK else { return nil }
        defer { unsafe deflateEnd(&stream) }
        let most = unsafe Int(deflateBound(&stream, UInt(bytes.count)))
        var isWhole = false
        let small = unsafe [UInt8](unsafeUninitializedCapacity: most) { room, count in
            unsafe bytes.withUnsafeBufferPointer { source in
                unsafe stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                unsafe stream.avail_in = UInt32(source.count)
                unsafe stream.next_out = room.baseAddress
                unsafe stream.avail_out = UInt32(room.count)
                isWhole = unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END
            }
            unsafe count = Int(stream.total_out)
        }
        return isWhole ? small : nil
    }
}
