#include "CLinux.h"

long coffer_clone3(uint64_t flags, int exit_signal, int cgroup, int *pidfd) {
    struct clone_args arguments;
    memset(&arguments, 0, sizeof arguments);
    arguments.flags = flags | CLONE_PIDFD;
    arguments.pidfd = (uint64_t)(uintptr_t)pidfd;
    arguments.exit_signal = (uint64_t)exit_signal;
    if (cgroup >= 0) {
        arguments.flags |= CLONE_INTO_CGROUP;
        arguments.cgroup = (uint64_t)cgroup;
    }
    return coffer_result(syscall(SYS_clone3, &arguments, sizeof arguments));
}

long coffer_clone_sibling(uint64_t flags) {
    struct clone_args arguments;
    memset(&arguments, 0, sizeof arguments);
    arguments.flags = flags | CLONE_PARENT;
    return coffer_result(syscall(SYS_clone3, &arguments, sizeof arguments));
}

// What is ignored is in /proc/self/status; without it, all signals are asked for one by one.
uint64_t coffer_ignored_signals(void) {
    char text[4096];
    int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return ~(uint64_t)0;
    long size = read(fd, text, sizeof text - 1);
    close(fd);
    if (size <= 0) return ~(uint64_t)0;
    text[size] = 0;
    const char *line = strstr(text, "\nSigIgn:");
    return line ? strtoull(line + 8, NULL, 16) : ~(uint64_t)0;
}

int coffer_is_pause(void) {
    return coffer_argument_count() == 1 && strcmp(coffer_argument(0), "coffer-pod") == 0;
}

void coffer_pause(void) {
    // Not to be traced by a container whose user has the same number. SIGCHLD is ignored since before execve, so that
    // the kernel reaps what is adopted here.
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    prctl(PR_SET_NAME, "pause", 0, 0, 0);
    for (;;) pause();
}

static void end_on_signal(int number) { _exit(128 + number); }

void coffer_end_on_signals(void) {
    static const int numbers[] = { SIGTERM, SIGINT, SIGHUP, SIGQUIT };
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = end_on_signal;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
}

void coffer_reset_signals(uint64_t ignored) {
    struct sigaction standard;
    memset(&standard, 0, sizeof standard);
    // Handlers of this program's own go with execve; what it inherited as ignored would stay ignored.
    for (int number = 1; number < NSIG; number++) {
        if (number != SIGKILL && number != SIGSTOP && ignored >> (number - 1) & 1) sigaction(number, &standard, NULL);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

long coffer_interface_up(const char *name) {
    struct ifreq request;
    memset(&request, 0, sizeof request);
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -(long)errno;
    // Of a new interface's flags none can be changed but this one.
    request.ifr_flags = IFF_UP;
    long result = coffer_result(ioctl(fd, SIOCSIFFLAGS, &request));
    close(fd);
    return result;
}

static long bpf_call(int command, union bpf_attr *attributes) {
    return coffer_result(syscall(SYS_bpf, command, attributes, sizeof *attributes));
}

long coffer_load_device_program(const void *instructions, unsigned count) {
    static const char license[] = "GPL";
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
    attributes.insns = (uint64_t)(uintptr_t)instructions;
    attributes.insn_cnt = count;
    attributes.license = (uint64_t)(uintptr_t)license;
    return bpf_call(BPF_PROG_LOAD, &attributes);
}

long coffer_attach_device_program(int cgroup, int program, int replaced, unsigned flags) {
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.target_fd = (uint32_t)cgroup;
    attributes.attach_bpf_fd = (uint32_t)program;
    attributes.attach_type = BPF_CGROUP_DEVICE;
    attributes.attach_flags = flags;
    if (replaced >= 0) {
        attributes.attach_flags |= BPF_F_REPLACE;
        attributes.replace_bpf_fd = (uint32_t)replaced;
    }
    return bpf_call(BPF_PROG_ATTACH, &attributes);
}

long coffer_query_device_programs(int cgroup, uint32_t *ids, unsigned capacity, unsigned *flags) {
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.query.target_fd = (uint32_t)cgroup;
    attributes.query.attach_type = BPF_CGROUP_DEVICE;
    attributes.query.prog_ids = (uint64_t)(uintptr_t)ids;
    attributes.query.prog_cnt = capacity;
    long result = bpf_call(BPF_PROG_QUERY, &attributes);
    *flags = attributes.query.attach_flags;
    return result < 0 ? result : (long)attributes.query.prog_cnt;
}

long coffer_open_program(uint32_t id) {
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.prog_id = id;
    return bpf_call(BPF_PROG_GET_FD_BY_ID, &attributes);
}

long coffer_detach_device_program(int cgroup, int program) {
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.target_fd = (uint32_t)cgroup;
    attributes.attach_bpf_fd = (uint32_t)program;
    attributes.attach_type = BPF_CGROUP_DEVICE;
    return bpf_call(BPF_PROG_DETACH, &attributes);
}

long coffer_send_with_descriptor(int socket, const void *bytes, size_t count, int descriptor) {
    struct iovec part = { .iov_base = (void *)bytes, .iov_len = count };
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message;
    memset(&message, 0, sizeof message);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (descriptor >= 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.space;
        message.msg_controllen = sizeof control.space;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
    }
    long result;
    do result = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (result < 0 && errno == EINTR);
    return coffer_result(result);
}

long coffer_receive_with_descriptor(int socket, void *bytes, size_t count, int *descriptor) {
    struct iovec part = { .iov_base = bytes, .iov_len = count };
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message;
    memset(&message, 0, sizeof message);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.space;
    message.msg_controllen = sizeof control.space;
    *descriptor = -1;
    long result;
    do result = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (result < 0 && errno == EINTR);
    if (result < 0) return -(long)errno;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header))
        if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS
            && header->cmsg_len == CMSG_LEN(sizeof(int)))
            memcpy(descriptor, CMSG_DATA(header), sizeof(int));
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
        if (*descriptor >= 0) close(*descriptor);
        *descriptor = -1;
        return -EMSGSIZE;
    }
    return result;
}

long coffer_connect_unix(const char *path, int type) {
    struct sockaddr_un address;
    long size = coffer_unix_address(path, &address);
    if (size < 0) return size;
    if (path[0] == '@') {
        // Of an abstract name the end is where the address ends.
        address.sun_path[0] = 0;
        size = (long)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
    }
    int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    if (fd < 0) return -(long)errno;
    return coffer_or_close(fd, connect(fd, (struct sockaddr *)&address, (socklen_t)size));
}

long coffer_bind_datagrams(const char *path) {
    struct sockaddr_un address;
    long size = coffer_unix_address(path, &address);
    if (size < 0) return size;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -(long)errno;
    return coffer_or_close(fd, bind(fd, (struct sockaddr *)&address, (socklen_t)size));
}

long coffer_terminal_raw(int terminal, struct termios *saved) {
    if (tcgetattr(terminal, saved) < 0) return -(long)errno;
    struct termios raw = *saved;
    cfmakeraw(&raw);
    return coffer_result(tcsetattr(terminal, TCSANOW, &raw));
}

long coffer_terminal_clear_newline_translation(int terminal) {
    struct termios settings;
    if (tcgetattr(terminal, &settings) < 0) return -(long)errno;
    settings.c_oflag &= ~(tcflag_t)ONLCR;
    return coffer_result(tcsetattr(terminal, TCSANOW, &settings));
}

long coffer_all_signals(void) {
    sigset_t all;
    sigfillset(&all);
    if (sigprocmask(SIG_BLOCK, &all, NULL) < 0) return -(long)errno;
    return coffer_result(signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK));
}

long coffer_next_signal(int fd) {
    struct signalfd_siginfo information;
    long count = read(fd, &information, sizeof information);
    if (count < 0) return -(long)errno;
    return count == sizeof information ? (long)information.ssi_signo : -EIO;
}
