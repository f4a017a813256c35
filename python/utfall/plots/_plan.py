"""The action plan over time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import altair as alt

from utfall._layout import plain
from utfall.plots._draw import (
    BLUE,
    INK,
    ORANGE,
    SOFT,
    VERMILLION,
    WIDTH,
    Chart,
    data,
    empty,
    layered,
    lines_of,
    texts,
    title,
)
from utfall.plots._results import Told, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utfall.plots._results import Results, Row

_NAME, _TEXT = 44, 50
#: Fill, edge and sign of a state; the sign and the word say it in grey.
_STATES = {
    "done": (BLUE, BLUE, "✓"),
    "ongoing": (ORANGE, INK, "…"),
    "overdue": ("white", VERMILLION, "!"),
    "planned": ("white", SOFT, ""),
    "undated": ("white", SOFT, ""),
}


def plan(results: Results, *, language: str | None = None) -> Chart:
    """Draw the activities of the plan over time, with what is done and what is late on the day."""
    told = Told(results, language)
    heading = told.words["title_plan"]
    activities = told.declared.get("plan", [])
    if not activities:
        return empty(told, heading)
    rows = [_row(told, activity, index) for index, activity in enumerate(activities)]
    days = [row[side] for row in rows for side in ("first", "last") if row[side]]
    days += [
        str(told.declared[name]) for name in ("first_day", "last_day") if name in told.declared
    ]
    days += [str(told.results.as_of)]
    place = _Calendar(min(days), max(days))
    top = 20.0
    for row in rows:
        lines = max(len(wrapped(row["name"], _NAME)), len(wrapped(row["text"], _TEXT)))
        high = max(lines * 15 + 8, 26)
        row["y"] = top + high / 2
        top += high
    said = told.description(heading, [(row["name"], row["text"]) for row in rows])
    layers = _layers(told, rows, place, top)
    return layered(layers, WIDTH, top, title=title(heading), description=said)


class _Calendar:
    """Where days lie, in pixels."""

    def __init__(self, first: str, last: str) -> None:
        self.first, self.last = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        self.days = max((self.last - self.first).days, 1)

    def x(self, day: str) -> float:
        return (dt.date.fromisoformat(day) - self.first).days / self.days * WIDTH

    def years(self) -> list[str]:
        every = (dt.date(year, 1, 1) for year in range(self.first.year, self.last.year + 1))
        return [str(day) for day in every if day >= self.first]


def _row(told: Told, activity: dict[str, Any], index: int) -> Row:
    first, last, done = (activity.get(name) for name in ("first_day", "last_day", "done_on"))
    as_of = str(told.results.as_of)
    state = _state(first, last, done, as_of)
    period = "–".join(dict.fromkeys(day for day in (first, last) if day))
    is_done = state == "done"
    word = f"{told.words[state]} {done}" if is_done else told.words[state]
    parts = [period, word if not (is_done and period == done) else told.words[state]]
    if activity.get("phase"):
        parts.append(plain(activity["phase"]))
    if activity.get("responsible"):
        parts.append(plain(activity["responsible"]))
    return {
        "name": told.label(activity, str(index + 1)),
        "text": " · ".join(part for part in parts if part),
        "state": state,
        "first": first or last or (done if is_done else None),
        "last": last or (done if is_done else first),
        "done": done if is_done else None,
    }


def _state(first: str | None, last: str | None, done: str | None, as_of: str) -> str:
    if done is not None and done <= as_of:
        return "done"
    if last is not None and last < as_of:
        return "overdue"
    if first is None and last is None:
        return "undated"
    return "ongoing" if first is None or first <= as_of else "planned"


def _layers(told: Told, rows: Sequence[Row], place: _Calendar, height: float) -> list[alt.Chart]:
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, WIDTH], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height]), axis=None)
    years: list[Row] = [
        {"x": place.x(day), "y": 14.0, "end": height, "text": day[:4]} for day in place.years()
    ]
    today: Row = {"x": place.x(str(told.results.as_of)), "y": 14.0, "end": height}
    today["text"] = f"{told.words['as_of']} {told.results.as_of}"
    grid = alt.Chart(data(years)).mark_rule(color="#eeeeee").encode(x=x, y=y, y2="end:Q")
    rule = (
        alt.Chart(data([today]))
        .mark_rule(color=INK, strokeDash=[3, 2])
        .encode(x=x, y=y, y2="end:Q")
    )
    layers = [grid, rule] if years else [rule]
    layers += _bars([row for row in rows if row["first"]], place, x, y)
    names = [line for row in rows for line in lines_of(row["name"], -12, row["y"], _NAME)]
    right = [line for row in rows for line in lines_of(row["text"], WIDTH + 12, row["y"], _TEXT)]
    # The year beside its line unless the day of the evaluation is written there.
    free = [year | {"y": 6.0} for year in years if abs(year["x"] - today["x"]) > 100]  # noqa: PLR2004
    return [
        *layers,
        texts(names, align="right", color=INK),
        texts(right, align="left", color=INK),
        texts([today | {"y": 6.0}], align="right" if today["x"] > WIDTH / 2 else "left", color=INK),
        *([texts(free, align="center", color=SOFT)] if free else []),
    ]


def _bars(rows: Sequence[Row], place: _Calendar, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    bars, signs = [], []
    for row in rows:
        fill, edge, sign = _STATES[row["state"]]
        start, end = place.x(row["first"]), place.x(row["last"])
        # A day is too short to be seen.
        end = max(end, start + 5)
        bars.append(
            {
                "x": start,
                "right": end,
                "y": row["y"] - 8,
                "end": row["y"] + 8,
                "fill": fill,
                "edge": edge,
            }
        )
        bars[-1] |= {"name": row["name"], "text": row["text"]}
        signs.append({"x": start - 6, "y": row["y"], "text": sign})
    if not bars:
        return []
    box = alt.Chart(data(bars)).mark_rect(strokeWidth=1.5)
    boxes = box.encode(
        x=x,
        x2="right:Q",
        y=y,
        y2="end:Q",
        fill=alt.Fill("fill:N", scale=None),
        stroke=alt.Stroke("edge:N", scale=None),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("text:N", title=" ")],
    )
    return [boxes, texts(signs, align="right", color=INK)]
