#!/usr/bin/env -S python3 -B
"""Each rule of scripts/dashboards/lint*.py finds what it is for, and nothing in the dashboards as
they are. A case takes the real fleet dashboard and spoils one thing."""

import copy
import json
import os
import pathlib
import re
import shutil
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from dashboards.lint import Linter  # noqa: E402
from dashboards.lint_board import panels_of, variables_of  # noqa: E402
from dashboards.promql import selectors  # noqa: E402

FOLDER = ROOT / "dashboards"
UIDS = {path.stem for path in FOLDER.glob("*.json")}
GOOD = json.loads((FOLDER / "restorewatch-fleet.json").read_text())
PROMTOOL = str(pathlib.Path(os.environ.get("RW_PROMETHEUS_DIR",
                                           ROOT / "build/tools/prometheus/usr/bin")) / "promtool")
if not pathlib.Path(PROMTOOL).exists():
    PROMTOOL = shutil.which("promtool") or PROMTOOL
DOCUMENTED = {selector.metric for panel in panels_of(GOOD) for target in panel["targets"]
              for selector in selectors(target["expr"])} | {
                  "restorewatch_api_requests_total", "restorewatch_store_commit_duration_seconds"}
LINTER = Linter(PROMTOOL, DOCUMENTED, UIDS)
CHOSEN = 'job=~"$job", instance=~"$instance"'


def panel(board, kind):
    return next(one for one in panels_of(board) if one["type"] == kind)


def asks(expression):
    """Spoils a board: the first query of its first panel becomes this."""
    def spoil(board):
        panel(board, "stat")["targets"][0]["expr"] = expression
    return spoil


def variable(which, **changes):
    return lambda board: variables_of(board)[which].update(changes)


def without(name):
    def spoil(board):
        variables = board["templating"]["list"]
        variables[:] = [one for one in variables if one["name"] != name]
    return spoil


def changed(kind, **changes):
    return lambda board: panel(board, kind).update(changes)


def options_without(kind, name):
    return lambda board: panel(board, kind)["options"].pop(name)


def in_field(kind, name, value):
    return lambda board: panel(board, kind)["fieldConfig"]["defaults"].update({name: value})


def moved(board):
    first, second = list(panels_of(board))[:2]
    second["gridPos"] = dict(first["gridPos"])


def unnamed_column(board):
    organize = panel(board, "table")["transformations"][1]
    names = organize["options"]["renameByName"]
    names["Value #A"] = names.pop("Value #B")


def other_link(url):
    return changed("stat", links=[{"title": "Open", "url": url}])


FLEET = "/d/restorewatch-fleet?${__url_time_range}"
BAD = [
    ("template-datasource-rule", without("datasource")),
    ("template-datasource-rule", variable("datasource", name="prom")),
    ("template-job-rule", without("job")),
    ("template-job-rule", variable("job", multi=False)),
    ("template-instance-rule", variable("instance", allValue=".*")),
    ("template-instance-rule", variable("instance", datasource={"uid": "abc"})),
    ("template-chain", variable("cluster", includeAll=False)),
    ("template-chain", variable("cluster", definition="label_values(up, cluster_name)")),
    ("template-label-promql-rule", variable("job", definition="label_values(up{, job)")),
    ("template-label-promql-rule", variable("job", query={"query": "label_values(up, job)"})),
    ("template-on-time-change-reload-rule", variable("project", refresh=1)),
    ("template-uneditable-rule", lambda board: board.update(editable=True)),
    ("identity", lambda board: board.update(uid="other")),
    ("identity", lambda board: board.update(schemaVersion=16)),
    ("identity", lambda board: board.update(graphTooltip=0)),
    ("siblings", lambda board: board["links"].pop()),
    ("siblings", lambda board: board["links"][0].update(includeVars=False)),
    ("layout", moved),
    ("layout", lambda board: board["panels"][2].update(id=board["panels"][1]["id"])),
    ("layout", lambda board: board["panels"][1]["gridPos"].update(x=23)),
    ("layout", lambda board: board["panels"][2].update(title=board["panels"][1]["title"])),
    ("panel-datasource-rule", changed("table", datasource={"uid": "abc"})),
    ("panel-datasource-rule", lambda board: panel(board, "stat")["targets"][0].pop("datasource")),
    ("panel-title-description-rule", changed("stat", description=" ")),
    ("panel-title-description-rule", changed("timeseries", title="")),
    ("panel-units-rule", in_field("stat", "unit", "seconds")),
    ("panel-units-rule", in_field("timeseries", "unit", "")),
    ("panel-no-targets-rule", changed("stat", targets=[])),
    ("panel-no-targets-rule", lambda board: panel(board, "table")["targets"][1].update(refId="A")),
    ("panel-empty", in_field("stat", "noValue", "")),
    ("panel-links", changed("stat", links=[])),
    ("panel-links", other_link("/d/gone?${__url_time_range}")),
    ("panel-links", other_link("/d/restorewatch-fleet?from=now-1h")),
    ("panel-shape", changed("stat", type="singlestat")),
    ("panel-shape", options_without("table", "cellHeight")),
    ("panel-shape", lambda board: panel(board, "table")["targets"][0].update(instant=False)),
    ("panel-columns", unnamed_column),
    ("target-promql-rule", asks("sum(")),
    ("target-job-rule", asks('max(restorewatch_build_info{instance=~"$instance"})')),
    ("target-job-rule", asks('max(restorewatch_build_info{job="$job", instance=~"$instance"})')),
    ("target-instance-rule", asks('max(restorewatch_build_info{job=~"$job"})')),
    ("target-rate-interval-rule",
     asks(f"sum(rate(restorewatch_api_requests_total{{{CHOSEN}}}[$__range]))")),
    ("target-rate-interval-rule",
     asks(f"sum(increase(restorewatch_api_requests_total{{{CHOSEN}}}[1h]))")),
    ("target-counter-agg-rule", asks(f"sum(restorewatch_api_requests_total{{{CHOSEN}}})")),
    ("target-histogram-rule", asks("sum(rate(restorewatch_store_commit_duration_seconds_bucket"
                                   f"{{{CHOSEN}}}[$__rate_interval]))")),
    ("target-replicas", asks(f"sum(mongodbatlas_restore_jobs{{{CHOSEN}}})")),
    ("target-replicas", asks(f"max by (instance) (mongodbatlas_restore_jobs{{{CHOSEN}}})")),
    ("target-metric", asks(f"max(restorewatch_of_yesterday{{{CHOSEN}}})")),
]


def rules_in(board, stem="restorewatch-fleet"):
    return {finding.split(":")[0] for finding in LINTER.findings(board, stem)}


class RulesTest(unittest.TestCase):
    def test_nothing_is_found_in_a_good_dashboard(self):
        self.assertEqual(list(LINTER.findings(GOOD, "restorewatch-fleet")), [])

    def test_each_rule_finds_what_it_is_for(self):
        for number, (rule, spoil) in enumerate(BAD):
            with self.subTest(rule=rule, number=number):
                board = copy.deepcopy(GOOD)
                spoil(board)
                self.assertIn(rule, rules_in(board))

    def test_each_rule_has_a_case(self):
        source = (ROOT / "scripts/dashboards/lint.py").read_text()
        rules = set(re.findall(r'^ +"([a-z-]+)": (?:partial|lint_)', source, re.MULTILINE))
        rules |= set(re.findall(r'yield f"([a-z-]+): ', source)) | {"identity"}
        self.assertEqual(rules, {rule for rule, _ in BAD})


class SelectorsTest(unittest.TestCase):
    def test_selectors_are_found_with_what_is_done_to_them(self):
        found = selectors('sum by (a) (max by (b, c) (rate(x_total{l="1", m=~"2"}[5m]))) '
                          '* on (a) group_left (n) y or (time() - z) unless bool w')
        self.assertEqual([one.metric for one in found], ["x_total", "y", "z", "w"])
        self.assertEqual(found[0].matchers, {"l": ("=", "1"), "m": ("=~", "2")})
        self.assertEqual(found[0].window, "5m")
        self.assertEqual([call.name for call in found[0].calls], ["sum", "max", "rate"])
        self.assertEqual(found[0].calls[1].labels, ("b", "c"))
        self.assertEqual([one.calls for one in found[1:]], [(), (), ()])


if __name__ == "__main__":
    unittest.main()
