// Generated from Rego by the policy compiler. Do not edit: change the policy and compile again.
internal import RegoRuntime

/// `data.policy.allow_capability_dropping`, policy.rego:122
func policy_allow_capability_dropping(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(1) { return q.remembered(1) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:122: allow_capability_dropping := false
    result = .false
    q.context.leave()
    return q.remember(1, result)
}

/// `data.policy.allow_constraint_updates`, policy.rego:114
func policy_allow_constraint_updates(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(3) { return q.remembered(3) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:114: allow_constraint_updates := false
    result = .false
    q.context.leave()
    return q.remember(3, result)
}

/// `data.policy.allow_dump_stacks`, policy.rego:107
func policy_allow_dump_stacks(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(5) { return q.remembered(5) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:107: allow_dump_stacks := false
    result = .false
    q.context.leave()
    return q.remember(5, result)
}

/// `data.policy.allow_environment_variable_dropping`, policy.rego:120
func policy_allow_environment_variable_dropping(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(7) { return q.remembered(7) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:120: allow_environment_variable_dropping := false
    result = .false
    q.context.leave()
    return q.remember(7, result)
}

/// `data.policy.allow_host_network`, policy.rego:111
func policy_allow_host_network(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(9) { return q.remembered(9) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:111: allow_host_network := false
    result = .false
    q.context.leave()
    return q.remember(9, result)
}

/// `data.policy.allow_properties_access`, policy.rego:105
func policy_allow_properties_access(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(11) { return q.remembered(11) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:105: allow_properties_access := false
    result = .false
    q.context.leave()
    return q.remember(11, result)
}

/// `data.policy.allow_runtime_logging`, policy.rego:109
func policy_allow_runtime_logging(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(13) { return q.remembered(13) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:109: allow_runtime_logging := false
    result = .false
    q.context.leave()
    return q.remember(13, result)
}

/// `data.policy.allow_unencrypted_scratch`, policy.rego:124
func policy_allow_unencrypted_scratch(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(15) { return q.remembered(15) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:124: allow_unencrypted_scratch := false
    result = .false
    q.context.leave()
    return q.remember(15, result)
}

/// `data.policy.api_version`, policy.rego:4
func policy_api_version(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(17) { return q.remembered(17) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:4: api_version := "0.12.0"
    result = q.constant(1 /* "0.12.0" */)
    q.context.leave()
    return q.remember(17, result)
}

/// `data.policy.containers`, policy.rego:8
func policy_containers(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(19) { return q.remembered(19) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:8: containers := [
    result = q.constant(229)
    q.context.leave()
    return q.remember(19, result)
}

/// `data.policy.create_container`, policy.rego:147
func policy_create_container(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(21) { return q.remembered(21) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:147: create_container := data.framework.create_container
    block0: do {
        let create_container = try framework_create_container(q)
        if create_container.isUndefined { break block0 }
        try assignRule(&result, create_container)
    }
    q.context.leave()
    return q.remember(21, result)
}

/// `data.policy.framework_version`, policy.rego:6
func policy_framework_version(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(64) { return q.remembered(64) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:6: framework_version := "0.5.0"
    result = q.constant(75 /* "0.5.0" */)
    q.context.leave()
    return q.remember(64, result)
}

/// `data.policy.dump_stacks`, policy.rego:163
func policy_dump_stacks(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(72) { return q.remembered(72) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:163: dump_stacks := data.framework.dump_stacks
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(72, result)
}

/// `data.policy.exec_external`, policy.rego:151
func policy_exec_external(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(76) { return q.remembered(76) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:151: exec_external := data.framework.exec_external
    block0: do {
        let exec_external = try framework_exec_external(q)
        if exec_external.isUndefined { break block0 }
        try assignRule(&result, exec_external)
    }
    q.context.leave()
    return q.remember(76, result)
}

/// `data.policy.exec_in_container`, policy.rego:149
func policy_exec_in_container(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(86) { return q.remembered(86) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:149: exec_in_container := data.framework.exec_in_container
    block0: do {
        let exec_in_container = try framework_exec_in_container(q)
        if exec_in_container.isUndefined { break block0 }
        try assignRule(&result, exec_in_container)
    }
    q.context.leave()
    return q.remember(86, result)
}

/// `data.policy.get_properties`, policy.rego:161
func policy_get_properties(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(93) { return q.remembered(93) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:161: get_properties := data.framework.get_properties
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(93, result)
}

/// `data.policy.host_network`, policy.rego:177
func policy_host_network(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(97) { return q.remembered(97) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:177: host_network := data.framework.host_network
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(97, result)
}

/// `data.policy.load_fragment`, policy.rego:167
func policy_load_fragment(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(101) { return q.remembered(101) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:167: load_fragment := data.framework.load_fragment
    block0: do {
        let load_fragment = try framework_load_fragment(q)
        if load_fragment.isUndefined { break block0 }
        try assignRule(&result, load_fragment)
    }
    q.context.leave()
    return q.remember(101, result)
}

/// `data.policy.load_transparency_trust_list`, policy.rego:175
func policy_load_transparency_trust_list(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(133) { return q.remembered(133) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:175: load_transparency_trust_list := data.framework.load_transparency_trust_list
    block0: do {
        let load_transparency_trust_list = try framework_load_transparency_trust_list(q)
        if load_transparency_trust_list.isUndefined { break block0 }
        try assignRule(&result, load_transparency_trust_list)
    }
    q.context.leave()
    return q.remember(133, result)
}

/// `data.policy.log_provider`, policy.rego:173
func policy_log_provider(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(142) { return q.remembered(142) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:173: log_provider := data.framework.log_provider
    result = q.constant(133 /* {"allowed":false,"providers_to_keep":[]} */)
    q.context.leave()
    return q.remember(142, result)
}

/// `data.policy.mount_blockdev`, policy.rego:131
func policy_mount_blockdev(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(145) { return q.remembered(145) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:131: mount_blockdev := data.framework.mount_blockdev
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(145, result)
}

/// `data.policy.mount_cims`, policy.rego:143
func policy_mount_cims(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(148) { return q.remembered(148) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:143: mount_cims := data.framework.mount_cims
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(148, result)
}

/// `data.policy.mount_device`, policy.rego:127
func policy_mount_device(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(151) { return q.remembered(151) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:127: mount_device := data.framework.mount_device
    block0: do {
        let mount_device = try framework_mount_device(q)
        if mount_device.isUndefined { break block0 }
        try assignRule(&result, mount_device)
    }
    q.context.leave()
    return q.remember(151, result)
}

/// `data.policy.mount_overlay`, policy.rego:139
func policy_mount_overlay(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(159) { return q.remembered(159) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:139: mount_overlay := data.framework.mount_overlay
    block0: do {
        let mount_overlay = try framework_mount_overlay(q)
        if mount_overlay.isUndefined { break block0 }
        try assignRule(&result, mount_overlay)
    }
    q.context.leave()
    return q.remember(159, result)
}

/// `data.policy.plan9_mount`, policy.rego:157
func policy_plan9_mount(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(173) { return q.remembered(173) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:157: plan9_mount := data.framework.plan9_mount
    block0: do {
        let plan9_mount = try framework_plan9_mount(q)
        if plan9_mount.isUndefined { break block0 }
        try assignRule(&result, plan9_mount)
    }
    q.context.leave()
    return q.remember(173, result)
}

/// `data.policy.plan9_unmount`, policy.rego:159
func policy_plan9_unmount(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(177) { return q.remembered(177) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:159: plan9_unmount := data.framework.plan9_unmount
    block0: do {
        let plan9_unmount = try framework_plan9_unmount(q)
        if plan9_unmount.isUndefined { break block0 }
        try assignRule(&result, plan9_unmount)
    }
    q.context.leave()
    return q.remember(177, result)
}

/// `data.policy.reason`, policy.rego:181
func policy_reason(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(180) { return q.remembered(180) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:181: reason := data.framework.reason
    block0: do {
        let reason = try framework_reason(q)
        if reason.isUndefined { break block0 }
        try assignRule(&result, reason)
    }
    q.context.leave()
    return q.remember(180, result)
}

/// `data.policy.registry_changes`, policy.rego:145
func policy_registry_changes(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(221) { return q.remembered(221) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:145: registry_changes := data.framework.registry_changes
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(221, result)
}

/// `data.policy.runtime_logging`, policy.rego:165
func policy_runtime_logging(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(224) { return q.remembered(224) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:165: runtime_logging := data.framework.runtime_logging
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(224, result)
}

/// `data.policy.rw_mount_device`, policy.rego:129
func policy_rw_mount_device(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(228) { return q.remembered(228) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:129: rw_mount_device := data.framework.rw_mount_device
    block0: do {
        let rw_mount_device = try framework_rw_mount_device(q)
        if rw_mount_device.isUndefined { break block0 }
        try assignRule(&result, rw_mount_device)
    }
    q.context.leave()
    return q.remember(228, result)
}

/// `data.policy.rw_unmount_device`, policy.rego:135
func policy_rw_unmount_device(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(231) { return q.remembered(231) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:135: rw_unmount_device := data.framework.rw_unmount_device
    block0: do {
        let rw_unmount_device = try framework_rw_unmount_device(q)
        if rw_unmount_device.isUndefined { break block0 }
        try assignRule(&result, rw_unmount_device)
    }
    q.context.leave()
    return q.remember(231, result)
}

/// `data.policy.scratch_mount`, policy.rego:169
func policy_scratch_mount(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(234) { return q.remembered(234) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:169: scratch_mount := data.framework.scratch_mount
    block0: do {
        let scratch_mount = try framework_scratch_mount(q)
        if scratch_mount.isUndefined { break block0 }
        try assignRule(&result, scratch_mount)
    }
    q.context.leave()
    return q.remember(234, result)
}

/// `data.policy.scratch_unmount`, policy.rego:171
func policy_scratch_unmount(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(237) { return q.remembered(237) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:171: scratch_unmount := data.framework.scratch_unmount
    block0: do {
        let scratch_unmount = try framework_scratch_unmount(q)
        if scratch_unmount.isUndefined { break block0 }
        try assignRule(&result, scratch_unmount)
    }
    q.context.leave()
    return q.remember(237, result)
}

/// `data.policy.share_process_namespace`, policy.rego:117
func policy_share_process_namespace(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(240) { return q.remembered(240) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:117: share_process_namespace := false
    result = .false
    q.context.leave()
    return q.remember(240, result)
}

/// `data.policy.shutdown_container`, policy.rego:153
func policy_shutdown_container(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(242) { return q.remembered(242) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:153: shutdown_container := data.framework.shutdown_container
    block0: do {
        let shutdown_container = try framework_shutdown_container(q)
        if shutdown_container.isUndefined { break block0 }
        try assignRule(&result, shutdown_container)
    }
    q.context.leave()
    return q.remember(242, result)
}

/// `data.policy.signal_container_process`, policy.rego:155
func policy_signal_container_process(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(245) { return q.remembered(245) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:155: signal_container_process := data.framework.signal_container_process
    block0: do {
        let signal_container_process = try framework_signal_container_process(q)
        if signal_container_process.isUndefined { break block0 }
        try assignRule(&result, signal_container_process)
    }
    q.context.leave()
    return q.remember(245, result)
}

/// `data.policy.unmount_blockdev`, policy.rego:137
func policy_unmount_blockdev(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(248) { return q.remembered(248) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:137: unmount_blockdev := data.framework.unmount_blockdev
    result = q.constant(22 /* {"allowed":false} */)
    q.context.leave()
    return q.remember(248, result)
}

/// `data.policy.unmount_device`, policy.rego:133
func policy_unmount_device(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(251) { return q.remembered(251) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:133: unmount_device := data.framework.unmount_device
    block0: do {
        let unmount_device = try framework_unmount_device(q)
        if unmount_device.isUndefined { break block0 }
        try assignRule(&result, unmount_device)
    }
    q.context.leave()
    return q.remember(251, result)
}

/// `data.policy.unmount_overlay`, policy.rego:141
func policy_unmount_overlay(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(254) { return q.remembered(254) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:141: unmount_overlay := data.framework.unmount_overlay
    block0: do {
        let unmount_overlay = try framework_unmount_overlay(q)
        if unmount_overlay.isUndefined { break block0 }
        try assignRule(&result, unmount_overlay)
    }
    q.context.leave()
    return q.remember(254, result)
}

/// `data.policy.update_constraints`, policy.rego:179
func policy_update_constraints(_ q: Query) throws(RegoError) -> Value {
    if q.isKnown(257) { return q.remembered(257) }
    try q.context.enter()
    var result = Value.undefined
    // policy.rego:179: update_constraints := data.framework.update_constraints
    block0: do {
        let update_constraints = try framework_update_constraints(q)
        if update_constraints.isUndefined { break block0 }
        try assignRule(&result, update_constraints)
    }
    q.context.leave()
    return q.remember(257, result)
}
