"""P5 to P8: whole processes that poll the same server, one after the other, round by round."""

import re
import time
from dataclasses import dataclass
from statistics import median

from atlas import Daemon, FakeAtlas
from table import Row, bounded, compared, not_measured
from workplace import Workplace, free_port, wait_until

# 2,000 clusters in so many projects that polling all of them each 2 s stays within what Atlas
# grants a project: 10 clusters x 30 a minute = 300 of 500.
PROJECTS, CLUSTERS, INTERVAL_S = 200, 10, 2
JOBS_SEEN = 95  # of each cluster's 100
WINDOW_S = 6    # of a steady daemon: three cycles
# Of the peers, the first of which is not counted; CPU time is told in ticks of 10 ms.
CYCLES_OF_FLOOR, CYCLES_OF_GO = 11, 3
CONNECTIONS = 16
CYCLE_LINE = re.compile(r"cycle (\d+) done jobs=(\d+)")


@dataclass
class Cycles:
    """What polling has cost in one run, per job."""
    steady_us: float = 0
    cold_us: float = 0
    peak_mib: float = 0


def daemon_cycles(binary, fake_atlas, tls):
    with Workplace() as place:
        atlas = FakeAtlas(place, fake_atlas, PROJECTS, CLUSTERS, tls)
        daemon = Daemon(place, binary, atlas, INTERVAL_S, CONNECTIONS)
        daemon.wait_for_first_cycle()
        cold = daemon.program.cpu_seconds() / (atlas.targets * JOBS_SEEN)
        time.sleep(2 * INTERVAL_S)  # the store writes on for a while
        cpu, requests = daemon.use_over(WINDOW_S)
        return Cycles(1e6 * cpu / (requests * JOBS_SEEN), 1e6 * cold, daemon.program.peak_mib())


def peer_cycles(command_for, cycles, fake_atlas, tls):
    with Workplace() as place:
        atlas = FakeAtlas(place, fake_atlas, PROJECTS, CLUSTERS, tls)
        peer = place.start("peer", command_for(atlas.url))
        done = lambda: CYCLE_LINE.findall(peer.said())
        wait_until(lambda: len(done()) >= 1, peer)
        cold = peer.cpu_seconds()
        wait_until(lambda: len(done()) >= cycles, peer)
        jobs = sum(int(jobs) for _, jobs in done()[1:])
        return Cycles(1e6 * (peer.cpu_seconds() - cold) / jobs, 0, peer.peak_mib())


def floor_command(program):
    return lambda url: [program, url, free_port(), CONNECTIONS, CYCLES_OF_FLOOR, 0, 120]


def go_command(program, tls):
    return lambda url: [program, "-base", url, "-listen", f"127.0.0.1:{free_port()}", "-cycles",
                        str(CYCLES_OF_GO), "-interval", "0"] + (["-insecure"] if tls else [])


def middle(runs):
    return Cycles(*(median(getattr(run, field) for run in runs)
                    for field in ("steady_us", "cold_us", "peak_mib")))


def measure_cycles(binary, peers, rounds, tls):
    """Medians by name, of all that are there; in every round each has its turn."""
    fake_atlas = peers.program("fake_atlas.cpp")
    runs = {"ours": lambda: daemon_cycles(binary, fake_atlas, tls)}
    if floor := peers.program("floor.cpp"):
        runs["floor"] = lambda: peer_cycles(floor_command(floor), CYCLES_OF_FLOOR,
                                            fake_atlas, tls)
    if go := peers.program("exporter.go"):
        runs["Go"] = lambda: peer_cycles(go_command(go, tls), CYCLES_OF_GO, fake_atlas, tls)
    results = {name: [] for name in runs}
    for _ in range(rounds):
        for name, measure in runs.items():
            results[name].append(measure())
    return {name: middle(of_name) for name, of_name in results.items()}


def cycle_rows(binary, peers, rounds):
    if not peers.program("fake_atlas.cpp"):
        return [not_measured(number, "polling 2,000 clusters of 95 jobs", "needs fake_atlas.cpp")
                for number in ("P5", "P6", "P7")]
    rows = []
    for scheme, tls, go_at_least in (("http", False, 10), ("TLS", True, 6)):
        of = measure_cycles(binary, peers, rounds, tls)
        what = f"steady cycle, CPU per job, {scheme}"
        if "floor" in of:
            rows.append(compared("P5", what, of["ours"].steady_us, of["floor"].steady_us, "us",
                                 at_most=2, other_name="floor"))
        if "Go" in of:
            rows.append(compared("P5", what, of["ours"].steady_us, of["Go"].steady_us, "us",
                                 at_least=go_at_least, other_name="Go"))
        if len(of) == 1:
            rows.append(Row("P5", what, f"{of['ours'].steady_us:.3g} us"))
        rows.append(bounded("P6", f"first cycle, CPU per job, {scheme}", of["ours"].cold_us, "us",
                            at_most=5))
        if not tls:
            row = bounded("P7", "peak memory at 190,000 jobs", of["ours"].peak_mib, "MiB", 64)
            row.other = ", ".join(f"{name} {of[name].peak_mib:.0f} MiB" for name in of
                                  if name != "ours")
            rows.append(row)
    return rows


def core_and_rate(binary, fake_atlas):
    """The share of a core and the requests a second, of 2,000 looks in 2 s, each answered 100 ms
    later."""
    with Workplace() as place:
        atlas = FakeAtlas(place, fake_atlas, PROJECTS, CLUSTERS, latency_ms=100)
        daemon = Daemon(place, binary, atlas, INTERVAL_S, connections=128)
        daemon.wait_for_first_cycle()
        time.sleep(2 * INTERVAL_S)
        begun = time.monotonic()
        cpu, requests = daemon.use_over(10)
        took = time.monotonic() - begun
        return cpu / took, requests / took


def concurrency_row(binary, peers, rounds):
    """P8."""
    what = "1,000 requests/s at 100 ms, share of a core"
    fake_atlas = peers.program("fake_atlas.cpp")
    if not fake_atlas:
        return not_measured("P8", what, "needs fake_atlas.cpp")
    runs = [core_and_rate(binary, fake_atlas) for _ in range(rounds)]
    core, rate = (median(values) for values in zip(*runs))
    row = bounded("P8", what, core, "core", 0.3)
    row.ours += f", {rate:.0f}/s"
    row.met = row.met and rate >= 950
    return row
