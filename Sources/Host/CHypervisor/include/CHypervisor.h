// The host's few C names: descriptor passing (cmsg macros), atomics on memory shared with a guest, and starting a
// child that dies with its parent. Every call that can fail returns -errno.
#ifndef COFFER_CHYPERVISOR_H
#define COFFER_CHYPERVISOR_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Receives up to `size` bytes and up to `capacity` descriptors (close-on-exec) from a unix stream socket.
/// Returns the byte count; `*count` is the number of descriptors stored. recvmsg(2), unix(7).
long coffer_receive_with_descriptors(int socket, void *bytes, size_t size, int *descriptors, int capacity, int *count);

/// Sends all-or-part of `bytes` with `count` descriptors attached. Returns the byte count. sendmsg(2), unix(7).
long coffer_send_with_descriptors(int socket, const void *bytes, size_t size, const int *descriptors, int count);

/// Starts `path` in its own session with standard streams `input`, `output`, `error`; every other descriptor is
/// closed. When `bound` is set the child gets SIGKILL when the calling *thread* ends, so call it from a thread that
/// waits for the child. Returns the pid. fork(2), prctl(2) PR_SET_PDEATHSIG.
long coffer_spawn(
    const char *path, char *const argv[], char *const envp[], int input, int output, int error, int bound);

/// An anonymous file in memory, close-on-exec. memfd_create(2).
long coffer_anonymous_file(const char *name, uint64_t size);

/// A counter to wake a poll with: close-on-exec, non-blocking. eventfd(2).
long coffer_event_counter(void);

/// Accepts a connection, close-on-exec. accept4(2).
long coffer_accept(int socket);

/// Reads the terminal's size; rows and columns. ioctl_tty(2).
long coffer_terminal_size(int fd, uint16_t *rows, uint16_t *columns);

/// A 16-bit little-endian load that later reads cannot overtake.
static inline uint16_t coffer_load_acquire_16(const void *p) {
    return __atomic_load_n((const uint16_t *)p, __ATOMIC_ACQUIRE);
}
/// A 16-bit little-endian store that earlier writes cannot fall behind.
static inline void coffer_store_release_16(void *p, uint16_t value) {
    __atomic_store_n((uint16_t *)p, value, __ATOMIC_RELEASE);
}
/// A full barrier between publishing a used entry and reading the driver's flags.
static inline void coffer_full_fence(void) { __atomic_thread_fence(__ATOMIC_SEQ_CST); }

#endif
