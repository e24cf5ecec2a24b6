"""What can be wrong with a cluster, as PromQL: each yields the clusters of which it holds.

These follow dashboards/alerts.yaml, so that a panel and an alert do not contradict each other; a
panel looks at the time shown rather than at the hours that an alert looks back.
"""

from .looks import CLUSTER_STATES
from .queries import age, newest, oldest, per_source, by, CLUSTER

ACTIVE = 'state=~"pending|queued|running|in_progress"'
RESTORES = 'kind="restore"'
NO_DOWNLOAD = 'delivery!="download"'
STUCK_SECONDS = 4 * 3600  # where no objective says how long a restore may take, as in alerts.yaml

_last_failure = newest("last_failure_timestamp_seconds", RESTORES)
_last_success = newest("last_success_timestamp_seconds", NO_DOWNLOAD)
_failure_seen = newest("last_failure_observed_timestamp_seconds", RESTORES)
_oldest_active = oldest("oldest_active_requested_timestamp_seconds")
_drill_interval = newest("objective_drill_interval_seconds")
_last_drill = newest("last_drill_success_timestamp_seconds")

# By when the failure was seen, so that the first one counts, and none is missed by an outage.
FAILED = (f"({_failure_seen} > time() - $__range_s) unless ({_last_success} > {_last_failure})")
RUNNING_FOR = age(_oldest_active)
ALLOWED = (f"({newest('objective_duration_seconds')} "
           f"or 0 * {_oldest_active} + {STUCK_SECONDS})")
STUCK = f"({RUNNING_FOR}) > {ALLOWED}"
VISIBLE = by("min", CLUSTER, per_source("target_up"))
BLIND = f"{VISIBLE} == 0"
DRILL_AGE = age(_last_drill)
DRILL_USED = f"({DRILL_AGE}) / {_drill_interval}"
OVERDUE = f"({DRILL_AGE}) > {_drill_interval}"
# A cluster that was never seen is not called untested: nobody knows.
NEVER_TESTED = (f"({_drill_interval} unless {_last_drill}) "
                f"and {newest('target_last_poll_success_timestamp_seconds')}")
BACKUPS_OFF = f"{newest('cluster_backup_enabled')} == 0"
# Someone has written down what this cluster is held to, and there is nothing to restore.
BACKUPS_MISSING = (f"({BACKUPS_OFF}) and ({_drill_interval} or "
                   f"{newest('objective_duration_seconds')} or "
                   f"{newest('objective_recovery_point_seconds')})")
ACTIVE_JOBS = by("sum", CLUSTER, newest("jobs", ACTIVE, labels=("source", "state")))


def _state():
    """A number for each cluster, from looks.CLUSTER_STATES: the worst that is true of it."""
    found = {
        "failed": FAILED,
        "not visible": BLIND,
        "too long": STUCK,
        "drill due": f"({OVERDUE}) or ({NEVER_TESTED})",
        "restoring": f"{ACTIVE_JOBS} > 0",
        "fine": newest("target_up"),
        "backups off": BACKUPS_OFF,
    }
    ranks = {state.name: rank for rank, state in CLUSTER_STATES.items()}
    return " or ".join(f"(({condition}) * 0 + {ranks[name]})" for name, condition in found.items())


STATE = _state()


def requested(*more):
    """When the last completed job of each kind was requested."""
    return newest("last_success_requested_timestamp_seconds", *more, labels=("delivery",))


def data_age(*more):
    """How old the data of the last completed job of each kind was when that was requested."""
    point = newest("last_success_recovery_point_timestamp_seconds", *more, labels=("delivery",))
    return f"{requested(*more)} - {point}"


def number_of(condition):
    return f"count({condition})"
