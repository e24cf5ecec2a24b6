"""P1 and P9: single parts, in processes of their own."""

import json
import re
from statistics import median

from table import Row, bounded, compared
from workplace import Workplace, run

PAGE = 500  # jobs


def benchmark(binary, names, rounds=1):
    """The results of Google Benchmark, by name: medians of the rounds."""
    output = run([binary, f"--benchmark_filter={names}", "--benchmark_format=json",
                  f"--benchmark_repetitions={rounds}"])
    of_name = {}
    for result in json.loads(output)["benchmarks"]:
        if result.get("run_type") == "iteration":
            of_name.setdefault(result["name"], []).append(result)
    return {name: {key: median(result[key] for result in results)
                   for key in results[0] if isinstance(results[0][key], (int, float))}
            for name, results in of_name.items()}


def ns_per_job(result):
    return 1e9 / result["items_per_second"]


def instructions_per_job(bins, path):
    """By callgrind: the difference of two numbers of rounds of 100 jobs."""
    def collected(rounds):
        done = run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                    "--log-fd=1", bins / "counted", path, rounds])
        return int(re.search(r"Collected : (\d+)", done).group(1))
    few, many = 5, 25
    return (collected(many) - collected(few)) / (100 * (many - few))


def decode_rows(bins, peers, rounds):
    what = f"decode of a page of {PAGE} jobs, per job"
    rows = []
    go = peers.program("decode.go")
    if go:
        ours, theirs = [], []
        with Workplace() as place:
            page = place.folder / "page.json"
            page.write_text(run([bins / "counted", "page", PAGE]))
            for _ in range(rounds):
                result = benchmark(bins / "look_bench", f"decode_a_page/{PAGE}$")
                ours.append(ns_per_job(result[f"decode_a_page/{PAGE}"]))
                theirs.append(float(re.search(r"([0-9.]+) ns/job", run([go, page])).group(1)))
        rows.append(compared("P1", what, median(ours), median(theirs), "ns", at_least=20,
                             other_name="Go"))
    else:
        result = benchmark(bins / "look_bench", f"decode_a_page/{PAGE}$", rounds)
        rows.append(Row("P1", what, f"{ns_per_job(result[f'decode_a_page/{PAGE}']):.0f} ns",
                        why_not="needs decode.go"))
    rows.append(bounded("P1", "decode, instructions per job (page of 100)",
                        instructions_per_job(bins, "decode"), "instructions", 6500))
    rows.append(Row("", "listing a page, instructions per job",
                    f"{instructions_per_job(bins, 'list'):.0f}"))
    rows.append(Row("", "comparing an unchanged job, instructions",
                    f"{instructions_per_job(bins, 'diff'):.0f}"))
    return rows


def store_rows(bins, rounds):
    of = benchmark(bins / "store_bench", ".", rounds)

    def result(name):
        return next(value for key, value in of.items() if key.startswith(name))
    page = {name: result(f"{name}_a_million/1/")["items_per_second"] / 1000
            for name in ("insert", "update")}
    return [
        bounded("P9", "inserts a page at a time", page["insert"], "thousand/s", at_least=100),
        bounded("P9", "updates a page at a time", page["update"], "thousand/s", at_least=100),
        bounded("P9", "loading 1M jobs", result("load_a_million")["real_time"] / 1000, "s", 2),
        bounded("P9", "file, per job", result("insert_a_million/1/")["bytes_per_job"], "B", 120),
    ]


def rows_of_micro(bins, peers, rounds, wanted):
    rows = []
    if wanted("P1"):
        rows += decode_rows(bins, peers, rounds)
    if wanted("P9"):
        # A million jobs, several times over: the rounds would take minutes and tell little more.
        rows += store_rows(bins, rounds=1)
    return rows
