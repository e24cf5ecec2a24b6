"""One cluster: its restores along the time, and each of them against what was agreed on."""

from . import conditions as is_
from .looks import (CLUSTER_STATES, IDLE, JOB_STATES, NONE_IS_BETTER, OUTCOMES,
                    SHARE_OF_OBJECTIVE, VISIBILITY)
from .pages import CLUSTER, FLEET, SECURITY, WATCHER, Row, completions, dashboard, failures
from .panels import (bargauge, colours_of, count, objective_line, query, stat, timeline, timeseries)
from .queries import age, by, counted, newest, of_clusters, per_source
from .tables import Column, at, table

NAMES = ("project_name", "cluster_name")
LEGEND = "{{project_name}} / {{cluster_name}}"
OUTCOME = ("outcome",)
DELIVERY = ("delivery",)
SOURCE = NAMES + ("source",)
OPT_IN = "no job is shown; each has series of its own with metrics.per_job_series only"
JOB = ("job_id",)
# What somebody would want to see first, if jobs of one source are in several states.
GOING_ON = ("in_progress", "running", "queued", "pending", "ready")


def _now():
    return Row("Now", [
        stat("State", "The worst that is true of what is chosen above.", f"max({is_.STATE})",
             unit="none", states=CLUSTER_STATES, link=FLEET, empty="nothing is known"),
        count("Going on", "Jobs that were requested and have not ended, downloads included.",
              f"sum({is_.ACTIVE_JOBS})", link=FLEET),
        stat("Running for", "How long ago the oldest job that is going on was requested.",
             f"max({is_.RUNNING_FOR})", unit="s", empty="nothing runs", link=FLEET, decimals=0),
        stat("Last restore", "How long ago a restore last completed. Downloads are not counted.",
             age(f"max({is_.LAST_SUCCESS})"), unit="s", empty="never restored", link=FLEET,
             decimals=0),
        stat("Last drill", "How long ago a drill last completed; if several clusters are chosen, "
             "that of the one for which it is longest ago.",
             f"max({is_.DRILL_AGE})", unit="s", empty="never drilled", link=FLEET, decimals=0),
        count("Links open", "Download links that give this data to whoever has them.",
              f"sum({newest('download_links_active')})", steps=NONE_IS_BETTER, link=SECURITY),
    ])


def _in_state(name):
    return f'state="{name}"'


def _job_states():
    """The state of each job as a number of looks.JOB_STATES; finished ones stay where they are."""
    def jobs_in(name):
        return by("max", NAMES + JOB, of_clusters("job_state", _in_state(name)))

    return " or ".join(f"{jobs_in(state.name)} * {rank}" for rank, state in JOB_STATES.items())


def _activity():
    """What goes on in each source as a number of looks.JOB_STATES; 0 if nothing does."""
    def jobs(*more):
        return by("max", SOURCE, of_clusters("jobs", *more))

    ranks = {state.name: rank for rank, state in JOB_STATES.items()}
    found = [f"(({jobs(_in_state(name))} > 0) * 0 + {ranks[name]})" for name in GOING_ON]
    return " or ".join(found + [f"{jobs()} * 0"])


def _along_the_time():
    states = by("max", NAMES, is_.STATE)
    by_source = by("max", SOURCE, per_source("target_up"))
    return Row("Along the time", [
        timeline("State of the cluster", "What was true of it, and when; of several the worst.",
                 [query(states, LEGEND)], CLUSTER_STATES, link=FLEET, size=(24, 6),
                 empty="no cluster is watched"),
        timeline("Restores", "Whether jobs of a source were going on, or a link was open. Marks "
                 "show when jobs completed and when one was seen to fail.",
                 [query(_activity(), LEGEND + " {{source}}")], {0: IDLE, **JOB_STATES}, link=FLEET,
                 size=(24, 6), empty="no list of jobs was read in the time shown"),
        timeline("Restores, one by one", "The state of each job; the name is its id, for "
                 "`restorewatch explain`. Ended jobs stay for metrics.job_retention.",
                 [query(_job_states(), "{{cluster_name}} {{job_id}}")], JOB_STATES,
                 link=SECURITY, size=(24, 8), empty=OPT_IN),
        timeline("Visible", "Whether its lists of jobs could be read. What happened while one "
                 "could not was seen later, or not at all.",
                 [query(by_source, LEGEND + " {{source}}")], VISIBILITY, link=WATCHER,
                 size=(24, 6), empty="not looked at in the time shown"),
    ])


def _against_objectives():
    used = [query(by("max", NAMES, share), f"{what} {LEGEND}", instant=True)
            for what, share in (("drill", is_.DRILL_USED), ("duration", is_.DURATION_USED),
                                ("recovery point", is_.AGE_USED))]
    kinds = "{{cluster_name}} {{delivery}}"
    objective = "{{cluster_name}} objective"
    return Row("How long, how far back", [
        bargauge("Share of the objectives used", "Of the time until the next drill is due, of the "
                 "time that a restore may take, and of the age that restored data may have: how "
                 "much was used. Over 100 % the objective is missed.",
                 used, unit="percentunit", steps=SHARE_OF_OBJECTIVE, most=1.2, link=FLEET,
                 empty="no objectives, or nothing restored yet", size=(8, 9)),
        timeseries("Duration", "How long the last completed job of each kind took, from request to "
                   "end, and what the objective allows (dashed).",
                   [query(by("max", NAMES + DELIVERY, is_.took()), kinds),
                    query(by("max", NAMES, is_.DURATION_ALLOWED), objective)],
                   unit="s", overrides=[objective_line("/ objective$/")], link=FLEET,
                   empty="no completed job whose end is known", size=(8, 9)),
        timeseries("Recovery point", "How old the data that was restored last was when the restore "
                   "was requested, and what the objective allows (dashed).",
                   [query(by("max", NAMES + DELIVERY, is_.data_age()), kinds),
                    query(by("max", NAMES, is_.AGE_ALLOWED), objective)],
                   unit="s", overrides=[objective_line("/ objective$/")], link=FLEET,
                   empty="no completed job whose recovery point is known", size=(8, 9)),
    ])


def _last_of_each_kind():
    done = newest("last_success_timestamp_seconds", labels=DELIVERY)
    labels = (("project_name", "Project"), ("cluster_name", "Cluster"), ("delivery", "Kind"))
    return table(
        "Last completed job of each kind",
        "When it was requested, when it ended, how long that took, and the moment at which the "
        "restored data stands. All times are Atlas's, in UTC.",
        [
            at("Ended", done),
            at("Requested", is_.requested(), missing=("unknown", "text")),
            Column("Took", is_.took(), "s", missing=("not told by Atlas", "text")),
            at("Data as of", newest("last_success_recovery_point_timestamp_seconds",
                                    labels=DELIVERY), missing=("not told by Atlas", "text")),
            Column("Data was old", is_.data_age(), "s", missing=("unknown", "text")),
        ],
        labels=labels, link=FLEET, empty="no job has completed yet", sort="Ended", size=(24, 7))


def _jobs():
    what = by("max", NAMES + ("job_id", "source", "delivery", "scope", "target_cluster"),
              of_clusters("job_info"))
    labels = (("project_name", "Project"), ("cluster_name", "Cluster"), ("job_id", "Job"),
              ("source", "Source"), ("delivery", "Kind"), ("scope", "Scope"),
              ("target_cluster", "Into"))
    requested = by("max", NAMES + JOB, of_clusters("job_requested_timestamp_seconds"))
    finished = by("max", NAMES + JOB, of_clusters("job_finished_timestamp_seconds"))
    return table(
        "Jobs",
        "Every job that is going on or ended within metrics.job_retention. `restorewatch explain "
        "JOB` tells the rest.",
        [
            at("Requested", requested),
            Column("State", _job_states(), "none", states=JOB_STATES),
            at("Ended", finished, missing=("not told", "text")),
            Column("Took", f"{finished} - {requested}", "s", missing=("not told", "text")),
            Column("Known", what, "none"),
        ],
        labels=labels, hidden=("Value #E",), link=SECURITY, empty=OPT_IN, sort="Requested",
        size=(24, 9))


def _counts():
    ended = by("sum", OUTCOME, counted("jobs_finished_total", is_.RESTORES, labels=OUTCOME,
                                       within="$__rate_interval"))
    states = by("sum", ("state",), newest("jobs", labels=("source", "state")))
    active = by("sum", NAMES + ("state",),
                newest("jobs", is_.ACTIVE, labels=("source", "state")))
    return Row("How many", [
        timeseries("Restores ended", "How many restores ended, and how. Downloads are not counted.",
                   [query(ended, "{{outcome}}", step="5m")], bars=True, stacked=True, decimals=0,
                   overrides=colours_of(OUTCOMES), calcs=("sum",), link=FLEET, size=(8, 8),
                   empty="no cluster is watched"),
        timeseries("Jobs known, by state", "How many jobs Atlas lists in which state.",
                   [query(f"{states} > 0", "{{state}}")], decimals=0, link=FLEET, size=(8, 8),
                   empty="no jobs are known"),
        timeseries("Jobs going on", "Jobs that were requested and have not ended, by state.",
                   [query(f"{active} > 0", LEGEND + " {{state}}")], stacked=True, decimals=0,
                   link=FLEET, size=(8, 8), empty="no job went on in the time shown"),
    ])


def make():
    return dashboard(CLUSTER, [
        _now(),
        _along_the_time(),
        _against_objectives(),
        Row("Proof", [_last_of_each_kind(), _jobs()]),
        _counts(),
    ], span="7d", annotations=[failures(), completions()])
