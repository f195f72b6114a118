// The policy plugin's child process; included by CLinux.h.
#ifndef COFFER_PLUGIN_H
#define COFFER_PLUGIN_H

/// Where the child's preparation failed; the order is the order of the steps.
enum coffer_plugin_step {
    COFFER_PLUGIN_FORK = 1,
    COFFER_PLUGIN_DESCRIPTORS,
    COFFER_PLUGIN_NAMESPACES,
    COFFER_PLUGIN_LIMITS,
    COFFER_PLUGIN_CREDENTIALS,
    COFFER_PLUGIN_NO_NEW_PRIVILEGES,
    COFFER_PLUGIN_SECCOMP,
    COFFER_PLUGIN_EXEC,
};

/// Runs the executable in `image` with `channel` as its descriptors 0 and 1 and nothing else: no other descriptor,
/// no network, no name space of ours, no privilege, and a system call filter that allows reading, writing, waiting
/// for memory and ending. Returns 0 and fills pid and pidfd, or -errno with *step set.
long coffer_plugin_spawn(int image, int channel, uint64_t memory_limit, int *pid, int *pidfd, int *step);

/// Makes a memfd's contents final: nobody can write, grow, shrink or unseal it. fcntl(2), file sealing.
static inline long coffer_seal(int fd) {
    return coffer_result(fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE));
}
static inline long coffer_seals(int fd) { return coffer_result(fcntl(fd, F_GET_SEALS)); }
static inline long coffer_sealable_memory(const char *name) {
    return coffer_result(syscall(SYS_memfd_create, name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
}
/// Waits until the descriptor can be read (or written): 1 ready, 0 time-out, or -errno. poll(2).
static inline long coffer_wait_ready(int fd, int writing, int milliseconds) {
    struct pollfd entry = { .fd = fd, .events = writing ? POLLOUT : POLLIN };
    return coffer_result(poll(&entry, 1, milliseconds));
}

#endif
