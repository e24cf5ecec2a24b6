#!/usr/bin/python3 -B
"""config/kubernetes is what it should be, and each mistake that one could make there is found.

RW_BINARY_DIR says where restorewatch is. Needs Debian's python3-yaml, and node and npm for
scripts/fetch-kubectl: without these it is left out (exit code 77), but fails where CI is set.
"""

import copy
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from manifest_checks import (ROOT, configuration_of, container_of, findings, pod_of, rendered, the,
                             type_findings)

BINARY = str(pathlib.Path(os.environ["RW_BINARY_DIR"], "restorewatch").resolve())


def tools():
    done = subprocess.run([ROOT / "scripts/fetch-kubectl"], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return done.stdout.strip()
    print(done.stderr, file=sys.stderr)
    sys.exit(1 if "CI" in os.environ else 77)


def put(kind, path, value):
    """Spoils objects: the member at `path` of the object of this kind becomes `value`."""
    def spoil(objects):
        at = the(objects, kind)
        *way, last = path
        for step in way:
            at = at[step]
        if value is None:
            del at[last]
        else:
            at[last] = value
    return spoil


POD = ("spec", "template", "spec")
CONTAINER = (*POD, "containers", 0)


def pod(*path, value):
    return put("StatefulSet", (*POD, *path), value)


def container(*path, value):
    return put("StatefulSet", (*CONTAINER, *path), value)


def secrets_open_to_all(objects):
    next(v for v in pod_of(objects)["volumes"] if "secret" in v)["secret"]["defaultMode"] = 0o444


def secrets_of_root_alone(objects):
    secrets_open_to_all(objects)
    next(v for v in pod_of(objects)["volumes"] if "secret" in v)["secret"]["defaultMode"] = 0o400


def spoil_configuration(old, new):
    def spoil(objects):
        data = next(o for o in objects if "restorewatch.yaml" in o.get("data", {}))["data"]
        assert old in data["restorewatch.yaml"]
        data["restorewatch.yaml"] = data["restorewatch.yaml"].replace(old, new)
    return spoil


def without_dashboard(objects):
    objects[:] = [o for o in objects if o["metadata"]["name"] != "restorewatch-fleet"]


def another_threshold(objects):
    the(objects, "PrometheusRule")["spec"]["groups"][0]["rules"][0]["for"] = "1w"


def with_a_secret(objects):
    objects.append({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "x"}})


MISTAKES = {
    "two replicas": (put("StatefulSet", ("spec", "replicas"), 2), "2 replicas"),
    "a store that goes": (put("StatefulSet", ("spec", "persistentVolumeClaimRetentionPolicy"), None), "store goes"),
    "a store for many": (put("StatefulSet", ("spec", "volumeClaimTemplates", 0, "spec", "accessModes"),
                             ["ReadWriteMany"]), "one disk"),
    "a store elsewhere": (container("volumeMounts", 0, "mountPath", value="/data"), "not mounted at"),
    "a mount too few": (container("volumeMounts", 3, value=None), "mounts"),
    "root": (pod("securityContext", "runAsNonRoot", value=False), "as root"),
    "another user": (pod("securityContext", "runAsUser", value=1000), "runAsUser is 1000"),
    "no group": (pod("securityContext", "fsGroup", value=None), "fsGroup is None"),
    "no seccomp": (pod("securityContext", "seccompProfile", value=None), "seccompProfile"),
    "the host's network": (pod("hostNetwork", value=True), "hostNetwork"),
    "a token": (pod("automountServiceAccountToken", value=None), "token of Kubernetes"),
    "a folder of the host": (pod("volumes", 2, value={"name": "tmp", "hostPath": {"path": "/tmp"}}), "volume tmp"),
    "escalation": (container("securityContext", "allowPrivilegeEscalation", value=None), "privileges"),
    "capabilities": (container("securityContext", "capabilities", "drop", value=["CHOWN"]), "capabilities"),
    "a root to write to": (container("securityContext", "readOnlyRootFilesystem", value=None), "its root"),
    "a port of the host": (container("ports", 0, "hostPort", value=9942), "port of the host"),
    "a lax namespace": (put("Namespace", ("metadata", "labels", "pod-security.kubernetes.io/enforce"),
                            "baseline"), "does not enforce"),
    "a flag that is none": (container("args", 0, value="--config.fille=/x"), "no flag --config.fille"),
    "another configuration": (container("args", 0, value="--config.file=/etc/x.yaml"), "nothing is mounted"),
    "another address": (container("args", 1, value="--web.listen-address=:9943"), "listens on 9943"),
    "another service port": (put("Service", ("spec", "ports", 0, "targetPort"), 80), "leads elsewhere"),
    "another allowed port": (put("NetworkPolicy", ("spec", "ingress", 0, "ports", 0, "port"), 80), "another port"),
    "liveness by readiness": (container("livenessProbe", "httpGet", "path", value="/-/ready"), "livenessProbe"),
    "no readiness": (container("readinessProbe", value=None), "readinessProbe"),
    "no time to stop": (pod("terminationGracePeriodSeconds", value=1), "killed before"),
    "memory without limit": (container("resources", "limits", value=None), "no limit"),
    "a selector of others": (put("Service", ("spec", "selector"), {"app": "x"}), "Service chooses other"),
    "a policy for all": (put("NetworkPolicy", ("spec", "podSelector"), {}), "NetworkPolicy chooses other"),
    "hidden while unready": (put("Service", ("spec", "publishNotReadyAddresses"), None), "nobody would scrape"),
    "open to everybody": (put("NetworkPolicy", ("spec", "ingress", 0, "from"), None), "everybody may come in"),
    "one way only": (put("NetworkPolicy", ("spec", "policyTypes"), ["Ingress"]), "both ways"),
    "out to anywhere": (put("NetworkPolicy", ("spec", "egress", 1, "ports"), None), "may go out"),
    "secrets for all": (secrets_open_to_all, "read by every user"),
    "secrets of root alone": (secrets_of_root_alone, "Permission denied"),
    "a secret elsewhere": (spoil_configuration("/run/secrets/restorewatch/", "/run/secrets/"), "looks for no secret"),
    "a wrong configuration": (spoil_configuration("format: json", "format: xml"), "must be logfmt or json"),
    "a secret in the repository": (with_a_secret, "a Secret is in"),
    "a secret in the configuration": (spoil_configuration("name: main", "name: mdb_sa_sk_1"), "holds a secret"),
    "another alert": (another_threshold, "the PrometheusRule is not"),
    "a dashboard too few": (without_dashboard, "no ConfigMap holds restorewatch-fleet"),
    "a monitor of another": (put("ServiceMonitor", ("spec", "selector", "matchLabels"), {"app": "x"}),
                             "chooses another Service"),
    "another path": (put("ServiceMonitor", ("spec", "endpoints", 0, "path"), "/"), "scrapes something else"),
}

TYPE_MISTAKES = {
    "a number in words": put("StatefulSet", ("spec", "replicas"), "two"),
    "a member that is none": container("imagePullPolicyy", value="Always"),
    "a container without a name": container("name", value=None),
    "a selector too few": put("StatefulSet", ("spec", "selector"), None),
    "another version": put("StatefulSet", ("apiVersion",), "apps/v1beta9"),
    "a port too few": put("Service", ("spec", "ports", 0, "port"), None),
    "a member of a monitor that is none": put("ServiceMonitor", ("spec", "endpoints", 0, "intervall"), "15s"),
    "a group without a name": put("PrometheusRule", ("spec", "groups", 0, "name"), None),
}


class Manifests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tools = tools()
        cls.base, cls.whole = (rendered(cls.tools + "/kubectl", f) for f in ("base", "monitoring"))

    def spoiled(self, spoil):
        objects = copy.deepcopy(self.whole)
        spoil(objects)
        return objects

    def test_are_as_they_should_be(self):
        self.assertEqual(list(findings(self.base, BINARY)), [])
        self.assertEqual(list(findings(self.whole, BINARY)), [])

    def test_are_of_their_types(self):
        self.assertEqual(type_findings(self.tools, [self.base, self.whole]), [[], []])

    def test_each_mistake_is_found(self):
        for name, (spoil, finding) in MISTAKES.items():
            if name == "secrets of root alone" and os.geteuid() != 0:
                continue  # whose files they are only root can arrange
            with self.subTest(name):
                self.assertIn(finding, "\n".join(findings(self.spoiled(spoil), BINARY)))

    def test_each_mistake_of_type_is_found(self):
        spoiled = [self.spoiled(spoil) for spoil in TYPE_MISTAKES.values()]
        for name, found in zip(TYPE_MISTAKES, type_findings(self.tools, spoiled)):
            with self.subTest(name):
                self.assertEqual(len(found), 1, found)

    def test_the_documented_kustomization_renders(self):
        """With another image and another configuration, and nothing left of the one here."""
        blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/kubernetes.md").read_text(), re.S)
        with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
            texts = (blocks[0].replace("../restorewatch/config", "../../config"), blocks[1])
            for name, text in zip(("kustomization.yaml", "restorewatch.yaml"), texts):
                pathlib.Path(folder, name).write_text(text, encoding="utf-8")
            objects = rendered(self.tools + "/kubectl", folder)
        self.assertEqual(list(findings(objects, BINARY)), [])
        self.assertEqual(configuration_of(objects), {"restorewatch.yaml": blocks[1]})
        self.assertEqual(container_of(objects)["image"], "registry.example.net/restorewatch:0.1.0")

    def test_rules_are_those_of_prometheus(self):
        subprocess.run([ROOT / "scripts/make-manifests", "--check"], check=True)


if __name__ == "__main__":
    for program in ("node", "npm"):
        if not shutil.which(program):
            print(f"{program} is missing", file=sys.stderr)
            sys.exit(1 if "CI" in os.environ else 77)
    unittest.main()
