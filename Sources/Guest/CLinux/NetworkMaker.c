// A network namespace takes longer to make than everything else of a container together, and all of that is the kernel's
// time: a child makes it while this process goes on.
//
// A child and no thread, although that would be made sooner: the pages of a process that runs on two processors at once
// cost an interrupt of the other one with every copy after a fork, and the container's first process is forked meanwhile.
#include "CLinux.h"

#include <linux/sockios.h>

// Whether it was made and is at `place`, a number that is the child's and its parent's.
static int make_network(int place) {
    if (unshare(CLONE_NEWNET) < 0) return 0;
    struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP };
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return 0;
    int made = ioctl(fd, SIOCSIFFLAGS, &request) < 0 ? -1 : ioctl(fd, SIOCGSKNS);
    close(fd);
    if (made < 0) return 0;
    int moved = dup3(made, place, O_CLOEXEC);
    close(made);
    return moved == place;
}

long coffer_start_network(int *place) {
    struct clone_args arguments = { .flags = CLONE_FILES };
    long made = coffer_result(eventfd(0, EFD_CLOEXEC));
    if (made < 0) return made;
    *place = (int)made;
    long pid = coffer_result(syscall(SYS_clone3, &arguments, sizeof arguments));
    if (pid == 0) _exit(make_network(*place) ? 0 : 1);
    if (pid < 0) close(*place);
    return pid;
}

long coffer_finish_network(pid_t pid, int place) {
    int status;
    long result = coffer_wait_pid(pid, &status, __WCLONE);
    if (result >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return place;
    close(place);
    return result < 0 ? result : -ECHILD;
}
