"""A fake Atlas, a restorewatch that watches it, and a Prometheus that scrapes it twice, as if there
were two. All on loopback, on free ports; nothing outlives the `with` block."""

import contextlib
import json
import os
import pathlib
import sys
import tempfile
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from programs import BINARIES, SOURCE as ROOT, free_port, program, said, wait_until

SCENARIO = ROOT / "tests/simulator/scenarios/dashboards.yaml"
PROMETHEUS = pathlib.Path(os.environ.get("RW_PROMETHEUS_DIR",
                                         ROOT / "build/tools/prometheus/usr/bin"))
REPLICAS = ("replica-a", "replica-b")

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


class Stage:
    """`address` is Prometheus's."""

    def __enter__(self):
        with contextlib.ExitStack() as ends:
            folder = tempfile.TemporaryDirectory(prefix="rw-dashboards-")
            self.folder = pathlib.Path(ends.enter_context(folder))
            self._ends = ends
            self._start_all()
            self._ends = ends.pop_all()
        return self

    def __exit__(self, *_):
        self._ends.close()

    def _start_all(self):
        # Prometheus takes five seconds to its first scrape, and must not miss how things begin.
        page = f"127.0.0.1:{free_port()}"
        self._start_prometheus(page)
        wait_until(lambda: self.ask("query", query='up{job="restorewatch"}')["result"],
                   "Prometheus scrapes")
        atlas = self._start("atlas", r"http://[0-9.:]+", BINARIES / "atlas-simulator",
                            "--scenario", SCENARIO, "--max-seconds", "300")
        for name, secret in (("shop.key", "SECRETKEY-shop-0001"), ("lab.secret",
                                                                   "SECRETCLIENT-lab-0001")):
            self._write(name, secret + "\n").chmod(0o600)
        config = self._write("restorewatch.yaml", CONFIGURATION.format(
            atlas=atlas, folder=self.folder, page=page))
        self._start("daemon", "msg=serving", BINARIES / "restorewatch", f"--config.file={config}")

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
        return said(log, self._ends.enter_context(program(command, log)), ready)

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
