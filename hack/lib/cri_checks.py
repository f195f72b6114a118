"""What is asked of containerd by its Container Runtime Interface, and what must come back: the checks of
hack/conformance cri."""
import json, os, re, subprocess, sys, time

import cri

POD, OWN, NODE, TARGET = range(4)
DEFAULT, UNCONFINED, LOCALHOST = range(3)
IMAGE = "localhost/box:1"
HIDDEN = ["/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/sched_debug", "/sys/firmware"]
FIXED = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]


class Skip(Exception):
    """Why a check cannot run here."""


class Bench:
    """Pods and containers of one runtime; what a check made is removed after it."""

    def __init__(self, client, handler, work):
        self.client, self.handler, self.work, self.count, self.pods = client, handler, work, 0, {}

    def pod(self, network=POD, pid=OWN, ipc=POD, security=None, **fields):
        self.count += 1
        security = {"namespaces": {"network": network, "pid": pid, "ipc": ipc}, **(security or {})}
        linux = {"security": security, **fields.pop("linux", {})}
        name = f"{self.handler}-{self.count}-{os.getpid()}"
        logs = f"{self.work}/logs/{name}"
        os.makedirs(logs)
        config = {"metadata": {"name": name, "uid": name, "namespace": "check"}, "log_directory": logs, "linux": linux, **fields}
        pod = self.client.RunPodSandbox(config=config, handler=self.handler)["pod"]
        self.pods[pod] = (config, security["namespaces"])
        return pod

    def create(self, pod, *words, namespaces=None, resources=None, security=None, **fields):
        self.count += 1
        config, inherited = self.pods[pod]
        security = {"namespaces": {**inherited, **(namespaces or {})}, **(security or {})}
        linux = {"security": security, "resources": resources or {}}
        container = {"metadata": {"name": f"c{self.count}"}, "image": {"image": IMAGE}, "command": words,
            "log_path": f"{self.count}.log", "linux": linux, **fields}
        made = self.client.CreateContainer(pod=pod, config=container, sandbox=config)["id"]
        self.log_path = f"{config['log_directory']}/{self.count}.log"
        return made

    def start(self, pod, *words, **fields):
        made = self.create(pod, *words, **fields)
        self.client.StartContainer(id=made)
        return made

    def ended(self, container, seconds=20):
        for _ in range(seconds * 10):
            status = self.client.ContainerStatus(id=container)["status"]
            if status.get("state", 0) == 2:
                return status
            time.sleep(0.1)
        raise AssertionError(f"still in state {status.get('state', 0)} after {seconds} seconds")

    def log(self, stream="stdout"):
        lines = [line.split(" ", 3) for line in open(self.log_path, errors="replace").read().splitlines()]
        return "\n".join(line[3] for line in lines if line[1] == stream)

    def run(self, *words, pod=None, stream="stdout", **fields):
        """What a container that ends says."""
        self.ended(self.start(pod or self.pod(), *words, **fields))
        return self.log(stream)

    def shell(self, text, **fields):
        return self.run("sh", "-c", text, **fields)

    def execute(self, container, *words, timeout=20):
        answer = self.client.ExecSync(id=container, words=words, timeout=timeout)
        return answer.get("output", ""), answer.get("error", ""), answer.get("exit_code", 0)

    def clean(self):
        for pod in self.pods:
            for call in (self.client.StopPodSandbox, self.client.RemovePodSandbox):
                try:
                    call(pod=pod)
                except Exception as error:
                    print(f"{self.handler}: after a check: {error}", file=sys.stderr)
        self.pods = {}


def expect(found, wanted):
    """A pattern for text, equality for anything else."""
    good = re.search(wanted, found, re.M) if isinstance(wanted, str) else found == wanted
    if not good:
        raise AssertionError(f"expected {wanted!r}, found {found!r}")


def refused(text, call, **fields):
    try:
        call(**fields)
    except Exception as error:
        return expect(str(error), text)
    raise AssertionError("was not refused")


def pod_states(b):
    pod = b.pod()
    expect(b.client.PodSandboxStatus(pod=pod)["status"].get("state", 0), 0)
    b.client.StopPodSandbox(pod=pod)
    expect(b.client.PodSandboxStatus(pod=pod)["status"].get("state", 0), 1)


def container_states(b):
    made = b.create(b.pod(), "sleep", "99")
    expect(b.client.ContainerStatus(id=made)["status"].get("state", 0), 0)
    b.client.StartContainer(id=made)
    expect(b.client.ContainerStatus(id=made)["status"].get("state", 0), 1)


def missing_program(b):
    made = b.create(b.pod(), "/no/such")
    refused("(?i)no such file or directory", b.client.StartContainer, id=made)
    expect(b.client.ContainerStatus(id=made)["status"]["exit_code"], 128)


def exec_sync(b):
    made = b.start(b.pod(), "sleep", "99")
    expect(b.execute(made, "sh", "-c", "echo out; echo err >&2; exit 9"), ("out\n", "err\n", 9))


def exec_missing(b):
    made = b.start(b.pod(), "sleep", "99")
    refused("(?i)no such file or directory", b.client.ExecSync, id=made, words=["/no/such"], timeout=9)


def exec_timeout(b):
    made = b.start(b.pod(), "sleep", "99")
    refused("(?i)timeout|timed out|deadline", b.client.ExecSync, id=made, words=["sleep", "30"], timeout=2)
    expect(b.execute(made, "sh", "-c", "pidof sleep | wc -w")[0], "^1$")


def exec_stream(b):
    made = b.start(b.pod(), "sleep", "99")
    url = b.client.Exec(id=made, words=["sh", "-c", "read x; echo got $x; echo bad >&2; exit 3"], stdin=True, stdout=True,
        stderr=True)["url"]
    got = cri.stream(url, b"this\n")
    expect((got[1], got[2]), (b"got this\n", b"bad\n"))
    expect(got[3].decode(), '"3"')


def exec_terminal(b):
    made = b.start(b.pod(), "sleep", "99")
    url = b.client.Exec(id=made, words=["tty"], tty=True, stdin=True, stdout=True)["url"]
    expect(cri.stream(url)[1].decode(), r"^/dev/pts/\d")


def attach(b):
    made = b.start(b.pod(), "sh", "-c", "read x; echo got $x", stdin=True, stdin_once=True)
    got = cri.stream(b.client.Attach(id=made, stdin=True, stdout=True, stderr=True)["url"], b"this\n")
    expect(got[1], b"got this\n")
    b.ended(made)


def attach_terminal(b):
    made = b.start(b.pod(), "sh", "-c", "read x; echo got $x; tty", stdin=True, stdin_once=True, tty=True)
    got = cri.stream(b.client.Attach(id=made, stdin=True, stdout=True, tty=True)["url"], b"this\n")
    expect(got[1].decode(), r"got this\r\n/dev/pts/0")


def stop_gracefully(b):
    made = b.start(b.pod(), "sh", "-c", "trap 'exit 5' TERM; echo on; while :; do sleep 0.1; done")
    time.sleep(1)
    b.client.StopContainer(id=made, timeout=15)
    expect(b.ended(made)["exit_code"], 5)


def stop_by_force(b):
    made = b.start(b.pod(), "sleep", "99")
    b.client.StopContainer(id=made, timeout=1)
    expect(b.ended(made)["exit_code"], 137)


def remove_running(b):
    made = b.start(b.pod(), "sleep", "99")
    b.client.RemoveContainer(id=made)
    refused("not found", b.client.ContainerStatus, id=made)


def shared_in_pod(b):
    pod = b.pod(hostname="box")
    names = "for n in net ipc uts pid mnt; do readlink /proc/self/ns/$n; done; hostname"
    # Both run: a namespace that has ended leaves its number to the next one.
    first = b.execute(b.start(pod, "sleep", "99"), "sh", "-c", names)[0].split()
    second = b.shell(names, pod=pod).split()
    expect([a == c for a, c in zip(first, second)], [True, True, True, False, False, True])
    expect(first[5], "^box$")


def shared_processes(b):
    pod = b.pod(pid=POD)
    b.start(pod, "sleep", "98")
    expect(b.run("ps", "-o", "args", pod=pod), "sleep 98")


def own_processes(b):
    pod = b.pod()
    b.start(pod, "sleep", "98")
    expect(b.shell("echo $$; ps -o args | grep -c 'sleep 9[8]'", pod=pod), "^1\n0$")


def target_processes(b):
    pod = b.pod()
    target = b.start(pod, "sleep", "97")
    expect(b.run("ps", "-o", "args", pod=pod, namespaces={"pid": TARGET, "target": target}), "sleep 97")


def node_namespaces(b):
    pod = b.pod(network=NODE, pid=NODE, ipc=NODE)
    found = b.shell("for n in net ipc pid; do readlink /proc/self/ns/$n; done", pod=pod).split()
    expect(found, [os.readlink("/proc/self/ns/" + name) for name in ("net", "ipc", "pid")])


def address(b):
    pod = b.pod()
    ip = b.client.PodSandboxStatus(pod=pod)["status"]["network"]["ip"]
    expect(b.run("ip", "addr", pod=pod), r"inet " + re.escape(ip) + "/")


def talk_in_pod(b):
    pod = b.pod()
    b.start(pod, "nc", "-l", "-p", "7777", "-e", "echo", "hello")
    expect(b.shell("for i in 1 2 3 4 5; do nc 127.0.0.1 7777 && break; sleep 1; done", pod=pod), "^hello$")


def statistics(b):
    made = b.start(b.pod(), "sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; sleep 99")
    time.sleep(3)
    stats = b.client.ContainerStats(id=made)["stats"]
    expect([stats["cpu"]["nanoseconds"]["value"] > 0, stats["memory"]["working_set"]["value"] > 0], [True, True])


def limits(b):
    found = b.shell("cd /sys/fs/cgroup; cat memory.max cpu.max cpu.weight", resources={"memory": 64 << 20,
        "cpu_quota": 50000, "cpu_period": 100000, "cpu_shares": 512})
    expect(found, r"^67108864\n50000 100000\n\d+$")


def update(b):
    made = b.start(b.pod(), "sleep", "99", resources={"memory": 64 << 20})
    b.client.UpdateContainerResources(id=made, linux={"memory": 32 << 20, "cpu_quota": 20000, "cpu_period": 100000,
        "cpu_shares": 1024})
    expect(b.execute(made, "sh", "-c", "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/cpu.max")[0], "^33554432\n20000 100000$")


def out_of_memory(b):
    made = b.start(b.pod(), "sh", "-c", "x=x; while :; do x=$x$x; done", resources={"memory": 16 << 20})
    status = b.ended(made, 60)
    expect((status["exit_code"], status["reason"]), (137, "OOMKilled"))


def parent_group(b):
    pod = b.pod(linux={"cgroup_parent": "/checks"})
    made = b.start(pod, "sleep", "99")
    found = [root for root, _, _ in os.walk("/sys/fs/cgroup/checks")]
    expect(any(made in root for root in found), True)


def privileged(b):
    pod = b.pod(security={"privileged": True})
    text = "grep CapEff /proc/self/status; mount -t tmpfs t /mnt && echo mounted; test -w /sys/kernel && echo ok"
    expect(b.shell(text, pod=pod, security={"privileged": True}), r"000001ffffffffff\nmounted\nok$")


def capabilities(b):
    pod = b.pod()
    status = "grep -E 'Cap(Eff|Bnd|Inh|Amb)' /proc/self/status"
    default = b.shell(status, pod=pod)
    expect(default, "CapEff:\t00000000a80425fb")
    expect(b.shell(status, pod=pod, security={"capabilities": {"drop": ["ALL"], "add": ["NET_ADMIN"]}}),
        "CapEff:\t0000000000001000\nCapBnd:\t0000000000001000")


def hidden_paths(b):
    security = {"masked": HIDDEN, "readonly_paths": FIXED}
    expect(b.shell("cat /proc/keys /proc/timer_list /proc/kcore | wc -c; ls /sys/firmware | wc -l; "
        "echo 1 >/proc/sys/kernel/domainname", security=security), "^0\n0$")
    expect(b.log("stderr"), "Read-only file system")
    expect(b.shell("head -c 5 /proc/timer_list | wc -c", security={"masked": [], "readonly_paths": []}), "^5$")


def users(b):
    pod = b.pod()
    security = {"user": {"value": 1000}, "group": {"value": 1001}, "groups": [5, 7]}
    expect(b.run("id", pod=pod, security=security), r"uid=1000\b.*gid=1001\b.*groups=.*\b5\b.*\b7\b")
    expect(b.run("id", pod=pod, security={"username": "daemon"}), r"uid=1\b.*gid=1\b")


def filters(b):
    pod = b.pod()
    text = "grep Seccomp: /proc/self/status; unshare -m true; mkdir /x && echo made"
    expect(b.shell(text, pod=pod, security={"seccomp": {"type": UNCONFINED}}), "^Seccomp:\t0\nmade$")
    expect(b.shell(text, pod=pod, security={"seccomp": {"type": DEFAULT}}), "^Seccomp:\t2\nmade$")
    path = b.work + "/profile.json"
    with open(path, "w") as file:
        json.dump({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["mkdir", "mkdirat"],
            "action": "SCMP_ACT_ERRNO", "errnoRet": 1}]}, file)
    expect(b.shell(text, pod=pod, security={"seccomp": {"type": LOCALHOST, "path": path}}), "^Seccomp:\t2$")
    expect(b.log("stderr"), "(?i)mkdir.*operation not permitted")


def confinement(b):
    if not os.path.isdir("/sys/kernel/security/apparmor"):
        raise Skip("this kernel has no AppArmor")
    expect(b.run("cat", "/proc/self/attr/current", security={"apparmor": {"type": DEFAULT}}), "cri-containerd.apparmor.d")


def new_privileges(b):
    pod = b.pod()
    for wanted in (0, 1):
        expect(b.run("grep", "NoNewPrivs", "/proc/self/status", pod=pod, security={"no_new_privileges": bool(wanted)}),
            f"\t{wanted}$")


def mounts(b):
    os.makedirs(b.work + "/data", exist_ok=True)
    with open(b.work + "/data/file", "w") as file:
        file.write("data\n")
    both = [{"container_path": "/rw", "host_path": b.work + "/data"},
        {"container_path": "/ro", "host_path": b.work + "/data", "readonly": True}]
    expect(b.shell("cat /rw/file /ro/file; touch /rw/new && echo made; touch /ro/x", mounts=both), "^data\ndata\nmade$")
    expect(b.log("stderr"), "Read-only file system")


def propagation(b):
    source = b.work + "/spread"
    os.makedirs(source + "/sub", exist_ok=True)
    subprocess.run(["mount", "--bind", source, source], check=True)
    try:
        subprocess.run(["mount", "--make-shared", source], check=True)
        pod = b.pod()
        made = b.start(pod, "sleep", "99", mounts=[{"container_path": "/s", "host_path": source, "propagation": 1}])
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", source + "/sub"], check=True)
        expect(b.execute(made, "grep", "-c", " /s/sub ", "/proc/mounts")[0], "^1$")
    finally:
        subprocess.run(f"umount {source}/sub; umount {source}", shell=True, stderr=subprocess.DEVNULL)


def reopen_log(b):
    made = b.start(b.pod(), "sh", "-c", "while :; do echo line; sleep 0.2; done")
    path = b.log_path
    time.sleep(1)
    os.rename(path, path + ".1")
    b.client.ReopenContainerLog(id=made)
    time.sleep(1)
    expect(open(path).read(), "stdout F line")


def many(b):
    """More containers in one pod than a person would start by hand."""
    pod = b.pod(pid=POD)
    for _ in range(8):
        b.start(pod, "sleep", "96")
    expect(b.shell("ps -o args | grep -c 'sleep 9[6]'", pod=pod), "^8$")


# Name, and what is done and expected; text for a container's output is a pattern.
CHECKS = [
    ("version", lambda b: b.client.Version()), ("pod's states", pod_states), ("container's states", container_states),
    ("output in the log", lambda b: expect(b.run("echo", "hello"), "^hello$")),
    ("errors in the log", lambda b: expect(b.shell("echo bad >&2", stream="stderr"), "^bad$")),
    ("exit code", lambda b: expect(b.ended(b.start(b.pod(), "sh", "-c", "exit 7"))["exit_code"], 7)),
    ("program is missing", missing_program),
    ("environment", lambda b: expect(b.shell("echo $A", environment=[{"key": "A", "value": "b"}]), "^b$")),
    ("directory", lambda b: expect(b.run("pwd", directory="/made/for/it"), "^/made/for/it$")),
    ("terminal", lambda b: expect(b.run("tty", tty=True), "^/dev/pts/0")),
    ("exec", exec_sync), ("exec: missing", exec_missing), ("exec: timeout", exec_timeout), ("exec: streams", exec_stream),
    ("exec: terminal", exec_terminal), ("attach", attach), ("attach: terminal", attach_terminal),
    ("stop", stop_gracefully), ("stop by force", stop_by_force), ("remove when running", remove_running),
    ("log is opened again", reopen_log), ("shared in a pod", shared_in_pod), ("shared processes", shared_processes),
    ("own processes", own_processes), ("a target's processes", target_processes), ("node's namespaces", node_namespaces),
    ("pod's address", address), ("talk in a pod", talk_in_pod), ("many containers", many), ("statistics", statistics),
    ("limits", limits), ("update", update), ("out of memory", out_of_memory), ("parent group", parent_group),
    ("oom score", lambda b: expect(b.run("cat", "/proc/self/oom_score_adj", resources={"oom_score": 500}), "^500$")),
    ("sysctl", lambda b: expect(b.run("cat", "/proc/sys/kernel/shm_rmid_forced", pod=b.pod(linux={"sysctls":
        {"kernel.shm_rmid_forced": "1"}})), "^1$")),
    ("privileged", privileged), ("capabilities", capabilities), ("users and groups", users),
    ("read-only root", lambda b: expect(b.shell("touch /x", security={"readonly": True}, stream="stderr"), "Read-only")),
    ("hidden paths", hidden_paths), ("filters", filters), ("AppArmor", confinement), ("no new privileges", new_privileges),
    ("mounts", mounts), ("propagation", propagation),
    ("device", lambda b: expect(b.shell("head -c 3 /dev/my | wc -c", devices=[{"container_path": "/dev/my",
        "host_path": "/dev/zero", "permissions": "rwm"}]), "^3$")),
]
