// The policy plugin's child process: everything between fork and execveat, in C, with system calls only.
#include "CLinux.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

// The child's descriptors while it prepares itself.
enum { IMAGE = 3, STATUS = 4 };

// The filter, as data. What is not named here kills the process.
//
// The second group is what a static executable needs to start: its thread pointer, its stack limit, random numbers.
// The third group may fail without harm. execveat works once, on the image that it closes.
#define NUMBER offsetof(struct seccomp_data, nr)
#define ARGUMENT(n) (offsetof(struct seccomp_data, args) + 8 * (n))
#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define FAIL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS)
#define ALLOW_CALL(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), ALLOW
#define FAIL_CALL(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), FAIL
// The call's argument has none of these bits, else the process dies.
#define WITHOUT_BITS(name, n, bits)                                                                                   \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 4), LOAD(ARGUMENT(n)),                                         \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, 1), KILL, ALLOW

static const struct sock_filter filter[] = {
    LOAD(offsetof(struct seccomp_data, arch)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
    KILL,
    LOAD(NUMBER),

    ALLOW_CALL(read),
    ALLOW_CALL(write),
    ALLOW_CALL(futex),
    ALLOW_CALL(brk),
    ALLOW_CALL(munmap),
    ALLOW_CALL(rt_sigreturn),
    ALLOW_CALL(exit),
    ALLOW_CALL(exit_group),

    ALLOW_CALL(set_tid_address),
    ALLOW_CALL(set_robust_list),
    ALLOW_CALL(rseq),
    // Dictionaries seed their hashes; without it the C library would try to open /dev/urandom and die.
    ALLOW_CALL(getrandom),

    FAIL_CALL(readlink),
    FAIL_CALL(readlinkat),
    FAIL_CALL(clock_gettime),
    FAIL_CALL(newfstatat),
    FAIL_CALL(fstat),
    FAIL_CALL(ioctl),
    FAIL_CALL(mremap),
    FAIL_CALL(madvise),

    // Memory: anonymous only, and never executable.
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 0, 7),
    LOAD(ARGUMENT(3)),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, MAP_ANONYMOUS, 1, 0),
    KILL,
    LOAD(ARGUMENT(2)),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),
    KILL,
    ALLOW,
    WITHOUT_BITS(mprotect, 2, PROT_EXEC),

    // arch_prctl(ARCH_SET_FS).
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_arch_prctl, 0, 4),
    LOAD(ARGUMENT(0)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x1002, 0, 1),
    ALLOW,
    KILL,

    // prlimit64 that only asks.
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prlimit64, 0, 6),
    LOAD(ARGUMENT(2)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3),
    LOAD(ARGUMENT(2) + 4),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
    ALLOW,
    KILL,

    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_execveat, 0, 5),
    LOAD(ARGUMENT(0)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IMAGE, 0, 3),
    LOAD(ARGUMENT(4)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AT_EMPTY_PATH, 0, 1),
    ALLOW,
    KILL,
};

struct report {
    int step;
    int error;
};

static void fail(int step) {
    struct report report = { .step = step, .error = errno };
    if (write(STATUS, &report, sizeof report) < 0) _exit(126);
    _exit(127);
}

// Puts the descriptors where the filter expects them, and closes all others.
static void arrange(int image, int channel, int status) {
    int high_image = fcntl(image, F_DUPFD_CLOEXEC, 16);
    int high_channel = fcntl(channel, F_DUPFD_CLOEXEC, 16);
    int high_status = fcntl(status, F_DUPFD_CLOEXEC, 16);
    // Without a status descriptor nobody can be told; the parent sees an early end.
    if (high_status < 0 || dup3(high_status, STATUS, O_CLOEXEC) < 0) _exit(126);
    if (high_image < 0 || high_channel < 0 || dup3(high_image, IMAGE, O_CLOEXEC) < 0 || dup2(high_channel, 0) < 0
        || dup2(high_channel, 1) < 0 || syscall(SYS_close_range, 5, ~0U, 0) < 0)
        fail(COFFER_PLUGIN_DESCRIPTORS);
    close(2);
}

static void limit(uint64_t memory_limit) {
    const struct {
        int resource;
        uint64_t value;
    } limits[] = {
        { RLIMIT_AS, memory_limit }, { RLIMIT_CORE, 0 }, { RLIMIT_FSIZE, 0 }, { RLIMIT_MEMLOCK, 0 },
        { RLIMIT_NOFILE, 8 },
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit both = { .rlim_cur = limits[i].value, .rlim_max = limits[i].value };
        if (setrlimit(limits[i].resource, &both) < 0) fail(COFFER_PLUGIN_LIMITS);
    }
}

static void become_nobody(void) {
    if (geteuid() != 0) return;
    if (setgroups(0, NULL) < 0 || setresgid(65534, 65534, 65534) < 0 || setresuid(65534, 65534, 65534) < 0)
        fail(COFFER_PLUGIN_CREDENTIALS);
}

static void child(int image, int channel, int status, uint64_t memory_limit) {
    static const char *const argv[] = { "policy-plugin", NULL };
    static const char *const none[] = { NULL };
    const struct sock_fprog program = {
        .len = sizeof filter / sizeof *filter,
        .filter = (struct sock_filter *)filter,
    };
    sigset_t no_signals;
    arrange(image, channel, status);
    // Needs privileges, so BEFORE they are given up. Without any (a developer's test run) the filter alone stands.
    if (geteuid() == 0 && unshare(CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS) < 0)
        fail(COFFER_PLUGIN_NAMESPACES);
    limit(memory_limit);
    become_nobody();
    sigemptyset(&no_signals);
    sigprocmask(SIG_SETMASK, &no_signals, NULL);
    signal(SIGPIPE, SIG_DFL);
    // AFTER the change of user, which clears it: the plugin does not outlive PID 1.
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) fail(COFFER_PLUGIN_NO_NEW_PRIVILEGES);
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0) fail(COFFER_PLUGIN_SECCOMP);
    syscall(SYS_execveat, IMAGE, "", argv, none, AT_EMPTY_PATH);
    fail(COFFER_PLUGIN_EXEC);
}

long coffer_plugin_spawn(int image, int channel, uint64_t memory_limit, int *pid, int *pidfd, int *step) {
    int status[2];
    struct report report;
    long result;
    *step = COFFER_PLUGIN_FORK;
    if (pipe2(status, O_CLOEXEC) < 0) return -(long)errno;
    pid_t made = fork();
    if (made == 0) child(image, channel, status[1], memory_limit);
    result = made < 0 ? -(long)errno : 0;
    close(status[1]);
    if (made > 0) {
        *pid = made;
        result = coffer_pidfd_open(made, 0);
        *pidfd = (int)result;
        // The status pipe closes itself when execveat succeeds.
        ssize_t got;
        do got = read(status[0], &report, sizeof report);
        while (got < 0 && errno == EINTR);
        if (result >= 0 && got == (ssize_t)sizeof report) {
            *step = report.step;
            result = -(long)report.error;
        } else if (result >= 0) {
            result = 0;
        }
        if (result < 0) {
            kill(made, SIGKILL);
            waitpid(made, NULL, 0);
            if (*pidfd >= 0) close(*pidfd);
        }
    }
    close(status[0]);
    return result;
}
