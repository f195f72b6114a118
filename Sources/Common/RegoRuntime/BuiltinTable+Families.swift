extension BuiltinTable {
    mutating func addOperators() {
        two("plus", "number, number -> number", infix: "+", Builtins.plus)
        two(
            "minus", "any<number, set[any]>, any<number, set[any]> -> any<number, set[any]>", infix: "-",
            Builtins.minus)
        two("mul", "number, number -> number", infix: "*", Builtins.mul)
        two("div", "number, number -> number", infix: "/", Builtins.div)
        two("rem", "number, number -> number", infix: "%", Builtins.rem)
        two("and", "set[any], set[any] -> set[any]", infix: "&", Builtins.and)
        two("or", "set[any], set[any] -> set[any]", infix: "|", Builtins.or)
        two("eq", "any, any -> boolean", infix: "=", Builtins.eq)
        two("equal", "any, any -> boolean", infix: "==", Builtins.equal)
        two("neq", "any, any -> boolean", infix: "!=", Builtins.neq)
        two("lt", "any, any -> boolean", infix: "<", Builtins.lt)
        two("lte", "any, any -> boolean", infix: "<=", Builtins.lte)
        two("gt", "any, any -> boolean", infix: ">", Builtins.gt)
        two("gte", "any, any -> boolean", infix: ">=", Builtins.gte)
        two("internal.member_2", "any, any -> boolean", infix: "in", Builtins.internalMember2)
        three("internal.member_3", "any, any, any -> boolean", Builtins.internalMember3)
        one("abs", "number -> number", Builtins.abs)
        one("round", "number -> number", Builtins.round)
        one("ceil", "number -> number", Builtins.ceil)
        one("floor", "number -> number", Builtins.floor)
    }

    mutating func addAggregates() {
        one("count", "any<string, array[any], object[any: any], set[any]> -> number", Builtins.count)
        one("sum", "any<array[number], set[number]> -> number", Builtins.sum)
        one("product", "any<array[number], set[number]> -> number", Builtins.product)
        one("max", "any<array[any], set[any]> -> any", Builtins.max)
        one("min", "any<array[any], set[any]> -> any", Builtins.min)
        one("sort", "any<array[any], set[any]> -> array[any]", Builtins.sort)
        one("any", "any<array[any], set[any]> -> boolean", Builtins.any)
        one("all", "any<array[any], set[any]> -> boolean", Builtins.all)
    }

    mutating func addCollections() {
        two("array.concat", "array[any], array[any] -> array[any]", Builtins.arrayConcat)
        three("array.slice", "array[any], number, number -> array[any]", Builtins.arraySlice)
        one("array.reverse", "array[any] -> array[any]", Builtins.arrayReverse)
        one("array.flatten", "array[any] -> array[any]", Builtins.arrayFlatten)
        one("union", "set[set[any]] -> set[any]", Builtins.union)
        one("intersection", "set[set[any]] -> set[any]", Builtins.intersection)
        two("set_diff", "set[any], set[any] -> set[any]", Builtins.setDiff)
        three("object.get", "object[any: any], any, any -> any", Builtins.objectGet)
        one("object.keys", "object[any: any] -> set[any]", Builtins.objectKeys)
        two("object.union", "object[any: any], object[any: any] -> any", Builtins.objectUnion)
        one("object.union_n", "array[object[any: any]] -> any", Builtins.objectUnionN)
        let keys = "any<array[any], set[any], object[any: any]>"
        two("object.remove", "object[any: any], \(keys) -> any", Builtins.objectRemove)
        two("object.filter", "object[any: any], \(keys) -> any", Builtins.objectFilter)
    }

    mutating func addStrings() {
        two("startswith", "string, string -> boolean", Builtins.startswith)
        two("endswith", "string, string -> boolean", Builtins.endswith)
        two("contains", "string, string -> boolean", Builtins.contains)
        two("concat", "string, any<array[string], set[string]> -> string", Builtins.concat)
        two("split", "string, string -> array[string]", Builtins.split)
        three("strings.split_n", "string, string, number -> array[string]", Builtins.stringsSplitN)
        two("indexof", "string, string -> number", Builtins.indexof)
        two("indexof_n", "string, string -> array[number]", Builtins.indexofN)
        three("substring", "string, number, number -> string", Builtins.substring)
        three("replace", "string, string, string -> string", Builtins.replace)
        one("lower", "string -> string", Builtins.lower)
        one("upper", "string -> string", Builtins.upper)
        two("trim", "string, string -> string", Builtins.trim)
        two("trim_left", "string, string -> string", Builtins.trimLeft)
        two("trim_right", "string, string -> string", Builtins.trimRight)
        two("trim_prefix", "string, string -> string", Builtins.trimPrefix)
        two("trim_suffix", "string, string -> string", Builtins.trimSuffix)
        one("trim_space", "string -> string", Builtins.trimSpace)
        two("sprintf", "string, array[any] -> string", Builtins.sprintf)
        two("format_int", "number, number -> string", Builtins.formatInt)
        one("strings.reverse", "string -> string", Builtins.stringsReverse)
        two(
            "strings.render_template", "string, object[string: any] -> string", Builtins.stringsRenderTemplate
        )
        two("strings.count", "string, string -> number", Builtins.stringsCount)
        two("strings.replace_n", "object[string: string], string -> string", Builtins.stringsReplaceN)
        let list = "any<string, set[string], array[string]>"
        two("strings.any_prefix_match", "\(list), \(list) -> boolean", Builtins.stringsAnyPrefixMatch)
        two("strings.any_suffix_match", "\(list), \(list) -> boolean", Builtins.stringsAnySuffixMatch)
    }

    mutating func addTypes() {
        one("type_name", "any -> string", Builtins.typeName)
        one("is_number", "any -> boolean", Builtins.isNumber)
        one("is_string", "any -> boolean", Builtins.isString)
        one("is_boolean", "any -> boolean", Builtins.isBoolean)
        one("is_array", "any -> boolean", Builtins.isArray)
        one("is_set", "any -> boolean", Builtins.isSet)
        one("is_object", "any -> boolean", Builtins.isObject)
        one("is_null", "any -> boolean", Builtins.isNull)
        one("to_number", "any<null, boolean, number, string> -> number", Builtins.toNumber)
        one("cast_array", "any -> array[any]", Builtins.castArray)
        one("cast_set", "any -> set[any]", Builtins.castSet)
        one("cast_string", "any -> string", Builtins.castString)
        one("cast_boolean", "any -> boolean", Builtins.castBoolean)
        one("cast_null", "any -> null", Builtins.castNull)
        one("cast_object", "any -> object[any: any]", Builtins.castObject)
    }

    mutating func addOthers() {
        one("internal.template_string", "array[any] -> string", Builtins.internalTemplateString)
        two("semver.compare", "string, string -> number", Builtins.semverCompare)
        one("semver.is_valid", "any -> boolean", Builtins.semverIsValid)
        addRegularExpressions()
        addNumbers()
        addJSON()
        addEncodings()
        addNetwork()
        addTime()
        addDigests()
        addTokens()
        addGraphQL()
    }

    private mutating func addGraphQL() {
        let document = "any<string, object[any: any]>"
        one("graphql.parse_query", "string -> object[any: any]", Builtins.graphqlParseQuery)
        one("graphql.parse_schema", "string -> object[any: any]", Builtins.graphqlParseSchema)
        one("graphql.schema_is_valid", "any -> boolean", Builtins.graphqlSchemaIsValid)
        two("graphql.is_valid", "\(document), \(document) -> boolean", Builtins.graphqlIsValid)
        two(
            "graphql.parse", "\(document), \(document) -> [object[any: any], object[any: any]]",
            Builtins.graphqlParse)
        two(
            "graphql.parse_and_verify",
            "\(document), \(document) -> [boolean, object[any: any], object[any: any]]",
            Builtins.graphqlParseAndVerify)
    }

    private mutating func addTokens() {
        one("yaml.unmarshal", "string -> any", Builtins.yamlUnmarshal)
        one("yaml.marshal", "any -> string", Builtins.yamlMarshal)
        one("yaml.is_valid", "any -> boolean", Builtins.yamlIsValid)
        one("io.jwt.decode", "string -> [object[any: any], object[any: any], string]", Builtins.ioJwtDecode)
        two(
            "io.jwt.decode_verify",
            "string, object[string: any] -> [boolean, object[any: any], object[any: any]]",
            Builtins.ioJwtDecodeVerify)
        three(
            "io.jwt.encode_sign", "object[string: any], object[string: any], object[string: any] -> string",
            Builtins.ioJwtEncodeSign)
        three("io.jwt.encode_sign_raw", "string, string, string -> string", Builtins.ioJwtEncodeSignRaw)
        two("io.jwt.verify_hs256", "string, string -> boolean", Builtins.ioJwtVerifyHs256)
        two("io.jwt.verify_hs384", "string, string -> boolean", Builtins.ioJwtVerifyHs384)
        two("io.jwt.verify_hs512", "string, string -> boolean", Builtins.ioJwtVerifyHs512)
        two("io.jwt.verify_rs256", "string, string -> boolean", Builtins.ioJwtVerifyRs256)
        two("io.jwt.verify_rs384", "string, string -> boolean", Builtins.ioJwtVerifyRs384)
        two("io.jwt.verify_rs512", "string, string -> boolean", Builtins.ioJwtVerifyRs512)
        two("io.jwt.verify_ps256", "string, string -> boolean", Builtins.ioJwtVerifyPs256)
        two("io.jwt.verify_ps384", "string, string -> boolean", Builtins.ioJwtVerifyPs384)
        two("io.jwt.verify_ps512", "string, string -> boolean", Builtins.ioJwtVerifyPs512)
        two("io.jwt.verify_es256", "string, string -> boolean", Builtins.ioJwtVerifyEs256)
        two("io.jwt.verify_es384", "string, string -> boolean", Builtins.ioJwtVerifyEs384)
        two("io.jwt.verify_es512", "string, string -> boolean", Builtins.ioJwtVerifyEs512)
        two("io.jwt.verify_eddsa", "string, string -> boolean", Builtins.ioJwtVerifyEddsa)
    }

    private mutating func addDigests() {
        one("crypto.md5", "string -> string", Builtins.cryptoMd5)
        one("crypto.sha1", "string -> string", Builtins.cryptoSha1)
        one("crypto.sha256", "string -> string", Builtins.cryptoSha256)
        two("crypto.hmac.md5", "string, string -> string", Builtins.cryptoHmacMd5)
        two("crypto.hmac.sha1", "string, string -> string", Builtins.cryptoHmacSha1)
        two("crypto.hmac.sha256", "string, string -> string", Builtins.cryptoHmacSha256)
        two("crypto.hmac.sha512", "string, string -> string", Builtins.cryptoHmacSha512)
        two("crypto.hmac.equal", "string, string -> boolean", Builtins.cryptoHmacEqual)
        let objects = "array[object[string: any]]"
        one("crypto.x509.parse_certificates", "string -> \(objects)", Builtins.cryptoX509ParseCertificates)
        one(
            "crypto.x509.parse_and_verify_certificates", "string -> [boolean, \(objects)]",
            Builtins.cryptoX509ParseAndVerifyCertificates)
        two(
            "crypto.x509.parse_and_verify_certificates_with_options",
            "string, object[string: any] -> [boolean, \(objects)]",
            Builtins.cryptoX509ParseAndVerifyCertificatesWithOptions)
        one(
            "crypto.x509.parse_certificate_request", "string -> object[string: any]",
            Builtins.cryptoX509ParseCertificateRequest)
        two(
            "crypto.x509.parse_keypair", "string, string -> object[string: any]",
            Builtins.cryptoX509ParseKeypair)
        one(
            "crypto.x509.parse_rsa_private_key", "string -> object[string: any]",
            Builtins.cryptoX509ParseRsaPrivateKey)
        one(
            "crypto.parse_private_keys", "string -> any<null, \(objects)>", Builtins.cryptoParsePrivateKeys)
    }

    private mutating func addTime() {
        add("time.now_ns", "-> number", nondeterministic: true) {
            (context, operands) throws(RegoError) -> Value in
            try Builtins.timeNowNs(context)
        }
        let moment = "any<number, array[any]>"
        one("time.date", "\(moment) -> [number, number, number]", Builtins.timeDate)
        one("time.clock", "\(moment) -> [number, number, number]", Builtins.timeClock)
        one("time.weekday", "\(moment) -> string", Builtins.timeWeekday)
        one("time.format", "\(moment) -> string", Builtins.timeFormat)
        two("time.parse_ns", "string, string -> number", Builtins.timeParseNs)
        one("time.parse_rfc3339_ns", "string -> number", Builtins.timeParseRfc3339Ns)
        four("time.add_date", "\(moment), number, number, number -> number", Builtins.timeAddDate)
        two("time.diff", "\(moment), \(moment) -> array[number]", Builtins.timeDiff)
        one("time.parse_duration_ns", "string -> number", Builtins.timeParseDurationNs)
    }

    private mutating func addRegularExpressions() {
        two("regex.match", "string, string -> boolean", Builtins.regexMatch)
        two("re_match", "string, string -> boolean", Builtins.reMatch)
        one("regex.is_valid", "any -> boolean", Builtins.regexIsValid)
        two("regex.split", "string, string -> array[string]", Builtins.regexSplit)
        three("regex.find_n", "string, string, number -> array[string]", Builtins.regexFindN)
        three(
            "regex.find_all_string_submatch_n", "string, string, number -> array[array[string]]",
            Builtins.regexFindAllStringSubmatchN)
        three("regex.replace", "string, string, string -> string", Builtins.regexReplace)
        four("regex.template_match", "string, string, string, string -> boolean", Builtins.regexTemplateMatch)
        two("regex.globs_match", "string, string -> boolean", Builtins.regexGlobsMatch)
        three("glob.match", "string, any<null, array[string]>, string -> boolean", Builtins.globMatch)
        one("glob.quote_meta", "string -> string", Builtins.globQuoteMeta)
    }

    private mutating func addNumbers() {
        one("units.parse", "string -> number", Builtins.unitsParse)
        one("units.parse_bytes", "string -> number", Builtins.unitsParseBytes)
        two("numbers.range", "number, number -> array[number]", Builtins.numbersRange)
        three("numbers.range_step", "number, number, number -> array[number]", Builtins.numbersRangeStep)
        two("rand.intn", "string, number -> number", nondeterministic: true, Builtins.randIntn)
        two("bits.and", "number, number -> number", Builtins.bitsAnd)
        two("bits.or", "number, number -> number", Builtins.bitsOr)
        two("bits.xor", "number, number -> number", Builtins.bitsXor)
        one("bits.negate", "number -> number", Builtins.bitsNegate)
        two("bits.lsh", "number, number -> number", Builtins.bitsLsh)
        two("bits.rsh", "number, number -> number", Builtins.bitsRsh)
    }

    private mutating func addJSON() {
        let collection = "any<array[any], set[any], object[any: any]>"
        two("object.subset", "\(collection), \(collection) -> any", Builtins.objectSubset)
        let path = "any<string, array[any]>"
        let paths = "any<array[\(path)], set[\(path)]>"
        two("json.remove", "object[any: any], \(paths) -> any", Builtins.jsonRemove)
        two("json.filter", "object[any: any], \(paths) -> any", Builtins.jsonFilter)
        two("json.patch", "any, array[object[any: any]] -> any", Builtins.jsonPatch)
        one("json.marshal", "any -> string", Builtins.jsonMarshal)
        two(
            "json.marshal_with_options", "any, object[string: any] -> string", Builtins.jsonMarshalWithOptions
        )
        one("json.unmarshal", "string -> any", Builtins.jsonUnmarshal)
        one("json.is_valid", "any -> boolean", Builtins.jsonIsValid)
        let document = "any<string, object[any: any]>"
        one("json.verify_schema", "\(document) -> [boolean, any<null, string>]", Builtins.jsonVerifySchema)
        two(
            "json.match_schema", "\(document), \(document) -> [boolean, array[object[string: any]]]",
            Builtins.jsonMatchSchema)
        one("walk", "any -> array[[array[any], any]]", Builtins.walk)
        let nodes = "any<array[any], set[any]>"
        two("graph.reachable", "object[any: \(nodes)], \(nodes) -> set[any]", Builtins.graphReachable)
        two(
            "graph.reachable_paths", "object[any: \(nodes)], \(nodes) -> set[array[any]]",
            Builtins.graphReachablePaths)
    }

    private mutating func addEncodings() {
        one("base64.encode", "string -> string", Builtins.base64Encode)
        one("base64.decode", "string -> string", Builtins.base64Decode)
        one("base64.is_valid", "any -> boolean", Builtins.base64IsValid)
        one("base64url.encode", "string -> string", Builtins.base64urlEncode)
        one("base64url.encode_no_pad", "string -> string", Builtins.base64urlEncodeNoPad)
        one("base64url.decode", "string -> string", Builtins.base64urlDecode)
        one("hex.encode", "string -> string", Builtins.hexEncode)
        one("hex.decode", "string -> string", Builtins.hexDecode)
        one("urlquery.encode", "string -> string", Builtins.urlqueryEncode)
        one("urlquery.decode", "string -> string", Builtins.urlqueryDecode)
        one(
            "urlquery.encode_object", "object[string: any<string, array[string], set[string]>] -> string",
            Builtins.urlqueryEncodeObject)
        one(
            "urlquery.decode_object", "string -> object[string: array[string]]", Builtins.urlqueryDecodeObject
        )
        one("uri.parse", "string -> object[string: string]", Builtins.uriParse)
        one("uri.is_valid", "any -> boolean", Builtins.uriIsValid)
        one("uuid.parse", "string -> object[string: any]", Builtins.uuidParse)
        one("uuid.rfc4122", "string -> string", nondeterministic: true, Builtins.uuidRfc4122)
    }

    private mutating func addNetwork() {
        two("net.cidr_contains", "string, string -> boolean", Builtins.netCidrContains)
        two("net.cidr_overlap", "string, string -> boolean", Builtins.netCidrOverlap)
        two("net.cidr_intersects", "string, string -> boolean", Builtins.netCidrIntersects)
        one("net.cidr_is_valid", "any -> boolean", Builtins.netCidrIsValid)
        one("net.cidr_expand", "string -> set[string]", Builtins.netCidrExpand)
        let element = "any<string, array[any]>"
        let list = "any<string, array[\(element)], set[\(element)], object[string: \(element)]>"
        two(
            "net.cidr_contains_matches", "\(list), \(list) -> set[[any, any]]",
            Builtins.netCidrContainsMatches)
        one("net.cidr_merge", "any<array[string], set[string]> -> set[string]", Builtins.netCidrMerge)
    }
}
