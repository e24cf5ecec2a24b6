#!/usr/bin/env -S python3 -B
"""Runs every query of every panel, every variable and every rule against a real Prometheus.

An expression that is valid may still be wrong: a label that no series has, sides that do not match,
a sum that counts two replicas twice. Here restorewatch watches a fake Atlas in which all happens
that the panels are about; so each must show something, unless may_be_empty.toml excuses it.
"""

import contextlib
import json
import time
import tomllib
import unittest

from panel_queries import ROOT, ask, ask_variable, queries, tables, variables
from stage import REPLICAS, Stage
from programs import TooLate, wait_until

from dashboards.looks import CLUSTER_STATES, JOB_STATES  # noqa: E402

EVERYTHING_SECONDS = 40
EXCUSES = tomllib.loads((ROOT / "tests/dashboards/may_be_empty.toml").read_text())
SETTLED_SECONDS = 3  # three scrape intervals
DOUBLED = 1.6  # what is counted twice is twice as much; else it differs by when is scraped
QUIET_SECONDS = 20  # by then nothing changes any more
LEAST_POINTS = 5  # of a line, so that a point more or less makes no difference


def excused():
    return {(one["dashboard"], one["panel"], one["query"]) for one in EXCUSES.get("panel", [])}


class LiveTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.stage = cls.enterClassContext(Stage())
        cls.wanted = list(queries())
        cls.empty = cls._wait_for_data()

    @classmethod
    def _wait_for_data(cls):
        """Asks all queries, those without data again, until only excused ones have none."""
        empty = set(cls.wanted)

        def is_shown():
            empty.difference_update([query for query in empty if ask(cls.stage, query)])
            return all(query[:3] in excused() for query in empty)

        with contextlib.suppress(TooLate):  # a test tells which have none
            wait_until(is_shown, "every panel has data", EVERYTHING_SECONDS)
        return empty

    def test_every_query_finds_something_unless_it_is_excused(self):
        missing = [query.place for query in self.empty if query[:3] not in excused()]
        self.assertEqual(missing, [], "these panels are empty")

    def test_no_excuse_is_left_that_is_not_needed(self):
        empty = {query[:3] for query in self.empty}
        self.assertEqual(sorted(excused() - empty), [], "these have data, or do not exist")

    def test_every_excuse_gives_a_reason(self):
        for excuse in EXCUSES.get("panel", []) + EXCUSES.get("rule", []):
            self.assertTrue(excuse["reason"].strip(), excuse)

    def test_every_variable_has_values(self):
        for board, name, match in variables():
            with self.subTest(board=board, variable=name):
                self.assertTrue(ask_variable(self.stage, match))

    def test_a_cluster_is_shown_in_each_of_its_states(self):
        self._sees("restorewatch-cluster", "State of the cluster", set(CLUSTER_STATES))

    def test_what_goes_on_is_shown_in_each_of_its_states(self):
        going_on = {"pending", "queued", "running", "in_progress", "ready"}
        self._sees("restorewatch-cluster", "Restores",
                   {0} | {rank for rank, state in JOB_STATES.items() if state.name in going_on})

    def test_a_job_is_shown_in_each_of_its_states(self):
        never_here = {"unknown"}
        self._sees("restorewatch-cluster", "Restores, one by one",
                   {rank for rank, state in JOB_STATES.items() if state.name not in never_here})

    def _sees(self, board, panel, wanted):
        query, = (one for one in self.wanted if one[:2] == (board, panel))

        def are_seen():
            found = ask(self.stage, query).values()
            return wanted <= {value for values in found for value in values}

        wait_until(are_seen, f"{panel} shows {sorted(wanted)}", EVERYTHING_SECONDS)

    def test_other_programs_are_not_shown(self):
        for query in self.wanted:
            for labels in ask(self.stage, query):
                self.assertNotIn('"job": "prometheus"', labels, query.place)

    def test_the_first_column_of_a_table_has_all_its_rows(self):
        """Grafana merges rows by labels; one that the first query lacks would be half empty."""
        for _, (first, *others) in tables():
            then = self._settled()
            rows = self._labels_of(first, then)
            for query in others:
                for labels in self._labels_of(query, then):
                    known = any(row.items() <= labels.items() for row in rows)
                    self.assertTrue(known, f"{query.place} adds a row: {labels}")

    def test_what_a_table_has_headings_for_is_there(self):
        for headed, columns in tables():
            found = {label for query in columns for labels in self._labels_of(query)
                     for label in labels}
            self.assertLessEqual(headed, found, columns[0].place)

    def test_labels_in_legends_and_links_are_there(self):
        for query in self.wanted:
            for labels in self._labels_of(query):
                self.assertLessEqual(query.named, labels.keys(), query.place)

    def _labels_of(self, query, then=None):
        return [json.loads(labels) for labels in ask(self.stage, query, now=then)]

    def test_two_replicas_count_once(self):
        # One is scraped a little before the other: while something changes they differ, so that
        # some are asked again. The watcher's dashboard shows each for itself.
        compared = sum(wait_until(lambda query=query: self._counts_once(query),
                                  f"{query.place} does not count twice", QUIET_SECONDS)
                       for query in self.wanted if query.board != "restorewatch-watcher")
        self.assertGreater(compared, 200, "too little was found to tell")

    def _counts_once(self, query):
        """How many series were compared, those that one replica alone shows as well, and one more;
        0 if any is about twice as much with both."""
        then = self._settled()
        alone = ask(self.stage, query, REPLICAS[0], then)
        both = ask(self.stage, query, now=then)
        least = 1 if query.instant else LEAST_POINTS
        shared = [labels for labels in alone if labels in both and
                  sum(value > 0 for value in alone[labels]) >= least]
        once = all(sum(both[labels]) < DOUBLED * sum(alone[labels]) for labels in shared)
        return once * (1 + len(shared))

    @staticmethod
    def _settled():
        """A moment of which all is stored by now, so that two queries see the same."""
        return time.time() - SETTLED_SECONDS

    def test_every_rule_can_be_evaluated(self):
        excused = {one["name"] for one in EXCUSES.get("rule", [])}
        for rule in self._rules():
            with self.subTest(rule=rule["name"]):
                found = self.stage.ask("query", query=rule["query"])["result"]  # or an error
                if rule["type"] == "recording":
                    self.assertNotEqual(bool(found), rule["name"] in excused)

    def test_no_rule_fails_while_prometheus_runs_it(self):
        self.assertEqual([rule["name"] for rule in self._rules() if rule["health"] == "err"], [])

    def _rules(self):
        groups = self.stage.ask("rules")["groups"]
        self.assertTrue(groups)
        return [rule for group in groups for rule in group["rules"]]


if __name__ == "__main__":
    unittest.main()
