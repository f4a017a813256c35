"""Groups as dots with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utfall.plots._draw import INK, Chart, Line, domain_of, empty, forest, line_of, title
from utfall.plots._results import Told, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utfall.plots._results import Results


def groups(
    results: Results,
    *,
    indicator: str | None = None,
    by: str | Sequence[str] | None = None,
    language: str | None = None,
) -> Chart:
    """Draw the figures of groups as dots with intervals, in declared order, and everybody first."""
    told = Told(results, language)
    name = told.indicator(indicator)
    overall = told.overall(name)
    heading = told.indicator_name(name) if name else told.words["title_groups"]
    if overall is None:
        return empty(told, heading)
    everybody = line_of(told, overall, told.words["everybody"], look=("square", INK))
    lines = [everybody]
    for columns in told.crossings(name, by):
        rows = told.figures[name, columns]
        names = [told.column_name(rows[0]["register"], column) for column in columns]
        lines.append(Line(" × ".join(names), is_heading=True))
        lines += [line_of(told, row, told.group_name(row)) for row in rows]
    unit = unit_of(overall)
    chart = forest(told, lines, domain_of(lines, unit), unit, reference=everybody.value)
    marks = [(line.name, line.text or line.instead) for line in lines if not line.is_heading]
    notes = [_legend(told, lines)]
    return chart.properties(
        title=title(heading, notes), description=told.description(heading, marks)
    )


def _legend(told: Told, lines: Sequence[Line]) -> str:
    words = told.words
    parts = [f"● {words['outcome']}"]
    parts += [f"─ {words['interval']}"] if any(line.low is not None for line in lines) else []
    if any(line.bound_low != line.bound_high for line in lines):
        parts.append(f"▬ {words['bounds']}")
    return " · ".join([*parts, f"¦ {words['everybody']}"])
