"""The watcher itself: whether what the other dashboards show can be believed, and what it costs."""

from .looks import BAD, GOOD, NOTE, VISIBILITY, WARN, WORKING
from .pages import CLUSTER, FLEET, SECURITY, WATCHER, Row, dashboard
from .panels import bargauge, objective_line, query, stat, timeline, timeseries
from .queries import (INSTANCE, age, by, newest, of_fleet, of_process, of_projects, of_watcher,
                      per_source, quantile, rate, with_project_name)
from .tables import Column, at, table, when

UNSCRAPED = "no restorewatch was scraped in the time shown"
NO_YES = ((None, BAD), (1, GOOD))
INSTANCES = (("instance", "Instance"),)
CERTIFICATE = "http_certificate_expiry_timestamp_seconds"
THIRD = (8, 8)
EIGHTH = (3, 4)


def _each(name, *more):
    """One value for each restorewatch."""
    return by("max", INSTANCE, of_watcher(name, *more))


def _works(title, description, name, **more):
    return stat(title, description, f"min({of_watcher(name)})", unit="none", states=WORKING,
                steps=NO_YES, link=FLEET, size=EIGHTH, **more)


def _at_a_glance():
    look = per_source("target_last_poll_success_timestamp_seconds")
    return Row("Does it work", [
        _works("Store writable", "Whether the last attempt to write the store succeeded. What is "
               "not stored is not announced.", "store_writable"),
        _works("Atlas reachable", "Whether Atlas as a whole gives answers that make sense.",
               "atlas_reachable"),
        _works("Credentials good", "Whether every credential succeeded when it was used last.",
               "credential_up", empty="none used yet"),
        _works("Configuration good", "Whether the configuration was taken over when it was "
               "read last. If not, the one before goes on.", "config_last_reload_successful"),
        stat("Oldest look", "How long ago the target that was not seen for longest was last seen.",
             age(f"min({look})"), unit="s", decimals=0, link=FLEET, size=EIGHTH,
             empty="nothing seen yet",
             steps=((None, GOOD), (900, WARN), (3600, BAD))),
        stat("Last discovery", "How long ago every credential and every project last said "
             "which clusters there are. New ones may go unwatched meanwhile.",
             age(f"min({of_watcher('discovery_last_success_timestamp_seconds')})"), unit="s",
             decimals=0, link=FLEET, size=EIGHTH, empty="none yet",
             steps=((None, GOOD), (3600, WARN), (86400, BAD))),
        stat("Events waiting", "Entries of the journal that the slowest sink has not done with. "
             "For a moment some are normal.", f"max({of_watcher('events_pending')})", decimals=0,
             link=SECURITY, size=EIGHTH, steps=((None, GOOD), (100, WARN), (1000, BAD))),
        stat("Scraped", "How many restorewatch are scraped. Several may watch the same clusters.",
             f"count({_each('build_info')})", decimals=0, link=FLEET, size=EIGHTH),
        table("Instances", "Each restorewatch that is scraped: its version and revision, since "
              "when it runs, and what it watches.",
              [at("Running since", by("max", INSTANCE, of_process("start_time_seconds"))),
               Column("Projects", _each("projects"), decimals=0),
               Column("Targets", by("sum", INSTANCE, of_watcher("targets")), decimals=0),
               Column("Known, not polled", by("sum", INSTANCE, of_watcher("clusters_not_polled")),
                      decimals=0),
               when("Configuration of", _each("config_last_reload_success_timestamp_seconds")),
               Column("Clock is off by", _each("clock_offset_seconds"), "s",
                      missing=("unknown", "text")),
               when("Certificate until", by("min", INSTANCE, of_watcher(CERTIFICATE)),
                    missing=("plain HTTP", "text")),
               Column("Build", by("max", INSTANCE + ("version", "revision"),
                                  of_watcher("build_info")), "none")],
              labels=INSTANCES + (("version", "Version"), ("revision", "Revision")),
              hidden=("job", "Value #H"), link=FLEET, empty=UNSCRAPED, size=(24, 5)),
    ])


def _polls():
    look = by("max", ("project_name",),
              age(per_source("target_last_poll_success_timestamp_seconds")))
    interval = by("max", ("project_name",), newest("target_effective_interval_seconds"))
    configured = f"max({of_watcher('poll_interval_seconds')})"
    sources = by("min", ("project_name", "source"), per_source("target_up"))
    reasons = by("sum", ("project_id", "reason"),
                 f"increase({of_watcher('poll_errors_total')}[$__rate_interval])")
    failed = by("sum", ("project_name", "reason"), with_project_name(("reason",), reasons))
    return Row("Looks at Atlas", [
        timeline("Visible, by project and source", "Whether all targets of it could be read.",
                 [query(sources, "{{project_name}} {{source}}")], VISIBILITY, link=SECURITY,
                 size=(16, 8), empty=UNSCRAPED),
        timeseries("Time since the last look", "Of the target of each project that was not seen "
                   "for longest.",
                   [query(look, "{{project_name}}")], unit="s", link=CLUSTER, size=THIRD,
                   empty="nothing was seen in the time shown"),
        timeseries("How often targets are looked at", "The longest interval of each project, and "
                   "poll.interval (dashed). Far above it, the rate budget allows no more; sources "
                   "such as collection have a longer one of their own.",
                   [query(interval, "{{project_name}}"), query(configured, "poll.interval")],
                   unit="s", overrides=[objective_line("/^poll.interval$/", NOTE)], link=CLUSTER,
                   size=THIRD, empty=UNSCRAPED),
        timeseries("Failed looks", "Looks that failed or stayed partial, by reason.",
                   [query(f"{failed} > 0", "{{project_name}} {{reason}}", step="1m")], bars=True,
                   stacked=True, decimals=0, calcs=("sum",), link=SECURITY, size=THIRD,
                   empty="no look failed in the time shown"),
        timeseries("Rounds", "How long the last round over all targets took, and how many turns a "
                   "second were skipped because the budget gave no more or a look had not ended.",
                   [query(_each("sweep_duration_seconds"), "round {{instance}}"),
                    query(rate("poll_overruns_total", labels=INSTANCE), "skipped a second "
                          "{{instance}}")],
                   unit="s", overrides=[{"matcher": {"id": "byRegexp", "options": "/^skipped/"},
                                         "properties": [{"id": "unit", "value": "ops"}]}],
                   link=FLEET, size=THIRD, empty=UNSCRAPED),
    ])


def _access():
    credentials = by("min", ("credential",), of_watcher("credential_up"))
    projects = by("max", ("project_id", "project_name"), of_projects("project_up"))
    tokens = rate("token_refreshes_total", labels=("credential", "result"))
    rounds = by("sum", ("result",),
                f"increase({of_watcher('discoveries_total')}[$__rate_interval])")
    return Row("Access and discovery", [
        timeline("Credentials", "Whether each credential was accepted when it was used last.",
                 [query(credentials, "{{credential}}")], WORKING, link=SECURITY, size=(12, 6),
                 empty="no credential was used in the time shown"),
        timeline("Projects", "Whether the clusters of each project could be listed, and any target "
                 "of it be seen.",
                 [query(by("min", ("project_name",), projects), "{{project_name}}")], VISIBILITY,
                 link=SECURITY, size=(12, 6), empty="no project was looked at in the time shown"),
        timeseries("Rounds of discovery", "How often all projects and clusters were asked for, and "
                   "whether everybody answered (ok) or not (partial).",
                   [query(rounds, "{{result}}", step="1m")], bars=True, stacked=True, decimals=0,
                   calcs=("sum",), link=FLEET, size=(12, 6), empty=UNSCRAPED),
        timeseries("Access tokens", "Tokens asked for, a second: ok, or why there was none. API "
                   "keys need none.",
                   [query(tokens, "{{credential}} {{result}}")], unit="ops", link=SECURITY,
                   size=(12, 6), empty="no service account is configured"),
    ])


def _budget():
    bucket = ("endpoint_set",)
    remaining = with_project_name(bucket, of_watcher("api_ratelimit_remaining"))
    limit = with_project_name(bucket, of_watcher("api_ratelimit_limit"))
    names = ("project_name", "endpoint_set")
    share = f"{by('min', names, remaining)} / {by('min', names, limit)}"
    sunset = by("min", ("endpoint",), of_watcher("api_version_sunset_timestamp_seconds"))
    backoff = by("sum", ("reason",),
                 f"increase({of_watcher('api_backoff_seconds_total')}[$__rate_interval])")
    return Row("Atlas's API and its rate limits", [
        timeseries("Requests by answer", "Requests to Atlas a second by HTTP status, or by the "
                   "reason why there was no answer. 401 is part of logging in with an API key.",
                   [query(rate("api_requests_total", labels=("code",)), "{{code}}")], unit="reqps",
                   stacked=True, link=SECURITY, size=THIRD, empty=UNSCRAPED),
        timeseries("Time to an answer", "Half of the answers came within the lower line, 95 of 100 "
                   "within the upper one; log-in included.",
                   [query(quantile(0.95, "restorewatch_api_request_duration_seconds"), "95 %"),
                    query(quantile(0.5, "restorewatch_api_request_duration_seconds"), "50 %")],
                   unit="s", link=FLEET, size=THIRD, empty="no request in the time shown"),
        timeseries("Rate limit left", "How full the bucket of requests is that all users of a "
                   "project share. restorewatch leaves an empty one to fill up.",
                   [query(share, "{{project_name}} {{endpoint_set}}")], unit="percentunit",
                   link=CLUSTER, size=THIRD, empty="Atlas has not said what its limits are",
                   calcs=("lastNotNull", "min")),
        timeseries("Requests by endpoint", "Requests to Atlas a second.",
                   [query(rate("api_requests_total", labels=("endpoint",)), "{{endpoint}}")],
                   unit="reqps", link=CLUSTER, size=THIRD, empty=UNSCRAPED),
        timeseries("Left alone after 429", "How long buckets of requests were left alone because "
                   "Atlas turned requests away: as it asked, or by our own rule.",
                   [query(backoff, "{{reason}}", step="1m")], bars=True, stacked=True, unit="s",
                   calcs=("sum",), link=CLUSTER, size=THIRD, empty=UNSCRAPED),
        table("API versions with an end", "Versions in use that Atlas has announced the end of. "
              "Update restorewatch before that.",
              [at("Ends", sunset), Column("In", f"{sunset} - time()", "s",
                                          steps=((None, BAD), (30 * 86400, WARN),
                                                 (180 * 86400, GOOD)))],
              labels=(("endpoint", "Endpoint"),), link=SECURITY, size=THIRD,
              empty="Atlas has announced no end", sort="In", ascending=True),
    ])


def _store():
    commit = quantile(0.99, "restorewatch_store_commit_duration_seconds", INSTANCE)
    return Row("Store and events", [
        timeseries("Results stored", "Results of looks handed to the store, a second.",
                   [query(rate("store_commits_total", labels=("result",)), "{{result}}")],
                   unit="ops", link=FLEET, size=THIRD, empty=UNSCRAPED),
        timeseries("Time of a transaction", "99 of 100 took no longer.",
                   [query(commit, "{{instance}}")], unit="s", link=FLEET, size=THIRD,
                   empty="nothing was written in the time shown"),
        timeseries("Size of the store", "The file and its write-ahead log. It grows with every "
                   "transition that is kept (storage.retention).",
                   [query(_each("store_size_bytes"), "{{instance}}")], unit="bytes", link=FLEET,
                   size=THIRD, empty=UNSCRAPED),
        timeseries("Events delivered", "Events a second that each sink took: the event log, and "
                   "webhooks by name.",
                   [query(rate("events_delivered_total", labels=("sink",)), "{{sink}}")],
                   unit="ops", link=SECURITY, size=THIRD, empty=UNSCRAPED),
        timeseries("Events waiting, by sink", "Entries of the journal that a sink has not done "
                   "with. If it stays above 0, the receiver is down.",
                   [query(by("max", INSTANCE + ("sink",), of_watcher("events_pending")),
                          "{{instance}} {{sink}}")], decimals=0, link=SECURITY, size=THIRD,
                   empty=UNSCRAPED),
        timeseries("Events given up", "Events that will never reach a sink: its receiver refuses "
                   "them (parked), or storage.retention cut them first (lost).",
                   [query(_grown("events_parked_total"), "parked {{sink}}", step="1m"),
                    query(_grown("events_lost_total"), "lost {{sink}}", step="1m")],
                   bars=True, stacked=True, decimals=0, calcs=("sum",), link=SECURITY, size=THIRD,
                   empty=UNSCRAPED),
    ])


def _grown(name):
    return by("sum", ("sink",), f"increase({of_watcher(name)}[$__rate_interval])")


def _process():
    moved = by("max", ("source", "from", "to"),
               f"rate({of_fleet('transitions_total')}[$__rate_interval])")
    cpu = of_process("cpu_seconds_total", "rate({}[$__rate_interval])")
    files = f"({of_process('open_fds')}) / ({of_process('max_fds')})"
    return Row("Page and process", [
        timeseries("Time to make the page", "And to compress it. A scrape does not wait for it.",
                   [query(_each("render_duration_seconds"), "{{instance}}")], unit="s",
                   link=FLEET, size=THIRD, empty=UNSCRAPED),
        timeseries("Size of the page", "Uncompressed. It grows with clusters, and with jobs where "
                   "metrics.per_job_series is on.",
                   [query(_each("page_bytes"), "{{instance}}")], unit="bytes", link=FLEET,
                   size=THIRD, empty=UNSCRAPED),
        timeseries("Changes of jobs", "Changes of state that were stored, a second, by the new "
                   "state.",
                   [query(by("sum", ("to",), moved), "{{to}}")], unit="ops", link=CLUSTER,
                   size=THIRD, empty="no job has changed yet"),
        timeseries("Memory", "Resident.",
                   [query(of_process("resident_memory_bytes"), "{{instance}}")], unit="bytes",
                   link=FLEET, size=THIRD, empty=UNSCRAPED),
        timeseries("CPU", "100 % is one processor.",
                   [query(cpu, "{{instance}}")], unit="percentunit", link=FLEET, size=THIRD,
                   empty=UNSCRAPED),
        bargauge("Open files", "Share of the file descriptors that the process may have.",
                 [query(files, "{{instance}}", instant=True)], unit="percentunit", most=1,
                 steps=((None, GOOD), (0.7, WARN), (0.9, BAD)), link=FLEET, size=THIRD,
                 empty=UNSCRAPED),
    ])


def _clients():
    answered = by("sum", ("code",), f"rate({of_watcher('http_requests_total')}[$__rate_interval])")
    refused = by("sum", ("reason",),
                 f"increase({of_watcher('http_turned_away_total')}[$__rate_interval])")
    return Row("Who asks it", [
        timeseries("Connections", "Clients that are connected. When there are too many, whoever "
                   "has kept the server waiting for longest goes.",
                   [query(_each("http_connections"), "{{instance}}")], decimals=0, link=FLEET,
                   size=THIRD, empty=UNSCRAPED),
        timeseries("Answers", "Requests that were answered, a second, by HTTP status.",
                   [query(answered, "{{code}}")], unit="reqps", link=FLEET, size=THIRD,
                   empty=UNSCRAPED),
        timeseries("Turned away", "Clients and requests that were not served, by reason: a flood, "
                   "a wrong password, or a client that does not speak HTTP or TLS.",
                   [query(refused, "{{reason}}", step="1m")], bars=True, stacked=True, decimals=0,
                   calcs=("sum",), link=FLEET, size=THIRD, empty=UNSCRAPED),
    ])


def make():
    rows = [_at_a_glance(), _polls(), _access(), _budget(), _store(), _process(), _clients()]
    return dashboard(WATCHER, rows, span="24h")
