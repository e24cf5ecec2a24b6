"""The table that is printed: what was measured beside what it is compared with, and the goal."""

from dataclasses import dataclass
from typing import Optional


@dataclass
class Row:
    number: str                  # of the goal: "P5"
    what: str
    ours: str = ""               # our figure, with its unit
    other: str = ""              # what it is compared with
    ratio: str = ""
    goal: str = ""
    met: Optional[bool] = None   # None: not measured, or no goal
    why_not: str = ""            # measured

    def verdict(self):
        if self.why_not:
            return "not measured: " + self.why_not
        if self.met is None:
            return ""
        return "met" if self.met else "MISSED"


def compared(number, what, ours, other, unit, at_most=None, at_least=None, other_name=""):
    """A row whose goal is a ratio of two figures: ours to the other's, or (at_least, for what is
    to be many times faster) the other's to ours."""
    ratio = ours / other if at_most is not None else other / ours
    goal = f"<= {at_most:g}x" if at_most is not None else f">= {at_least:g}x faster"
    met = ratio <= at_most if at_most is not None else ratio >= at_least
    return Row(number, what, f"{ours:.3g} {unit}", f"{other_name} {other:.3g} {unit}".strip(),
               f"{ratio:.2f}", goal, met)


def bounded(number, what, ours, unit, at_most=None, at_least=None):
    goal = f"<= {at_most:g} {unit}" if at_most is not None else f">= {at_least:g} {unit}"
    met = ours <= at_most if at_most is not None else ours >= at_least
    return Row(number, what, f"{ours:.4g} {unit}", goal=goal, met=met)


def not_measured(number, what, why):
    return Row(number, what, why_not=why)


def as_text(rows):
    head = ("goal", "what", "ours", "compared with", "ratio", "wanted", "")
    lines = [head] + [(r.number, r.what, r.ours, r.other, r.ratio, r.goal, r.verdict())
                      for r in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip()
                     for line in lines)
