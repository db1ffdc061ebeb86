import Foundation

/// A file of the real data, by `SHAHRSAZ_DATA` or `../shared/data` from the package; nil, and said so, where it is missing.
func realData(_ path: String) -> URL? {
    var folders: [URL] = []
    if let named = ProcessInfo.processInfo.environment["SHAHRSAZ_DATA"] { folders.append(URL(fileURLWithPath: named)) }
    var folder = URL(fileURLWithPath: #filePath)
    while folder.path != "/" {
        folder.deleteLastPathComponent()
        folders.append(folder.appendingPathComponent("shared/data"))
    }
    for folder in folders {
        let file = folder.appendingPathComponent(path)
        if FileManager.default.fileExists(atPath: file.path) { return file }
    }
    print("skipped: real data \(path) not found; set SHAHRSAZ_DATA")
    return nil
}
