"""A client of the Container Runtime Interface, what kubelet speaks to containerd: its calls over gRPC with the few messages
that the checks need, and the streams of exec and attach over a WebSocket. Field numbers are those of runtime/v1/api.proto."""
import base64, os, socket, struct, urllib.parse

# Message, then its fields: a number and a type. A type is a scalar, `map` (of text to text) or another message; `*` is many.
MESSAGES = {
    "PodSandboxMetadata": {"name": (1, "text"), "uid": (2, "text"), "namespace": (3, "text"), "attempt": (4, "int")},
    "Number": {"value": (1, "int")},
    "UserNamespace": {"mode": (1, "int"), "uids": (2, "*IDMapping"), "gids": (3, "*IDMapping")},
    "IDMapping": {"host_id": (1, "int"), "container_id": (2, "int"), "length": (3, "int")},
    "Namespaces": {"network": (1, "int"), "pid": (2, "int"), "ipc": (3, "int"), "target": (4, "text"),
        "user": (5, "UserNamespace")},
    "Profile": {"type": (1, "int"), "path": (2, "text")},
    "SandboxSecurity": {"namespaces": (1, "Namespaces"), "user": (3, "Number"), "readonly": (4, "bool"),
        "groups": (5, "*int"), "privileged": (6, "bool"), "group": (8, "Number"), "seccomp": (9, "Profile"),
        "apparmor": (10, "Profile")},
    "LinuxSandbox": {"cgroup_parent": (1, "text"), "security": (2, "SandboxSecurity"), "sysctls": (3, "map")},
    "Sandbox": {"metadata": (1, "PodSandboxMetadata"), "hostname": (2, "text"), "log_directory": (3, "text"),
        "labels": (6, "map"), "annotations": (7, "map"), "linux": (8, "LinuxSandbox")},
    "Capabilities": {"add": (1, "*text"), "drop": (2, "*text")},
    "Security": {"capabilities": (1, "Capabilities"), "privileged": (2, "bool"), "namespaces": (3, "Namespaces"),
        "user": (5, "Number"), "username": (6, "text"), "readonly": (7, "bool"), "groups": (8, "*int"),
        "no_new_privileges": (11, "bool"), "group": (12, "Number"), "masked": (13, "*text"),
        "readonly_paths": (14, "*text"), "seccomp": (15, "Profile"), "apparmor": (16, "Profile")},
    "Resources": {"cpu_period": (1, "int"), "cpu_quota": (2, "int"), "cpu_shares": (3, "int"), "memory": (4, "int"),
        "oom_score": (5, "int"), "unified": (9, "map")},
    "Linux": {"resources": (1, "Resources"), "security": (2, "Security")},
    "Metadata": {"name": (1, "text"), "attempt": (2, "int")},
    "Image": {"image": (1, "text")},
    "Pair": {"key": (1, "text"), "value": (2, "text")},
    "Mount": {"container_path": (1, "text"), "host_path": (2, "text"), "readonly": (3, "bool"), "propagation": (5, "int")},
    "Device": {"container_path": (1, "text"), "host_path": (2, "text"), "permissions": (3, "text")},
    "Container": {"metadata": (1, "Metadata"), "image": (2, "Image"), "command": (3, "*text"), "args": (4, "*text"),
        "directory": (5, "text"), "environment": (6, "*Pair"), "mounts": (7, "*Mount"), "devices": (8, "*Device"),
        "labels": (9, "map"), "annotations": (10, "map"), "log_path": (11, "text"), "stdin": (12, "bool"),
        "stdin_once": (13, "bool"), "tty": (14, "bool"), "linux": (15, "Linux")},
    "RunPodSandboxRequest": {"config": (1, "Sandbox"), "handler": (2, "text")},
    "RunPodSandboxResponse": {"pod": (1, "text")},
    "Pod": {"pod": (1, "text")},
    "CreateContainerRequest": {"pod": (1, "text"), "config": (2, "Container"), "sandbox": (3, "Sandbox")},
    "CreateContainerResponse": {"id": (1, "text")},
    "Id": {"id": (1, "text"), "timeout": (2, "int")},
    "ContainerStatusResponse": {"status": (1, "ContainerStatus")},
    "ContainerStatus": {"id": (1, "text"), "state": (3, "int"), "exit_code": (7, "int"), "reason": (10, "text")},
    "PodSandboxStatusResponse": {"status": (1, "SandboxStatus")},
    "SandboxStatus": {"id": (1, "text"), "state": (3, "int"), "network": (5, "Network")},
    "Network": {"ip": (1, "text")},
    "ExecSyncRequest": {"id": (1, "text"), "words": (2, "*text"), "timeout": (3, "int")},
    "ExecSyncResponse": {"output": (1, "text"), "error": (2, "text"), "exit_code": (3, "int")},
    "ExecRequest": {"id": (1, "text"), "words": (2, "*text"), "tty": (3, "bool"), "stdin": (4, "bool"),
        "stdout": (5, "bool"), "stderr": (6, "bool")},
    "AttachRequest": {"id": (1, "text"), "stdin": (2, "bool"), "tty": (3, "bool"), "stdout": (4, "bool"),
        "stderr": (5, "bool")},
    "StreamResponse": {"url": (1, "text")},
    "UpdateContainerResourcesRequest": {"id": (1, "text"), "linux": (2, "Resources")},
    "ContainerStatsResponse": {"stats": (1, "Stats")},
    "Stats": {"cpu": (2, "CPUUse"), "memory": (3, "MemoryUse")},
    "CPUUse": {"nanoseconds": (2, "Number")},
    "MemoryUse": {"working_set": (2, "Number"), "usage": (4, "Number")},
    "Nothing": {},
}
# Call: the messages that go and come.
CALLS = {
    "Version": ("Nothing", "Nothing"), "RunPodSandbox": ("RunPodSandboxRequest", "RunPodSandboxResponse"),
    "StopPodSandbox": ("Pod", "Nothing"), "RemovePodSandbox": ("Pod", "Nothing"),
    "PodSandboxStatus": ("Pod", "PodSandboxStatusResponse"),
    "CreateContainer": ("CreateContainerRequest", "CreateContainerResponse"), "StartContainer": ("Id", "Nothing"),
    "StopContainer": ("Id", "Nothing"), "RemoveContainer": ("Id", "Nothing"),
    "ContainerStatus": ("Id", "ContainerStatusResponse"), "ExecSync": ("ExecSyncRequest", "ExecSyncResponse"),
    "Exec": ("ExecRequest", "StreamResponse"), "Attach": ("AttachRequest", "StreamResponse"),
    "UpdateContainerResources": ("UpdateContainerResourcesRequest", "Nothing"),
    "ContainerStats": ("Id", "ContainerStatsResponse"), "ReopenContainerLog": ("Id", "Nothing"),
}


def varint(number):
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out) + bytes([number])


def encode(name, values):
    """The wire form of a message: protocol buffers, version 3."""
    out = b""
    for key, value in values.items():
        number, kind = MESSAGES[name][key]
        many = list(value.items()) if kind == "map" else value if kind.startswith("*") else [value]
        for one in many:
            kind = kind.lstrip("*")
            if kind in ("int", "bool"):
                out += varint(number << 3) + varint(int(one))
                continue
            if kind == "text":
                data = one if isinstance(one, bytes) else one.encode()
            else:
                data = encode("Pair", {"key": one[0], "value": one[1]}) if kind == "map" else encode(kind, one)
            out += varint(number << 3 | 2) + varint(len(data)) + data
    return out


def decode(name, data):
    """What a message has of the fields that are known here."""
    fields = {number: (key, kind) for key, (number, kind) in MESSAGES[name].items()}
    values, at = {}, 0

    def number():
        nonlocal at
        result = shift = 0
        while True:
            byte = data[at]
            at += 1
            result |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return result

    while at < len(data):
        tag = number()
        if tag & 7 == 0:
            value = number()
        elif tag & 7 == 2:
            size = number()
            value, at = data[at:at + size], at + size
        else:
            raise ValueError(f"{name}: a field of wire type {tag & 7} was not expected")
        if tag >> 3 not in fields:
            continue
        key, kind = fields[tag >> 3]
        if kind == "text":
            value = value.decode(errors="replace")
        elif kind in MESSAGES:
            value = decode(kind, value)
        values[key] = value
    return values


class Client:
    """The calls, by their names, with fields as keywords; what a call refuses is an exception of gRPC's."""

    def __init__(self, address):
        import grpc
        self.channel = grpc.insecure_channel(address)

    def __getattr__(self, name):
        sent, received = CALLS[name]
        call = self.channel.unary_unary("/runtime.v1.RuntimeService/" + name,
            request_serializer=lambda values: encode(sent, values), response_deserializer=lambda data: decode(received, data))
        return lambda **values: call(values, timeout=60)


def stream(url, send=b"", wait=20):
    """What a stream of exec or attach says: the bytes of each channel. 1 is output, 2 errors, 3 the end's status."""
    parts = urllib.parse.urlsplit(url)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=wait)
    key = base64.b64encode(os.urandom(16)).decode()
    connection.sendall((f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n").encode())
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(4096)
        if not more:
            raise ConnectionError(f"the stream ended in its head: {data!r}")
        data += more
    head, data = data.split(b"\r\n\r\n", 1)
    if b" 101 " not in head.split(b"\r\n")[0]:
        raise ConnectionError(head.decode(errors="replace"))
    if send:
        # A frame of a client is masked; a mask of zeros changes nothing. The first byte is the channel, 0 the input.
        connection.sendall(struct.pack(">BB", 0x82, 0x80 | len(send) + 1) + bytes(4) + b"\0" + send)
    channels = {1: b"", 2: b"", 3: b""}
    while True:
        while (frame := whole_frame(data)) is None:
            try:
                more = connection.recv(4096)
            except socket.timeout:
                return channels
            if not more:
                return channels
            data += more
        kind, body, data = frame
        if kind == 8:
            return channels
        if kind in (1, 2) and body:
            channels[body[0]] = channels.get(body[0], b"") + body[1:]


def whole_frame(data):
    """Kind, content and rest of the first frame, or nothing when it is not all there yet. RFC 6455, section 5.2."""
    if len(data) < 2:
        return None
    size, start = data[1] & 127, 2
    if size > 125:
        start = 4 if size == 126 else 10
        if len(data) < start:
            return None
        size = int.from_bytes(data[2:start], "big")
    if len(data) < start + size:
        return None
    return data[0] & 15, data[start:start + size], data[start + size:]
