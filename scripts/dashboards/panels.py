"""Panels as Grafana stores them: one function for each kind, which leaves out what is Grafana's
default. A panel has no place and no id yet; pages.py gives it both.

`empty` is what a panel without data says: on a healthy system nothing may look broken.
"""

from .looks import ANY, BAD, WARN, mapping, thresholds
from .queries import or_zero

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
UNSCRAPED = "no restorewatch is scraped"
CLUSTER_UID = "restorewatch-cluster"
VARIABLES_KEPT = "${__url_time_range}&${__all_variables}"


def query(expression, legend="__auto", *, instant=False, table=False, step=None):
    """`step`: the least time between two points, so that short spans do not make thin bars."""
    target = {"datasource": DATASOURCE, "editorMode": "code", "expr": expression,
              "instant": instant, "legendFormat": legend, "range": not instant}
    if table:
        target["format"] = "table"
    if step:
        target["interval"] = step
    return target


def link_to(page):
    """A link to another dashboard, with the time and everything that is chosen."""
    return {"title": page.title, "url": f"/d/{page.uid}?{VARIABLES_KEPT}",
            "targetBlank": False}


def link_to_cluster(project, cluster):
    """A link for data: to what is known of one cluster; the arguments say where its name stands."""
    chosen = "&".join(f"${{{name}:queryparam}}" for name in ("datasource", "job", "instance"))
    return {"title": "Open this cluster", "targetBlank": False,
            "url": f"/d/{CLUSTER_UID}?${{__url_time_range}}&{chosen}"
                   f"&var-project=${{{project}:percentencode}}"
                   f"&var-cluster=${{{cluster}:percentencode}}"}


TIMELINE_POINTS = 200
LINK_OF_SERIES = ("__field.labels.project_name", "__field.labels.cluster_name")


def panel(kind, title, description, queries, *, empty, link, size, defaults, options,
          overrides=(), transformations=(), points=None):
    """`points`: how many of them each line has at most, where a point is expensive to reckon."""
    width, height = size
    made = {
        "type": kind, "title": title, "description": description,
        "datasource": DATASOURCE,
        "targets": [{"refId": chr(ord("A") + index), **target}
                    for index, target in enumerate(queries)],
        "fieldConfig": {"defaults": {"noValue": empty, **defaults}, "overrides": list(overrides)},
        "options": options,
        "links": [link_to(link)],
        "gridPos": {"w": width, "h": height},
    }
    if points:
        made["maxDataPoints"] = points
    if transformations:
        made["transformations"] = list(transformations)
    return made


def override(name, **properties):
    """Of one field, by the name it is shown with. `_` in a property's name stands for a dot."""
    return {"matcher": {"id": "byName", "options": name},
            "properties": [{"id": key.replace("_", "."), "value": value}
                           for key, value in properties.items()]}


def colours_of(states):
    """Overrides that give each series that is named after a state its colour."""
    return [override(state.name, color={"mode": "fixed", "fixedColor": state.colour})
            for state in states]


def stat(title, description, expression, *, link, unit="short", steps=ANY, empty=UNSCRAPED,
         states=None, decimals=None, size=(4, 4), legend="__auto"):
    """One number, or one word out of `states`, in the colour that the thresholds give it."""
    defaults = {"unit": unit, "color": {"mode": "thresholds"}, "thresholds": thresholds(*steps)}
    if states:
        defaults["mappings"] = [mapping(states)]
    if decimals is not None:
        defaults["decimals"] = decimals
    options = {
        "colorMode": "background" if steps is not ANY or states else "value",
        "graphMode": "none", "justifyMode": "center", "orientation": "auto", "textMode": "value",
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
    }
    return panel("stat", title, description, [query(expression, legend, instant=True)],
                 empty=empty, link=link, size=size, defaults=defaults, options=options)


def count(title, description, expression, **more):
    """A number of things; 0 where there are none."""
    return stat(title, description, or_zero(expression), decimals=0, **more)


def _custom(style, stacked, line_width=1):
    return {"drawStyle": style, "lineWidth": line_width, "lineInterpolation": "stepAfter",
            "fillOpacity": 80 if style == "bars" else (30 if stacked else 10),
            "showPoints": "never", "spanNulls": False, "axisSoftMin": 0,
            "stacking": {"mode": "normal" if stacked else "none", "group": "A"}}


def timeseries(title, description, queries, *, link, unit="short", empty, size=(12, 8),
               bars=False, stacked=False, steps=None, overrides=(), cluster_links=False,
               decimals=None, calcs=("lastNotNull", "max"), points=None):
    """Lines over time, or bars. `steps` are drawn as dashed lines where they are given."""
    custom = _custom("bars" if bars else "line", stacked)
    defaults = {"unit": unit, "color": {"mode": "palette-classic"}, "custom": custom, "min": 0}
    if decimals is not None:
        defaults["decimals"] = decimals
    if steps:
        defaults["thresholds"] = thresholds(*steps)
        custom["thresholdsStyle"] = {"mode": "dashed"}
    if cluster_links:
        defaults["links"] = [link_to_cluster(*LINK_OF_SERIES)]
    options = {
        "legend": {"displayMode": "table" if calcs else "list", "placement": "bottom",
                   "showLegend": True, "calcs": list(calcs)},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }
    return panel("timeseries", title, description, queries, empty=empty, link=link, size=size,
                 defaults=defaults, options=options, overrides=overrides, points=points)


def objective_line(pattern, colour=BAD):
    """Series whose name matches `pattern` are what others are held to: a dashed line."""
    return {"matcher": {"id": "byRegexp", "options": pattern},
            "properties": [{"id": "custom.lineStyle", "value": {"fill": "dash", "dash": [10, 10]}},
                           {"id": "custom.fillOpacity", "value": 0},
                           {"id": "color", "value": {"mode": "fixed", "fixedColor": colour}}]}


def timeline(title, description, queries, states, *, link, empty, size=(24, 8),
             cluster_links=False):
    """One band for each series: in which of `states` it was, and when."""
    defaults = {"unit": "none", "color": {"mode": "thresholds"}, "mappings": [mapping(states)],
                "thresholds": thresholds((None, WARN)),
                "custom": {"fillOpacity": 75, "lineWidth": 0, "spanNulls": False}}
    if cluster_links:
        defaults["links"] = [link_to_cluster(*LINK_OF_SERIES)]
    options = {
        "alignValue": "left", "mergeValues": True, "rowHeight": 0.85, "showValue": "auto",
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
        "tooltip": {"mode": "single", "sort": "none"},
    }
    return panel("state-timeline", title, description, queries, empty=empty, link=link, size=size,
                 defaults=defaults, options=options, points=TIMELINE_POINTS)


def bargauge(title, description, queries, *, link, unit, steps, empty, size=(8, 8), most=None):
    """A bar for each value, from 0 to `most`."""
    defaults = {"unit": unit, "min": 0, "color": {"mode": "thresholds"},
                "thresholds": thresholds(*steps)}
    if most is not None:
        defaults["max"] = most
    options = {
        "displayMode": "basic", "orientation": "horizontal", "showUnfilled": True,
        "valueMode": "color", "minVizWidth": 0, "minVizHeight": 10, "namePlacement": "auto",
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
    }
    return panel("bargauge", title, description, queries, empty=empty, link=link, size=size,
                 defaults=defaults, options=options)
