package import Formats
package import Store

/// An answer as somebody kept it: the bytes that were printed, or what became of them.
package struct StoredAnswer: Sendable {
    package let bytes: [UInt8]
    package let json: JSON
    let certificate: JSON

    /// Why a file is no answer.
    package enum Unfit: Error {
        case notJSON(JSON.Fault)
        case notAnAnswer
    }

    package init(_ bytes: [UInt8]) throws(Unfit) {
        do { json = try JSON(parsing: bytes) } catch { throw .notJSON(error) }
        guard json["question"]?.asObject != nil, let certificate = json["certificate"], certificate.asObject != nil else {
            throw .notAnAnswer
        }
        self.certificate = certificate
        self.bytes = bytes
    }

    /// Whether the bytes are those that are printed: canonical JSON and one newline.
    var isCanonical: Bool { json.canonical() + [UInt8(ascii: "\n")] == bytes }

    /// The SHA-256 of the canonical JSON without the certificate.
    var digest: Digest {
        var content = json.asObject ?? [:]
        content["certificate"] = nil
        return Digest(of: JSON.object(content).canonical())
    }

    package var keyID: String? { certificate["keyId"]?.asString }
    /// The number in the log of a certificate that was issued.
    package var number: Int? { certificate["number"]?.asInt }
    /// When it was issued.
    package var issued: Moment? { certificate["issued"]?.asString.flatMap { Moment($0) } }
    /// The digest that was signed, in hexadecimal; nil where it is not signed.
    package var statedDigest: String? { certificate["digest"]?.asString }
    package var signature: String? { certificate["signature"]?.asString }
}

/// In which way a certificate does not hold.
package enum CertificateFault: Hashable, Sendable {
    case notCanonical
    case notSigned
    case changed
    /// The key's name, and the names of the keys that were looked among.
    case unknownKey(String, among: [String])
    case wrongSignature
    /// The log gives the number to another answer, or has not given it.
    case notInTheLog(number: Int)
    /// The city's answer to the question has another digest.
    case otherAnswer
}

extension StoredAnswer {
    /// Nil where the certificate holds: the bytes are those that were printed and signed by a key of these.
    package func fault(by keys: KeyRing) -> CertificateFault? {
        guard isCanonical else { return .notCanonical }
        guard let stated = certificate["digest"]?.asString, let keyID, let hex = certificate["signature"]?.asString else {
            return .notSigned
        }
        guard digest.hex == stated else { return .changed }
        guard let key = keys[keyID] else { return .unknownKey(keyID, among: keys.ids) }
        // One signature has one text: digits in the other case would be other bytes of the same.
        guard let signature = Hex.bytes(hex), Hex.text(signature) == hex else { return .wrongSignature }
        return key.verifies(signature, over: Statement.bytes(of: certificate)) ? nil : .wrongSignature
    }

    /// The same, with the city at hand: a number must be the log's own.
    package func fault(in city: CityFile) throws(ServiceError) -> CertificateFault? {
        try storing { () throws(StoreError) in
            if let fault = fault(by: KeyRing(try city.keys())) { return fault }
            guard let number else { return nil }
            return try city.issued(number)?.digest == digest ? nil : .notInTheLog(number: number)
        }
    }
}
