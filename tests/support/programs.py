"""Programs that a test starts and ends, and what it waits for."""

import contextlib
import importlib
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BINARIES = pathlib.Path(os.environ.get("RW_BINARY_DIR", SOURCE / "build/release/bin"))
DEADLINE = 60  # seconds; only a hang lasts this long


SKIPPED = 77  # what ctest takes for it


def needs(modules=(), commands=()):
    """Ends the test as skipped where something is missing, but fails it in CI."""
    missing = [c for c in commands if shutil.which(c) is None]
    for module in modules:
        try:
            importlib.import_module(module)
        except ImportError:
            missing.append(f"Python's {module}")
    if not missing:
        return
    print(f"missing: {', '.join(missing)}; scripts/install-dependencies --tools installs them")
    sys.exit(1 if os.environ.get("CI") == "yes" else SKIPPED)


class TooLate(AssertionError):
    """Something that was waited for did not come."""


def wait_until(condition, what, seconds=DEADLINE):
    """What `condition()` gives, once that is anything."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise TooLate(f"not within {seconds} s: {what}")
        time.sleep(0.05)
    return found


def free_port():
    """For a program that cannot say which one it has found itself."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def program(arguments, log):
    """Runs it until the end of the block; what it says goes into the file `log`."""
    with open(log, "wb") as out:
        process = subprocess.Popen([str(a) for a in arguments], stdin=subprocess.PIPE, stdout=out,
                                   stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.stdin.close()  # some end with it
        process.terminate()
        process.wait(DEADLINE)


def said(log, process, pattern):
    """The first match of the pattern in what a program says; of its last group, where it has any."""
    def heard():
        found = re.search(pattern, log.read_text(errors="replace"))
        if not found and process.poll() is not None:
            raise AssertionError(f"{process.args[0]} has ended: {log.read_text()}")
        return found
    found = wait_until(heard, f"{pattern} in {log}")
    return found[found.lastindex or 0]


def address_in(log, process):
    """The first address that a program has told."""
    return said(log, process, r"https?://[0-9.]+:[0-9]+")


@contextlib.contextmanager
def daemon(folder, scenario, more=""):
    """The fake Atlas and a daemon that watches it. Gives the daemon's address."""
    atlas_log, log = folder / "atlas.log", folder / "daemon.log"
    simulator = [BINARIES / "atlas-simulator", "--scenario", scenario, "--max-seconds", "120"]
    with program(simulator, atlas_log) as atlas_process:
        atlas = address_in(atlas_log, atlas_process)
        config = folder / "restorewatch.yaml"
        config.write_text(f"atlas: {{base_url: {atlas}}}\n"
                          f"storage: {{path: {folder}/restorewatch.db}}\n"
                          'web: {listen_address: "127.0.0.1:0"}\n' + more)
        config.chmod(0o600)
        with program([BINARIES / "restorewatch", f"--config.file={config}"], log) as process:
            yield said(log, process, r"(http://[0-9.]+:[0-9]+)/")


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body


def request(url, method="GET"):
    """The answer, whatever its status."""
    asked = urllib.request.Request(url, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=DEADLINE) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as answer:
        return Answer(answer.code, answer.headers, answer.read())
