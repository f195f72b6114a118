// The one C module of the guest: the names that Swift cannot see (macros with casts, variadic system calls,
// structures behind _GNU_SOURCE). Every wrapper that can fail returns -errno, so that nothing can disturb errno
// between the system call and the reader.
#ifndef COFFER_CLINUX_H
#define COFFER_CLINUX_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/sched.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <linux/openat2.h>

/// The process's arguments as the kernel gave them (Embedded Swift has no CommandLine).
extern int coffer_argc;
extern char **coffer_argv;
// What Start.c has found out about the program's own file, and the descriptor of the view that it runs from, or -1.
extern int coffer_is_read_only;
extern int coffer_view;
extern char **environ;

static inline int coffer_errno(void) { return errno; }
static inline long coffer_result(long r) { return r < 0 ? -(long)errno : r; }

// Variadic or macro-only calls, by name.
static inline long coffer_openat2(int dir, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
    struct open_how how = { .flags = flags, .mode = mode, .resolve = resolve };
    return coffer_result(syscall(SYS_openat2, dir, path, &how, sizeof how));
}
static inline long coffer_open(const char *path, int flags, mode_t mode) {
    return coffer_result(open(path, flags | O_CLOEXEC, mode));
}
static inline long coffer_openat(int dir, const char *path, int flags, mode_t mode) {
    return coffer_result(openat(dir, path, flags | O_CLOEXEC, mode));
}
static inline long coffer_ioctl(int fd, unsigned long request, void *argument) {
    return coffer_result(ioctl(fd, request, argument));
}
static inline long coffer_ioctl_int(int fd, unsigned long request, long argument) {
    return coffer_result(ioctl(fd, request, argument));
}
static inline long coffer_fcntl(int fd, int command, long argument) {
    return coffer_result(fcntl(fd, command, argument));
}
static inline long coffer_prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d) {
    return coffer_result(prctl(option, a, b, c, d));
}
static inline long coffer_pivot_root(const char *root, const char *old) {
    return coffer_result(syscall(SYS_pivot_root, root, old));
}
static inline long coffer_finit_module(int fd, const char *parameters, int flags) {
    return coffer_result(syscall(SYS_finit_module, fd, parameters, flags));
}
static inline long coffer_pidfd_open(pid_t pid, unsigned flags) {
    return coffer_result(syscall(SYS_pidfd_open, pid, flags));
}
static inline long coffer_pidfd_send_signal(int pidfd, int signal) {
    return coffer_result(syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0));
}
static inline long coffer_pidfd_getfd(int pidfd, int fd) {
    return coffer_result(syscall(SYS_pidfd_getfd, pidfd, fd, 0));
}
static inline long coffer_close_range(unsigned first, unsigned last, unsigned flags) {
    return coffer_result(syscall(SYS_close_range, first, last, flags));
}
static inline long coffer_memfd_create(const char *name, unsigned flags) {
    return coffer_result(syscall(SYS_memfd_create, name, flags));
}

static inline int coffer_wifexited(int status) { return WIFEXITED(status); }
static inline int coffer_wexitstatus(int status) { return WEXITSTATUS(status); }
static inline int coffer_wifsignaled(int status) { return WIFSIGNALED(status); }
static inline int coffer_wtermsig(int status) { return WTERMSIG(status); }

// Boot and storage: mounts, modules, netlink, vsock, entropy.

static inline long coffer_mount(
    const char *source, const char *target, const char *type, unsigned long flags, const void *data) {
    return coffer_result(mount(source, target, type, flags, data));
}
static inline long coffer_umount(const char *target, int flags) { return coffer_result(umount2(target, flags)); }
static inline long coffer_fsopen(const char *type) { return coffer_result(fsopen(type, FSOPEN_CLOEXEC)); }
static inline long coffer_fsconfig_string(int fd, const char *key, const char *value) {
    return coffer_result(fsconfig(fd, FSCONFIG_SET_STRING, key, value, 0));
}
static inline long coffer_fsconfig_flag(int fd, const char *key) {
    return coffer_result(fsconfig(fd, FSCONFIG_SET_FLAG, key, NULL, 0));
}
static inline long coffer_fsconfig_create(int fd) {
    return coffer_result(fsconfig(fd, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
}
static inline long coffer_fsmount(int fd, unsigned attributes) {
    return coffer_result(fsmount(fd, FSMOUNT_CLOEXEC, attributes));
}
static inline long coffer_move_mount_to(int fd, const char *target) {
    return coffer_result(move_mount(fd, "", AT_FDCWD, target, MOVE_MOUNT_F_EMPTY_PATH));
}
static inline long coffer_mkdir(const char *path, mode_t mode) { return coffer_result(mkdir(path, mode)); }
static inline long coffer_rmdir(const char *path) { return coffer_result(rmdir(path)); }
static inline long coffer_unlink(const char *path) { return coffer_result(unlink(path)); }
static inline long coffer_symlink(const char *target, const char *path) {
    return coffer_result(symlink(target, path));
}
static inline long coffer_read(int fd, void *buffer, size_t count) { return coffer_result(read(fd, buffer, count)); }
static inline long coffer_pread(int fd, void *buffer, size_t count, off_t offset) {
    return coffer_result(pread(fd, buffer, count, offset));
}
static inline long coffer_write(int fd, const void *buffer, size_t count) {
    return coffer_result(write(fd, buffer, count));
}
static inline long coffer_pwrite(int fd, const void *buffer, size_t count, off_t offset) {
    return coffer_result(pwrite(fd, buffer, count, offset));
}
static inline long coffer_stat(const char *path, struct stat *status) { return coffer_result(stat(path, status)); }
static inline long coffer_fstat(int fd, struct stat *status) { return coffer_result(fstat(fd, status)); }
static inline int coffer_is_block_device(const struct stat *status) { return S_ISBLK(status->st_mode); }
static inline long coffer_setrlimit(int resource, uint64_t soft, uint64_t hard) {
    struct rlimit limit = { .rlim_cur = soft, .rlim_max = hard };
    return coffer_result(setrlimit(resource, &limit));
}
static inline long coffer_reboot(int command) { return coffer_result(reboot(command)); }
static inline long coffer_mlock(const void *address, size_t size) { return coffer_result(mlock(address, size)); }
static inline long coffer_getrandom(void *buffer, size_t size) {
    return coffer_result(syscall(SYS_getrandom, buffer, size, 0));
}

/// A connected AF_VSOCK stream socket, or -errno. vsock(7).
static inline long coffer_vsock_connect(uint32_t cid, uint32_t port) {
    struct sockaddr_vm address = { .svm_family = AF_VSOCK, .svm_cid = cid, .svm_port = port };
    int fd = socket(AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -(long)errno;
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
        long error = -(long)errno;
        close(fd);
        return error;
    }
    return fd;
}
/// A listening AF_VSOCK stream socket on any of this machine's addresses, or -errno. vsock(7).
static inline long coffer_vsock_listen(uint32_t port, int backlog) {
    struct sockaddr_vm address = { .svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_ANY, .svm_port = port };
    int fd = socket(AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -(long)errno;
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, backlog) < 0) {
        long error = -(long)errno;
        close(fd);
        return error;
    }
    return fd;
}
/// The context id of the peer of a connected AF_VSOCK socket, or -errno.
static inline long coffer_vsock_peer(int fd) {
    struct sockaddr_vm address;
    socklen_t size = sizeof address;
    if (getpeername(fd, (struct sockaddr *)&address, &size) < 0) return -(long)errno;
    return (long)address.svm_cid;
}
static inline long coffer_accept(int fd, int flags) { return coffer_result(accept4(fd, NULL, NULL, flags)); }

/// A routing netlink socket with extended acknowledgements, or -errno. netlink(7), rtnetlink(7).
static inline long coffer_netlink_route(void) {
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0 /* NETLINK_ROUTE */);
    return coffer_result(fd);
}
static inline long coffer_send(int fd, const void *buffer, size_t size) {
    return coffer_result(send(fd, buffer, size, MSG_NOSIGNAL));
}
static inline long coffer_receive(int fd, void *buffer, size_t size) {
    return coffer_result(recv(fd, buffer, size, 0));
}

/// One 64-bit number from the CPU's RDSEED (or RDRAND), 1 on success, 0 when the CPU has neither or gave up.
int coffer_cpu_random(uint64_t *value);

/// The address of a UNIX socket at a path: its size, or -ENAMETOOLONG. unix(7).
static inline long coffer_unix_address(const char *path, struct sockaddr_un *address) {
    size_t length = strlen(path);
    if (length >= sizeof address->sun_path) return -ENAMETOOLONG;
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    memcpy(address->sun_path, path, length + 1);
    return sizeof *address;
}

/// The descriptor, or after a failed call -errno; then it is closed.
static inline long coffer_or_close(int fd, int result) {
    if (result >= 0) return fd;
    long error = -(long)errno;
    close(fd);
    return error;
}

#include "CLinuxContainers.h"
#include "CofferAttestation.h"
#include "CofferLoop.h"
#include "CofferPlugin.h"

#endif
