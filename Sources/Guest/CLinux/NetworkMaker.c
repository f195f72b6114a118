// A network namespace takes longer to make than everything else of a container together, and all of that is the kernel's
// time: a child makes it while this process goes on.
//
// A child and no thread, although that would be made sooner: the pages of a process that runs on two processors at once
// cost an interrupt of the other one with every copy after a fork, and the container's first process is forked meanwhile.
#include "CLinux.h"

#include <linux/sockios.h>

// What the child's status says of the descriptor, which is one of its parent's as well: the number and one, or 0.
static int make_network(void) {
    if (unshare(CLONE_NEWNET) < 0) return 0;
    struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP };
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return 0;
    int result = ioctl(fd, SIOCSIFFLAGS, &request);
    if (result >= 0) result = ioctl(fd, SIOCGSKNS);
    close(fd);
    return result >= 0 && result < 255 ? result + 1 : 0;
}

long coffer_start_network(void) {
    struct clone_args arguments = { .flags = CLONE_FILES };
    long pid = coffer_result(syscall(SYS_clone3, &arguments, sizeof arguments));
    if (pid == 0) _exit(make_network());
    return pid;
}

long coffer_finish_network(pid_t pid) {
    int status;
    long result = coffer_wait_pid(pid, &status, __WCLONE);
    if (result < 0) return result;
    return WIFEXITED(status) && WEXITSTATUS(status) > 0 ? WEXITSTATUS(status) - 1 : -ECHILD;
}
