"""A fake Atlas, and the daemon and the peers that poll it."""

import json
import os
import ssl
import subprocess
import time

from workplace import fetch, free_port, listens, wait_until

SECONDS_AT_MOST = 300


class FakeAtlas:
    """`projects` x `clusters` clusters of 100 jobs, 95 of which are visible and do not change."""

    def __init__(self, place, program, projects, clusters, tls=False, latency_ms=0):
        self.port = free_port()
        self.targets = projects * clusters
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self.certificate = make_certificate(place.folder) if tls else None
        command = [program, "--port", self.port, "--projects", projects, "--clusters", clusters,
                   "--jobs", 100, "--latency-ms", latency_ms, "--max-seconds", SECONDS_AT_MOST]
        if tls:
            command += ["--cert", self.certificate, "--key", place.folder / "key.pem"]
        self._program = place.start("fake_atlas", command)
        wait_until(lambda: listens(self.port), self._program)

    def requests(self):
        context = ssl.create_default_context(cafile=self.certificate) if self.certificate else None
        return json.loads(fetch(self.url + "/_ctl/stats", context))["requests"]


def make_certificate(folder):
    certificate = folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=fake", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", folder / "key.pem", "-out", certificate],
        check=True, stderr=subprocess.DEVNULL)
    return certificate


CONFIGURATION = """\
credentials:
  - name: main
    service_account: {{client_id: mdb_sa_id_0123456789abcdef01234567, client_secret_file: s.secret}}
sources: [dedicated]
atlas: {{base_url: "{url}", ca_file: {ca_file}, max_connections: {connections}}}
discovery: {{interval: 1d}}
poll: {{interval: {interval_s}s, rate_budget: 1}}
storage: {{path: "{folder}/restorewatch.db"}}
web: {{listen_address: "127.0.0.1:{port}"}}
"""


class Daemon:
    """restorewatch with its store, polling a fake Atlas. Started when made."""

    def __init__(self, place, binary, atlas, interval_s, connections):
        self.port = free_port()
        self._atlas = atlas
        secret = place.folder / "s.secret"
        secret.touch(mode=0o600)
        secret.write_text("SECRETCLIENT-0001\n")
        path = place.folder / "restorewatch.yaml"
        path.write_text(CONFIGURATION.format(
            url=atlas.url, ca_file=json.dumps(str(atlas.certificate)) if atlas.certificate else "null",
            connections=connections, interval_s=interval_s, folder=place.folder, port=self.port))
        self.program = place.start("restorewatch", [binary, f"--config.file={path}"])
        self.folder = place.folder

    def metrics(self):
        return fetch(f"http://127.0.0.1:{self.port}/metrics").decode()

    def targets_up(self):
        lines = self.metrics().splitlines()
        return sum(line.startswith("mongodbatlas_restore_target_up{") and line.endswith(" 1")
                   for line in lines)

    def wait_for_first_cycle(self):
        """Until each target has been looked at; scrapes seldom, since they cost CPU."""
        wait_until(lambda: self._atlas.requests() >= self._atlas.targets, self.program)
        wait_until(lambda: self.targets_up() >= self._atlas.targets, self.program, pause=0.5)

    def use_over(self, seconds):
        """CPU seconds, and requests to Atlas, from now on."""
        cpu, requests = self.program.cpu_seconds(), self._atlas.requests()
        time.sleep(seconds)
        return self.program.cpu_seconds() - cpu, self._atlas.requests() - requests

    def store_bytes(self):
        return sum(os.path.getsize(self.folder / name) for name in os.listdir(self.folder)
                   if name.startswith("restorewatch.db"))
