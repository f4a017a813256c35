"""Goals against their targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from utfall import _native
from utfall.plots._draw import (
    PLAIN,
    VERDICTS,
    Chart,
    Line,
    domain_of,
    empty,
    forest,
    line_of,
    title,
)
from utfall.plots._results import Row, Told, thresholds, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utfall.plots._results import Results


def goals(results: Results, *, goal: str | None = None, language: str | None = None) -> Chart:
    """Draw goals against their targets: value, interval, bounds, the target and its earlier versions."""
    told = Told(results, language)
    heading = told.words["title_goals"]
    rows = _versions(told, goal)
    if not rows:
        return empty(told, heading)
    panels: dict[str, list[Line]] = {}
    for name, versions in rows.items():
        figure = told.overall(versions[-1]["indicator"])
        panel = "" if figure is None else unit_of(figure)
        key = name if panel == "quantity" else panel
        panels.setdefault(key, []).append(_line(told, name, versions, figure))
    # Shares first, then each number on an axis of its own, then what has no figure.
    ordered = sorted(panels.items(), key=lambda panel: {"share": 0, "": 2}.get(panel[0], 1))
    charts = [_panel(told, key, lines) for key, lines in ordered]
    marks = [(line.name, line.text or line.instead) for _, lines in ordered for line in lines]
    return alt.vconcat(*charts, spacing=14).properties(
        title=title(heading, [_legend(told)]), description=told.description(heading, marks)
    )


def _versions(told: Told, goal: str | None) -> dict[str, list[Row]]:
    if goal is not None and goal not in told.project.goals:
        from utfall._evaluation import _unknown  # noqa: PLC0415 - only an error needs it

        raise _unknown("goal", goal, told.project.goals)
    versions: dict[str, list[Row]] = {}
    for row in told.table("verdicts"):
        if goal in {None, row["goal"]}:
            versions.setdefault(row["goal"], []).append(row)
    return versions


def _line(told: Told, name: str, versions: Sequence[Row], figure: Row | None) -> Line:
    current = versions[-1]
    look = VERDICTS.get(current["verdict"], PLAIN)
    label = told.goal_name(name)
    if figure is None:
        line = Line(label)
    else:
        line = line_of(told, figure, label, look=look)
        line.targets = thresholds(current["target"])
        line.earlier = [number for row in versions[:-1] for number in thresholds(row["target"])]
    verdict = told.words["protected"]
    if current["verdict"] is not None:
        verdict = _native.verdict_text(current["verdict"], told.language) or ""
    promised = [_promised(told, row) for row in reversed(versions) if row["target"]]
    parts = [line.text or line.instead, verdict, *promised]
    line.text = " · ".join(part for part in parts if part)
    return line


def _promised(told: Told, row: Row) -> str:
    word = told.words["target" if row["current"] else "earlier_target"]
    text = told.project._native.target_text(row["goal"], str(row["target_from"]), told.language)  # noqa: SLF001
    return f"{word}: {text or row['target']}"


def _panel(told: Told, key: str, lines: Sequence[Line]) -> alt.LayerChart:
    unit = "share" if key in {"share", ""} else "quantity"
    return forest(told, lines, domain_of(lines, unit), unit, text_width=52, has_axis=key != "")


def _legend(told: Told) -> str:
    words = told.words
    return (
        f"● ▲ ♦ {words['outcome']} · ─ {words['interval']} · ▬ {words['bounds']} · "
        f"│ {words['target']} · ¦ {words['earlier_target']}"
    )
