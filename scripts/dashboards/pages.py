"""What the four dashboards share: names, variables, links to each other, and the grid."""

from typing import NamedTuple

from .panels import CLUSTER_UID, DATASOURCE
from .queries import PROJECT_MATCHERS, WATCHER_MATCHERS, by, of_clusters, selector

GRID_COLUMNS = 24
SCHEMA_VERSION = 38  # Grafana 9.5 and 10.0; later ones take it forward


class Page(NamedTuple):
    uid: str  # also the file's name; links to it hold as long as it does
    title: str
    question: str


FLEET = Page("restorewatch-fleet", "Restores: fleet", "What is wrong with restores right now?")
CLUSTER = Page(CLUSTER_UID, "Restores: one cluster",
               "When was this cluster restored, how long did it take, how far back did it reach?")
SECURITY = Page("restorewatch-security", "Restores: security",
                "Who got hold of which data by way of a backup?")
WATCHER = Page("restorewatch-watcher", "Restores: the watcher",
               "Can restorewatch itself be relied on?")
PAGES = (FLEET, CLUSTER, SECURITY, WATCHER)


class Row(NamedTuple):
    title: str
    panels: list


def _chosen_from(name, label, metric, matchers):
    definition = f"label_values({selector(metric, matchers) if matchers else metric}, {label})"
    return {
        "name": name, "label": name.capitalize(), "type": "query", "datasource": DATASOURCE,
        "query": {"query": definition, "refId": f"variable-{name}"}, "definition": definition,
        "refresh": 2,  # when the time range changes
        "hide": 0, "options": [], "regex": "", "skipUrlSync": False,
        "sort": 1, "multi": True, "includeAll": True, "allValue": ".+",
        "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
    }


def _variables():
    clusters = "mongodbatlas_restore_target_effective_interval_seconds"
    return [
        {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus",
         "refresh": 1, "hide": 0, "options": [], "regex": "", "skipUrlSync": False,
         "multi": False, "includeAll": False, "current": {}},
        _chosen_from("job", "job", "restorewatch_build_info", ()),
        _chosen_from("instance", "instance", "restorewatch_build_info", WATCHER_MATCHERS[:1]),
        _chosen_from("project", "project_name", clusters, WATCHER_MATCHERS),
        _chosen_from("cluster", "cluster_name", clusters, PROJECT_MATCHERS),
    ]


def _links(page):
    return [{"type": "link", "title": other.title, "url": f"/d/{other.uid}", "icon": "dashboard",
             "tooltip": other.question, "keepTime": True, "includeVars": True, "asDropdown": False,
             "targetBlank": False, "tags": []}
            for other in PAGES if other is not page]


def _marks(name, colour, timestamp, title, *labels):
    """Marks moments on all panels: those that a series has as its value, in seconds."""
    vector = by("max", ("project_name", "cluster_name") + labels, timestamp)
    expression = f"{vector} * 1000"
    return {"name": name, "enable": True, "hide": False, "iconColor": colour,
            "datasource": DATASOURCE, "expr": expression,
            "target": {"datasource": DATASOURCE, "expr": expression, "interval": "60s",
                       "refId": "Marks"},
            "useValueForTime": True,  # the value, in milliseconds, is the time of the mark
            "titleFormat": title, "textFormat": "{{project_name}}", "step": "60s"}


def failures():
    """When each failure of a restore was seen."""
    seen = of_clusters("last_failure_observed_timestamp_seconds", 'kind="restore"')
    return _marks("Failed restores", "red", seen, "A restore from {{cluster_name}} failed")


def completions():
    """When each job completed, by Atlas's clock."""
    ended = of_clusters("last_success_timestamp_seconds")
    return _marks("Completed jobs", "green", ended, "{{delivery}} of {{cluster_name}} completed",
                  "delivery")


def _placed(rows):
    """The panels of all rows, each at its place: from left to right, as the lines fill up."""
    number, top = 0, 0
    for row in rows:
        number += 1
        yield {"id": number, "type": "row", "title": row.title, "collapsed": False, "panels": [],
               "gridPos": {"x": 0, "y": top, "w": GRID_COLUMNS, "h": 1}}
        top, left, height = top + 1, 0, 0
        for panel in row.panels:
            size = panel["gridPos"]
            if left + size["w"] > GRID_COLUMNS:
                top, left, height = top + height, 0, 0
            number += 1
            yield {"id": number, **panel, "gridPos": {"x": left, "y": top, **size}}
            left, height = left + size["w"], max(height, size["h"])
        top += height


def dashboard(page, rows, *, span, annotations=()):
    """`span`: how much of the past is shown at first, such as 7d."""
    return {
        "uid": page.uid, "title": page.title, "description": page.question,
        "tags": ["restorewatch", "mongodb", "atlas", "backup"],
        "schemaVersion": SCHEMA_VERSION, "version": 1, "editable": False,
        "graphTooltip": 1,  # one cross-hair for all panels
        "refresh": "1m", "time": {"from": f"now-{span}", "to": "now"}, "timezone": "utc",
        "annotations": {"list": list(annotations)},
        "links": _links(page),
        "templating": {"list": _variables()},
        "panels": list(_placed(rows)),
    }
