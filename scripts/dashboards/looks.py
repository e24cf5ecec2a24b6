"""What states are called and which colours they have: the same on every dashboard."""

from typing import NamedTuple

GOOD, BUSY, NOTE, WARN, BAD, BLIND, OFF = (
    "green", "blue", "yellow", "orange", "red", "purple", "text")


class State(NamedTuple):
    name: str
    colour: str


# The rank is the value that queries give; a table sorted by it has the worst on top.
CLUSTER_STATES = {
    0: State("backups off", OFF),
    1: State("fine", GOOD),
    2: State("restoring", BUSY),
    3: State("drill due", NOTE),
    4: State("not covered", WARN),
    5: State("too long", WARN),
    6: State("not visible", BLIND),
    7: State("failed", BAD),
}

IDLE = State("idle", "transparent")
# In the order in which a job passes through them.
JOB_STATES = {
    1: State("pending", "super-light-blue"),
    2: State("queued", "light-blue"),
    3: State("running", BUSY),
    4: State("in_progress", BUSY),
    5: State("ready", BLIND),
    6: State("completed", GOOD),
    7: State("cancelled", NOTE),
    8: State("expired", OFF),
    9: State("lost", WARN),
    10: State("failed", BAD),
    11: State("unknown", "dark-purple"),
}

OUTCOMES = [State("completed", GOOD), State("failed", BAD), State("cancelled", NOTE),
            State("expired", OFF), State("lost", WARN)]
SCOPES = [State("same_cluster", GOOD), State("same_project", BUSY), State("other_project", BAD),
          State("download", BLIND), State("unknown", OFF)]

VISIBILITY = {0: State("not visible", BLIND), 1: State("visible", GOOD)}
WORKING = {0: State("NO", BAD), 1: State("yes", GOOD)}


def mapping(states):
    """A value mapping: each number of `states` is shown as its name, in its colour."""
    options = {str(value): {"index": index, "text": state.name, "color": state.colour}
               for index, (value, state) in enumerate(states.items())}
    return {"type": "value", "options": options}


def _result(text, colour):
    return {"text": text, "color": colour, "index": 99}


def absent(text, colour):
    """A value mapping: what a cell without a value says."""
    return {"type": "special", "options": {"match": "null+nan", "result": _result(text, colour)}}


def above(limit, text, colour):
    """A value mapping: what a cell says whose value stands for more than any number."""
    return {"type": "range",
            "options": {"from": limit, "to": None, "result": _result(text, colour)}}


def thresholds(*steps):
    """(value, colour) from the lowest on; the first value is None, which means no lower end."""
    return {"mode": "absolute",
            "steps": [{"value": value, "color": colour} for value, colour in steps]}


ANY = ((None, BUSY),)
NONE_IS_GOOD = ((None, GOOD), (1, BAD))
NONE_IS_BETTER = ((None, GOOD), (1, WARN))
SHARE_OF_OBJECTIVE = ((None, GOOD), (0.8, NOTE), (1, BAD))
