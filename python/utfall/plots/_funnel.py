"""Groups against the limits of chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from utfall.plots._draw import (
    BLUE,
    INK,
    SOFT,
    VERMILLION,
    Chart,
    axis,
    data,
    empty,
    halo,
    layered,
    points,
    title,
)
from utfall.plots._results import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utfall.plots._results import Results, Row

_WIDTH, _HEIGHT = 460, 300
#: Shapes say the same as colours: within the limits, beyond the inner, beyond the outer.
_LOOKS = {
    "within": ("circle", BLUE),
    "above": ("triangle-up", VERMILLION),
    "far_above": ("triangle-up", VERMILLION),
    "below": ("triangle-down", VERMILLION),
    "far_below": ("triangle-down", VERMILLION),
}
#: How many groups are named each; of more, those beyond the limits.
_NAMED = 15


def funnel(
    results: Results,
    *,
    indicator: str | None = None,
    by: str | None = None,
    language: str | None = None,
) -> Chart:
    """Draw the groups of a column by their size, with the limits that chance seldom passes."""
    told = Told(results, language)
    every = [row for row in told.table("funnels") if by is None or row["by"] == [by]]
    if indicator is not None:
        told.indicator(indicator)
    name = indicator or told.indicator(None)
    every = [row for row in every if row["indicator"] == name]
    column = by or next((row["by"][0] for row in _of_most_groups(every)), None)
    rows = [row for row in every if row["by"] == [column]]
    heading = (
        f"{told.words['title_funnel']}: {told.indicator_name(name)}"
        if name
        else told.words["title_funnel"]
    )
    hidden = [row for row in rows if row.get("state") == "suppressed" or row["value"] is None]
    shown = [_point(told, row) for row in rows if row not in hidden]
    marks = [(point["name"], point["text"]) for point in shown]
    marks += [(told.group_name(row), told.words["protected"]) for row in hidden]
    if not shown:
        return empty(told, heading).properties(description=told.description(heading, marks))
    column_name = told.column_name(rows[0]["register"], column or "")
    kinds = [f"● ▲ ▼ {column_name}", f"─ {told.words['everybody']}"]
    kinds += [f"– – {told.words['inner_limits']}", f"··· {told.words['outer_limits']}"]
    notes = [" · ".join(kinds)]
    if hidden:
        names = ", ".join(told.group_name(row) for row in hidden)
        notes.append(f"{names}: {told.words['protected']}")
    said = told.description(heading, marks)
    return layered(
        _layers(told, shown), _WIDTH, _HEIGHT, title=title(heading, notes), description=said
    )


def _of_most_groups(rows: Sequence[Row]) -> list[Row]:
    """Order rows so that those of the column with the most groups come first; unknown is none of them."""
    sizes: dict[str, int] = {}
    for row in rows:
        column = row["by"][0]
        sizes[column] = sizes.get(column, 0) + (row[column] != "(unknown)")
    return sorted(rows, key=lambda row: -sizes[row["by"][0]])


def _point(told: Told, row: Row) -> Row:
    shape, color = _LOOKS.get(row["funnel"], _LOOKS["within"])
    text = told.outcome({**row, "kind": "share", "state": "value"})
    place = told.words[row["funnel"]]
    kept = (
        "observed",
        "value",
        "overall",
        "inner_low",
        "inner_high",
        "outer_low",
        "outer_high",
        "funnel",
    )
    return {name: row[name] for name in kept} | {
        "name": told.group_name(row),
        "text": f"{text}, {place}",
        "shape": shape,
        "color": color,
    }


def _layers(told: Told, shown: Sequence[Row]) -> list[alt.Chart]:
    end = max(row["observed"] for row in shown) * 1.15
    x = alt.X(
        "observed:Q",
        scale=alt.Scale(domain=[0, end], nice=False),
        axis=axis(told, "quantity", told.words["observed_units"]),
    )
    y_axis, scale = axis(told, "share", tickCount=5), alt.Scale(domain=[0, 1])
    ordered = sorted(shown, key=lambda row: row["observed"])
    layers = []
    overall = alt.Chart(data([{"value": ordered[0]["overall"]}])).mark_rule(color=SOFT)
    layers.append(overall.encode(y=alt.Y("value:Q", scale=scale, axis=y_axis)))
    for limit, dash in (("inner", [6, 4]), ("outer", [2, 3])):
        for side in ("low", "high"):
            line = alt.Chart(data(ordered)).mark_line(color=SOFT, strokeDash=dash, strokeWidth=1.2)
            y = alt.Y(f"{limit}_{side}:Q", scale=scale, axis=y_axis, title=None)
            layers.append(line.encode(x=x, y=y))
    layers.append(points(shown, x, alt.Y("value:Q", scale=scale, axis=y_axis)))
    named = shown if len(shown) <= _NAMED else [row for row in shown if row["funnel"] != "within"]
    return [*layers, *_labels(named, shown, end)]


def _labels(named: Sequence[Row], shown: Sequence[Row], end: float) -> list[alt.Chart]:
    """Name groups beside their marks, where no other name or mark stands."""
    taken = [_place(row, end) for row in shown]
    boxes = [(x - 7, y - 7, x + 7, y + 7) for x, y in taken]
    sides: dict[str, list[Row]] = {"left": [], "right": [], "center": []}
    for row in named:
        x, y = _place(row, end)
        long = len(row["name"]) * 6.6
        options = [
            ("left", x + 10, y, (x + 10, y - 7, x + 10 + long, y + 7)),
            ("right", x - 10, y, (x - 10 - long, y - 7, x - 10, y + 7)),
            ("center", x, y - 16, (x - long / 2, y - 23, x + long / 2, y - 9)),
            ("center", x, y + 16, (x - long / 2, y + 9, x + long / 2, y + 23)),
        ]
        free = (option for option in options if not any(_overlap(option[3], box) for box in boxes))
        align, left, top, box = next(free, options[0])
        boxes.append(box)
        sides[align].append({"x": left, "y": top, "text": row["name"]})
    named_sides = [halo(rows, align=align, color=INK) for align, rows in sides.items() if rows]
    return [layer for layers in named_sides for layer in layers]


def _place(row: Row, end: float) -> tuple[float, float]:
    return row["observed"] / end * _WIDTH, (1 - row["value"]) * _HEIGHT


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    is_beside = one[2] <= other[0] or other[2] <= one[0]
    return not is_beside and not (one[3] <= other[1] or other[3] <= one[1])
