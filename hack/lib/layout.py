"""Which version of control groups the runtimes are shown: a machine may have both mounted."""
import ctypes, os, subprocess


def is_hybrid():
    """Whether this machine has both versions mounted."""
    return os.path.ismount("/sys/fs/cgroup/unified")


def is_unified():
    """Whether what is mounted is version 2 alone."""
    return os.path.exists("/sys/fs/cgroup/cgroup.controllers")


def enter(version):
    """A mount namespace of this process's own, which shows only version "1" or "2" where both are mounted."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x00020000):
        raise OSError(ctypes.get_errno(), "cannot make a mount namespace")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    if not is_hybrid():
        return
    if version == "1":
        subprocess.run(["umount", "/sys/fs/cgroup/unified"], check=True)
    else:
        subprocess.run(["umount", "-l", "/sys/fs/cgroup"], check=True)
        subprocess.run(["mount", "-t", "cgroup2", "cgroup2", "/sys/fs/cgroup"], check=True)
