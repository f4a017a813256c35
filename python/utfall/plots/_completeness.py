"""What outcomes rest on: observed, missing, not due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from utfall.plots._draw import (
    BLUE,
    INK,
    ORANGE,
    SOFT,
    WIDTH,
    Chart,
    data,
    empty,
    layered,
    lines_of,
    texts,
    title,
)
from utfall.plots._results import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utfall.plots._results import Results, Row

_STEP = 28
#: Dark, middle, light: told apart in grey.
_PARTS = {"observed": BLUE, "missing": ORANGE, "not_due": "#e5e5e5"}


def completeness(
    results: Results,
    *,
    indicator: str | None = None,
    by: str | Sequence[str] | None = None,
    language: str | None = None,
) -> Chart:
    """Draw how many are observed, missing and not due, of everybody and of each group."""
    told = Told(results, language)
    name = told.indicator(indicator)
    overall = told.overall(name)
    heading = told.words["title_completeness"]
    heading = f"{heading}: {told.indicator_name(name)}" if name else heading
    if overall is None:
        return empty(told, heading)
    rows = [_row(told, overall, told.words["everybody"])]
    for columns in told.crossings(name, by):
        rows += [_row(told, row, told.group_name(row)) for row in told.figures[name, columns]]
    most = max(row["all"] for row in rows) or 1
    height = _STEP * len(rows)
    left: list[Row] = []
    right: list[Row] = []
    for index, row in enumerate(rows):
        middle = _STEP * index + _STEP / 2
        row |= {"top": middle - 9, "bottom": middle + 9}
        left += lines_of(row["name"], -12, middle, 36, 1)
        right += lines_of(row["text"], WIDTH + 12, middle, 80, 1)
    layers = [_bars(rows, most, height)] if any(row["all"] for row in rows) else []
    layers += [texts(left, align="right", color=INK), texts(right, align="left", color=INK)]
    colors = " · ".join(
        f"{mark} {told.words[part]}" for mark, part in zip("■▒□", _PARTS, strict=True)
    )
    marks = [(row["name"], row["text"]) for row in rows]
    said = told.description(heading, marks)
    return layered(layers, WIDTH, height, title=title(heading, [colors]), description=said)


def _row(told: Told, row: Row, name: str) -> Row:
    shown: Row = {"name": name, **{part: row[part] or 0 for part in _PARTS}}
    shown["all"] = sum(shown[part] for part in _PARTS)
    if row["state"] == "suppressed" or row["observed"] is None:
        shown |= dict.fromkeys(_PARTS, 0) | {"all": 0, "text": told.state(row) or "–"}
        return shown
    parts = [told.counted(row[part], part) for part in _PARTS if part == "observed" or row[part]]
    return shown | {"text": ", ".join(parts)}


def _bars(rows: Sequence[Row], most: int, height: int) -> alt.Chart:
    bars = []
    for row in rows:
        start = 0
        for part, color in _PARTS.items():
            if row[part]:
                bars.append(row | {"start": start, "end": start + row[part], "color": color})
                start += row[part]
    x = alt.X("start:Q", scale=alt.Scale(domain=[0, most], nice=False), axis=None)
    y = alt.Y("top:Q", scale=alt.Scale(domain=[0, height], range=[0, height]), axis=None)
    chart: alt.Chart = (
        alt.Chart(data(bars))
        .mark_rect(stroke=SOFT, strokeWidth=0.6)
        .encode(
            x=x,
            x2="end:Q",
            y=y,
            y2="bottom:Q",
            fill=alt.Fill("color:N", scale=None),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("text:N", title=" ")],
        )
    )
    return chart
