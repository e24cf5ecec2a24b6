"""Applies all rules to all dashboards."""

import json
import re
import subprocess
import tempfile
from functools import partial

from . import lint_board, lint_panels
from .promql import filled_in, selectors

QUERY_RULES = {
    "target-job-rule": lint_panels.target_job,
    "target-instance-rule": lint_panels.target_instance,
    "target-rate-interval-rule": lint_panels.target_rate_interval,
    "target-counter-agg-rule": lint_panels.target_counter_agg,
    "target-histogram-rule": lint_panels.target_histogram,
    "target-replicas": lint_panels.target_replicas,
}


class Linter:
    """`promtool`: the program. `documented`: the metrics that there are. `uids`: the dashboards
    that may be linked to."""

    def __init__(self, promtool, documented, uids):
        self._promtool = promtool
        self._documented = documented
        self._complaints = {}  # of promtool, by expression; None: it is valid
        self._board_rules = {
            "template-datasource-rule": lint_board.template_datasource,
            "template-job-rule": lint_board.template_job,
            "template-instance-rule": lint_board.template_instance,
            "template-chain": lint_board.template_chain,
            "template-label-promql-rule": partial(
                lint_board.template_label_promql,
                is_valid=lambda expression: not self._invalid([expression])),
            "template-on-time-change-reload-rule": lint_board.template_on_time_change_reload,
            "template-uneditable-rule": lint_board.template_uneditable,
            "siblings": partial(lint_board.siblings, uids=uids),
            "layout": lint_board.layout,
        }
        self._panel_rules = {
            "panel-datasource-rule": lint_panels.panel_datasource,
            "panel-title-description-rule": lint_panels.panel_title_description,
            "panel-units-rule": lint_panels.panel_units,
            "panel-no-targets-rule": lint_panels.panel_no_targets,
            "panel-empty": lint_panels.panel_empty,
            "panel-links": partial(lint_panels.panel_links, uids=uids),
            "panel-shape": lint_panels.panel_shape,
            "panel-columns": lint_panels.panel_columns,
        }

    def findings(self, board, file_stem):
        """Each as `rule: what is wrong`."""
        rules = {**self._board_rules, "identity": partial(lint_board.identity, file_stem=file_stem)}
        for name, rule in rules.items():
            yield from (f"{name}: {finding}" for finding in rule(board))
        for panel in lint_board.panels_of(board):
            yield from self._panel_findings(panel)
        yield from self._query_findings(board)

    def _panel_findings(self, panel):
        for name, rule in self._panel_rules.items():
            yield from (f"{name}: {panel.get('title')}: {finding}" for finding in rule(panel))

    def _query_findings(self, board):
        expressions = dict(expressions_of(board))
        broken = self._invalid(expressions.values())
        for place, expression in expressions.items():
            if expression in broken:
                yield f"target-promql-rule: {place}: {broken[expression]}"
                continue
            for name, rule in QUERY_RULES.items():
                yield from (f"{name}: {place}: {finding}" for finding in rule(expression))
            for metric in sorted({selector.metric for selector in selectors(expression)}):
                if not self._is_documented(metric):
                    yield f"target-metric: {place}: {metric} is not a documented metric"

    def _is_documented(self, metric):
        """Histograms are documented without the suffixes of their series."""
        return metric in self._documented or (
            re.sub(r"_(bucket|sum|count)$", "", metric) in self._documented)

    def _invalid(self, expressions):
        """Those that are no valid PromQL, and why."""
        new = [one for one in dict.fromkeys(expressions) if one not in self._complaints]
        if new:
            self._complaints.update(dict.fromkeys(new) | self._ask_promtool(new))
        return {one: self._complaints[one] for one in expressions if self._complaints[one]}

    def _ask_promtool(self, expressions):
        """promtool has no command for a bare query, but checks those of recording rules."""
        rules = [{"record": f"query:{number}", "expr": filled_in(expression)}
                 for number, expression in enumerate(expressions)]
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            json.dump({"groups": [{"name": "queries", "rules": rules}]}, file)  # JSON is YAML
            file.flush()
            done = subprocess.run([self._promtool, "check", "rules", file.name],
                                  capture_output=True, text=True, check=False)
        complaints = re.findall(r'"query:(\d+)": (.*)', done.stdout + done.stderr)
        if done.returncode and not complaints:
            return {expression: done.stderr.strip() for expression in expressions}
        return {expressions[int(number)]: complaint for number, complaint in complaints}


def expressions_of(board):
    """Pairs of place and expression: of all panels, and of the marks that lie over them."""
    for panel in lint_board.panels_of(board):
        for target in panel.get("targets", []):
            yield f"{panel.get('title')}: {target.get('refId')}", target.get("expr", "")
    for mark in board.get("annotations", {}).get("list", []):
        yield f"annotation {mark['name']}", mark["expr"]


def documented_in(text):
    """The metrics that a text names in backticks, with or without labels."""
    return set(re.findall(r"`([a-z]+_[a-z0-9_]*[a-z0-9])(?:\{[^`]*)?`", text))


def check_dashboards(root, promtool, metrics):
    """Pairs of path and finding, of all dashboards below `root`; `metrics` is the file that names
    the metrics which there are."""
    folder = root / "dashboards"
    made = subprocess.run([root / "scripts/make-dashboards", "--check"], capture_output=True,
                          text=True, check=False)
    if made.returncode:
        yield folder, made.stderr.strip()
    paths = sorted(folder.glob("*.json"))
    linter = Linter(promtool, documented_in(metrics.read_text()), {path.stem for path in paths})
    for path in paths:
        try:
            board = json.loads(path.read_text())
        except ValueError as error:
            yield path, f"is not JSON: {error}"
            continue
        for finding in linter.findings(board, path.stem):
            yield path, finding
