"""Rules that a dashboard as a whole must keep. Those named as in Grafana's dashboard-linter check
what that one checks (https://github.com/grafana/dashboard-linter); the others are our own.

Each rule is a generator that yields what it finds wrong.
"""

import re

from .promql import selectors

GRID_COLUMNS = 24
SCHEMA_VERSIONS = range(36, 42)  # Grafana 9 to 11
RELOAD_ON_TIME_CHANGE = 2
LABEL_VALUES = re.compile(r"label_values\((?:(.*),\s*)?(\w+)\)$")
# Each is chosen from what the ones before leave over.
CHAIN = {"job": "job", "instance": "instance", "project": "project_name",
         "cluster": "cluster_name"}


def variables_of(board):
    return {variable["name"]: variable for variable in board["templating"]["list"]}


def panels_of(board):
    """All panels but rows, also those folded into a row."""
    for panel in board["panels"]:
        if panel["type"] == "row":
            yield from panel.get("panels", [])
        else:
            yield panel


def template_datasource(board):
    sources = [one for one in board["templating"]["list"] if one["type"] == "datasource"]
    if [(one["name"], one["label"], one["query"]) for one in sources] != [
            ("datasource", "Data source", "prometheus")]:
        yield "needs one data source variable: datasource, labelled Data source, of prometheus"


def _template(board, name):
    variable = variables_of(board).get(name)
    if not variable:
        yield f"has no variable {name}"
        return
    wanted = {"type": "query", "label": name.capitalize(), "multi": True, "allValue": ".+",
              "includeAll": True}
    for key, value in wanted.items():
        if variable.get(key) != value:
            yield f"variable {name}: {key} is not {value!r}"
    if variable.get("datasource", {}).get("uid") != "${datasource}":
        yield f"variable {name} does not use the variable datasource"


def template_job(board):
    yield from _template(board, "job")


def template_instance(board):
    yield from _template(board, "instance")


def template_chain(board):
    yield from _template(board, "project")
    yield from _template(board, "cluster")
    names = list(CHAIN)
    for place, name in enumerate(names):
        definition = variables_of(board).get(name, {}).get("definition", "")
        matchers = {label: value for selector in selectors(definition)
                    for label, value in selector.matchers.items()}
        for earlier in names[:place]:
            if matchers.get(CHAIN[earlier]) != ("=~", f"${earlier}"):
                yield f"variable {name} does not follow the choice of ${earlier}"


def template_label_promql(board, is_valid):
    for name, variable in variables_of(board).items():
        if variable["type"] != "query":
            continue
        match = LABEL_VALUES.match(variable.get("definition", ""))
        query = variable.get("query", {}).get("query")
        if not match or (match[1] and not is_valid(match[1])):
            yield f"variable {name} is no valid label_values(): {variable.get('definition')}"
        if query != variable.get("definition"):
            yield f"variable {name}: query and definition differ"


def template_on_time_change_reload(board):
    for name, variable in variables_of(board).items():
        if variable["type"] == "query" and variable.get("refresh") != RELOAD_ON_TIME_CHANGE:
            yield f"variable {name} is not refreshed when the time range changes"


def template_uneditable(board):
    if board.get("editable") is not False:
        yield "is editable, so that changes would be lost with the next version"


def identity(board, file_stem):
    if board.get("uid") != file_stem:
        yield f"its uid {board.get('uid')} is not the file's name"
    if board.get("schemaVersion") not in SCHEMA_VERSIONS:
        yield f"schemaVersion {board.get('schemaVersion')} is not one of Grafana 9 to 11"
    if not board.get("tags") or not board.get("description") or not board.get("title"):
        yield "lacks a title, a description or tags"
    if board.get("graphTooltip") != 1:
        yield "does not share its cross-hair among the panels"


def siblings(board, uids):
    linked = {link["url"].removeprefix("/d/") for link in board.get("links", [])
              if link.get("keepTime") and link.get("includeVars")}
    for missing in sorted(set(uids) - linked - {board.get("uid")}):
        yield f"has no link to {missing} that keeps time and variables"


def cells_of(panel):
    at = panel["gridPos"]
    return {(x, y) for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])}


def layout(board):
    """Ids and titles are unique, and no two panels claim one cell of the grid."""
    ids, titles, taken = set(), set(), set()
    for panel in board["panels"]:
        cells = cells_of(panel)
        if panel["id"] in ids:
            yield f"{panel['title']}: its id {panel['id']} is another panel's, too"
        if panel["title"] in titles:
            yield f"{panel['title']}: another panel has this title, too"
        if max(x for x, _ in cells) >= GRID_COLUMNS:
            yield f"{panel['title']}: reaches over the right edge"
        if cells & taken:
            yield f"{panel['title']}: lies over another panel"
        ids.add(panel["id"])
        titles.add(panel["title"])
        taken |= cells
