# Execution policy of the pod demo: what may run, and nothing else.
package policy

api_version := "0.12.0"

framework_version := "0.5.0"

containers := [
    # nginx: docker.io/library/nginx:demo (image sha256:add5cec7c462b45b21541d901851ad0f6d35fe449644462226993c40206e8ac5)
    {
        "name": "nginx",
        "command": ["nginx", "-g", "daemon off;"],
        "env_rules": [
            {"pattern": "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "strategy": "string", "required": true},
            {"pattern": "NGINX_VERSION=1.22.1", "strategy": "string", "required": true},
            {"pattern": "HOME=/root", "strategy": "string", "required": true},
            {"pattern": "TERM=xterm", "strategy": "string", "required": false},
        ],
        # Root hashes, bottom first.
        "layers": [
            "336b7c4c9f7c91f5e81cc3beb1c00c6d04819f8f6b6b1338de43efea9d746ef2",
            "866d7aebff590041caf18082988a75d4f4486c8e4ba6fc9bf6ac90e9a9659965",
            "81d743f3d624b4f0ea2d0d3b37c075134248999faf37e8cf620269e033f1f7f3",
        ],
        # Besides the mounts that every container has.
        "mounts": [
            {"destination": "/var/lib/nginx", "type": "bind", "source": "sandbox:///emptydir/cache", "options": ["rbind", "rshared", "rw"]},
        ],
        "exec_processes": [
            {"command": ["nginx", "-t"], "signals": [1, 2, 9, 15]},
            {"command": ["cat", "/etc/os-release"], "signals": [1, 2, 9, 15]},
            {"command": ["curl", "--silent", "--fail", "http://127.0.0.1/health"], "signals": [1, 2, 9, 15]},
            {"command": ["/usr/local/bin/attest"], "signals": [15, 9]},
        ],
        # SIGQUIT, SIGKILL, SIGTERM.
        "signals": [3, 9, 15],
        "user": {
            "user_idname": {"pattern": "0", "strategy": "id"},
            "group_idnames": [{"pattern": "0", "strategy": "id"}],
            "umask": "0022",
        },
        "capabilities": {
            "bounding": ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETGID", "CAP_SETUID", "CAP_SETFCAP", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE"],
            "effective": ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETGID", "CAP_SETUID", "CAP_SETFCAP", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE"],
            "inheritable": [],
            "permitted": ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETGID", "CAP_SETUID", "CAP_SETFCAP", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE"],
            "ambient": [],
        },
        "seccomp_profile_sha256": "9e71b901047c92f2197959b30270e4fd36fd0268f64755c6a5e3615efd4d0066",
        "allow_elevated": false,
        "working_dir": "/",
        "allow_stdio_access": true,
        "no_new_privileges": false,
    },
    # redis: docker.io/library/redis:demo (image sha256:01d261f96283134634f45a06babe2e58282a5c359fb8be35b31582ce45e8c409)
    {
        "name": "redis",
        "command": ["redis-server", "/etc/redis/coffer.conf", "--maxmemory-policy", "allkeys-lru"],
        "env_rules": [
            {"pattern": "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "strategy": "string", "required": true},
            {"pattern": "REDIS_VERSION=7.0.15", "strategy": "string", "required": true},
            {"pattern": "DEMO=yes", "strategy": "string", "required": true},
            {"pattern": "HOME=/var/lib/redis", "strategy": "string", "required": true},
            {"pattern": "TERM=xterm", "strategy": "string", "required": false},
        ],
        # Root hashes, bottom first.
        "layers": [
            "336b7c4c9f7c91f5e81cc3beb1c00c6d04819f8f6b6b1338de43efea9d746ef2",
            "0cbf9d66d47974237647932f271e75a55426bd9b5b90a1fcb620b3940837960c",
            "f92afd50c44bf7c6ea434034fbfb4d03e1c18283cfac928b83428955d57db9b7",
        ],
        # Besides the mounts that every container has.
        "mounts": [
            {"destination": "/data", "type": "bind", "source": "sandbox:///emptydir/data", "options": ["rbind", "rshared", "rw"]},
        ],
        "exec_processes": [
            {"command": ["redis-cli", "ping"], "signals": [1, 2, 9, 15]},
            {"command": ["redis-benchmark", "-q", "-n", "200", "-c", "4", "-t", "set,get"], "signals": [1, 2, 9, 15]},
            {"command": ["redis-benchmark", "-q", "-n", "2000", "-c", "10", "-t", "set,get"], "signals": [1, 2, 9, 15]},
            {"command": ["id"], "signals": [1, 2, 9, 15]},
        ],
        # SIGKILL, SIGTERM.
        "signals": [9, 15],
        "user": {
            "user_idname": {"pattern": "100", "strategy": "id"},
            "group_idnames": [{"pattern": "101", "strategy": "id"}],
            "umask": "0022",
        },
        "capabilities": {
            "bounding": [],
            "effective": [],
            "inheritable": [],
            "permitted": [],
            "ambient": [],
        },
        "seccomp_profile_sha256": "0b513e69cbb0410aa5b33201c5a585e6ec5f90d45a158817484b62da44c9899a",
        "allow_elevated": false,
        "working_dir": "/data",
        "allow_stdio_access": true,
        "no_new_privileges": true,
    },
]

# What the host may ask of the guest itself.
allow_properties_access := false

allow_dump_stacks := false

allow_runtime_logging := false

allow_host_network := false

# Whether it may change the limits of running containers.
allow_constraint_updates := false

# Whether the containers see each other's processes.
share_process_namespace := false

# A request must be exactly what is written above: nothing is dropped from it to make it fit.
allow_environment_variable_dropping := false

allow_capability_dropping := false

allow_unencrypted_scratch := false

# Every decision is the framework's.
mount_device := data.framework.mount_device

rw_mount_device := data.framework.rw_mount_device

mount_blockdev := data.framework.mount_blockdev

unmount_device := data.framework.unmount_device

rw_unmount_device := data.framework.rw_unmount_device

unmount_blockdev := data.framework.unmount_blockdev

mount_overlay := data.framework.mount_overlay

unmount_overlay := data.framework.unmount_overlay

mount_cims := data.framework.mount_cims

registry_changes := data.framework.registry_changes

create_container := data.framework.create_container

exec_in_container := data.framework.exec_in_container

exec_external := data.framework.exec_external

shutdown_container := data.framework.shutdown_container

signal_container_process := data.framework.signal_container_process

plan9_mount := data.framework.plan9_mount

plan9_unmount := data.framework.plan9_unmount

get_properties := data.framework.get_properties

dump_stacks := data.framework.dump_stacks

runtime_logging := data.framework.runtime_logging

load_fragment := data.framework.load_fragment

scratch_mount := data.framework.scratch_mount

scratch_unmount := data.framework.scratch_unmount

log_provider := data.framework.log_provider

load_transparency_trust_list := data.framework.load_transparency_trust_list

host_network := data.framework.host_network

update_constraints := data.framework.update_constraints

reason := data.framework.reason
