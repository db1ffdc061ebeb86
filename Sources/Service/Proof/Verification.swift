package import Formats
package import Persian
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
    /// The same place as the law has it now, beside what the certificate said; nil where that can't be had again, or the place is none any more.
    package let since: PlaceComparison?

    package var holds: Bool { fault == nil }
}

extension Desk {
    /// Checks a certificate that is at hand whole: its bytes, its digest, its signature and, where it has a number, the log's word for it.
    ///
    /// - Parameter today: the legal day on which the law is looked at for what has changed since.
    package func verification(of stored: StoredAnswer, today: Day) throws(ServiceError) -> Verification {
        let fault = try stored.fault(in: try file())
        return try verification(
            fault, stored.statedDigest, stored.asked, number: stored.number, issued: stored.issued, keyID: stored.keyID, today: today)
    }

    /// Checks a numbered certificate of which the paper is at hand: whether the log gave this number to this digest.
    package func verification(number: Int, digest: String, today: Day) throws(ServiceError) -> Verification {
        let file = try file()
        let issued = try storing { () throws(StoreError) in try file.issued(number) }
        guard let issued, issued.digest.hex == digest else {
            return try verification(.notInTheLog(number: number), digest, nil, number: number, today: today)
        }
        let asked = (try? JSON(parsing: Array(issued.question.utf8))).flatMap(Question.asked)
        return try verification(nil, digest, asked, number: number, issued: issued.at, today: today)
    }

    /// Checks a certificate without a number of which the paper is at hand: whether the city's answer to its question has this digest.
    package func verification(of question: Question, revision: Int, digest: String, today: Day) throws(ServiceError) -> Verification {
        let found = try verification(nil, digest, (question, revision), today: today)
        guard found.answer == nil else { return found }
        return try verification(.otherAnswer, digest, (question, revision), today: today)
    }

    private func verification(
        _ fault: CertificateFault?, _ digest: String?, _ asked: (question: Question, revision: Int)?, number: Int? = nil,
        issued: Moment? = nil, keyID: String? = nil, today: Day
    ) throws(ServiceError) -> Verification {
        var (answer, since): (Answer?, PlaceComparison?)
        if fault == nil, let asked {
            answer = try self.answer(to: asked.question, at: asked.revision, of: digest)
            if answer != nil { since = try changes(since: asked.question, at: asked.revision, today) }
        }
        return Verification(
            fault: fault, digest: digest, number: number, issued: issued, keyID: keyID, asked: asked, answer: answer, since: since)
    }

    /// A question's answer at a revision; nil where it has another digest, or there is none.
    private func answer(to question: Question, at revision: Int, of digest: String?) throws(ServiceError) -> Answer? {
        try ifThere { () throws(ServiceError) in
            let answer = try town(.revision(revision)).asked(on: question.on, given: question.given) { (answerer) throws(ServiceError) in
                try answerer.answer(question)
            }
            return Digest(of: answer.content).hex == digest ? answer : nil
        }
    }

    private func changes(since question: Question, at revision: Int, _ today: Day) throws(ServiceError) -> PlaceComparison? {
        try ifThere { () throws(ServiceError) in
            let (then, now) = (Side(try town(.revision(revision)).town, on: question.on), Side(newest.town, on: today))
            return try PlaceComparer(question.place, then, now, given: question.given).comparison()
        }
    }

    /// Nil for a revision, a parcel or an address that is not there.
    private func ifThere<Result>(_ ask: () throws(ServiceError) -> Result?) throws(ServiceError) -> Result? {
        do throws(ServiceError) { return try ask() } catch {
            guard error.isNoAnswer else { throw error }
            return nil
        }
    }
}

extension Verification {
    /// `{"digest","fault","holds","issued","keyId","number","question","recomputed","since"}`: `fault` is null where it holds, else why it does not,
    /// in English; `recomputed` whether the answer comes out the same; `since` what `/compare` has of the place then and now, or null.
    package var json: JSON {
        .object([
            "holds": .bool(holds), "fault": .init(fault?.message(in: .en)), "digest": .init(digest),
            "number": number.map { JSON($0) } ?? .null,
            "issued": .init(issued?.text), "keyId": .init(keyID), "recomputed": .bool(answer != nil),
            "question": asked.flatMap { try? JSON(parsing: Array($0.question.text(known: $0.revision).utf8)) } ?? .null,
            "since": since?.json ?? .null,
        ])
    }
}
