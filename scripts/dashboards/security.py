"""Security: which data left its place by way of a backup, and where a link to it is still open."""

from . import conditions as is_
from .looks import GOOD, NONE_IS_BETTER, NONE_IS_GOOD, NOTE, SCOPES
from .pages import CLUSTER, FLEET, SECURITY, WATCHER, Row, dashboard
from .panels import colours_of, count, query, stat, timeseries
from .queries import by, counted, newest, of_clusters, of_projects, of_watcher, oldest
from .tables import Column, at, table

NAMES = ("project_name", "cluster_name")
LEGEND = "{{project_name}} / {{cluster_name}}"
ELSEWHERE = 'scope="other_project"'
DOWNLOADS = 'scope="download"'
RULE = ("rule",)
LINKS = newest("download_links_active")
EXPIRY = oldest("download_link_expiry_timestamp_seconds")
VIOLATION_SEEN = newest("last_policy_violation_observed_timestamp_seconds", labels=RULE)
OPT_IN = "none, or metrics.per_job_series is off"
SOON = ((None, NOTE), (3600, GOOD))


def _at_a_glance():
    within = "within the time shown"
    return Row("At a glance", [
        count("Policy violations", f"Jobs seen {within} that break a rule of `policies`. Each is "
              "judged once, when it is first seen.",
              f"sum({counted('policy_violations_total', labels=RULE)})", steps=NONE_IS_GOOD,
              link=FLEET),
        count("Into other projects", f"Restores requested {within} whose data goes to another "
              "project than its own.",
              f"sum({counted('jobs_requested_total', ELSEWHERE)})", steps=NONE_IS_BETTER,
              link=FLEET),
        count("Downloads", f"Downloads requested {within}.",
              f"sum({counted('jobs_requested_total', DOWNLOADS)})", steps=NONE_IS_BETTER,
              link=FLEET),
        count("Links open", "Links that give a cluster's data, whole, to whoever has them.",
              f"sum({LINKS})", steps=NONE_IS_BETTER, link=CLUSTER),
        stat("Next link expires in", "Until then somebody can still use it.",
             f"min({EXPIRY}) - time()", unit="s", empty="no link is open", link=CLUSTER,
             decimals=0),
        count("Not visible", "Clusters of which at least one list of jobs could not be read at the "
              "last look: what is done there now is seen late, or never.",
              is_.number_of(is_.BLIND), steps=NONE_IS_GOOD, link=WATCHER),
    ])


def _leaving():
    scopes = by("sum", ("scope",), counted("jobs_requested_total", labels=("scope",),
                                           within="$__rate_interval"))
    elsewhere = counted("jobs_requested_total", ELSEWHERE)
    downloads = counted("jobs_requested_total", DOWNLOADS)
    return Row("Where data goes", [
        timeseries("Requests by where the data goes", "How many jobs were requested: back into "
                   "their own cluster, into another one, into another project, or as a download.",
                   [query(scopes, "{{scope}}", step="5m")], bars=True, stacked=True, decimals=0,
                   overrides=colours_of(SCOPES), calcs=("sum",), link=FLEET,
                   empty="no cluster is watched"),
        table("Out of their project, by cluster", "Clusters whose data was restored into another "
              "project, or downloaded, within the time shown, and how often.",
              [Column("In all", f"({elsewhere} + {downloads}) > 0", decimals=0),
               Column("Into other projects", f"{elsewhere} > 0", steps=NONE_IS_BETTER, decimals=0,
                      missing=("none", "text")),
               Column("Downloads", f"{downloads} > 0", steps=NONE_IS_BETTER, decimals=0,
                      missing=("none", "text"))],
              link=CLUSTER, empty="nothing left its project in the time shown", sort="In all",
              size=(12, 8)),
    ])


def _links():
    by_cluster = by("sum", NAMES, LINKS)
    left = by("min", NAMES, EXPIRY)
    return Row("Download links", [
        table("Open links", "Clusters with a link that works, and when the first of them expires. "
              "Until then whoever has the link has the data.",
              [Column("Links", f"{LINKS} > 0", decimals=0),
               at("First expires", EXPIRY, missing=("unknown", "text")),
               Column("In", f"{EXPIRY} - time()", "s", steps=SOON, missing=("unknown", "text"))],
              link=CLUSTER, empty="no link is open", sort="In", ascending=True, size=(8, 8)),
        timeseries("Links open, by cluster", "How many links of each cluster worked.",
                   [query(f"{by_cluster} > 0", LEGEND)], stacked=True, decimals=0,
                   cluster_links=True, link=CLUSTER, size=(8, 8),
                   empty="no link was open in the time shown"),
        timeseries("Time until the next link expires", "Of each cluster with an open link. A link "
                   "that nobody uses is open for all of that time.",
                   [query(f"{left} - time()", LEGEND)], unit="s", cluster_links=True, link=CLUSTER,
                   size=(8, 8), empty="no link was open in the time shown"),
    ])


def _policies():
    labels = (("project_name", "Project"), ("cluster_name", "Cluster"), ("rule", "Rule"))
    grown = counted("policy_violations_total", labels=RULE)
    over_time = by("sum", RULE, counted("policy_violations_total", labels=RULE,
                                        within="$__rate_interval"))
    return Row("Policies", [
        table("Violations, by cluster and rule", "The cluster is the one whose backup is read. The "
              "event log names the job (`violations=`) and where it went.",
              [at("Last seen", f"{VIOLATION_SEEN} > time() - $__range_s"),
               Column("Times", f"{grown} > 0", decimals=0, missing=("before", "text"))],
              labels=labels, link=CLUSTER, empty="no violation was seen in the time shown",
              sort="Last seen", size=(12, 8)),
        timeseries("Violations over time", "Jobs that break a rule, when they were first seen.",
                   [query(over_time, "{{rule}}", step="5m")], bars=True, stacked=True, decimals=0,
                   calcs=("sum",), link=FLEET, empty="no cluster has policies"),
    ])


def _jobs():
    labels = (("project_name", "Project"), ("cluster_name", "Cluster"), ("job_id", "Job"),
              ("scope", "Scope"), ("target_project_id", "Into project"),
              ("target_cluster", "Into cluster"))
    names = NAMES + ("job_id",)
    left = by("max", names + ("scope", "target_project_id", "target_cluster"),
              of_clusters("job_info", 'scope=~"other_project|download"'))
    requested = by("max", names, of_clusters("job_requested_timestamp_seconds"))
    return table(
        "Jobs that take data out of its project",
        "Those that are going on or ended within metrics.job_retention. `restorewatch explain JOB` "
        "tells how each went.",
        [at("Requested", f"{left} * on ({', '.join(names)}) group_left () {requested}")],
        labels=labels, link=CLUSTER, empty=OPT_IN, sort="Requested", size=(24, 8))


def _trust():
    missed = by("max", ("project_id", "project_name"),
                f"increase({of_projects('missed_transitions_total')}[$__rate_interval])")
    odd = by("max", ("kind",), f"increase({of_watcher('anomalies_total')}[$__rate_interval])")
    share = f"avg({newest('target_up', labels=('source',))})"
    return Row("What may have been missed", [
        timeseries("Share of targets visible", "What happens while a target is not visible is seen "
                   "when it is again, if Atlas still tells of it.",
                   [query(share, "visible")], unit="percentunit", link=WATCHER, size=(8, 8),
                   empty="nothing was looked at in the time shown"),
        timeseries("Ended before they were seen", "Jobs of which not all states were seen, because "
                   "they had ended by the first look at them.",
                   [query(by("sum", ("project_name",), missed), "{{project_name}}", step="5m")],
                   bars=True, stacked=True, decimals=0, calcs=("sum",), link=WATCHER, size=(8, 8),
                   empty="no project is watched"),
        timeseries("Contradictions", "Things in Atlas's answers that should not be, such as a job "
                   "whose target changed or that ended twice. docs/metrics.md says what each kind is.",
                   [query(f"{odd} > 0", "{{kind}}", step="5m")], bars=True, stacked=True,
                   decimals=0, calcs=("sum",), link=WATCHER, size=(8, 8),
                   empty="none was seen in the time shown"),
    ])


def make():
    leaving = _leaving()
    return dashboard(SECURITY, [
        _at_a_glance(),
        Row(leaving.title, leaving.panels + [_jobs()]),
        _links(),
        _policies(),
        _trust(),
    ], span="30d")
