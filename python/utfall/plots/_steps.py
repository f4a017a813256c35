"""Levels before and after, as a matrix."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import altair as alt

from utfall.plots._draw import FAINT, INK, SOFT, Chart, data, empty, layered, title
from utfall.plots._results import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utfall.plots._results import Results, Row

_CELL = 46


def steps(results: Results, *, indicator: str | None = None, language: str | None = None) -> Chart:
    """Draw how many were on which level before and after, for each item of a ``change`` indicator."""
    told = Told(results, language)
    every = [row for row in told.table("transitions") if not row["by"] and _is_known(row)]
    if indicator is not None:
        told.indicator(indicator)
    name = indicator or next((row["indicator"] for row in every), None)
    rows = [row for row in every if row["indicator"] == name]
    heading = told.indicator_name(name) if name else told.words["title_steps"]
    if not rows:
        return empty(told, heading)
    items = list(dict.fromkeys(row["item"] for row in rows))
    moved = {
        row["item"]: row
        for row in told.table("steps")
        if not row["by"] and row["indicator"] == name
    }
    charts = [
        _matrix(told, item, [row for row in rows if row["item"] == item], moved.get(item))
        for item in items
    ]
    marks = [(_item(told, rows[0], item), _moves(told, moved.get(item))) for item in items]
    marks += [
        (f"{_level(told, row, 'before')} → {_level(told, row, 'after')}", _units(told, row))
        for row in rows
        if row["units"] != 0
    ]
    return alt.vconcat(*charts).properties(
        title=title(heading), description=told.description(heading, marks)
    )


def _is_known(row: Row) -> bool:
    """Tell whether a pair of levels was counted; a count that is withheld was."""
    return row["units"] is not None or bool(row.get("protected"))


def _units(told: Told, row: Row) -> str:
    return told.words["protected"] if row["units"] is None else told.counted(row["units"], "")


def _item(told: Told, row: Row, item: str) -> str:
    columns = item.split(">")
    return " → ".join(told.column_name(row["register"], column) for column in columns)


def _level(told: Told, row: Row, side: str) -> str:
    before, _, after = row["item"].partition(">")
    return told.level_name(row["register"], before if side == "before" else after, row[side])


def _moves(told: Told, row: Row | None) -> str:
    if row is None or row["up"] is None:
        return told.words["protected"] if row is not None and row.get("protected") else ""
    words = ("up", "same", "down")
    parts = [told.counted(row[word], word) for word in words]
    return ", ".join([*parts, told.counted(row["not_measurable"], "not_measurable")])


def _matrix(told: Told, item: str, rows: Sequence[Row], moved: Row | None) -> alt.LayerChart:
    befores = list(dict.fromkeys(row["before"] for row in rows))
    afters = list(dict.fromkeys(row["after"] for row in rows))
    most = max((row["units"] or 0 for row in rows), default=0) or 1
    cells = [
        {
            "before": befores.index(row["before"]),
            "after": afters.index(row["after"]),
            "units": row["units"],
            "shade": (row["units"] or 0) / most,
            "text": "·" if row["units"] == 0 else _units(told, row),
            "size": 9 if row["units"] is None else 12,
            "ink": "white" if (row["units"] or 0) / most > 0.55 else INK,  # noqa: PLR2004 - half dark
            "edge": INK if row["before"] == row["after"] else FAINT,
        }
        for row in rows
    ]
    names = {"before": befores, "after": afters}
    labels = {
        side: [_level(told, {**rows[0], side: code}, side) for code in codes]
        for side, codes in names.items()
    }
    x = alt.X(
        "after:O",
        axis=_axis(told.words["after"], labels["after"]),
        scale=alt.Scale(paddingInner=0.06),
    )
    y = alt.Y(
        "before:O",
        axis=_axis(told.words["before"], labels["before"]),
        scale=alt.Scale(paddingInner=0.06),
    )
    shade = alt.Color(
        "shade:Q",
        scale=alt.Scale(domain=[0, 1], range=["#ffffff", "#08519c"], interpolate="rgb"),
        legend=None,
    )
    base = alt.Chart(data(cells))
    boxes = base.mark_rect().encode(x=x, y=y, color=shade, stroke=alt.Stroke("edge:N", scale=None))
    withheld = [cell for cell in cells if cell["units"] is None]
    dashed = alt.Chart(data(withheld)).mark_rect(fill="white", stroke=SOFT, strokeDash=[4, 3])
    counts = base.mark_text().encode(
        x=x,
        y=y,
        text="text:N",
        size=alt.Size("size:Q", scale=None),
        color=alt.Color("ink:N", scale=None),
    )
    # Two scales of colour: one of shades, one that takes colours as they are.
    named = alt.TitleParams(
        text=_item(told, rows[0], item),
        subtitle=_moves(told, moved),
        anchor="start",
        fontSize=12,
        subtitleColor=SOFT,
    )
    marks = [boxes, *([dashed.encode(x=x, y=y)] if withheld else []), counts]
    chart = layered(marks, alt.Step(_CELL), alt.Step(_CELL), title=named)
    matrix: alt.LayerChart = chart.resolve_scale(color="independent")
    return matrix


def _axis(name: str, labels: Sequence[str]) -> alt.Axis:
    """Give an axis of levels; the names are looked up by place, as JSON, so that none is read as code."""
    return alt.Axis(
        title=name,
        labelExpr=f"{json.dumps(list(labels))}[datum.value]",
        labelAngle=0,
        labelLimit=140,
        domain=False,
        ticks=False,
        titleColor=SOFT,
        titleFontWeight="normal",
    )
