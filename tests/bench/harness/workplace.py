"""Programs that are measured: started in a folder of their own, and ended whatever happens."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class Program:
    """A running program. Its output is in files named after it."""

    def __init__(self, folder, name, command):
        self.log = folder / f"{name}.log"
        self._output = self.log.open("wb")
        self._process = subprocess.Popen(
            [str(word) for word in command],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=self._output, stderr=self._output)
        self.pid = self._process.pid

    def cpu_seconds(self):
        """Of all its threads, to a clock tick (10 ms)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def peak_mib(self):
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("no peak memory in /proc")

    def said(self):
        return self.log.read_text(errors="replace")

    def runs(self):
        return self._process.poll() is None

    def wait(self, seconds):
        """Until it ends by itself."""
        self._process.wait(seconds)

    def end(self):
        if self.runs():
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._process.wait()
        self._output.close()


class Workplace:
    """A temporary folder and the programs started in it. Use it in a with statement."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="restorewatch-bench-"))
        self._started = []
        return self

    def __exit__(self, *_):
        for program in reversed(self._started):
            program.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, name, command):
        program = Program(self.folder, name, command)
        self._started.append(program)
        return program


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(holds, program, seconds=60, pause=0.02):
    """Waits until `holds()` is true, asking each `pause` seconds. Fails with what the program said
    if that takes too long."""
    deadline = time.monotonic() + seconds
    while not holds():
        if not program.runs() or time.monotonic() > deadline:
            raise RuntimeError("waited in vain; the program said:\n" + program.said()[-2000:])
        time.sleep(pause)


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def fetch(url, context=None):
    with urllib.request.urlopen(url, timeout=30, context=context) as answer:
        return answer.read()


def run(command, seconds=600, **options):
    """The standard output of a program that ends by itself."""
    done = subprocess.run(
        [str(word) for word in command], timeout=seconds, check=True, text=True,
        stdout=subprocess.PIPE, **options)
    return done.stdout
