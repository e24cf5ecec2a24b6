"""PromQL as text: which series a panel asks for, and how copies of them are folded into one.

Two restorewatch that watch the same clusters export the same series, told apart by `instance`.
Whatever is said of a cluster is therefore aggregated without `instance` before anything is counted
or added up. What a restorewatch says of itself keeps it.
"""

CLUSTER = ("project_id", "project_name", "cluster_name")
INSTANCE = ("job", "instance")
WATCHER_MATCHERS = ('job=~"$job"', 'instance=~"$instance"')
PROJECT_MATCHERS = WATCHER_MATCHERS + ('project_name=~"$project"',)
CLUSTER_MATCHERS = PROJECT_MATCHERS + ('cluster_name=~"$cluster"',)


def selector(metric, matchers, *more):
    return f"{metric}{{{', '.join(matchers + more)}}}"


def by(operator, labels, vector):
    return f"{operator} by ({', '.join(labels)}) ({vector})"


def of_clusters(name, *more):
    """A series of the restores; `name` lacks their common prefix."""
    return selector(f"mongodbatlas_restore_{name}", CLUSTER_MATCHERS, *more)


def of_projects(name, *more):
    return selector(f"mongodbatlas_restore_{name}", PROJECT_MATCHERS, *more)


def of_fleet(name, *more):
    """A series of the restores that has neither project nor cluster."""
    return selector(f"mongodbatlas_restore_{name}", WATCHER_MATCHERS, *more)


def of_watcher(name, *more):
    """A series of restorewatch itself; `name` lacks its prefix."""
    return selector(f"restorewatch_{name}", WATCHER_MATCHERS, *more)


def of_process(name, function="{}"):
    """Every exporter has such series: only those of restorewatch are wanted, whatever $job is."""
    series = function.format(selector(f"process_{name}", WATCHER_MATCHERS))
    return f"{series} and on (job, instance) {by('max', INSTANCE, of_watcher('build_info'))}"


def newest(name, *more, labels=()):
    """One value for each cluster (and `labels`), the largest that any restorewatch has."""
    return by("max", CLUSTER + tuple(labels), of_clusters(name, *more))


def oldest(name, *more, labels=()):
    return by("min", CLUSTER + tuple(labels), of_clusters(name, *more))


def per_source(name, *more):
    """One value for each target, whichever restorewatch is ahead."""
    return newest(name, *more, labels=("source",))


def counted(name, *more, labels=(), within="$__range"):
    """How much a counter of each cluster grew. One that was shown as 0 before misses nothing."""
    return by("max", CLUSTER + tuple(labels), f"increase({of_clusters(name, *more)}[{within}])")


def rate(name, *more, labels=()):
    """Of a counter of restorewatch itself: per second, all instances together."""
    growth = f"rate({of_watcher(name, *more)}[$__rate_interval])"
    return by("sum", labels, growth) if labels else f"sum({growth})"


ZERO = f" or 0 * max({of_watcher('build_info')})"


def or_zero(expression):
    """0 where nothing is found, but nothing at all where no restorewatch is scraped."""
    return f"({expression}){ZERO}"


def age(timestamp):
    return f"time() - {timestamp}"


def quantile(share, histogram, labels=()):
    """Of a histogram of restorewatch itself, given with its prefix."""
    growth = f"rate({selector(histogram + '_bucket', WATCHER_MATCHERS)}[$__rate_interval])"
    return f"histogram_quantile({share}, {by('sum', ('le',) + tuple(labels), growth)})"


def with_project_name(labels, vector):
    """Series of restorewatch itself know a project by its id; this adds the name people know."""
    names = by("max", ("project_id", "project_name"), of_projects("project_up"))
    known = f"topk by (project_id) (1, 0 * {names} + 1)"
    one_each = by("max", ("project_id",) + tuple(labels), vector)
    return f"{one_each} * on (project_id) group_left (project_name) {known}"
