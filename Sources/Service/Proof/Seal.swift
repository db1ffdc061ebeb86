package import Formats
import Spatial
package import Store

/// What makes an answer's certificate a signed one.
package struct Seal: Sendable {
    /// SHA-256 of the answer's canonical JSON without its certificate.
    package let digest: Digest
    package let keyID: String
    /// The versions of the libraries that had a say in the numbers.
    package let libraries: Libraries
    /// The number and moment under which the log has it, where it was issued.
    package let issue: Issue?
    package let signature: [UInt8]

    package struct Issue: Hashable, Sendable {
        package let number: Int
        package let at: Moment
    }
}

/// GEOS's and PROJ's own words for their versions. Asking for them opens both.
package struct Libraries: Hashable, Sendable {
    let geos: String
    let proj: String

    package init() throws(ServiceError) {
        (geos, proj) = try spatially { () throws(SpatialError) in (try GEOS.version(), try Projection.libraryVersion()) }
    }
}

/// Signs answers with a city's key.
package struct Signer: Sendable {
    private let key: Key
    private let libraries: Libraries

    /// The key is shared by the threads of a batch and wiped with the last of them.
    private final class Key: Sendable {
        let secret: SecretKey
        init(_ secret: consuming SecretKey) { self.secret = secret }
    }

    /// With the secret key of a file.
    package init(of path: String) throws(ServiceError) {
        do throws(StoreError) { key = Key(try SecretKeyFile.read(path)) } catch { throw .store(error) }
        libraries = try Libraries()
    }

    package var keyID: String { key.secret.publicKey.id }

    /// The answer with a signed certificate.
    ///
    /// - Parameter issuer: numbers it in the city's log, once its digest is known.
    package func signed(_ answer: Answer, by issuer: Issuer? = nil) throws(ServiceError) -> Answer {
        var answer = answer
        let digest = Digest(of: answer.content)
        let issue = try issuer?.issue(answer, digest)
        func seal(_ signature: [UInt8]) -> Seal {
            Seal(digest: digest, keyID: keyID, libraries: libraries, issue: issue, signature: signature)
        }
        answer.certificate.seal = seal([])
        let signature = key.secret.sign(Statement.bytes(of: answer.certificate.json))
        answer.certificate.seal = seal(signature)
        return answer
    }
}

/// Numbers certificates in a city's log.
package struct Issuer {
    private let city: CityFile
    private let decision: Decision

    /// - Parameter city: open for writing.
    package init(_ city: CityFile, _ decision: Decision) {
        self.city = city
        self.decision = decision
    }

    fileprivate func issue(_ answer: Answer, _ digest: Digest) throws(ServiceError) -> Seal.Issue {
        try storing { () throws(StoreError) in
            let question = answer.question.text(known: answer.known)
            let (number, at) = try city.issue(revision: answer.certificate.revision, digest: digest, question: question, decision)
            return Seal.Issue(number: number, at: at)
        }
    }
}

/// What a signature is made over: the canonical JSON of the certificate without the signature.
enum Statement {
    static func bytes(of certificate: JSON) -> [UInt8] {
        var fields = certificate.asObject ?? [:]
        fields["signature"] = nil
        return JSON.object(fields).canonical()
    }
}

extension Answer.Certificate: CanonicalJSON {
    package func write(to pen: inout CanonicalPen) {
        pen.raw("{\"digest\":")
        pen.write(seal?.digest.hex)
        pen.raw(",\"engine\":")
        pen.write(engine)
        if let seal {
            pen.raw(",\"geos\":")
            pen.write(seal.libraries.geos)
        }
        if let issue = seal?.issue {
            pen.raw(",\"issued\":")
            pen.write(issue.at.text)
        }
        pen.raw(",\"keyId\":")
        pen.write(seal?.keyID)
        if let issue = seal?.issue {
            pen.raw(",\"number\":")
            pen.write(issue.number)
        }
        if let seal {
            pen.raw(",\"proj\":")
            pen.write(seal.libraries.proj)
        }
        pen.raw(",\"revision\":")
        pen.write(revision)
        pen.raw(",\"root\":")
        pen.write(root)
        pen.raw(",\"signature\":")
        pen.write(seal.map { Hex.text($0.signature) })
        pen.raw("}")
    }
}
