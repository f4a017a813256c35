"""The participant flow, with those who went no further."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from utfall.plots._draw import (
    BLUE,
    FAINT,
    INK,
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

_STEP = 46


def flow(results: Results, *, language: str | None = None) -> Chart:
    """Draw how many reached each stage, and how many of those before went no further."""
    told = Told(results, language)
    heading = told.words["title_flow"]
    rows = [row for row in told.table("flow") if not row["by"]]
    if not rows:
        return empty(told, heading)
    names = stage_names(told)
    stages = [_stage(told, row, names.get(row["stage"]) or str(row["stage"])) for row in rows]
    most = max(
        [
            row["reached"] + (row["lost"] or 0) + (row["unknown"] or 0)
            for row in rows
            if row["reached"] is not None
        ],
        default=1,
    )
    height = _STEP * len(stages)
    for index, stage in enumerate(stages):
        stage["y"] = _STEP * index + _STEP / 2
        stage["top"], stage["bottom"] = stage["y"] - 13, stage["y"] + 13
    x = alt.X("start:Q", scale=alt.Scale(domain=[0, most or 1], nice=False), axis=None)
    y = alt.Y("top:Q", scale=alt.Scale(domain=[0, height], range=[0, height]), axis=None)
    layers = _bars(stages, x, y)
    words: list[Row] = []
    for stage in stages:
        words += lines_of(stage["text"], WIDTH + 12, stage["y"], 56)
    left = [line for stage in stages for line in lines_of(stage["name"], -12, stage["y"], 34)]
    layers += [texts(left, align="right", color=INK), texts(words, align="left", color=INK)]
    marks = [(stage["name"], stage["text"]) for stage in stages]
    notes = [f"■ {told.words['reached']} · □ {told.words['lost']}"]
    said = told.description(heading, marks)
    return layered(layers, WIDTH, height, title=title(heading, notes), description=said)


def _bars(stages: Sequence[Row], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    known = [stage for stage in stages if stage["reached"] is not None]
    reached = [stage | {"start": 0, "end": stage["reached"]} for stage in known]
    rest = [
        stage
        | {"start": stage["reached"], "end": stage["reached"] + stage["lost"] + stage["unknown"]}
        for stage in known
        if stage["lost"] + stage["unknown"] > 0
    ]
    tooltip = [alt.Tooltip("name:N", title=" "), alt.Tooltip("text:N", title=" ")]
    layers = []
    if rest:
        hollow = alt.Chart(data(rest)).mark_rect(fill="white", stroke=SOFT, strokeDash=[3, 2])
        layers.append(hollow.encode(x=x, x2="end:Q", y=y, y2="bottom:Q", tooltip=tooltip))
    bars = alt.Chart(data(reached)).mark_rect(fill=BLUE, stroke=FAINT)
    layers.append(bars.encode(x=x, x2="end:Q", y=y, y2="bottom:Q", tooltip=tooltip))
    return layers


def _stage(told: Told, row: Row, name: str) -> Row:
    stage: Row = {"name": name, "reached": row["reached"], "lost": row["lost"] or 0}
    stage["unknown"] = row["unknown"] or 0
    if row["reached"] is None or row.get("protected"):
        stage["reached"] = None
        return stage | {"text": _without(told, row)}
    parts = [told.counted(row["reached"], "reached")]
    share = row["share_of_previous"]
    if share is not None:
        parts[0] += f" ({told.number(share, 'share')})"
    parts += [told.counted(row[word], word) for word in ("lost", "unknown") if row[word]]
    return stage | {"text": ", ".join(parts)}


def _without(told: Told, row: Row) -> str:
    is_protected = row.get("protected") or row.get("state") == "suppressed"
    return told.words["protected"] if is_protected else "–"


def stage_names(told: Told) -> dict[str, str]:
    """Give the stages of the flow as the project names them."""
    stages = told.declared.get("flow", {}).get("stages", [])
    return {stage["id"]: told.label(stage, stage["id"]) for stage in stages}
