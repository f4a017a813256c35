"""The history of a goal's target."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import altair as alt

from utfall.plots._draw import (
    BLUE,
    INK,
    SOFT,
    Chart,
    axis,
    data,
    empty,
    layered,
    points,
    texts,
    title,
)
from utfall.plots._results import Told, thresholds, unit_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utfall.plots._results import Results, Row

_WIDTH, _HEIGHT = 460, 150


def targets(results: Results, *, goal: str | None = None, language: str | None = None) -> Chart:
    """Draw every version of a goal's target over time, the baseline, and what came out.

    Without ``goal``, the goals whose target has been revised; if none has, all with a number.
    """
    told = Told(results, language)
    heading = told.words["title_targets"]
    declared = told.declared.get("goals", {})
    if goal is not None and goal not in declared:
        from utfall._evaluation import _unknown  # noqa: PLC0415 - only an error needs it

        raise _unknown("goal", goal, declared)
    numbered = {
        name: parts for name, parts in declared.items() if _versions(parts) and goal in {None, name}
    }
    revised = {name: parts for name, parts in numbered.items() if len(_versions(parts)) > 1}
    chosen = numbered if goal is not None else revised or numbered
    panels = [_panel(told, name, parts) for name, parts in chosen.items()]
    if not panels:
        return empty(told, heading)
    marks = [mark for _, said in panels for mark in said]
    notes = [f"── {told.words['target']} · ● {told.words['outcome']} · □ {told.words['baseline']}"]
    return alt.vconcat(*(chart for chart, _ in panels), spacing=24).properties(
        title=title(heading, notes), description=told.description(heading, marks)
    )


def _versions(goal: dict[str, Any]) -> list[tuple[str, list[float]]]:
    """Give the days and numbers of a goal's target; none if one of them is a rating."""
    versions = []
    for target in goal.get("targets", []):
        promise = next(
            (name for name in ("at_least", "at_most", "between", "all") if name in target), ""
        )
        numbers = target.get(promise, [])
        text = " and ".join(map(str, numbers if isinstance(numbers, list) else [numbers]))
        versions.append((target["from"], [1.0] if promise == "all" else thresholds(text)))
    return versions if all(numbers for _, numbers in versions) else []


def _panel(
    told: Told, name: str, goal: dict[str, Any]
) -> tuple[alt.LayerChart, list[tuple[str, str]]]:
    versions = _versions(goal)
    figure = told.overall(goal.get("indicator"))
    unit = unit_of(figure) if figure else "share"
    baseline = goal.get("baseline")
    steps = _steps(told, name, versions)
    days = (
        [step["from"] for step in steps]
        + [steps[-1]["until"]]
        + ([baseline["on"]] if baseline else [])
    )
    seen = [number for _, numbers in versions for number in numbers]
    if figure and figure["value"] is not None:
        seen += [number for number in (figure["value"], figure["high"]) if number is not None]
    seen += [baseline["value"]] if baseline else []
    top = 1.0 if unit == "share" else max([*seen, 0.0]) * 1.15 or 1.0
    first, last = (dt.date.fromisoformat(day) for day in (min(days), max(days)))
    place = _Place(first, max((last - first).days, 1), top)
    marks = [(told.goal_name(name), "")]
    marks += [(step["from"], step["text"]) for step in steps]
    layers = _targets(told, steps, place, unit, top)
    layers += _outcome(told, figure, place, marks)
    layers += _baseline(told, baseline, unit, place, marks)
    named = alt.TitleParams(text=wrapped(told.goal_name(name), 76), anchor="start", fontSize=12)
    return layered(layers, _WIDTH, _HEIGHT, title=named), marks


class _Place:
    """Where a day and a number lie, in pixels."""

    def __init__(self, first: dt.date, days: int, top: float) -> None:
        self.first, self.days, self.top = first, days, top

    def x(self, day: str) -> float:
        return (dt.date.fromisoformat(day) - self.first).days / self.days * _WIDTH

    def y(self, number: float) -> float:
        return (1 - number / self.top) * _HEIGHT


def _steps(told: Told, name: str, versions: Sequence[tuple[str, list[float]]]) -> list[Row]:
    last = told.declared.get("last_day") or told.results.as_of
    last = max(str(last), str(told.results.as_of), versions[-1][0])
    ends = [day for day, _ in versions[1:]] + [last]
    project = told.project._native  # noqa: SLF001 - its own words
    return [
        {
            "from": day,
            "until": end,
            "numbers": numbers,
            "text": project.target_text(name, day, told.language) or "",
        }
        for (day, numbers), end in zip(versions, ends, strict=True)
    ]


def _targets(
    told: Told, steps: Sequence[Row], place: _Place, unit: str, top: float
) -> list[alt.Chart]:
    lines = [
        {"value": number, "x": place.x(step["from"]), "end": place.x(step["until"])}
        for step in steps
        for number in step["numbers"]
    ]
    y = alt.Y(
        "value:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=axis(told, unit, tickCount=4)
    )
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, _WIDTH], nice=False), axis=None)
    rule = alt.Chart(data(lines)).mark_rule(color=INK, strokeWidth=2.5).encode(x=x, x2="end:Q", y=y)
    names: list[Row] = []
    for step in steps:
        high = place.y(max(step["numbers"]))
        # Above the line, and below it where it runs along the top.
        height = high - 10 if high > 18 else high + 12  # noqa: PLR2004 - a line of text
        names.append(
            {
                "x": place.x(step["from"]) + 4,
                "y": height,
                "text": f"{step['text']} ({step['from']})",
            }
        )
    return [rule, texts(names, align="left", color=INK)]


def _outcome(
    told: Told, figure: Row | None, place: _Place, marks: list[tuple[str, str]]
) -> list[alt.Chart]:
    as_of = str(told.results.as_of)
    if figure is None:
        return []
    text = told.outcome(figure)
    marks.append((f"{told.words['outcome']} {as_of}", text))
    x = min(max(place.x(as_of), 0.0), float(_WIDTH))
    if figure["value"] is None or told.state(figure) is not None:
        return [
            texts([{"x": _WIDTH + 12, "y": _HEIGHT / 2, "text": text}], align="left", color=SOFT)
        ]
    row = {
        "x": x,
        "value": figure["value"],
        "shape": "circle",
        "color": BLUE,
        "name": as_of,
        "text": text,
    }
    where = alt.X("x:Q", scale=alt.Scale(domain=[0, _WIDTH], nice=False), axis=None)
    layers = []
    if figure["low"] is not None:
        span = alt.Chart(data([{"x": x, "low": figure["low"], "high": figure["high"]}]))
        layers.append(
            span.mark_rule(color=SOFT, strokeWidth=2).encode(x=where, y="low:Q", y2="high:Q")
        )
    layers.append(points([row], where, alt.Y("value:Q")))
    label: Row = {"x": _WIDTH + 12, "y": place.y(figure["value"])}
    label["text"] = f"{told.words['outcome']} {text}"
    return [*layers, texts([label], align="left", color=INK)]


def _baseline(
    told: Told, baseline: Row | None, unit: str, place: _Place, marks: list[tuple[str, str]]
) -> list[alt.Chart]:
    if not baseline:
        return []
    text = told.number(baseline["value"], unit)
    marks.append((f"{told.words['baseline']} {baseline['on']}", text))
    row = {
        "x": place.x(baseline["on"]),
        "value": baseline["value"],
        "shape": "square",
        "color": INK,
    }
    row |= {"name": told.words["baseline"], "text": f"{text} ({baseline['on']})"}
    where = alt.X("x:Q", scale=alt.Scale(domain=[0, _WIDTH], nice=False), axis=None)
    y = place.y(baseline["value"])
    label = {
        "x": row["x"] + 10,
        "y": y,
        "text": f"{told.words['baseline']} {text} ({baseline['on']})",
    }
    return [
        points([row], where, alt.Y("value:Q"), filled=False),
        texts([label], align="left", color=SOFT),
    ]
