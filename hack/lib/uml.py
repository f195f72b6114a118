"""A virtual machine that needs no KVM and no privilege of the processor: user-mode Linux, a kernel that is an ordinary
process. It has control groups version 2, every namespace and root with all capabilities; one processor, and system calls
that are slow. The machine's disk is made once from the distribution's packages and never changed: every start has a
copy-on-write file of its own."""
import hashlib, os, shutil, subprocess, sys, tempfile

import packages

# On this machine: the kernel, and what makes the disk.
MAKERS = {"linux.uml": "user-mode-linux", "mmdebstrap": "mmdebstrap", "mke2fs": "e2fsprogs"}
# On the disk.
PACKAGES = ["bash", "bats", "buildah", "busybox-static", "conmon", "containerd", "crun", "curl", "e2fsprogs", "gawk",
    "gcc", "iproute2", "iptables", "jq", "kmod", "libc6-dev", "libcap2-bin", "libseccomp-dev", "make", "mount", "procps",
    "podman", "psmisc", "python3", "runc", "strace", "uidmap", "util-linux", "xz-utils"]
# On the disk, once the packages are there. This kernel has address translation for the older tables only.
COMMANDS = ["update-alternatives --quiet --set iptables /usr/sbin/iptables-legacy",
    "update-alternatives --quiet --set ip6tables /usr/sbin/ip6tables-legacy"]
# The first program: what the kernel leaves to user space, then the job, then the end.
INIT = r"""#!/bin/bash
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 TERM=dumb
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev 2>/dev/null || mount -t tmpfs -o mode=755 tmpfs /dev
[ -e /dev/null ] || { mknod -m 666 /dev/null c 1 3; mknod -m 666 /dev/zero c 1 5; mknod -m 666 /dev/full c 1 7;
    mknod -m 666 /dev/random c 1 8; mknod -m 666 /dev/urandom c 1 9; mknod -m 666 /dev/tty c 5 0; mknod -m 600 /dev/console c 5 1; }
ln -snf /proc/self/fd /dev/fd; ln -snf fd/0 /dev/stdin; ln -snf fd/1 /dev/stdout; ln -snf fd/2 /dev/stderr
mkdir -p /dev/pts /dev/shm /dev/mqueue
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts /dev/pts && ln -snf pts/ptmx /dev/ptmx
mount -t tmpfs tmpfs /dev/shm
mount -t mqueue mqueue /dev/mqueue
mount -t tmpfs tmpfs /run
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -t cgroup2 cgroup2 /sys/fs/cgroup
for c in $(cat /sys/fs/cgroup/cgroup.controllers); do echo +$c > /sys/fs/cgroup/cgroup.subtree_control; done
depmod -a 2>/dev/null
for m in overlay bridge veth dummy loop bfq; do modprobe $m 2>/dev/null; done
for m in iptable_nat iptable_filter xt_MASQUERADE xt_comment xt_addrtype xt_mark xt_conntrack; do modprobe $m 2>/dev/null; done
ip link set lo up
hostname uml
mkdir -p /share
share=$(sed 's/.*share=\([^ ]*\).*/\1/' /proc/cmdline)
# Since Linux 6.12 the directory is an option with a name.
mount -t hostfs none /share -o "hostfs=$share" || mount -t hostfs none /share -o "$share"
cd /root
setsid script -qefc 'bash /share/job' /share/output </dev/null >/dev/null 2>&1
echo $? > /share/status
sync
echo o > /proc/sysrq-trigger
sleep 60
"""


def disk(cache):
    """The machine's disk, made if it is not there yet, with what the machine needs here."""
    packages.install(MAKERS)
    digest = hashlib.sha256("\n".join(PACKAGES + COMMANDS + [INIT]).encode()).hexdigest()[:16]
    path = f"{cache}/{digest}.ext4"
    if os.path.exists(path):
        return path
    os.makedirs(cache, exist_ok=True)
    print("making the virtual machine's disk, once", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="coffer-uml-") as work:
        root = work + "/root"
        subprocess.run(["mmdebstrap", "--quiet", "--mode=root", "--variant=apt", "--include=" + ",".join(PACKAGES),
            "bookworm", root], check=True)
        for command in COMMANDS:
            subprocess.run(["chroot", root, *command.split()], check=True)
        os.makedirs(root + "/lib/modules", exist_ok=True)
        shutil.copytree("/usr/lib/uml/modules", root + "/lib/modules", dirs_exist_ok=True, symlinks=True)
        with open(root + "/job-init", "w") as file:
            file.write(INIT)
        os.chmod(root + "/job-init", 0o755)
        os.makedirs(root + "/share", exist_ok=True)
        subprocess.run(["mke2fs", "-q", "-t", "ext4", "-d", root, path + ".new", "6G"], check=True)
    os.rename(path + ".new", path)
    return path


def run(image, share, job, seconds, memory="2G"):
    """Boots, runs the shell text `job` with the directory `share` of this machine at /share, and returns its status, or
    None when the machine ended without one. The job's output is in the share's file `output`."""
    with open(share + "/job", "w") as file:
        file.write(job)
    for name in ["status", "output"]:
        if os.path.exists(f"{share}/{name}"):
            os.remove(f"{share}/{name}")
    with tempfile.TemporaryDirectory(prefix="coffer-uml-") as work:
        words = ["linux.uml", "mem=" + memory, f"ubd0={work}/cow,{image}", "root=/dev/ubda", "rw", "init=/job-init",
            "con=null", "con0=null,fd:1", "quiet", "uml_dir=" + work, "umid=job", "share=" + share]
        with open(share + "/console", "w") as console:
            machine = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=console, stderr=console,
                start_new_session=True, env=dict(os.environ, TMPDIR="/dev/shm" if os.path.isdir("/dev/shm") else work))
            try:
                machine.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                os.killpg(machine.pid, 9)
                machine.wait()
    if not os.path.exists(share + "/status"):
        return None
    return int(open(share + "/status").read())
