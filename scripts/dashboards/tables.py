"""Tables: one row for each cluster (or whatever `labels` name), one column for each query.

The first column's query must have every row that any other has."""

from dataclasses import dataclass

from .looks import absent, mapping, thresholds
from .panels import link_to_cluster, panel, query

CLUSTER_LABELS = (("project_name", "Project"), ("cluster_name", "Cluster"))
HIDDEN = ("Time", "project_id")


@dataclass(frozen=True)
class Column:
    """`missing` is what a row says that the query knows nothing of, with its colour; `states` makes
    words of numbers, `mappings` of other values; `steps` or `states` colour the cell."""

    title: str
    expression: str
    unit: str = "short"
    steps: tuple = ()
    states: dict | None = None
    missing: tuple = ("–", "text")
    mappings: tuple = ()
    width: int | None = None
    decimals: int | None = None

    def properties(self):
        yield "unit", self.unit
        states = [mapping(self.states)] if self.states else []
        yield "mappings", states + list(self.mappings) + [absent(*self.missing)]
        if self.steps:
            yield "thresholds", thresholds(*self.steps)
        if self.steps or self.states:
            yield "color", {"mode": "thresholds"}
            yield "custom.cellOptions", {"type": "color-background", "mode": "basic"}
        if self.width:
            yield "custom.width", self.width
        if self.decimals is not None:
            yield "decimals", self.decimals

    def override(self):
        return {"matcher": {"id": "byName", "options": self.title},
                "properties": [{"id": name, "value": value} for name, value in self.properties()]}


def when(title, timestamp, **more):
    """A column with a time, told as how long ago or how soon it is. Grafana wants milliseconds."""
    return Column(title, f"({timestamp}) * 1000", "dateTimeFromNow", **more)


def at(title, timestamp, **more):
    """A column with a time, told in full: for those who must prove something."""
    return Column(title, f"({timestamp}) * 1000", "dateTimeAsIso", **more)


def _cluster_links(labels):
    link = link_to_cluster("__data.fields.Project", "__data.fields.Cluster")
    shown = {title for _, title in labels}
    return [{"matcher": {"id": "byName", "options": title},
             "properties": [{"id": "links", "value": [link]}]}
            for title in ("Project", "Cluster") if {"Project", "Cluster"} <= shown]


def table(title, description, columns, *, link, empty, labels=CLUSTER_LABELS, hidden=(),
          sort=None, ascending=False, size=(24, 9)):
    """`labels`: pairs of label and heading. `sort`: the heading by which rows are sorted."""
    names = [f"Value #{chr(ord('A') + index)}" for index in range(len(columns))]
    headings = list(labels) + list(zip(names, (column.title for column in columns)))
    headings.append(("Value", columns[0].title))  # its name where no other query finds anything
    transformations = [
        {"id": "merge", "options": {}},
        {"id": "organize", "options": {
            "excludeByName": {name: True for name in HIDDEN + tuple(hidden)},
            "indexByName": {name: index for index, (name, _) in enumerate(headings)},
            "renameByName": dict(headings)}},
    ]
    options = {"cellHeight": "sm", "showHeader": True,
               "footer": {"show": False, "enablePagination": True, "fields": "", "reducer": ["sum"],
                          "countRows": False},
               "sortBy": [{"displayName": sort, "desc": not ascending}] if sort else []}
    defaults = {"unit": "short", "color": {"mode": "thresholds"},
                "thresholds": thresholds((None, "text")),
                "custom": {"align": "auto", "filterable": True, "inspect": False}}
    overrides = [column.override() for column in columns] + _cluster_links(labels)
    queries = [query(column.expression, "", instant=True, table=True) for column in columns]
    return panel("table", title, description, queries, empty=empty, link=link, size=size,
                 defaults=defaults, options=options, overrides=overrides,
                 transformations=transformations)
