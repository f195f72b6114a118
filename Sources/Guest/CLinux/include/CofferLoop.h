// What the event loop and the stream relays need; included by CLinux.h. Every wrapper returns -errno on failure.
#ifndef COFFER_LOOP_H
#define COFFER_LOOP_H

static inline long coffer_epoll_create(void) { return coffer_result(epoll_create1(EPOLL_CLOEXEC)); }
static inline long coffer_signalfd(const sigset_t *set) {
    return coffer_result(signalfd(-1, set, SFD_CLOEXEC | SFD_NONBLOCK));
}
static inline long coffer_set_nonblocking(int fd) {
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0) return -(long)errno;
    return coffer_result(fcntl(fd, F_SETFL, flags | O_NONBLOCK));
}
static inline long coffer_set_blocking(int fd) {
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0) return -(long)errno;
    return coffer_result(fcntl(fd, F_SETFL, flags & ~O_NONBLOCK));
}
static inline long coffer_set_receive_timeout(int fd, long seconds) {
    struct timeval limit = { .tv_sec = seconds, .tv_usec = 0 };
    return coffer_result(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit));
}
static inline long coffer_loop_read(int fd, void *buffer, size_t count) {
    return coffer_result(read(fd, buffer, count));
}
// Pipes raise SIGPIPE, which PID 1 ignores; sockets are told not to.
static inline long coffer_loop_write(int fd, const void *buffer, size_t count) {
    long sent = send(fd, buffer, count, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == ENOTSOCK) sent = write(fd, buffer, count);
    return coffer_result(sent);
}
static inline long coffer_shutdown(int fd, int how) { return coffer_result(shutdown(fd, how)); }
static inline long coffer_pipe(int ends[2]) { return coffer_result(pipe2(ends, O_CLOEXEC)); }
static inline long coffer_socketpair(int ends[2]) {
    return coffer_result(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
}
static inline long coffer_duplicate(int fd) { return coffer_result(fcntl(fd, F_DUPFD_CLOEXEC, 3)); }
static inline long coffer_ignore_signal(int number) {
    return signal(number, SIG_IGN) == SIG_ERR ? -(long)errno : 0;
}
static inline long coffer_set_terminal_size(int fd, unsigned short rows, unsigned short columns) {
    struct winsize size = { .ws_row = rows, .ws_col = columns };
    return coffer_result(ioctl(fd, TIOCSWINSZ, &size));
}
static inline long coffer_terminal_size(int fd, unsigned short *rows, unsigned short *columns) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return -(long)errno;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return 0;
}

#endif
