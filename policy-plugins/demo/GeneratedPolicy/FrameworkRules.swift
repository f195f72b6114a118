// Generated from Rego by the policy compiler. Do not edit: change the policy and compile again.
internal import RegoRuntime

/// `data.framework.create_container`, containers.rego:36
func framework_create_container(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(22) { return q.remembered(22) }
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:38: create_container := {
    block0: do {
        // containers.rego:53: not started
        not1: do {
            let started = try framework_started(q)
            if started.isUndefined { break not1 }
            if !started.isTruthy { break not1 }
            break block0
        }
        // containers.rego:54: devices_ok(input.devices)
        let input = q.input
        if input.isUndefined { break block0 }
        let devices = input[q.constant(3 /* "devices" */)]
        if devices.isUndefined { break block0 }
        let devices_ok = try framework_devices_ok(q, devices)
        if devices_ok.isUndefined { break block0 }
        if !devices_ok.isTruthy { break block0 }
        // containers.rego:55: count(create_candidates) > 0
        let create_candidates = try framework_create_candidates(q)
        if create_candidates.isUndefined { break block0 }
        let count = try Builtins.count(q.context, create_candidates)
        if count.isUndefined { break block0 }
        if Value.compare(count, .int(0)) <= 0 { break block0 }
        // containers.rego:56: env := kept_env(create_candidates)
        let create_candidates_2 = try framework_create_candidates(q)
        if create_candidates_2.isUndefined { break block0 }
        let kept_env = try framework_kept_env(q, create_candidates_2)
        if kept_env.isUndefined { break block0 }
        // containers.rego:57: accepting := with_env(create_candidates, env)
        let create_candidates_3 = try framework_create_candidates(q)
        if create_candidates_3.isUndefined { break block0 }
        let with_env = try framework_with_env(q, create_candidates_3, kept_env)
        if with_env.isUndefined { break block0 }
        // containers.rego:58: count(accepting) > 0
        let count_2 = try Builtins.count(q.context, with_env)
        if count_2.isUndefined { break block0 }
        if Value.compare(count_2, .int(0)) <= 0 { break block0 }
        // containers.rego:59: capabilities := kept_capabilities(accepting, input.privileged)
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let privileged = input_2[q.constant(5 /* "privileged" */)]
        if privileged.isUndefined { break block0 }
        let kept_capabilities = try framework_kept_capabilities(q, with_env, privileged)
        if kept_capabilities.isUndefined { break block0 }
        // containers.rego:60: survivors := with_capabilities(accepting, capabilities, input.privileged)
        let input_3 = q.input
        if input_3.isUndefined { break block0 }
        let privileged_2 = input_3[q.constant(5 /* "privileged" */)]
        if privileged_2.isUndefined { break block0 }
        let with_capabilities = try framework_with_capabilities(q, with_env, kept_capabilities, privileged_2)
        if with_capabilities.isUndefined { break block0 }
        // containers.rego:61: count(survivors) > 0
        let count_3 = try Builtins.count(q.context, with_capabilities)
        if count_3.isUndefined { break block0 }
        if Value.compare(count_3, .int(0)) <= 0 { break block0 }
        // containers.rego:62: choices := stdio_access(survivors)
        let stdio_access = try framework_stdio_access(q, with_capabilities)
        if stdio_access.isUndefined { break block0 }
        // containers.rego:63: count(choices) == 1
        let count_4 = try Builtins.count(q.context, stdio_access)
        if count_4.isUndefined { break block0 }
        if !(count_4 == .int(1)) { break block0 }
        // containers.rego:64: some allow_stdio_access in choices
        let count1 = stdio_access.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let allow_stdio_access = stdio_access.value(at: turn1)
            turn1 &+= 1
            let input_4 = q.input
            if input_4.isUndefined { continue scan1 }
            let containerID = input_4[q.constant(15 /* "containerID" */)]
            if containerID.isUndefined { continue scan1 }
            let object = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(11 /* "matches" */)), (q.constant(12 /* "action" */), q.constant(13 /* "update" */)), (q.constant(14 /* "key" */), containerID), (q.constant(16 /* "value" */), with_capabilities)])
            let input_5 = q.input
            if input_5.isUndefined { continue scan1 }
            let containerID_2 = input_5[q.constant(15 /* "containerID" */)]
            if containerID_2.isUndefined { continue scan1 }
            let input_6 = q.input
            if input_6.isUndefined { continue scan1 }
            let privileged_3 = input_6[q.constant(5 /* "privileged" */)]
            if privileged_3.isUndefined { continue scan1 }
            let object_2 = try makeObject(q, [(q.constant(5 /* "privileged" */), privileged_3)])
            let object_3 = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(17 /* "started" */)), (q.constant(12 /* "action" */), q.constant(18 /* "add" */)), (q.constant(14 /* "key" */), containerID_2), (q.constant(16 /* "value" */), object_2)])
            let array = q.context.array([object, object_3])
            let object_4 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array), (q.constant(19 /* "env_list" */), kept_env), (q.constant(20 /* "caps_list" */), kept_capabilities), (q.constant(21 /* "allow_stdio_access" */), allow_stdio_access)])
            try assignRule(&result, object_4)
        }
    }
    block2: do {
        if result.isDefined { break block2 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(22, result)
}

/// `data.framework.started`, containers.rego:4
func framework_started(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(23) { return q.remembered(23) }
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:4: started if data.metadata.started[input.containerID]
    block0: do {
        // containers.rego:4: started if data.metadata.started[input.containerID]
        let data = q.data
        if data.isUndefined { break block0 }
        let metadata = data[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block0 }
        let started = metadata[q.constant(17 /* "started" */)]
        if started.isUndefined { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let containerID = input[q.constant(15 /* "containerID" */)]
        if containerID.isUndefined { break block0 }
        let element = started[containerID]
        if element.isUndefined { break block0 }
        if !element.isTruthy { break block0 }
        try assignRule(&result, .true)
        break block0
    }
    q.context.leave()
    return q.remember(23, result)
}

/// `data.framework.devices_ok`, matching.rego:142
func framework_devices_ok(_ q: Query, _ devices: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:142: devices_ok(devices) if count(devices) == 0
    block0: do {
        // matching.rego:142: devices_ok(devices) if count(devices) == 0
        let count = try Builtins.count(q.context, devices)
        if count.isUndefined { break block0 }
        if !(count == .int(0)) { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.create_candidates`, containers.rego:19
func framework_create_candidates(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(25) { return q.remembered(25) }
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:19: create_candidates := [container |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // containers.rego:20: some container in base_candidates
            let base_candidates = try framework_base_candidates(q)
            if base_candidates.isUndefined { break block1 }
            let count1 = base_candidates.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let container = base_candidates.value(at: turn1)
                turn1 &+= 1
                // containers.rego:21: seccomp_ok(container.seccomp_profile_sha256)
                let seccomp_profile_sha256 = container[q.constant(23 /* "seccomp_profile_sha256" */)]
                if seccomp_profile_sha256.isUndefined { continue scan1 }
                let seccomp_ok = try framework_seccomp_ok(q, seccomp_profile_sha256)
                if seccomp_ok.isUndefined { continue scan1 }
                if !seccomp_ok.isTruthy { continue scan1 }
                builder0.append(container, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(25, result)
}

/// `data.framework.kept_env`, matching.rego:89
func framework_kept_env(_ q: Query, _ operand1: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:89: kept_env(_) := input.envList if not allow_environment_variable_dropping
    block0: do {
        // matching.rego:89: kept_env(_) := input.envList if not allow_environment_variable_dropping
        not1: do {
            let allow_environment_variable_dropping = try framework_allow_environment_variable_dropping(q)
            if allow_environment_variable_dropping.isUndefined { break not1 }
            if !allow_environment_variable_dropping.isTruthy { break not1 }
            break block0
        }
        let input = q.input
        if input.isUndefined { break block0 }
        let envList = input[q.constant(24 /* "envList" */)]
        if envList.isUndefined { break block0 }
        try assignFunction(&result, envList)
    }
    // matching.rego:91: kept_env(candidates) := kept if {
    block2: do {
        // matching.rego:92: allow_environment_variable_dropping
        let allow_environment_variable_dropping_2 = try framework_allow_environment_variable_dropping(q)
        if allow_environment_variable_dropping_2.isUndefined { break block2 }
        if !allow_environment_variable_dropping_2.isTruthy { break block2 }
        // matching.rego:93: parts := [part |
        var builder0 = ArrayBuilder()
        block3: do {
            // matching.rego:94: some candidate in candidates
            let count1 = operand1.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let candidate = operand1.value(at: turn1)
                turn1 &+= 1
                // matching.rego:95: part := accepted_env(candidate.env_rules)
                let env_rules = candidate[q.constant(25 /* "env_rules" */)]
                if env_rules.isUndefined { continue scan1 }
                let accepted_env = try framework_accepted_env(q, env_rules)
                if accepted_env.isUndefined { continue scan1 }
                builder0.append(accepted_env, q.context)
            }
        }
        let list = builder0.finish(q.context)
        // matching.rego:97: most := max([count(part) | some part in parts])
        var builder1 = ArrayBuilder()
        block4: do {
            // matching.rego:97: most := max([count(part) | some part in parts])
            let count2 = list.scanCount
            var turn2 = 0
            scan2: while turn2 < count2 {
                try q.context.tick()
                let part = list.value(at: turn2)
                turn2 &+= 1
                let count = try Builtins.count(q.context, part)
                if count.isUndefined { continue scan2 }
                builder1.append(count, q.context)
            }
        }
        let list_2 = builder1.finish(q.context)
        let max = try Builtins.max(q.context, list_2)
        if max.isUndefined { break block2 }
        // matching.rego:98: largest := {part |
        var builder2 = SetBuilder()
        block5: do {
            // matching.rego:99: some part in parts
            let count3 = list.scanCount
            var turn3 = 0
            scan3: while turn3 < count3 {
                try q.context.tick()
                let part_2 = list.value(at: turn3)
                turn3 &+= 1
                // matching.rego:100: count(part) == most
                let count_2 = try Builtins.count(q.context, part_2)
                if count_2.isUndefined { continue scan3 }
                if !(count_2 == max) { continue scan3 }
                builder2.insert(part_2, q.context)
            }
        }
        let members = builder2.finish(q.context)
        // matching.rego:102: count(largest) == 1
        let count_3 = try Builtins.count(q.context, members)
        if count_3.isUndefined { break block2 }
        if !(count_3 == .int(1)) { break block2 }
        // matching.rego:103: some kept in largest
        let count4 = members.scanCount
        var turn4 = 0
        scan4: while turn4 < count4 {
            try q.context.tick()
            let kept = members.value(at: turn4)
            turn4 &+= 1
            try assignFunction(&result, kept)
        }
    }
    q.context.leave()
    return result
}

/// `data.framework.with_env`, containers.rego:24
func framework_with_env(_ q: Query, _ candidates: Value, _ env: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:24: with_env(candidates, env) := [candidate |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // containers.rego:25: some candidate in candidates
            let count1 = candidates.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let candidate = candidates.value(at: turn1)
                turn1 &+= 1
                // containers.rego:26: env_list_ok(candidate.env_rules, env)
                let env_rules = candidate[q.constant(25 /* "env_rules" */)]
                if env_rules.isUndefined { continue scan1 }
                let env_list_ok = try framework_env_list_ok(q, env_rules, env)
                if env_list_ok.isUndefined { continue scan1 }
                if !env_list_ok.isTruthy { continue scan1 }
                builder0.append(candidate, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignFunction(&result, list)
    }
    q.context.leave()
    return result
}

/// `data.framework.kept_capabilities`, matching.rego:208
func framework_kept_capabilities(_ q: Query, _ operand1: Value, _ operand2: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:208: kept_capabilities(_, _) := input.capabilities if not allow_capability_dropping
    block0: do {
        // matching.rego:208: kept_capabilities(_, _) := input.capabilities if not allow_capability_dropping
        not1: do {
            let allow_capability_dropping = try framework_allow_capability_dropping(q)
            if allow_capability_dropping.isUndefined { break not1 }
            if !allow_capability_dropping.isTruthy { break not1 }
            break block0
        }
        let input = q.input
        if input.isUndefined { break block0 }
        let capabilities = input[q.constant(26 /* "capabilities" */)]
        if capabilities.isUndefined { break block0 }
        try assignFunction(&result, capabilities)
    }
    // matching.rego:210: kept_capabilities(candidates, privileged) := kept if {
    block2: do {
        // matching.rego:211: allow_capability_dropping
        let allow_capability_dropping_2 = try framework_allow_capability_dropping(q)
        if allow_capability_dropping_2.isUndefined { break block2 }
        if !allow_capability_dropping_2.isTruthy { break block2 }
        // matching.rego:212: parts := [common_capabilities(capabilities_of(candidate, privileged)) | some candidate in candidates]
        var builder0 = ArrayBuilder()
        block3: do {
            // matching.rego:212: parts := [common_capabilities(capabilities_of(candidate, privileged)) | some candidate in candidates]
            let count1 = operand1.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let candidate = operand1.value(at: turn1)
                turn1 &+= 1
                let capabilities_of = try framework_capabilities_of(q, candidate, operand2)
                if capabilities_of.isUndefined { continue scan1 }
                let common_capabilities = try framework_common_capabilities(q, capabilities_of)
                if common_capabilities.isUndefined { continue scan1 }
                builder0.append(common_capabilities, q.context)
            }
        }
        let list = builder0.finish(q.context)
        // matching.rego:213: most := max([number_of_capabilities(part) | some part in parts])
        var builder1 = ArrayBuilder()
        block4: do {
            // matching.rego:213: most := max([number_of_capabilities(part) | some part in parts])
            let count2 = list.scanCount
            var turn2 = 0
            scan2: while turn2 < count2 {
                try q.context.tick()
                let part = list.value(at: turn2)
                turn2 &+= 1
                let number_of_capabilities = try framework_number_of_capabilities(q, part)
                if number_of_capabilities.isUndefined { continue scan2 }
                builder1.append(number_of_capabilities, q.context)
            }
        }
        let list_2 = builder1.finish(q.context)
        let max = try Builtins.max(q.context, list_2)
        if max.isUndefined { break block2 }
        // matching.rego:214: largest := {part |
        var builder2 = SetBuilder()
        block5: do {
            // matching.rego:215: some part in parts
            let count3 = list.scanCount
            var turn3 = 0
            scan3: while turn3 < count3 {
                try q.context.tick()
                let part_2 = list.value(at: turn3)
                turn3 &+= 1
                // matching.rego:216: number_of_capabilities(part) == most
                let number_of_capabilities_2 = try framework_number_of_capabilities(q, part_2)
                if number_of_capabilities_2.isUndefined { continue scan3 }
                if !(number_of_capabilities_2 == max) { continue scan3 }
                builder2.insert(part_2, q.context)
            }
        }
        let members = builder2.finish(q.context)
        // matching.rego:218: count(largest) == 1
        let count = try Builtins.count(q.context, members)
        if count.isUndefined { break block2 }
        if !(count == .int(1)) { break block2 }
        // matching.rego:219: some kept in largest
        let count4 = members.scanCount
        var turn4 = 0
        scan4: while turn4 < count4 {
            try q.context.tick()
            let kept = members.value(at: turn4)
            turn4 &+= 1
            try assignFunction(&result, kept)
        }
    }
    q.context.leave()
    return result
}

/// `data.framework.with_capabilities`, containers.rego:29
func framework_with_capabilities(_ q: Query, _ candidates: Value, _ capabilities: Value, _ privileged: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:29: with_capabilities(candidates, capabilities, privileged) := [candidate |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // containers.rego:30: some candidate in candidates
            let count1 = candidates.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let candidate = candidates.value(at: turn1)
                turn1 &+= 1
                // containers.rego:31: capabilities_ok(capabilities_of(candidate, privileged), capabilities)
                let capabilities_of = try framework_capabilities_of(q, candidate, privileged)
                if capabilities_of.isUndefined { continue scan1 }
                let capabilities_ok = try framework_capabilities_ok(q, capabilities_of, capabilities)
                if capabilities_ok.isUndefined { continue scan1 }
                if !capabilities_ok.isTruthy { continue scan1 }
                builder0.append(candidate, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignFunction(&result, list)
    }
    q.context.leave()
    return result
}

/// `data.framework.stdio_access`, containers.rego:34
func framework_stdio_access(_ q: Query, _ candidates: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:34: stdio_access(candidates) := {candidate.allow_stdio_access | some candidate in candidates}
    block0: do {
        var builder0 = SetBuilder()
        block1: do {
            // containers.rego:34: stdio_access(candidates) := {candidate.allow_stdio_access | some candidate in candidates}
            let count1 = candidates.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let candidate = candidates.value(at: turn1)
                turn1 &+= 1
                let allow_stdio_access = candidate[q.constant(21 /* "allow_stdio_access" */)]
                if allow_stdio_access.isUndefined { continue scan1 }
                builder0.insert(allow_stdio_access, q.context)
            }
        }
        let members = builder0.finish(q.context)
        try assignFunction(&result, members)
    }
    q.context.leave()
    return result
}

/// `data.framework.base_candidates`, containers.rego:9
func framework_base_candidates(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(31) { return q.remembered(31) }
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:9: base_candidates := [container |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // containers.rego:10: some container in matches
            let matches = try framework_matches(q)
            if matches.isUndefined { break block1 }
            let count1 = matches.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let container = matches.value(at: turn1)
                turn1 &+= 1
                // containers.rego:11: no_new_privileges_ok(container.no_new_privileges)
                let no_new_privileges = container[q.constant(27 /* "no_new_privileges" */)]
                if no_new_privileges.isUndefined { continue scan1 }
                let no_new_privileges_ok = try framework_no_new_privileges_ok(q, no_new_privileges)
                if no_new_privileges_ok.isUndefined { continue scan1 }
                if !no_new_privileges_ok.isTruthy { continue scan1 }
                // containers.rego:12: user_ok(container.user)
                let user = container[q.constant(28 /* "user" */)]
                if user.isUndefined { continue scan1 }
                let user_ok = try framework_user_ok(q, user)
                if user_ok.isUndefined { continue scan1 }
                if !user_ok.isTruthy { continue scan1 }
                // containers.rego:13: privileged_ok(container.allow_elevated)
                let allow_elevated = container[q.constant(29 /* "allow_elevated" */)]
                if allow_elevated.isUndefined { continue scan1 }
                let privileged_ok = try framework_privileged_ok(q, allow_elevated)
                if privileged_ok.isUndefined { continue scan1 }
                if !privileged_ok.isTruthy { continue scan1 }
                // containers.rego:14: container.working_dir == input.workingDir
                let working_dir = container[q.constant(30 /* "working_dir" */)]
                if working_dir.isUndefined { continue scan1 }
                let input = q.input
                if input.isUndefined { continue scan1 }
                let workingDir = input[q.constant(31 /* "workingDir" */)]
                if workingDir.isUndefined { continue scan1 }
                if !(working_dir == workingDir) { continue scan1 }
                // containers.rego:15: command_ok(container.command)
                let command = container[q.constant(32 /* "command" */)]
                if command.isUndefined { continue scan1 }
                let command_ok = try framework_command_ok(q, command)
                if command_ok.isUndefined { continue scan1 }
                if !command_ok.isTruthy { continue scan1 }
                // containers.rego:16: mount_list_ok(container.mounts, container.allow_elevated)
                let mounts = container[q.constant(33 /* "mounts" */)]
                if mounts.isUndefined { continue scan1 }
                let allow_elevated_2 = container[q.constant(29 /* "allow_elevated" */)]
                if allow_elevated_2.isUndefined { continue scan1 }
                let mount_list_ok = try framework_mount_list_ok(q, mounts, allow_elevated_2)
                if mount_list_ok.isUndefined { continue scan1 }
                if !mount_list_ok.isTruthy { continue scan1 }
                builder0.append(container, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(31, result)
}

/// `data.framework.seccomp_ok`, matching.rego:139
func framework_seccomp_ok(_ q: Query, _ digest: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:139: seccomp_ok(digest) if input.seccompProfileSHA256 == digest
    block0: do {
        // matching.rego:139: seccomp_ok(digest) if input.seccompProfileSHA256 == digest
        let input = q.input
        if input.isUndefined { break block0 }
        let seccompProfileSHA256 = input[q.constant(34 /* "seccompProfileSHA256" */)]
        if seccompProfileSHA256.isUndefined { break block0 }
        if !(seccompProfileSHA256 == digest) { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.allow_environment_variable_dropping`, candidates.rego:98
func framework_allow_environment_variable_dropping(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(33) { return q.remembered(33) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:98: default allow_environment_variable_dropping := false
    result = .false
    q.context.leave()
    return q.remember(33, result)
}

/// `data.framework.accepted_env`, matching.rego:80
func framework_accepted_env(_ q: Query, _ rules: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:80: accepted_env(rules) := {variable |
    block0: do {
        var builder0 = SetBuilder()
        block1: do {
            // matching.rego:81: texts := env_texts(rules)
            let env_texts = try framework_env_texts(q, rules)
            if env_texts.isUndefined { break block1 }
            // matching.rego:82: patterns := env_patterns(rules)
            let env_patterns = try framework_env_patterns(q, rules)
            if env_patterns.isUndefined { break block1 }
            // matching.rego:83: some variable in input.envList
            let input = q.input
            if input.isUndefined { break block1 }
            let envList = input[q.constant(24 /* "envList" */)]
            if envList.isUndefined { break block1 }
            let count1 = envList.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let variable = envList.value(at: turn1)
                turn1 &+= 1
                // matching.rego:84: variable_ok(texts, patterns, variable)
                let variable_ok = try framework_variable_ok(q, env_texts, env_patterns, variable)
                if variable_ok.isUndefined { continue scan1 }
                if !variable_ok.isTruthy { continue scan1 }
                builder0.insert(variable, q.context)
            }
        }
        let members = builder0.finish(q.context)
        try assignFunction(&result, members)
    }
    q.context.leave()
    return result
}

/// `data.framework.env_list_ok`, matching.rego:70
func framework_env_list_ok(_ q: Query, _ rules: Value, _ variables: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:70: env_list_ok(rules, variables) if {
    block0: do {
        // matching.rego:71: required_env_ok(rules, variables)
        let required_env_ok = try framework_required_env_ok(q, rules, variables)
        if required_env_ok.isUndefined { break block0 }
        if !required_env_ok.isTruthy { break block0 }
        // matching.rego:72: texts := env_texts(rules)
        let env_texts = try framework_env_texts(q, rules)
        if env_texts.isUndefined { break block0 }
        // matching.rego:73: patterns := env_patterns(rules)
        let env_patterns = try framework_env_patterns(q, rules)
        if env_patterns.isUndefined { break block0 }
        // matching.rego:74: every variable in variables {
        if variables.kind.rawValue < Value.Kind.array.rawValue { break block0 }
        not1: do {
            let count1 = variables.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let variable = variables.value(at: turn1)
                turn1 &+= 1
                not2: do {
                    // matching.rego:75: variable_ok(texts, patterns, variable)
                    let variable_ok = try framework_variable_ok(q, env_texts, env_patterns, variable)
                    if variable_ok.isUndefined { break not2 }
                    if !variable_ok.isTruthy { break not2 }
                    continue scan1
                }
                break block0
            }
        }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.allow_capability_dropping`, candidates.rego:106
func framework_allow_capability_dropping(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(36) { return q.remembered(36) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:106: default allow_capability_dropping := false
    result = .false
    q.context.leave()
    return q.remember(36, result)
}

/// `data.framework.capabilities_of`, matching.rego:145
func framework_capabilities_of(_ q: Query, _ container: Value, _ operand2: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:145: capabilities_of(container, _) := container.capabilities if container.capabilities != null
    block0: do {
        // matching.rego:145: capabilities_of(container, _) := container.capabilities if container.capabilities != null
        let capabilities = container[q.constant(26 /* "capabilities" */)]
        if capabilities.isUndefined { break block0 }
        if capabilities == .null { break block0 }
        let capabilities_2 = container[q.constant(26 /* "capabilities" */)]
        if capabilities_2.isUndefined { break block0 }
        try assignFunction(&result, capabilities_2)
    }
    // matching.rego:147: capabilities_of(container, privileged) := default_privileged_capabilities if {
    block1: do {
        // matching.rego:148: container.capabilities == null
        let capabilities_3 = container[q.constant(26 /* "capabilities" */)]
        if capabilities_3.isUndefined { break block1 }
        if !(capabilities_3 == .null) { break block1 }
        // matching.rego:149: container.allow_elevated
        let allow_elevated = container[q.constant(29 /* "allow_elevated" */)]
        if allow_elevated.isUndefined { break block1 }
        if !allow_elevated.isTruthy { break block1 }
        // matching.rego:150: privileged
        if !operand2.isTruthy { break block1 }
        let default_privileged_capabilities = try framework_default_privileged_capabilities(q)
        if default_privileged_capabilities.isUndefined { break block1 }
        try assignFunction(&result, default_privileged_capabilities)
    }
    // matching.rego:153: capabilities_of(container, privileged) := default_unprivileged_capabilities if {
    block2: do {
        // matching.rego:154: container.capabilities == null
        let capabilities_4 = container[q.constant(26 /* "capabilities" */)]
        if capabilities_4.isUndefined { break block2 }
        if !(capabilities_4 == .null) { break block2 }
        // matching.rego:155: not elevated(container, privileged)
        not3: do {
            let elevated = try framework_elevated(q, container, operand2)
            if elevated.isUndefined { break not3 }
            if !elevated.isTruthy { break not3 }
            break block2
        }
        let default_unprivileged_capabilities = try framework_default_unprivileged_capabilities(q)
        if default_unprivileged_capabilities.isUndefined { break block2 }
        try assignFunction(&result, default_unprivileged_capabilities)
    }
    q.context.leave()
    return result
}

/// `data.framework.common_capabilities`, matching.rego:197
func framework_common_capabilities(_ q: Query, _ allowed: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:197: common_capabilities(allowed) := {list: common |
    block0: do {
        var builder0 = ObjectBuilder()
        block1: do {
            // matching.rego:198: some list in capability_lists
            let capability_lists = try framework_capability_lists(q)
            if capability_lists.isUndefined { break block1 }
            let count1 = capability_lists.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let list = capability_lists.value(at: turn1)
                turn1 &+= 1
                // matching.rego:199: common := {capability |
                var builder1 = SetBuilder()
                block2: do {
                    // matching.rego:200: some capability in input.capabilities[list]
                    let input = q.input
                    if input.isUndefined { break block2 }
                    let capabilities = input[q.constant(26 /* "capabilities" */)]
                    if capabilities.isUndefined { break block2 }
                    let element = capabilities[list]
                    if element.isUndefined { break block2 }
                    let count2 = element.scanCount
                    var turn2 = 0
                    scan2: while turn2 < count2 {
                        try q.context.tick()
                        let capability = element.value(at: turn2)
                        turn2 &+= 1
                        // matching.rego:201: capability in allowed[list]
                        let element_2 = allowed[list]
                        if element_2.isUndefined { continue scan2 }
                        let member_2 = try Builtins.internalMember2(q.context, capability, element_2)
                        if member_2.isUndefined { continue scan2 }
                        if !member_2.isTruthy { continue scan2 }
                        builder1.insert(capability, q.context)
                    }
                }
                let members = builder1.finish(q.context)
                try builder0.insertOnce(list, members, q.context)
            }
        }
        let mapping = builder0.finish(q.context)
        try assignFunction(&result, mapping)
    }
    q.context.leave()
    return result
}

/// `data.framework.number_of_capabilities`, matching.rego:205
func framework_number_of_capabilities(_ q: Query, _ capabilities: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:205: number_of_capabilities(capabilities) := sum([count(capabilities[list]) | some list in capability_lists])
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // matching.rego:205: number_of_capabilities(capabilities) := sum([count(capabilities[list]) | some list in capability_lists])
            let capability_lists = try framework_capability_lists(q)
            if capability_lists.isUndefined { break block1 }
            let count1 = capability_lists.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let list = capability_lists.value(at: turn1)
                turn1 &+= 1
                let element = capabilities[list]
                if element.isUndefined { continue scan1 }
                let count = try Builtins.count(q.context, element)
                if count.isUndefined { continue scan1 }
                builder0.append(count, q.context)
            }
        }
        let list_2 = builder0.finish(q.context)
        let sum = try Builtins.sum(q.context, list_2)
        if sum.isUndefined { break block0 }
        try assignFunction(&result, sum)
    }
    q.context.leave()
    return result
}

/// `data.framework.capabilities_ok`, matching.rego:191
func framework_capabilities_ok(_ q: Query, _ allowed: Value, _ requested: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:191: capabilities_ok(allowed, requested) if {
    block0: do {
        // matching.rego:192: every list in capability_lists {
        let capability_lists = try framework_capability_lists(q)
        if capability_lists.isUndefined { break block0 }
        if capability_lists.kind.rawValue < Value.Kind.array.rawValue { break block0 }
        not1: do {
            let count1 = capability_lists.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let list = capability_lists.value(at: turn1)
                turn1 &+= 1
                not2: do {
                    // matching.rego:193: same_elements(allowed[list], requested[list])
                    let element = allowed[list]
                    if element.isUndefined { break not2 }
                    let element_2 = requested[list]
                    if element_2.isUndefined { break not2 }
                    let same_elements = try framework_same_elements(q, element, element_2)
                    if same_elements.isUndefined { break not2 }
                    if !same_elements.isTruthy { break not2 }
                    continue scan1
                }
                break block0
            }
        }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.matches`, containers.rego:6
func framework_matches(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(41) { return q.remembered(41) }
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:6: matches := data.metadata.matches[input.containerID]
    block0: do {
        let data = q.data
        if data.isUndefined { break block0 }
        let metadata = data[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block0 }
        let matches = metadata[q.constant(11 /* "matches" */)]
        if matches.isUndefined { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let containerID = input[q.constant(15 /* "containerID" */)]
        if containerID.isUndefined { break block0 }
        let element = matches[containerID]
        if element.isUndefined { break block0 }
        try assignRule(&result, element)
    }
    q.context.leave()
    return q.remember(41, result)
}

/// `data.framework.no_new_privileges_ok`, matching.rego:128
func framework_no_new_privileges_ok(_ q: Query, _ no_new_privileges: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:128: no_new_privileges_ok(no_new_privileges) if {
    block0: do {
        // matching.rego:129: no_new_privileges
        if !no_new_privileges.isTruthy { break block0 }
        // matching.rego:130: input.noNewPrivileges
        let input = q.input
        if input.isUndefined { break block0 }
        let noNewPrivileges = input[q.constant(37 /* "noNewPrivileges" */)]
        if noNewPrivileges.isUndefined { break block0 }
        if !noNewPrivileges.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // matching.rego:133: no_new_privileges_ok(no_new_privileges) if no_new_privileges == false
    block1: do {
        if result.isDefined { break block1 }
        // matching.rego:133: no_new_privileges_ok(no_new_privileges) if no_new_privileges == false
        if !(no_new_privileges == .false) { break block1 }
        try assignFunction(&result, .true)
        break block1
    }
    q.context.leave()
    return result
}

/// `data.framework.user_ok`, matching.rego:115
func framework_user_ok(_ q: Query, _ user: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:115: user_ok(user) if {
    block0: do {
        // matching.rego:116: user.umask == input.umask
        let umask = user[q.constant(38 /* "umask" */)]
        if umask.isUndefined { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let umask_2 = input[q.constant(38 /* "umask" */)]
        if umask_2.isUndefined { break block0 }
        if !(umask == umask_2) { break block0 }
        // matching.rego:117: idname_ok(user.user_idname.pattern, user.user_idname.strategy, input.user)
        let user_idname = user[q.constant(39 /* "user_idname" */)]
        if user_idname.isUndefined { break block0 }
        let pattern = user_idname[q.constant(40 /* "pattern" */)]
        if pattern.isUndefined { break block0 }
        let user_idname_2 = user[q.constant(39 /* "user_idname" */)]
        if user_idname_2.isUndefined { break block0 }
        let strategy = user_idname_2[q.constant(41 /* "strategy" */)]
        if strategy.isUndefined { break block0 }
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let user_2 = input_2[q.constant(28 /* "user" */)]
        if user_2.isUndefined { break block0 }
        let idname_ok = try framework_idname_ok(q, pattern, strategy, user_2)
        if idname_ok.isUndefined { break block0 }
        if !idname_ok.isTruthy { break block0 }
        // matching.rego:118: every group in input.groups {
        let input_3 = q.input
        if input_3.isUndefined { break block0 }
        let groups = input_3[q.constant(42 /* "groups" */)]
        if groups.isUndefined { break block0 }
        if groups.kind.rawValue < Value.Kind.array.rawValue { break block0 }
        not1: do {
            let count1 = groups.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let group = groups.value(at: turn1)
                turn1 &+= 1
                not2: do {
                    // matching.rego:119: group_ok(user.group_idnames, group)
                    let group_idnames = user[q.constant(43 /* "group_idnames" */)]
                    if group_idnames.isUndefined { break not2 }
                    let group_ok = try framework_group_ok(q, group_idnames, group)
                    if group_ok.isUndefined { break not2 }
                    if !group_ok.isTruthy { break not2 }
                    continue scan1
                }
                break block0
            }
        }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.privileged_ok`, matching.rego:135
func framework_privileged_ok(_ q: Query, _ operand1: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:135: privileged_ok(_) if not input.privileged
    block0: do {
        // matching.rego:135: privileged_ok(_) if not input.privileged
        not1: do {
            let input = q.input
            if input.isUndefined { break not1 }
            let privileged = input[q.constant(5 /* "privileged" */)]
            if privileged.isUndefined { break not1 }
            if !privileged.isTruthy { break not1 }
            break block0
        }
        try assignFunction(&result, .true)
        break block0
    }
    // matching.rego:137: privileged_ok(allow_elevated) if input.privileged == allow_elevated
    block2: do {
        if result.isDefined { break block2 }
        // matching.rego:137: privileged_ok(allow_elevated) if input.privileged == allow_elevated
        let input_2 = q.input
        if input_2.isUndefined { break block2 }
        let privileged_2 = input_2[q.constant(5 /* "privileged" */)]
        if privileged_2.isUndefined { break block2 }
        if !(privileged_2 == operand1) { break block2 }
        try assignFunction(&result, .true)
        break block2
    }
    q.context.leave()
    return result
}

/// `data.framework.command_ok`, matching.rego:19
func framework_command_ok(_ q: Query, _ command: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:19: command_ok(command) if input.argList == command
    block0: do {
        // matching.rego:19: command_ok(command) if input.argList == command
        let input = q.input
        if input.isUndefined { break block0 }
        let argList = input[q.constant(44 /* "argList" */)]
        if argList.isUndefined { break block0 }
        if !(argList == command) { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.mount_list_ok`, mounts.rego:54
func framework_mount_list_ok(_ q: Query, _ mounts: Value, _ allow_elevated: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // mounts.rego:54: mount_list_ok(mounts, allow_elevated) if {
    block0: do {
        // mounts.rego:55: every mount in input.mounts {
        let input = q.input
        if input.isUndefined { break block0 }
        let mounts_2 = input[q.constant(33 /* "mounts" */)]
        if mounts_2.isUndefined { break block0 }
        if mounts_2.kind.rawValue < Value.Kind.array.rawValue { break block0 }
        not1: do {
            let count1 = mounts_2.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let mount = mounts_2.value(at: turn1)
                turn1 &+= 1
                not2: do {
                    // mounts.rego:56: mount_ok(mounts, allow_elevated, mount)
                    let mount_ok = try framework_mount_ok(q, mounts, allow_elevated, mount)
                    if mount_ok.isUndefined { break not2 }
                    if !mount_ok.isTruthy { break not2 }
                    continue scan1
                }
                break block0
            }
        }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.env_texts`, matching.rego:28
func framework_env_texts(_ q: Query, _ rules: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:28: env_texts(rules) := {rule.pattern | some rule in rules; rule.strategy == "string"}
    block0: do {
        var builder0 = SetBuilder()
        block1: do {
            // matching.rego:28: env_texts(rules) := {rule.pattern | some rule in rules; rule.strategy == "string"}
            let count1 = rules.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let rule = rules.value(at: turn1)
                turn1 &+= 1
                // matching.rego:28: env_texts(rules) := {rule.pattern | some rule in rules; rule.strategy == "string"}
                let strategy = rule[q.constant(41 /* "strategy" */)]
                if strategy.isUndefined { continue scan1 }
                if !(strategy == q.constant(45 /* "string" */)) { continue scan1 }
                let pattern = rule[q.constant(40 /* "pattern" */)]
                if pattern.isUndefined { continue scan1 }
                builder0.insert(pattern, q.context)
            }
        }
        let members = builder0.finish(q.context)
        try assignFunction(&result, members)
    }
    q.context.leave()
    return result
}

/// `data.framework.env_patterns`, matching.rego:30
func framework_env_patterns(_ q: Query, _ rules: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:30: env_patterns(rules) := [rule | some rule in rules; not text_only(rule)]
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // matching.rego:30: env_patterns(rules) := [rule | some rule in rules; not text_only(rule)]
            let count1 = rules.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let rule = rules.value(at: turn1)
                turn1 &+= 1
                // matching.rego:30: env_patterns(rules) := [rule | some rule in rules; not text_only(rule)]
                not2: do {
                    let text_only = try framework_text_only(q, rule)
                    if text_only.isUndefined { break not2 }
                    if !text_only.isTruthy { break not2 }
                    continue scan1
                }
                builder0.append(rule, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignFunction(&result, list)
    }
    q.context.leave()
    return result
}

/// `data.framework.variable_ok`, matching.rego:43
func framework_variable_ok(_ q: Query, _ texts: Value, _ operand2: Value, _ variable: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:43: variable_ok(texts, _, variable) if variable in texts
    block0: do {
        // matching.rego:43: variable_ok(texts, _, variable) if variable in texts
        let member_2 = try Builtins.internalMember2(q.context, variable, texts)
        if member_2.isUndefined { break block0 }
        if !member_2.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // matching.rego:45: variable_ok(_, patterns, variable) if {
    block1: do {
        if result.isDefined { break block1 }
        // matching.rego:46: some rule in patterns
        let count1 = operand2.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let rule = operand2.value(at: turn1)
            turn1 &+= 1
            // matching.rego:47: env_ok(rule, variable)
            let env_ok = try framework_env_ok(q, rule, variable)
            if env_ok.isUndefined { continue scan1 }
            if !env_ok.isTruthy { continue scan1 }
            try assignFunction(&result, .true)
            break block1
        }
    }
    q.context.leave()
    return result
}

/// `data.framework.required_env_ok`, matching.rego:50
func framework_required_env_ok(_ q: Query, _ rules: Value, _ variables: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:50: required_env_ok(rules, variables) if {
    block0: do {
        // matching.rego:51: given := {variable | some variable in variables}
        var builder0 = SetBuilder()
        block1: do {
            // matching.rego:51: given := {variable | some variable in variables}
            let count1 = variables.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let variable = variables.value(at: turn1)
                turn1 &+= 1
                builder0.insert(variable, q.context)
            }
        }
        let members = builder0.finish(q.context)
        // matching.rego:52: every rule in rules {
        if rules.kind.rawValue < Value.Kind.array.rawValue { break block0 }
        not2: do {
            let count2 = rules.scanCount
            var turn2 = 0
            scan2: while turn2 < count2 {
                try q.context.tick()
                let rule = rules.value(at: turn2)
                turn2 &+= 1
                not3: do {
                    // matching.rego:53: required_rule_ok(rule, given)
                    let required_rule_ok = try framework_required_rule_ok(q, rule, members)
                    if required_rule_ok.isUndefined { break not3 }
                    if !required_rule_ok.isTruthy { break not3 }
                    continue scan2
                }
                break block0
            }
        }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.policy_version`, versions.rego:8
func framework_policy_version(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(51) { return q.remembered(51) }
    try q.context.enter()
    var result = Value.undefined
    // versions.rego:8: default policy_version := null
    result = q.constant(75 /* "0.5.0" */)
    q.context.leave()
    return q.remember(51, result)
}

/// `data.framework.at_least`, versions.rego:29
func framework_at_least(_ q: Query, _ declared: Value, _ wanted: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // versions.rego:29: at_least(declared, wanted) if semver.compare(declared, wanted) >= 0
    block0: do {
        // versions.rego:29: at_least(declared, wanted) if semver.compare(declared, wanted) >= 0
        let compare = try Builtins.semverCompare(q.context, declared, wanted)
        if compare.isUndefined { break block0 }
        if Value.compare(compare, .int(0)) < 0 { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.default_privileged_capabilities`, matching.rego:163
func framework_default_privileged_capabilities(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(53) { return q.remembered(53) }
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:163: default_privileged_capabilities := {
    block0: do {
        let data = q.data
        if data.isUndefined { break block0 }
        let defaultPrivilegedCapabilities = data[q.constant(49 /* "defaultPrivilegedCapabilities" */)]
        if defaultPrivilegedCapabilities.isUndefined { break block0 }
        let data_2 = q.data
        if data_2.isUndefined { break block0 }
        let defaultPrivilegedCapabilities_2 = data_2[q.constant(49 /* "defaultPrivilegedCapabilities" */)]
        if defaultPrivilegedCapabilities_2.isUndefined { break block0 }
        let data_3 = q.data
        if data_3.isUndefined { break block0 }
        let defaultPrivilegedCapabilities_3 = data_3[q.constant(49 /* "defaultPrivilegedCapabilities" */)]
        if defaultPrivilegedCapabilities_3.isUndefined { break block0 }
        let data_4 = q.data
        if data_4.isUndefined { break block0 }
        let defaultPrivilegedCapabilities_4 = data_4[q.constant(49 /* "defaultPrivilegedCapabilities" */)]
        if defaultPrivilegedCapabilities_4.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(48 /* "bounding" */), defaultPrivilegedCapabilities), (q.constant(50 /* "effective" */), defaultPrivilegedCapabilities_2), (q.constant(51 /* "inheritable" */), defaultPrivilegedCapabilities_3), (q.constant(52 /* "permitted" */), defaultPrivilegedCapabilities_4), (q.constant(53 /* "ambient" */), .emptyArray)])
        try assignRule(&result, object)
    }
    q.context.leave()
    return q.remember(53, result)
}

/// `data.framework.elevated`, matching.rego:158
func framework_elevated(_ q: Query, _ container: Value, _ privileged: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:158: elevated(container, privileged) if {
    block0: do {
        // matching.rego:159: container.allow_elevated
        let allow_elevated = container[q.constant(29 /* "allow_elevated" */)]
        if allow_elevated.isUndefined { break block0 }
        if !allow_elevated.isTruthy { break block0 }
        // matching.rego:160: privileged
        if !privileged.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.default_unprivileged_capabilities`, matching.rego:171
func framework_default_unprivileged_capabilities(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(55) { return q.remembered(55) }
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:171: default_unprivileged_capabilities := {
    block0: do {
        let data = q.data
        if data.isUndefined { break block0 }
        let defaultUnprivilegedCapabilities = data[q.constant(55 /* "defaultUnprivilegedCapabilities" */)]
        if defaultUnprivilegedCapabilities.isUndefined { break block0 }
        let data_2 = q.data
        if data_2.isUndefined { break block0 }
        let defaultUnprivilegedCapabilities_2 = data_2[q.constant(55 /* "defaultUnprivilegedCapabilities" */)]
        if defaultUnprivilegedCapabilities_2.isUndefined { break block0 }
        let data_3 = q.data
        if data_3.isUndefined { break block0 }
        let defaultUnprivilegedCapabilities_3 = data_3[q.constant(55 /* "defaultUnprivilegedCapabilities" */)]
        if defaultUnprivilegedCapabilities_3.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(48 /* "bounding" */), defaultUnprivilegedCapabilities), (q.constant(50 /* "effective" */), defaultUnprivilegedCapabilities_2), (q.constant(51 /* "inheritable" */), .emptyArray), (q.constant(52 /* "permitted" */), defaultUnprivilegedCapabilities_3), (q.constant(53 /* "ambient" */), .emptyArray)])
        try assignRule(&result, object)
    }
    q.context.leave()
    return q.remember(55, result)
}

/// `data.framework.capability_lists`, matching.rego:179
func framework_capability_lists(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(56) { return q.remembered(56) }
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:179: capability_lists := ["bounding", "effective", "inheritable", "permitted", "ambient"]
    result = q.constant(56)
    q.context.leave()
    return q.remember(56, result)
}

/// `data.framework.same_elements`, matching.rego:181
func framework_same_elements(_ q: Query, _ left: Value, _ right: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:181: same_elements(left, right) if {
    block0: do {
        // matching.rego:182: count(left) == count(right)
        let count = try Builtins.count(q.context, left)
        if count.isUndefined { break block0 }
        let count_2 = try Builtins.count(q.context, right)
        if count_2.isUndefined { break block0 }
        if !(count == count_2) { break block0 }
        // matching.rego:183: every element in left {
        if left.kind.rawValue < Value.Kind.array.rawValue { break block0 }
        not1: do {
            let count1 = left.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let element = left.value(at: turn1)
                turn1 &+= 1
                not2: do {
                    // matching.rego:184: element in right
                    let member_2 = try Builtins.internalMember2(q.context, element, right)
                    if member_2.isUndefined { break not2 }
                    if !member_2.isTruthy { break not2 }
                    continue scan1
                }
                break block0
            }
        }
        // matching.rego:186: every element in right {
        if right.kind.rawValue < Value.Kind.array.rawValue { break block0 }
        not3: do {
            let count2 = right.scanCount
            var turn2 = 0
            scan2: while turn2 < count2 {
                try q.context.tick()
                let element_2 = right.value(at: turn2)
                turn2 &+= 1
                not4: do {
                    // matching.rego:187: element in left
                    let member_2_2 = try Builtins.internalMember2(q.context, element_2, left)
                    if member_2_2.isUndefined { break not4 }
                    if !member_2_2.isTruthy { break not4 }
                    continue scan2
                }
                break block0
            }
        }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.idname_ok`, matching.rego:107
func framework_idname_ok(_ q: Query, _ operand1: Value, _ operand2: Value, _ operand3: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:107: idname_ok(_, "any", _) := true
    block0: do {
        if !(q.constant(57 /* "any" */) == operand2) { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // matching.rego:109: idname_ok(pattern, "id", value) if pattern == value.id
    block1: do {
        if result.isDefined { break block1 }
        if !(q.constant(58 /* "id" */) == operand2) { break block1 }
        // matching.rego:109: idname_ok(pattern, "id", value) if pattern == value.id
        let id = operand3[q.constant(58 /* "id" */)]
        if id.isUndefined { break block1 }
        if !(operand1 == id) { break block1 }
        try assignFunction(&result, .true)
        break block1
    }
    // matching.rego:111: idname_ok(pattern, "name", value) if pattern == value.name
    block2: do {
        if result.isDefined { break block2 }
        if !(q.constant(10 /* "name" */) == operand2) { break block2 }
        // matching.rego:111: idname_ok(pattern, "name", value) if pattern == value.name
        let name = operand3[q.constant(10 /* "name" */)]
        if name.isUndefined { break block2 }
        if !(operand1 == name) { break block2 }
        try assignFunction(&result, .true)
        break block2
    }
    // matching.rego:113: idname_ok(pattern, "re2", value) if regex.match(anchored(pattern), value.name)
    block3: do {
        if result.isDefined { break block3 }
        if !(q.constant(59 /* "re2" */) == operand2) { break block3 }
        // matching.rego:113: idname_ok(pattern, "re2", value) if regex.match(anchored(pattern), value.name)
        let anchored = try framework_anchored(q, operand1)
        if anchored.isUndefined { break block3 }
        let name_2 = operand3[q.constant(10 /* "name" */)]
        if name_2.isUndefined { break block3 }
        let match = try Builtins.regexMatch(q.context, anchored, name_2)
        if match.isUndefined { break block3 }
        if !match.isTruthy { break block3 }
        try assignFunction(&result, .true)
        break block3
    }
    q.context.leave()
    return result
}

/// `data.framework.group_ok`, matching.rego:123
func framework_group_ok(_ q: Query, _ idnames: Value, _ group: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:123: group_ok(idnames, group) if {
    block0: do {
        // matching.rego:124: some idname in idnames
        let count1 = idnames.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let idname = idnames.value(at: turn1)
            turn1 &+= 1
            // matching.rego:125: idname_ok(idname.pattern, idname.strategy, group)
            let pattern = idname[q.constant(40 /* "pattern" */)]
            if pattern.isUndefined { continue scan1 }
            let strategy = idname[q.constant(41 /* "strategy" */)]
            if strategy.isUndefined { continue scan1 }
            let idname_ok = try framework_idname_ok(q, pattern, strategy, group)
            if idname_ok.isUndefined { continue scan1 }
            if !idname_ok.isTruthy { continue scan1 }
            try assignFunction(&result, .true)
            break block0
        }
    }
    q.context.leave()
    return result
}

/// `data.framework.mount_ok`, mounts.rego:29
func framework_mount_ok(_ q: Query, _ mounts: Value, _ operand2: Value, _ mount: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // mounts.rego:29: mount_ok(mounts, _, mount) if {
    block0: do {
        // mounts.rego:30: some constraint in mounts
        let count1 = mounts.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let constraint = mounts.value(at: turn1)
            turn1 &+= 1
            // mounts.rego:31: mount_constraint_ok(constraint, mount)
            let mount_constraint_ok = try framework_mount_constraint_ok(q, constraint, mount)
            if mount_constraint_ok.isUndefined { continue scan1 }
            if !mount_constraint_ok.isTruthy { continue scan1 }
            try assignFunction(&result, .true)
            break block0
        }
    }
    // mounts.rego:34: mount_ok(_, _, mount) if {
    block1: do {
        if result.isDefined { break block1 }
        // mounts.rego:35: some constraint in data.defaultMounts
        let data = q.data
        if data.isUndefined { break block1 }
        let defaultMounts = data[q.constant(60 /* "defaultMounts" */)]
        if defaultMounts.isUndefined { break block1 }
        let count2 = defaultMounts.scanCount
        var turn2 = 0
        scan2: while turn2 < count2 {
            try q.context.tick()
            let constraint_2 = defaultMounts.value(at: turn2)
            turn2 &+= 1
            // mounts.rego:36: mount_constraint_ok(constraint, mount)
            let mount_constraint_ok_2 = try framework_mount_constraint_ok(q, constraint_2, mount)
            if mount_constraint_ok_2.isUndefined { continue scan2 }
            if !mount_constraint_ok_2.isTruthy { continue scan2 }
            try assignFunction(&result, .true)
            break block1
        }
    }
    // mounts.rego:39: mount_ok(_, allow_elevated, mount) if {
    block2: do {
        if result.isDefined { break block2 }
        // mounts.rego:40: allow_elevated
        if !operand2.isTruthy { break block2 }
        // mounts.rego:41: some constraint in data.privilegedMounts
        let data_2 = q.data
        if data_2.isUndefined { break block2 }
        let privilegedMounts = data_2[q.constant(61 /* "privilegedMounts" */)]
        if privilegedMounts.isUndefined { break block2 }
        let count3 = privilegedMounts.scanCount
        var turn3 = 0
        scan3: while turn3 < count3 {
            try q.context.tick()
            let constraint_3 = privilegedMounts.value(at: turn3)
            turn3 &+= 1
            // mounts.rego:42: mount_constraint_ok(constraint, mount)
            let mount_constraint_ok_3 = try framework_mount_constraint_ok(q, constraint_3, mount)
            if mount_constraint_ok_3.isUndefined { continue scan3 }
            if !mount_constraint_ok_3.isTruthy { continue scan3 }
            try assignFunction(&result, .true)
            break block2
        }
    }
    // mounts.rego:46: mount_ok(_, _, mount) if {
    block3: do {
        if result.isDefined { break block3 }
        // mounts.rego:47: input.isSandboxContainer
        let input = q.input
        if input.isUndefined { break block3 }
        let isSandboxContainer = input[q.constant(62 /* "isSandboxContainer" */)]
        if isSandboxContainer.isUndefined { break block3 }
        if !isSandboxContainer.isTruthy { break block3 }
        // mounts.rego:48: mount.type == "sysfs"
        let type = mount[q.constant(63 /* "type" */)]
        if type.isUndefined { break block3 }
        if !(type == q.constant(64 /* "sysfs" */)) { break block3 }
        // mounts.rego:49: mount.source == "sysfs"
        let source = mount[q.constant(65 /* "source" */)]
        if source.isUndefined { break block3 }
        if !(source == q.constant(64 /* "sysfs" */)) { break block3 }
        // mounts.rego:50: mount.destination == "/sys"
        let destination = mount[q.constant(66 /* "destination" */)]
        if destination.isUndefined { break block3 }
        if !(destination == q.constant(67 /* "/sys" */)) { break block3 }
        // mounts.rego:51: same_elements(mount.options, ["nosuid", "noexec", "nodev", "rw"])
        let options = mount[q.constant(68 /* "options" */)]
        if options.isUndefined { break block3 }
        let same_elements = try framework_same_elements(q, options, q.constant(69 /* ["nosuid","noexec","nodev","rw"] */))
        if same_elements.isUndefined { break block3 }
        if !same_elements.isTruthy { break block3 }
        try assignFunction(&result, .true)
        break block3
    }
    q.context.leave()
    return result
}

/// `data.framework.text_only`, matching.rego:23
func framework_text_only(_ q: Query, _ rule: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:23: text_only(rule) if {
    block0: do {
        // matching.rego:24: rule.strategy == "string"
        let strategy = rule[q.constant(41 /* "strategy" */)]
        if strategy.isUndefined { break block0 }
        if !(strategy == q.constant(45 /* "string" */)) { break block0 }
        // matching.rego:25: not rule.name
        not1: do {
            let name = rule[q.constant(10 /* "name" */)]
            if name.isUndefined { break not1 }
            if !name.isTruthy { break not1 }
            break block0
        }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.env_ok`, matching.rego:32
func framework_env_ok(_ q: Query, _ rule: Value, _ variable: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:32: env_ok(rule, variable) if text_ok(rule.pattern, rule.strategy, variable)
    block0: do {
        // matching.rego:32: env_ok(rule, variable) if text_ok(rule.pattern, rule.strategy, variable)
        let pattern = rule[q.constant(40 /* "pattern" */)]
        if pattern.isUndefined { break block0 }
        let strategy = rule[q.constant(41 /* "strategy" */)]
        if strategy.isUndefined { break block0 }
        let text_ok = try framework_text_ok(q, pattern, strategy, variable)
        if text_ok.isUndefined { break block0 }
        if !text_ok.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // matching.rego:34: env_ok(rule, variable) if {
    block1: do {
        if result.isDefined { break block1 }
        // matching.rego:35: name := rule.name
        let name = rule[q.constant(10 /* "name" */)]
        if name.isUndefined { break block1 }
        // matching.rego:36: value := rule.value
        let value = rule[q.constant(16 /* "value" */)]
        if value.isUndefined { break block1 }
        // matching.rego:37: equals := indexof(variable, "=")
        let indexof = try Builtins.indexof(q.context, variable, q.constant(70 /* "=" */))
        if indexof.isUndefined { break block1 }
        // matching.rego:38: equals >= 0
        if Value.compare(indexof, .int(0)) < 0 { break block1 }
        // matching.rego:39: text_ok(name, rule.name_strategy, substring(variable, 0, equals))
        let name_strategy = rule[q.constant(71 /* "name_strategy" */)]
        if name_strategy.isUndefined { break block1 }
        let substring = try Builtins.substring(q.context, variable, .int(0), indexof)
        if substring.isUndefined { break block1 }
        let text_ok_2 = try framework_text_ok(q, name, name_strategy, substring)
        if text_ok_2.isUndefined { break block1 }
        if !text_ok_2.isTruthy { break block1 }
        // matching.rego:40: text_ok(value, rule.value_strategy, substring(variable, equals + 1, -1))
        let value_strategy = rule[q.constant(72 /* "value_strategy" */)]
        if value_strategy.isUndefined { break block1 }
        let sum = try Builtins.plus(q.context, indexof, .int(1))
        if sum.isUndefined { break block1 }
        let substring_2 = try Builtins.substring(q.context, variable, sum, .int(-1))
        if substring_2.isUndefined { break block1 }
        let text_ok_3 = try framework_text_ok(q, value, value_strategy, substring_2)
        if text_ok_3.isUndefined { break block1 }
        if !text_ok_3.isTruthy { break block1 }
        try assignFunction(&result, .true)
        break block1
    }
    q.context.leave()
    return result
}

/// `data.framework.required_rule_ok`, matching.rego:57
func framework_required_rule_ok(_ q: Query, _ rule: Value, _ operand2: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:57: required_rule_ok(rule, _) if not rule.required
    block0: do {
        // matching.rego:57: required_rule_ok(rule, _) if not rule.required
        not1: do {
            let required = rule[q.constant(74 /* "required" */)]
            if required.isUndefined { break not1 }
            if !required.isTruthy { break not1 }
            break block0
        }
        try assignFunction(&result, .true)
        break block0
    }
    // matching.rego:59: required_rule_ok(rule, given) if {
    block2: do {
        if result.isDefined { break block2 }
        // matching.rego:60: rule.strategy == "string"
        let strategy = rule[q.constant(41 /* "strategy" */)]
        if strategy.isUndefined { break block2 }
        if !(strategy == q.constant(45 /* "string" */)) { break block2 }
        // matching.rego:61: rule.pattern in given
        let pattern = rule[q.constant(40 /* "pattern" */)]
        if pattern.isUndefined { break block2 }
        let member_2 = try Builtins.internalMember2(q.context, pattern, operand2)
        if member_2.isUndefined { break block2 }
        if !member_2.isTruthy { break block2 }
        try assignFunction(&result, .true)
        break block2
    }
    // matching.rego:64: required_rule_ok(rule, given) if {
    block3: do {
        if result.isDefined { break block3 }
        // matching.rego:65: not text_only(rule)
        not4: do {
            let text_only = try framework_text_only(q, rule)
            if text_only.isUndefined { break not4 }
            if !text_only.isTruthy { break not4 }
            break block3
        }
        // matching.rego:66: some variable in given
        let count1 = operand2.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let variable = operand2.value(at: turn1)
            turn1 &+= 1
            // matching.rego:67: env_ok(rule, variable)
            let env_ok = try framework_env_ok(q, rule, variable)
            if env_ok.isUndefined { continue scan1 }
            if !env_ok.isTruthy { continue scan1 }
            try assignFunction(&result, .true)
            break block3
        }
    }
    q.context.leave()
    return result
}

/// `data.framework.anchored`, matching.rego:5
func framework_anchored(_ q: Query, _ pattern: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:5: anchored(pattern) := concat("", [prefix_of(pattern), pattern, suffix_of(pattern)])
    block0: do {
        let prefix_of = try framework_prefix_of(q, pattern)
        if prefix_of.isUndefined { break block0 }
        let suffix_of = try framework_suffix_of(q, pattern)
        if suffix_of.isUndefined { break block0 }
        let array = q.context.array([prefix_of, pattern, suffix_of])
        let concat = try Builtins.concat(q.context, .emptyString, array)
        if concat.isUndefined { break block0 }
        try assignFunction(&result, concat)
    }
    q.context.leave()
    return result
}

/// `data.framework.mount_constraint_ok`, mounts.rego:21
func framework_mount_constraint_ok(_ q: Query, _ constraint: Value, _ mount: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // mounts.rego:21: mount_constraint_ok(constraint, mount) if {
    block0: do {
        // mounts.rego:22: mount.type == constraint.type
        let type = mount[q.constant(63 /* "type" */)]
        if type.isUndefined { break block0 }
        let type_2 = constraint[q.constant(63 /* "type" */)]
        if type_2.isUndefined { break block0 }
        if !(type == type_2) { break block0 }
        // mounts.rego:23: mount.destination != ""
        let destination = mount[q.constant(66 /* "destination" */)]
        if destination.isUndefined { break block0 }
        if destination == .emptyString { break block0 }
        // mounts.rego:24: mount.destination == constraint.destination
        let destination_2 = mount[q.constant(66 /* "destination" */)]
        if destination_2.isUndefined { break block0 }
        let destination_3 = constraint[q.constant(66 /* "destination" */)]
        if destination_3.isUndefined { break block0 }
        if !(destination_2 == destination_3) { break block0 }
        // mounts.rego:25: source_ok(mount.source, constraint.source)
        let source = mount[q.constant(65 /* "source" */)]
        if source.isUndefined { break block0 }
        let source_2 = constraint[q.constant(65 /* "source" */)]
        if source_2.isUndefined { break block0 }
        let source_ok = try framework_source_ok(q, source, source_2)
        if source_ok.isUndefined { break block0 }
        if !source_ok.isTruthy { break block0 }
        // mounts.rego:26: same_elements(mount.options, constraint.options)
        let options = mount[q.constant(68 /* "options" */)]
        if options.isUndefined { break block0 }
        let options_2 = constraint[q.constant(68 /* "options" */)]
        if options_2.isUndefined { break block0 }
        let same_elements = try framework_same_elements(q, options, options_2)
        if same_elements.isUndefined { break block0 }
        if !same_elements.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.text_ok`, matching.rego:15
func framework_text_ok(_ q: Query, _ pattern: Value, _ operand2: Value, _ text: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:15: text_ok(pattern, "string", text) if pattern == text
    block0: do {
        if !(q.constant(45 /* "string" */) == operand2) { break block0 }
        // matching.rego:15: text_ok(pattern, "string", text) if pattern == text
        if !(pattern == text) { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // matching.rego:17: text_ok(pattern, "re2", text) if regex.match(anchored(pattern), text)
    block1: do {
        if result.isDefined { break block1 }
        if !(q.constant(59 /* "re2" */) == operand2) { break block1 }
        // matching.rego:17: text_ok(pattern, "re2", text) if regex.match(anchored(pattern), text)
        let anchored = try framework_anchored(q, pattern)
        if anchored.isUndefined { break block1 }
        let match = try Builtins.regexMatch(q.context, anchored, text)
        if match.isUndefined { break block1 }
        if !match.isTruthy { break block1 }
        try assignFunction(&result, .true)
        break block1
    }
    q.context.leave()
    return result
}

/// `data.framework.prefix_of`, matching.rego:7
func framework_prefix_of(_ q: Query, _ pattern: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:7: prefix_of(pattern) := "" if startswith(pattern, "^")
    block0: do {
        // matching.rego:7: prefix_of(pattern) := "" if startswith(pattern, "^")
        let startswith = try Builtins.startswith(q.context, pattern, q.constant(77 /* "^" */))
        if startswith.isUndefined { break block0 }
        if !startswith.isTruthy { break block0 }
        try assignFunction(&result, .emptyString)
        break block0
    }
    // matching.rego:9: prefix_of(pattern) := "^" if not startswith(pattern, "^")
    block1: do {
        // matching.rego:9: prefix_of(pattern) := "^" if not startswith(pattern, "^")
        not2: do {
            let startswith_2 = try Builtins.startswith(q.context, pattern, q.constant(77 /* "^" */))
            if startswith_2.isUndefined { break not2 }
            if !startswith_2.isTruthy { break not2 }
            break block1
        }
        try assignFunction(&result, q.constant(77 /* "^" */))
        break block1
    }
    q.context.leave()
    return result
}

/// `data.framework.suffix_of`, matching.rego:11
func framework_suffix_of(_ q: Query, _ pattern: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // matching.rego:11: suffix_of(pattern) := "" if endswith(pattern, "$")
    block0: do {
        // matching.rego:11: suffix_of(pattern) := "" if endswith(pattern, "$")
        let endswith = try Builtins.endswith(q.context, pattern, q.constant(78 /* "$" */))
        if endswith.isUndefined { break block0 }
        if !endswith.isTruthy { break block0 }
        try assignFunction(&result, .emptyString)
        break block0
    }
    // matching.rego:13: suffix_of(pattern) := "$" if not endswith(pattern, "$")
    block1: do {
        // matching.rego:13: suffix_of(pattern) := "$" if not endswith(pattern, "$")
        not2: do {
            let endswith_2 = try Builtins.endswith(q.context, pattern, q.constant(78 /* "$" */))
            if endswith_2.isUndefined { break not2 }
            if !endswith_2.isTruthy { break not2 }
            break block1
        }
        try assignFunction(&result, q.constant(78 /* "$" */))
        break block1
    }
    q.context.leave()
    return result
}

/// `data.framework.source_ok`, mounts.rego:4
func framework_source_ok(_ q: Query, _ source: Value, _ allowed: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // mounts.rego:4: source_ok(source, allowed) if source == allowed
    block0: do {
        // mounts.rego:4: source_ok(source, allowed) if source == allowed
        if !(source == allowed) { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // mounts.rego:6: source_ok(source, allowed) if {
    block1: do {
        if result.isDefined { break block1 }
        // mounts.rego:7: startswith(allowed, data.sandboxPrefix)
        let data = q.data
        if data.isUndefined { break block1 }
        let sandboxPrefix = data[q.constant(79 /* "sandboxPrefix" */)]
        if sandboxPrefix.isUndefined { break block1 }
        let startswith = try Builtins.startswith(q.context, allowed, sandboxPrefix)
        if startswith.isUndefined { break block1 }
        if !startswith.isTruthy { break block1 }
        // mounts.rego:8: regex.match(anchored(replace(allowed, data.sandboxPrefix, input.sandboxDir)), source)
        let data_2 = q.data
        if data_2.isUndefined { break block1 }
        let sandboxPrefix_2 = data_2[q.constant(79 /* "sandboxPrefix" */)]
        if sandboxPrefix_2.isUndefined { break block1 }
        let input = q.input
        if input.isUndefined { break block1 }
        let sandboxDir = input[q.constant(80 /* "sandboxDir" */)]
        if sandboxDir.isUndefined { break block1 }
        let replace = try Builtins.replace(q.context, allowed, sandboxPrefix_2, sandboxDir)
        if replace.isUndefined { break block1 }
        let anchored = try framework_anchored(q, replace)
        if anchored.isUndefined { break block1 }
        let match = try Builtins.regexMatch(q.context, anchored, source)
        if match.isUndefined { break block1 }
        if !match.isTruthy { break block1 }
        try assignFunction(&result, .true)
        break block1
    }
    // mounts.rego:11: source_ok(source, allowed) if {
    block2: do {
        if result.isDefined { break block2 }
        // mounts.rego:12: startswith(allowed, data.hugePagesPrefix)
        let data_3 = q.data
        if data_3.isUndefined { break block2 }
        let hugePagesPrefix = data_3[q.constant(81 /* "hugePagesPrefix" */)]
        if hugePagesPrefix.isUndefined { break block2 }
        let startswith_2 = try Builtins.startswith(q.context, allowed, hugePagesPrefix)
        if startswith_2.isUndefined { break block2 }
        if !startswith_2.isTruthy { break block2 }
        // mounts.rego:13: regex.match(anchored(replace(allowed, data.hugePagesPrefix, input.hugePagesDir)), source)
        let data_4 = q.data
        if data_4.isUndefined { break block2 }
        let hugePagesPrefix_2 = data_4[q.constant(81 /* "hugePagesPrefix" */)]
        if hugePagesPrefix_2.isUndefined { break block2 }
        let input_2 = q.input
        if input_2.isUndefined { break block2 }
        let hugePagesDir = input_2[q.constant(82 /* "hugePagesDir" */)]
        if hugePagesDir.isUndefined { break block2 }
        let replace_2 = try Builtins.replace(q.context, allowed, hugePagesPrefix_2, hugePagesDir)
        if replace_2.isUndefined { break block2 }
        let anchored_2 = try framework_anchored(q, replace_2)
        if anchored_2.isUndefined { break block2 }
        let match_2 = try Builtins.regexMatch(q.context, anchored_2, source)
        if match_2.isUndefined { break block2 }
        if !match_2.isTruthy { break block2 }
        try assignFunction(&result, .true)
        break block2
    }
    // mounts.rego:16: source_ok(source, allowed) if {
    block3: do {
        if result.isDefined { break block3 }
        // mounts.rego:17: startswith(allowed, data.plan9Prefix)
        let data_5 = q.data
        if data_5.isUndefined { break block3 }
        let plan9Prefix = data_5[q.constant(83 /* "plan9Prefix" */)]
        if plan9Prefix.isUndefined { break block3 }
        let startswith_3 = try Builtins.startswith(q.context, allowed, plan9Prefix)
        if startswith_3.isUndefined { break block3 }
        if !startswith_3.isTruthy { break block3 }
        // mounts.rego:18: data.metadata.p9mounts[source] == input.containerID
        let data_6 = q.data
        if data_6.isUndefined { break block3 }
        let metadata = data_6[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block3 }
        let p9mounts = metadata[q.constant(84 /* "p9mounts" */)]
        if p9mounts.isUndefined { break block3 }
        let element = p9mounts[source]
        if element.isUndefined { break block3 }
        let input_3 = q.input
        if input_3.isUndefined { break block3 }
        let containerID = input_3[q.constant(15 /* "containerID" */)]
        if containerID.isUndefined { break block3 }
        if !(element == containerID) { break block3 }
        try assignFunction(&result, .true)
        break block3
    }
    q.context.leave()
    return result
}

/// `data.framework.dump_stacks`, processes.rego:30
func framework_dump_stacks(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(73) { return q.remembered(73) }
    try q.context.enter()
    var result = Value.undefined
    // processes.rego:30: default dump_stacks := {"allowed": false}
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(73, result)
}

/// `data.framework.allow_dump_stacks`, candidates.rego:117
func framework_allow_dump_stacks(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(74) { return q.remembered(74) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:117: default allow_dump_stacks := false
    result = .false
    q.context.leave()
    return q.remember(74, result)
}

/// `data.framework.exec_external`, processes.rego:10
func framework_exec_external(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(77) { return q.remembered(77) }
    try q.context.enter()
    var result = Value.undefined
    // processes.rego:12: exec_external := {
    block0: do {
        // processes.rego:17: count(external_candidates) > 0
        let external_candidates = try framework_external_candidates(q)
        if external_candidates.isUndefined { break block0 }
        let count = try Builtins.count(q.context, external_candidates)
        if count.isUndefined { break block0 }
        if Value.compare(count, .int(0)) <= 0 { break block0 }
        // processes.rego:18: env := kept_env(external_candidates)
        let external_candidates_2 = try framework_external_candidates(q)
        if external_candidates_2.isUndefined { break block0 }
        let kept_env = try framework_kept_env(q, external_candidates_2)
        if kept_env.isUndefined { break block0 }
        // processes.rego:19: accepting := with_env(external_candidates, env)
        let external_candidates_3 = try framework_external_candidates(q)
        if external_candidates_3.isUndefined { break block0 }
        let with_env = try framework_with_env(q, external_candidates_3, kept_env)
        if with_env.isUndefined { break block0 }
        // processes.rego:20: count(accepting) > 0
        let count_2 = try Builtins.count(q.context, with_env)
        if count_2.isUndefined { break block0 }
        if Value.compare(count_2, .int(0)) <= 0 { break block0 }
        // processes.rego:21: choices := stdio_access(accepting)
        let stdio_access = try framework_stdio_access(q, with_env)
        if stdio_access.isUndefined { break block0 }
        // processes.rego:22: count(choices) == 1
        let count_3 = try Builtins.count(q.context, stdio_access)
        if count_3.isUndefined { break block0 }
        if !(count_3 == .int(1)) { break block0 }
        // processes.rego:23: some allow_stdio_access in choices
        let count1 = stdio_access.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let allow_stdio_access = stdio_access.value(at: turn1)
            turn1 &+= 1
            let object = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(19 /* "env_list" */), kept_env), (q.constant(21 /* "allow_stdio_access" */), allow_stdio_access)])
            try assignRule(&result, object)
        }
    }
    block1: do {
        if result.isDefined { break block1 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(77, result)
}

/// `data.framework.external_candidates`, processes.rego:4
func framework_external_candidates(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(78) { return q.remembered(78) }
    try q.context.enter()
    var result = Value.undefined
    // processes.rego:4: external_candidates := [process |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // processes.rego:5: some process in candidate_processes
            let candidate_processes = try framework_candidate_processes(q)
            if candidate_processes.isUndefined { break block1 }
            let count1 = candidate_processes.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let process = candidate_processes.value(at: turn1)
                turn1 &+= 1
                // processes.rego:6: process.working_dir == input.workingDir
                let working_dir = process[q.constant(30 /* "working_dir" */)]
                if working_dir.isUndefined { continue scan1 }
                let input = q.input
                if input.isUndefined { continue scan1 }
                let workingDir = input[q.constant(31 /* "workingDir" */)]
                if workingDir.isUndefined { continue scan1 }
                if !(working_dir == workingDir) { continue scan1 }
                // processes.rego:7: command_ok(process.command)
                let command = process[q.constant(32 /* "command" */)]
                if command.isUndefined { continue scan1 }
                let command_ok = try framework_command_ok(q, command)
                if command_ok.isUndefined { continue scan1 }
                if !command_ok.isTruthy { continue scan1 }
                builder0.append(process, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(78, result)
}

/// `data.framework.candidate_processes`, candidates.rego:41
func framework_candidate_processes(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(79) { return q.remembered(79) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:41: candidate_processes := array.concat(policy_processes, [process |
    block0: do {
        let policy_processes = try framework_policy_processes(q)
        if policy_processes.isUndefined { break block0 }
        var builder0 = ArrayBuilder()
        block1: do {
            // candidates.rego:42: some contribution in contributions
            let contributions = try framework_contributions(q)
            if contributions.isUndefined { break block1 }
            let count1 = contributions.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let contribution = contributions.value(at: turn1)
                turn1 &+= 1
                // candidates.rego:43: some process in contribution.external_processes
                let external_processes = contribution[q.constant(86 /* "external_processes" */)]
                if external_processes.isUndefined { continue scan1 }
                let count2 = external_processes.scanCount
                var turn2 = 0
                scan2: while turn2 < count2 {
                    try q.context.tick()
                    let process = external_processes.value(at: turn2)
                    turn2 &+= 1
                    builder0.append(process, q.context)
                }
            }
        }
        let list = builder0.finish(q.context)
        let concat = try Builtins.arrayConcat(q.context, policy_processes, list)
        if concat.isUndefined { break block0 }
        try assignRule(&result, concat)
    }
    q.context.leave()
    return q.remember(79, result)
}

/// `data.framework.policy_processes`, candidates.rego:12
func framework_policy_processes(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(80) { return q.remembered(80) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:14: policy_processes := processes_of(data.policy.external_processes, policy_version)
    block0: do {
        let data = q.data
        if data.isUndefined { break block0 }
        let policy = data[q.constant(46 /* "policy" */)]
        if policy.isUndefined { break block0 }
        let external_processes = policy[q.constant(86 /* "external_processes" */)]
        if external_processes.isUndefined { break block0 }
        let policy_version = try framework_policy_version(q)
        if policy_version.isUndefined { break block0 }
        let processes_of = try framework_processes_of(q, external_processes, policy_version)
        if processes_of.isUndefined { break block0 }
        try assignRule(&result, processes_of)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = .emptyArray
    }
    q.context.leave()
    return q.remember(80, result)
}

/// `data.framework.contributions`, candidates.rego:25
func framework_contributions(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(81) { return q.remembered(81) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:25: contributions := [contribution |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // candidates.rego:26: some issuer in data.metadata.issuers
            let data = q.data
            if data.isUndefined { break block1 }
            let metadata = data[q.constant(9 /* "metadata" */)]
            if metadata.isUndefined { break block1 }
            let issuers = metadata[q.constant(87 /* "issuers" */)]
            if issuers.isUndefined { break block1 }
            let count1 = issuers.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let issuer = issuers.value(at: turn1)
                turn1 &+= 1
                // candidates.rego:27: some feed in issuer.feeds
                let feeds = issuer[q.constant(88 /* "feeds" */)]
                if feeds.isUndefined { continue scan1 }
                let count2 = feeds.scanCount
                var turn2 = 0
                scan2: while turn2 < count2 {
                    try q.context.tick()
                    let feed = feeds.value(at: turn2)
                    turn2 &+= 1
                    // candidates.rego:28: some contribution in feed
                    let count3 = feed.scanCount
                    var turn3 = 0
                    scan3: while turn3 < count3 {
                        try q.context.tick()
                        let contribution = feed.value(at: turn3)
                        turn3 &+= 1
                        builder0.append(contribution, q.context)
                    }
                }
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(81, result)
}

/// `data.framework.processes_of`, versions.rego:77
func framework_processes_of(_ q: Query, _ list: Value, _ declared: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // versions.rego:77: processes_of(list, declared) := list if relation(declared) == "same"
    block0: do {
        // versions.rego:77: processes_of(list, declared) := list if relation(declared) == "same"
        let relation = try framework_relation(q, declared)
        if relation.isUndefined { break block0 }
        if !(relation == q.constant(89 /* "same" */)) { break block0 }
        try assignFunction(&result, list)
    }
    // versions.rego:79: processes_of(list, declared) := [process |
    block1: do {
        // versions.rego:88: relation(declared) == "older"
        let relation_2 = try framework_relation(q, declared)
        if relation_2.isUndefined { break block1 }
        if !(relation_2 == q.constant(90 /* "older" */)) { break block1 }
        var builder0 = ArrayBuilder()
        block2: do {
            // versions.rego:80: some source in list
            let count1 = list.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let source = list.value(at: turn1)
                turn1 &+= 1
                // versions.rego:81: process := {
                let command = source[q.constant(32 /* "command" */)]
                if command.isUndefined { continue scan1 }
                let env_rules = source[q.constant(25 /* "env_rules" */)]
                if env_rules.isUndefined { continue scan1 }
                let working_dir = source[q.constant(30 /* "working_dir" */)]
                if working_dir.isUndefined { continue scan1 }
                let allow_stdio_access = source[q.constant(21 /* "allow_stdio_access" */)]
                if allow_stdio_access.isUndefined { continue scan1 }
                let process = try makeObject(q, [(q.constant(32 /* "command" */), command), (q.constant(25 /* "env_rules" */), env_rules), (q.constant(30 /* "working_dir" */), working_dir), (q.constant(21 /* "allow_stdio_access" */), allow_stdio_access)])
                builder0.append(process, q.context)
            }
        }
        let list_2 = builder0.finish(q.context)
        try assignFunction(&result, list_2)
    }
    // versions.rego:91: processes_of(_, declared) := [] if relation(declared) in {"ahead", "missing"}
    block3: do {
        // versions.rego:91: processes_of(_, declared) := [] if relation(declared) in {"ahead", "missing"}
        let relation_3 = try framework_relation(q, declared)
        if relation_3.isUndefined { break block3 }
        let member_2 = try Builtins.internalMember2(q.context, relation_3, q.constant(91 /* {"ahead","missing"} */))
        if member_2.isUndefined { break block3 }
        if !member_2.isTruthy { break block3 }
        try assignFunction(&result, .emptyArray)
        break block3
    }
    q.context.leave()
    return result
}

/// `data.framework.relation`, versions.rego:15
func framework_relation(_ q: Query, _ declared: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // versions.rego:15: relation(declared) := "missing" if declared == null
    block0: do {
        // versions.rego:15: relation(declared) := "missing" if declared == null
        if !(declared == .null) { break block0 }
        try assignFunction(&result, q.constant(92 /* "missing" */))
        break block0
    }
    // versions.rego:17: relation(declared) := "same" if declared == version
    block1: do {
        // versions.rego:17: relation(declared) := "same" if declared == version
        let version = try framework_version(q)
        if version.isUndefined { break block1 }
        if !(declared == version) { break block1 }
        try assignFunction(&result, q.constant(89 /* "same" */))
        break block1
    }
    // versions.rego:19: relation(declared) := "older" if {
    block2: do {
        // versions.rego:20: declared != null
        if declared == .null { break block2 }
        // versions.rego:21: semver.compare(declared, version) < 0
        let version_2 = try framework_version(q)
        if version_2.isUndefined { break block2 }
        let compare = try Builtins.semverCompare(q.context, declared, version_2)
        if compare.isUndefined { break block2 }
        if Value.compare(compare, .int(0)) >= 0 { break block2 }
        try assignFunction(&result, q.constant(90 /* "older" */))
        break block2
    }
    // versions.rego:24: relation(declared) := "ahead" if {
    block3: do {
        // versions.rego:25: declared != null
        if declared == .null { break block3 }
        // versions.rego:26: semver.compare(declared, version) > 0
        let version_3 = try framework_version(q)
        if version_3.isUndefined { break block3 }
        let compare_2 = try Builtins.semverCompare(q.context, declared, version_3)
        if compare_2.isUndefined { break block3 }
        if Value.compare(compare_2, .int(0)) <= 0 { break block3 }
        try assignFunction(&result, q.constant(93 /* "ahead" */))
        break block3
    }
    q.context.leave()
    return result
}

/// `data.framework.version`, versions.rego:5
func framework_version(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(84) { return q.remembered(84) }
    try q.context.enter()
    var result = Value.undefined
    // versions.rego:5: version := "0.5.0"
    result = q.constant(75 /* "0.5.0" */)
    q.context.leave()
    return q.remember(84, result)
}

/// `data.framework.exec_in_container`, containers.rego:83
func framework_exec_in_container(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(87) { return q.remembered(87) }
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:85: exec_in_container := {
    block0: do {
        // containers.rego:91: started
        let started = try framework_started(q)
        if started.isUndefined { break block0 }
        if !started.isTruthy { break block0 }
        // containers.rego:92: count(exec_candidates) > 0
        let exec_candidates = try framework_exec_candidates(q)
        if exec_candidates.isUndefined { break block0 }
        let count = try Builtins.count(q.context, exec_candidates)
        if count.isUndefined { break block0 }
        if Value.compare(count, .int(0)) <= 0 { break block0 }
        // containers.rego:93: env := kept_env(exec_candidates)
        let exec_candidates_2 = try framework_exec_candidates(q)
        if exec_candidates_2.isUndefined { break block0 }
        let kept_env = try framework_kept_env(q, exec_candidates_2)
        if kept_env.isUndefined { break block0 }
        // containers.rego:94: accepting := with_env(exec_candidates, env)
        let exec_candidates_3 = try framework_exec_candidates(q)
        if exec_candidates_3.isUndefined { break block0 }
        let with_env = try framework_with_env(q, exec_candidates_3, kept_env)
        if with_env.isUndefined { break block0 }
        // containers.rego:95: count(accepting) > 0
        let count_2 = try Builtins.count(q.context, with_env)
        if count_2.isUndefined { break block0 }
        if Value.compare(count_2, .int(0)) <= 0 { break block0 }
        // containers.rego:96: capabilities := kept_capabilities(accepting, started_privileged)
        let started_privileged = try framework_started_privileged(q)
        if started_privileged.isUndefined { break block0 }
        let kept_capabilities = try framework_kept_capabilities(q, with_env, started_privileged)
        if kept_capabilities.isUndefined { break block0 }
        // containers.rego:97: survivors := with_capabilities(accepting, capabilities, started_privileged)
        let started_privileged_2 = try framework_started_privileged(q)
        if started_privileged_2.isUndefined { break block0 }
        let with_capabilities = try framework_with_capabilities(q, with_env, kept_capabilities, started_privileged_2)
        if with_capabilities.isUndefined { break block0 }
        // containers.rego:98: count(survivors) > 0
        let count_3 = try Builtins.count(q.context, with_capabilities)
        if count_3.isUndefined { break block0 }
        if Value.compare(count_3, .int(0)) <= 0 { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let containerID = input[q.constant(15 /* "containerID" */)]
        if containerID.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(11 /* "matches" */)), (q.constant(12 /* "action" */), q.constant(13 /* "update" */)), (q.constant(14 /* "key" */), containerID), (q.constant(16 /* "value" */), with_capabilities)])
        let array = q.context.array([object])
        let object_2 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array), (q.constant(19 /* "env_list" */), kept_env), (q.constant(20 /* "caps_list" */), kept_capabilities)])
        try assignRule(&result, object_2)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(87, result)
}

/// `data.framework.exec_candidates`, containers.rego:75
func framework_exec_candidates(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(88) { return q.remembered(88) }
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:75: exec_candidates := [container |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // containers.rego:76: some container in matches
            let matches = try framework_matches(q)
            if matches.isUndefined { break block1 }
            let count1 = matches.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let container = matches.value(at: turn1)
                turn1 &+= 1
                // containers.rego:77: container.working_dir == input.workingDir
                let working_dir = container[q.constant(30 /* "working_dir" */)]
                if working_dir.isUndefined { continue scan1 }
                let input = q.input
                if input.isUndefined { continue scan1 }
                let workingDir = input[q.constant(31 /* "workingDir" */)]
                if workingDir.isUndefined { continue scan1 }
                if !(working_dir == workingDir) { continue scan1 }
                // containers.rego:78: no_new_privileges_ok(container.no_new_privileges)
                let no_new_privileges = container[q.constant(27 /* "no_new_privileges" */)]
                if no_new_privileges.isUndefined { continue scan1 }
                let no_new_privileges_ok = try framework_no_new_privileges_ok(q, no_new_privileges)
                if no_new_privileges_ok.isUndefined { continue scan1 }
                if !no_new_privileges_ok.isTruthy { continue scan1 }
                // containers.rego:79: user_ok(container.user)
                let user = container[q.constant(28 /* "user" */)]
                if user.isUndefined { continue scan1 }
                let user_ok = try framework_user_ok(q, user)
                if user_ok.isUndefined { continue scan1 }
                if !user_ok.isTruthy { continue scan1 }
                // containers.rego:80: exec_process_ok(container.exec_processes)
                let exec_processes = container[q.constant(94 /* "exec_processes" */)]
                if exec_processes.isUndefined { continue scan1 }
                let exec_process_ok = try framework_exec_process_ok(q, exec_processes)
                if exec_process_ok.isUndefined { continue scan1 }
                if !exec_process_ok.isTruthy { continue scan1 }
                builder0.append(container, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(88, result)
}

/// `data.framework.started_privileged`, containers.rego:68
func framework_started_privileged(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(89) { return q.remembered(89) }
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:68: started_privileged := data.metadata.started[input.containerID].privileged
    block0: do {
        let data = q.data
        if data.isUndefined { break block0 }
        let metadata = data[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block0 }
        let started = metadata[q.constant(17 /* "started" */)]
        if started.isUndefined { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let containerID = input[q.constant(15 /* "containerID" */)]
        if containerID.isUndefined { break block0 }
        let element = started[containerID]
        if element.isUndefined { break block0 }
        let privileged = element[q.constant(5 /* "privileged" */)]
        if privileged.isUndefined { break block0 }
        try assignRule(&result, privileged)
    }
    q.context.leave()
    return q.remember(89, result)
}

/// `data.framework.exec_process_ok`, containers.rego:70
func framework_exec_process_ok(_ q: Query, _ processes: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:70: exec_process_ok(processes) if {
    block0: do {
        // containers.rego:71: some process in processes
        let count1 = processes.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let process = processes.value(at: turn1)
            turn1 &+= 1
            // containers.rego:72: command_ok(process.command)
            let command = process[q.constant(32 /* "command" */)]
            if command.isUndefined { continue scan1 }
            let command_ok = try framework_command_ok(q, command)
            if command_ok.isUndefined { continue scan1 }
            if !command_ok.isTruthy { continue scan1 }
            try assignFunction(&result, .true)
            break block0
        }
    }
    q.context.leave()
    return result
}

/// `data.framework.get_properties`, processes.rego:26
func framework_get_properties(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(94) { return q.remembered(94) }
    try q.context.enter()
    var result = Value.undefined
    // processes.rego:26: default get_properties := {"allowed": false}
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(94, result)
}

/// `data.framework.allow_properties_access`, candidates.rego:113
func framework_allow_properties_access(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(95) { return q.remembered(95) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:113: default allow_properties_access := false
    result = .false
    q.context.leave()
    return q.remember(95, result)
}

/// `data.framework.host_network`, processes.rego:38
func framework_host_network(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(98) { return q.remembered(98) }
    try q.context.enter()
    var result = Value.undefined
    // processes.rego:38: default host_network := {"allowed": false}
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(98, result)
}

/// `data.framework.allow_host_network`, candidates.rego:125
func framework_allow_host_network(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(99) { return q.remembered(99) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:125: default allow_host_network := false
    result = .false
    q.context.leave()
    return q.remember(99, result)
}

/// `data.framework.load_fragment`, fragments.rego:80
func framework_load_fragment(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(102) { return q.remembered(102) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:82: load_fragment := {"allowed": true, "parameters": fragment_parameters} if {
    block0: do {
        // fragments.rego:83: not input.fragment_loaded
        not1: do {
            let input = q.input
            if input.isUndefined { break not1 }
            let fragment_loaded = input[q.constant(95 /* "fragment_loaded" */)]
            if fragment_loaded.isUndefined { break not1 }
            if !fragment_loaded.isTruthy { break not1 }
            break block0
        }
        // fragments.rego:84: some requirement in requirements
        let requirements = try framework_requirements(q)
        if requirements.isUndefined { break block0 }
        let count1 = requirements.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let requirement = requirements.value(at: turn1)
            turn1 &+= 1
            // fragments.rego:85: header_svn_ok(requirement)
            let header_svn_ok = try framework_header_svn_ok(q, requirement)
            if header_svn_ok.isUndefined { continue scan1 }
            if !header_svn_ok.isTruthy { continue scan1 }
            // fragments.rego:86: receipts_ok(requirement)
            let receipts_ok = try framework_receipts_ok(q, requirement)
            if receipts_ok.isUndefined { continue scan1 }
            if !receipts_ok.isTruthy { continue scan1 }
            let fragment_parameters = try framework_fragment_parameters(q)
            if fragment_parameters.isUndefined { continue scan1 }
            let object = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(96 /* "parameters" */), fragment_parameters)])
            try assignRule(&result, object)
        }
    }
    // fragments.rego:89: load_fragment := {
    block2: do {
        // fragments.rego:102: input.fragment_loaded
        let input_2 = q.input
        if input_2.isUndefined { break block2 }
        let fragment_loaded_2 = input_2[q.constant(95 /* "fragment_loaded" */)]
        if fragment_loaded_2.isUndefined { break block2 }
        if !fragment_loaded_2.isTruthy { break block2 }
        // fragments.rego:103: relation(fragment_framework_version) in {"same", "older"}
        let fragment_framework_version = try framework_fragment_framework_version(q)
        if fragment_framework_version.isUndefined { break block2 }
        let relation = try framework_relation(q, fragment_framework_version)
        if relation.isUndefined { break block2 }
        let member_2 = try Builtins.internalMember2(q.context, relation, q.constant(97 /* {"same","older"} */))
        if member_2.isUndefined { break block2 }
        if !member_2.isTruthy { break block2 }
        // fragments.rego:104: some requirement in requirements
        let requirements_2 = try framework_requirements(q)
        if requirements_2.isUndefined { break block2 }
        let count2 = requirements_2.scanCount
        var turn2 = 0
        scan2: while turn2 < count2 {
            try q.context.tick()
            let requirement_2 = requirements_2.value(at: turn2)
            turn2 &+= 1
            // fragments.rego:105: fragment_svn_ok(requirement)
            let fragment_svn_ok = try framework_fragment_svn_ok(q, requirement_2)
            if fragment_svn_ok.isUndefined { continue scan2 }
            if !fragment_svn_ok.isTruthy { continue scan2 }
            let includes = requirement_2[q.constant(100 /* "includes" */)]
            if includes.isUndefined { continue scan2 }
            let member_2_2 = try Builtins.internalMember2(q.context, q.constant(99 /* "namespace" */), includes)
            if member_2_2.isUndefined { continue scan2 }
            let input_3 = q.input
            if input_3.isUndefined { continue scan2 }
            let issuer = input_3[q.constant(101 /* "issuer" */)]
            if issuer.isUndefined { continue scan2 }
            let contribution = try framework_contribution(q, requirement_2)
            if contribution.isUndefined { continue scan2 }
            let updated_issuer = try framework_updated_issuer(q, contribution)
            if updated_issuer.isUndefined { continue scan2 }
            let object_2 = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(87 /* "issuers" */)), (q.constant(12 /* "action" */), q.constant(13 /* "update" */)), (q.constant(14 /* "key" */), issuer), (q.constant(16 /* "value" */), updated_issuer)])
            let array = q.context.array([object_2])
            let parameter_records = try framework_parameter_records(q)
            if parameter_records.isUndefined { continue scan2 }
            let concat = try Builtins.arrayConcat(q.context, array, parameter_records)
            if concat.isUndefined { continue scan2 }
            let object_3 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(98 /* "add_module" */), member_2_2), (q.constant(9 /* "metadata" */), concat)])
            try assignRule(&result, object_3)
        }
    }
    block3: do {
        if result.isDefined { break block3 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(102, result)
}

/// `data.framework.requirements`, fragments.rego:4
func framework_requirements(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(103) { return q.remembered(103) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:4: requirements := [requirement |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // fragments.rego:5: some requirement in candidate_requirements
            let candidate_requirements = try framework_candidate_requirements(q)
            if candidate_requirements.isUndefined { break block1 }
            let count1 = candidate_requirements.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let requirement = candidate_requirements.value(at: turn1)
                turn1 &+= 1
                // fragments.rego:6: requirement.issuer == input.issuer
                let issuer = requirement[q.constant(101 /* "issuer" */)]
                if issuer.isUndefined { continue scan1 }
                let input = q.input
                if input.isUndefined { continue scan1 }
                let issuer_2 = input[q.constant(101 /* "issuer" */)]
                if issuer_2.isUndefined { continue scan1 }
                if !(issuer == issuer_2) { continue scan1 }
                // fragments.rego:7: requirement.feed == input.feed
                let feed = requirement[q.constant(102 /* "feed" */)]
                if feed.isUndefined { continue scan1 }
                let input_2 = q.input
                if input_2.isUndefined { continue scan1 }
                let feed_2 = input_2[q.constant(102 /* "feed" */)]
                if feed_2.isUndefined { continue scan1 }
                if !(feed == feed_2) { continue scan1 }
                builder0.append(requirement, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(103, result)
}

/// `data.framework.header_svn_ok`, fragments.rego:19
func framework_header_svn_ok(_ q: Query, _ operand1: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:19: header_svn_ok(_) if input.has_header_svn == false
    block0: do {
        // fragments.rego:19: header_svn_ok(_) if input.has_header_svn == false
        let input = q.input
        if input.isUndefined { break block0 }
        let has_header_svn = input[q.constant(103 /* "has_header_svn" */)]
        if has_header_svn.isUndefined { break block0 }
        if !(has_header_svn == .false) { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // fragments.rego:21: header_svn_ok(requirement) if {
    block1: do {
        if result.isDefined { break block1 }
        // fragments.rego:22: input.has_header_svn
        let input_2 = q.input
        if input_2.isUndefined { break block1 }
        let has_header_svn_2 = input_2[q.constant(103 /* "has_header_svn" */)]
        if has_header_svn_2.isUndefined { break block1 }
        if !has_header_svn_2.isTruthy { break block1 }
        // fragments.rego:23: svn_at_least(input.header_svn, requirement.minimum_svn)
        let input_3 = q.input
        if input_3.isUndefined { break block1 }
        let header_svn = input_3[q.constant(104 /* "header_svn" */)]
        if header_svn.isUndefined { break block1 }
        let minimum_svn = operand1[q.constant(105 /* "minimum_svn" */)]
        if minimum_svn.isUndefined { break block1 }
        let svn_at_least = try framework_svn_at_least(q, header_svn, minimum_svn)
        if svn_at_least.isUndefined { break block1 }
        if !svn_at_least.isTruthy { break block1 }
        try assignFunction(&result, .true)
        break block1
    }
    q.context.leave()
    return result
}

/// `data.framework.receipts_ok`, fragments.rego:60
func framework_receipts_ok(_ q: Query, _ requirement: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:60: receipts_ok(requirement) if {
    block0: do {
        // fragments.rego:61: every wanted in object.get(requirement, "required_receipts", []) {
        let get = try Builtins.objectGet(q.context, requirement, q.constant(106 /* "required_receipts" */), .emptyArray)
        if get.isUndefined { break block0 }
        if get.kind.rawValue < Value.Kind.array.rawValue { break block0 }
        not1: do {
            let count1 = get.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let wanted = get.value(at: turn1)
                turn1 &+= 1
                not2: do {
                    // fragments.rego:62: receipt_ok(wanted)
                    let receipt_ok = try framework_receipt_ok(q, wanted)
                    if receipt_ok.isUndefined { break not2 }
                    if !receipt_ok.isTruthy { break not2 }
                    continue scan1
                }
                break block0
            }
        }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.fragment_parameters`, fragments.rego:67
func framework_fragment_parameters(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(106) { return q.remembered(106) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:67: fragment_parameters := array.concat(
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // fragments.rego:69: some entry in data.metadata.fragment_parameters
            let data = q.data
            if data.isUndefined { break block1 }
            let metadata = data[q.constant(9 /* "metadata" */)]
            if metadata.isUndefined { break block1 }
            let fragment_parameters = metadata[q.constant(107 /* "fragment_parameters" */)]
            if fragment_parameters.isUndefined { break block1 }
            let count1 = fragment_parameters.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let entry = fragment_parameters.value(at: turn1)
                turn1 &+= 1
                // fragments.rego:70: entry.issuer == input.issuer
                let issuer = entry[q.constant(101 /* "issuer" */)]
                if issuer.isUndefined { continue scan1 }
                let input = q.input
                if input.isUndefined { continue scan1 }
                let issuer_2 = input[q.constant(101 /* "issuer" */)]
                if issuer_2.isUndefined { continue scan1 }
                if !(issuer == issuer_2) { continue scan1 }
                // fragments.rego:71: entry.feed == input.feed
                let feed = entry[q.constant(102 /* "feed" */)]
                if feed.isUndefined { continue scan1 }
                let input_2 = q.input
                if input_2.isUndefined { continue scan1 }
                let feed_2 = input_2[q.constant(102 /* "feed" */)]
                if feed_2.isUndefined { continue scan1 }
                if !(feed == feed_2) { continue scan1 }
                let parameters = entry[q.constant(96 /* "parameters" */)]
                if parameters.isUndefined { continue scan1 }
                builder0.append(parameters, q.context)
            }
        }
        let list = builder0.finish(q.context)
        var builder1 = ArrayBuilder()
        block2: do {
            // fragments.rego:74: some requirement in policy_requirements
            let policy_requirements = try framework_policy_requirements(q)
            if policy_requirements.isUndefined { break block2 }
            let count2 = policy_requirements.scanCount
            var turn2 = 0
            scan2: while turn2 < count2 {
                try q.context.tick()
                let requirement = policy_requirements.value(at: turn2)
                turn2 &+= 1
                // fragments.rego:75: requirement.issuer == input.issuer
                let issuer_3 = requirement[q.constant(101 /* "issuer" */)]
                if issuer_3.isUndefined { continue scan2 }
                let input_3 = q.input
                if input_3.isUndefined { continue scan2 }
                let issuer_4 = input_3[q.constant(101 /* "issuer" */)]
                if issuer_4.isUndefined { continue scan2 }
                if !(issuer_3 == issuer_4) { continue scan2 }
                // fragments.rego:76: requirement.feed == input.feed
                let feed_3 = requirement[q.constant(102 /* "feed" */)]
                if feed_3.isUndefined { continue scan2 }
                let input_4 = q.input
                if input_4.isUndefined { continue scan2 }
                let feed_4 = input_4[q.constant(102 /* "feed" */)]
                if feed_4.isUndefined { continue scan2 }
                if !(feed_3 == feed_4) { continue scan2 }
                let parameters_2 = requirement[q.constant(96 /* "parameters" */)]
                if parameters_2.isUndefined { continue scan2 }
                builder1.append(parameters_2, q.context)
            }
        }
        let list_2 = builder1.finish(q.context)
        let concat = try Builtins.arrayConcat(q.context, list, list_2)
        if concat.isUndefined { break block0 }
        try assignRule(&result, concat)
    }
    q.context.leave()
    return q.remember(106, result)
}

/// `data.framework.fragment_framework_version`, fragments.rego:108
func framework_fragment_framework_version(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(107) { return q.remembered(107) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:110: fragment_framework_version := data[input.namespace].framework_version
    block0: do {
        let input = q.input
        if input.isUndefined { break block0 }
        let namespace = input[q.constant(99 /* "namespace" */)]
        if namespace.isUndefined { break block0 }
        var found = Value.undefined
        block1: do {
            if !(namespace == q.constant(108 /* "framework" */)) { break block1 }
            let data = q.data
            if data.isUndefined { break block1 }
            let framework = data[q.constant(108 /* "framework" */)]
            if framework.isUndefined { break block1 }
            let framework_version = framework[q.constant(109 /* "framework_version" */)]
            if framework_version.isUndefined { break block1 }
            found = framework_version
        }
        block2: do {
            if !(namespace == q.constant(46 /* "policy" */)) { break block2 }
            let framework_version_2 = try policy_framework_version(q)
            if framework_version_2.isUndefined { break block2 }
            found = framework_version_2
        }
        block3: do {
            if found.isDefined { break block3 }
            let data_2 = q.data
            if data_2.isUndefined { break block3 }
            let input_2 = q.input
            if input_2.isUndefined { break block3 }
            let namespace_2 = input_2[q.constant(99 /* "namespace" */)]
            if namespace_2.isUndefined { break block3 }
            let element = data_2[namespace_2]
            if element.isUndefined { break block3 }
            let framework_version_3 = element[q.constant(109 /* "framework_version" */)]
            if framework_version_3.isUndefined { break block3 }
            found = framework_version_3
        }
        if found.isUndefined { break block0 }
        try assignRule(&result, found)
    }
    // fragments.rego:112: fragment_framework_version := data[input.namespace].framework_svn if not data[input.namespace].framework_version
    block4: do {
        // fragments.rego:112: fragment_framework_version := data[input.namespace].framework_svn if not data[input.namespace].framework_version
        let input_3 = q.input
        if input_3.isUndefined { break block4 }
        let namespace_3 = input_3[q.constant(99 /* "namespace" */)]
        if namespace_3.isUndefined { break block4 }
        not5: do {
            var found_2 = Value.undefined
            block6: do {
                if !(namespace_3 == q.constant(108 /* "framework" */)) { break block6 }
                let data_3 = q.data
                if data_3.isUndefined { break block6 }
                let framework_2 = data_3[q.constant(108 /* "framework" */)]
                if framework_2.isUndefined { break block6 }
                let framework_version_4 = framework_2[q.constant(109 /* "framework_version" */)]
                if framework_version_4.isUndefined { break block6 }
                found_2 = framework_version_4
            }
            block7: do {
                if !(namespace_3 == q.constant(46 /* "policy" */)) { break block7 }
                let framework_version_5 = try policy_framework_version(q)
                if framework_version_5.isUndefined { break block7 }
                found_2 = framework_version_5
            }
            block8: do {
                if found_2.isDefined { break block8 }
                let data_4 = q.data
                if data_4.isUndefined { break block8 }
                let element_2 = data_4[namespace_3]
                if element_2.isUndefined { break block8 }
                let framework_version_6 = element_2[q.constant(109 /* "framework_version" */)]
                if framework_version_6.isUndefined { break block8 }
                found_2 = framework_version_6
            }
            if found_2.isUndefined { break not5 }
            if !found_2.isTruthy { break not5 }
            break block4
        }
        let input_4 = q.input
        if input_4.isUndefined { break block4 }
        let namespace_4 = input_4[q.constant(99 /* "namespace" */)]
        if namespace_4.isUndefined { break block4 }
        var found_3 = Value.undefined
        block9: do {
            if !(namespace_4 == q.constant(108 /* "framework" */)) { break block9 }
            let data_5 = q.data
            if data_5.isUndefined { break block9 }
            let framework_3 = data_5[q.constant(108 /* "framework" */)]
            if framework_3.isUndefined { break block9 }
            let framework_svn = framework_3[q.constant(47 /* "framework_svn" */)]
            if framework_svn.isUndefined { break block9 }
            found_3 = framework_svn
        }
        block10: do {
            if !(namespace_4 == q.constant(46 /* "policy" */)) { break block10 }
            let data_6 = q.data
            if data_6.isUndefined { break block10 }
            let policy = data_6[q.constant(46 /* "policy" */)]
            if policy.isUndefined { break block10 }
            let framework_svn_2 = policy[q.constant(47 /* "framework_svn" */)]
            if framework_svn_2.isUndefined { break block10 }
            found_3 = framework_svn_2
        }
        block11: do {
            if found_3.isDefined { break block11 }
            let data_7 = q.data
            if data_7.isUndefined { break block11 }
            let input_5 = q.input
            if input_5.isUndefined { break block11 }
            let namespace_5 = input_5[q.constant(99 /* "namespace" */)]
            if namespace_5.isUndefined { break block11 }
            let element_3 = data_7[namespace_5]
            if element_3.isUndefined { break block11 }
            let framework_svn_3 = element_3[q.constant(47 /* "framework_svn" */)]
            if framework_svn_3.isUndefined { break block11 }
            found_3 = framework_svn_3
        }
        if found_3.isUndefined { break block4 }
        try assignRule(&result, found_3)
    }
    block12: do {
        if result.isDefined { break block12 }
        result = .null
    }
    q.context.leave()
    return q.remember(107, result)
}

/// `data.framework.fragment_svn_ok`, fragments.rego:28
func framework_fragment_svn_ok(_ q: Query, _ requirement: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:28: fragment_svn_ok(requirement) if {
    block0: do {
        // fragments.rego:29: not input.has_header_svn
        not1: do {
            let input = q.input
            if input.isUndefined { break not1 }
            let has_header_svn = input[q.constant(103 /* "has_header_svn" */)]
            if has_header_svn.isUndefined { break not1 }
            if !has_header_svn.isTruthy { break not1 }
            break block0
        }
        // fragments.rego:30: svn_at_least(fragment_svn, requirement.minimum_svn)
        let fragment_svn = try framework_fragment_svn(q)
        if fragment_svn.isUndefined { break block0 }
        let minimum_svn = requirement[q.constant(105 /* "minimum_svn" */)]
        if minimum_svn.isUndefined { break block0 }
        let svn_at_least = try framework_svn_at_least(q, fragment_svn, minimum_svn)
        if svn_at_least.isUndefined { break block0 }
        if !svn_at_least.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // fragments.rego:33: fragment_svn_ok(requirement) if {
    block2: do {
        if result.isDefined { break block2 }
        // fragments.rego:34: input.has_header_svn
        let input_2 = q.input
        if input_2.isUndefined { break block2 }
        let has_header_svn_2 = input_2[q.constant(103 /* "has_header_svn" */)]
        if has_header_svn_2.isUndefined { break block2 }
        if !has_header_svn_2.isTruthy { break block2 }
        // fragments.rego:35: to_number(fragment_svn) == to_number(input.header_svn)
        let fragment_svn_2 = try framework_fragment_svn(q)
        if fragment_svn_2.isUndefined { break block2 }
        let to_number = try Builtins.toNumber(q.context, fragment_svn_2)
        if to_number.isUndefined { break block2 }
        let input_3 = q.input
        if input_3.isUndefined { break block2 }
        let header_svn = input_3[q.constant(104 /* "header_svn" */)]
        if header_svn.isUndefined { break block2 }
        let to_number_2 = try Builtins.toNumber(q.context, header_svn)
        if to_number_2.isUndefined { break block2 }
        if !(to_number == to_number_2) { break block2 }
        // fragments.rego:36: svn_at_least(input.header_svn, requirement.minimum_svn)
        let input_4 = q.input
        if input_4.isUndefined { break block2 }
        let header_svn_2 = input_4[q.constant(104 /* "header_svn" */)]
        if header_svn_2.isUndefined { break block2 }
        let minimum_svn_2 = requirement[q.constant(105 /* "minimum_svn" */)]
        if minimum_svn_2.isUndefined { break block2 }
        let svn_at_least_2 = try framework_svn_at_least(q, header_svn_2, minimum_svn_2)
        if svn_at_least_2.isUndefined { break block2 }
        if !svn_at_least_2.isTruthy { break block2 }
        try assignFunction(&result, .true)
        break block2
    }
    // fragments.rego:39: fragment_svn_ok(requirement) if {
    block3: do {
        if result.isDefined { break block3 }
        // fragments.rego:40: input.has_header_svn
        let input_5 = q.input
        if input_5.isUndefined { break block3 }
        let has_header_svn_3 = input_5[q.constant(103 /* "has_header_svn" */)]
        if has_header_svn_3.isUndefined { break block3 }
        if !has_header_svn_3.isTruthy { break block3 }
        // fragments.rego:41: not fragment_svn
        not4: do {
            let fragment_svn_3 = try framework_fragment_svn(q)
            if fragment_svn_3.isUndefined { break not4 }
            if !fragment_svn_3.isTruthy { break not4 }
            break block3
        }
        // fragments.rego:42: svn_at_least(input.header_svn, requirement.minimum_svn)
        let input_6 = q.input
        if input_6.isUndefined { break block3 }
        let header_svn_3 = input_6[q.constant(104 /* "header_svn" */)]
        if header_svn_3.isUndefined { break block3 }
        let minimum_svn_3 = requirement[q.constant(105 /* "minimum_svn" */)]
        if minimum_svn_3.isUndefined { break block3 }
        let svn_at_least_3 = try framework_svn_at_least(q, header_svn_3, minimum_svn_3)
        if svn_at_least_3.isUndefined { break block3 }
        if !svn_at_least_3.isTruthy { break block3 }
        try assignFunction(&result, .true)
        break block3
    }
    q.context.leave()
    return result
}

/// `data.framework.contribution`, fragments.rego:114
func framework_contribution(_ q: Query, _ requirement: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:114: contribution(requirement) := {name: list |
    block0: do {
        var builder0 = ObjectBuilder()
        block1: do {
            // fragments.rego:115: some name in requirement.includes
            let includes = requirement[q.constant(100 /* "includes" */)]
            if includes.isUndefined { break block1 }
            let count1 = includes.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let name = includes.value(at: turn1)
                turn1 &+= 1
                // fragments.rego:116: list := contributed(name)
                let contributed = try framework_contributed(q, name)
                if contributed.isUndefined { continue scan1 }
                try builder0.insertOnce(name, contributed, q.context)
            }
        }
        let mapping = builder0.finish(q.context)
        try assignFunction(&result, mapping)
    }
    q.context.leave()
    return result
}

/// `data.framework.updated_issuer`, fragments.rego:153
func framework_updated_issuer(_ q: Query, _ new: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:153: updated_issuer(new) := {"feeds": object.union(
    block0: do {
        let known_feeds = try framework_known_feeds(q)
        if known_feeds.isUndefined { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let feed = input[q.constant(102 /* "feed" */)]
        if feed.isUndefined { break block0 }
        let array = q.context.array([new])
        let known_contributions = try framework_known_contributions(q)
        if known_contributions.isUndefined { break block0 }
        let concat = try Builtins.arrayConcat(q.context, array, known_contributions)
        if concat.isUndefined { break block0 }
        let object = try makeObject(q, [(feed, concat)])
        let union = try Builtins.objectUnion(q.context, known_feeds, object)
        if union.isUndefined { break block0 }
        let object_2 = try makeObject(q, [(q.constant(88 /* "feeds" */), union)])
        try assignFunction(&result, object_2)
    }
    q.context.leave()
    return result
}

/// `data.framework.parameter_records`, fragments.rego:159
func framework_parameter_records(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(111) { return q.remembered(111) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:159: parameter_records := [record |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // fragments.rego:160: some requirement in contributed("fragments")
            let contributed = try framework_contributed(q, q.constant(110 /* "fragments" */))
            if contributed.isUndefined { break block1 }
            let count1 = contributed.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let requirement = contributed.value(at: turn1)
                turn1 &+= 1
                // fragments.rego:161: parameters := requirement.parameters
                let parameters = requirement[q.constant(96 /* "parameters" */)]
                if parameters.isUndefined { continue scan1 }
                // fragments.rego:162: record := {
                let issuer = requirement[q.constant(101 /* "issuer" */)]
                if issuer.isUndefined { continue scan1 }
                let feed = requirement[q.constant(102 /* "feed" */)]
                if feed.isUndefined { continue scan1 }
                let object = try makeObject(q, [(q.constant(101 /* "issuer" */), issuer), (q.constant(102 /* "feed" */), feed), (q.constant(96 /* "parameters" */), parameters)])
                let record = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(107 /* "fragment_parameters" */)), (q.constant(63 /* "type" */), q.constant(111 /* "set" */)), (q.constant(12 /* "action" */), q.constant(18 /* "add" */)), (q.constant(16 /* "value" */), object)])
                builder0.append(record, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(111, result)
}

/// `data.framework.candidate_requirements`, candidates.rego:36
func framework_candidate_requirements(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(112) { return q.remembered(112) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:36: candidate_requirements := array.concat(policy_requirements, [requirement |
    block0: do {
        let policy_requirements = try framework_policy_requirements(q)
        if policy_requirements.isUndefined { break block0 }
        var builder0 = ArrayBuilder()
        block1: do {
            // candidates.rego:37: some contribution in contributions
            let contributions = try framework_contributions(q)
            if contributions.isUndefined { break block1 }
            let count1 = contributions.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let contribution = contributions.value(at: turn1)
                turn1 &+= 1
                // candidates.rego:38: some requirement in contribution.fragments
                let fragments = contribution[q.constant(110 /* "fragments" */)]
                if fragments.isUndefined { continue scan1 }
                let count2 = fragments.scanCount
                var turn2 = 0
                scan2: while turn2 < count2 {
                    try q.context.tick()
                    let requirement = fragments.value(at: turn2)
                    turn2 &+= 1
                    builder0.append(requirement, q.context)
                }
            }
        }
        let list = builder0.finish(q.context)
        let concat = try Builtins.arrayConcat(q.context, policy_requirements, list)
        if concat.isUndefined { break block0 }
        try assignRule(&result, concat)
    }
    q.context.leave()
    return q.remember(112, result)
}

/// `data.framework.svn_at_least`, fragments.rego:11
func framework_svn_at_least(_ q: Query, _ svn: Value, _ minimum: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:11: svn_at_least(svn, minimum) if {
    block0: do {
        // fragments.rego:12: semver.is_valid(svn)
        let is_valid = try Builtins.semverIsValid(q.context, svn)
        if is_valid.isUndefined { break block0 }
        if !is_valid.isTruthy { break block0 }
        // fragments.rego:13: semver.is_valid(minimum)
        let is_valid_2 = try Builtins.semverIsValid(q.context, minimum)
        if is_valid_2.isUndefined { break block0 }
        if !is_valid_2.isTruthy { break block0 }
        // fragments.rego:14: semver.compare(svn, minimum) >= 0
        let compare = try Builtins.semverCompare(q.context, svn, minimum)
        if compare.isUndefined { break block0 }
        if Value.compare(compare, .int(0)) < 0 { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // fragments.rego:17: svn_at_least(svn, minimum) if to_number(svn) >= to_number(minimum)
    block1: do {
        if result.isDefined { break block1 }
        // fragments.rego:17: svn_at_least(svn, minimum) if to_number(svn) >= to_number(minimum)
        let to_number = try Builtins.toNumber(q.context, svn)
        if to_number.isUndefined { break block1 }
        let to_number_2 = try Builtins.toNumber(q.context, minimum)
        if to_number_2.isUndefined { break block1 }
        if Value.compare(to_number, to_number_2) < 0 { break block1 }
        try assignFunction(&result, .true)
        break block1
    }
    q.context.leave()
    return result
}

/// `data.framework.receipt_ok`, fragments.rego:45
func framework_receipt_ok(_ q: Query, _ operand1: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:45: receipt_ok("*") if count(input.receipts) > 0
    block0: do {
        if !(q.constant(112 /* "*" */) == operand1) { break block0 }
        // fragments.rego:45: receipt_ok("*") if count(input.receipts) > 0
        let input = q.input
        if input.isUndefined { break block0 }
        let receipts = input[q.constant(113 /* "receipts" */)]
        if receipts.isUndefined { break block0 }
        let count = try Builtins.count(q.context, receipts)
        if count.isUndefined { break block0 }
        if Value.compare(count, .int(0)) <= 0 { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // fragments.rego:47: receipt_ok(wanted) if {
    block1: do {
        if result.isDefined { break block1 }
        // fragments.rego:48: startswith(wanted, "TTL:")
        let startswith = try Builtins.startswith(q.context, operand1, q.constant(114 /* "TTL:" */))
        if startswith.isUndefined { break block1 }
        if !startswith.isTruthy { break block1 }
        // fragments.rego:49: some receipt in input.receipts
        let input_2 = q.input
        if input_2.isUndefined { break block1 }
        let receipts_2 = input_2[q.constant(113 /* "receipts" */)]
        if receipts_2.isUndefined { break block1 }
        let count1 = receipts_2.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let receipt = receipts_2.value(at: turn1)
            turn1 &+= 1
            // fragments.rego:50: substring(wanted, 4, -1) in receipt.ttl_subjects
            let substring = try Builtins.substring(q.context, operand1, .int(4), .int(-1))
            if substring.isUndefined { continue scan1 }
            let ttl_subjects = receipt[q.constant(116 /* "ttl_subjects" */)]
            if ttl_subjects.isUndefined { continue scan1 }
            let member_2 = try Builtins.internalMember2(q.context, substring, ttl_subjects)
            if member_2.isUndefined { continue scan1 }
            if !member_2.isTruthy { continue scan1 }
            try assignFunction(&result, .true)
            break block1
        }
    }
    // fragments.rego:53: receipt_ok(wanted) if {
    block2: do {
        if result.isDefined { break block2 }
        // fragments.rego:54: wanted != "*"
        if operand1 == q.constant(112 /* "*" */) { break block2 }
        // fragments.rego:55: not startswith(wanted, "TTL:")
        not3: do {
            let startswith_2 = try Builtins.startswith(q.context, operand1, q.constant(114 /* "TTL:" */))
            if startswith_2.isUndefined { break not3 }
            if !startswith_2.isTruthy { break not3 }
            break block2
        }
        // fragments.rego:56: some receipt in input.receipts
        let input_3 = q.input
        if input_3.isUndefined { break block2 }
        let receipts_3 = input_3[q.constant(113 /* "receipts" */)]
        if receipts_3.isUndefined { break block2 }
        let count2 = receipts_3.scanCount
        var turn2 = 0
        scan2: while turn2 < count2 {
            try q.context.tick()
            let receipt_2 = receipts_3.value(at: turn2)
            turn2 &+= 1
            // fragments.rego:57: receipt.issuer == wanted
            let issuer = receipt_2[q.constant(101 /* "issuer" */)]
            if issuer.isUndefined { continue scan2 }
            if !(issuer == operand1) { continue scan2 }
            try assignFunction(&result, .true)
            break block2
        }
    }
    q.context.leave()
    return result
}

/// `data.framework.policy_requirements`, candidates.rego:8
func framework_policy_requirements(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(115) { return q.remembered(115) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:10: policy_requirements := requirements_of(data.policy.fragments, policy_version)
    block0: do {
        let data = q.data
        if data.isUndefined { break block0 }
        let policy = data[q.constant(46 /* "policy" */)]
        if policy.isUndefined { break block0 }
        let fragments = policy[q.constant(110 /* "fragments" */)]
        if fragments.isUndefined { break block0 }
        let policy_version = try framework_policy_version(q)
        if policy_version.isUndefined { break block0 }
        let requirements_of = try framework_requirements_of(q, fragments, policy_version)
        if requirements_of.isUndefined { break block0 }
        try assignRule(&result, requirements_of)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = .emptyArray
    }
    q.context.leave()
    return q.remember(115, result)
}

/// `data.framework.fragment_svn`, fragments.rego:26
func framework_fragment_svn(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(116) { return q.remembered(116) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:26: fragment_svn := data[input.namespace].svn
    block0: do {
        let input = q.input
        if input.isUndefined { break block0 }
        let namespace = input[q.constant(99 /* "namespace" */)]
        if namespace.isUndefined { break block0 }
        var found = Value.undefined
        block1: do {
            if !(namespace == q.constant(108 /* "framework" */)) { break block1 }
            let data = q.data
            if data.isUndefined { break block1 }
            let framework = data[q.constant(108 /* "framework" */)]
            if framework.isUndefined { break block1 }
            let svn = framework[q.constant(117 /* "svn" */)]
            if svn.isUndefined { break block1 }
            found = svn
        }
        block2: do {
            if !(namespace == q.constant(46 /* "policy" */)) { break block2 }
            let data_2 = q.data
            if data_2.isUndefined { break block2 }
            let policy = data_2[q.constant(46 /* "policy" */)]
            if policy.isUndefined { break block2 }
            let svn_2 = policy[q.constant(117 /* "svn" */)]
            if svn_2.isUndefined { break block2 }
            found = svn_2
        }
        block3: do {
            if found.isDefined { break block3 }
            let data_3 = q.data
            if data_3.isUndefined { break block3 }
            let input_2 = q.input
            if input_2.isUndefined { break block3 }
            let namespace_2 = input_2[q.constant(99 /* "namespace" */)]
            if namespace_2.isUndefined { break block3 }
            let element = data_3[namespace_2]
            if element.isUndefined { break block3 }
            let svn_3 = element[q.constant(117 /* "svn" */)]
            if svn_3.isUndefined { break block3 }
            found = svn_3
        }
        if found.isUndefined { break block0 }
        try assignRule(&result, found)
    }
    q.context.leave()
    return q.remember(116, result)
}

/// `data.framework.contributed`, fragments.rego:123
func framework_contributed(_ q: Query, _ operand1: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:123: contributed("containers") := containers_of(fragment_containers, fragment_framework_version)
    block0: do {
        if !(q.constant(118 /* "containers" */) == operand1) { break block0 }
        let fragment_containers = try framework_fragment_containers(q)
        if fragment_containers.isUndefined { break block0 }
        let fragment_framework_version = try framework_fragment_framework_version(q)
        if fragment_framework_version.isUndefined { break block0 }
        let containers_of = try framework_containers_of(q, fragment_containers, fragment_framework_version)
        if containers_of.isUndefined { break block0 }
        try assignFunction(&result, containers_of)
    }
    // fragments.rego:129: contributed("fragments") := requirements_of(fragment_fragments, fragment_framework_version)
    block1: do {
        if !(q.constant(110 /* "fragments" */) == operand1) { break block1 }
        let fragment_fragments = try framework_fragment_fragments(q)
        if fragment_fragments.isUndefined { break block1 }
        let fragment_framework_version_2 = try framework_fragment_framework_version(q)
        if fragment_framework_version_2.isUndefined { break block1 }
        let requirements_of = try framework_requirements_of(q, fragment_fragments, fragment_framework_version_2)
        if requirements_of.isUndefined { break block1 }
        try assignFunction(&result, requirements_of)
    }
    // fragments.rego:135: contributed("external_processes") := processes_of(fragment_external_processes, fragment_framework_version)
    block2: do {
        if !(q.constant(86 /* "external_processes" */) == operand1) { break block2 }
        let fragment_external_processes = try framework_fragment_external_processes(q)
        if fragment_external_processes.isUndefined { break block2 }
        let fragment_framework_version_3 = try framework_fragment_framework_version(q)
        if fragment_framework_version_3.isUndefined { break block2 }
        let processes_of = try framework_processes_of(q, fragment_external_processes, fragment_framework_version_3)
        if processes_of.isUndefined { break block2 }
        try assignFunction(&result, processes_of)
    }
    // fragments.rego:141: contributed("transparency_trust_lists") := recent_of(fragment_transparency_trust_lists, fragment_framework_version)
    block3: do {
        if !(q.constant(119 /* "transparency_trust_lists" */) == operand1) { break block3 }
        let fragment_transparency_trust_lists = try framework_fragment_transparency_trust_lists(q)
        if fragment_transparency_trust_lists.isUndefined { break block3 }
        let fragment_framework_version_4 = try framework_fragment_framework_version(q)
        if fragment_framework_version_4.isUndefined { break block3 }
        let recent_of = try framework_recent_of(q, fragment_transparency_trust_lists, fragment_framework_version_4)
        if recent_of.isUndefined { break block3 }
        try assignFunction(&result, recent_of)
    }
    // fragments.rego:147: contributed("platform_rules") := recent_of(fragment_platform_rules, fragment_framework_version)
    block4: do {
        if !(q.constant(120 /* "platform_rules" */) == operand1) { break block4 }
        let fragment_platform_rules = try framework_fragment_platform_rules(q)
        if fragment_platform_rules.isUndefined { break block4 }
        let fragment_framework_version_5 = try framework_fragment_framework_version(q)
        if fragment_framework_version_5.isUndefined { break block4 }
        let recent_of_2 = try framework_recent_of(q, fragment_platform_rules, fragment_framework_version_5)
        if recent_of_2.isUndefined { break block4 }
        try assignFunction(&result, recent_of_2)
    }
    q.context.leave()
    return result
}

/// `data.framework.known_feeds`, fragments.rego:149
func framework_known_feeds(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(118) { return q.remembered(118) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:151: known_feeds := data.metadata.issuers[input.issuer].feeds
    block0: do {
        let data = q.data
        if data.isUndefined { break block0 }
        let metadata = data[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block0 }
        let issuers = metadata[q.constant(87 /* "issuers" */)]
        if issuers.isUndefined { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let issuer = input[q.constant(101 /* "issuer" */)]
        if issuer.isUndefined { break block0 }
        let element = issuers[issuer]
        if element.isUndefined { break block0 }
        let feeds = element[q.constant(88 /* "feeds" */)]
        if feeds.isUndefined { break block0 }
        try assignRule(&result, feeds)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = .emptyObject
    }
    q.context.leave()
    return q.remember(118, result)
}

/// `data.framework.known_contributions`, fragments.rego:198
func framework_known_contributions(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(119) { return q.remembered(119) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:200: known_contributions := known_feeds[input.feed]
    block0: do {
        let known_feeds = try framework_known_feeds(q)
        if known_feeds.isUndefined { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let feed = input[q.constant(102 /* "feed" */)]
        if feed.isUndefined { break block0 }
        let element = known_feeds[feed]
        if element.isUndefined { break block0 }
        try assignRule(&result, element)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = .emptyArray
    }
    q.context.leave()
    return q.remember(119, result)
}

/// `data.framework.requirements_of`, versions.rego:93
func framework_requirements_of(_ q: Query, _ list: Value, _ declared: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // versions.rego:93: requirements_of(list, declared) := list if relation(declared) == "same"
    block0: do {
        // versions.rego:93: requirements_of(list, declared) := list if relation(declared) == "same"
        let relation = try framework_relation(q, declared)
        if relation.isUndefined { break block0 }
        if !(relation == q.constant(89 /* "same" */)) { break block0 }
        try assignFunction(&result, list)
    }
    // versions.rego:95: requirements_of(list, declared) := [requirement |
    block1: do {
        // versions.rego:106: relation(declared) == "older"
        let relation_2 = try framework_relation(q, declared)
        if relation_2.isUndefined { break block1 }
        if !(relation_2 == q.constant(90 /* "older" */)) { break block1 }
        var builder0 = ArrayBuilder()
        block2: do {
            // versions.rego:96: some source in list
            let count1 = list.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let source = list.value(at: turn1)
                turn1 &+= 1
                // versions.rego:97: requirement := {
                let issuer = source[q.constant(101 /* "issuer" */)]
                if issuer.isUndefined { continue scan1 }
                let feed = source[q.constant(102 /* "feed" */)]
                if feed.isUndefined { continue scan1 }
                let minimum_svn = source[q.constant(105 /* "minimum_svn" */)]
                if minimum_svn.isUndefined { continue scan1 }
                let includes = source[q.constant(100 /* "includes" */)]
                if includes.isUndefined { continue scan1 }
                let get = try Builtins.objectGet(q.context, source, q.constant(106 /* "required_receipts" */), .emptyArray)
                if get.isUndefined { continue scan1 }
                let get_2 = try Builtins.objectGet(q.context, source, q.constant(96 /* "parameters" */), .emptyObject)
                if get_2.isUndefined { continue scan1 }
                let requirement = try makeObject(q, [(q.constant(101 /* "issuer" */), issuer), (q.constant(102 /* "feed" */), feed), (q.constant(105 /* "minimum_svn" */), minimum_svn), (q.constant(100 /* "includes" */), includes), (q.constant(106 /* "required_receipts" */), get), (q.constant(96 /* "parameters" */), get_2)])
                builder0.append(requirement, q.context)
            }
        }
        let list_2 = builder0.finish(q.context)
        try assignFunction(&result, list_2)
    }
    // versions.rego:109: requirements_of(_, declared) := [] if relation(declared) in {"ahead", "missing"}
    block3: do {
        // versions.rego:109: requirements_of(_, declared) := [] if relation(declared) in {"ahead", "missing"}
        let relation_3 = try framework_relation(q, declared)
        if relation_3.isUndefined { break block3 }
        let member_2 = try Builtins.internalMember2(q.context, relation_3, q.constant(91 /* {"ahead","missing"} */))
        if member_2.isUndefined { break block3 }
        if !member_2.isTruthy { break block3 }
        try assignFunction(&result, .emptyArray)
        break block3
    }
    q.context.leave()
    return result
}

/// `data.framework.fragment_containers`, fragments.rego:119
func framework_fragment_containers(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(121) { return q.remembered(121) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:121: fragment_containers := data[input.namespace].containers
    block0: do {
        let input = q.input
        if input.isUndefined { break block0 }
        let namespace = input[q.constant(99 /* "namespace" */)]
        if namespace.isUndefined { break block0 }
        var found = Value.undefined
        block1: do {
            if !(namespace == q.constant(108 /* "framework" */)) { break block1 }
            let data = q.data
            if data.isUndefined { break block1 }
            let framework = data[q.constant(108 /* "framework" */)]
            if framework.isUndefined { break block1 }
            let containers = framework[q.constant(118 /* "containers" */)]
            if containers.isUndefined { break block1 }
            found = containers
        }
        block2: do {
            if !(namespace == q.constant(46 /* "policy" */)) { break block2 }
            let containers_2 = try policy_containers(q)
            if containers_2.isUndefined { break block2 }
            found = containers_2
        }
        block3: do {
            if found.isDefined { break block3 }
            let data_2 = q.data
            if data_2.isUndefined { break block3 }
            let input_2 = q.input
            if input_2.isUndefined { break block3 }
            let namespace_2 = input_2[q.constant(99 /* "namespace" */)]
            if namespace_2.isUndefined { break block3 }
            let element = data_2[namespace_2]
            if element.isUndefined { break block3 }
            let containers_3 = element[q.constant(118 /* "containers" */)]
            if containers_3.isUndefined { break block3 }
            found = containers_3
        }
        if found.isUndefined { break block0 }
        try assignRule(&result, found)
    }
    block4: do {
        if result.isDefined { break block4 }
        result = .emptyArray
    }
    q.context.leave()
    return q.remember(121, result)
}

/// `data.framework.containers_of`, versions.rego:33
func framework_containers_of(_ q: Query, _ list: Value, _ declared: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // versions.rego:33: containers_of(list, declared) := list if relation(declared) == "same"
    block0: do {
        // versions.rego:33: containers_of(list, declared) := list if relation(declared) == "same"
        let relation = try framework_relation(q, declared)
        if relation.isUndefined { break block0 }
        if !(relation == q.constant(89 /* "same" */)) { break block0 }
        try assignFunction(&result, list)
    }
    // versions.rego:35: containers_of(list, declared) := [container |
    block1: do {
        // versions.rego:39: relation(declared) == "older"
        let relation_2 = try framework_relation(q, declared)
        if relation_2.isUndefined { break block1 }
        if !(relation_2 == q.constant(90 /* "older" */)) { break block1 }
        var builder0 = ArrayBuilder()
        block2: do {
            // versions.rego:36: some source in list
            let count1 = list.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let source = list.value(at: turn1)
                turn1 &+= 1
                // versions.rego:37: container := container_of(source, declared)
                let container_of = try framework_container_of(q, source, declared)
                if container_of.isUndefined { continue scan1 }
                builder0.append(container_of, q.context)
            }
        }
        let list_2 = builder0.finish(q.context)
        try assignFunction(&result, list_2)
    }
    // versions.rego:42: containers_of(_, declared) := [] if relation(declared) in {"ahead", "missing"}
    block3: do {
        // versions.rego:42: containers_of(_, declared) := [] if relation(declared) in {"ahead", "missing"}
        let relation_3 = try framework_relation(q, declared)
        if relation_3.isUndefined { break block3 }
        let member_2 = try Builtins.internalMember2(q.context, relation_3, q.constant(91 /* {"ahead","missing"} */))
        if member_2.isUndefined { break block3 }
        if !member_2.isTruthy { break block3 }
        try assignFunction(&result, .emptyArray)
        break block3
    }
    q.context.leave()
    return result
}

/// `data.framework.fragment_fragments`, fragments.rego:125
func framework_fragment_fragments(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(123) { return q.remembered(123) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:127: fragment_fragments := data[input.namespace].fragments
    block0: do {
        let input = q.input
        if input.isUndefined { break block0 }
        let namespace = input[q.constant(99 /* "namespace" */)]
        if namespace.isUndefined { break block0 }
        var found = Value.undefined
        block1: do {
            if !(namespace == q.constant(108 /* "framework" */)) { break block1 }
            let data = q.data
            if data.isUndefined { break block1 }
            let framework = data[q.constant(108 /* "framework" */)]
            if framework.isUndefined { break block1 }
            let fragments = framework[q.constant(110 /* "fragments" */)]
            if fragments.isUndefined { break block1 }
            found = fragments
        }
        block2: do {
            if !(namespace == q.constant(46 /* "policy" */)) { break block2 }
            let data_2 = q.data
            if data_2.isUndefined { break block2 }
            let policy = data_2[q.constant(46 /* "policy" */)]
            if policy.isUndefined { break block2 }
            let fragments_2 = policy[q.constant(110 /* "fragments" */)]
            if fragments_2.isUndefined { break block2 }
            found = fragments_2
        }
        block3: do {
            if found.isDefined { break block3 }
            let data_3 = q.data
            if data_3.isUndefined { break block3 }
            let input_2 = q.input
            if input_2.isUndefined { break block3 }
            let namespace_2 = input_2[q.constant(99 /* "namespace" */)]
            if namespace_2.isUndefined { break block3 }
            let element = data_3[namespace_2]
            if element.isUndefined { break block3 }
            let fragments_3 = element[q.constant(110 /* "fragments" */)]
            if fragments_3.isUndefined { break block3 }
            found = fragments_3
        }
        if found.isUndefined { break block0 }
        try assignRule(&result, found)
    }
    block4: do {
        if result.isDefined { break block4 }
        result = .emptyArray
    }
    q.context.leave()
    return q.remember(123, result)
}

/// `data.framework.fragment_external_processes`, fragments.rego:131
func framework_fragment_external_processes(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(124) { return q.remembered(124) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:133: fragment_external_processes := data[input.namespace].external_processes
    block0: do {
        let input = q.input
        if input.isUndefined { break block0 }
        let namespace = input[q.constant(99 /* "namespace" */)]
        if namespace.isUndefined { break block0 }
        var found = Value.undefined
        block1: do {
            if !(namespace == q.constant(108 /* "framework" */)) { break block1 }
            let data = q.data
            if data.isUndefined { break block1 }
            let framework = data[q.constant(108 /* "framework" */)]
            if framework.isUndefined { break block1 }
            let external_processes = framework[q.constant(86 /* "external_processes" */)]
            if external_processes.isUndefined { break block1 }
            found = external_processes
        }
        block2: do {
            if !(namespace == q.constant(46 /* "policy" */)) { break block2 }
            let data_2 = q.data
            if data_2.isUndefined { break block2 }
            let policy = data_2[q.constant(46 /* "policy" */)]
            if policy.isUndefined { break block2 }
            let external_processes_2 = policy[q.constant(86 /* "external_processes" */)]
            if external_processes_2.isUndefined { break block2 }
            found = external_processes_2
        }
        block3: do {
            if found.isDefined { break block3 }
            let data_3 = q.data
            if data_3.isUndefined { break block3 }
            let input_2 = q.input
            if input_2.isUndefined { break block3 }
            let namespace_2 = input_2[q.constant(99 /* "namespace" */)]
            if namespace_2.isUndefined { break block3 }
            let element = data_3[namespace_2]
            if element.isUndefined { break block3 }
            let external_processes_3 = element[q.constant(86 /* "external_processes" */)]
            if external_processes_3.isUndefined { break block3 }
            found = external_processes_3
        }
        if found.isUndefined { break block0 }
        try assignRule(&result, found)
    }
    block4: do {
        if result.isDefined { break block4 }
        result = .emptyArray
    }
    q.context.leave()
    return q.remember(124, result)
}

/// `data.framework.fragment_transparency_trust_lists`, fragments.rego:137
func framework_fragment_transparency_trust_lists(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(125) { return q.remembered(125) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:139: fragment_transparency_trust_lists := data[input.namespace].transparency_trust_lists
    block0: do {
        let input = q.input
        if input.isUndefined { break block0 }
        let namespace = input[q.constant(99 /* "namespace" */)]
        if namespace.isUndefined { break block0 }
        var found = Value.undefined
        block1: do {
            if !(namespace == q.constant(108 /* "framework" */)) { break block1 }
            let data = q.data
            if data.isUndefined { break block1 }
            let framework = data[q.constant(108 /* "framework" */)]
            if framework.isUndefined { break block1 }
            let transparency_trust_lists = framework[q.constant(119 /* "transparency_trust_lists" */)]
            if transparency_trust_lists.isUndefined { break block1 }
            found = transparency_trust_lists
        }
        block2: do {
            if !(namespace == q.constant(46 /* "policy" */)) { break block2 }
            let data_2 = q.data
            if data_2.isUndefined { break block2 }
            let policy = data_2[q.constant(46 /* "policy" */)]
            if policy.isUndefined { break block2 }
            let transparency_trust_lists_2 = policy[q.constant(119 /* "transparency_trust_lists" */)]
            if transparency_trust_lists_2.isUndefined { break block2 }
            found = transparency_trust_lists_2
        }
        block3: do {
            if found.isDefined { break block3 }
            let data_3 = q.data
            if data_3.isUndefined { break block3 }
            let input_2 = q.input
            if input_2.isUndefined { break block3 }
            let namespace_2 = input_2[q.constant(99 /* "namespace" */)]
            if namespace_2.isUndefined { break block3 }
            let element = data_3[namespace_2]
            if element.isUndefined { break block3 }
            let transparency_trust_lists_3 = element[q.constant(119 /* "transparency_trust_lists" */)]
            if transparency_trust_lists_3.isUndefined { break block3 }
            found = transparency_trust_lists_3
        }
        if found.isUndefined { break block0 }
        try assignRule(&result, found)
    }
    block4: do {
        if result.isDefined { break block4 }
        result = .emptyArray
    }
    q.context.leave()
    return q.remember(125, result)
}

/// `data.framework.recent_of`, versions.rego:112
func framework_recent_of(_ q: Query, _ list: Value, _ declared: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // versions.rego:112: recent_of(list, declared) := list if relation(declared) == "same"
    block0: do {
        // versions.rego:112: recent_of(list, declared) := list if relation(declared) == "same"
        let relation = try framework_relation(q, declared)
        if relation.isUndefined { break block0 }
        if !(relation == q.constant(89 /* "same" */)) { break block0 }
        try assignFunction(&result, list)
    }
    // versions.rego:114: recent_of(_, declared) := [] if relation(declared) != "same"
    block1: do {
        // versions.rego:114: recent_of(_, declared) := [] if relation(declared) != "same"
        let relation_2 = try framework_relation(q, declared)
        if relation_2.isUndefined { break block1 }
        if relation_2 == q.constant(89 /* "same" */) { break block1 }
        try assignFunction(&result, .emptyArray)
        break block1
    }
    q.context.leave()
    return result
}

/// `data.framework.fragment_platform_rules`, fragments.rego:143
func framework_fragment_platform_rules(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(127) { return q.remembered(127) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:145: fragment_platform_rules := data[input.namespace].platform_rules
    block0: do {
        let input = q.input
        if input.isUndefined { break block0 }
        let namespace = input[q.constant(99 /* "namespace" */)]
        if namespace.isUndefined { break block0 }
        var found = Value.undefined
        block1: do {
            if !(namespace == q.constant(108 /* "framework" */)) { break block1 }
            let data = q.data
            if data.isUndefined { break block1 }
            let framework = data[q.constant(108 /* "framework" */)]
            if framework.isUndefined { break block1 }
            let platform_rules = framework[q.constant(120 /* "platform_rules" */)]
            if platform_rules.isUndefined { break block1 }
            found = platform_rules
        }
        block2: do {
            if !(namespace == q.constant(46 /* "policy" */)) { break block2 }
            let data_2 = q.data
            if data_2.isUndefined { break block2 }
            let policy = data_2[q.constant(46 /* "policy" */)]
            if policy.isUndefined { break block2 }
            let platform_rules_2 = policy[q.constant(120 /* "platform_rules" */)]
            if platform_rules_2.isUndefined { break block2 }
            found = platform_rules_2
        }
        block3: do {
            if found.isDefined { break block3 }
            let data_3 = q.data
            if data_3.isUndefined { break block3 }
            let input_2 = q.input
            if input_2.isUndefined { break block3 }
            let namespace_2 = input_2[q.constant(99 /* "namespace" */)]
            if namespace_2.isUndefined { break block3 }
            let element = data_3[namespace_2]
            if element.isUndefined { break block3 }
            let platform_rules_3 = element[q.constant(120 /* "platform_rules" */)]
            if platform_rules_3.isUndefined { break block3 }
            found = platform_rules_3
        }
        if found.isUndefined { break block0 }
        try assignRule(&result, found)
    }
    block4: do {
        if result.isDefined { break block4 }
        result = .emptyArray
    }
    q.context.leave()
    return q.remember(127, result)
}

/// `data.framework.container_of`, versions.rego:45
func framework_container_of(_ q: Query, _ source: Value, _ declared: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // versions.rego:45: container_of(source, declared) := {
    block0: do {
        let command = source[q.constant(32 /* "command" */)]
        if command.isUndefined { break block0 }
        let env_rules = source[q.constant(25 /* "env_rules" */)]
        if env_rules.isUndefined { break block0 }
        let layers = source[q.constant(122 /* "layers" */)]
        if layers.isUndefined { break block0 }
        let mounts = source[q.constant(33 /* "mounts" */)]
        if mounts.isUndefined { break block0 }
        let allow_elevated = source[q.constant(29 /* "allow_elevated" */)]
        if allow_elevated.isUndefined { break block0 }
        let working_dir = source[q.constant(30 /* "working_dir" */)]
        if working_dir.isUndefined { break block0 }
        let exec_processes = source[q.constant(94 /* "exec_processes" */)]
        if exec_processes.isUndefined { break block0 }
        let signals_of = try framework_signals_of(q, source, declared)
        if signals_of.isUndefined { break block0 }
        let allow_stdio_access = source[q.constant(21 /* "allow_stdio_access" */)]
        if allow_stdio_access.isUndefined { break block0 }
        let since = try framework_since(q, source, q.constant(27 /* "no_new_privileges" */), declared, q.constant(124 /* "0.2.0" */), .false)
        if since.isUndefined { break block0 }
        let any_user = try framework_any_user(q)
        if any_user.isUndefined { break block0 }
        let since_2 = try framework_since(q, source, q.constant(28 /* "user" */), declared, q.constant(125 /* "0.2.1" */), any_user)
        if since_2.isUndefined { break block0 }
        let since_3 = try framework_since(q, source, q.constant(26 /* "capabilities" */), declared, q.constant(36 /* "0.2.2" */), .null)
        if since_3.isUndefined { break block0 }
        let since_4 = try framework_since(q, source, q.constant(23 /* "seccomp_profile_sha256" */), declared, q.constant(126 /* "0.2.3" */), .emptyString)
        if since_4.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(32 /* "command" */), command), (q.constant(25 /* "env_rules" */), env_rules), (q.constant(122 /* "layers" */), layers), (q.constant(33 /* "mounts" */), mounts), (q.constant(29 /* "allow_elevated" */), allow_elevated), (q.constant(30 /* "working_dir" */), working_dir), (q.constant(94 /* "exec_processes" */), exec_processes), (q.constant(123 /* "signals" */), signals_of), (q.constant(21 /* "allow_stdio_access" */), allow_stdio_access), (q.constant(27 /* "no_new_privileges" */), since), (q.constant(28 /* "user" */), since_2), (q.constant(26 /* "capabilities" */), since_3), (q.constant(23 /* "seccomp_profile_sha256" */), since_4)])
        try assignFunction(&result, object)
    }
    q.context.leave()
    return result
}

/// `data.framework.signals_of`, versions.rego:73
func framework_signals_of(_ q: Query, _ source: Value, _ declared: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // versions.rego:73: signals_of(source, declared) := source.signals if at_least(declared, "0.4.1")
    block0: do {
        // versions.rego:73: signals_of(source, declared) := source.signals if at_least(declared, "0.4.1")
        let at_least = try framework_at_least(q, declared, q.constant(127 /* "0.4.1" */))
        if at_least.isUndefined { break block0 }
        if !at_least.isTruthy { break block0 }
        let signals = source[q.constant(123 /* "signals" */)]
        if signals.isUndefined { break block0 }
        try assignFunction(&result, signals)
    }
    // versions.rego:75: signals_of(source, declared) := array.concat(source.signals, [9, 15]) if not at_least(declared, "0.4.1")
    block1: do {
        // versions.rego:75: signals_of(source, declared) := array.concat(source.signals, [9, 15]) if not at_least(declared, "0.4.1")
        not2: do {
            let at_least_2 = try framework_at_least(q, declared, q.constant(127 /* "0.4.1" */))
            if at_least_2.isUndefined { break not2 }
            if !at_least_2.isTruthy { break not2 }
            break block1
        }
        let signals_2 = source[q.constant(123 /* "signals" */)]
        if signals_2.isUndefined { break block1 }
        let concat = try Builtins.arrayConcat(q.context, signals_2, q.constant(128 /* [9,15] */))
        if concat.isUndefined { break block1 }
        try assignFunction(&result, concat)
    }
    q.context.leave()
    return result
}

/// `data.framework.since`, versions.rego:62
func framework_since(_ q: Query, _ source: Value, _ field: Value, _ declared: Value, _ introduced: Value, _ operand5: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // versions.rego:62: since(source, field, declared, introduced, _) := source[field] if at_least(declared, introduced)
    block0: do {
        // versions.rego:62: since(source, field, declared, introduced, _) := source[field] if at_least(declared, introduced)
        let at_least = try framework_at_least(q, declared, introduced)
        if at_least.isUndefined { break block0 }
        if !at_least.isTruthy { break block0 }
        let element = source[field]
        if element.isUndefined { break block0 }
        try assignFunction(&result, element)
    }
    // versions.rego:64: since(_, _, declared, introduced, fallback) := fallback if not at_least(declared, introduced)
    block1: do {
        // versions.rego:64: since(_, _, declared, introduced, fallback) := fallback if not at_least(declared, introduced)
        not2: do {
            let at_least_2 = try framework_at_least(q, declared, introduced)
            if at_least_2.isUndefined { break not2 }
            if !at_least_2.isTruthy { break not2 }
            break block1
        }
        try assignFunction(&result, operand5)
    }
    q.context.leave()
    return result
}

/// `data.framework.any_user`, versions.rego:66
func framework_any_user(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(131) { return q.remembered(131) }
    try q.context.enter()
    var result = Value.undefined
    // versions.rego:66: any_user := {
    result = q.constant(230)
    q.context.leave()
    return q.remember(131, result)
}

/// `data.framework.load_transparency_trust_list`, fragments.rego:192
func framework_load_transparency_trust_list(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(134) { return q.remembered(134) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:194: load_transparency_trust_list := {"allowed": true, "allowed_ledgers": accepted_ledgers} if {
    block0: do {
        // fragments.rego:195: count(accepted_ledgers) > 0
        let accepted_ledgers = try framework_accepted_ledgers(q)
        if accepted_ledgers.isUndefined { break block0 }
        let count = try Builtins.count(q.context, accepted_ledgers)
        if count.isUndefined { break block0 }
        if Value.compare(count, .int(0)) <= 0 { break block0 }
        let accepted_ledgers_2 = try framework_accepted_ledgers(q)
        if accepted_ledgers_2.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(130 /* "allowed_ledgers" */), accepted_ledgers_2)])
        try assignRule(&result, object)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(134, result)
}

/// `data.framework.accepted_ledgers`, fragments.rego:187
func framework_accepted_ledgers(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(135) { return q.remembered(135) }
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:187: accepted_ledgers := [ledger |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // fragments.rego:188: some ledger in input.ledgers
            let input = q.input
            if input.isUndefined { break block1 }
            let ledgers = input[q.constant(131 /* "ledgers" */)]
            if ledgers.isUndefined { break block1 }
            let count1 = ledgers.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let ledger = ledgers.value(at: turn1)
                turn1 &+= 1
                // fragments.rego:189: ledger_ok(ledger)
                let ledger_ok = try framework_ledger_ok(q, ledger)
                if ledger_ok.isUndefined { continue scan1 }
                if !ledger_ok.isTruthy { continue scan1 }
                builder0.append(ledger, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(135, result)
}

/// `data.framework.ledger_ok`, fragments.rego:183
func framework_ledger_ok(_ q: Query, _ operand1: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:183: ledger_ok(_) if "*" in trusted_ledgers
    block0: do {
        // fragments.rego:183: ledger_ok(_) if "*" in trusted_ledgers
        let trusted_ledgers = try framework_trusted_ledgers(q)
        if trusted_ledgers.isUndefined { break block0 }
        let member_2 = try Builtins.internalMember2(q.context, q.constant(112 /* "*" */), trusted_ledgers)
        if member_2.isUndefined { break block0 }
        if !member_2.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // fragments.rego:185: ledger_ok(ledger) if ledger in trusted_ledgers
    block1: do {
        if result.isDefined { break block1 }
        // fragments.rego:185: ledger_ok(ledger) if ledger in trusted_ledgers
        let trusted_ledgers_2 = try framework_trusted_ledgers(q)
        if trusted_ledgers_2.isUndefined { break block1 }
        let member_2_2 = try Builtins.internalMember2(q.context, operand1, trusted_ledgers_2)
        if member_2_2.isUndefined { break block1 }
        if !member_2_2.isTruthy { break block1 }
        try assignFunction(&result, .true)
        break block1
    }
    q.context.leave()
    return result
}

/// `data.framework.trusted_ledgers`, fragments.rego:171
func framework_trusted_ledgers(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(137) { return q.remembered(137) }
    try q.context.enter()
    var builder0 = SetBuilder()
    // fragments.rego:171: trusted_ledgers contains ledger if {
    block0: do {
        // fragments.rego:172: some list in candidate_trust_lists
        let candidate_trust_lists = try framework_candidate_trust_lists(q)
        if candidate_trust_lists.isUndefined { break block0 }
        let count1 = candidate_trust_lists.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let list = candidate_trust_lists.value(at: turn1)
            turn1 &+= 1
            // fragments.rego:173: trust_list_ok(list)
            let trust_list_ok = try framework_trust_list_ok(q, list)
            if trust_list_ok.isUndefined { continue scan1 }
            if !trust_list_ok.isTruthy { continue scan1 }
            // fragments.rego:174: some ledger in list.allowed_ledgers
            let allowed_ledgers = list[q.constant(130 /* "allowed_ledgers" */)]
            if allowed_ledgers.isUndefined { continue scan1 }
            let count2 = allowed_ledgers.scanCount
            var turn2 = 0
            scan2: while turn2 < count2 {
                try q.context.tick()
                let ledger = allowed_ledgers.value(at: turn2)
                turn2 &+= 1
                builder0.insert(ledger, q.context)
            }
        }
    }
    let result = builder0.finish(q.context)
    q.context.leave()
    return q.remember(137, result)
}

/// `data.framework.candidate_trust_lists`, candidates.rego:46
func framework_candidate_trust_lists(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(138) { return q.remembered(138) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:46: candidate_trust_lists := array.concat(policy_trust_lists, [list |
    block0: do {
        let policy_trust_lists = try framework_policy_trust_lists(q)
        if policy_trust_lists.isUndefined { break block0 }
        var builder0 = ArrayBuilder()
        block1: do {
            // candidates.rego:47: some contribution in contributions
            let contributions = try framework_contributions(q)
            if contributions.isUndefined { break block1 }
            let count1 = contributions.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let contribution = contributions.value(at: turn1)
                turn1 &+= 1
                // candidates.rego:48: some list in contribution.transparency_trust_lists
                let transparency_trust_lists = contribution[q.constant(119 /* "transparency_trust_lists" */)]
                if transparency_trust_lists.isUndefined { continue scan1 }
                let count2 = transparency_trust_lists.scanCount
                var turn2 = 0
                scan2: while turn2 < count2 {
                    try q.context.tick()
                    let list = transparency_trust_lists.value(at: turn2)
                    turn2 &+= 1
                    builder0.append(list, q.context)
                }
            }
        }
        let list_2 = builder0.finish(q.context)
        let concat = try Builtins.arrayConcat(q.context, policy_trust_lists, list_2)
        if concat.isUndefined { break block0 }
        try assignRule(&result, concat)
    }
    q.context.leave()
    return q.remember(138, result)
}

/// `data.framework.trust_list_ok`, fragments.rego:177
func framework_trust_list_ok(_ q: Query, _ list: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // fragments.rego:177: trust_list_ok(list) if {
    block0: do {
        // fragments.rego:178: list.issuer == input.issuer
        let issuer = list[q.constant(101 /* "issuer" */)]
        if issuer.isUndefined { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let issuer_2 = input[q.constant(101 /* "issuer" */)]
        if issuer_2.isUndefined { break block0 }
        if !(issuer == issuer_2) { break block0 }
        // fragments.rego:179: list.subject == input.subject
        let subject = list[q.constant(132 /* "subject" */)]
        if subject.isUndefined { break block0 }
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let subject_2 = input_2[q.constant(132 /* "subject" */)]
        if subject_2.isUndefined { break block0 }
        if !(subject == subject_2) { break block0 }
        // fragments.rego:180: svn_at_least(input.svn, list.minimum_svn)
        let input_3 = q.input
        if input_3.isUndefined { break block0 }
        let svn = input_3[q.constant(117 /* "svn" */)]
        if svn.isUndefined { break block0 }
        let minimum_svn = list[q.constant(105 /* "minimum_svn" */)]
        if minimum_svn.isUndefined { break block0 }
        let svn_at_least = try framework_svn_at_least(q, svn, minimum_svn)
        if svn_at_least.isUndefined { break block0 }
        if !svn_at_least.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.policy_trust_lists`, candidates.rego:16
func framework_policy_trust_lists(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(140) { return q.remembered(140) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:18: policy_trust_lists := data.policy.transparency_trust_lists
    block0: do {
        let data = q.data
        if data.isUndefined { break block0 }
        let policy = data[q.constant(46 /* "policy" */)]
        if policy.isUndefined { break block0 }
        let transparency_trust_lists = policy[q.constant(119 /* "transparency_trust_lists" */)]
        if transparency_trust_lists.isUndefined { break block0 }
        try assignRule(&result, transparency_trust_lists)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = .emptyArray
    }
    q.context.leave()
    return q.remember(140, result)
}

/// `data.framework.log_provider`, processes.rego:47
func framework_log_provider(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(143) { return q.remembered(143) }
    try q.context.enter()
    var result = Value.undefined
    // processes.rego:47: log_provider := {"allowed": false, "providers_to_keep": []}
    result = q.constant(133 /* {"allowed":false,"providers_to_keep":[]} */)
    q.context.leave()
    return q.remember(143, result)
}

/// `data.framework.mount_blockdev`, devices.rego:67
func framework_mount_blockdev(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(146) { return q.remembered(146) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:67: mount_blockdev := {"allowed": false}
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(146, result)
}

/// `data.framework.mount_cims`, processes.rego:43
func framework_mount_cims(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(149) { return q.remembered(149) }
    try q.context.enter()
    var result = Value.undefined
    // processes.rego:43: mount_cims := {"allowed": false}
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(149, result)
}

/// `data.framework.mount_device`, devices.rego:18
func framework_mount_device(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(152) { return q.remembered(152) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:20: mount_device := {
    block0: do {
        // devices.rego:24: not device_mounted(input.target)
        let input = q.input
        if input.isUndefined { break block0 }
        let target = input[q.constant(134 /* "target" */)]
        if target.isUndefined { break block0 }
        not1: do {
            let device_mounted = try framework_device_mounted(q, target)
            if device_mounted.isUndefined { break not1 }
            if !device_mounted.isTruthy { break not1 }
            break block0
        }
        // devices.rego:25: layer_known(input.deviceHash)
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let deviceHash = input_2[q.constant(135 /* "deviceHash" */)]
        if deviceHash.isUndefined { break block0 }
        let layer_known = try framework_layer_known(q, deviceHash)
        if layer_known.isUndefined { break block0 }
        if !layer_known.isTruthy { break block0 }
        // devices.rego:26: mount_path_ok
        let mount_path_ok = try framework_mount_path_ok(q)
        if mount_path_ok.isUndefined { break block0 }
        if !mount_path_ok.isTruthy { break block0 }
        let input_3 = q.input
        if input_3.isUndefined { break block0 }
        let target_2 = input_3[q.constant(134 /* "target" */)]
        if target_2.isUndefined { break block0 }
        let input_4 = q.input
        if input_4.isUndefined { break block0 }
        let deviceHash_2 = input_4[q.constant(135 /* "deviceHash" */)]
        if deviceHash_2.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(3 /* "devices" */)), (q.constant(12 /* "action" */), q.constant(18 /* "add" */)), (q.constant(14 /* "key" */), target_2), (q.constant(16 /* "value" */), deviceHash_2)])
        let array = q.context.array([object])
        let object_2 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array)])
        try assignRule(&result, object_2)
    }
    block2: do {
        if result.isDefined { break block2 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(152, result)
}

/// `data.framework.device_mounted`, devices.rego:4
func framework_device_mounted(_ q: Query, _ target: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:4: device_mounted(target) if data.metadata.devices[target]
    block0: do {
        // devices.rego:4: device_mounted(target) if data.metadata.devices[target]
        let data = q.data
        if data.isUndefined { break block0 }
        let metadata = data[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block0 }
        let devices = metadata[q.constant(3 /* "devices" */)]
        if devices.isUndefined { break block0 }
        let element = devices[target]
        if element.isUndefined { break block0 }
        if !element.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // devices.rego:6: device_mounted(target) if data.metadata.rw_devices[target]
    block1: do {
        if result.isDefined { break block1 }
        // devices.rego:6: device_mounted(target) if data.metadata.rw_devices[target]
        let data_2 = q.data
        if data_2.isUndefined { break block1 }
        let metadata_2 = data_2[q.constant(9 /* "metadata" */)]
        if metadata_2.isUndefined { break block1 }
        let rw_devices = metadata_2[q.constant(136 /* "rw_devices" */)]
        if rw_devices.isUndefined { break block1 }
        let element_2 = rw_devices[target]
        if element_2.isUndefined { break block1 }
        if !element_2.isTruthy { break block1 }
        try assignFunction(&result, .true)
        break block1
    }
    q.context.leave()
    return result
}

/// `data.framework.layer_known`, devices.rego:10
func framework_layer_known(_ q: Query, _ hash: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:10: layer_known(hash) if hash in policy_layers
    block0: do {
        // devices.rego:10: layer_known(hash) if hash in policy_layers
        let policy_layers = try framework_policy_layers(q)
        if policy_layers.isUndefined { break block0 }
        let member_2 = try Builtins.internalMember2(q.context, hash, policy_layers)
        if member_2.isUndefined { break block0 }
        if !member_2.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // devices.rego:12: layer_known(hash) if {
    block1: do {
        if result.isDefined { break block1 }
        // devices.rego:13: some container in contributed_containers
        let contributed_containers = try framework_contributed_containers(q)
        if contributed_containers.isUndefined { break block1 }
        let count1 = contributed_containers.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let container = contributed_containers.value(at: turn1)
            turn1 &+= 1
            // devices.rego:14: some layer in container.layers
            let layers = container[q.constant(122 /* "layers" */)]
            if layers.isUndefined { continue scan1 }
            let count2 = layers.scanCount
            var turn2 = 0
            scan2: while turn2 < count2 {
                try q.context.tick()
                let layer = layers.value(at: turn2)
                turn2 &+= 1
                // devices.rego:15: layer == hash
                if !(layer == hash) { continue scan2 }
                try assignFunction(&result, .true)
                break block1
            }
        }
    }
    q.context.leave()
    return result
}

/// `data.framework.mount_path_ok`, devices.rego:8
func framework_mount_path_ok(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(155) { return q.remembered(155) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:8: mount_path_ok if regex.match(anchored(input.mountPathRegex), input.target)
    block0: do {
        // devices.rego:8: mount_path_ok if regex.match(anchored(input.mountPathRegex), input.target)
        let input = q.input
        if input.isUndefined { break block0 }
        let mountPathRegex = input[q.constant(137 /* "mountPathRegex" */)]
        if mountPathRegex.isUndefined { break block0 }
        let anchored = try framework_anchored(q, mountPathRegex)
        if anchored.isUndefined { break block0 }
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let target = input_2[q.constant(134 /* "target" */)]
        if target.isUndefined { break block0 }
        let match = try Builtins.regexMatch(q.context, anchored, target)
        if match.isUndefined { break block0 }
        if !match.isTruthy { break block0 }
        try assignRule(&result, .true)
        break block0
    }
    q.context.leave()
    return q.remember(155, result)
}

/// `data.framework.policy_layers`, candidates.rego:57
func framework_policy_layers(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(156) { return q.remembered(156) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:57: policy_layers contains layer if {
    result = q.constant(231)
    q.context.leave()
    return q.remember(156, result)
}

/// `data.framework.contributed_containers`, candidates.rego:31
func framework_contributed_containers(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(157) { return q.remembered(157) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:31: contributed_containers := [container |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // candidates.rego:32: some contribution in contributions
            let contributions = try framework_contributions(q)
            if contributions.isUndefined { break block1 }
            let count1 = contributions.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let contribution = contributions.value(at: turn1)
                turn1 &+= 1
                // candidates.rego:33: some container in contribution.containers
                let containers = contribution[q.constant(118 /* "containers" */)]
                if containers.isUndefined { continue scan1 }
                let count2 = containers.scanCount
                var turn2 = 0
                scan2: while turn2 < count2 {
                    try q.context.tick()
                    let container = containers.value(at: turn2)
                    turn2 &+= 1
                    builder0.append(container, q.context)
                }
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(157, result)
}

/// `data.framework.mount_overlay`, devices.rego:86
func framework_mount_overlay(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(160) { return q.remembered(160) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:88: mount_overlay := {
    block0: do {
        // devices.rego:95: not overlay_exists
        not1: do {
            let overlay_exists = try framework_overlay_exists(q)
            if overlay_exists.isUndefined { break not1 }
            if !overlay_exists.isTruthy { break not1 }
            break block0
        }
        // devices.rego:96: not overlay_mounted(input.target)
        let input = q.input
        if input.isUndefined { break block0 }
        let target = input[q.constant(134 /* "target" */)]
        if target.isUndefined { break block0 }
        not2: do {
            let overlay_mounted = try framework_overlay_mounted(q, target)
            if overlay_mounted.isUndefined { break not2 }
            if !overlay_mounted.isTruthy { break not2 }
            break block0
        }
        // devices.rego:97: count(overlay_candidates) > 0
        let overlay_candidates = try framework_overlay_candidates(q)
        if overlay_candidates.isUndefined { break block0 }
        let count = try Builtins.count(q.context, overlay_candidates)
        if count.isUndefined { break block0 }
        if Value.compare(count, .int(0)) <= 0 { break block0 }
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let containerID = input_2[q.constant(15 /* "containerID" */)]
        if containerID.isUndefined { break block0 }
        let overlay_candidates_2 = try framework_overlay_candidates(q)
        if overlay_candidates_2.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(11 /* "matches" */)), (q.constant(12 /* "action" */), q.constant(18 /* "add" */)), (q.constant(14 /* "key" */), containerID), (q.constant(16 /* "value" */), overlay_candidates_2)])
        let input_3 = q.input
        if input_3.isUndefined { break block0 }
        let target_2 = input_3[q.constant(134 /* "target" */)]
        if target_2.isUndefined { break block0 }
        let object_2 = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(138 /* "overlayTargets" */)), (q.constant(12 /* "action" */), q.constant(18 /* "add" */)), (q.constant(14 /* "key" */), target_2), (q.constant(16 /* "value" */), .true)])
        let array = q.context.array([object, object_2])
        let object_3 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array)])
        try assignRule(&result, object_3)
    }
    block3: do {
        if result.isDefined { break block3 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(160, result)
}

/// `data.framework.overlay_exists`, devices.rego:82
func framework_overlay_exists(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(161) { return q.remembered(161) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:82: overlay_exists if data.metadata.matches[input.containerID]
    block0: do {
        // devices.rego:82: overlay_exists if data.metadata.matches[input.containerID]
        let data = q.data
        if data.isUndefined { break block0 }
        let metadata = data[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block0 }
        let matches = metadata[q.constant(11 /* "matches" */)]
        if matches.isUndefined { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let containerID = input[q.constant(15 /* "containerID" */)]
        if containerID.isUndefined { break block0 }
        let element = matches[containerID]
        if element.isUndefined { break block0 }
        if !element.isTruthy { break block0 }
        try assignRule(&result, .true)
        break block0
    }
    q.context.leave()
    return q.remember(161, result)
}

/// `data.framework.overlay_mounted`, devices.rego:84
func framework_overlay_mounted(_ q: Query, _ target: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:84: overlay_mounted(target) if data.metadata.overlayTargets[target]
    block0: do {
        // devices.rego:84: overlay_mounted(target) if data.metadata.overlayTargets[target]
        let data = q.data
        if data.isUndefined { break block0 }
        let metadata = data[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block0 }
        let overlayTargets = metadata[q.constant(138 /* "overlayTargets" */)]
        if overlayTargets.isUndefined { break block0 }
        let element = overlayTargets[target]
        if element.isUndefined { break block0 }
        if !element.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.overlay_candidates`, devices.rego:77
func framework_overlay_candidates(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(163) { return q.remembered(163) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:77: overlay_candidates := [container |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // devices.rego:78: count(requested_layers) == count(input.layerPaths)
            let requested_layers = try framework_requested_layers(q)
            if requested_layers.isUndefined { break block1 }
            let count = try Builtins.count(q.context, requested_layers)
            if count.isUndefined { break block1 }
            let input = q.input
            if input.isUndefined { break block1 }
            let layerPaths = input[q.constant(139 /* "layerPaths" */)]
            if layerPaths.isUndefined { break block1 }
            let count_2 = try Builtins.count(q.context, layerPaths)
            if count_2.isUndefined { break block1 }
            if !(count == count_2) { break block1 }
            // devices.rego:79: some container in containers_with_layers(requested_layers)
            let requested_layers_2 = try framework_requested_layers(q)
            if requested_layers_2.isUndefined { break block1 }
            let containers_with_layers = try framework_containers_with_layers(q, requested_layers_2)
            if containers_with_layers.isUndefined { break block1 }
            let count1 = containers_with_layers.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let container = containers_with_layers.value(at: turn1)
                turn1 &+= 1
                builder0.append(container, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(163, result)
}

/// `data.framework.requested_layers`, devices.rego:72
func framework_requested_layers(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(164) { return q.remembered(164) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:72: requested_layers := [hash |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // devices.rego:73: some path in array.reverse(input.layerPaths)
            let input = q.input
            if input.isUndefined { break block1 }
            let layerPaths = input[q.constant(139 /* "layerPaths" */)]
            if layerPaths.isUndefined { break block1 }
            let reverse = try Builtins.arrayReverse(q.context, layerPaths)
            if reverse.isUndefined { break block1 }
            let count1 = reverse.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let path = reverse.value(at: turn1)
                turn1 &+= 1
                // devices.rego:74: hash := data.metadata.devices[path]
                let data = q.data
                if data.isUndefined { continue scan1 }
                let metadata = data[q.constant(9 /* "metadata" */)]
                if metadata.isUndefined { continue scan1 }
                let devices = metadata[q.constant(3 /* "devices" */)]
                if devices.isUndefined { continue scan1 }
                let hash = devices[path]
                if hash.isUndefined { continue scan1 }
                builder0.append(hash, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(164, result)
}

/// `data.framework.containers_with_layers`, candidates.rego:75
func framework_containers_with_layers(_ q: Query, _ chain: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:75: containers_with_layers(chain) := on_platform(array.concat(
    block0: do {
        let known_chain = try framework_known_chain(q, chain)
        if known_chain.isUndefined { break block0 }
        var builder0 = ArrayBuilder()
        block1: do {
            // candidates.rego:78: some container in contributed_containers
            let contributed_containers = try framework_contributed_containers(q)
            if contributed_containers.isUndefined { break block1 }
            let count1 = contributed_containers.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let container = contributed_containers.value(at: turn1)
                turn1 &+= 1
                // candidates.rego:79: container.layers == chain
                let layers = container[q.constant(122 /* "layers" */)]
                if layers.isUndefined { continue scan1 }
                if !(layers == chain) { continue scan1 }
                builder0.append(container, q.context)
            }
        }
        let list = builder0.finish(q.context)
        let concat = try Builtins.arrayConcat(q.context, known_chain, list)
        if concat.isUndefined { break block0 }
        let on_platform = try framework_on_platform(q, concat)
        if on_platform.isUndefined { break block0 }
        try assignFunction(&result, on_platform)
    }
    q.context.leave()
    return result
}

/// `data.framework.known_chain`, candidates.rego:133
func framework_known_chain(_ q: Query, _ chain: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:135: known_chain(chain) := policy_containers_by_layers[chain]
    block0: do {
        let policy_containers_by_layers = try framework_policy_containers_by_layers(q)
        if policy_containers_by_layers.isUndefined { break block0 }
        let element = policy_containers_by_layers[chain]
        if element.isUndefined { break block0 }
        try assignFunction(&result, element)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = .emptyArray
    }
    q.context.leave()
    return result
}

/// `data.framework.on_platform`, candidates.rego:84
func framework_on_platform(_ q: Query, _ containers: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:84: on_platform(containers) := containers if count(candidate_platform_rules) == 0
    block0: do {
        // candidates.rego:84: on_platform(containers) := containers if count(candidate_platform_rules) == 0
        let candidate_platform_rules = try framework_candidate_platform_rules(q)
        if candidate_platform_rules.isUndefined { break block0 }
        let count = try Builtins.count(q.context, candidate_platform_rules)
        if count.isUndefined { break block0 }
        if !(count == .int(0)) { break block0 }
        try assignFunction(&result, containers)
    }
    // candidates.rego:86: on_platform(containers) := [variant |
    block1: do {
        // candidates.rego:94: count(candidate_platform_rules) > 0
        let candidate_platform_rules_2 = try framework_candidate_platform_rules(q)
        if candidate_platform_rules_2.isUndefined { break block1 }
        let count_2 = try Builtins.count(q.context, candidate_platform_rules_2)
        if count_2.isUndefined { break block1 }
        if Value.compare(count_2, .int(0)) <= 0 { break block1 }
        var builder0 = ArrayBuilder()
        block2: do {
            // candidates.rego:87: some container in containers
            let count1 = containers.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let container = containers.value(at: turn1)
                turn1 &+= 1
                // candidates.rego:88: some rule in candidate_platform_rules
                let candidate_platform_rules_3 = try framework_candidate_platform_rules(q)
                if candidate_platform_rules_3.isUndefined { continue scan1 }
                let count2 = candidate_platform_rules_3.scanCount
                var turn2 = 0
                scan2: while turn2 < count2 {
                    try q.context.tick()
                    let rule = candidate_platform_rules_3.value(at: turn2)
                    turn2 &+= 1
                    // candidates.rego:89: variant := object.union(container, {
                    let env_rules = container[q.constant(25 /* "env_rules" */)]
                    if env_rules.isUndefined { continue scan2 }
                    let get = try Builtins.objectGet(q.context, rule, q.constant(25 /* "env_rules" */), .emptyArray)
                    if get.isUndefined { continue scan2 }
                    let concat = try Builtins.arrayConcat(q.context, env_rules, get)
                    if concat.isUndefined { continue scan2 }
                    let mounts = container[q.constant(33 /* "mounts" */)]
                    if mounts.isUndefined { continue scan2 }
                    let get_2 = try Builtins.objectGet(q.context, rule, q.constant(33 /* "mounts" */), .emptyArray)
                    if get_2.isUndefined { continue scan2 }
                    let concat_2 = try Builtins.arrayConcat(q.context, mounts, get_2)
                    if concat_2.isUndefined { continue scan2 }
                    let object = try makeObject(q, [(q.constant(25 /* "env_rules" */), concat), (q.constant(33 /* "mounts" */), concat_2)])
                    let union = try Builtins.objectUnion(q.context, container, object)
                    if union.isUndefined { continue scan2 }
                    builder0.append(union, q.context)
                }
            }
        }
        let list = builder0.finish(q.context)
        try assignFunction(&result, list)
    }
    q.context.leave()
    return result
}

/// `data.framework.policy_containers_by_layers`, candidates.rego:63
func framework_policy_containers_by_layers(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(168) { return q.remembered(168) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:63: policy_containers_by_layers := {chain: group |
    result = q.constant(232)
    q.context.leave()
    return q.remember(168, result)
}

/// `data.framework.candidate_platform_rules`, candidates.rego:51
func framework_candidate_platform_rules(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(169) { return q.remembered(169) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:51: candidate_platform_rules := array.concat(policy_platform_rules, [rule |
    block0: do {
        let policy_platform_rules = try framework_policy_platform_rules(q)
        if policy_platform_rules.isUndefined { break block0 }
        var builder0 = ArrayBuilder()
        block1: do {
            // candidates.rego:52: some contribution in contributions
            let contributions = try framework_contributions(q)
            if contributions.isUndefined { break block1 }
            let count1 = contributions.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let contribution = contributions.value(at: turn1)
                turn1 &+= 1
                // candidates.rego:53: some rule in contribution.platform_rules
                let platform_rules = contribution[q.constant(120 /* "platform_rules" */)]
                if platform_rules.isUndefined { continue scan1 }
                let count2 = platform_rules.scanCount
                var turn2 = 0
                scan2: while turn2 < count2 {
                    try q.context.tick()
                    let rule = platform_rules.value(at: turn2)
                    turn2 &+= 1
                    builder0.append(rule, q.context)
                }
            }
        }
        let list = builder0.finish(q.context)
        let concat = try Builtins.arrayConcat(q.context, policy_platform_rules, list)
        if concat.isUndefined { break block0 }
        try assignRule(&result, concat)
    }
    q.context.leave()
    return q.remember(169, result)
}

/// `data.framework.policy_containers`, candidates.rego:4
func framework_policy_containers(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(170) { return q.remembered(170) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:4: default policy_containers := []
    result = q.constant(229)
    q.context.leave()
    return q.remember(170, result)
}

/// `data.framework.policy_platform_rules`, candidates.rego:20
func framework_policy_platform_rules(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(171) { return q.remembered(171) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:22: policy_platform_rules := recent_of(data.policy.platform_rules, policy_version)
    block0: do {
        let data = q.data
        if data.isUndefined { break block0 }
        let policy = data[q.constant(46 /* "policy" */)]
        if policy.isUndefined { break block0 }
        let platform_rules = policy[q.constant(120 /* "platform_rules" */)]
        if platform_rules.isUndefined { break block0 }
        let policy_version = try framework_policy_version(q)
        if policy_version.isUndefined { break block0 }
        let recent_of = try framework_recent_of(q, platform_rules, policy_version)
        if recent_of.isUndefined { break block0 }
        try assignRule(&result, recent_of)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = .emptyArray
    }
    q.context.leave()
    return q.remember(171, result)
}

/// `data.framework.plan9_mount`, devices.rego:110
func framework_plan9_mount(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(174) { return q.remembered(174) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:114: plan9_mount := {
    block0: do {
        // devices.rego:118: not plan9_mounted(input.target)
        let input = q.input
        if input.isUndefined { break block0 }
        let target = input[q.constant(134 /* "target" */)]
        if target.isUndefined { break block0 }
        not1: do {
            let plan9_mounted = try framework_plan9_mounted(q, target)
            if plan9_mounted.isUndefined { break not1 }
            if !plan9_mounted.isTruthy { break not1 }
            break block0
        }
        // devices.rego:119: some container, _ in data.metadata.matches
        let data = q.data
        if data.isUndefined { break block0 }
        let metadata = data[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block0 }
        let matches = metadata[q.constant(11 /* "matches" */)]
        if matches.isUndefined { break block0 }
        let count1 = matches.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let container = matches.key(at: turn1)
            turn1 &+= 1
            // devices.rego:120: regex.match(concat("", ["^", input.rootPrefix, "/", container, input.mountPathPrefix, "$"]), input.target)
            let input_2 = q.input
            if input_2.isUndefined { continue scan1 }
            let rootPrefix = input_2[q.constant(140 /* "rootPrefix" */)]
            if rootPrefix.isUndefined { continue scan1 }
            let input_3 = q.input
            if input_3.isUndefined { continue scan1 }
            let mountPathPrefix = input_3[q.constant(142 /* "mountPathPrefix" */)]
            if mountPathPrefix.isUndefined { continue scan1 }
            let array = q.context.array([q.constant(77 /* "^" */), rootPrefix, q.constant(141 /* "/" */), container, mountPathPrefix, q.constant(78 /* "$" */)])
            let concat = try Builtins.concat(q.context, .emptyString, array)
            if concat.isUndefined { continue scan1 }
            let input_4 = q.input
            if input_4.isUndefined { continue scan1 }
            let target_2 = input_4[q.constant(134 /* "target" */)]
            if target_2.isUndefined { continue scan1 }
            let match = try Builtins.regexMatch(q.context, concat, target_2)
            if match.isUndefined { continue scan1 }
            if !match.isTruthy { continue scan1 }
            let input_5 = q.input
            if input_5.isUndefined { continue scan1 }
            let target_3 = input_5[q.constant(134 /* "target" */)]
            if target_3.isUndefined { continue scan1 }
            let object = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(84 /* "p9mounts" */)), (q.constant(12 /* "action" */), q.constant(18 /* "add" */)), (q.constant(14 /* "key" */), target_3), (q.constant(16 /* "value" */), container)])
            let array_2 = q.context.array([object])
            let object_2 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array_2)])
            try assignRule(&result, object_2)
        }
    }
    block2: do {
        if result.isDefined { break block2 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(174, result)
}

/// `data.framework.plan9_mounted`, devices.rego:112
func framework_plan9_mounted(_ q: Query, _ target: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:112: plan9_mounted(target) if data.metadata.p9mounts[target]
    block0: do {
        // devices.rego:112: plan9_mounted(target) if data.metadata.p9mounts[target]
        let data = q.data
        if data.isUndefined { break block0 }
        let metadata = data[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block0 }
        let p9mounts = metadata[q.constant(84 /* "p9mounts" */)]
        if p9mounts.isUndefined { break block0 }
        let element = p9mounts[target]
        if element.isUndefined { break block0 }
        if !element.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.plan9_unmount`, devices.rego:123
func framework_plan9_unmount(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(178) { return q.remembered(178) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:125: plan9_unmount := {
    block0: do {
        // devices.rego:129: plan9_mounted(input.unmountTarget)
        let input = q.input
        if input.isUndefined { break block0 }
        let unmountTarget = input[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget.isUndefined { break block0 }
        let plan9_mounted = try framework_plan9_mounted(q, unmountTarget)
        if plan9_mounted.isUndefined { break block0 }
        if !plan9_mounted.isTruthy { break block0 }
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let unmountTarget_2 = input_2[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget_2.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(84 /* "p9mounts" */)), (q.constant(12 /* "action" */), q.constant(144 /* "remove" */)), (q.constant(14 /* "key" */), unmountTarget_2)])
        let array = q.context.array([object])
        let object_2 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array)])
        try assignRule(&result, object_2)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(178, result)
}

/// `data.framework.reason`, reasons.rego:4
func framework_reason(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(181) { return q.remembered(181) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:4: reason := {"errors": errors, "error_objects": error_objects}
    block0: do {
        let errors = try framework_errors(q)
        if errors.isUndefined { break block0 }
        let error_objects = try framework_error_objects(q)
        if error_objects.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(145 /* "errors" */), errors), (q.constant(146 /* "error_objects" */), error_objects)])
        try assignRule(&result, object)
    }
    q.context.leave()
    return q.remember(181, result)
}

/// `data.framework.errors`, reasons.rego:22
func framework_errors(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(182) { return q.remembered(182) }
    try q.context.enter()
    var builder0 = SetBuilder()
    // reasons.rego:22: errors contains "blockdev mounts are not supported" if input.rule in {"mount_blockdev", "unmount_blockdev"}
    block0: do {
        // reasons.rego:22: errors contains "blockdev mounts are not supported" if input.rule in {"mount_blockdev", "unmount_blockdev"}
        let input = q.input
        if input.isUndefined { break block0 }
        let rule = input[q.constant(147 /* "rule" */)]
        if rule.isUndefined { break block0 }
        let member_2 = try Builtins.internalMember2(q.context, rule, q.constant(148 /* {"mount_blockdev","unmount_blockdev"} */))
        if member_2.isUndefined { break block0 }
        if !member_2.isTruthy { break block0 }
        builder0.insert(q.constant(149 /* "blockdev mounts are not supported" */), q.context)
    }
    // reasons.rego:24: errors contains "deviceHash not found" if {
    block1: do {
        // reasons.rego:25: input.rule == "mount_device"
        let input_2 = q.input
        if input_2.isUndefined { break block1 }
        let rule_2 = input_2[q.constant(147 /* "rule" */)]
        if rule_2.isUndefined { break block1 }
        if !(rule_2 == q.constant(150 /* "mount_device" */)) { break block1 }
        // reasons.rego:26: not device_hash_known
        not2: do {
            let device_hash_known = try framework_device_hash_known(q)
            if device_hash_known.isUndefined { break not2 }
            if !device_hash_known.isTruthy { break not2 }
            break block1
        }
        builder0.insert(q.constant(151 /* "deviceHash not found" */), q.context)
    }
    // reasons.rego:31: errors contains "device already mounted at path" if {
    block3: do {
        // reasons.rego:32: input.rule in {"mount_device", "rw_mount_device"}
        let input_3 = q.input
        if input_3.isUndefined { break block3 }
        let rule_3 = input_3[q.constant(147 /* "rule" */)]
        if rule_3.isUndefined { break block3 }
        let member_2_2 = try Builtins.internalMember2(q.context, rule_3, q.constant(152 /* {"mount_device","rw_mount_device"} */))
        if member_2_2.isUndefined { break block3 }
        if !member_2_2.isTruthy { break block3 }
        // reasons.rego:33: device_mounted(input.target)
        let input_4 = q.input
        if input_4.isUndefined { break block3 }
        let target = input_4[q.constant(134 /* "target" */)]
        if target.isUndefined { break block3 }
        let device_mounted = try framework_device_mounted(q, target)
        if device_mounted.isUndefined { break block3 }
        if !device_mounted.isTruthy { break block3 }
        builder0.insert(q.constant(153 /* "device already mounted at path" */), q.context)
    }
    // reasons.rego:36: errors contains "device already mounted at path" if {
    block4: do {
        // reasons.rego:37: input.rule == "plan9_mount"
        let input_5 = q.input
        if input_5.isUndefined { break block4 }
        let rule_4 = input_5[q.constant(147 /* "rule" */)]
        if rule_4.isUndefined { break block4 }
        if !(rule_4 == q.constant(154 /* "plan9_mount" */)) { break block4 }
        // reasons.rego:38: plan9_mounted(input.target)
        let input_6 = q.input
        if input_6.isUndefined { break block4 }
        let target_2 = input_6[q.constant(134 /* "target" */)]
        if target_2.isUndefined { break block4 }
        let plan9_mounted = try framework_plan9_mounted(q, target_2)
        if plan9_mounted.isUndefined { break block4 }
        if !plan9_mounted.isTruthy { break block4 }
        builder0.insert(q.constant(153 /* "device already mounted at path" */), q.context)
    }
    // reasons.rego:41: errors contains "mountpoint invalid" if {
    block5: do {
        // reasons.rego:42: input.rule in {"mount_device", "rw_mount_device"}
        let input_7 = q.input
        if input_7.isUndefined { break block5 }
        let rule_5 = input_7[q.constant(147 /* "rule" */)]
        if rule_5.isUndefined { break block5 }
        let member_2_3 = try Builtins.internalMember2(q.context, rule_5, q.constant(152 /* {"mount_device","rw_mount_device"} */))
        if member_2_3.isUndefined { break block5 }
        if !member_2_3.isTruthy { break block5 }
        // reasons.rego:43: not mount_path_ok
        not6: do {
            let mount_path_ok = try framework_mount_path_ok(q)
            if mount_path_ok.isUndefined { break not6 }
            if !mount_path_ok.isTruthy { break not6 }
            break block5
        }
        builder0.insert(q.constant(155 /* "mountpoint invalid" */), q.context)
    }
    // reasons.rego:46: errors contains "no device at path to unmount" if {
    block7: do {
        // reasons.rego:47: input.rule in {"unmount_device", "rw_unmount_device"}
        let input_8 = q.input
        if input_8.isUndefined { break block7 }
        let rule_6 = input_8[q.constant(147 /* "rule" */)]
        if rule_6.isUndefined { break block7 }
        let member_2_4 = try Builtins.internalMember2(q.context, rule_6, q.constant(156 /* {"unmount_device","rw_unmount_device"} */))
        if member_2_4.isUndefined { break block7 }
        if !member_2_4.isTruthy { break block7 }
        // reasons.rego:48: not device_mounted(input.unmountTarget)
        let input_9 = q.input
        if input_9.isUndefined { break block7 }
        let unmountTarget = input_9[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget.isUndefined { break block7 }
        not8: do {
            let device_mounted_2 = try framework_device_mounted(q, unmountTarget)
            if device_mounted_2.isUndefined { break not8 }
            if !device_mounted_2.isTruthy { break not8 }
            break block7
        }
        builder0.insert(q.constant(157 /* "no device at path to unmount" */), q.context)
    }
    // reasons.rego:51: errors contains "no device at path to unmount" if {
    block9: do {
        // reasons.rego:52: input.rule == "plan9_unmount"
        let input_10 = q.input
        if input_10.isUndefined { break block9 }
        let rule_7 = input_10[q.constant(147 /* "rule" */)]
        if rule_7.isUndefined { break block9 }
        if !(rule_7 == q.constant(158 /* "plan9_unmount" */)) { break block9 }
        // reasons.rego:53: not plan9_mounted(input.unmountTarget)
        let input_11 = q.input
        if input_11.isUndefined { break block9 }
        let unmountTarget_2 = input_11[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget_2.isUndefined { break block9 }
        not10: do {
            let plan9_mounted_2 = try framework_plan9_mounted(q, unmountTarget_2)
            if plan9_mounted_2.isUndefined { break not10 }
            if !plan9_mounted_2.isTruthy { break not10 }
            break block9
        }
        builder0.insert(q.constant(157 /* "no device at path to unmount" */), q.context)
    }
    // reasons.rego:56: errors contains "received read-only unmount request, but device provided is read-write" if {
    block11: do {
        // reasons.rego:57: input.rule == "unmount_device"
        let input_12 = q.input
        if input_12.isUndefined { break block11 }
        let rule_8 = input_12[q.constant(147 /* "rule" */)]
        if rule_8.isUndefined { break block11 }
        if !(rule_8 == q.constant(159 /* "unmount_device" */)) { break block11 }
        // reasons.rego:58: not data.metadata.devices[input.unmountTarget]
        let input_13 = q.input
        if input_13.isUndefined { break block11 }
        let unmountTarget_3 = input_13[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget_3.isUndefined { break block11 }
        not12: do {
            let data = q.data
            if data.isUndefined { break not12 }
            let metadata = data[q.constant(9 /* "metadata" */)]
            if metadata.isUndefined { break not12 }
            let devices = metadata[q.constant(3 /* "devices" */)]
            if devices.isUndefined { break not12 }
            let element = devices[unmountTarget_3]
            if element.isUndefined { break not12 }
            if !element.isTruthy { break not12 }
            break block11
        }
        // reasons.rego:59: data.metadata.rw_devices[input.unmountTarget]
        let data_2 = q.data
        if data_2.isUndefined { break block11 }
        let metadata_2 = data_2[q.constant(9 /* "metadata" */)]
        if metadata_2.isUndefined { break block11 }
        let rw_devices = metadata_2[q.constant(136 /* "rw_devices" */)]
        if rw_devices.isUndefined { break block11 }
        let input_14 = q.input
        if input_14.isUndefined { break block11 }
        let unmountTarget_4 = input_14[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget_4.isUndefined { break block11 }
        let element_2 = rw_devices[unmountTarget_4]
        if element_2.isUndefined { break block11 }
        if !element_2.isTruthy { break block11 }
        builder0.insert(q.constant(160), q.context)
    }
    // reasons.rego:62: errors contains "received read-write unmount request, but device provided is read-only" if {
    block13: do {
        // reasons.rego:63: input.rule == "rw_unmount_device"
        let input_15 = q.input
        if input_15.isUndefined { break block13 }
        let rule_9 = input_15[q.constant(147 /* "rule" */)]
        if rule_9.isUndefined { break block13 }
        if !(rule_9 == q.constant(161 /* "rw_unmount_device" */)) { break block13 }
        // reasons.rego:64: not data.metadata.rw_devices[input.unmountTarget]
        let input_16 = q.input
        if input_16.isUndefined { break block13 }
        let unmountTarget_5 = input_16[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget_5.isUndefined { break block13 }
        not14: do {
            let data_3 = q.data
            if data_3.isUndefined { break not14 }
            let metadata_3 = data_3[q.constant(9 /* "metadata" */)]
            if metadata_3.isUndefined { break not14 }
            let rw_devices_2 = metadata_3[q.constant(136 /* "rw_devices" */)]
            if rw_devices_2.isUndefined { break not14 }
            let element_3 = rw_devices_2[unmountTarget_5]
            if element_3.isUndefined { break not14 }
            if !element_3.isTruthy { break not14 }
            break block13
        }
        // reasons.rego:65: data.metadata.devices[input.unmountTarget]
        let data_4 = q.data
        if data_4.isUndefined { break block13 }
        let metadata_4 = data_4[q.constant(9 /* "metadata" */)]
        if metadata_4.isUndefined { break block13 }
        let devices_2 = metadata_4[q.constant(3 /* "devices" */)]
        if devices_2.isUndefined { break block13 }
        let input_17 = q.input
        if input_17.isUndefined { break block13 }
        let unmountTarget_6 = input_17[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget_6.isUndefined { break block13 }
        let element_4 = devices_2[unmountTarget_6]
        if element_4.isUndefined { break block13 }
        if !element_4.isTruthy { break block13 }
        builder0.insert(q.constant(162), q.context)
    }
    // reasons.rego:68: errors contains message if {
    block15: do {
        // reasons.rego:69: input.rule == "rw_mount_device"
        let input_18 = q.input
        if input_18.isUndefined { break block15 }
        let rule_10 = input_18[q.constant(147 /* "rule" */)]
        if rule_10.isUndefined { break block15 }
        if !(rule_10 == q.constant(163 /* "rw_mount_device" */)) { break block15 }
        // reasons.rego:70: not scratch_encryption_ok
        not16: do {
            let scratch_encryption_ok = try framework_scratch_encryption_ok(q)
            if scratch_encryption_ok.isUndefined { break not16 }
            if !scratch_encryption_ok.isTruthy { break not16 }
            break block15
        }
        // reasons.rego:71: message := "unencrypted scratch not allowed, non-readonly mount request for SCSI disk must request encryption"
        builder0.insert(q.constant(164), q.context)
    }
    // reasons.rego:74: errors contains "ensureFilesystem must be set on rw device mounts" if {
    block17: do {
        // reasons.rego:75: input.rule == "rw_mount_device"
        let input_19 = q.input
        if input_19.isUndefined { break block17 }
        let rule_11 = input_19[q.constant(147 /* "rule" */)]
        if rule_11.isUndefined { break block17 }
        if !(rule_11 == q.constant(163 /* "rw_mount_device" */)) { break block17 }
        // reasons.rego:76: not input.ensureFilesystem
        not18: do {
            let input_20 = q.input
            if input_20.isUndefined { break not18 }
            let ensureFilesystem = input_20[q.constant(165 /* "ensureFilesystem" */)]
            if ensureFilesystem.isUndefined { break not18 }
            if !ensureFilesystem.isTruthy { break not18 }
            break block17
        }
        builder0.insert(q.constant(166), q.context)
    }
    // reasons.rego:79: errors contains "rw device mounts uses a filesystem that is not allowed" if {
    block19: do {
        // reasons.rego:80: input.rule == "rw_mount_device"
        let input_21 = q.input
        if input_21.isUndefined { break block19 }
        let rule_12 = input_21[q.constant(147 /* "rule" */)]
        if rule_12.isUndefined { break block19 }
        if !(rule_12 == q.constant(163 /* "rw_mount_device" */)) { break block19 }
        // reasons.rego:81: not scratch_filesystem_ok(input.filesystem)
        let input_22 = q.input
        if input_22.isUndefined { break block19 }
        let filesystem = input_22[q.constant(167 /* "filesystem" */)]
        if filesystem.isUndefined { break block19 }
        not20: do {
            let scratch_filesystem_ok = try framework_scratch_filesystem_ok(q, filesystem)
            if scratch_filesystem_ok.isUndefined { break not20 }
            if !scratch_filesystem_ok.isTruthy { break not20 }
            break block19
        }
        builder0.insert(q.constant(168), q.context)
    }
    // reasons.rego:84: errors contains "overlay has already been mounted" if {
    block21: do {
        // reasons.rego:85: input.rule == "mount_overlay"
        let input_23 = q.input
        if input_23.isUndefined { break block21 }
        let rule_13 = input_23[q.constant(147 /* "rule" */)]
        if rule_13.isUndefined { break block21 }
        if !(rule_13 == q.constant(169 /* "mount_overlay" */)) { break block21 }
        // reasons.rego:86: overlay_exists
        let overlay_exists = try framework_overlay_exists(q)
        if overlay_exists.isUndefined { break block21 }
        if !overlay_exists.isTruthy { break block21 }
        builder0.insert(q.constant(170 /* "overlay has already been mounted" */), q.context)
    }
    // reasons.rego:89: errors contains "no overlay at path to unmount" if {
    block22: do {
        // reasons.rego:90: input.rule == "unmount_overlay"
        let input_24 = q.input
        if input_24.isUndefined { break block22 }
        let rule_14 = input_24[q.constant(147 /* "rule" */)]
        if rule_14.isUndefined { break block22 }
        if !(rule_14 == q.constant(171 /* "unmount_overlay" */)) { break block22 }
        // reasons.rego:91: not overlay_mounted(input.unmountTarget)
        let input_25 = q.input
        if input_25.isUndefined { break block22 }
        let unmountTarget_7 = input_25[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget_7.isUndefined { break block22 }
        not23: do {
            let overlay_mounted = try framework_overlay_mounted(q, unmountTarget_7)
            if overlay_mounted.isUndefined { break not23 }
            if !overlay_mounted.isTruthy { break not23 }
            break block22
        }
        builder0.insert(q.constant(172 /* "no overlay at path to unmount" */), q.context)
    }
    // reasons.rego:94: errors contains "no matching containers for overlay" if {
    block24: do {
        // reasons.rego:95: input.rule == "mount_overlay"
        let input_26 = q.input
        if input_26.isUndefined { break block24 }
        let rule_15 = input_26[q.constant(147 /* "rule" */)]
        if rule_15.isUndefined { break block24 }
        if !(rule_15 == q.constant(169 /* "mount_overlay" */)) { break block24 }
        // reasons.rego:96: count(overlay_candidates) == 0
        let overlay_candidates = try framework_overlay_candidates(q)
        if overlay_candidates.isUndefined { break block24 }
        let count = try Builtins.count(q.context, overlay_candidates)
        if count.isUndefined { break block24 }
        if !(count == .int(0)) { break block24 }
        builder0.insert(q.constant(173 /* "no matching containers for overlay" */), q.context)
    }
    // reasons.rego:99: errors contains "scratch already mounted at path" if {
    block25: do {
        // reasons.rego:100: input.rule == "scratch_mount"
        let input_27 = q.input
        if input_27.isUndefined { break block25 }
        let rule_16 = input_27[q.constant(147 /* "rule" */)]
        if rule_16.isUndefined { break block25 }
        if !(rule_16 == q.constant(174 /* "scratch_mount" */)) { break block25 }
        // reasons.rego:101: scratch_mounted(input.target)
        let input_28 = q.input
        if input_28.isUndefined { break block25 }
        let target_3 = input_28[q.constant(134 /* "target" */)]
        if target_3.isUndefined { break block25 }
        let scratch_mounted = try framework_scratch_mounted(q, target_3)
        if scratch_mounted.isUndefined { break block25 }
        if !scratch_mounted.isTruthy { break block25 }
        builder0.insert(q.constant(175 /* "scratch already mounted at path" */), q.context)
    }
    // reasons.rego:104: errors contains "unencrypted scratch not allowed" if {
    block26: do {
        // reasons.rego:105: input.rule == "scratch_mount"
        let input_29 = q.input
        if input_29.isUndefined { break block26 }
        let rule_17 = input_29[q.constant(147 /* "rule" */)]
        if rule_17.isUndefined { break block26 }
        if !(rule_17 == q.constant(174 /* "scratch_mount" */)) { break block26 }
        // reasons.rego:106: not scratch_encryption_ok
        not27: do {
            let scratch_encryption_ok_2 = try framework_scratch_encryption_ok(q)
            if scratch_encryption_ok_2.isUndefined { break not27 }
            if !scratch_encryption_ok_2.isTruthy { break not27 }
            break block26
        }
        builder0.insert(q.constant(176 /* "unencrypted scratch not allowed" */), q.context)
    }
    // reasons.rego:109: errors contains "no scratch at path to unmount" if {
    block28: do {
        // reasons.rego:110: input.rule == "scratch_unmount"
        let input_30 = q.input
        if input_30.isUndefined { break block28 }
        let rule_18 = input_30[q.constant(147 /* "rule" */)]
        if rule_18.isUndefined { break block28 }
        if !(rule_18 == q.constant(177 /* "scratch_unmount" */)) { break block28 }
        // reasons.rego:111: not scratch_mounted(input.unmountTarget)
        let input_31 = q.input
        if input_31.isUndefined { break block28 }
        let unmountTarget_8 = input_31[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget_8.isUndefined { break block28 }
        not29: do {
            let scratch_mounted_2 = try framework_scratch_mounted(q, unmountTarget_8)
            if scratch_mounted_2.isUndefined { break not29 }
            if !scratch_mounted_2.isTruthy { break not29 }
            break block28
        }
        builder0.insert(q.constant(178 /* "no scratch at path to unmount" */), q.context)
    }
    // reasons.rego:115: errors contains "container already started" if {
    block30: do {
        // reasons.rego:116: input.rule == "create_container"
        let input_32 = q.input
        if input_32.isUndefined { break block30 }
        let rule_19 = input_32[q.constant(147 /* "rule" */)]
        if rule_19.isUndefined { break block30 }
        if !(rule_19 == q.constant(179 /* "create_container" */)) { break block30 }
        // reasons.rego:117: started
        let started = try framework_started(q)
        if started.isUndefined { break block30 }
        if !started.isTruthy { break block30 }
        builder0.insert(q.constant(180 /* "container already started" */), q.context)
    }
    // reasons.rego:120: errors contains "container not started" if {
    block31: do {
        // reasons.rego:121: input.rule in {"exec_in_container", "shutdown_container", "signal_container_process", "update_constraints"}
        let input_33 = q.input
        if input_33.isUndefined { break block31 }
        let rule_20 = input_33[q.constant(147 /* "rule" */)]
        if rule_20.isUndefined { break block31 }
        let member_2_5 = try Builtins.internalMember2(q.context, rule_20, q.constant(181))
        if member_2_5.isUndefined { break block31 }
        if !member_2_5.isTruthy { break block31 }
        // reasons.rego:122: not started
        not32: do {
            let started_2 = try framework_started(q)
            if started_2.isUndefined { break not32 }
            if !started_2.isTruthy { break not32 }
            break block31
        }
        builder0.insert(q.constant(182 /* "container not started" */), q.context)
    }
    // reasons.rego:125: errors contains "constraint updates not allowed" if {
    block33: do {
        // reasons.rego:126: input.rule == "update_constraints"
        let input_34 = q.input
        if input_34.isUndefined { break block33 }
        let rule_21 = input_34[q.constant(147 /* "rule" */)]
        if rule_21.isUndefined { break block33 }
        if !(rule_21 == q.constant(183 /* "update_constraints" */)) { break block33 }
        // reasons.rego:127: not allow_constraint_updates
        not34: do {
            let allow_constraint_updates = try framework_allow_constraint_updates(q)
            if allow_constraint_updates.isUndefined { break not34 }
            if !allow_constraint_updates.isTruthy { break not34 }
            break block33
        }
        builder0.insert(q.constant(184 /* "constraint updates not allowed" */), q.context)
    }
    // reasons.rego:130: errors contains "privileged escalation not allowed" if {
    block35: do {
        // reasons.rego:131: input.rule == "create_container"
        let input_35 = q.input
        if input_35.isUndefined { break block35 }
        let rule_22 = input_35[q.constant(147 /* "rule" */)]
        if rule_22.isUndefined { break block35 }
        if !(rule_22 == q.constant(179 /* "create_container" */)) { break block35 }
        // reasons.rego:132: not some_match_privileged_ok
        not36: do {
            let some_match_privileged_ok = try framework_some_match_privileged_ok(q)
            if some_match_privileged_ok.isUndefined { break not36 }
            if !some_match_privileged_ok.isTruthy { break not36 }
            break block35
        }
        builder0.insert(q.constant(185 /* "privileged escalation not allowed" */), q.context)
    }
    // reasons.rego:162: errors contains "invalid command" if {
    block37: do {
        // reasons.rego:163: runs_a_command
        let runs_a_command = try framework_runs_a_command(q)
        if runs_a_command.isUndefined { break block37 }
        if !runs_a_command.isTruthy { break block37 }
        // reasons.rego:164: not some_command_ok
        not38: do {
            let some_command_ok = try framework_some_command_ok(q)
            if some_command_ok.isUndefined { break not38 }
            if !some_command_ok.isTruthy { break not38 }
            break block37
        }
        builder0.insert(q.constant(186 /* "invalid command" */), q.context)
    }
    // reasons.rego:183: errors contains message if {
    block39: do {
        // reasons.rego:184: runs_a_command
        let runs_a_command_2 = try framework_runs_a_command(q)
        if runs_a_command_2.isUndefined { break block39 }
        if !runs_a_command_2.isTruthy { break block39 }
        // reasons.rego:185: count(refused_variables) > 0
        let refused_variables = try framework_refused_variables(q)
        if refused_variables.isUndefined { break block39 }
        let count_2 = try Builtins.count(q.context, refused_variables)
        if count_2.isUndefined { break block39 }
        if Value.compare(count_2, .int(0)) <= 0 { break block39 }
        // reasons.rego:186: message := concat(" ", ["invalid env list:", concat(",", refused_variables)])
        let refused_variables_2 = try framework_refused_variables(q)
        if refused_variables_2.isUndefined { break block39 }
        let concat = try Builtins.concat(q.context, q.constant(189 /* "," */), refused_variables_2)
        if concat.isUndefined { break block39 }
        let array = q.context.array([q.constant(188 /* "invalid env list:" */), concat])
        let concat_2 = try Builtins.concat(q.context, q.constant(187 /* " " */), array)
        if concat_2.isUndefined { break block39 }
        builder0.insert(concat_2, q.context)
    }
    // reasons.rego:189: errors contains "invalid env list" if {
    block40: do {
        // reasons.rego:190: input.rule == "create_container"
        let input_36 = q.input
        if input_36.isUndefined { break block40 }
        let rule_23 = input_36[q.constant(147 /* "rule" */)]
        if rule_23.isUndefined { break block40 }
        if !(rule_23 == q.constant(179 /* "create_container" */)) { break block40 }
        // reasons.rego:191: count(base_candidates) > 0
        let base_candidates = try framework_base_candidates(q)
        if base_candidates.isUndefined { break block40 }
        let count_3 = try Builtins.count(q.context, base_candidates)
        if count_3.isUndefined { break block40 }
        if Value.compare(count_3, .int(0)) <= 0 { break block40 }
        // reasons.rego:192: every container in base_candidates {
        let base_candidates_2 = try framework_base_candidates(q)
        if base_candidates_2.isUndefined { break block40 }
        if base_candidates_2.kind.rawValue < Value.Kind.array.rawValue { break block40 }
        not41: do {
            let count1 = base_candidates_2.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let container = base_candidates_2.value(at: turn1)
                turn1 &+= 1
                not42: do {
                    // reasons.rego:193: some_variable_refused(container.env_rules)
                    let env_rules = container[q.constant(25 /* "env_rules" */)]
                    if env_rules.isUndefined { break not42 }
                    let some_variable_refused = try framework_some_variable_refused(q, env_rules)
                    if some_variable_refused.isUndefined { break not42 }
                    if !some_variable_refused.isTruthy { break not42 }
                    continue scan1
                }
                break block40
            }
        }
        builder0.insert(q.constant(190 /* "invalid env list" */), q.context)
    }
    // reasons.rego:210: errors contains "missing required environment variable" if {
    block43: do {
        // reasons.rego:211: runs_a_command
        let runs_a_command_3 = try framework_runs_a_command(q)
        if runs_a_command_3.isUndefined { break block43 }
        if !runs_a_command_3.isTruthy { break block43 }
        // reasons.rego:212: some candidate in env_candidates
        let env_candidates = try framework_env_candidates(q)
        if env_candidates.isUndefined { break block43 }
        let count2 = env_candidates.scanCount
        var turn2 = 0
        scan2: while turn2 < count2 {
            try q.context.tick()
            let candidate = env_candidates.value(at: turn2)
            turn2 &+= 1
            // reasons.rego:213: not required_env_ok(candidate.env_rules, input.envList)
            let env_rules_2 = candidate[q.constant(25 /* "env_rules" */)]
            if env_rules_2.isUndefined { continue scan2 }
            let input_37 = q.input
            if input_37.isUndefined { continue scan2 }
            let envList = input_37[q.constant(24 /* "envList" */)]
            if envList.isUndefined { continue scan2 }
            not44: do {
                let required_env_ok = try framework_required_env_ok(q, env_rules_2, envList)
                if required_env_ok.isUndefined { break not44 }
                if !required_env_ok.isTruthy { break not44 }
                continue scan2
            }
            builder0.insert(q.constant(191 /* "missing required environment variable" */), q.context)
        }
    }
    // reasons.rego:216: errors contains "invalid working directory" if {
    block45: do {
        // reasons.rego:217: runs_a_command
        let runs_a_command_4 = try framework_runs_a_command(q)
        if runs_a_command_4.isUndefined { break block45 }
        if !runs_a_command_4.isTruthy { break block45 }
        // reasons.rego:218: not some_working_dir_ok
        not46: do {
            let some_working_dir_ok = try framework_some_working_dir_ok(q)
            if some_working_dir_ok.isUndefined { break not46 }
            if !some_working_dir_ok.isTruthy { break not46 }
            break block45
        }
        builder0.insert(q.constant(192 /* "invalid working directory" */), q.context)
    }
    // reasons.rego:236: errors contains message if {
    block47: do {
        // reasons.rego:237: input.rule == "create_container"
        let input_38 = q.input
        if input_38.isUndefined { break block47 }
        let rule_24 = input_38[q.constant(147 /* "rule" */)]
        if rule_24.isUndefined { break block47 }
        if !(rule_24 == q.constant(179 /* "create_container" */)) { break block47 }
        // reasons.rego:238: count(refused_mounts) > 0
        let refused_mounts = try framework_refused_mounts(q)
        if refused_mounts.isUndefined { break block47 }
        let count_4 = try Builtins.count(q.context, refused_mounts)
        if count_4.isUndefined { break block47 }
        if Value.compare(count_4, .int(0)) <= 0 { break block47 }
        // reasons.rego:239: message := concat(" ", ["invalid mount list:", concat(",", refused_mounts)])
        let refused_mounts_2 = try framework_refused_mounts(q)
        if refused_mounts_2.isUndefined { break block47 }
        let concat_3 = try Builtins.concat(q.context, q.constant(189 /* "," */), refused_mounts_2)
        if concat_3.isUndefined { break block47 }
        let array_2 = q.context.array([q.constant(193 /* "invalid mount list:" */), concat_3])
        let concat_4 = try Builtins.concat(q.context, q.constant(187 /* " " */), array_2)
        if concat_4.isUndefined { break block47 }
        builder0.insert(concat_4, q.context)
    }
    // reasons.rego:255: errors contains "invalid noNewPrivileges" if {
    block48: do {
        // reasons.rego:256: starts_in_container
        let starts_in_container = try framework_starts_in_container(q)
        if starts_in_container.isUndefined { break block48 }
        if !starts_in_container.isTruthy { break block48 }
        // reasons.rego:257: not some_no_new_privileges_ok
        not49: do {
            let some_no_new_privileges_ok = try framework_some_no_new_privileges_ok(q)
            if some_no_new_privileges_ok.isUndefined { break not49 }
            if !some_no_new_privileges_ok.isTruthy { break not49 }
            break block48
        }
        builder0.insert(q.constant(194 /* "invalid noNewPrivileges" */), q.context)
    }
    // reasons.rego:260: errors contains "invalid user" if {
    block50: do {
        // reasons.rego:261: starts_in_container
        let starts_in_container_2 = try framework_starts_in_container(q)
        if starts_in_container_2.isUndefined { break block50 }
        if !starts_in_container_2.isTruthy { break block50 }
        // reasons.rego:262: not some_user_ok
        not51: do {
            let some_user_ok = try framework_some_user_ok(q)
            if some_user_ok.isUndefined { break not51 }
            if !some_user_ok.isTruthy { break not51 }
            break block50
        }
        builder0.insert(q.constant(195 /* "invalid user" */), q.context)
    }
    // reasons.rego:265: errors contains "invalid seccomp" if {
    block52: do {
        // reasons.rego:266: input.rule == "create_container"
        let input_39 = q.input
        if input_39.isUndefined { break block52 }
        let rule_25 = input_39[q.constant(147 /* "rule" */)]
        if rule_25.isUndefined { break block52 }
        if !(rule_25 == q.constant(179 /* "create_container" */)) { break block52 }
        // reasons.rego:267: not some_seccomp_ok
        not53: do {
            let some_seccomp_ok = try framework_some_seccomp_ok(q)
            if some_seccomp_ok.isUndefined { break not53 }
            if !some_seccomp_ok.isTruthy { break not53 }
            break block52
        }
        builder0.insert(q.constant(196 /* "invalid seccomp" */), q.context)
    }
    // reasons.rego:275: errors contains "devices not supported" if {
    block54: do {
        // reasons.rego:276: input.rule == "create_container"
        let input_40 = q.input
        if input_40.isUndefined { break block54 }
        let rule_26 = input_40[q.constant(147 /* "rule" */)]
        if rule_26.isUndefined { break block54 }
        if !(rule_26 == q.constant(179 /* "create_container" */)) { break block54 }
        // reasons.rego:277: not devices_ok(input.devices)
        let input_41 = q.input
        if input_41.isUndefined { break block54 }
        let devices_3 = input_41[q.constant(3 /* "devices" */)]
        if devices_3.isUndefined { break block54 }
        not55: do {
            let devices_ok = try framework_devices_ok(q, devices_3)
            if devices_ok.isUndefined { break not55 }
            if !devices_ok.isTruthy { break not55 }
            break block54
        }
        builder0.insert(q.constant(197 /* "devices not supported" */), q.context)
    }
    // reasons.rego:289: errors contains "capabilities don't match" if {
    block56: do {
        // reasons.rego:290: starts_in_container
        let starts_in_container_3 = try framework_starts_in_container(q)
        if starts_in_container_3.isUndefined { break block56 }
        if !starts_in_container_3.isTruthy { break block56 }
        // reasons.rego:291: count(accepted_candidates) > 0
        let accepted_candidates = try framework_accepted_candidates(q)
        if accepted_candidates.isUndefined { break block56 }
        let count_5 = try Builtins.count(q.context, accepted_candidates)
        if count_5.isUndefined { break block56 }
        if Value.compare(count_5, .int(0)) <= 0 { break block56 }
        // reasons.rego:292: kept := kept_capabilities(accepted_candidates, requested_privileged)
        let accepted_candidates_2 = try framework_accepted_candidates(q)
        if accepted_candidates_2.isUndefined { break block56 }
        let requested_privileged = try framework_requested_privileged(q)
        if requested_privileged.isUndefined { break block56 }
        let kept_capabilities = try framework_kept_capabilities(q, accepted_candidates_2, requested_privileged)
        if kept_capabilities.isUndefined { break block56 }
        // reasons.rego:293: count(with_capabilities(accepted_candidates, kept, requested_privileged)) == 0
        let accepted_candidates_3 = try framework_accepted_candidates(q)
        if accepted_candidates_3.isUndefined { break block56 }
        let requested_privileged_2 = try framework_requested_privileged(q)
        if requested_privileged_2.isUndefined { break block56 }
        let with_capabilities = try framework_with_capabilities(q, accepted_candidates_3, kept_capabilities, requested_privileged_2)
        if with_capabilities.isUndefined { break block56 }
        let count_6 = try Builtins.count(q.context, with_capabilities)
        if count_6.isUndefined { break block56 }
        if !(count_6 == .int(0)) { break block56 }
        builder0.insert(q.constant(198 /* "capabilities don't match" */), q.context)
    }
    // reasons.rego:305: errors contains "containers only distinguishable by capabilties" if {
    block57: do {
        // reasons.rego:306: input.rule == "create_container"
        let input_42 = q.input
        if input_42.isUndefined { break block57 }
        let rule_27 = input_42[q.constant(147 /* "rule" */)]
        if rule_27.isUndefined { break block57 }
        if !(rule_27 == q.constant(179 /* "create_container" */)) { break block57 }
        // reasons.rego:307: allow_capability_dropping
        let allow_capability_dropping = try framework_allow_capability_dropping(q)
        if allow_capability_dropping.isUndefined { break block57 }
        if !allow_capability_dropping.isTruthy { break block57 }
        // reasons.rego:308: count(largest_capabilities) > 1
        let largest_capabilities = try framework_largest_capabilities(q)
        if largest_capabilities.isUndefined { break block57 }
        let count_7 = try Builtins.count(q.context, largest_capabilities)
        if count_7.isUndefined { break block57 }
        if Value.compare(count_7, .int(1)) <= 0 { break block57 }
        builder0.insert(q.constant(199), q.context)
    }
    // reasons.rego:317: errors contains "containers only distinguishable by allow_stdio_access" if {
    block58: do {
        // reasons.rego:318: input.rule == "create_container"
        let input_43 = q.input
        if input_43.isUndefined { break block58 }
        let rule_28 = input_43[q.constant(147 /* "rule" */)]
        if rule_28.isUndefined { break block58 }
        if !(rule_28 == q.constant(179 /* "create_container" */)) { break block58 }
        // reasons.rego:319: not started
        not59: do {
            let started_3 = try framework_started(q)
            if started_3.isUndefined { break not59 }
            if !started_3.isTruthy { break not59 }
            break block58
        }
        // reasons.rego:320: count(stdio_access(capability_survivors)) > 1
        let capability_survivors = try framework_capability_survivors(q)
        if capability_survivors.isUndefined { break block58 }
        let stdio_access = try framework_stdio_access(q, capability_survivors)
        if stdio_access.isUndefined { break block58 }
        let count_8 = try Builtins.count(q.context, stdio_access)
        if count_8.isUndefined { break block58 }
        if Value.compare(count_8, .int(1)) <= 0 { break block58 }
        builder0.insert(q.constant(200), q.context)
    }
    // reasons.rego:323: errors contains "external processes only distinguishable by allow_stdio_access" if {
    block60: do {
        // reasons.rego:324: input.rule == "exec_external"
        let input_44 = q.input
        if input_44.isUndefined { break block60 }
        let rule_29 = input_44[q.constant(147 /* "rule" */)]
        if rule_29.isUndefined { break block60 }
        if !(rule_29 == q.constant(201 /* "exec_external" */)) { break block60 }
        // reasons.rego:325: count(stdio_access(accepted_candidates)) > 1
        let accepted_candidates_4 = try framework_accepted_candidates(q)
        if accepted_candidates_4.isUndefined { break block60 }
        let stdio_access_2 = try framework_stdio_access(q, accepted_candidates_4)
        if stdio_access_2.isUndefined { break block60 }
        let count_9 = try Builtins.count(q.context, stdio_access_2)
        if count_9.isUndefined { break block60 }
        if Value.compare(count_9, .int(1)) <= 0 { break block60 }
        builder0.insert(q.constant(202), q.context)
    }
    // reasons.rego:328: errors contains "target isn't allowed to receive the signal" if {
    block61: do {
        // reasons.rego:329: input.rule == "signal_container_process"
        let input_45 = q.input
        if input_45.isUndefined { break block61 }
        let rule_30 = input_45[q.constant(147 /* "rule" */)]
        if rule_30.isUndefined { break block61 }
        if !(rule_30 == q.constant(203 /* "signal_container_process" */)) { break block61 }
        // reasons.rego:330: count(signal_candidates) == 0
        let signal_candidates = try framework_signal_candidates(q)
        if signal_candidates.isUndefined { break block61 }
        let count_10 = try Builtins.count(q.context, signal_candidates)
        if count_10.isUndefined { break block61 }
        if !(count_10 == .int(0)) { break block61 }
        builder0.insert(q.constant(204), q.context)
    }
    // reasons.rego:334: errors contains "invalid fragment issuer" if {
    block62: do {
        // reasons.rego:335: input.rule == "load_fragment"
        let input_46 = q.input
        if input_46.isUndefined { break block62 }
        let rule_31 = input_46[q.constant(147 /* "rule" */)]
        if rule_31.isUndefined { break block62 }
        if !(rule_31 == q.constant(205 /* "load_fragment" */)) { break block62 }
        // reasons.rego:336: not some_issuer
        not63: do {
            let some_issuer = try framework_some_issuer(q)
            if some_issuer.isUndefined { break not63 }
            if !some_issuer.isTruthy { break not63 }
            break block62
        }
        builder0.insert(q.constant(206 /* "invalid fragment issuer" */), q.context)
    }
    // reasons.rego:344: errors contains "invalid fragment feed" if {
    block64: do {
        // reasons.rego:345: input.rule == "load_fragment"
        let input_47 = q.input
        if input_47.isUndefined { break block64 }
        let rule_32 = input_47[q.constant(147 /* "rule" */)]
        if rule_32.isUndefined { break block64 }
        if !(rule_32 == q.constant(205 /* "load_fragment" */)) { break block64 }
        // reasons.rego:346: some_issuer
        let some_issuer_2 = try framework_some_issuer(q)
        if some_issuer_2.isUndefined { break block64 }
        if !some_issuer_2.isTruthy { break block64 }
        // reasons.rego:347: count(requirements) == 0
        let requirements = try framework_requirements(q)
        if requirements.isUndefined { break block64 }
        let count_11 = try Builtins.count(q.context, requirements)
        if count_11.isUndefined { break block64 }
        if !(count_11 == .int(0)) { break block64 }
        builder0.insert(q.constant(207 /* "invalid fragment feed" */), q.context)
    }
    // reasons.rego:372: errors contains "fragment svn is below the specified minimum" if {
    block65: do {
        // reasons.rego:373: loaded_fragment
        let loaded_fragment = try framework_loaded_fragment(q)
        if loaded_fragment.isUndefined { break block65 }
        if !loaded_fragment.isTruthy { break block65 }
        // reasons.rego:374: some requirement in requirements
        let requirements_2 = try framework_requirements(q)
        if requirements_2.isUndefined { break block65 }
        let count3 = requirements_2.scanCount
        var turn3 = 0
        scan3: while turn3 < count3 {
            try q.context.tick()
            let requirement = requirements_2.value(at: turn3)
            turn3 &+= 1
            // reasons.rego:375: svn_too_low(requirement)
            let svn_too_low = try framework_svn_too_low(q, requirement)
            if svn_too_low.isUndefined { continue scan3 }
            if !svn_too_low.isTruthy { continue scan3 }
            builder0.insert(q.constant(208), q.context)
        }
    }
    // reasons.rego:388: errors contains "fragment svn and the specified minimum are different types" if {
    block66: do {
        // reasons.rego:389: loaded_fragment
        let loaded_fragment_2 = try framework_loaded_fragment(q)
        if loaded_fragment_2.isUndefined { break block66 }
        if !loaded_fragment_2.isTruthy { break block66 }
        // reasons.rego:390: some requirement in requirements
        let requirements_3 = try framework_requirements(q)
        if requirements_3.isUndefined { break block66 }
        let count4 = requirements_3.scanCount
        var turn4 = 0
        scan4: while turn4 < count4 {
            try q.context.tick()
            let requirement_2 = requirements_3.value(at: turn4)
            turn4 &+= 1
            // reasons.rego:391: svn_kinds_differ(effective_svn, requirement.minimum_svn)
            let effective_svn = try framework_effective_svn(q)
            if effective_svn.isUndefined { continue scan4 }
            let minimum_svn = requirement_2[q.constant(105 /* "minimum_svn" */)]
            if minimum_svn.isUndefined { continue scan4 }
            let svn_kinds_differ = try framework_svn_kinds_differ(q, effective_svn, minimum_svn)
            if svn_kinds_differ.isUndefined { continue scan4 }
            if !svn_kinds_differ.isTruthy { continue scan4 }
            builder0.insert(q.constant(209), q.context)
        }
    }
    // reasons.rego:394: errors contains message if {
    block67: do {
        // reasons.rego:395: loaded_fragment
        let loaded_fragment_3 = try framework_loaded_fragment(q)
        if loaded_fragment_3.isUndefined { break block67 }
        if !loaded_fragment_3.isTruthy { break block67 }
        // reasons.rego:396: count(requirements) > 0
        let requirements_4 = try framework_requirements(q)
        if requirements_4.isUndefined { break block67 }
        let count_12 = try Builtins.count(q.context, requirements_4)
        if count_12.isUndefined { break block67 }
        if Value.compare(count_12, .int(0)) <= 0 { break block67 }
        // reasons.rego:397: input.has_header_svn
        let input_48 = q.input
        if input_48.isUndefined { break block67 }
        let has_header_svn = input_48[q.constant(103 /* "has_header_svn" */)]
        if has_header_svn.isUndefined { break block67 }
        if !has_header_svn.isTruthy { break block67 }
        // reasons.rego:398: to_number(fragment_svn) != to_number(input.header_svn)
        let fragment_svn = try framework_fragment_svn(q)
        if fragment_svn.isUndefined { break block67 }
        let to_number = try Builtins.toNumber(q.context, fragment_svn)
        if to_number.isUndefined { break block67 }
        let input_49 = q.input
        if input_49.isUndefined { break block67 }
        let header_svn = input_49[q.constant(104 /* "header_svn" */)]
        if header_svn.isUndefined { break block67 }
        let to_number_2 = try Builtins.toNumber(q.context, header_svn)
        if to_number_2.isUndefined { break block67 }
        if to_number == to_number_2 { break block67 }
        // reasons.rego:399: message := sprintf("svn in header %v does not match svn in fragment rego %v", [input.header_svn, fragment_svn])
        let input_50 = q.input
        if input_50.isUndefined { break block67 }
        let header_svn_2 = input_50[q.constant(104 /* "header_svn" */)]
        if header_svn_2.isUndefined { break block67 }
        let fragment_svn_2 = try framework_fragment_svn(q)
        if fragment_svn_2.isUndefined { break block67 }
        let array_3 = q.context.array([header_svn_2, fragment_svn_2])
        let sprintf = try Builtins.sprintf(q.context, q.constant(210), array_3)
        if sprintf.isUndefined { break block67 }
        builder0.insert(sprintf, q.context)
    }
    // reasons.rego:402: errors contains "missing fragment svn in either header or rego payload" if {
    block68: do {
        // reasons.rego:403: loaded_fragment
        let loaded_fragment_4 = try framework_loaded_fragment(q)
        if loaded_fragment_4.isUndefined { break block68 }
        if !loaded_fragment_4.isTruthy { break block68 }
        // reasons.rego:404: count(requirements) > 0
        let requirements_5 = try framework_requirements(q)
        if requirements_5.isUndefined { break block68 }
        let count_13 = try Builtins.count(q.context, requirements_5)
        if count_13.isUndefined { break block68 }
        if Value.compare(count_13, .int(0)) <= 0 { break block68 }
        // reasons.rego:405: not input.has_header_svn
        not69: do {
            let input_51 = q.input
            if input_51.isUndefined { break not69 }
            let has_header_svn_2 = input_51[q.constant(103 /* "has_header_svn" */)]
            if has_header_svn_2.isUndefined { break not69 }
            if !has_header_svn_2.isTruthy { break not69 }
            break block68
        }
        // reasons.rego:406: not fragment_svn
        not70: do {
            let fragment_svn_3 = try framework_fragment_svn(q)
            if fragment_svn_3.isUndefined { break not70 }
            if !fragment_svn_3.isTruthy { break not70 }
            break block68
        }
        builder0.insert(q.constant(211), q.context)
    }
    // reasons.rego:409: errors contains message if {
    block71: do {
        // reasons.rego:410: input.rule == "load_fragment"
        let input_52 = q.input
        if input_52.isUndefined { break block71 }
        let rule_33 = input_52[q.constant(147 /* "rule" */)]
        if rule_33.isUndefined { break block71 }
        if !(rule_33 == q.constant(205 /* "load_fragment" */)) { break block71 }
        // reasons.rego:411: not input.fragment_loaded
        not72: do {
            let input_53 = q.input
            if input_53.isUndefined { break not72 }
            let fragment_loaded = input_53[q.constant(95 /* "fragment_loaded" */)]
            if fragment_loaded.isUndefined { break not72 }
            if !fragment_loaded.isTruthy { break not72 }
            break block71
        }
        // reasons.rego:412: some requirement in requirements
        let requirements_6 = try framework_requirements(q)
        if requirements_6.isUndefined { break block71 }
        let count5 = requirements_6.scanCount
        var turn5 = 0
        scan5: while turn5 < count5 {
            try q.context.tick()
            let requirement_3 = requirements_6.value(at: turn5)
            turn5 &+= 1
            // reasons.rego:413: some wanted in object.get(requirement, "required_receipts", [])
            let get = try Builtins.objectGet(q.context, requirement_3, q.constant(106 /* "required_receipts" */), .emptyArray)
            if get.isUndefined { continue scan5 }
            let count6 = get.scanCount
            var turn6 = 0
            scan6: while turn6 < count6 {
                try q.context.tick()
                let wanted = get.value(at: turn6)
                turn6 &+= 1
                // reasons.rego:414: not receipt_ok(wanted)
                not73: do {
                    let receipt_ok = try framework_receipt_ok(q, wanted)
                    if receipt_ok.isUndefined { break not73 }
                    if !receipt_ok.isTruthy { break not73 }
                    continue scan6
                }
                // reasons.rego:415: message := sprintf("missing receipt from %s", [wanted])
                let array_4 = q.context.array([wanted])
                let sprintf_2 = try Builtins.sprintf(q.context, q.constant(212 /* "missing receipt from %s" */), array_4)
                if sprintf_2.isUndefined { continue scan6 }
                builder0.insert(sprintf_2, q.context)
            }
        }
    }
    // reasons.rego:423: errors contains "no TTL candidate matches the provided TTL's issuer, subject and svn" if {
    block74: do {
        // reasons.rego:424: input.rule == "load_transparency_trust_list"
        let input_54 = q.input
        if input_54.isUndefined { break block74 }
        let rule_34 = input_54[q.constant(147 /* "rule" */)]
        if rule_34.isUndefined { break block74 }
        if !(rule_34 == q.constant(213 /* "load_transparency_trust_list" */)) { break block74 }
        // reasons.rego:425: not some_trust_list_ok
        not75: do {
            let some_trust_list_ok = try framework_some_trust_list_ok(q)
            if some_trust_list_ok.isUndefined { break not75 }
            if !some_trust_list_ok.isTruthy { break not75 }
            break block74
        }
        builder0.insert(q.constant(214), q.context)
    }
    // reasons.rego:428: errors contains "The provided TTL does not contain any ledgers it is allowed to load" if {
    block76: do {
        // reasons.rego:429: input.rule == "load_transparency_trust_list"
        let input_55 = q.input
        if input_55.isUndefined { break block76 }
        let rule_35 = input_55[q.constant(147 /* "rule" */)]
        if rule_35.isUndefined { break block76 }
        if !(rule_35 == q.constant(213 /* "load_transparency_trust_list" */)) { break block76 }
        // reasons.rego:430: some_trust_list_ok
        let some_trust_list_ok_2 = try framework_some_trust_list_ok(q)
        if some_trust_list_ok_2.isUndefined { break block76 }
        if !some_trust_list_ok_2.isTruthy { break block76 }
        // reasons.rego:431: count(accepted_ledgers) == 0
        let accepted_ledgers = try framework_accepted_ledgers(q)
        if accepted_ledgers.isUndefined { break block76 }
        let count_14 = try Builtins.count(q.context, accepted_ledgers)
        if count_14.isUndefined { break block76 }
        if !(count_14 == .int(0)) { break block76 }
        builder0.insert(q.constant(215), q.context)
    }
    // reasons.rego:435: errors contains message if {
    block77: do {
        // reasons.rego:436: relation(policy_version) == "missing"
        let policy_version = try framework_policy_version(q)
        if policy_version.isUndefined { break block77 }
        let relation = try framework_relation(q, policy_version)
        if relation.isUndefined { break block77 }
        if !(relation == q.constant(92 /* "missing" */)) { break block77 }
        // reasons.rego:437: message := concat(" ", ["framework_version is missing. Current version:", version])
        let version = try framework_version(q)
        if version.isUndefined { break block77 }
        let array_5 = q.context.array([q.constant(216), version])
        let concat_5 = try Builtins.concat(q.context, q.constant(187 /* " " */), array_5)
        if concat_5.isUndefined { break block77 }
        builder0.insert(concat_5, q.context)
    }
    // reasons.rego:440: errors contains message if {
    block78: do {
        // reasons.rego:441: relation(policy_version) == "ahead"
        let policy_version_2 = try framework_policy_version(q)
        if policy_version_2.isUndefined { break block78 }
        let relation_2 = try framework_relation(q, policy_version_2)
        if relation_2.isUndefined { break block78 }
        if !(relation_2 == q.constant(93 /* "ahead" */)) { break block78 }
        // reasons.rego:442: message := concat(" ", [
        let policy_version_3 = try framework_policy_version(q)
        if policy_version_3.isUndefined { break block78 }
        let version_2 = try framework_version(q)
        if version_2.isUndefined { break block78 }
        let array_6 = q.context.array([q.constant(217), policy_version_3, q.constant(218 /* "is greater than" */), version_2])
        let concat_6 = try Builtins.concat(q.context, q.constant(187 /* " " */), array_6)
        if concat_6.isUndefined { break block78 }
        builder0.insert(concat_6, q.context)
    }
    // reasons.rego:450: errors contains message if {
    block79: do {
        // reasons.rego:451: loaded_fragment
        let loaded_fragment_5 = try framework_loaded_fragment(q)
        if loaded_fragment_5.isUndefined { break block79 }
        if !loaded_fragment_5.isTruthy { break block79 }
        // reasons.rego:452: relation(fragment_framework_version) == "missing"
        let fragment_framework_version = try framework_fragment_framework_version(q)
        if fragment_framework_version.isUndefined { break block79 }
        let relation_3 = try framework_relation(q, fragment_framework_version)
        if relation_3.isUndefined { break block79 }
        if !(relation_3 == q.constant(92 /* "missing" */)) { break block79 }
        // reasons.rego:453: message := concat(" ", ["fragment framework_version is missing. Current version:", version])
        let version_3 = try framework_version(q)
        if version_3.isUndefined { break block79 }
        let array_7 = q.context.array([q.constant(219), version_3])
        let concat_7 = try Builtins.concat(q.context, q.constant(187 /* " " */), array_7)
        if concat_7.isUndefined { break block79 }
        builder0.insert(concat_7, q.context)
    }
    // reasons.rego:456: errors contains message if {
    block80: do {
        // reasons.rego:457: loaded_fragment
        let loaded_fragment_6 = try framework_loaded_fragment(q)
        if loaded_fragment_6.isUndefined { break block80 }
        if !loaded_fragment_6.isTruthy { break block80 }
        // reasons.rego:458: relation(fragment_framework_version) == "ahead"
        let fragment_framework_version_2 = try framework_fragment_framework_version(q)
        if fragment_framework_version_2.isUndefined { break block80 }
        let relation_4 = try framework_relation(q, fragment_framework_version_2)
        if relation_4.isUndefined { break block80 }
        if !(relation_4 == q.constant(93 /* "ahead" */)) { break block80 }
        // reasons.rego:459: message := concat(" ", [
        let fragment_framework_version_3 = try framework_fragment_framework_version(q)
        if fragment_framework_version_3.isUndefined { break block80 }
        let version_4 = try framework_version(q)
        if version_4.isUndefined { break block80 }
        let array_8 = q.context.array([q.constant(220), fragment_framework_version_3, q.constant(218 /* "is greater than" */), version_4])
        let concat_8 = try Builtins.concat(q.context, q.constant(187 /* " " */), array_8)
        if concat_8.isUndefined { break block80 }
        builder0.insert(concat_8, q.context)
    }
    let result = builder0.finish(q.context)
    q.context.leave()
    return q.remember(182, result)
}

/// `data.framework.error_objects`, reasons.rego:6
func framework_error_objects(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(183) { return q.remembered(183) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:8: error_objects := data.metadata.matches[input.containerID] if input.rule == "create_container"
    block0: do {
        // reasons.rego:8: error_objects := data.metadata.matches[input.containerID] if input.rule == "create_container"
        let input = q.input
        if input.isUndefined { break block0 }
        let rule = input[q.constant(147 /* "rule" */)]
        if rule.isUndefined { break block0 }
        if !(rule == q.constant(179 /* "create_container" */)) { break block0 }
        let data = q.data
        if data.isUndefined { break block0 }
        let metadata = data[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block0 }
        let matches = metadata[q.constant(11 /* "matches" */)]
        if matches.isUndefined { break block0 }
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let containerID = input_2[q.constant(15 /* "containerID" */)]
        if containerID.isUndefined { break block0 }
        let element = matches[containerID]
        if element.isUndefined { break block0 }
        try assignRule(&result, element)
    }
    // reasons.rego:10: error_objects := [process |
    block1: do {
        // reasons.rego:14: input.rule == "exec_in_container"
        let input_3 = q.input
        if input_3.isUndefined { break block1 }
        let rule_2 = input_3[q.constant(147 /* "rule" */)]
        if rule_2.isUndefined { break block1 }
        if !(rule_2 == q.constant(221 /* "exec_in_container" */)) { break block1 }
        var builder0 = ArrayBuilder()
        block2: do {
            // reasons.rego:11: some container in matches
            let matches_2 = try framework_matches(q)
            if matches_2.isUndefined { break block2 }
            let count1 = matches_2.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let container = matches_2.value(at: turn1)
                turn1 &+= 1
                // reasons.rego:12: some process in container.exec_processes
                let exec_processes = container[q.constant(94 /* "exec_processes" */)]
                if exec_processes.isUndefined { continue scan1 }
                let count2 = exec_processes.scanCount
                var turn2 = 0
                scan2: while turn2 < count2 {
                    try q.context.tick()
                    let process = exec_processes.value(at: turn2)
                    turn2 &+= 1
                    builder0.append(process, q.context)
                }
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    // reasons.rego:17: error_objects := candidate_processes if input.rule == "exec_external"
    block3: do {
        // reasons.rego:17: error_objects := candidate_processes if input.rule == "exec_external"
        let input_4 = q.input
        if input_4.isUndefined { break block3 }
        let rule_3 = input_4[q.constant(147 /* "rule" */)]
        if rule_3.isUndefined { break block3 }
        if !(rule_3 == q.constant(201 /* "exec_external" */)) { break block3 }
        let candidate_processes = try framework_candidate_processes(q)
        if candidate_processes.isUndefined { break block3 }
        try assignRule(&result, candidate_processes)
    }
    // reasons.rego:19: error_objects := candidate_requirements if input.rule == "load_fragment"
    block4: do {
        // reasons.rego:19: error_objects := candidate_requirements if input.rule == "load_fragment"
        let input_5 = q.input
        if input_5.isUndefined { break block4 }
        let rule_4 = input_5[q.constant(147 /* "rule" */)]
        if rule_4.isUndefined { break block4 }
        if !(rule_4 == q.constant(205 /* "load_fragment" */)) { break block4 }
        let candidate_requirements = try framework_candidate_requirements(q)
        if candidate_requirements.isUndefined { break block4 }
        try assignRule(&result, candidate_requirements)
    }
    block5: do {
        if result.isDefined { break block5 }
        result = .null
    }
    q.context.leave()
    return q.remember(183, result)
}

/// `data.framework.device_hash_known`, reasons.rego:29
func framework_device_hash_known(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(184) { return q.remembered(184) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:29: device_hash_known if layer_known(input.deviceHash)
    block0: do {
        // reasons.rego:29: device_hash_known if layer_known(input.deviceHash)
        let input = q.input
        if input.isUndefined { break block0 }
        let deviceHash = input[q.constant(135 /* "deviceHash" */)]
        if deviceHash.isUndefined { break block0 }
        let layer_known = try framework_layer_known(q, deviceHash)
        if layer_known.isUndefined { break block0 }
        if !layer_known.isTruthy { break block0 }
        try assignRule(&result, .true)
        break block0
    }
    q.context.leave()
    return q.remember(184, result)
}

/// `data.framework.scratch_encryption_ok`, devices.rego:29
func framework_scratch_encryption_ok(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(185) { return q.remembered(185) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:29: scratch_encryption_ok if input.encrypted
    block0: do {
        // devices.rego:29: scratch_encryption_ok if input.encrypted
        let input = q.input
        if input.isUndefined { break block0 }
        let encrypted = input[q.constant(222 /* "encrypted" */)]
        if encrypted.isUndefined { break block0 }
        if !encrypted.isTruthy { break block0 }
        try assignRule(&result, .true)
        break block0
    }
    // devices.rego:31: scratch_encryption_ok if allow_unencrypted_scratch
    block1: do {
        if result.isDefined { break block1 }
        // devices.rego:31: scratch_encryption_ok if allow_unencrypted_scratch
        let allow_unencrypted_scratch = try framework_allow_unencrypted_scratch(q)
        if allow_unencrypted_scratch.isUndefined { break block1 }
        if !allow_unencrypted_scratch.isTruthy { break block1 }
        try assignRule(&result, .true)
        break block1
    }
    q.context.leave()
    return q.remember(185, result)
}

/// `data.framework.scratch_filesystem_ok`, devices.rego:33
func framework_scratch_filesystem_ok(_ q: Query, _ filesystem: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:33: scratch_filesystem_ok(filesystem) if filesystem in {"ext4", "xfs"}
    block0: do {
        // devices.rego:33: scratch_filesystem_ok(filesystem) if filesystem in {"ext4", "xfs"}
        let member_2 = try Builtins.internalMember2(q.context, filesystem, q.constant(223 /* {"ext4","xfs"} */))
        if member_2.isUndefined { break block0 }
        if !member_2.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.scratch_mounted`, devices.rego:132
func framework_scratch_mounted(_ q: Query, _ target: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:132: scratch_mounted(target) if data.metadata.scratch_mounts[target]
    block0: do {
        // devices.rego:132: scratch_mounted(target) if data.metadata.scratch_mounts[target]
        let data = q.data
        if data.isUndefined { break block0 }
        let metadata = data[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block0 }
        let scratch_mounts = metadata[q.constant(224 /* "scratch_mounts" */)]
        if scratch_mounts.isUndefined { break block0 }
        let element = scratch_mounts[target]
        if element.isUndefined { break block0 }
        if !element.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.allow_constraint_updates`, candidates.rego:129
func framework_allow_constraint_updates(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(188) { return q.remembered(188) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:129: default allow_constraint_updates := false
    result = .false
    q.context.leave()
    return q.remember(188, result)
}

/// `data.framework.some_match_privileged_ok`, reasons.rego:135
func framework_some_match_privileged_ok(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(189) { return q.remembered(189) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:135: some_match_privileged_ok if {
    block0: do {
        // reasons.rego:136: some container in matches
        let matches = try framework_matches(q)
        if matches.isUndefined { break block0 }
        let count1 = matches.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let container = matches.value(at: turn1)
            turn1 &+= 1
            // reasons.rego:137: privileged_ok(container.allow_elevated)
            let allow_elevated = container[q.constant(29 /* "allow_elevated" */)]
            if allow_elevated.isUndefined { continue scan1 }
            let privileged_ok = try framework_privileged_ok(q, allow_elevated)
            if privileged_ok.isUndefined { continue scan1 }
            if !privileged_ok.isTruthy { continue scan1 }
            try assignRule(&result, .true)
            break block0
        }
    }
    q.context.leave()
    return q.remember(189, result)
}

/// `data.framework.runs_a_command`, reasons.rego:140
func framework_runs_a_command(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(190) { return q.remembered(190) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:140: runs_a_command if input.rule in {"create_container", "exec_in_container", "exec_external"}
    block0: do {
        // reasons.rego:140: runs_a_command if input.rule in {"create_container", "exec_in_container", "exec_external"}
        let input = q.input
        if input.isUndefined { break block0 }
        let rule = input[q.constant(147 /* "rule" */)]
        if rule.isUndefined { break block0 }
        let member_2 = try Builtins.internalMember2(q.context, rule, q.constant(225))
        if member_2.isUndefined { break block0 }
        if !member_2.isTruthy { break block0 }
        try assignRule(&result, .true)
        break block0
    }
    q.context.leave()
    return q.remember(190, result)
}

/// `data.framework.some_command_ok`, reasons.rego:144
func framework_some_command_ok(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(191) { return q.remembered(191) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:144: some_command_ok if {
    block0: do {
        // reasons.rego:145: input.rule == "create_container"
        let input = q.input
        if input.isUndefined { break block0 }
        let rule = input[q.constant(147 /* "rule" */)]
        if rule.isUndefined { break block0 }
        if !(rule == q.constant(179 /* "create_container" */)) { break block0 }
        // reasons.rego:146: some container in matches
        let matches = try framework_matches(q)
        if matches.isUndefined { break block0 }
        let count1 = matches.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let container = matches.value(at: turn1)
            turn1 &+= 1
            // reasons.rego:147: command_ok(container.command)
            let command = container[q.constant(32 /* "command" */)]
            if command.isUndefined { continue scan1 }
            let command_ok = try framework_command_ok(q, command)
            if command_ok.isUndefined { continue scan1 }
            if !command_ok.isTruthy { continue scan1 }
            try assignRule(&result, .true)
            break block0
        }
    }
    // reasons.rego:150: some_command_ok if {
    block1: do {
        if result.isDefined { break block1 }
        // reasons.rego:151: input.rule == "exec_in_container"
        let input_2 = q.input
        if input_2.isUndefined { break block1 }
        let rule_2 = input_2[q.constant(147 /* "rule" */)]
        if rule_2.isUndefined { break block1 }
        if !(rule_2 == q.constant(221 /* "exec_in_container" */)) { break block1 }
        // reasons.rego:152: some container in matches
        let matches_2 = try framework_matches(q)
        if matches_2.isUndefined { break block1 }
        let count2 = matches_2.scanCount
        var turn2 = 0
        scan2: while turn2 < count2 {
            try q.context.tick()
            let container_2 = matches_2.value(at: turn2)
            turn2 &+= 1
            // reasons.rego:153: exec_process_ok(container.exec_processes)
            let exec_processes = container_2[q.constant(94 /* "exec_processes" */)]
            if exec_processes.isUndefined { continue scan2 }
            let exec_process_ok = try framework_exec_process_ok(q, exec_processes)
            if exec_process_ok.isUndefined { continue scan2 }
            if !exec_process_ok.isTruthy { continue scan2 }
            try assignRule(&result, .true)
            break block1
        }
    }
    // reasons.rego:156: some_command_ok if {
    block2: do {
        if result.isDefined { break block2 }
        // reasons.rego:157: input.rule == "exec_external"
        let input_3 = q.input
        if input_3.isUndefined { break block2 }
        let rule_3 = input_3[q.constant(147 /* "rule" */)]
        if rule_3.isUndefined { break block2 }
        if !(rule_3 == q.constant(201 /* "exec_external" */)) { break block2 }
        // reasons.rego:158: some process in candidate_processes
        let candidate_processes = try framework_candidate_processes(q)
        if candidate_processes.isUndefined { break block2 }
        let count3 = candidate_processes.scanCount
        var turn3 = 0
        scan3: while turn3 < count3 {
            try q.context.tick()
            let process = candidate_processes.value(at: turn3)
            turn3 &+= 1
            // reasons.rego:159: command_ok(process.command)
            let command_2 = process[q.constant(32 /* "command" */)]
            if command_2.isUndefined { continue scan3 }
            let command_ok_2 = try framework_command_ok(q, command_2)
            if command_ok_2.isUndefined { continue scan3 }
            if !command_ok_2.isTruthy { continue scan3 }
            try assignRule(&result, .true)
            break block2
        }
    }
    q.context.leave()
    return q.remember(191, result)
}

/// `data.framework.refused_variables`, reasons.rego:177
func framework_refused_variables(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(192) { return q.remembered(192) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:177: refused_variables := [name |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // reasons.rego:178: some variable in input.envList
            let input = q.input
            if input.isUndefined { break block1 }
            let envList = input[q.constant(24 /* "envList" */)]
            if envList.isUndefined { break block1 }
            let count1 = envList.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let variable = envList.value(at: turn1)
                turn1 &+= 1
                // reasons.rego:179: not variable in accepted_variables
                let accepted_variables = try framework_accepted_variables(q)
                if accepted_variables.isUndefined { continue scan1 }
                not2: do {
                    let member_2 = try Builtins.internalMember2(q.context, variable, accepted_variables)
                    if member_2.isUndefined { break not2 }
                    if !member_2.isTruthy { break not2 }
                    continue scan1
                }
                // reasons.rego:180: name := split(variable, "=")[0]
                let split = try Builtins.split(q.context, variable, q.constant(70 /* "=" */))
                if split.isUndefined { continue scan1 }
                let name = split[.int(0)]
                if name.isUndefined { continue scan1 }
                builder0.append(name, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(192, result)
}

/// `data.framework.some_variable_refused`, reasons.rego:197
func framework_some_variable_refused(_ q: Query, _ rules: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:197: some_variable_refused(rules) if {
    block0: do {
        // reasons.rego:198: accepted := accepted_env(rules)
        let accepted_env = try framework_accepted_env(q, rules)
        if accepted_env.isUndefined { break block0 }
        // reasons.rego:199: some variable in input.envList
        let input = q.input
        if input.isUndefined { break block0 }
        let envList = input[q.constant(24 /* "envList" */)]
        if envList.isUndefined { break block0 }
        let count1 = envList.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let variable = envList.value(at: turn1)
            turn1 &+= 1
            // reasons.rego:200: not variable in accepted
            not1: do {
                let member_2 = try Builtins.internalMember2(q.context, variable, accepted_env)
                if member_2.isUndefined { break not1 }
                if !member_2.isTruthy { break not1 }
                continue scan1
            }
            try assignFunction(&result, .true)
            break block0
        }
    }
    q.context.leave()
    return result
}

/// `data.framework.env_candidates`, reasons.rego:204
func framework_env_candidates(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(194) { return q.remembered(194) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:204: env_candidates := base_candidates if input.rule == "create_container"
    block0: do {
        // reasons.rego:204: env_candidates := base_candidates if input.rule == "create_container"
        let input = q.input
        if input.isUndefined { break block0 }
        let rule = input[q.constant(147 /* "rule" */)]
        if rule.isUndefined { break block0 }
        if !(rule == q.constant(179 /* "create_container" */)) { break block0 }
        let base_candidates = try framework_base_candidates(q)
        if base_candidates.isUndefined { break block0 }
        try assignRule(&result, base_candidates)
    }
    // reasons.rego:206: env_candidates := exec_candidates if input.rule == "exec_in_container"
    block1: do {
        // reasons.rego:206: env_candidates := exec_candidates if input.rule == "exec_in_container"
        let input_2 = q.input
        if input_2.isUndefined { break block1 }
        let rule_2 = input_2[q.constant(147 /* "rule" */)]
        if rule_2.isUndefined { break block1 }
        if !(rule_2 == q.constant(221 /* "exec_in_container" */)) { break block1 }
        let exec_candidates = try framework_exec_candidates(q)
        if exec_candidates.isUndefined { break block1 }
        try assignRule(&result, exec_candidates)
    }
    // reasons.rego:208: env_candidates := external_candidates if input.rule == "exec_external"
    block2: do {
        // reasons.rego:208: env_candidates := external_candidates if input.rule == "exec_external"
        let input_3 = q.input
        if input_3.isUndefined { break block2 }
        let rule_3 = input_3[q.constant(147 /* "rule" */)]
        if rule_3.isUndefined { break block2 }
        if !(rule_3 == q.constant(201 /* "exec_external" */)) { break block2 }
        let external_candidates = try framework_external_candidates(q)
        if external_candidates.isUndefined { break block2 }
        try assignRule(&result, external_candidates)
    }
    q.context.leave()
    return q.remember(194, result)
}

/// `data.framework.some_working_dir_ok`, reasons.rego:221
func framework_some_working_dir_ok(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(195) { return q.remembered(195) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:221: some_working_dir_ok if {
    block0: do {
        // reasons.rego:222: some candidate in reason_candidates
        let reason_candidates = try framework_reason_candidates(q)
        if reason_candidates.isUndefined { break block0 }
        let count1 = reason_candidates.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let candidate = reason_candidates.value(at: turn1)
            turn1 &+= 1
            // reasons.rego:223: candidate.working_dir == input.workingDir
            let working_dir = candidate[q.constant(30 /* "working_dir" */)]
            if working_dir.isUndefined { continue scan1 }
            let input = q.input
            if input.isUndefined { continue scan1 }
            let workingDir = input[q.constant(31 /* "workingDir" */)]
            if workingDir.isUndefined { continue scan1 }
            if !(working_dir == workingDir) { continue scan1 }
            try assignRule(&result, .true)
            break block0
        }
    }
    q.context.leave()
    return q.remember(195, result)
}

/// `data.framework.refused_mounts`, reasons.rego:231
func framework_refused_mounts(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(196) { return q.remembered(196) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:231: refused_mounts := [mount.destination |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // reasons.rego:232: some mount in input.mounts
            let input = q.input
            if input.isUndefined { break block1 }
            let mounts = input[q.constant(33 /* "mounts" */)]
            if mounts.isUndefined { break block1 }
            let count1 = mounts.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let mount = mounts.value(at: turn1)
                turn1 &+= 1
                // reasons.rego:233: not some_match_mounts(mount)
                not2: do {
                    let some_match_mounts = try framework_some_match_mounts(q, mount)
                    if some_match_mounts.isUndefined { break not2 }
                    if !some_match_mounts.isTruthy { break not2 }
                    continue scan1
                }
                let destination = mount[q.constant(66 /* "destination" */)]
                if destination.isUndefined { continue scan1 }
                builder0.append(destination, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(196, result)
}

/// `data.framework.starts_in_container`, reasons.rego:142
func framework_starts_in_container(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(197) { return q.remembered(197) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:142: starts_in_container if input.rule in {"create_container", "exec_in_container"}
    block0: do {
        // reasons.rego:142: starts_in_container if input.rule in {"create_container", "exec_in_container"}
        let input = q.input
        if input.isUndefined { break block0 }
        let rule = input[q.constant(147 /* "rule" */)]
        if rule.isUndefined { break block0 }
        let member_2 = try Builtins.internalMember2(q.context, rule, q.constant(226 /* {"create_container","exec_in_container"} */))
        if member_2.isUndefined { break block0 }
        if !member_2.isTruthy { break block0 }
        try assignRule(&result, .true)
        break block0
    }
    q.context.leave()
    return q.remember(197, result)
}

/// `data.framework.some_no_new_privileges_ok`, reasons.rego:242
func framework_some_no_new_privileges_ok(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(198) { return q.remembered(198) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:242: some_no_new_privileges_ok if {
    block0: do {
        // reasons.rego:243: input.rule == "create_container"
        let input = q.input
        if input.isUndefined { break block0 }
        let rule = input[q.constant(147 /* "rule" */)]
        if rule.isUndefined { break block0 }
        if !(rule == q.constant(179 /* "create_container" */)) { break block0 }
        // reasons.rego:244: some container in matches
        let matches = try framework_matches(q)
        if matches.isUndefined { break block0 }
        let count1 = matches.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let container = matches.value(at: turn1)
            turn1 &+= 1
            // reasons.rego:245: no_new_privileges_ok(container.no_new_privileges)
            let no_new_privileges = container[q.constant(27 /* "no_new_privileges" */)]
            if no_new_privileges.isUndefined { continue scan1 }
            let no_new_privileges_ok = try framework_no_new_privileges_ok(q, no_new_privileges)
            if no_new_privileges_ok.isUndefined { continue scan1 }
            if !no_new_privileges_ok.isTruthy { continue scan1 }
            try assignRule(&result, .true)
            break block0
        }
    }
    q.context.leave()
    return q.remember(198, result)
}

/// `data.framework.some_user_ok`, reasons.rego:248
func framework_some_user_ok(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(199) { return q.remembered(199) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:248: some_user_ok if {
    block0: do {
        // reasons.rego:249: input.rule == "create_container"
        let input = q.input
        if input.isUndefined { break block0 }
        let rule = input[q.constant(147 /* "rule" */)]
        if rule.isUndefined { break block0 }
        if !(rule == q.constant(179 /* "create_container" */)) { break block0 }
        // reasons.rego:250: some container in matches
        let matches = try framework_matches(q)
        if matches.isUndefined { break block0 }
        let count1 = matches.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let container = matches.value(at: turn1)
            turn1 &+= 1
            // reasons.rego:251: user_ok(container.user)
            let user = container[q.constant(28 /* "user" */)]
            if user.isUndefined { continue scan1 }
            let user_ok = try framework_user_ok(q, user)
            if user_ok.isUndefined { continue scan1 }
            if !user_ok.isTruthy { continue scan1 }
            try assignRule(&result, .true)
            break block0
        }
    }
    q.context.leave()
    return q.remember(199, result)
}

/// `data.framework.some_seccomp_ok`, reasons.rego:270
func framework_some_seccomp_ok(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(200) { return q.remembered(200) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:270: some_seccomp_ok if {
    block0: do {
        // reasons.rego:271: some container in matches
        let matches = try framework_matches(q)
        if matches.isUndefined { break block0 }
        let count1 = matches.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let container = matches.value(at: turn1)
            turn1 &+= 1
            // reasons.rego:272: seccomp_ok(container.seccomp_profile_sha256)
            let seccomp_profile_sha256 = container[q.constant(23 /* "seccomp_profile_sha256" */)]
            if seccomp_profile_sha256.isUndefined { continue scan1 }
            let seccomp_ok = try framework_seccomp_ok(q, seccomp_profile_sha256)
            if seccomp_ok.isUndefined { continue scan1 }
            if !seccomp_ok.isTruthy { continue scan1 }
            try assignRule(&result, .true)
            break block0
        }
    }
    q.context.leave()
    return q.remember(200, result)
}

/// `data.framework.accepted_candidates`, reasons.rego:285
func framework_accepted_candidates(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(201) { return q.remembered(201) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:285: accepted_candidates := with_env(create_candidates, kept_env(create_candidates)) if input.rule == "create_container"
    block0: do {
        // reasons.rego:285: accepted_candidates := with_env(create_candidates, kept_env(create_candidates)) if input.rule == "create_container"
        let input = q.input
        if input.isUndefined { break block0 }
        let rule = input[q.constant(147 /* "rule" */)]
        if rule.isUndefined { break block0 }
        if !(rule == q.constant(179 /* "create_container" */)) { break block0 }
        let create_candidates = try framework_create_candidates(q)
        if create_candidates.isUndefined { break block0 }
        let create_candidates_2 = try framework_create_candidates(q)
        if create_candidates_2.isUndefined { break block0 }
        let kept_env = try framework_kept_env(q, create_candidates_2)
        if kept_env.isUndefined { break block0 }
        let with_env = try framework_with_env(q, create_candidates, kept_env)
        if with_env.isUndefined { break block0 }
        try assignRule(&result, with_env)
    }
    // reasons.rego:287: accepted_candidates := with_env(env_candidates, kept_env(env_candidates)) if input.rule != "create_container"
    block1: do {
        // reasons.rego:287: accepted_candidates := with_env(env_candidates, kept_env(env_candidates)) if input.rule != "create_container"
        let input_2 = q.input
        if input_2.isUndefined { break block1 }
        let rule_2 = input_2[q.constant(147 /* "rule" */)]
        if rule_2.isUndefined { break block1 }
        if rule_2 == q.constant(179 /* "create_container" */) { break block1 }
        let env_candidates = try framework_env_candidates(q)
        if env_candidates.isUndefined { break block1 }
        let env_candidates_2 = try framework_env_candidates(q)
        if env_candidates_2.isUndefined { break block1 }
        let kept_env_2 = try framework_kept_env(q, env_candidates_2)
        if kept_env_2.isUndefined { break block1 }
        let with_env_2 = try framework_with_env(q, env_candidates, kept_env_2)
        if with_env_2.isUndefined { break block1 }
        try assignRule(&result, with_env_2)
    }
    q.context.leave()
    return q.remember(201, result)
}

/// `data.framework.requested_privileged`, reasons.rego:280
func framework_requested_privileged(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(202) { return q.remembered(202) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:280: requested_privileged := input.privileged if input.rule == "create_container"
    block0: do {
        // reasons.rego:280: requested_privileged := input.privileged if input.rule == "create_container"
        let input = q.input
        if input.isUndefined { break block0 }
        let rule = input[q.constant(147 /* "rule" */)]
        if rule.isUndefined { break block0 }
        if !(rule == q.constant(179 /* "create_container" */)) { break block0 }
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let privileged = input_2[q.constant(5 /* "privileged" */)]
        if privileged.isUndefined { break block0 }
        try assignRule(&result, privileged)
    }
    // reasons.rego:282: requested_privileged := started_privileged if input.rule == "exec_in_container"
    block1: do {
        // reasons.rego:282: requested_privileged := started_privileged if input.rule == "exec_in_container"
        let input_3 = q.input
        if input_3.isUndefined { break block1 }
        let rule_2 = input_3[q.constant(147 /* "rule" */)]
        if rule_2.isUndefined { break block1 }
        if !(rule_2 == q.constant(221 /* "exec_in_container" */)) { break block1 }
        let started_privileged = try framework_started_privileged(q)
        if started_privileged.isUndefined { break block1 }
        try assignRule(&result, started_privileged)
    }
    q.context.leave()
    return q.remember(202, result)
}

/// `data.framework.largest_capabilities`, reasons.rego:296
func framework_largest_capabilities(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(203) { return q.remembered(203) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:296: largest_capabilities := {part |
    block0: do {
        var builder0 = SetBuilder()
        block1: do {
            // reasons.rego:297: some part in capability_parts
            let capability_parts = try framework_capability_parts(q)
            if capability_parts.isUndefined { break block1 }
            let count1 = capability_parts.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let part = capability_parts.value(at: turn1)
                turn1 &+= 1
                // reasons.rego:298: number_of_capabilities(part) == max([number_of_capabilities(other) | some other in capability_parts])
                let number_of_capabilities = try framework_number_of_capabilities(q, part)
                if number_of_capabilities.isUndefined { continue scan1 }
                var builder1 = ArrayBuilder()
                block2: do {
                    // reasons.rego:298: number_of_capabilities(part) == max([number_of_capabilities(other) | some other in capability_parts])
                    let capability_parts_2 = try framework_capability_parts(q)
                    if capability_parts_2.isUndefined { break block2 }
                    let count2 = capability_parts_2.scanCount
                    var turn2 = 0
                    scan2: while turn2 < count2 {
                        try q.context.tick()
                        let other = capability_parts_2.value(at: turn2)
                        turn2 &+= 1
                        let number_of_capabilities_2 = try framework_number_of_capabilities(q, other)
                        if number_of_capabilities_2.isUndefined { continue scan2 }
                        builder1.append(number_of_capabilities_2, q.context)
                    }
                }
                let list = builder1.finish(q.context)
                let max = try Builtins.max(q.context, list)
                if max.isUndefined { continue scan1 }
                if !(number_of_capabilities == max) { continue scan1 }
                builder0.insert(part, q.context)
            }
        }
        let members = builder0.finish(q.context)
        try assignRule(&result, members)
    }
    q.context.leave()
    return q.remember(203, result)
}

/// `data.framework.capability_survivors`, reasons.rego:311
func framework_capability_survivors(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(204) { return q.remembered(204) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:311: capability_survivors := with_capabilities(
    block0: do {
        let accepted_candidates = try framework_accepted_candidates(q)
        if accepted_candidates.isUndefined { break block0 }
        let accepted_candidates_2 = try framework_accepted_candidates(q)
        if accepted_candidates_2.isUndefined { break block0 }
        let requested_privileged = try framework_requested_privileged(q)
        if requested_privileged.isUndefined { break block0 }
        let kept_capabilities = try framework_kept_capabilities(q, accepted_candidates_2, requested_privileged)
        if kept_capabilities.isUndefined { break block0 }
        let requested_privileged_2 = try framework_requested_privileged(q)
        if requested_privileged_2.isUndefined { break block0 }
        let with_capabilities = try framework_with_capabilities(q, accepted_candidates, kept_capabilities, requested_privileged_2)
        if with_capabilities.isUndefined { break block0 }
        try assignRule(&result, with_capabilities)
    }
    q.context.leave()
    return q.remember(204, result)
}

/// `data.framework.signal_candidates`, containers.rego:123
func framework_signal_candidates(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(205) { return q.remembered(205) }
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:123: signal_candidates := [container |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // containers.rego:124: some container in matches
            let matches = try framework_matches(q)
            if matches.isUndefined { break block1 }
            let count1 = matches.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let container = matches.value(at: turn1)
                turn1 &+= 1
                // containers.rego:125: signal_ok(container)
                let signal_ok = try framework_signal_ok(q, container)
                if signal_ok.isUndefined { continue scan1 }
                if !signal_ok.isTruthy { continue scan1 }
                builder0.append(container, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(205, result)
}

/// `data.framework.some_issuer`, reasons.rego:339
func framework_some_issuer(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(206) { return q.remembered(206) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:339: some_issuer if {
    block0: do {
        // reasons.rego:340: some requirement in candidate_requirements
        let candidate_requirements = try framework_candidate_requirements(q)
        if candidate_requirements.isUndefined { break block0 }
        let count1 = candidate_requirements.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let requirement = candidate_requirements.value(at: turn1)
            turn1 &+= 1
            // reasons.rego:341: requirement.issuer == input.issuer
            let issuer = requirement[q.constant(101 /* "issuer" */)]
            if issuer.isUndefined { continue scan1 }
            let input = q.input
            if input.isUndefined { continue scan1 }
            let issuer_2 = input[q.constant(101 /* "issuer" */)]
            if issuer_2.isUndefined { continue scan1 }
            if !(issuer == issuer_2) { continue scan1 }
            try assignRule(&result, .true)
            break block0
        }
    }
    q.context.leave()
    return q.remember(206, result)
}

/// `data.framework.loaded_fragment`, reasons.rego:367
func framework_loaded_fragment(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(207) { return q.remembered(207) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:367: loaded_fragment if {
    block0: do {
        // reasons.rego:368: input.rule == "load_fragment"
        let input = q.input
        if input.isUndefined { break block0 }
        let rule = input[q.constant(147 /* "rule" */)]
        if rule.isUndefined { break block0 }
        if !(rule == q.constant(205 /* "load_fragment" */)) { break block0 }
        // reasons.rego:369: input.fragment_loaded
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let fragment_loaded = input_2[q.constant(95 /* "fragment_loaded" */)]
        if fragment_loaded.isUndefined { break block0 }
        if !fragment_loaded.isTruthy { break block0 }
        try assignRule(&result, .true)
        break block0
    }
    q.context.leave()
    return q.remember(207, result)
}

/// `data.framework.svn_too_low`, reasons.rego:358
func framework_svn_too_low(_ q: Query, _ requirement: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:358: svn_too_low(requirement) if {
    block0: do {
        // reasons.rego:359: not svn_reaches(requirement.minimum_svn)
        let minimum_svn = requirement[q.constant(105 /* "minimum_svn" */)]
        if minimum_svn.isUndefined { break block0 }
        not1: do {
            let svn_reaches = try framework_svn_reaches(q, minimum_svn)
            if svn_reaches.isUndefined { break not1 }
            if !svn_reaches.isTruthy { break not1 }
            break block0
        }
        // reasons.rego:360: not svn_kind_differs(requirement.minimum_svn)
        let minimum_svn_2 = requirement[q.constant(105 /* "minimum_svn" */)]
        if minimum_svn_2.isUndefined { break block0 }
        not2: do {
            let svn_kind_differs = try framework_svn_kind_differs(q, minimum_svn_2)
            if svn_kind_differs.isUndefined { break not2 }
            if !svn_kind_differs.isTruthy { break not2 }
            break block0
        }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.effective_svn`, reasons.rego:351
func framework_effective_svn(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(209) { return q.remembered(209) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:351: effective_svn := fragment_svn
    block0: do {
        let fragment_svn = try framework_fragment_svn(q)
        if fragment_svn.isUndefined { break block0 }
        try assignRule(&result, fragment_svn)
    }
    // reasons.rego:353: effective_svn := input.header_svn if {
    block1: do {
        // reasons.rego:354: input.has_header_svn
        let input = q.input
        if input.isUndefined { break block1 }
        let has_header_svn = input[q.constant(103 /* "has_header_svn" */)]
        if has_header_svn.isUndefined { break block1 }
        if !has_header_svn.isTruthy { break block1 }
        // reasons.rego:355: not fragment_svn
        not2: do {
            let fragment_svn_2 = try framework_fragment_svn(q)
            if fragment_svn_2.isUndefined { break not2 }
            if !fragment_svn_2.isTruthy { break not2 }
            break block1
        }
        let input_2 = q.input
        if input_2.isUndefined { break block1 }
        let header_svn = input_2[q.constant(104 /* "header_svn" */)]
        if header_svn.isUndefined { break block1 }
        try assignRule(&result, header_svn)
    }
    q.context.leave()
    return q.remember(209, result)
}

/// `data.framework.svn_kinds_differ`, reasons.rego:378
func framework_svn_kinds_differ(_ q: Query, _ svn: Value, _ minimum: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:378: svn_kinds_differ(svn, minimum) if {
    block0: do {
        // reasons.rego:379: semver.is_valid(svn)
        let is_valid = try Builtins.semverIsValid(q.context, svn)
        if is_valid.isUndefined { break block0 }
        if !is_valid.isTruthy { break block0 }
        // reasons.rego:380: not semver.is_valid(minimum)
        not1: do {
            let is_valid_2 = try Builtins.semverIsValid(q.context, minimum)
            if is_valid_2.isUndefined { break not1 }
            if !is_valid_2.isTruthy { break not1 }
            break block0
        }
        try assignFunction(&result, .true)
        break block0
    }
    // reasons.rego:383: svn_kinds_differ(svn, minimum) if {
    block2: do {
        if result.isDefined { break block2 }
        // reasons.rego:384: not semver.is_valid(svn)
        not3: do {
            let is_valid_3 = try Builtins.semverIsValid(q.context, svn)
            if is_valid_3.isUndefined { break not3 }
            if !is_valid_3.isTruthy { break not3 }
            break block2
        }
        // reasons.rego:385: semver.is_valid(minimum)
        let is_valid_4 = try Builtins.semverIsValid(q.context, minimum)
        if is_valid_4.isUndefined { break block2 }
        if !is_valid_4.isTruthy { break block2 }
        try assignFunction(&result, .true)
        break block2
    }
    q.context.leave()
    return result
}

/// `data.framework.some_trust_list_ok`, reasons.rego:418
func framework_some_trust_list_ok(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(211) { return q.remembered(211) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:418: some_trust_list_ok if {
    block0: do {
        // reasons.rego:419: some list in candidate_trust_lists
        let candidate_trust_lists = try framework_candidate_trust_lists(q)
        if candidate_trust_lists.isUndefined { break block0 }
        let count1 = candidate_trust_lists.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let list = candidate_trust_lists.value(at: turn1)
            turn1 &+= 1
            // reasons.rego:420: trust_list_ok(list)
            let trust_list_ok = try framework_trust_list_ok(q, list)
            if trust_list_ok.isUndefined { continue scan1 }
            if !trust_list_ok.isTruthy { continue scan1 }
            try assignRule(&result, .true)
            break block0
        }
    }
    q.context.leave()
    return q.remember(211, result)
}

/// `data.framework.allow_unencrypted_scratch`, candidates.rego:102
func framework_allow_unencrypted_scratch(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(212) { return q.remembered(212) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:102: default allow_unencrypted_scratch := false
    result = .false
    q.context.leave()
    return q.remember(212, result)
}

/// `data.framework.accepted_variables`, reasons.rego:172
func framework_accepted_variables(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(213) { return q.remembered(213) }
    try q.context.enter()
    var builder0 = SetBuilder()
    // reasons.rego:172: accepted_variables contains variable if {
    block0: do {
        // reasons.rego:173: some candidate in reason_candidates
        let reason_candidates = try framework_reason_candidates(q)
        if reason_candidates.isUndefined { break block0 }
        let count1 = reason_candidates.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let candidate = reason_candidates.value(at: turn1)
            turn1 &+= 1
            // reasons.rego:174: some variable in accepted_env(candidate.env_rules)
            let env_rules = candidate[q.constant(25 /* "env_rules" */)]
            if env_rules.isUndefined { continue scan1 }
            let accepted_env = try framework_accepted_env(q, env_rules)
            if accepted_env.isUndefined { continue scan1 }
            let count2 = accepted_env.scanCount
            var turn2 = 0
            scan2: while turn2 < count2 {
                try q.context.tick()
                let variable = accepted_env.value(at: turn2)
                turn2 &+= 1
                builder0.insert(variable, q.context)
            }
        }
    }
    let result = builder0.finish(q.context)
    q.context.leave()
    return q.remember(213, result)
}

/// `data.framework.reason_candidates`, reasons.rego:168
func framework_reason_candidates(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(214) { return q.remembered(214) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:168: reason_candidates := matches if starts_in_container
    block0: do {
        // reasons.rego:168: reason_candidates := matches if starts_in_container
        let starts_in_container = try framework_starts_in_container(q)
        if starts_in_container.isUndefined { break block0 }
        if !starts_in_container.isTruthy { break block0 }
        let matches = try framework_matches(q)
        if matches.isUndefined { break block0 }
        try assignRule(&result, matches)
    }
    // reasons.rego:170: reason_candidates := candidate_processes if input.rule == "exec_external"
    block1: do {
        // reasons.rego:170: reason_candidates := candidate_processes if input.rule == "exec_external"
        let input = q.input
        if input.isUndefined { break block1 }
        let rule = input[q.constant(147 /* "rule" */)]
        if rule.isUndefined { break block1 }
        if !(rule == q.constant(201 /* "exec_external" */)) { break block1 }
        let candidate_processes = try framework_candidate_processes(q)
        if candidate_processes.isUndefined { break block1 }
        try assignRule(&result, candidate_processes)
    }
    q.context.leave()
    return q.remember(214, result)
}

/// `data.framework.some_match_mounts`, reasons.rego:226
func framework_some_match_mounts(_ q: Query, _ mount: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:226: some_match_mounts(mount) if {
    block0: do {
        // reasons.rego:227: some container in matches
        let matches = try framework_matches(q)
        if matches.isUndefined { break block0 }
        let count1 = matches.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let container = matches.value(at: turn1)
            turn1 &+= 1
            // reasons.rego:228: mount_ok(container.mounts, container.allow_elevated, mount)
            let mounts = container[q.constant(33 /* "mounts" */)]
            if mounts.isUndefined { continue scan1 }
            let allow_elevated = container[q.constant(29 /* "allow_elevated" */)]
            if allow_elevated.isUndefined { continue scan1 }
            let mount_ok = try framework_mount_ok(q, mounts, allow_elevated, mount)
            if mount_ok.isUndefined { continue scan1 }
            if !mount_ok.isTruthy { continue scan1 }
            try assignFunction(&result, .true)
            break block0
        }
    }
    q.context.leave()
    return result
}

/// `data.framework.capability_parts`, reasons.rego:301
func framework_capability_parts(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(216) { return q.remembered(216) }
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:301: capability_parts := [common_capabilities(capabilities_of(candidate, requested_privileged)) |
    block0: do {
        var builder0 = ArrayBuilder()
        block1: do {
            // reasons.rego:302: some candidate in accepted_candidates
            let accepted_candidates = try framework_accepted_candidates(q)
            if accepted_candidates.isUndefined { break block1 }
            let count1 = accepted_candidates.scanCount
            var turn1 = 0
            scan1: while turn1 < count1 {
                try q.context.tick()
                let candidate = accepted_candidates.value(at: turn1)
                turn1 &+= 1
                let requested_privileged = try framework_requested_privileged(q)
                if requested_privileged.isUndefined { continue scan1 }
                let capabilities_of = try framework_capabilities_of(q, candidate, requested_privileged)
                if capabilities_of.isUndefined { continue scan1 }
                let common_capabilities = try framework_common_capabilities(q, capabilities_of)
                if common_capabilities.isUndefined { continue scan1 }
                builder0.append(common_capabilities, q.context)
            }
        }
        let list = builder0.finish(q.context)
        try assignRule(&result, list)
    }
    q.context.leave()
    return q.remember(216, result)
}

/// `data.framework.signal_ok`, containers.rego:111
func framework_signal_ok(_ q: Query, _ container: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:111: signal_ok(container) if {
    block0: do {
        // containers.rego:112: input.isInitProcess
        let input = q.input
        if input.isUndefined { break block0 }
        let isInitProcess = input[q.constant(227 /* "isInitProcess" */)]
        if isInitProcess.isUndefined { break block0 }
        if !isInitProcess.isTruthy { break block0 }
        // containers.rego:113: input.signal in container.signals
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let signal = input_2[q.constant(228 /* "signal" */)]
        if signal.isUndefined { break block0 }
        let signals = container[q.constant(123 /* "signals" */)]
        if signals.isUndefined { break block0 }
        let member_2 = try Builtins.internalMember2(q.context, signal, signals)
        if member_2.isUndefined { break block0 }
        if !member_2.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    // containers.rego:116: signal_ok(container) if {
    block1: do {
        if result.isDefined { break block1 }
        // containers.rego:117: not input.isInitProcess
        not2: do {
            let input_3 = q.input
            if input_3.isUndefined { break not2 }
            let isInitProcess_2 = input_3[q.constant(227 /* "isInitProcess" */)]
            if isInitProcess_2.isUndefined { break not2 }
            if !isInitProcess_2.isTruthy { break not2 }
            break block1
        }
        // containers.rego:118: some process in container.exec_processes
        let exec_processes = container[q.constant(94 /* "exec_processes" */)]
        if exec_processes.isUndefined { break block1 }
        let count1 = exec_processes.scanCount
        var turn1 = 0
        scan1: while turn1 < count1 {
            try q.context.tick()
            let process = exec_processes.value(at: turn1)
            turn1 &+= 1
            // containers.rego:119: command_ok(process.command)
            let command = process[q.constant(32 /* "command" */)]
            if command.isUndefined { continue scan1 }
            let command_ok = try framework_command_ok(q, command)
            if command_ok.isUndefined { continue scan1 }
            if !command_ok.isTruthy { continue scan1 }
            // containers.rego:120: input.signal in process.signals
            let input_4 = q.input
            if input_4.isUndefined { continue scan1 }
            let signal_2 = input_4[q.constant(228 /* "signal" */)]
            if signal_2.isUndefined { continue scan1 }
            let signals_2 = process[q.constant(123 /* "signals" */)]
            if signals_2.isUndefined { continue scan1 }
            let member_2_2 = try Builtins.internalMember2(q.context, signal_2, signals_2)
            if member_2_2.isUndefined { continue scan1 }
            if !member_2_2.isTruthy { continue scan1 }
            try assignFunction(&result, .true)
            break block1
        }
    }
    q.context.leave()
    return result
}

/// `data.framework.svn_reaches`, reasons.rego:363
func framework_svn_reaches(_ q: Query, _ minimum: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:363: svn_reaches(minimum) if svn_at_least(effective_svn, minimum)
    block0: do {
        // reasons.rego:363: svn_reaches(minimum) if svn_at_least(effective_svn, minimum)
        let effective_svn = try framework_effective_svn(q)
        if effective_svn.isUndefined { break block0 }
        let svn_at_least = try framework_svn_at_least(q, effective_svn, minimum)
        if svn_at_least.isUndefined { break block0 }
        if !svn_at_least.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.svn_kind_differs`, reasons.rego:365
func framework_svn_kind_differs(_ q: Query, _ minimum: Value) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    // reasons.rego:365: svn_kind_differs(minimum) if svn_kinds_differ(effective_svn, minimum)
    block0: do {
        // reasons.rego:365: svn_kind_differs(minimum) if svn_kinds_differ(effective_svn, minimum)
        let effective_svn = try framework_effective_svn(q)
        if effective_svn.isUndefined { break block0 }
        let svn_kinds_differ = try framework_svn_kinds_differ(q, effective_svn, minimum)
        if svn_kinds_differ.isUndefined { break block0 }
        if !svn_kinds_differ.isTruthy { break block0 }
        try assignFunction(&result, .true)
        break block0
    }
    q.context.leave()
    return result
}

/// `data.framework.registry_changes`, processes.rego:45
func framework_registry_changes(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(222) { return q.remembered(222) }
    try q.context.enter()
    var result = Value.undefined
    // processes.rego:45: registry_changes := {"allowed": false}
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(222, result)
}

/// `data.framework.runtime_logging`, processes.rego:34
func framework_runtime_logging(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(225) { return q.remembered(225) }
    try q.context.enter()
    var result = Value.undefined
    // processes.rego:34: default runtime_logging := {"allowed": false}
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(225, result)
}

/// `data.framework.allow_runtime_logging`, candidates.rego:121
func framework_allow_runtime_logging(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(226) { return q.remembered(226) }
    try q.context.enter()
    var result = Value.undefined
    // candidates.rego:121: default allow_runtime_logging := false
    result = .false
    q.context.leave()
    return q.remember(226, result)
}

/// `data.framework.rw_mount_device`, devices.rego:35
func framework_rw_mount_device(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(229) { return q.remembered(229) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:37: rw_mount_device := {
    block0: do {
        // devices.rego:41: not device_mounted(input.target)
        let input = q.input
        if input.isUndefined { break block0 }
        let target = input[q.constant(134 /* "target" */)]
        if target.isUndefined { break block0 }
        not1: do {
            let device_mounted = try framework_device_mounted(q, target)
            if device_mounted.isUndefined { break not1 }
            if !device_mounted.isTruthy { break not1 }
            break block0
        }
        // devices.rego:42: scratch_encryption_ok
        let scratch_encryption_ok = try framework_scratch_encryption_ok(q)
        if scratch_encryption_ok.isUndefined { break block0 }
        if !scratch_encryption_ok.isTruthy { break block0 }
        // devices.rego:43: input.ensureFilesystem
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let ensureFilesystem = input_2[q.constant(165 /* "ensureFilesystem" */)]
        if ensureFilesystem.isUndefined { break block0 }
        if !ensureFilesystem.isTruthy { break block0 }
        // devices.rego:44: scratch_filesystem_ok(input.filesystem)
        let input_3 = q.input
        if input_3.isUndefined { break block0 }
        let filesystem = input_3[q.constant(167 /* "filesystem" */)]
        if filesystem.isUndefined { break block0 }
        let scratch_filesystem_ok = try framework_scratch_filesystem_ok(q, filesystem)
        if scratch_filesystem_ok.isUndefined { break block0 }
        if !scratch_filesystem_ok.isTruthy { break block0 }
        // devices.rego:45: mount_path_ok
        let mount_path_ok = try framework_mount_path_ok(q)
        if mount_path_ok.isUndefined { break block0 }
        if !mount_path_ok.isTruthy { break block0 }
        let input_4 = q.input
        if input_4.isUndefined { break block0 }
        let target_2 = input_4[q.constant(134 /* "target" */)]
        if target_2.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(136 /* "rw_devices" */)), (q.constant(12 /* "action" */), q.constant(18 /* "add" */)), (q.constant(14 /* "key" */), target_2), (q.constant(16 /* "value" */), .true)])
        let array = q.context.array([object])
        let object_2 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array)])
        try assignRule(&result, object_2)
    }
    block2: do {
        if result.isDefined { break block2 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(229, result)
}

/// `data.framework.rw_unmount_device`, devices.rego:57
func framework_rw_unmount_device(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(232) { return q.remembered(232) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:59: rw_unmount_device := {
    block0: do {
        // devices.rego:63: data.metadata.rw_devices[input.unmountTarget]
        let data = q.data
        if data.isUndefined { break block0 }
        let metadata = data[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block0 }
        let rw_devices = metadata[q.constant(136 /* "rw_devices" */)]
        if rw_devices.isUndefined { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let unmountTarget = input[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget.isUndefined { break block0 }
        let element = rw_devices[unmountTarget]
        if element.isUndefined { break block0 }
        if !element.isTruthy { break block0 }
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let unmountTarget_2 = input_2[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget_2.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(136 /* "rw_devices" */)), (q.constant(12 /* "action" */), q.constant(144 /* "remove" */)), (q.constant(14 /* "key" */), unmountTarget_2)])
        let array = q.context.array([object])
        let object_2 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array)])
        try assignRule(&result, object_2)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(232, result)
}

/// `data.framework.scratch_mount`, devices.rego:134
func framework_scratch_mount(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(235) { return q.remembered(235) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:136: scratch_mount := {
    block0: do {
        // devices.rego:145: not scratch_mounted(input.target)
        let input = q.input
        if input.isUndefined { break block0 }
        let target = input[q.constant(134 /* "target" */)]
        if target.isUndefined { break block0 }
        not1: do {
            let scratch_mounted = try framework_scratch_mounted(q, target)
            if scratch_mounted.isUndefined { break not1 }
            if !scratch_mounted.isTruthy { break not1 }
            break block0
        }
        // devices.rego:146: scratch_encryption_ok
        let scratch_encryption_ok = try framework_scratch_encryption_ok(q)
        if scratch_encryption_ok.isUndefined { break block0 }
        if !scratch_encryption_ok.isTruthy { break block0 }
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let target_2 = input_2[q.constant(134 /* "target" */)]
        if target_2.isUndefined { break block0 }
        let input_3 = q.input
        if input_3.isUndefined { break block0 }
        let encrypted = input_3[q.constant(222 /* "encrypted" */)]
        if encrypted.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(222 /* "encrypted" */), encrypted)])
        let object_2 = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(224 /* "scratch_mounts" */)), (q.constant(12 /* "action" */), q.constant(18 /* "add" */)), (q.constant(14 /* "key" */), target_2), (q.constant(16 /* "value" */), object)])
        let array = q.context.array([object_2])
        let object_3 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array)])
        try assignRule(&result, object_3)
    }
    block2: do {
        if result.isDefined { break block2 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(235, result)
}

/// `data.framework.scratch_unmount`, devices.rego:149
func framework_scratch_unmount(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(238) { return q.remembered(238) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:151: scratch_unmount := {
    block0: do {
        // devices.rego:155: scratch_mounted(input.unmountTarget)
        let input = q.input
        if input.isUndefined { break block0 }
        let unmountTarget = input[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget.isUndefined { break block0 }
        let scratch_mounted = try framework_scratch_mounted(q, unmountTarget)
        if scratch_mounted.isUndefined { break block0 }
        if !scratch_mounted.isTruthy { break block0 }
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let unmountTarget_2 = input_2[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget_2.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(224 /* "scratch_mounts" */)), (q.constant(12 /* "action" */), q.constant(144 /* "remove" */)), (q.constant(14 /* "key" */), unmountTarget_2)])
        let array = q.context.array([object])
        let object_2 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array)])
        try assignRule(&result, object_2)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(238, result)
}

/// `data.framework.shutdown_container`, containers.rego:101
func framework_shutdown_container(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(243) { return q.remembered(243) }
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:104: shutdown_container := {
    block0: do {
        // containers.rego:108: started
        let started = try framework_started(q)
        if started.isUndefined { break block0 }
        if !started.isTruthy { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let containerID = input[q.constant(15 /* "containerID" */)]
        if containerID.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(11 /* "matches" */)), (q.constant(12 /* "action" */), q.constant(144 /* "remove" */)), (q.constant(14 /* "key" */), containerID)])
        let array = q.context.array([object])
        let object_2 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array)])
        try assignRule(&result, object_2)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(243, result)
}

/// `data.framework.signal_container_process`, containers.rego:128
func framework_signal_container_process(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(246) { return q.remembered(246) }
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:130: signal_container_process := {
    block0: do {
        // containers.rego:134: started
        let started = try framework_started(q)
        if started.isUndefined { break block0 }
        if !started.isTruthy { break block0 }
        // containers.rego:135: count(signal_candidates) > 0
        let signal_candidates = try framework_signal_candidates(q)
        if signal_candidates.isUndefined { break block0 }
        let count = try Builtins.count(q.context, signal_candidates)
        if count.isUndefined { break block0 }
        if Value.compare(count, .int(0)) <= 0 { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let containerID = input[q.constant(15 /* "containerID" */)]
        if containerID.isUndefined { break block0 }
        let signal_candidates_2 = try framework_signal_candidates(q)
        if signal_candidates_2.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(11 /* "matches" */)), (q.constant(12 /* "action" */), q.constant(13 /* "update" */)), (q.constant(14 /* "key" */), containerID), (q.constant(16 /* "value" */), signal_candidates_2)])
        let array = q.context.array([object])
        let object_2 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array)])
        try assignRule(&result, object_2)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(246, result)
}

/// `data.framework.unmount_blockdev`, devices.rego:69
func framework_unmount_blockdev(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(249) { return q.remembered(249) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:69: unmount_blockdev := {"allowed": false}
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(249, result)
}

/// `data.framework.unmount_device`, devices.rego:48
func framework_unmount_device(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(252) { return q.remembered(252) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:50: unmount_device := {
    block0: do {
        // devices.rego:54: data.metadata.devices[input.unmountTarget]
        let data = q.data
        if data.isUndefined { break block0 }
        let metadata = data[q.constant(9 /* "metadata" */)]
        if metadata.isUndefined { break block0 }
        let devices = metadata[q.constant(3 /* "devices" */)]
        if devices.isUndefined { break block0 }
        let input = q.input
        if input.isUndefined { break block0 }
        let unmountTarget = input[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget.isUndefined { break block0 }
        let element = devices[unmountTarget]
        if element.isUndefined { break block0 }
        if !element.isTruthy { break block0 }
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let unmountTarget_2 = input_2[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget_2.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(3 /* "devices" */)), (q.constant(12 /* "action" */), q.constant(144 /* "remove" */)), (q.constant(14 /* "key" */), unmountTarget_2)])
        let array = q.context.array([object])
        let object_2 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array)])
        try assignRule(&result, object_2)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(252, result)
}

/// `data.framework.unmount_overlay`, devices.rego:100
func framework_unmount_overlay(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(255) { return q.remembered(255) }
    try q.context.enter()
    var result = Value.undefined
    // devices.rego:103: unmount_overlay := {
    block0: do {
        // devices.rego:107: overlay_mounted(input.unmountTarget)
        let input = q.input
        if input.isUndefined { break block0 }
        let unmountTarget = input[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget.isUndefined { break block0 }
        let overlay_mounted = try framework_overlay_mounted(q, unmountTarget)
        if overlay_mounted.isUndefined { break block0 }
        if !overlay_mounted.isTruthy { break block0 }
        let input_2 = q.input
        if input_2.isUndefined { break block0 }
        let unmountTarget_2 = input_2[q.constant(143 /* "unmountTarget" */)]
        if unmountTarget_2.isUndefined { break block0 }
        let object = try makeObject(q, [(q.constant(10 /* "name" */), q.constant(138 /* "overlayTargets" */)), (q.constant(12 /* "action" */), q.constant(144 /* "remove" */)), (q.constant(14 /* "key" */), unmountTarget_2)])
        let array = q.context.array([object])
        let object_2 = try makeObject(q, [(q.constant(7 /* "allowed" */), .true), (q.constant(9 /* "metadata" */), array)])
        try assignRule(&result, object_2)
    }
    block1: do {
        if result.isDefined { break block1 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(255, result)
}

/// `data.framework.update_constraints`, containers.rego:138
func framework_update_constraints(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(258) { return q.remembered(258) }
    try q.context.enter()
    var result = Value.undefined
    // containers.rego:141: update_constraints := {"allowed": true} if {
    block0: do {
        // containers.rego:142: started
        let started = try framework_started(q)
        if started.isUndefined { break block0 }
        if !started.isTruthy { break block0 }
        // containers.rego:143: allow_constraint_updates
        let allow_constraint_updates = try framework_allow_constraint_updates(q)
        if allow_constraint_updates.isUndefined { break block0 }
        if !allow_constraint_updates.isTruthy { break block0 }
        try assignRule(&result, q.constant(85 /* {"allowed":true} */))
        break block0
    }
    block1: do {
        if result.isDefined { break block1 }
        result = q.constant(22 /* {"allowed":false} */)
    }
    q.context.leave()
    return q.remember(258, result)
}
