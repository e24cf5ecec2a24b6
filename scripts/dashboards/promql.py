"""Reads PromQL as far as the checks need it: which series are selected, and what is done to them.

Not a parser: promtool is asked whether an expression is valid. This one expects that it is.
"""

import re
from typing import NamedTuple

# What Grafana fills in; the values are as good as any. Longer names first: one begins another.
BUILT_IN = {"$__rate_interval": "5m", "$__range_s": "3600", "$__range": "1h"}
AGGREGATIONS = {"avg", "bottomk", "count", "count_values", "group", "max", "min", "quantile",
                "stddev", "stdvar", "sum", "topk"}

# Texts, variables, braces and brackets with what they hold, names, numbers, and single signs.
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"|\$\w+|\{[^}]*\}|\[[^\]]*\]|[A-Za-z_:][\w:]*|\w+|[^\s\w]')
_MATCHER = re.compile(r'(\w+)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"')
_GROUPING = {"by", "without", "on", "ignoring", "group_left", "group_right"}
_OPERATORS = {"and", "or", "unless", "bool", "offset", "atan2"}


class Call(NamedTuple):
    """A function or an aggregation around a selector; `labels` is what it groups by."""

    name: str
    labels: tuple


class Selector(NamedTuple):
    metric: str
    matchers: dict  # label -> (operator, value)
    window: str | None  # what stands between square brackets
    calls: tuple  # the innermost one last


def filled_in(expression, values=None):
    for name, value in {**BUILT_IN, **(values or {})}.items():
        expression = expression.replace(name, value)
    return expression


def _grouping(tokens, at):
    """The labels of a clause such as `by (a, b)` that stands at `at`, and where it ends."""
    if at >= len(tokens) or tokens[at] not in _GROUPING:
        return (), at
    if at + 1 >= len(tokens) or tokens[at + 1] != "(":  # group_left may have none
        return (), at + 1
    end = tokens.index(")", at)
    return tuple(token for token in tokens[at + 2:end] if token != ","), end + 1


def _selector(tokens, at, calls):
    """The selector that begins with a metric's name at `at`, and where it ends."""
    metric, matchers, window = tokens[at], {}, None
    at += 1
    if at < len(tokens) and tokens[at].startswith("{"):
        matchers = {label: (operator, value)
                    for label, operator, value in _MATCHER.findall(tokens[at])}
        at += 1
    if at < len(tokens) and tokens[at].startswith("["):
        window = tokens[at][1:-1]
        at += 1
    return Selector(metric, matchers, window, tuple(call for call in calls if call.name)), at


def selectors(expression):
    """Every selector of the expression, in the order in which they stand there."""
    tokens, calls, found, at = _TOKEN.findall(expression), [], [], 0
    while at < len(tokens):
        token = tokens[at]
        if token in _GROUPING:
            _, at = _grouping(tokens, at)
        elif token == "(":
            calls.append(Call("", ()))
            at += 1
        elif token == ")":
            calls.pop()
            at += 1
        elif token in _OPERATORS or not re.match(r"[A-Za-z_:]", token):
            at += 1
        else:
            labels, after = _grouping(tokens, at + 1)
            if after < len(tokens) and tokens[after] == "(":
                calls.append(Call(token, labels))
                at = after + 1
            else:
                selector, at = _selector(tokens, at, calls)
                found.append(selector)
    return found
