"""Everything that Grafana would ask Prometheus for these dashboards, and what it would get."""

import json
import math
import re
import sys
import time
from typing import NamedTuple

from stage import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
from dashboards.lint_board import LABEL_VALUES, panels_of, variables_of  # noqa: E402
from dashboards.promql import filled_in  # noqa: E402
from dashboards.queries import ZERO  # noqa: E402

WINDOW_SECONDS = 120  # the time range shown; all of the test lies in it
RATE_INTERVAL = "8s"  # Grafana takes four scrape intervals at least


class Query(NamedTuple):
    board: str
    panel: str
    ref: str
    expression: str
    instant: bool
    named: frozenset  # labels that its legend, or a link of its panel, puts into a text

    @property
    def place(self):
        return f"{self.board}: {self.panel}: {self.ref}"


def boards():
    return [json.loads(path.read_text()) for path in sorted((ROOT / "dashboards").glob("*.json"))]


def queries():
    """All of all panels, and the marks over them. Where a panel shows 0 if it finds nothing, the
    query is what it looks for: a 0 would hide that it cannot find anything."""
    for board in boards():
        for panel in panels_of(board):
            for target in panel["targets"]:
                yield Query(board["uid"], panel["title"], target["refId"],
                            target["expr"].removesuffix(ZERO), target["instant"],
                            _labels_in(target["legendFormat"], panel["fieldConfig"]))
        for mark in board["annotations"]["list"]:
            yield Query(board["uid"], mark["name"], "annotation", mark["expr"], False,
                        _labels_in(mark["titleFormat"], mark["textFormat"]))


def _labels_in(*texts):
    return frozenset(re.findall(r"(?:\{\{|__field\.labels\.)(\w+)", json.dumps(texts)))


def tables():
    """Of each table: the labels that have a heading, and the queries in the order of columns."""
    for board in boards():
        for panel in panels_of(board):
            if panel["type"] == "table":
                headings = panel["transformations"][1]["options"]["renameByName"]
                yield ({name for name in headings if not name.startswith("Value")},
                       [query for query in queries()
                        if query[:2] == (board["uid"], panel["title"])])


def variables():
    """Triples: dashboard, variable, and what label_values() is asked for."""
    for board in boards():
        for name, variable in variables_of(board).items():
            if variable["type"] == "query":
                yield board["uid"], name, LABEL_VALUES.match(variable["definition"])


def chosen(expression, instance=".+"):
    return filled_in(expression, {
        "$__rate_interval": RATE_INTERVAL, "$__range_s": str(WINDOW_SECONDS),
        "$__range": f"{WINDOW_SECONDS}s", "$job": ".+", "$instance": instance, "$project": ".+",
        "$cluster": ".+"})


def ask(stage, query, instance=".+", now=None):
    """The labels of each series, as JSON, and its values. Those that are no number are left out."""
    now = now or time.time()
    text = chosen(query.expression, instance)
    if query.instant:
        data = stage.ask("query", query=text, time=now)
    else:
        data = stage.ask("query_range", query=text, start=now - WINDOW_SECONDS, end=now, step=1)
    found = {}
    for series in data["result"]:
        points = series.get("values") or [series["value"]]
        values = [float(value) for _, value in points if not math.isnan(float(value))]
        if values:
            found[json.dumps(series["metric"], sort_keys=True)] = values
    return found


def ask_variable(stage, match):
    selector, label = match[1], match[2]
    return stage.ask(f"label/{label}/values", **{"match[]": chosen(selector)})
