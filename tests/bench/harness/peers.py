"""Other implementations to compare with, built from a folder of sources. Each of these may be
missing; then what needs it is not measured:

    fake_atlas.cpp  the server that all of them poll
    floor.cpp       the least that polling can cost: no store, no retries
    exporter.go     a small exporter with the usual libraries
    decode.go       decodes a page with encoding/json, and prints "... N ns/job ..."
    expo.go         `expo_go serve SERIES PORT SECONDS`: a page by the usual library
"""

import os
import shutil
import subprocess

CXX = ["g++", "-std=c++20", "-O2", "-DCPPHTTPLIB_OPENSSL_SUPPORT"]
LIBRARIES = ["-lcpp-httplib", "-lcurl", "-lsimdjson", "-lssl", "-lcrypto", "-lz", "-lpthread"]


class Peers:
    def __init__(self, sources, builds):
        self._sources = sources
        self._builds = builds
        builds.mkdir(parents=True, exist_ok=True)

    def program(self, source):
        """The path of the built program, or None if there is no such source."""
        path = self._sources / source if self._sources else None
        if path is None or not path.is_file():
            return None
        built = self._builds / path.name.replace(".", "_")
        if not built.exists() or built.stat().st_mtime < path.stat().st_mtime:
            self._build(path, built)
        return built

    def _build(self, path, built):
        if path.suffix == ".cpp":
            subprocess.run(CXX + ["-o", built, path] + LIBRARIES, check=True)
            return
        copy = self._builds / ("copy_of_" + path.name)
        shutil.copyfile(path, copy)
        environment = dict(os.environ, GO111MODULE="off", GOPATH="/usr/share/gocode")
        subprocess.run(["go", "build", "-o", built, copy], check=True, env=environment)
