"""What config/kubernetes must be, as functions that yield findings of rendered objects."""

import atexit
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
MANIFESTS = ROOT / "config/kubernetes"
NAME = "restorewatch"


def the(objects, kind, name=NAME):
    """The only one of this kind, or of this kind and name."""
    found = [o for o in objects if o["kind"] == kind and o["metadata"]["name"].startswith(name)]
    return found[0] if len(found) == 1 else None


def pod_of(objects):
    return the(objects, "StatefulSet")["spec"]["template"]["spec"]


def container_of(objects):
    return pod_of(objects)["containers"][0]


@functools.cache
def source_text():
    return "".join(path.read_text() for path in (ROOT / "daemon").rglob("*.cpp"))


@functools.cache
def flags_of(binary):
    return subprocess.run([binary, "--help"], capture_output=True, text=True, check=True).stdout


@functools.cache
def program_for_everybody(binary):
    """A copy that another user can run, wherever the build is."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    os.chmod(folder, 0o755)
    program = pathlib.Path(folder, "restorewatch")
    program.write_bytes(pathlib.Path(binary).read_bytes())
    program.chmod(0o755)
    return program


def check_restricted(objects):
    """The Pod Security Standards' restricted profile, and a root that nobody writes to."""
    pod = pod_of(objects)
    context = pod.get("securityContext", {})
    for key in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.get(key):
            yield f"{key} is on"
    if context.get("seccompProfile") != {"type": "RuntimeDefault"}:
        yield "seccompProfile is not RuntimeDefault"
    if context.get("runAsNonRoot") is not True:
        yield "it may run as root"
    if pod.get("automountServiceAccountToken") is not False:
        yield "it is given a token of Kubernetes"
    for volume in pod["volumes"]:
        if not set(volume) - {"name"} <= {"configMap", "secret", "emptyDir"}:
            yield f"volume {volume['name']}: of a kind that the profile or this daemon does not need"
    for container in pod["containers"] + pod.get("initContainers", []):
        own = container.get("securityContext", {})
        if own.get("allowPrivilegeEscalation") is not False or own.get("privileged"):
            yield f"{container['name']}: may gain privileges"
        if own.get("capabilities") != {"drop": ["ALL"]}:
            yield f"{container['name']}: keeps capabilities"
        if own.get("readOnlyRootFilesystem") is not True:
            yield f"{container['name']}: its root can be written to"
        if any("hostPort" in port for port in container.get("ports", [])):
            yield f"{container['name']}: has a port of the host"
    labels = the(objects, "Namespace")["metadata"]["labels"]
    if labels.get("pod-security.kubernetes.io/enforce") != "restricted":
        yield "the namespace does not enforce the restricted profile"


def check_users(objects):
    """The user of the image, who can read the secrets and write the store."""
    user, group = re.search(r"^USER (\d+):(\d+)$", (ROOT / "Dockerfile").read_text(), re.M).groups()
    context = pod_of(objects).get("securityContext", {})
    for key, wanted in (("runAsUser", user), ("runAsGroup", group), ("fsGroup", group)):
        if context.get(key) != int(wanted):
            yield f"{key} is {context.get(key)}, the image's is {wanted}"


def check_one_daemon(objects):
    """One daemon for each store, and a store that outlives it."""
    spec = the(objects, "StatefulSet")["spec"]
    if spec["replicas"] != 1:
        yield f"{spec['replicas']} replicas of a daemon that has its store for itself"
    keeps = spec.get("persistentVolumeClaimRetentionPolicy", {})
    if keeps != {"whenDeleted": "Retain", "whenScaled": "Retain"}:
        yield "the store goes with the StatefulSet"
    claims = spec.get("volumeClaimTemplates", [])
    if [c["spec"].get("accessModes") for c in claims] != [["ReadWriteOnce"]]:
        yield "the store is not on one disk of one node"
    names = {c["metadata"]["name"] for c in claims} | {v["name"] for v in pod_of(objects)["volumes"]}
    mounts = {m["name"]: m["mountPath"] for m in container_of(objects)["volumeMounts"]}
    if set(mounts) != names:
        yield f"volumes {sorted(names)} and mounts {sorted(mounts)} differ"
    default = re.search(r'path = "(\S+)/[^/]+\.db"', (ROOT / "daemon/config/config.h").read_text())[1]
    if [mounts.get(c["metadata"]["name"]) for c in claims] != [default]:
        yield f"the claim is not mounted at {default}, where the store is"


def check_arguments(objects, binary):
    """Flags that there are, a configuration that there is, and ports that meet."""
    container = container_of(objects)
    arguments = dict(a.split("=", 1) for a in container["args"])
    yield from (f"there is no flag {flag}" for flag in arguments if f"{flag} " not in flags_of(binary))
    mounts = {m["mountPath"]: m["name"] for m in container["volumeMounts"]}
    path = pathlib.PurePosixPath(arguments.get("--config.file", "/none"))
    if mounts.get(str(path.parent)) != "config" or path.name not in configuration_of(objects):
        yield f"nothing is mounted as {path}"
    port = int(arguments.get("--web.listen-address", ":0").rpartition(":")[2])
    if [p["containerPort"] for p in container["ports"]] != [port]:
        yield f"it listens on {port}, the container's port is another"
    name = container["ports"][0]["name"]
    service = the(objects, "Service")["spec"]["ports"]
    if [(p["port"], p["targetPort"]) for p in service] != [(port, name)]:
        yield "the Service leads elsewhere"
    allowed = the(objects, "NetworkPolicy")["spec"]["ingress"]
    if [p["port"] for rule in allowed for p in rule["ports"]] != [name]:
        yield "the NetworkPolicy lets in to another port"


def check_probes(objects):
    container = container_of(objects)
    wanted = {"startupProbe": "/-/healthy", "livenessProbe": "/-/healthy",
              "readinessProbe": "/-/ready"}
    for probe, path in wanted.items():
        asks = container.get(probe, {}).get("httpGet", {})
        if asks != {"path": path, "port": container["ports"][0]["name"]}:
            yield f"{probe} does not ask {path}"
        if f'"{path}"' not in source_text():
            yield f"the daemon does not answer {path}"
    if pod_of(objects).get("terminationGracePeriodSeconds", 0) < 15:
        yield "it is killed before it can stop"
    if "memory" not in container.get("resources", {}).get("limits", {}):
        yield "its memory has no limit"


def check_labels(objects):
    labels = the(objects, "StatefulSet")["spec"]["template"]["metadata"]["labels"]
    chosen = {
        "StatefulSet": the(objects, "StatefulSet")["spec"]["selector"]["matchLabels"],
        "Service": the(objects, "Service")["spec"]["selector"],
        "NetworkPolicy": the(objects, "NetworkPolicy")["spec"]["podSelector"].get("matchLabels", {}),
    }
    for kind, selector in chosen.items():
        if not selector or not selector.items() <= labels.items():
            yield f"the {kind} chooses other pods"
    if the(objects, "Service")["spec"].get("publishNotReadyAddresses") is not True:
        yield "while it is not ready nobody would scrape why"


def check_network(objects):
    spec = the(objects, "NetworkPolicy")["spec"]
    if sorted(spec.get("policyTypes", [])) != ["Egress", "Ingress"]:
        yield "the NetworkPolicy is not about both ways"
    if not all(rule.get("from") for rule in spec["ingress"]):
        yield "everybody may come in"
    out = {(p.get("protocol"), p.get("port")) for rule in spec["egress"] for p in rule.get("ports", [{}])}
    if out != {("UDP", 53), ("TCP", 53), ("TCP", 443)}:
        yield f"it may go out to {sorted(out, key=str)}"


def configuration_of(objects):
    config_map = next((o for o in objects if o["kind"] == "ConfigMap"
                       and "restorewatch.yaml" in o["data"]), {"data": {}})
    return config_map["data"]


def check_configuration(objects, binary):
    """As the pod would: read by its user, with the secrets as a Secret volume has them."""
    volumes = {v["name"]: v for v in pod_of(objects)["volumes"]}
    mount = next(m["mountPath"] for m in container_of(objects)["volumeMounts"] if m["name"] == "secrets")
    text = configuration_of(objects).get("restorewatch.yaml", "")
    if mount + "/" not in text:
        yield f"the configuration looks for no secret in {mount}"
    context = pod_of(objects).get("securityContext", {})
    as_root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        secrets = pathlib.Path(folder, "secrets")
        (secrets / "..2026").mkdir(parents=True)
        (secrets / "..data").symlink_to("..2026")
        for name in re.findall(re.escape(mount) + r"/([\w.-]+)", text):
            file = secrets / "..2026" / name
            file.write_text("a-secret-of-some-length\n", encoding="utf-8")
            if as_root:  # the kubelet's doing: owned by root, and by the group fsGroup
                os.chown(file, 0, context.get("fsGroup", 0))
            file.chmod(volumes["secrets"]["secret"].get("defaultMode", 0o644))
            (secrets / name).symlink_to(f"..data/{name}")
        config = pathlib.Path(folder, "restorewatch.yaml")
        config.write_text(text.replace(mount, str(secrets)), encoding="utf-8")
        identity = {"user": context.get("runAsUser", 0), "group": context.get("runAsGroup", 0),
                    "extra_groups": [context.get("fsGroup", 0)]} if as_root else {}
        done = subprocess.run([program_for_everybody(binary), "check", f"--config.file={config}"], capture_output=True,
                              text=True, check=False, **identity)
        if done.returncode != 0 or done.stderr:
            yield f"restorewatch check: {done.stderr}"


def check_no_secrets(objects):
    for o in objects:
        if o["kind"] == "Secret":
            yield "a Secret is in the repository"
        if re.search(r"mdb_sa_sk_|PRIVATE KEY", json.dumps(o)):
            yield f"{o['kind']} {o['metadata']['name']} holds a secret"


def check_monitoring(objects):
    """Rules and dashboards are those of dashboards/, and the monitor finds the Service."""
    rules = the(objects, "PrometheusRule")
    wanted = [group for name in ("alerts", "rules")
              for group in yaml.safe_load((ROOT / f"dashboards/{name}.yaml").read_text())["groups"]]
    if rules is None or rules["spec"]["groups"] != wanted:
        yield "the PrometheusRule is not dashboards/alerts.yaml and rules.yaml"
    for file in (ROOT / "dashboards").glob("*.json"):
        config_map = next((o for o in objects if o["kind"] == "ConfigMap"
                           and o["metadata"]["name"] == file.stem), None)
        if config_map is None or config_map["data"].get(file.name) != file.read_text():
            yield f"no ConfigMap holds {file.name}"
        elif config_map["metadata"].get("labels", {}).get("grafana_dashboard") != "1":
            yield f"Grafana's sidecar will not see {file.name}"
        elif len(file.read_bytes()) > 200_000:
            yield f"{file.name} is too large for `kubectl apply`"
    monitor, service = the(objects, "ServiceMonitor"), the(objects, "Service")
    selector = monitor["spec"]["selector"]["matchLabels"]
    if not selector or not selector.items() <= service["metadata"]["labels"].items():
        yield "the ServiceMonitor chooses another Service"
    if [(e["port"], e["path"]) for e in monitor["spec"]["endpoints"]] != [("http", "/metrics")]:
        yield "the ServiceMonitor scrapes something else"


def findings(objects, binary):
    """Of what `kubectl kustomize config/kubernetes/base` or `…/monitoring` prints."""
    for check in (check_restricted, check_users, check_one_daemon, check_probes, check_labels,
                  check_network, check_no_secrets):
        yield from check(objects)
    for check in (check_arguments, check_configuration):
        yield from check(objects, binary)
    if the(objects, "ServiceMonitor"):
        yield from check_monitoring(objects)


def rendered(kubectl, folder):
    done = subprocess.run([kubectl, "kustomize", str(MANIFESTS / folder)], capture_output=True,
                          text=True, check=True)
    return list(yaml.safe_load_all(done.stdout))


def type_findings(tools, lists):
    """Of each list of objects, what their types have against them."""
    done = subprocess.run(["node", str(ROOT / "tests/kubernetes/validate.mjs"), tools],
                          input=json.dumps(lists), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
