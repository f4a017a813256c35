"""Months and parts: which are covered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from utfall.plots._draw import BLUE, INK, SOFT, Chart, data, empty, layered, lines_of, texts, title
from utfall.plots._results import Told

if TYPE_CHECKING:
    from utfall.plots._results import Results, Row

_WIDE, _HIGH = 24, 26
#: Fill, edge and sign of a state; the sign says it in grey.
_STATES = {
    "covered": (BLUE, BLUE, "●", "white"),
    "not_covered": ("white", INK, "×", INK),
    "unknown": ("#e5e5e5", SOFT, "?", INK),
    "not_due": ("white", "#cccccc", "…", SOFT),
    "not_expected": ("white", "white", "–", SOFT),
}


def coverage(
    results: Results, *, indicator: str | None = None, language: str | None = None
) -> Chart:
    """Draw the months and parts that a ``coverage`` indicator expects, and what came of each."""
    told = Told(results, language)
    every = told.table("coverage")
    if indicator is not None:
        told.indicator(indicator)
    name = indicator or next((row["indicator"] for row in every), None)
    rows = [row for row in every if row["indicator"] == name]
    heading = told.indicator_name(name) if name else told.words["title_coverage"]
    if not rows:
        return empty(told, heading)
    months = list(dict.fromkeys(str(row["month"])[:7] for row in rows))
    parts = list(dict.fromkeys(tuple(row["part"]) for row in rows))
    names = [_part(told, rows[0], part) for part in parts]
    cells = [_cell(row, months, parts) for row in rows]
    width, height = _WIDE * len(months), _HIGH * len(parts)
    layers = [_boxes(cells), texts(_names(names), align="right", color=INK)]
    layers += [texts(cells, align="center").encode(color=alt.Color("ink:N", scale=None))]
    layers.append(_months(months, height))
    marks = [
        (label, _counts(told, [row for row in rows if tuple(row["part"]) == part]))
        for label, part in zip(names, parts, strict=True)
    ]
    notes = [
        " · ".join(
            f"{sign} {told.words[state]}"
            for state, (_, _, sign, _) in _STATES.items()
            if any(row["state"] == state for row in rows)
        )
    ]
    said = told.description(heading, marks)
    return layered(layers, width, height, title=title(heading, notes), description=said)


def _part(told: Told, row: Row, part: tuple[str, ...]) -> str:
    columns = told.declared["indicators"][row["indicator"]].get("of_each", [])
    pairs = zip(columns, part, strict=False)
    names = [told.level_name(row["register"], column, code) for column, code in pairs]
    return ", ".join(names) or told.words["everybody"]


def _cell(row: Row, months: list[str], parts: list[tuple[str, ...]]) -> Row:
    fill, edge, sign, ink = _STATES.get(row["state"], _STATES["unknown"])
    left = months.index(str(row["month"])[:7]) * _WIDE
    top = parts.index(tuple(row["part"])) * _HIGH
    return {
        "left": left + 1,
        "right": left + _WIDE - 1,
        "top": top + 1,
        "bottom": top + _HIGH - 1,
        "x": left + _WIDE / 2,
        "y": top + _HIGH / 2,
        "fill": fill,
        "edge": edge,
        "text": sign,
        "ink": ink,
    }


def _boxes(cells: list[Row]) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(data(cells))
        .mark_rect(strokeWidth=1)
        .encode(
            x=alt.X("left:Q", scale=None, axis=None),
            x2="right:Q",
            y=alt.Y("top:Q", scale=None, axis=None),
            y2="bottom:Q",
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
        )
    )
    return chart


def _names(names: list[str]) -> list[Row]:
    return [
        line
        for index, name in enumerate(names)
        for line in lines_of(name, -10, index * _HIGH + _HIGH / 2, 34, 1)
    ]


def _months(months: list[str], height: float) -> alt.Chart:
    """Write the first month of each year and quarter below the cells."""
    shown = [
        {"x": index * _WIDE + 2, "y": height + 12, "text": month}
        for index, month in enumerate(months)
        if index == 0 or (month[5:] in {"01", "07"} and index > 2)  # noqa: PLR2004 - room for a label
    ]
    return texts(shown, align="left", color=SOFT)


def _counts(told: Told, rows: list[Row]) -> str:
    counts = {state: sum(row["state"] == state for row in rows) for state in _STATES}
    return ", ".join(told.counted(number, state) for state, number in counts.items() if number)
