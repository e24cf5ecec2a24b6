"""The fleet: what on-call opens first, and where a team lead sees which drills are due."""

from . import conditions as is_
from .looks import (BAD, CLUSTER_STATES, GOOD, NONE_IS_BETTER, NONE_IS_GOOD, NOTE, OUTCOMES,
                    SHARE_OF_OBJECTIVE, VISIBILITY, WARN, State, above)
from .pages import CLUSTER, FLEET, SECURITY, WATCHER, Row, dashboard, failures
from .panels import colours_of, count, query, stat, timeseries
from .queries import age, by, counted, newest, of_fleet
from .tables import Column, table, when

OUTCOME = ("outcome",)
COMPLETED = 'outcome="completed"'
ABSENT_OBJECTIVE = ("no objective", "text")
PROBLEM_POINTS = 60  # each looks at every cluster


def _wrong_now():
    return Row("What is wrong now", [
        count("Failed", "Clusters with a restore that was seen to fail within the time shown, and "
              "none that has succeeded since. Downloads are not counted.",
              is_.number_of(is_.FAILED), steps=NONE_IS_GOOD, link=CLUSTER),
        count("Taking too long", "Clusters with a restore that has been going on for longer than "
              "their objective allows, or for 4 hours where they have none.",
              is_.number_of(is_.STUCK), steps=NONE_IS_BETTER, link=CLUSTER),
        count("Not visible", "Clusters of which at least one list of jobs could not be read at the "
              "last look. A failed restore there goes unnoticed.",
              is_.number_of(is_.BLIND), steps=NONE_IS_GOOD, link=WATCHER),
        count("Drill overdue", "Clusters whose last successful drill is longer ago than their "
              "objective allows.",
              is_.number_of(is_.OVERDUE), steps=NONE_IS_BETTER, link=CLUSTER),
        count("Never tested", "Clusters that are to be drilled and of which no drill has ever "
              "succeeded. Those that cannot be read are not counted: nobody knows.",
              is_.number_of(is_.NEVER_TESTED), steps=NONE_IS_BETTER, link=CLUSTER),
        count("Not covered", "Clusters with objectives that nobody looks at: their backups are "
              "switched off, they are M0, or `sources` leaves out their kind.",
              is_.number_of(is_.NOT_COVERED), steps=NONE_IS_GOOD, link=CLUSTER),
    ])


def _at_a_glance():
    drilled = f"count({is_.DRILL_INTERVAL})"
    in_time = f"({is_.number_of(f'({is_.DRILL_USED}) <= 1')}) or 0 * {drilled}"
    look = newest("target_last_poll_success_timestamp_seconds", labels=("source",))
    return [
        count("Clusters watched", "Clusters whose restore jobs are read.",
              is_.number_of(newest("target_effective_interval_seconds")), link=WATCHER),
        count("Restoring", "Jobs that were requested and have not ended, downloads included. "
              "Clusters that cannot be read are left out.",
              f"sum({is_.ACTIVE_JOBS})", link=CLUSTER),
        count("Restores completed", "Restores that completed within the time shown. Downloads are "
              "not counted: they prove nothing about restoring.",
              f"sum({counted('jobs_finished_total', is_.RESTORES, COMPLETED)})", link=CLUSTER),
        stat("Drilled in time", "Of the clusters that are to be drilled, the share whose last "
             "successful drill is no longer ago than their objective allows.",
             f"({in_time}) / {drilled}", unit="percentunit", link=CLUSTER,
             steps=((None, BAD), (0.8, NOTE), (1, GOOD)), empty="no drill objectives"),
        count("Links open", "Download links that give a cluster's data to whoever has them.",
              f"sum({newest('download_links_active')})", steps=NONE_IS_BETTER, link=SECURITY),
        stat("Oldest look", "How long ago the target that was not seen for longest was last seen. "
             "What this dashboard shows of it is as old.",
             age(f"min({look})"), unit="s", link=WATCHER, decimals=0, empty="nothing seen yet",
             steps=((None, GOOD), (900, WARN), (3600, BAD))),
    ]


def _clusters():
    links = f"{newest('download_links_active')} > 0"
    return table(
        "State of every cluster",
        "The worst that is true of each cluster, worst first. A failure counts if it was seen "
        "within the time shown and nothing has succeeded since. A name leads to the cluster's own "
        "page.",
        [
            Column("State", is_.STATE, "none", states=CLUSTER_STATES, width=120),
            Column("Going on", f"{is_.ACTIVE_JOBS} > 0", missing=("none", "text"), decimals=0),
            Column("Running for", is_.RUNNING_FOR, "s"),
            when("Last restore", is_.LAST_SUCCESS, missing=("never", "orange")),
            when("Last failure", newest("last_failure_timestamp_seconds", is_.RESTORES),
                 missing=("never", "text")),
            Column("Links open", links, missing=("none", "text"), decimals=0),
            Column("Visible", is_.VISIBLE, "none", states=VISIBILITY,
                   missing=("not looked at", "text")),
            when("Last look", is_.LAST_LOOK, missing=("never", "text")),
        ],
        link=CLUSTER, empty="no cluster is known", sort="State", size=(24, 11))


def _drills():
    used = f"{is_.DRILL_USED} or ({is_.NEVER_TESTED}) * 0 + {is_.NEVER:.0f}"
    # `and`: a row for each cluster that has such an objective, and no others.
    backups = f"{newest('cluster_backup_enabled')} and {is_.DRILL_INTERVAL}"
    on_off = {0: State("off", BAD), 1: State("on", GOOD)}
    return table(
        "Drills against objective",
        "For each cluster that is to be drilled: when a drill last succeeded, and how much of the "
        "time until the next one is due has gone by. Over 100 % it is overdue.",
        [
            Column("Drill every", is_.DRILL_INTERVAL, "s"),
            when("Last drill", f"{is_.LAST_DRILL} and {is_.DRILL_INTERVAL}",
                 missing=("never seen", "text")),
            Column("Time used", used, "percentunit", steps=SHARE_OF_OBJECTIVE, decimals=0,
                   mappings=(above(is_.NEVER / 2, "never tested", BAD),),
                   missing=("unknown", "text")),
            Column("Backups", backups, "none", states=on_off, missing=("unknown", "text")),
        ],
        link=CLUSTER, empty="no cluster has a drill objective (objectives[].drill_interval)",
        sort="Time used", size=(12, 10))


def _speed():
    share = {"unit": "percentunit", "steps": SHARE_OF_OBJECTIVE, "missing": ABSENT_OBJECTIVE,
             "decimals": 0}
    return table(
        "Duration and recovery point against objective",
        "Of the restore of each cluster that completed last: how long it took, how old its data "
        "was when it was requested, and the shares of what the objectives allow. Over 100 % the "
        "objective was missed.",
        [
            when("Last restore", is_.LAST_SUCCESS),
            Column("Took", is_.LAST_TOOK, "s", missing=("not told by Atlas", "text")),
            Column("Of allowed", is_.DURATION_USED, **share),
            Column("Data was old", is_.LAST_DATA_AGE, "s", missing=("not told by Atlas", "text")),
            Column("Of allowed age", is_.AGE_USED, **share),
        ],
        link=CLUSTER, empty="no restore has completed yet", sort="Of allowed", size=(12, 10))


def _over_time():
    ended = by("sum", OUTCOME, counted("jobs_finished_total", is_.RESTORES, labels=OUTCOME,
                                       within="$__rate_interval"))
    slowest = by("max", ("project_name", "cluster_name"), is_.RUNNING_FOR)
    return Row("Over time", [
        timeseries("Clusters with a problem", "How many clusters had which problem, as above. One "
                   "may have several.",
                   [query(is_.number_of(condition), name)
                    for name, condition in is_.PROBLEMS.items()],
                   overrides=colours_of(CLUSTER_STATES.values()), link=CLUSTER, decimals=0,
                   empty="no cluster had a problem in the time shown", points=PROBLEM_POINTS),
        timeseries("Restores ended", "How many restores ended, and how. Downloads are not counted.",
                   [query(ended, "{{outcome}}", step="5m")], bars=True, stacked=True, decimals=0,
                   overrides=colours_of(OUTCOMES), link=CLUSTER, calcs=("sum",),
                   empty="no cluster is watched"),
        timeseries("Restores going on", "For how long the oldest restore of each cluster has been "
                   "going on.",
                   [query(slowest, "{{project_name}} / {{cluster_name}}")], unit="s",
                   cluster_links=True, link=CLUSTER, empty="no restore went on in the time shown"),
        timeseries("Time that restores take", "Of the restores that completed: half took no longer "
                   "than the lower line, 95 of 100 no longer than the upper one.",
                   [query(_restore_time(0.95), "95 %", step="1h"),
                    query(_restore_time(0.5), "50 %", step="1h")], unit="s", link=CLUSTER,
                   empty="no restore completed in the time shown"),
    ])


def _restore_time(share):
    """The histogram has no clusters; of several restorewatch the one that saw most is taken."""
    buckets = of_fleet("duration_seconds_bucket", is_.RESTORES)
    seen = by("max", ("le",), f"rate({buckets}[$__rate_interval])")
    return f"histogram_quantile({share}, {seen})"


def make():
    wrong = _wrong_now()
    return dashboard(FLEET, [
        Row(wrong.title, wrong.panels + _at_a_glance()),
        Row("Every cluster", [_clusters()]),
        Row("Drills and objectives", [_drills(), _speed()]),
        _over_time(),
    ], span="7d", annotations=[failures()])
