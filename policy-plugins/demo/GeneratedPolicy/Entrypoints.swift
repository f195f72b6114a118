// Generated from Rego by the policy compiler. Do not edit: change the policy and compile again.
internal import RegoRuntime

/// `data.policy.allow_capability_dropping`
func entry_policy_allow_capability_dropping(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let allow_capability_dropping = try policy_allow_capability_dropping(q)
        if allow_capability_dropping.isUndefined { break block0 }
        result = allow_capability_dropping
    }
    q.context.leave()
    return result
}

/// `data.policy.allow_constraint_updates`
func entry_policy_allow_constraint_updates(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let allow_constraint_updates = try policy_allow_constraint_updates(q)
        if allow_constraint_updates.isUndefined { break block0 }
        result = allow_constraint_updates
    }
    q.context.leave()
    return result
}

/// `data.policy.allow_dump_stacks`
func entry_policy_allow_dump_stacks(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let allow_dump_stacks = try policy_allow_dump_stacks(q)
        if allow_dump_stacks.isUndefined { break block0 }
        result = allow_dump_stacks
    }
    q.context.leave()
    return result
}

/// `data.policy.allow_environment_variable_dropping`
func entry_policy_allow_environment_variable_dropping(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let allow_environment_variable_dropping = try policy_allow_environment_variable_dropping(q)
        if allow_environment_variable_dropping.isUndefined { break block0 }
        result = allow_environment_variable_dropping
    }
    q.context.leave()
    return result
}

/// `data.policy.allow_host_network`
func entry_policy_allow_host_network(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let allow_host_network = try policy_allow_host_network(q)
        if allow_host_network.isUndefined { break block0 }
        result = allow_host_network
    }
    q.context.leave()
    return result
}

/// `data.policy.allow_properties_access`
func entry_policy_allow_properties_access(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let allow_properties_access = try policy_allow_properties_access(q)
        if allow_properties_access.isUndefined { break block0 }
        result = allow_properties_access
    }
    q.context.leave()
    return result
}

/// `data.policy.allow_runtime_logging`
func entry_policy_allow_runtime_logging(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let allow_runtime_logging = try policy_allow_runtime_logging(q)
        if allow_runtime_logging.isUndefined { break block0 }
        result = allow_runtime_logging
    }
    q.context.leave()
    return result
}

/// `data.policy.allow_unencrypted_scratch`
func entry_policy_allow_unencrypted_scratch(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let allow_unencrypted_scratch = try policy_allow_unencrypted_scratch(q)
        if allow_unencrypted_scratch.isUndefined { break block0 }
        result = allow_unencrypted_scratch
    }
    q.context.leave()
    return result
}

/// `data.policy.api_version`
func entry_policy_api_version(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let api_version = try policy_api_version(q)
        if api_version.isUndefined { break block0 }
        result = api_version
    }
    q.context.leave()
    return result
}

/// `data.policy.containers`
func entry_policy_containers(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let containers = try policy_containers(q)
        if containers.isUndefined { break block0 }
        result = containers
    }
    q.context.leave()
    return result
}

/// `data.policy.create_container`
func entry_policy_create_container(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let create_container = try policy_create_container(q)
        if create_container.isUndefined { break block0 }
        result = create_container
    }
    q.context.leave()
    return result
}

/// `data.policy.dump_stacks`
func entry_policy_dump_stacks(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let dump_stacks = try policy_dump_stacks(q)
        if dump_stacks.isUndefined { break block0 }
        result = dump_stacks
    }
    q.context.leave()
    return result
}

/// `data.policy.exec_external`
func entry_policy_exec_external(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let exec_external = try policy_exec_external(q)
        if exec_external.isUndefined { break block0 }
        result = exec_external
    }
    q.context.leave()
    return result
}

/// `data.policy.exec_in_container`
func entry_policy_exec_in_container(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let exec_in_container = try policy_exec_in_container(q)
        if exec_in_container.isUndefined { break block0 }
        result = exec_in_container
    }
    q.context.leave()
    return result
}

/// `data.policy.framework_version`
func entry_policy_framework_version(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let framework_version = try policy_framework_version(q)
        if framework_version.isUndefined { break block0 }
        result = framework_version
    }
    q.context.leave()
    return result
}

/// `data.policy.get_properties`
func entry_policy_get_properties(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let get_properties = try policy_get_properties(q)
        if get_properties.isUndefined { break block0 }
        result = get_properties
    }
    q.context.leave()
    return result
}

/// `data.policy.host_network`
func entry_policy_host_network(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let host_network = try policy_host_network(q)
        if host_network.isUndefined { break block0 }
        result = host_network
    }
    q.context.leave()
    return result
}

/// `data.policy.load_fragment`
func entry_policy_load_fragment(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let load_fragment = try policy_load_fragment(q)
        if load_fragment.isUndefined { break block0 }
        result = load_fragment
    }
    q.context.leave()
    return result
}

/// `data.policy.load_transparency_trust_list`
func entry_policy_load_transparency_trust_list(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let load_transparency_trust_list = try policy_load_transparency_trust_list(q)
        if load_transparency_trust_list.isUndefined { break block0 }
        result = load_transparency_trust_list
    }
    q.context.leave()
    return result
}

/// `data.policy.log_provider`
func entry_policy_log_provider(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let log_provider = try policy_log_provider(q)
        if log_provider.isUndefined { break block0 }
        result = log_provider
    }
    q.context.leave()
    return result
}

/// `data.policy.mount_blockdev`
func entry_policy_mount_blockdev(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let mount_blockdev = try policy_mount_blockdev(q)
        if mount_blockdev.isUndefined { break block0 }
        result = mount_blockdev
    }
    q.context.leave()
    return result
}

/// `data.policy.mount_cims`
func entry_policy_mount_cims(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let mount_cims = try policy_mount_cims(q)
        if mount_cims.isUndefined { break block0 }
        result = mount_cims
    }
    q.context.leave()
    return result
}

/// `data.policy.mount_device`
func entry_policy_mount_device(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let mount_device = try policy_mount_device(q)
        if mount_device.isUndefined { break block0 }
        result = mount_device
    }
    q.context.leave()
    return result
}

/// `data.policy.mount_overlay`
func entry_policy_mount_overlay(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let mount_overlay = try policy_mount_overlay(q)
        if mount_overlay.isUndefined { break block0 }
        result = mount_overlay
    }
    q.context.leave()
    return result
}

/// `data.policy.plan9_mount`
func entry_policy_plan9_mount(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let plan9_mount = try policy_plan9_mount(q)
        if plan9_mount.isUndefined { break block0 }
        result = plan9_mount
    }
    q.context.leave()
    return result
}

/// `data.policy.plan9_unmount`
func entry_policy_plan9_unmount(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let plan9_unmount = try policy_plan9_unmount(q)
        if plan9_unmount.isUndefined { break block0 }
        result = plan9_unmount
    }
    q.context.leave()
    return result
}

/// `data.policy.reason`
func entry_policy_reason(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let reason = try policy_reason(q)
        if reason.isUndefined { break block0 }
        result = reason
    }
    q.context.leave()
    return result
}

/// `data.policy.registry_changes`
func entry_policy_registry_changes(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let registry_changes = try policy_registry_changes(q)
        if registry_changes.isUndefined { break block0 }
        result = registry_changes
    }
    q.context.leave()
    return result
}

/// `data.policy.runtime_logging`
func entry_policy_runtime_logging(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let runtime_logging = try policy_runtime_logging(q)
        if runtime_logging.isUndefined { break block0 }
        result = runtime_logging
    }
    q.context.leave()
    return result
}

/// `data.policy.rw_mount_device`
func entry_policy_rw_mount_device(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let rw_mount_device = try policy_rw_mount_device(q)
        if rw_mount_device.isUndefined { break block0 }
        result = rw_mount_device
    }
    q.context.leave()
    return result
}

/// `data.policy.rw_unmount_device`
func entry_policy_rw_unmount_device(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let rw_unmount_device = try policy_rw_unmount_device(q)
        if rw_unmount_device.isUndefined { break block0 }
        result = rw_unmount_device
    }
    q.context.leave()
    return result
}

/// `data.policy.scratch_mount`
func entry_policy_scratch_mount(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let scratch_mount = try policy_scratch_mount(q)
        if scratch_mount.isUndefined { break block0 }
        result = scratch_mount
    }
    q.context.leave()
    return result
}

/// `data.policy.scratch_unmount`
func entry_policy_scratch_unmount(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let scratch_unmount = try policy_scratch_unmount(q)
        if scratch_unmount.isUndefined { break block0 }
        result = scratch_unmount
    }
    q.context.leave()
    return result
}

/// `data.policy.share_process_namespace`
func entry_policy_share_process_namespace(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let share_process_namespace = try policy_share_process_namespace(q)
        if share_process_namespace.isUndefined { break block0 }
        result = share_process_namespace
    }
    q.context.leave()
    return result
}

/// `data.policy.shutdown_container`
func entry_policy_shutdown_container(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let shutdown_container = try policy_shutdown_container(q)
        if shutdown_container.isUndefined { break block0 }
        result = shutdown_container
    }
    q.context.leave()
    return result
}

/// `data.policy.signal_container_process`
func entry_policy_signal_container_process(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let signal_container_process = try policy_signal_container_process(q)
        if signal_container_process.isUndefined { break block0 }
        result = signal_container_process
    }
    q.context.leave()
    return result
}

/// `data.policy.unmount_blockdev`
func entry_policy_unmount_blockdev(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let unmount_blockdev = try policy_unmount_blockdev(q)
        if unmount_blockdev.isUndefined { break block0 }
        result = unmount_blockdev
    }
    q.context.leave()
    return result
}

/// `data.policy.unmount_device`
func entry_policy_unmount_device(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let unmount_device = try policy_unmount_device(q)
        if unmount_device.isUndefined { break block0 }
        result = unmount_device
    }
    q.context.leave()
    return result
}

/// `data.policy.unmount_overlay`
func entry_policy_unmount_overlay(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let unmount_overlay = try policy_unmount_overlay(q)
        if unmount_overlay.isUndefined { break block0 }
        result = unmount_overlay
    }
    q.context.leave()
    return result
}

/// `data.policy.update_constraints`
func entry_policy_update_constraints(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let update_constraints = try policy_update_constraints(q)
        if update_constraints.isUndefined { break block0 }
        result = update_constraints
    }
    q.context.leave()
    return result
}

/// `data.framework.rw_mount_device`
func entry_framework_rw_mount_device(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let rw_mount_device = try framework_rw_mount_device(q)
        if rw_mount_device.isUndefined { break block0 }
        result = rw_mount_device
    }
    q.context.leave()
    return result
}

/// `data.framework.rw_unmount_device`
func entry_framework_rw_unmount_device(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let rw_unmount_device = try framework_rw_unmount_device(q)
        if rw_unmount_device.isUndefined { break block0 }
        result = rw_unmount_device
    }
    q.context.leave()
    return result
}

/// `data.framework.reason`
func entry_framework_reason(_ q: Query) throws(RegoError) -> Value {
    try q.context.enter()
    var result = Value.undefined
    block0: do {
        let reason = try framework_reason(q)
        if reason.isUndefined { break block0 }
        result = reason
    }
    q.context.leave()
    return result
}
