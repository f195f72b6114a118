/// One thing that a hostile host can try against a running pod.
struct Attack: Sendable {
    /// What came of it.
    struct Outcome: Sendable {
        enum Verdict: String, Sendable {
            /// The guest said no, for the reason that it should have.
            case refused = "REFUSED"
            /// It did what it must not do.
            case breach = "BREACH"
            /// It said no, but not for a reason that proves the defence. Counts as a failure.
            case unclear = "UNCLEAR"
            /// The pod has nothing to try it on.
            case skipped = "SKIPPED"
        }

        let verdict: Verdict
        /// The guest's answer, or why nothing was tried.
        let answer: String
    }

    let name: String
    /// The row of the threat model, 2 to 8.
    let row: Int
    /// What is tried, in one line.
    let tried: String
    let run: @Sendable (AttackContext) throws -> Outcome

    /// Every attack, in the order in which they are played.
    static let all: [Attack] =
        policyAttacks + layerAttacks + overlayAttacks + containerAttacks + scratchAttacks + insightAttacks
        + frameAttacks
}
