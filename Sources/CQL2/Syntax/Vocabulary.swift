/// What of CQL2 somebody may write, and how much of it.
package struct Vocabulary: Sendable {
    /// A function of one argument beside the standard's.
    package struct Function: Sendable {
        let name: String
        let yields: Expression.Kind
        let complaint: @Sendable (Expression) -> String?

        /// - Parameter complaint: what is wrong with an argument, nil where nothing is.
        package init(_ name: String, yields: Expression.Kind, complaint: @escaping @Sendable (Expression) -> String?) {
            self.name = name
            self.yields = yields
            self.complaint = complaint
        }
    }

    /// How a message calls what a name stands for: "a fact".
    let noun: String
    let operators: Set<Arithmetic>
    /// The standard's words before a parenthesis that are admitted, in capitals; nil for all of them, and for functions of any name.
    let words: Set<String>?
    /// By their names in capitals.
    let functions: [String: Function]
    /// What is said of a word before a parenthesis that is not admitted: the word in capitals, and as a message shows it.
    let refusal: @Sendable (_ word: String, _ shown: String) -> String
    let limits: Limits

    package init(
        noun: String, operators: Set<Arithmetic>, words: Set<String>, functions: [Function], limits: Limits,
        refusal: @escaping @Sendable (_ word: String, _ shown: String) -> String
    ) {
        self.noun = noun
        self.operators = operators
        self.words = words
        self.functions = Dictionary(functions.map { ($0.name.uppercased(), $0) }) { first, _ in first }
        self.refusal = refusal
        self.limits = limits
    }

    private init(everythingUnder limits: Limits) {
        noun = "a property"
        operators = Set(Arithmetic.allCases)
        words = nil
        functions = [:]
        refusal = { _, shown in "\(shown) is not supported" }
        self.limits = limits
    }

    /// All that the standard has, which is what a filter is read with. What a filter cannot do is refused by name when it is bound.
    static let filter = Vocabulary(everythingUnder: .filter)

    func admits(_ word: String) -> Bool { words?.contains(word) != false || functions[word] != nil }
}

/// How much may be written, so that reading, comparing and evaluating it stay within a thread's stack and a moment's time.
package struct Limits: Hashable, Sendable {
    /// UTF-8 bytes of text.
    let bytes: Int
    /// How deep parentheses and functions nest, and how long a chain of sums or products is.
    let depth: Int
    /// Nodes of a tree, and how many of them stand inside one another.
    let nodes: Int
    let height: Int
    /// Vertices of all geometry literals together.
    let vertices: Int

    /// A chain's length under any limits: far above any rule, far below the stack.
    static let chain = 40

    /// What a stranger may send.
    static let filter = Limits(bytes: 65_536, depth: 64, nodes: 2_000, height: 64, vertices: 20_000)

    /// What stands in the planners' own tables: lists of any length, but no depth.
    package static let ownTables = Limits(bytes: .max, depth: 40, nodes: .max, height: .max, vertices: 0)
}
