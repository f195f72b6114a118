#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CHypervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_DESCRIPTORS 32

long coffer_receive_with_descriptors(int socket, void *bytes, size_t size, int *descriptors, int capacity, int *count) {
    union {
        char space[CMSG_SPACE(MAX_DESCRIPTORS * sizeof(int))];
        struct cmsghdr align;
    } control;
    struct iovec vector = { .iov_base = bytes, .iov_len = size };
    struct msghdr message = {
        .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control.space, .msg_controllen = sizeof control.space,
    };
    ssize_t received;
    *count = 0;
    do {
        received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (received < 0 && errno == EINTR);
    if (received < 0) return -(long)errno;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
        size_t total = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < total; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
            // A descriptor nobody asked for must not stay open.
            if (*count < capacity) descriptors[(*count)++] = fd; else close(fd);
        }
    }
    return received;
}

long coffer_send_with_descriptors(int socket, const void *bytes, size_t size, const int *descriptors, int count) {
    union {
        char space[CMSG_SPACE(MAX_DESCRIPTORS * sizeof(int))];
        struct cmsghdr align;
    } control;
    struct iovec vector = { .iov_base = (void *)bytes, .iov_len = size };
    struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1 };
    if (count < 0 || count > MAX_DESCRIPTORS) return -EINVAL;
    if (count > 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.space;
        message.msg_controllen = CMSG_SPACE((size_t)count * sizeof(int));
        struct cmsghdr *c = CMSG_FIRSTHDR(&message);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN((size_t)count * sizeof(int));
        memcpy(CMSG_DATA(c), descriptors, (size_t)count * sizeof(int));
    }
    ssize_t sent;
    do {
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? -(long)errno : sent;
}

long coffer_spawn(
    const char *path, char *const argv[], char *const envp[], int input, int output, int error, int bound) {
    pid_t parent = getpid();
    pid_t child = fork();
    if (child < 0) return -(long)errno;
    if (child > 0) return child;
    // Only async-signal-safe calls from here: the parent has other threads.
    if (bound) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(127);
    }
    setsid();
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    int streams[3];
    int given[3] = { input, output, error };
    // First out of the way of 0..2, so that one given stream cannot overwrite another.
    for (int i = 0; i < 3; i++) {
        streams[i] = fcntl(given[i], F_DUPFD, 3);
        if (streams[i] < 0) _exit(127);
    }
    for (int i = 0; i < 3; i++) {
        if (dup2(streams[i], i) < 0) _exit(127);
    }
    syscall(SYS_close_range, 3, ~0U, 0);
    execve(path, argv, envp);
    _exit(127);
}

long coffer_anonymous_file(const char *name, uint64_t size) {
    int fd = memfd_create(name, MFD_CLOEXEC);
    if (fd < 0) return -(long)errno;
    if (ftruncate(fd, (off_t)size) < 0) {
        long failure = -(long)errno;
        close(fd);
        return failure;
    }
    return fd;
}

long coffer_terminal_size(int fd, uint16_t *rows, uint16_t *columns) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return -(long)errno;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return 0;
}

long coffer_event_counter(void) {
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return fd < 0 ? -(long)errno : fd;
}

long coffer_accept(int socket) {
    int fd = accept4(socket, NULL, NULL, SOCK_CLOEXEC);
    return fd < 0 ? -(long)errno : fd;
}
