"""What can be wrong with a cluster, as PromQL: each yields the clusters of which it holds.

These follow dashboards/alerts.yaml, so that a panel and an alert do not contradict each other; a
panel looks at the time shown rather than at the hours that an alert looks back.
"""

from .looks import CLUSTER_STATES
from .queries import age, newest, oldest, per_source, by, CLUSTER

ACTIVE = 'state=~"pending|queued|running|in_progress"'
RESTORES = 'kind="restore"'
NO_DOWNLOAD = 'delivery!~"download|unknown"'
STUCK_SECONDS = 4 * 3600  # where no objective says how long a restore may take, as in alerts.yaml
NEVER = 1e9  # in place of a share: sorts above all others

LAST_SUCCESS = newest("last_success_timestamp_seconds", NO_DOWNLOAD)
LAST_DRILL = newest("last_drill_success_timestamp_seconds")
LAST_LOOK = newest("target_last_poll_success_timestamp_seconds")
DRILL_INTERVAL = newest("objective_drill_interval_seconds")
DURATION_ALLOWED = newest("objective_duration_seconds")
AGE_ALLOWED = newest("objective_recovery_point_seconds")
_last_failure = newest("last_failure_timestamp_seconds", RESTORES)
_failure_seen = newest("last_failure_observed_timestamp_seconds", RESTORES)
_oldest_active = oldest("oldest_active_requested_timestamp_seconds")

# By when the failure was seen, so that the first one counts, and none is missed by an outage.
FAILED = f"({_failure_seen} > time() - $__range_s) unless ({LAST_SUCCESS} > {_last_failure})"
RUNNING_FOR = age(_oldest_active)
STUCK = f"({RUNNING_FOR}) > ({DURATION_ALLOWED} or 0 * {_oldest_active} + {STUCK_SECONDS})"
VISIBLE = by("min", CLUSTER, per_source("target_up"))
BLIND = f"{VISIBLE} == 0"
DRILL_AGE = age(LAST_DRILL)
OVERDUE = f"({DRILL_AGE}) > {DRILL_INTERVAL}"
# Blind is not never: links are counted only while all lists of the cluster have been read.
NEVER_TESTED = f"({DRILL_INTERVAL} unless {LAST_DRILL}) and {newest('download_links_active')}"
DRILL_USED = f"({DRILL_AGE}) / {DRILL_INTERVAL}"
BACKUPS_OFF = f"{newest('cluster_backup_enabled')} == 0"
# Somebody has written down what this cluster is held to, and nobody looks at it.
NOT_COVERED = (f"({DRILL_INTERVAL} or {DURATION_ALLOWED} or {AGE_ALLOWED}) "
               f"unless {newest('target_effective_interval_seconds')}")
ACTIVE_JOBS = by("sum", CLUSTER, newest("jobs", ACTIVE, labels=("source", "state")))


# By the names of looks.CLUSTER_STATES, the worst first.
PROBLEMS = {
    "failed": FAILED,
    "not visible": BLIND,
    "too long": STUCK,
    "not covered": NOT_COVERED,
    "drill due": f"({OVERDUE}) or ({NEVER_TESTED})",
}


def _state():
    """A number for each cluster, from looks.CLUSTER_STATES: the worst that is true of it."""
    found = {
        **PROBLEMS,
        "restoring": f"{ACTIVE_JOBS} > 0",
        "fine": newest("target_up"),
        "backups off": BACKUPS_OFF,
    }
    ranks = {state.name: rank for rank, state in CLUSTER_STATES.items()}
    return " or ".join(f"(({condition}) * 0 + {ranks[name]})" for name, condition in found.items())


STATE = _state()


def of_last_restore(per_delivery):
    """Of one value for each kind of restore: that of the restore which ended last, whatever its
    kind. An older one of another kind proves nothing now."""
    ended = newest("last_success_timestamp_seconds", NO_DOWNLOAD, labels=("delivery",))
    last = f"{ended} == on ({', '.join(CLUSTER)}) group_left () {LAST_SUCCESS}"
    return by("max", CLUSTER, f"({per_delivery}) and ({last})")


def took(*more):
    """How long the last completed job of each kind took."""
    return newest("last_success_duration_seconds", *more, labels=("delivery",))


def requested(*more):
    """When the last completed job of each kind was requested."""
    return newest("last_success_requested_timestamp_seconds", *more, labels=("delivery",))


def data_age(*more):
    """How old the data of the last completed job of each kind was when that was requested."""
    point = newest("last_success_recovery_point_timestamp_seconds", *more, labels=("delivery",))
    return f"{requested(*more)} - {point}"


LAST_TOOK = of_last_restore(took(NO_DOWNLOAD))
LAST_DATA_AGE = of_last_restore(data_age(NO_DOWNLOAD))
DURATION_USED = f"{LAST_TOOK} / {DURATION_ALLOWED}"
AGE_USED = f"{LAST_DATA_AGE} / {AGE_ALLOWED}"


def number_of(condition):
    return f"count({condition})"
