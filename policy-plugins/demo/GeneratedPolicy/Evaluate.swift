// Generated from Rego by the policy compiler. Do not edit: change the policy and compile again.
public import RegoRuntime

/// The policy as a whole; what it tells about itself is the answer to `coffer/plugin`.
private let compiledPolicy = CompiledPolicy(
    constants: constantsText, functions: 262, slots: 0,
    information: ##"{"sourceDigest":"e6416122bf8f22aa079d566c4500afddff64b5d2e2c50c85373163489a45f259","apiVersion":"0.12.0","frameworkVersion":"0.5.0","policyFrameworkVersion":"0.5.0","entrypoints":["framework/reason","framework/rw_mount_device","framework/rw_unmount_device","policy/allow_capability_dropping","policy/allow_constraint_updates","policy/allow_dump_stacks","policy/allow_environment_variable_dropping","policy/allow_host_network","policy/allow_properties_access","policy/allow_runtime_logging","policy/allow_unencrypted_scratch","policy/api_version","policy/containers","policy/create_container","policy/dump_stacks","policy/exec_external","policy/exec_in_container","policy/framework_version","policy/get_properties","policy/host_network","policy/load_fragment","policy/load_transparency_trust_list","policy/log_provider","policy/mount_blockdev","policy/mount_cims","policy/mount_device","policy/mount_overlay","policy/plan9_mount","policy/plan9_unmount","policy/reason","policy/registry_changes","policy/runtime_logging","policy/rw_mount_device","policy/rw_unmount_device","policy/scratch_mount","policy/scratch_unmount","policy/share_process_namespace","policy/shutdown_container","policy/signal_container_process","policy/unmount_blockdev","policy/unmount_device","policy/unmount_overlay","policy/update_constraints"]}"##,
    baseData: nil, entrypoints: 233
) { (q, entrypoint) throws(RegoError) -> Value in try select(q, entrypoint) }

/// Asks the policy again and again: keeps its arena, compiled patterns and loaded documents.
public func makeEvaluator() -> PolicyEvaluator { PolicyEvaluator(compiledPolicy) }

/// Answers requests like `evaluate(request:)`, through one evaluator.
public func makeResponder() -> ([UInt8]) -> [UInt8] {
    let evaluator = makeEvaluator()
    return { request in evaluator.answer(request) }
}

/// Answers one request with nothing kept: `{"query":"policy/...","input":...,"data":...}` gives
/// `{"result":...}`, `{}` when undefined, or `{"error":{"code":...,"message":...}}`.
public func evaluate(request: [UInt8]) -> [UInt8] { compiledPolicy.answer(request) }

private func select(_ q: Query, _ entrypoint: Int) throws(RegoError) -> Value {
    switch entrypoint {
    case 0 /* framework/reason */: return try entry_framework_reason(q)
    case 1 /* framework/rw_mount_device */: return try entry_framework_rw_mount_device(q)
    case 2 /* framework/rw_unmount_device */: return try entry_framework_rw_unmount_device(q)
    case 3 /* policy/allow_capability_dropping */: return try entry_policy_allow_capability_dropping(q)
    case 4 /* policy/allow_constraint_updates */: return try entry_policy_allow_constraint_updates(q)
    case 5 /* policy/allow_dump_stacks */: return try entry_policy_allow_dump_stacks(q)
    case 6 /* policy/allow_environment_variable_dropping */: return try entry_policy_allow_environment_variable_dropping(q)
    case 7 /* policy/allow_host_network */: return try entry_policy_allow_host_network(q)
    case 8 /* policy/allow_properties_access */: return try entry_policy_allow_properties_access(q)
    case 9 /* policy/allow_runtime_logging */: return try entry_policy_allow_runtime_logging(q)
    case 10 /* policy/allow_unencrypted_scratch */: return try entry_policy_allow_unencrypted_scratch(q)
    case 11 /* policy/api_version */: return try entry_policy_api_version(q)
    case 12 /* policy/containers */: return try entry_policy_containers(q)
    case 13 /* policy/create_container */: return try entry_policy_create_container(q)
    case 14 /* policy/dump_stacks */: return try entry_policy_dump_stacks(q)
    case 15 /* policy/exec_external */: return try entry_policy_exec_external(q)
    case 16 /* policy/exec_in_container */: return try entry_policy_exec_in_container(q)
    case 17 /* policy/framework_version */: return try entry_policy_framework_version(q)
    case 18 /* policy/get_properties */: return try entry_policy_get_properties(q)
    case 19 /* policy/host_network */: return try entry_policy_host_network(q)
    case 20 /* policy/load_fragment */: return try entry_policy_load_fragment(q)
    case 21 /* policy/load_transparency_trust_list */: return try entry_policy_load_transparency_trust_list(q)
    case 22 /* policy/log_provider */: return try entry_policy_log_provider(q)
    case 23 /* policy/mount_blockdev */: return try entry_policy_mount_blockdev(q)
    case 24 /* policy/mount_cims */: return try entry_policy_mount_cims(q)
    case 25 /* policy/mount_device */: return try entry_policy_mount_device(q)
    case 26 /* policy/mount_overlay */: return try entry_policy_mount_overlay(q)
    case 27 /* policy/plan9_mount */: return try entry_policy_plan9_mount(q)
    case 28 /* policy/plan9_unmount */: return try entry_policy_plan9_unmount(q)
    case 29 /* policy/reason */: return try entry_policy_reason(q)
    case 30 /* policy/registry_changes */: return try entry_policy_registry_changes(q)
    case 31 /* policy/runtime_logging */: return try entry_policy_runtime_logging(q)
    case 32 /* policy/rw_mount_device */: return try entry_policy_rw_mount_device(q)
    case 33 /* policy/rw_unmount_device */: return try entry_policy_rw_unmount_device(q)
    case 34 /* policy/scratch_mount */: return try entry_policy_scratch_mount(q)
    case 35 /* policy/scratch_unmount */: return try entry_policy_scratch_unmount(q)
    case 36 /* policy/share_process_namespace */: return try entry_policy_share_process_namespace(q)
    case 37 /* policy/shutdown_container */: return try entry_policy_shutdown_container(q)
    case 38 /* policy/signal_container_process */: return try entry_policy_signal_container_process(q)
    case 39 /* policy/unmount_blockdev */: return try entry_policy_unmount_blockdev(q)
    case 40 /* policy/unmount_device */: return try entry_policy_unmount_device(q)
    case 41 /* policy/unmount_overlay */: return try entry_policy_unmount_overlay(q)
    case 42 /* policy/update_constraints */: return try entry_policy_update_constraints(q)
    default: return .undefined
    }
}
