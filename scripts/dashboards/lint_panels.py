"""Rules that a panel and each of its queries must keep. Those named as in Grafana's
dashboard-linter check what that one checks; the others are our own.

Each rule is a generator that yields what it finds wrong.
"""

import re

from .promql import AGGREGATIONS, BUILT_IN, selectors

# The ids of Grafana's units that are in use here (packages/grafana-data/src/valueFormats); one that
# is misspelled is shown behind the number as it is.
UNITS = {"none", "short", "percent", "percentunit", "bytes", "s", "ms", "ops", "reqps",
         "dateTimeAsIso", "dateTimeFromNow"}
# Of each kind of panel, the options without which Grafana draws something else than is meant.
OPTIONS = {
    "stat": {"colorMode", "graphMode", "reduceOptions", "textMode"},
    "bargauge": {"displayMode", "orientation", "reduceOptions"},
    "timeseries": {"legend", "tooltip"},
    "state-timeline": {"legend", "tooltip", "mergeValues", "rowHeight", "showValue"},
    "table": {"cellHeight", "footer", "showHeader", "sortBy"},
}
RATES = {"rate", "irate", "increase"}
DOMAIN = "mongodbatlas_restore_"


def panel_datasource(panel):
    for source in [panel, *panel.get("targets", [])]:
        if source.get("datasource", {}).get("uid") != "${datasource}":
            yield "does not use the variable datasource"


def panel_title_description(panel):
    for what in ("title", "description"):
        if not panel.get(what, "").strip():
            yield f"has no {what}"


def panel_units(panel):
    field = panel.get("fieldConfig", {})
    units = [field.get("defaults", {}).get("unit")]
    units += [prop["value"] for override in field.get("overrides", [])
              for prop in override["properties"] if prop["id"] == "unit"]
    for unit in units:
        if unit not in UNITS:
            yield f"has the unit {unit}, which is none" if unit else "has no unit"


def panel_no_targets(panel):
    targets = panel.get("targets", [])
    if not targets or not all(target.get("expr") for target in targets):
        yield "has no query, or an empty one"
    names = [target.get("refId") for target in targets]
    if len(set(names)) != len(names):
        yield "has two queries with the same refId"


def panel_empty(panel):
    """On a healthy system many panels have no data; each says what that means."""
    if not panel.get("fieldConfig", {}).get("defaults", {}).get("noValue"):
        yield "does not say what it means that there is no data (noValue)"


def links_of(panel):
    """Its own links, those of its data, and those of single columns."""
    field = panel.get("fieldConfig", {})
    yield from panel.get("links", [])
    yield from field.get("defaults", {}).get("links", [])
    for override in field.get("overrides", []):
        for prop in override["properties"]:
            if prop["id"] == "links":
                yield from prop["value"]


def panel_links(panel, uids):
    if not panel.get("links"):
        yield "has no link"
    for link in links_of(panel):
        match = re.match(r"/d/([\w-]+)\?", link["url"])
        if not match or match[1] not in uids:
            yield f"links to {link['url']}, which is none of these dashboards"
        if "${__url_time_range}" not in link["url"]:
            yield f"has a link that forgets the time shown: {link['url']}"


def panel_shape(panel):
    """As Grafana stores it: the kind is known, and has the options that it needs."""
    wanted = OPTIONS.get(panel["type"])
    if wanted is None:
        yield f"is of the kind {panel['type']}, which is not known here"
        return
    for option in sorted(wanted - panel.get("options", {}).keys()):
        yield f"has no option {option}"
    instant = panel["type"] in ("stat", "bargauge", "table")
    for target in panel.get("targets", []):
        if target.get("instant") is not instant or target.get("range") is instant:
            yield f"query {target.get('refId')} must be instant: {instant}"


def panel_columns(panel):
    """Of a table: each query is a column with a heading of its own, and no rule is about others."""
    if panel["type"] != "table":
        return
    steps = {step["id"]: step["options"] for step in panel.get("transformations", [])}
    organize = steps.get("organize", {})
    headings = organize.get("renameByName", {})
    for target in panel.get("targets", []):
        name = f"Value #{target['refId']}"
        if name not in headings:
            yield f"column {name} has no heading"
    shown = set(headings.values())
    known = [override["matcher"]["options"] for override in panel["fieldConfig"]["overrides"]]
    known += [sort["displayName"] for sort in panel["options"].get("sortBy", [])]
    for heading in known:
        if heading not in shown:
            yield f"there is a rule for the column {heading}, which does not exist"


def target_job(expression):
    yield from _matcher(expression, "job")


def target_instance(expression):
    yield from _matcher(expression, "instance")


def _matcher(expression, label):
    for selector in selectors(expression):
        if selector.matchers.get(label) != ("=~", f"${label}"):
            yield f"does not select {selector.metric} by ${label}"


def target_rate_interval(expression):
    for selector in selectors(expression):
        caller = selector.calls[-1].name if selector.calls else None
        if selector.window is None:
            continue
        if caller in ("rate", "irate") and selector.window != "$__rate_interval":
            yield f"{caller}({selector.metric}[{selector.window}]) must use $__rate_interval"
        elif selector.window not in BUILT_IN:
            yield f"has the fixed window [{selector.window}]"


def target_counter_agg(expression):
    for selector in selectors(expression):
        caller = selector.calls[-1].name if selector.calls else None
        if selector.metric.endswith("_total") and caller not in RATES:
            yield f"{selector.metric} is a counter, and used without rate or increase"


def target_histogram(expression):
    for selector in selectors(expression):
        calls = {call.name for call in selector.calls}
        if selector.metric.endswith("_bucket") and "histogram_quantile" not in calls:
            yield f"{selector.metric} is used without histogram_quantile"


def target_replicas(expression):
    """Two restorewatch that watch the same clusters are made one before anything is added up."""
    for selector in selectors(expression):
        if not selector.metric.startswith(DOMAIN):
            continue
        around = [call for call in selector.calls if call.name in AGGREGATIONS]
        if not around or around[-1].name not in ("max", "min") or "instance" in around[-1].labels:
            yield f"{selector.metric} would count twice with two replicas"
