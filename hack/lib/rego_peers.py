"""What the scripts that compare the Rego compiler share: the tool, and rego-cpp from PyPI."""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def control():
    """The built tool: of the release build when there is one."""
    for kind in ("release", "debug"):
        path = os.path.join(ROOT, ".build", kind, "cofferctl")
        if os.access(path, os.X_OK):
            return path
    sys.exit("there is no cofferctl; run `swift build --product cofferctl`")


def regopy():
    """The folder that holds the module regopy, installed when it is missing; None when it cannot be had."""
    folder = os.path.join(ROOT, ".cache", "regopy")
    if not os.path.isdir(os.path.join(folder, "regopy")):
        done = subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, "regopy"],
                              capture_output=True)
        if done.returncode != 0:
            return None
    return folder
