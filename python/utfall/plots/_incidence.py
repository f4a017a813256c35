"""The share with an event over time, at the horizons that the project asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from utfall.plots._draw import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    SOFT,
    VERMILLION,
    WIDTH,
    Chart,
    axis,
    data,
    empty,
    layered,
    points,
    texts,
    title,
)
from utfall.plots._results import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utfall.plots._results import Results, Row

_HEIGHT = 240
_LOOKS = [
    ("circle", INK),
    ("square", BLUE),
    ("triangle-up", VERMILLION),
    ("diamond", GREEN),
    ("cross", ORANGE),
]
_DAYS_OF_A_MONTH = 30.4375


def incidence(
    results: Results, *, indicator: str | None = None, language: str | None = None
) -> Chart:
    """Draw the share with any event and with each, at every horizon, with intervals.

    An evaluation holds counts and no times of persons, so that there are points at the horizons and
    no curve between them; :func:`utfall.stats.aalen_johansen` gives the curve of times at hand.
    """
    told = Told(results, language)
    every = [row for row in told.table("incidence") if not row["by"]]
    if indicator is not None:
        told.indicator(indicator)
    name = indicator or next((row["indicator"] for row in every), None)
    rows = [row for row in every if row["indicator"] == name]
    heading = told.indicator_name(name) if name else told.words["title_incidence"]
    if not rows:
        return empty(told, heading)
    # Any event first, then each kind as declared.
    rows = sorted(rows, key=lambda row: row["event"] is not None)
    events = list(dict.fromkeys(row["event"] for row in rows))
    marks = [
        (_event(told, row["event"]), f"{_horizon(told, row)} {_value(told, row)}") for row in rows
    ]
    shown = [_point(told, row, events) for row in rows if row["value"] is not None]
    if not shown:
        return empty(told, heading).properties(description=told.description(heading, marks))
    notes = [f"● ■ ▲ ♦ {told.words['outcome']} · │ {told.words['interval']}"]
    said = told.description(heading, marks)
    layers = _layers(told, shown)
    return layered(layers, WIDTH, _HEIGHT, title=title(heading, notes), description=said)


def _event(told: Told, event: str | None) -> str:
    return event or told.words["any_event"]


def _time(row: Row) -> float:
    months: int | None = row["months"]
    return float(row["days"]) / _DAYS_OF_A_MONTH if months is None else float(months)


def _horizon(told: Told, row: Row) -> str:
    word = "months" if row["months"] is not None else "days"
    return told.counted(row[word], word)


def _value(told: Told, row: Row) -> str:
    if row["value"] is None:
        return "–"
    interval = told.interval(row["low"], row["high"], "share")
    return told.number(row["value"], "share") + (f" ({interval})" if interval else "")


def _point(told: Told, row: Row, events: Sequence[str | None]) -> Row:
    index = events.index(row["event"])
    shape, color = _LOOKS[index % len(_LOOKS)]
    # Events beside each other, so that no interval hides another.
    aside = (index - (len(events) - 1) / 2) * 7
    return {
        "time": _time(row),
        "value": row["value"],
        "low": row["low"],
        "high": row["high"],
        "shape": shape,
        "color": color,
        "aside": aside,
        "name": _event(told, row["event"]),
        "text": f"{_horizon(told, row)}: {_value(told, row)}",
    }


def _layers(told: Told, shown: Sequence[Row]) -> list[alt.Chart]:
    last = max(row["time"] for row in shown)
    time = alt.Scale(domain=[0, last * 1.08], nice=False)
    layers: list[alt.Chart] = []
    y_axis = axis(told, "share", tickCount=5)
    for aside in sorted({row["aside"] for row in shown}):
        rows = [row for row in shown if row["aside"] == aside]
        x = alt.X("time:Q", scale=time, axis=axis(told, "quantity", told.words["months"]))
        y = alt.Y("value:Q", scale=alt.Scale(domain=[0, 1]), axis=y_axis)
        low = alt.Y("low:Q", scale=alt.Scale(domain=[0, 1]), axis=y_axis)
        spans = [row for row in rows if row["low"] is not None]
        if spans:
            rule = alt.Chart(data(spans)).mark_rule(color=SOFT, strokeWidth=1.5, xOffset=aside)
            layers.append(rule.encode(x=x, y=low, y2="high:Q"))
        mark = points(rows, x, y)
        mark.mark.xOffset = aside
        layers.append(mark)
    return [*layers, *_labels(shown, last)]


def _labels(shown: Sequence[Row], last: float) -> list[alt.Chart]:
    """Name each event at its last horizon, apart from each other."""
    ends = {row["name"]: row for row in sorted(shown, key=lambda row: row["time"])}
    places = sorted(ends.values(), key=lambda row: -row["value"])
    rows, lowest = [], -1e9
    for row in places:
        y = max((1 - row["value"]) * _HEIGHT, lowest + 15)
        lowest = y
        rows.append(
            {
                "x": WIDTH * row["time"] / (last * 1.08) + 22,
                "y": y,
                "text": f"{row['name']}, {row['text']}",
            }
        )
    return [texts(rows, align="left", color=INK)]
