"""A fake Atlas, a restorewatch that watches it, and a Prometheus that scrapes it twice, as if there
were two. All on loopback, on free ports; nothing outlives the `with` block."""

import json
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENARIO = ROOT / "tests/simulator/scenarios/dashboards.yaml"
PROMETHEUS = pathlib.Path(os.environ.get("RW_PROMETHEUS_DIR",
                                         ROOT / "build/tools/prometheus/usr/bin"))
BIN = pathlib.Path(os.environ.get("RW_BIN_DIR", ROOT / "build/release/bin"))
REPLICAS = ("replica-a", "replica-b")
PAUSE_SECONDS = 0.2  # between two questions whether something is so by now
START_SECONDS = 20

CONFIGURATION = """
credentials:
  - name: shop
    api_key: {{public_key: demoshop, private_key_file: shop.key}}
  - name: lab
    service_account:
      client_id: mdb_sa_id_89abcdef0123456789abcdef
      client_secret_file: lab.secret
sources: [dedicated, flex, collection, serverless, tenant]
atlas: {{base_url: {atlas}}}
discovery: {{interval: 1s}}
poll: {{interval: 500ms, collection_interval: 500ms, lost_after: 1s, rate_budget: 1}}
drills: [{{target_cluster: drill}}]
objectives:
  - {{cluster: slow, restore_duration: 1s}}
  - {{project: shop, drill_interval: 7d, restore_duration: 4h, recovery_point: 24h}}
policies: [{{project: "*", allow_target_projects: [], allow_download: false}}]
metrics: {{per_job_series: true}}
storage: {{path: {folder}/restorewatch.db}}
web: {{listen_address: "{page}"}}
"""


class TooLate(AssertionError):
    """Something that was waited for did not come."""


def eventually(what, seconds, ask):
    """What `ask` answers once that is anything; TooLate if it is nothing for so long."""
    until = time.monotonic() + seconds
    while not (answer := ask()):
        if time.monotonic() > until:
            raise TooLate(f"not within {seconds} s: {what}")
        time.sleep(PAUSE_SECONDS)
    return answer


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Stage:
    """`address` is Prometheus's."""

    def __enter__(self):
        self._programs = []
        self._folder = tempfile.TemporaryDirectory(prefix="rw-dashboards-")
        self.folder = pathlib.Path(self._folder.name)
        try:
            self._start_all()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for program in reversed(self._programs):
            program.kill()
            program.wait()
        self._folder.cleanup()

    def _start_all(self):
        # Prometheus takes five seconds to its first scrape, and must not miss how things begin.
        page = f"127.0.0.1:{free_port()}"
        self._start_prometheus(page)
        eventually("Prometheus scrapes", START_SECONDS,
                   lambda: self.ask("query", query='up{job="restorewatch"}')["result"])
        atlas = self._start("atlas", r"http://[0-9.:]+", BIN / "atlas-simulator",
                            "--scenario", SCENARIO, "--max-seconds", "300")
        for name, secret in (("shop.key", "SECRETKEY-shop-0001"), ("lab.secret",
                                                                   "SECRETCLIENT-lab-0001")):
            self._write(name, secret + "\n").chmod(0o600)
        config = self._write("restorewatch.yaml", CONFIGURATION.format(
            atlas=atlas, folder=self.folder, page=page))
        self._start("daemon", "msg=serving", BIN / "restorewatch", f"--config.file={config}")

    def _start_prometheus(self, page):
        self.address = f"http://127.0.0.1:{free_port()}"
        rules = [str(path) for path in sorted((ROOT / "dashboards").glob("*.yaml"))]
        same_page_twice = [{"targets": [page], "labels": {"instance": name}} for name in REPLICAS]
        itself = [{"targets": [self.address.removeprefix("http://")]}]
        config = self._write("prometheus.yaml", json.dumps({  # JSON is YAML
            "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
            "rule_files": rules,
            "scrape_configs": [
                {"job_name": "restorewatch", "static_configs": same_page_twice},
                # It has process_* series of its own, which are nobody's business here.
                {"job_name": "prometheus", "static_configs": itself}]}))
        self._start("prometheus", "Server is ready", PROMETHEUS / "prometheus",
                    f"--config.file={config}", f"--storage.tsdb.path={self.folder / 'tsdb'}",
                    f"--web.listen-address={self.address.removeprefix('http://')}")

    def _write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def _start(self, name, ready, *command):
        """Starts a program and waits until its log says that it is ready; what matched there."""
        log = self.folder / f"{name}.log"
        with log.open("w") as output:
            program = subprocess.Popen([str(part) for part in command], stdout=output,
                                       stderr=subprocess.STDOUT)
        self._programs.append(program)

        def is_ready():
            if program.poll() is not None:
                raise AssertionError(f"{name} ended: {log.read_text()}")
            return re.search(ready, log.read_text())

        match = eventually(f"{name} is ready", START_SECONDS, is_ready)
        return match[match.lastindex or 0]

    def ask(self, path, **arguments):
        """`data` of an answer of Prometheus's API. An error is raised with its text."""
        body = urllib.parse.urlencode(arguments, doseq=True).encode()
        request = urllib.request.Request(f"{self.address}/api/v1/{path}")
        if path in ("query", "query_range"):
            request.data = body  # too long for an address
        elif body:
            request.full_url += "?" + body.decode()
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            reason = json.load(error).get("error")
            raise AssertionError(f"{reason}: {arguments}") from error
