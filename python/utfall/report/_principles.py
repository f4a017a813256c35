"""The chapter on horizontal principles: what the checks say, the action plan, the seven grounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utfall.report._document import Block, Cell, Paragraph, Section

if TYPE_CHECKING:
    from utfall.plots._results import Row
    from utfall.report._source import Source

_PRINCIPLES = ("equality", "accessibility", "non_discrimination", None)
#: Checks that have a part of their own.
_APART = ("plan", "grounds")


def principles(source: Source) -> Section:
    """Give the chapter: a part for each principle, then the plan and the grounds."""
    say = source.say
    rows = [row for row in source.in_language("checks") if row["current"] is not False]
    parts = []
    for principle in _PRINCIPLES:
        of_it = [row for row in rows if row["principle"] == principle and row["kind"] not in _APART]
        if of_it:
            key = principle or "no_principle"
            parts.append(Section(f"principle-{key}", say[key], tuple(_of(source, key, of_it))))
    for kind in _APART:
        of_it = [row for row in rows if row["kind"] == kind]
        if of_it:
            chart = source.chart("plan") if kind == "plan" and source.declared.get("plan") else []
            table = _table(source, say[f"{kind}_caption"], of_it)
            parts.append(Section(kind, say[kind], (*chart, *table)))
    blocks = () if parts else (Paragraph(say["no_checks"]),)
    return Section("principles", say["principles"], blocks, tuple(parts))


def _of(source: Source, key: str, rows: list[Row]) -> list[Block]:
    caption = source.say["checks_caption"].format(principle=source.say[key].lower())
    gaps = dict.fromkeys(row["check"] for row in rows if row["kind"] == "gap")
    charts = [chart for name in gaps for chart in source.chart("gap", check=name)]
    return [*_table(source, caption, rows), *charts]


def _table(source: Source, caption: str, rows: list[Row]) -> list[Block]:
    """Give a result a row: what it comes to, and the sentence that says it."""
    shown = [
        (
            source.text_cell(row["sentence"]),
            _state(source, row),
        )
        for row in rows
    ]
    columns = source.columns("result", "state")
    return [*source.table_of(caption, columns, shown)]


def _state(source: Source, row: Row) -> Cell:
    state = row["state"]
    if state in (None, "suppressed"):
        return source.protected
    return Cell(source.say[f"state_{state}"], tone=state)
