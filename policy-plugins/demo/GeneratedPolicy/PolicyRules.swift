// Generated from Rego by the policy compiler. Do not edit: change the policy and compile again.
internal import RegoRuntime

/// `data.policy.allow_capability_dropping`, policy.rego:116
func policy_allow_capability_dropping(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(1) { return q.remembered(1) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:116: allow_capability_dropping := false
    result = .false
    q.context.leave()
    return q.remember(1, result)
}

/// `data.policy.allow_dump_stacks`, policy.rego:107
func policy_allow_dump_stacks(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(3) { return q.remembered(3) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:107: allow_dump_stacks := false
    result = .false
    q.context.leave()
    return q.remember(3, result)
}

/// `data.policy.allow_environment_variable_dropping`, policy.rego:114
func policy_allow_environment_variable_dropping(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(5) { return q.remembered(5) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:114: allow_environment_variable_dropping := false
    result = .false
    q.context.leave()
    return q.remember(5, result)
}

/// `data.policy.allow_host_network`, policy.rego:111
func policy_allow_host_network(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(7) { return q.remembered(7) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:111: allow_host_network := false
    result = .false
    q.context.leave()
    return q.remember(7, result)
}

/// `data.policy.allow_properties_access`, policy.rego:105
func policy_allow_properties_access(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(9) { return q.remembered(9) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:105: allow_properties_access := false
    result = .false
    q.context.leave()
    return q.remember(9, result)
}

/// `data.policy.allow_runtime_logging`, policy.rego:109
func policy_allow_runtime_logging(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(11) { return q.remembered(11) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:109: allow_runtime_logging := false
    result = .false
    q.context.leave()
    return q.remember(11, result)
}

/// `data.policy.allow_unencrypted_scratch`, policy.rego:118
func policy_allow_unencrypted_scratch(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(13) { return q.remembered(13) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:118: allow_unencrypted_scratch := false
    result = .false
    q.context.leave()
    return q.remember(13, result)
}

/// `data.policy.api_version`, policy.rego:4
func policy_api_version(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(15) { return q.remembered(15) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:4: api_version := "0.12.0"
    result = q.constant(1 /* "0.12.0" */)
    q.context.leave()
    return q.remember(15, result)
}

/// `data.policy.containers`, policy.rego:8
func policy_containers(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(17) { return q.remembered(17) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:8: containers := [
    result = q.constant(227)
    q.context.leave()
    return q.remember(17, result)
}

/// `data.policy.create_container`, policy.rego:141
func policy_create_container(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(19) { return q.remembered(19) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:141: create_container := data.framework.create_container
    block0: do {
        let create_container = try framework_create_container(q)
        if create_container.isUndefined { break block0 }
        try assignRule(&result, create_container)
    }
    q.context.leave()
    return q.remember(19, result)
}

/// `data.policy.framework_version`, policy.rego:6
func policy_framework_version(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(62) { return q.remembered(62) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:6: framework_version := "0.5.0"
    result = q.constant(75 /* "0.5.0" */)
    q.context.leave()
    return q.remember(62, result)
}

/// `data.policy.dump_stacks`, policy.rego:157
func policy_dump_stacks(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(70) { return q.remembered(70) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:157: dump_stacks := data.framework.dump_stacks
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(70, result)
}

/// `data.policy.exec_external`, policy.rego:145
func policy_exec_external(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(74) { return q.remembered(74) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:145: exec_external := data.framework.exec_external
    block0: do {
        let exec_external = try framework_exec_external(q)
        if exec_external.isUndefined { break block0 }
        try assignRule(&result, exec_external)
    }
    q.context.leave()
    return q.remember(74, result)
}

/// `data.policy.exec_in_container`, policy.rego:143
func policy_exec_in_container(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(84) { return q.remembered(84) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:143: exec_in_container := data.framework.exec_in_container
    block0: do {
        let exec_in_container = try framework_exec_in_container(q)
        if exec_in_container.isUndefined { break block0 }
        try assignRule(&result, exec_in_container)
    }
    q.context.leave()
    return q.remember(84, result)
}

/// `data.policy.get_properties`, policy.rego:155
func policy_get_properties(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(91) { return q.remembered(91) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:155: get_properties := data.framework.get_properties
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(91, result)
}

/// `data.policy.host_network`, policy.rego:171
func policy_host_network(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(95) { return q.remembered(95) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:171: host_network := data.framework.host_network
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(95, result)
}

/// `data.policy.load_fragment`, policy.rego:161
func policy_load_fragment(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(99) { return q.remembered(99) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:161: load_fragment := data.framework.load_fragment
    block0: do {
        let load_fragment = try framework_load_fragment(q)
        if load_fragment.isUndefined { break block0 }
        try assignRule(&result, load_fragment)
    }
    q.context.leave()
    return q.remember(99, result)
}

/// `data.policy.load_transparency_trust_list`, policy.rego:169
func policy_load_transparency_trust_list(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(131) { return q.remembered(131) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:169: load_transparency_trust_list := data.framework.load_transparency_trust_list
    block0: do {
        let load_transparency_trust_list = try framework_load_transparency_trust_list(q)
        if load_transparency_trust_list.isUndefined { break block0 }
        try assignRule(&result, load_transparency_trust_list)
    }
    q.context.leave()
    return q.remember(131, result)
}

/// `data.policy.log_provider`, policy.rego:167
func policy_log_provider(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(140) { return q.remembered(140) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:167: log_provider := data.framework.log_provider
    result = q.constant(133 /* {"allowed":false,"providers_to_keep":[]} */)
    q.context.leave()
    return q.remember(140, result)
}

/// `data.policy.mount_blockdev`, policy.rego:125
func policy_mount_blockdev(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(143) { return q.remembered(143) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:125: mount_blockdev := data.framework.mount_blockdev
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(143, result)
}

/// `data.policy.mount_cims`, policy.rego:137
func policy_mount_cims(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(146) { return q.remembered(146) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:137: mount_cims := data.framework.mount_cims
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(146, result)
}

/// `data.policy.mount_device`, policy.rego:121
func policy_mount_device(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(149) { return q.remembered(149) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:121: mount_device := data.framework.mount_device
    block0: do {
        let mount_device = try framework_mount_device(q)
        if mount_device.isUndefined { break block0 }
        try assignRule(&result, mount_device)
    }
    q.context.leave()
    return q.remember(149, result)
}

/// `data.policy.mount_overlay`, policy.rego:133
func policy_mount_overlay(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(157) { return q.remembered(157) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:133: mount_overlay := data.framework.mount_overlay
    block0: do {
        let mount_overlay = try framework_mount_overlay(q)
        if mount_overlay.isUndefined { break block0 }
        try assignRule(&result, mount_overlay)
    }
    q.context.leave()
    return q.remember(157, result)
}

/// `data.policy.plan9_mount`, policy.rego:151
func policy_plan9_mount(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(171) { return q.remembered(171) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:151: plan9_mount := data.framework.plan9_mount
    block0: do {
        let plan9_mount = try framework_plan9_mount(q)
        if plan9_mount.isUndefined { break block0 }
        try assignRule(&result, plan9_mount)
    }
    q.context.leave()
    return q.remember(171, result)
}

/// `data.policy.plan9_unmount`, policy.rego:153
func policy_plan9_unmount(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(175) { return q.remembered(175) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:153: plan9_unmount := data.framework.plan9_unmount
    block0: do {
        let plan9_unmount = try framework_plan9_unmount(q)
        if plan9_unmount.isUndefined { break block0 }
        try assignRule(&result, plan9_unmount)
    }
    q.context.leave()
    return q.remember(175, result)
}

/// `data.policy.reason`, policy.rego:173
func policy_reason(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(178) { return q.remembered(178) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:173: reason := data.framework.reason
    block0: do {
        let reason = try framework_reason(q)
        if reason.isUndefined { break block0 }
        try assignRule(&result, reason)
    }
    q.context.leave()
    return q.remember(178, result)
}

/// `data.policy.registry_changes`, policy.rego:139
func policy_registry_changes(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(218) { return q.remembered(218) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:139: registry_changes := data.framework.registry_changes
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(218, result)
}

/// `data.policy.runtime_logging`, policy.rego:159
func policy_runtime_logging(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(221) { return q.remembered(221) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:159: runtime_logging := data.framework.runtime_logging
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(221, result)
}

/// `data.policy.rw_mount_device`, policy.rego:123
func policy_rw_mount_device(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(225) { return q.remembered(225) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:123: rw_mount_device := data.framework.rw_mount_device
    block0: do {
        let rw_mount_device = try framework_rw_mount_device(q)
        if rw_mount_device.isUndefined { break block0 }
        try assignRule(&result, rw_mount_device)
    }
    q.context.leave()
    return q.remember(225, result)
}

/// `data.policy.rw_unmount_device`, policy.rego:129
func policy_rw_unmount_device(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(228) { return q.remembered(228) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:129: rw_unmount_device := data.framework.rw_unmount_device
    block0: do {
        let rw_unmount_device = try framework_rw_unmount_device(q)
        if rw_unmount_device.isUndefined { break block0 }
        try assignRule(&result, rw_unmount_device)
    }
    q.context.leave()
    return q.remember(228, result)
}

/// `data.policy.scratch_mount`, policy.rego:163
func policy_scratch_mount(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(231) { return q.remembered(231) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:163: scratch_mount := data.framework.scratch_mount
    block0: do {
        let scratch_mount = try framework_scratch_mount(q)
        if scratch_mount.isUndefined { break block0 }
        try assignRule(&result, scratch_mount)
    }
    q.context.leave()
    return q.remember(231, result)
}

/// `data.policy.scratch_unmount`, policy.rego:165
func policy_scratch_unmount(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(234) { return q.remembered(234) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:165: scratch_unmount := data.framework.scratch_unmount
    block0: do {
        let scratch_unmount = try framework_scratch_unmount(q)
        if scratch_unmount.isUndefined { break block0 }
        try assignRule(&result, scratch_unmount)
    }
    q.context.leave()
    return q.remember(234, result)
}

/// `data.policy.shutdown_container`, policy.rego:147
func policy_shutdown_container(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(237) { return q.remembered(237) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:147: shutdown_container := data.framework.shutdown_container
    block0: do {
        let shutdown_container = try framework_shutdown_container(q)
        if shutdown_container.isUndefined { break block0 }
        try assignRule(&result, shutdown_container)
    }
    q.context.leave()
    return q.remember(237, result)
}

/// `data.policy.signal_container_process`, policy.rego:149
func policy_signal_container_process(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(240) { return q.remembered(240) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:149: signal_container_process := data.framework.signal_container_process
    block0: do {
        let signal_container_process = try framework_signal_container_process(q)
        if signal_container_process.isUndefined { break block0 }
        try assignRule(&result, signal_container_process)
    }
    q.context.leave()
    return q.remember(240, result)
}

/// `data.policy.unmount_blockdev`, policy.rego:131
func policy_unmount_blockdev(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(243) { return q.remembered(243) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:131: unmount_blockdev := data.framework.unmount_blockdev
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(243, result)
}

/// `data.policy.unmount_device`, policy.rego:127
func policy_unmount_device(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(246) { return q.remembered(246) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:127: unmount_device := data.framework.unmount_device
    block0: do {
        let unmount_device = try framework_unmount_device(q)
        if unmount_device.isUndefined { break block0 }
        try assignRule(&result, unmount_device)
    }
    q.context.leave()
    return q.remember(246, result)
}

/// `data.policy.unmount_overlay`, policy.rego:135
func policy_unmount_overlay(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(249) { return q.remembered(249) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:135: unmount_overlay := data.framework.unmount_overlay
    block0: do {
        let unmount_overlay = try framework_unmount_overlay(q)
        if unmount_overlay.isUndefined { break block0 }
        try assignRule(&result, unmount_overlay)
    }
    q.context.leave()
    return q.remember(249, result)
}
