// Containers: processes, namespaces, mounts by descriptor, control groups, capabilities, terminals.
// Included by CLinux.h; every wrapper that can fail returns -errno.
#ifndef COFFER_CLINUX_CONTAINERS_H
#define COFFER_CLINUX_CONTAINERS_H

#include <linux/capability.h>
#include <malloc.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/bpf.h>

// Processes.

/// fork with flags: the child continues here with 0. `cgroup` is a descriptor or -1. clone3(2).
long coffer_clone3(uint64_t flags, int exit_signal, int cgroup, int *pidfd);
/// A child of this process's parent, with its exit signal. clone(2), CLONE_PARENT.
long coffer_clone_sibling(uint64_t flags);
static inline void coffer_exit_now(int status) { _exit(status); }
static inline long coffer_execve(const char *path, char *const arguments[], char *const environment[]) {
    return coffer_result(execve(path, arguments, environment));
}
static inline long coffer_execveat(
    int dir, const char *path, char *const arguments[], char *const environment[], int flags) {
    return coffer_result(syscall(SYS_execveat, dir, path, arguments, environment, flags));
}
/// The wait status of a process that has ended, as waitpid(2) encodes it; 0 in `*pid` when it still runs.
static inline long coffer_wait_pid(pid_t pid, int *status, int options) {
    long r;
    do r = waitpid(pid, status, options); while (r < 0 && errno == EINTR);
    return coffer_result(r);
}
/// Whether PID 1 was executed as the first one of a pod's process namespace: by its name, which the command line
/// of no kernel gives to an init.
int coffer_is_pause(void);
/// Waits for ever.
void coffer_pause(void) __attribute__((noreturn));
static inline long coffer_kill(pid_t pid, int signal) { return coffer_result(kill(pid, signal)); }
/// The signals that this process ignores, bit 0 for signal 1; all of them when the kernel does not say.
/// proc_pid_status(5).
uint64_t coffer_ignored_signals(void);
/// Those signals to their default action, and none blocked, as a program expects to find them.
void coffer_reset_signals(uint64_t ignored);
/// Lets the signals that ask a process to end do so: the first process of a PID namespace ignores those that it does not
/// catch, also from outside. pid_namespaces(7).
void coffer_end_on_signals(void);
static inline long coffer_set_resource_limit(pid_t pid, int resource, uint64_t soft, uint64_t hard) {
    struct rlimit64 limit = { .rlim_cur = soft, .rlim_max = hard };
    return coffer_result(prlimit64(pid, (enum __rlimit_resource)resource, &limit, NULL));
}
static inline long coffer_get_resource_limit(pid_t pid, int resource, uint64_t *soft, uint64_t *hard) {
    struct rlimit64 limit = { 0, 0 };
    long r = coffer_result(prlimit64(pid, (enum __rlimit_resource)resource, NULL, &limit));
    *soft = limit.rlim_cur;
    *hard = limit.rlim_max;
    return r;
}
static inline long coffer_io_priority(int which, int who, int priority) {
    return coffer_result(syscall(SYS_ioprio_set, which, who, priority));
}
static inline long coffer_personality(unsigned long persona) { return coffer_result(syscall(SYS_personality, persona)); }
static inline long coffer_memory_policy(int mode, const unsigned long *nodes, unsigned long bits) {
    return coffer_result(syscall(SYS_set_mempolicy, mode, nodes, bits));
}
static inline long coffer_scheduler(
    uint32_t policy, uint64_t flags, int32_t nice, uint32_t priority, uint64_t runtime, uint64_t deadline,
    uint64_t period) {
    struct {
        uint32_t size, policy;
        uint64_t flags;
        int32_t nice;
        uint32_t priority;
        uint64_t runtime, deadline, period;
    } attributes = { 48, policy, flags, nice, priority, runtime, deadline, period };
    return coffer_result(syscall(SYS_sched_setattr, 0, &attributes, 0));
}
static inline long coffer_set_affinity(pid_t pid, const void *mask, size_t size) {
    return coffer_result(syscall(SYS_sched_setaffinity, pid, size, mask));
}
/// A new anonymous or named session keyring; the old one stays outside. keyctl(2).
static inline long coffer_join_session_keyring(const char *name) {
    return coffer_result(syscall(SYS_keyctl, 1 /* KEYCTL_JOIN_SESSION_KEYRING */, name));
}
static inline long coffer_setsid(void) { return coffer_result(setsid()); }

/// Lets the heap grow in large steps: what is not touched takes no memory. mallopt(3).
static inline void coffer_grow_heap_by(int bytes) { mallopt(M_TOP_PAD, bytes); }

// The program's own arguments, through functions: Swift takes the variables for shared mutable state.
static inline long coffer_argument_count(void) { return coffer_argc; }
static inline const char *coffer_argument(long index) { return index < coffer_argc ? coffer_argv[index] : NULL; }

static inline const char *coffer_environment(long index) { return environ[index]; }

/// Becomes another program with this program's environment. execve(2).
static inline long coffer_execute(const char *path, char *const arguments[]) {
    return coffer_result(execve(path, arguments, environ));
}
/// 1 when the program's own file cannot be written through the mount that it runs from, else 0. statfs(2).
static inline long coffer_executable_is_read_only(void) {
    struct statfs status;
    if (coffer_is_read_only) return 1;
    long r = coffer_result(statfs("/proc/self/exe", &status));
    return r < 0 ? r : (status.f_flags & ST_RDONLY) != 0;
}
/// Becomes the program in an open file, with this program's arguments and environment. execveat(2).
static inline long coffer_execute_again(int fd) {
    return coffer_result(syscall(SYS_execveat, fd, "", coffer_argv, environ, AT_EMPTY_PATH));
}

/// The view of its own file that this program was started from, or -1: see Start.c.
static inline int coffer_own_view(void) { return coffer_view; }
/// Closes it, if it is still open. The program goes on.
static inline void coffer_close_view(void) {
    if (coffer_view >= 0) close(coffer_view);
    coffer_view = -1;
}

// Namespaces.

static inline long coffer_unshare(uint64_t flags) { return coffer_result(unshare((int)flags)); }
static inline long coffer_setns(int fd, uint64_t kinds) { return coffer_result(setns(fd, (int)kinds)); }
static inline long coffer_set_hostname(const char *name, size_t size) { return coffer_result(sethostname(name, size)); }
static inline long coffer_set_domainname(const char *name, size_t size) {
    return coffer_result(setdomainname(name, size));
}
/// Switches on an interface of the current network namespace. netdevice(7).
long coffer_interface_up(const char *name);
/// Begins to make a network namespace, with its loopback interface up, in a child whose number is returned. Every one that
/// was begun is to be finished. `place` gets the number of a descriptor that is going to be the namespace.
long coffer_start_network(int *place);
/// Waits for that child. The namespace's descriptor, or -ECHILD when there is none; then `place` is closed.
long coffer_finish_network(pid_t pid, int place);

// Mounts and files by descriptor.

static inline long coffer_open_tree(int dir, const char *path, unsigned flags) {
    return coffer_result(open_tree(dir, path, flags | OPEN_TREE_CLOEXEC));
}
static inline long coffer_move_mount_at(int from, int to_dir, const char *to_path, unsigned flags) {
    return coffer_result(move_mount(from, "", to_dir, to_path, flags | MOVE_MOUNT_F_EMPTY_PATH));
}
static inline long coffer_mount_attributes(
    int fd, const char *path, unsigned flags, uint64_t set, uint64_t clear, uint64_t propagation, uint64_t userns) {
    struct mount_attr attributes = {
        .attr_set = set, .attr_clr = clear, .propagation = propagation, .userns_fd = userns };
    return coffer_result(mount_setattr(fd, path, flags, &attributes, sizeof attributes));
}
static inline long coffer_filesystem_open(const char *type) { return coffer_result(fsopen(type, FSOPEN_CLOEXEC)); }
static inline long coffer_filesystem_set(int fd, const char *key, const char *value) {
    return coffer_result(value ? fsconfig(fd, FSCONFIG_SET_STRING, key, value, 0)
                               : fsconfig(fd, FSCONFIG_SET_FLAG, key, NULL, 0));
}
static inline long coffer_filesystem_create(int fd) {
    return coffer_result(fsconfig(fd, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
}
static inline long coffer_filesystem_mount(int fd, unsigned attributes) {
    return coffer_result(fsmount(fd, FSMOUNT_CLOEXEC, attributes));
}
static inline long coffer_mount_call(
    const char *source, const char *target, const char *type, unsigned long flags, const char *data) {
    return coffer_result(mount(source, target, type, flags, data));
}
static inline long coffer_unmount_call(const char *target, int flags) { return coffer_result(umount2(target, flags)); }
static inline long coffer_read_file(int fd, void *buffer, size_t count) {
    long r;
    do r = read(fd, buffer, count); while (r < 0 && errno == EINTR);
    return coffer_result(r);
}
static inline long coffer_write_file(int fd, const void *buffer, size_t count) {
    long r;
    do r = write(fd, buffer, count); while (r < 0 && errno == EINTR);
    return coffer_result(r);
}
static inline long coffer_status_at(int dir, const char *path, int flags, struct stat *status) {
    return coffer_result(fstatat(dir, path, status, flags));
}
static inline int coffer_is_directory(const struct stat *status) { return S_ISDIR(status->st_mode); }
static inline int coffer_is_character_device(const struct stat *status) { return S_ISCHR(status->st_mode); }
static inline int coffer_is_symbolic_link(const struct stat *status) { return S_ISLNK(status->st_mode); }
/// The magic number of the file system that an open file is on. statfs(2).
static inline long coffer_filesystem_type(int fd, int64_t *type) {
    struct statfs status;
    long r = coffer_result(fstatfs(fd, &status));
    *type = r < 0 ? 0 : (int64_t)status.f_type;
    return r;
}
static inline long coffer_filesystem_flags(int fd, int64_t *flags) {
    struct statfs status;
    long r = coffer_result(fstatfs(fd, &status));
    *flags = r < 0 ? 0 : (int64_t)status.f_flags;
    return r;
}
static inline long coffer_filesystem_type_at(const char *path, int64_t *type) {
    struct statfs status;
    long r = coffer_result(statfs(path, &status));
    *type = r < 0 ? 0 : (int64_t)status.f_type;
    return r;
}
static inline long coffer_make_directory_at(int dir, const char *path, mode_t mode) {
    return coffer_result(mkdirat(dir, path, mode));
}
static inline long coffer_make_node_at(int dir, const char *path, mode_t mode, unsigned major_, unsigned minor_) {
    return coffer_result(mknodat(dir, path, mode, makedev(major_, minor_)));
}
static inline long coffer_symbolic_link_at(const char *target, int dir, const char *path) {
    return coffer_result(symlinkat(target, dir, path));
}
static inline long coffer_unlink_at(int dir, const char *path, int flags) {
    return coffer_result(unlinkat(dir, path, flags));
}
static inline long coffer_rename(const char *from, const char *to) { return coffer_result(rename(from, to)); }
static inline long coffer_read_link_at(int dir, const char *path, char *buffer, size_t size) {
    return coffer_result(readlinkat(dir, path, buffer, size));
}
static inline long coffer_change_owner_at(int dir, const char *path, uid_t uid, gid_t gid, int flags) {
    return coffer_result(fchownat(dir, path, uid, gid, flags));
}
static inline long coffer_change_owner(int fd, uid_t uid, gid_t gid) { return coffer_result(fchown(fd, uid, gid)); }
static inline long coffer_change_mode_at(int dir, const char *path, mode_t mode) {
    return coffer_result(fchmodat(dir, path, mode, 0));
}
static inline long coffer_change_directory(const char *path) { return coffer_result(chdir(path)); }
static inline long coffer_change_directory_to(int fd) { return coffer_result(fchdir(fd)); }
static inline long coffer_change_root(const char *path) { return coffer_result(chroot(path)); }
static inline long coffer_current_directory(char *buffer, size_t size) {
    return coffer_result(syscall(SYS_getcwd, buffer, size));
}
static inline long coffer_make_fifo_at(int dir, const char *path, mode_t mode) {
    return coffer_result(mkfifoat(dir, path, mode));
}
static inline long coffer_duplicate_to(int from, int to) { return coffer_result(dup3(from, to, 0)); }
static inline long coffer_poll_one(int fd, short events, int milliseconds) {
    struct pollfd entry = { .fd = fd, .events = events };
    long r = poll(&entry, 1, milliseconds);
    return r < 0 ? -(long)errno : r == 0 ? 0 : entry.revents;
}

// Capabilities, identity, system call filter. Straight to the kernel: libcap and libpsx would broadcast to threads
// that do not exist here, and a capability set is two words.

static inline long coffer_set_capabilities(uint64_t effective, uint64_t permitted, uint64_t inheritable) {
    struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3, .pid = 0 };
    struct __user_cap_data_struct data[2] = {
        { (uint32_t)effective, (uint32_t)permitted, (uint32_t)inheritable },
        { (uint32_t)(effective >> 32), (uint32_t)(permitted >> 32), (uint32_t)(inheritable >> 32) },
    };
    return coffer_result(syscall(SYS_capset, &header, data));
}
static inline long coffer_get_capabilities(uint64_t *effective, uint64_t *permitted, uint64_t *inheritable) {
    struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3, .pid = 0 };
    struct __user_cap_data_struct data[2] = { { 0, 0, 0 }, { 0, 0, 0 } };
    long r = coffer_result(syscall(SYS_capget, &header, data));
    *effective = data[0].effective | (uint64_t)data[1].effective << 32;
    *permitted = data[0].permitted | (uint64_t)data[1].permitted << 32;
    *inheritable = data[0].inheritable | (uint64_t)data[1].inheritable << 32;
    return r;
}
// The raw calls: glibc's would try to change every thread.
static inline long coffer_set_groups(const gid_t *groups, size_t count) {
    return coffer_result(syscall(SYS_setgroups, count, groups));
}
static inline long coffer_set_user_ids(uid_t uid) { return coffer_result(syscall(SYS_setresuid, uid, uid, uid)); }
static inline long coffer_set_group_ids(gid_t gid) { return coffer_result(syscall(SYS_setresgid, gid, gid, gid)); }
/// Installs a filter of `count` 8-byte instructions; the notification descriptor or 0. seccomp(2).
static inline long coffer_install_filter(const void *instructions, unsigned short count, unsigned flags) {
    struct sock_fprog program = { .len = count, .filter = (struct sock_filter *)instructions };
    return coffer_result(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program));
}
/// The row of a system call's name in the table of SystemCalls.c, or -1.
int coffer_system_call(const char *name, size_t length);
/// The number of a row's call on the architecture of a column, or -1 where there is no such call.
long coffer_system_call_number(int call, int architecture);
/// The name of a row, not terminated; NULL beyond the last.
const char *coffer_system_call_name(int call, size_t *length);
/// Loads a BPF_PROG_TYPE_CGROUP_DEVICE program; its descriptor. bpf(2).
long coffer_load_device_program(const void *instructions, unsigned count);
long coffer_attach_device_program(int cgroup, int program, int replaced, unsigned flags);
/// Ids of the device programs of a control group, at most `capacity`; how many there are. bpf(2).
long coffer_query_device_programs(int cgroup, uint32_t *ids, unsigned capacity, unsigned *flags);
long coffer_open_program(uint32_t id);
long coffer_detach_device_program(int cgroup, int program);

// Sockets that carry descriptors, and terminals.

static inline long coffer_socket_pair(int type, int ends[2]) {
    return coffer_result(socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends));
}
/// One message with at most one descriptor (-1 for none). sendmsg(2), unix(7).
long coffer_send_with_descriptor(int socket, const void *bytes, size_t count, int descriptor);
/// One message; `*descriptor` is -1 when none came with it. At most one is accepted.
long coffer_receive_with_descriptor(int socket, void *bytes, size_t count, int *descriptor);
/// A socket that is connected to the one at a path, or with an @ before it to the one of that abstract name. unix(7).
long coffer_connect_unix(const char *path, int type);
/// A socket at a path that gets datagrams; the path must not exist. unix(7).
long coffer_bind_datagrams(const char *path);
static inline long coffer_terminal_peer(int master, int flags) {
    return coffer_result(ioctl(master, TIOCGPTPEER, flags | O_CLOEXEC));
}
static inline long coffer_terminal_unlock(int master) {
    int unlock = 0;
    return coffer_result(ioctl(master, TIOCSPTLCK, &unlock));
}
static inline long coffer_terminal_number(int master) {
    unsigned number = 0;
    long r = ioctl(master, TIOCGPTN, &number);
    return r < 0 ? -(long)errno : (long)number;
}
static inline long coffer_terminal_resize(int terminal, unsigned short rows, unsigned short columns) {
    struct winsize size = { .ws_row = rows, .ws_col = columns };
    return coffer_result(ioctl(terminal, TIOCSWINSZ, &size));
}
static inline long coffer_terminal_control(int terminal) { return coffer_result(ioctl(terminal, TIOCSCTTY, 0)); }
/// All signals arrive on the returned descriptor from now on. signalfd(2).
long coffer_all_signals(void);
/// The next signal's number and sender's pid from such a descriptor, or -errno.
long coffer_next_signal(int fd);
/// Told by control groups of version 1. eventfd(2).
static inline long coffer_event_counter(void) { return coffer_result(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)); }
static inline long coffer_poll_many(struct pollfd *entries, unsigned count, int milliseconds) {
    long r = poll(entries, count, milliseconds);
    return r < 0 ? (errno == EINTR ? 0 : -(long)errno) : r;
}
static inline long coffer_terminal_restore(int terminal, const struct termios *saved) {
    return coffer_result(tcsetattr(terminal, TCSADRAIN, saved));
}
/// Raw mode for the caller's own terminal; the old settings go to `*saved`. termios(3).
long coffer_terminal_raw(int terminal, struct termios *saved);
/// A line feed written by a program stays a line feed: whoever shows the output decides.
long coffer_terminal_clear_newline_translation(int terminal);

#endif
