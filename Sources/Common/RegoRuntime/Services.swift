/// What the host offers to built-ins, and what built-ins keep between queries.
public struct Services {
    /// Nanoseconds since the epoch; asked once per query. Nil: the query has no clock.
    public var clock: (() -> Int)?
    /// The query's time once somebody asked for it.
    var now: Int?
    /// Seconds east of UTC and short name of a zone at a moment (seconds since the epoch). Nil: only UTC is known.
    public var timeZone: ((_ name: String, _ seconds: Int) -> (offset: Int, abbreviation: String)?)?
    /// Checks signatures by asymmetric algorithms. Nil: they cannot be checked.
    public var verifySignature: Verify?
    /// Makes signatures by asymmetric algorithms. Nil: they cannot be made.
    public var sign: Sign?
    /// Reads certificates, requests and private keys. Nil: there is nobody who can.
    public var readCertificates: ((_ question: CertificateQuestion) -> CertificateAnswer)?
    /// JSON text of a YAML text, or why it is none. Nil: there is no reader of YAML.
    public var readYAML: ((_ text: String) -> YAMLAnswer)?
    /// YAML text of a JSON text. Nil: there is no writer of YAML.
    public var writeYAML: ((_ json: String) -> YAMLAnswer)?
    /// Compiled patterns; they outlive queries.
    var regexes = RegexCache()

    /// A random number per query for `rand.intn` and `uuid.rfc4122`. Nil: the same for every query.
    public var randomness: (() -> UInt64)?
    /// The query's random number once somebody asked for it.
    var seed: UInt64?

    /// No services.
    public init() {}

    mutating func startQuery() {
        now = nil
        seed = nil
    }

    /// The time of this query; nil without a clock.
    mutating func queryTime() -> Int? {
        if let now { return now }
        now = clock?()
        return now
    }

    /// The random number of this query.
    mutating func querySeed() -> UInt64 {
        if let seed { return seed }
        let fresh = randomness?() ?? 0x5eed
        seed = fresh
        return fresh
    }
}
