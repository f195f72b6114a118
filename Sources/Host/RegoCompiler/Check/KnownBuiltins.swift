internal import RegoRuntime

/// The built-in functions of the language and how many operands they take.
enum KnownBuiltins {
    /// Operands by name; a function that is not in here does not exist.
    static let arity: [String: Int] = {
        var table: [String: Int] = [:]
        for (count, names) in listed {
            for name in names.split(whereSeparator: \.isWhitespace) { table[String(name)] = count }
        }
        return table
    }()

    private static let listed: [(Int, String)] = [
        (0, "time.now_ns opa.runtime rego.metadata.chain rego.metadata.rule"),
        (
            1,
            """
            abs ceil floor round count sum product max min sort all any lower upper trim_space
            is_array is_boolean is_null is_number is_object is_set is_string type_name
            cast_array cast_boolean cast_null cast_object cast_set cast_string to_number
            array.reverse array.flatten time.format base64.decode base64.encode base64.is_valid
            base64url.decode base64url.encode
            base64url.encode_no_pad bits.negate crypto.md5 crypto.sha1 crypto.sha256 crypto.parse_private_keys
            crypto.x509.parse_and_verify_certificates crypto.x509.parse_certificate_request
            crypto.x509.parse_certificates crypto.x509.parse_rsa_private_key
            glob.quote_meta graphql.parse_query graphql.parse_schema graphql.schema_is_valid hex.decode hex.encode
            http.send io.jwt.decode json.is_valid json.marshal json.unmarshal json.verify_schema intersection union
            net.cidr_expand net.cidr_is_valid net.cidr_merge net.lookup_ip_addr object.keys object.union_n
            regex.is_valid semver.is_valid strings.reverse time.parse_duration_ns
            time.clock time.date time.weekday time.parse_rfc3339_ns trace units.parse units.parse_bytes
            urlquery.decode urlquery.decode_object urlquery.encode urlquery.encode_object uuid.parse uuid.rfc4122
            yaml.is_valid yaml.marshal yaml.unmarshal walk uri.parse uri.is_valid print internal.print
            internal.template_string
            """
        ),
        (
            2,
            """
            plus minus mul div rem and or eq equal neq lt lte gt gte assign concat contains endswith startswith
            format_int indexof indexof_n split sprintf trim trim_left trim_prefix trim_right trim_suffix
            array.concat bits.and bits.lsh bits.or bits.rsh bits.xor crypto.hmac.equal
            crypto.hmac.md5 crypto.hmac.sha1 crypto.hmac.sha256 crypto.hmac.sha512 crypto.x509.parse_keypair
            crypto.x509.parse_and_verify_certificates_with_options graph.reachable graph.reachable_paths
            graphql.is_valid graphql.parse graphql.parse_and_verify internal.member_2 io.jwt.verify_es256
            io.jwt.verify_es384 io.jwt.verify_es512 io.jwt.verify_hs256 io.jwt.verify_hs384 io.jwt.verify_hs512
            io.jwt.verify_ps256 io.jwt.verify_ps384 io.jwt.verify_ps512 io.jwt.verify_rs256 io.jwt.verify_rs384
            io.jwt.verify_rs512 io.jwt.verify_eddsa io.jwt.decode_verify
            json.filter json.marshal_with_options json.match_schema json.patch json.remove net.cidr_contains
            net.cidr_contains_matches net.cidr_intersects numbers.range regex.globs_match time.parse_ns
            object.filter object.remove object.subset
            object.union rand.intn re_match rego.parse_module regex.match regex.split semver.compare
            strings.any_prefix_match strings.any_suffix_match strings.count strings.render_template
            strings.replace_n time.diff set_diff net.cidr_overlap
            """
        ),
        (
            3,
            """
            glob.match internal.member_3 io.jwt.encode_sign io.jwt.encode_sign_raw numbers.range_step object.get
            providers.aws.sign_req regex.find_all_string_submatch_n regex.find_n regex.replace
            replace substring array.slice strings.split_n
            """
        ),
        (4, "time.add_date regex.template_match"),
    ]

    /// Functions that modules of version 1 must not call, and what stands in for them.
    static let deprecated: [String: String] = [
        "all": "write `every x in xs { x }`", "any": "write `true in xs`", "re_match": "call regex.match",
        "net.cidr_overlap": "call net.cidr_contains", "set_diff": "write `a - b`",
        "cast_array": "compare with is_array", "cast_set": "compare with is_set",
        "cast_string": "compare with is_string", "cast_boolean": "compare with is_boolean",
        "cast_null": "compare with is_null", "cast_object": "compare with is_object",
    ]

    /// Functions that answer an array of answers: a call is one after the other of them.
    static let relations: Set<String> = ["walk"]

    /// The functions that the runtime has.
    static let supported = Set(BuiltinTable().builtins.keys)

    /// Whether a function's value depends on the host's clock, chance or cryptography.
    static func dependsOnHost(_ name: String) -> Bool {
        name.hasPrefix("time.") || name.hasPrefix("io.jwt.") || isAboutCertificates(name)
            || name == "rand.intn" || name == "uuid.rfc4122"
    }

    private static func isAboutCertificates(_ name: String) -> Bool {
        name.hasPrefix("crypto.x509.") || name == "crypto.parse_private_keys"
    }

    /// Why generated code cannot offer a function that the evaluator has; `nil` when it can.
    static func reasonNotGenerated(_ name: String) -> String? {
        if name == "time.now_ns" { return "a sealed guest has no clock that can be trusted" }
        if name.hasPrefix("io.jwt.verify_"), !name.hasPrefix("io.jwt.verify_hs") {
            return "plugins carry no asymmetric cryptography"
        }
        if isAboutCertificates(name) {
            return "plugins carry no reader of certificates and no asymmetric cryptography"
        }
        if name.hasPrefix("yaml.") { return "plugins carry no reader of YAML" }
        return nil
    }

    /// Functions that a sealed guest cannot offer.
    static let unavailable: [String: String] = [
        "http.send": "there is no network in a sealed guest",
        "net.lookup_ip_addr": "there is no name service in a sealed guest",
        "opa.runtime": "there is no OPA process to describe",
        "rego.parse_module": "the compiler does not ship in the guest",
        "providers.aws.sign_req": "cloud requests cannot be made from a sealed guest",
    ]
}
