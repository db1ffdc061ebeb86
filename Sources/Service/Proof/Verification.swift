package import Formats
package import Store

/// What a city says of a certificate: whether it is its own, what was asked and, where it can be had again, the answer.
package struct Verification: Sendable {
    /// Why it does not hold; nil where it does.
    package let fault: CertificateFault?
    /// As the certificate states it, in hexadecimal.
    package let digest: String?
    package let number: Int?
    package let issued: Moment?
    /// Nil where the certificate itself is not at hand.
    package let keyID: String?
    package let asked: (question: Question, revision: Int)?
    /// The answer to the same question of the same revision, worked out again, where it comes out with that digest; nil where the certificate
    /// does not hold, the revision is gone, or another version of the program answers otherwise.
    package let answer: Answer?

    package var holds: Bool { fault == nil }
}

extension Desk {
    /// Checks a certificate that is at hand whole: its bytes, its digest, its signature and, where it has a number, the log's word for it.
    package func verification(of stored: StoredAnswer) throws(ServiceError) -> Verification {
        let fault = try stored.fault(in: try file())
        return Verification(
            fault: fault, digest: stored.statedDigest, number: stored.number, issued: stored.issued, keyID: stored.keyID,
            asked: stored.asked,
            answer: fault == nil ? try answer(to: stored.asked, of: stored.statedDigest) : nil)
    }

    /// Checks a numbered certificate of which the paper is at hand: whether the log gave this number to this digest.
    package func verification(number: Int, digest: String) throws(ServiceError) -> Verification {
        let file = try file()
        let issued = try storing { () throws(StoreError) in try file.issued(number) }
        guard let issued, issued.digest.hex == digest else {
            return Verification(
                fault: .notInTheLog(number: number), digest: digest, number: number, issued: nil, keyID: nil, asked: nil, answer: nil)
        }
        let asked = (try? JSON(parsing: Array(issued.question.utf8))).flatMap(Question.asked)
        return Verification(
            fault: nil, digest: digest, number: number, issued: issued.at, keyID: nil, asked: asked,
            answer: try answer(to: asked, of: digest))
    }

    /// Checks a certificate without a number of which the paper is at hand: whether the city's answer to its question has this digest.
    package func verification(of question: Question, revision: Int, digest: String) throws(ServiceError) -> Verification {
        let answer = try answer(to: (question, revision), of: digest)
        return Verification(
            fault: answer == nil ? .otherAnswer : nil, digest: digest, number: nil, issued: nil, keyID: nil, asked: (question, revision),
            answer: answer)
    }

    private func answer(to asked: (question: Question, revision: Int)?, of digest: String?) throws(ServiceError) -> Answer? {
        guard let (question, revision) = asked else { return nil }
        do throws(ServiceError) {
            let answer = try town(.revision(revision)).asked(on: question.on, given: question.given) { (answerer) throws(ServiceError) in
                try answerer.answer(question)
            }
            return Digest(of: answer.content).hex == digest ? answer : nil
        } catch {
            // A revision, a parcel or an address that is not there has no answer.
            guard error.isNoAnswer else { throw error }
            return nil
        }
    }
}

extension Verification {
    /// `{"asked","digest","fault","holds","issued","keyId","known","number","recomputed"}`: `fault` is null where it holds, else why it does not, in English;
    /// `recomputed` whether the answer comes out the same today.
    package var json: JSON {
        .object([
            "holds": .bool(holds), "fault": .init(fault?.message(in: .en)), "digest": .init(digest),
            "number": number.map { JSON($0) } ?? .null,
            "issued": .init(issued?.text), "keyId": .init(keyID), "recomputed": .bool(answer != nil),
            "question": asked.flatMap { try? JSON(parsing: Array($0.question.text(known: $0.revision).utf8)) } ?? .null,
        ])
    }
}
