"""Packages of the distribution that a script needs."""
import os, shutil, subprocess, sys


def install(packages):
    """Installs what is missing of packages by the program that each is for. Needs root."""
    missing = [package for program, package in packages.items() if not shutil.which(program)]
    if missing:
        print("installing " + " ".join(missing), file=sys.stderr)
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        for words in [["apt-get", "-qq", "update"], ["apt-get", "-qqy", "install", "--no-install-recommends", *missing]]:
            subprocess.run(words, check=True, env=environment, stdout=subprocess.DEVNULL)
