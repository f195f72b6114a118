"""A virtual machine with what user-mode Linux lacks: several processors and memory nodes, huge pages, security modules, the
32-bit interface. QEMU without KVM, the distribution's cloud kernel, and a root file system in memory that is made of a
directory; no disk."""
import glob, os, shutil, subprocess, tempfile

# The first program moves everything into a file system that can be left by pivot_root, then runs the job.
INIT = r"""#!/bin/busybox sh
/bin/busybox mkdir -p /bin /proc /sys /dev /run /tmp /root
/bin/busybox --install -s /bin
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb
if [ "$1" != moved ]; then
    mkdir /new && mount -t tmpfs -o mode=755,size=80% tmpfs /new
    for name in *; do [ "$name" = new ] || cp -a "$name" /new/; done
    exec switch_root /new /init moved
fi
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts /dev/shm /dev/mqueue /dev/hugepages
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
mount -t mqueue mqueue /dev/mqueue
mount -t securityfs securityfs /sys/kernel/security
mount -t selinuxfs selinuxfs /sys/fs/selinux 2>/dev/null
mount -t cgroup2 cgroup2 /sys/fs/cgroup
for c in $(cat /sys/fs/cgroup/cgroup.controllers); do echo +$c > /sys/fs/cgroup/cgroup.subtree_control; done
for m in /modules/*; do insmod $m; done
ip link set lo up
hostname qemu
echo 'the job begins'
sh /job
echo "the job has ended with $?"
poweroff -f
"""


def kernel(cache):
    """Downloads and unpacks the newest cloud kernel unless one is there; its image and its modules' directory."""
    os.makedirs(cache, exist_ok=True)
    if not glob.glob(cache + "/tree/boot/vmlinuz-*"):
        found = subprocess.run(["apt-cache", "search", "--names-only", r"^linux-image-6\.12\..*-cloud-amd64$"], check=True,
            stdout=subprocess.PIPE).stdout.decode().split("\n")
        names = sorted((line.split()[0] for line in found if line), key=lambda name: [int(n) for n in
            name.split("-")[2].split("+")[0].split(".")])
        if not names:
            raise SystemExit("no package linux-image-6.12.*-cloud-amd64 is offered; run apt-get update")
        subprocess.run(["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", names[-1]], check=True, cwd=cache,
            stdout=subprocess.DEVNULL)
        subprocess.run(["dpkg-deb", "-x", glob.glob(cache + "/*.deb")[0], cache + "/new"], check=True)
        os.rename(cache + "/new", cache + "/tree")
    image = glob.glob(cache + "/tree/boot/vmlinuz-*")[0]
    return image, glob.glob(cache + "/tree/lib/modules/*/kernel")[0]


def add_module(tree, modules, path):
    """A module for the machine to load, in the order of the calls."""
    os.makedirs(tree + "/modules", exist_ok=True)
    count = len(os.listdir(tree + "/modules"))
    source = glob.glob(f"{modules}/{path}.ko*")[0]
    target = f"{tree}/modules/{count:02}-{os.path.basename(path)}.ko"
    if source.endswith(".xz"):
        with open(target, "wb") as file:
            subprocess.run(["xz", "--decompress", "--stdout", source], check=True, stdout=file)
    else:
        shutil.copy(source, target)


def add_program(tree, program):
    """A program with the libraries that it needs, where they are on this machine."""
    paths = [program]
    listed = subprocess.run(["ldd", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    for line in listed.split("\n"):
        paths += [word for word in line.split() if word.startswith("/")][:1]
    for path in paths:
        os.makedirs(tree + os.path.dirname(path), exist_ok=True)
        shutil.copy(os.path.realpath(path), tree + path)


def run(image, tree, job, seconds, options=(), parameters="", memory="2G"):
    """Boots, runs the shell text `job` and returns what it printed and its status; None for that when the machine ended
    without one. `tree` is a directory of the caller's that becomes the root file system."""
    for name, text in [("init", INIT), ("job", job)]:
        with open(f"{tree}/{name}", "w") as file:
            file.write(text)
        os.chmod(f"{tree}/{name}", 0o755)
    with tempfile.TemporaryDirectory(prefix="coffer-qemu-") as work:
        with open(work + "/root.cpio", "wb") as file:
            names = subprocess.run(["find", ".", "-print0"], cwd=tree, check=True, stdout=subprocess.PIPE).stdout
            subprocess.run(["cpio", "--quiet", "--null", "-o", "-H", "newc"], cwd=tree, input=names, stdout=file, check=True)
        # One thread for all processors: with more, the emulator can execute the kernel's code while that is being patched.
        words = ["qemu-system-x86_64", "-accel", "tcg,thread=single", "-cpu", "max", "-m", memory, "-nographic", "-no-reboot",
            "-nodefaults", "-serial", "file:" + work + "/console", "-kernel", image, "-initrd", work + "/root.cpio",
            "-append", "console=ttyS0 quiet loglevel=1 panic=-1 rdinit=/init " + parameters, *options]
        machine = subprocess.Popen(words, stdin=subprocess.DEVNULL)
        try:
            machine.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            machine.kill()
            machine.wait()
        text = open(work + "/console", errors="replace").read().replace("\r", "")
    text = text.split("the job begins\n", 1)[-1]
    head, mark, tail = text.rpartition("the job has ended with ")
    return (head, int(tail.split()[0])) if mark else (text, None)
