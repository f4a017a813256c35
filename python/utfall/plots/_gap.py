"""Differences between groups, as they stand and adjusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utfall.plots._draw import Chart, Line, empty, forest, title
from utfall.plots._results import Told

if TYPE_CHECKING:
    from utfall.plots._results import Results, Row


def gap(results: Results, *, check: str | None = None, language: str | None = None) -> Chart:
    """Draw the differences of the checks of kind ``gap``: as they stand, and adjusted below them."""
    told = Told(results, language)
    heading = told.words["title_gap"]
    rows = [
        row
        for row in told.table("checks")
        if row["kind"] == "gap" and check in {None, row["check"]}
    ]
    if not rows:
        return empty(told, heading)
    lines = [_line(told, row) for row in rows]
    ends = [abs(number) for line in lines for number in _numbers(line)]
    end = max([0.1, *ends]) * 1.05
    limits = {row["limit"] for row in rows if row["limit"] is not None}
    chart = forest(
        told, lines, (-end, end), "points", reference=0.0, axis_title=told.words["points"]
    )
    notes = [f"● {told.words['crude']} · □ {told.words['adjusted']} · ─ {told.words['interval']}"]
    if limits:
        notes[0] += f" · │ {told.words['limit']}"
    marks = [(line.name, line.text or line.instead) for line in lines]
    return chart.properties(
        title=title(heading, notes), description=told.description(heading, marks)
    )


def _line(told: Told, row: Row) -> Line:
    name = f"{_groups(told, row['group'])} – {_groups(told, row['other'])}"
    crude = row["difference"]
    if crude is None:
        return Line(name, "", instead=_instead(told, row), is_protected=_is_protected(row))
    low, high = row["difference_low"], row["difference_high"]
    text = _difference(told, crude, low, high)
    adjusted = row["adjusted"]
    line = Line(name, text, value=crude, low=low, high=high)
    if adjusted is not None:
        low, high = row["adjusted_low"], row["adjusted_high"]
        line.second = (adjusted, low, high)
        line.text += f"; {told.words['adjusted']} {_difference(told, adjusted, low, high)}"
    if row["limit"] is not None:
        line.targets = [-row["limit"], row["limit"]]
    return line


def _instead(told: Told, row: Row) -> str:
    return told.words["protected"] if _is_protected(row) else "–"


def _is_protected(row: Row) -> bool:
    return bool(row.get("protected")) or row["state"] == "suppressed"


def _difference(told: Told, value: float, low: float | None, high: float | None) -> str:
    interval = told.interval(low, high, "points")
    return told.number(value, "points") + (f" ({interval})" if interval else "")


def _numbers(line: Line) -> list[float]:
    numbers = [line.value, line.low, line.high, *(line.second or ()), *line.targets]
    return [number for number in numbers if number is not None]


def _groups(told: Told, parts: list[str]) -> str:
    """Name a group that a check writes as ``gender=woman``."""
    names = []
    for part in parts:
        column, _, code = part.partition("=")
        labels = (told.level_name(register, column, code) for register in told.project.registers)
        names.append(next((label for label in labels if label != code), code))
    return ", ".join(names) or told.words["everybody"]
