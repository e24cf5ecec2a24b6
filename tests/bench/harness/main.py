"""Measures restorewatch and prints one table. scripts/bench calls this; see there."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from cycles import concurrency_row, cycle_rows
from micro import rows_of_micro
from peers import Peers
from scrapes import rows_of_scrapes
from table import as_text
from workplace import run

SOURCE = Path(__file__).resolve().parents[3]
BINS = SOURCE / "build/release/bin"
PROGRAMS = ["restorewatch", "counted", "look_bench", "store_bench", "page_server", "scrape_bench",
            "fleet_simulation"]


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--peers", type=Path, help="a folder of other implementations")
    parser.add_argument("--quick", action="store_true", help="three rounds instead of five")
    parser.add_argument("--only", default="", help="rows, such as P5 or P5,P7")
    parser.add_argument("--no-build", action="store_true", help="measure the programs as they are")
    return parser.parse_args()


def build():
    run(["cmake", "--preset", "release", "-DRW_TESTS=ON"], cwd=SOURCE)
    run(["cmake", "--build", "--preset", "release", f"-j{os.cpu_count()}", "--target"] + PROGRAMS,
        seconds=3600, cwd=SOURCE)


def print_simulations(wanted):
    """P10 and P11 have tables of their own, which are printed as they are. Whether all is met."""
    scenarios = [scenario for number, scenario in (("P10", "steady"), ("P11", "growth"))
                 if wanted(number)]
    if not scenarios:
        return True
    return subprocess.run([BINS / "fleet_simulation"] + scenarios, timeout=3600).returncode == 0


def main():
    wish = arguments()
    only = set(wish.only.split(",")) if wish.only else set()
    wanted = lambda *numbers: not only or bool(only.intersection(numbers))
    rounds = 3 if wish.quick else 5
    if not wish.no_build:
        build()
    peers = Peers(wish.peers.resolve() if wish.peers else None, SOURCE / "build/peers")
    rows = rows_of_micro(BINS, peers, rounds, wanted)
    rows += rows_of_scrapes(BINS, peers, rounds, wanted)
    if wanted("P5", "P6", "P7"):
        rows += cycle_rows(BINS / "restorewatch", peers, rounds)
    if wanted("P8"):
        rows.append(concurrency_row(BINS / "restorewatch", peers, rounds))
    print(as_text(rows), flush=True)
    met = print_simulations(wanted)
    return 0 if met and all(row.met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
