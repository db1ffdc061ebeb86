import Planning
import Service

/// An answer as a page that reads without anything else.
enum AnswerPage {
    static func bytes(_ answer: Answer, _ visit: Visit, _ town: Town) -> [UInt8] {
        let text = answer.text(visit.language, catalogue: town.law.catalogue)
        return Page(visit.language, title: visit.language("ضوابط یک جا", "The regulations at a place")) { page in
            page.preformatted(text)
        }.bytes
    }
}
