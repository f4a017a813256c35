"""The chapter on participants: how many, how far they came, what was planned, and what it cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utfall._layout import plain
from utfall.plots._flow import stage_names
from utfall.report._document import Block, Cell, Column, Paragraph, Section, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utfall.plots._results import Row
    from utfall.report._source import Source


def participants(source: Source) -> Section:
    """Give the chapter."""
    say = source.say
    money = _money(source)
    numbers: list[Block] = [*_numbers(source)]
    parts = [
        Section("participants-numbers", say["numbers"], tuple(numbers)),
        Section("participants-flow", say["flow"], tuple(_flow(source))),
        Section("participants-reach", say["reach"], tuple(_planned(source))),
        Section("participants-overlap", say["overlap"], tuple(_overlap(source))),
        Section("money", say["money"], tuple(money)),
    ]
    name = "participants_and_money" if money else "participants"
    blocks = () if numbers else (Paragraph(say["no_participants"]),)
    return Section("participants", say[name], blocks, tuple(part for part in parts if part.blocks))


# ── How many ──


def _numbers(source: Source) -> list[Table]:
    """Give each count by its groups: two columns crossed as rows and columns, else a list."""
    tables: list[Table] = []
    for indicator in source.project.indicators:
        overall = source.overall(indicator)
        if overall is None or overall["kind"] != "count":
            continue
        tables_of_it = [by for name, by in source.figures if name == indicator]
        singles = [by for by in tables_of_it if by and source.is_single(by)]
        pairs = {frozenset(by) for by in tables_of_it if len(by) > 1}
        if not singles:
            tables += _list(source, indicator, [])
            continue
        first = singles[0][0]
        crossed = [
            by[0] for by in singles[1:] if len(by) == 1 and frozenset((first, by[0])) in pairs
        ]
        for column in crossed:
            tables += _crossed(source, indicator, column, first)
        # What is crossed has its sums at the edges; what lies within another column is listed.
        shown = {(column,) for column in (crossed and [*crossed, first])}
        rest = [by for by in singles if by not in shown]
        if rest:
            tables += _list(source, indicator, rest)
    return tables


def _list(source: Source, indicator: str, columns: Sequence[tuple[str, ...]]) -> list[Table]:
    rows = [source.figures[indicator, by] for by in [(), *columns]]
    shown = [(*source.group_cells(row), source.value_cell(row)) for part in rows for row in part]
    register = rows[0][0]["register"]
    names = ", ".join(source.column_name(register, by[-1]) for by in columns)
    name = source.indicator_name(indicator)
    key = "by_caption" if names else "overall_caption"
    return source.table_of(
        source.say[key].format(indicator=name, rows=names),
        source.columns("by", "group", "count", numbers=["count"]),
        shown,
        row_headings=2,
    )


def _crossed(source: Source, indicator: str, down: str, across: str) -> list[Table]:
    """Give a count with the levels of one column as rows, those of another as columns, and all sums."""
    tables = {by: rows for (name, by), rows in source.figures.items() if name == indicator}
    pair = next(by for by in tables if set(by) == {down, across})
    cells = {(row[down], row[across]): row for row in tables[pair]}
    right = {row[down]: row for row in tables[down,]}
    bottom = {row[across]: row for row in tables[across,]}
    (corner,) = tables[()]
    register = corner["register"]
    codes = list(bottom)
    names = [source.level_name(register, across, code) for code in codes]
    columns = [Column(source.column_name(register, down))]
    columns += [Column(name, is_number=True) for name in [*names, source.say["all"]]]
    rows = [
        (
            Cell(source.level_name(register, down, code)),
            *(_count(source, cells.get((code, other))) for other in codes),
            source.value_cell(row),
        )
        for code, row in right.items()
    ]
    last = [source.value_cell(row) for row in (*bottom.values(), corner)]
    rows.append((Cell(source.say["all"]), *last))
    caption = source.say["crossed_caption"].format(
        indicator=source.indicator_name(indicator),
        rows=source.column_name(register, down),
        columns=source.column_name(register, across),
    )
    return source.table_of(caption, columns, rows)


def _count(source: Source, row: Row | None) -> Cell:
    # A group of unknown level has a row only where somebody is in it.
    return source.number_cell(0) if row is None else source.value_cell(row)


# ── How far ──


def _flow(source: Source) -> list[Block]:
    rows = source.singles("flow")
    if not rows:
        return []
    shares = (("of_previous", "share_of_previous"), ("of_first", "share_of_first"))
    shown = [
        (
            Cell(_stage(source, row["stage"])),
            *(source.cell(row, name) for name in ("reached", "lost", "unknown")),
            *(source.cell(row, name, "share") for _, name in shares),
        )
        for row in rows
        if not row["by"]
    ]
    numbers = ("reached", "lost", "unknown", "of_previous", "of_first")
    columns = source.columns("stage", *numbers, numbers=numbers)
    table = source.table_of(source.say["flow_caption"], columns, shown)
    return [*source.chart("flow"), *table, *_flow_of_groups(source, rows), *_reasons(source)]


def _flow_of_groups(source: Source, rows: list[Row]) -> list[Table]:
    """Give how many of each group reached each stage, and how many of the first reached the last."""
    stages = list(dict.fromkeys(row["stage"] for row in rows))
    groups: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in rows:
        key = (*row["by"], *(row[column] for column in row["by"]))
        groups.setdefault(key, {})[row["stage"]] = row
    if len(groups) == 1:
        return []
    shown = [
        (
            *source.group_cells(group[stages[0]]),
            *(source.cell(group[stage], "reached") for stage in stages),
            source.cell(group[stages[-1]], "share_of_first", "share"),
        )
        for group in groups.values()
    ]
    names = [_stage(source, stage) for stage in stages]
    columns = [
        *source.columns("by", "group"),
        *(Column(name, is_number=True) for name in names),
        *source.columns("of_first", numbers=["of_first"]),
    ]
    return source.table_of(source.say["flow_groups_caption"], columns, shown, row_headings=2)


def _stage(source: Source, stage: str) -> str:
    return plain(stage_names(source).get(stage) or stage)


def _reasons(source: Source) -> list[Table]:
    """Give why they went no further, of everybody."""
    rows = [row for row in source.table("flow_reasons") if not row["by"]]
    column = source.declared.get("flow", {}).get("reasons", "")
    shown = [
        (
            Cell(_stage(source, row["stage"])),
            Cell(source.level_name(row["register"], column, row["reason"])),
            source.cell(row, "units"),
        )
        for row in rows
    ]
    columns = source.columns("stage", "reason", "count", numbers=["count"])
    return source.table_of(source.say["reasons_caption"], columns, shown, row_headings=2)


# ── Plans, overlap, costs ──


def _planned(source: Source) -> list[Table]:
    shown = [
        (
            Cell(source.indicator_name(row["indicator"])),
            source.text_cell(", ".join(row["part"]) or source.say["whole"]),
            source.text_cell(row["plan_from"]),
            *(source.cell(row, name, "quantity") for name in ("planned", "expected", "outcome")),
            source.cell(row, "outcome_of_expected", "share"),
        )
        for row in source.table("planned")
    ]
    numbers = ("planned", "expected", "outcome", "of_planned")
    columns = source.columns("indicator", "part", "plan_from", *numbers, numbers=numbers)
    return source.table_of(source.say["planned_caption"], columns, shown, row_headings=2)


def _overlap(source: Source) -> list[Table]:
    shown = []
    for row in source.table("overlap"):
        register, column = row["register"], row["column"]
        names = [source.level_name(register, column, code) for code in row["levels"]]
        shown.append(
            (
                Cell(source.column_name(register, column)),
                Cell(" + ".join(names) or source.say["all"]),
                source.cell(row, "persons"),
            )
        )
    columns = source.columns("by", "levels", "persons", numbers=["persons"])
    return source.table_of(
        source.say["overlap_caption"],
        columns,
        shown,
        notes=[source.say["overlap_note"]],
        row_headings=2,
    )


def _money(source: Source) -> list[Table]:
    rows = source.table("money")
    shown = []
    for row in rows:
        name = source.say[row["part"]]
        if row["part"] == "per_unit":
            name = name.format(of=source.indicator_name(row["of"]))
        elif row["part"] == "funding":
            name = name.format(of=plain(row["of"] or ""))
        day = str(row["plan_from"]) if row["plan_from"] else ""
        if day and not row["current"]:
            day += f" ({source.say['earlier']})"
        shown.append(
            (
                Cell(name),
                source.text_cell(day),
                source.cell(row, "planned", "quantity"),
                source.cell(row, "outcome", "quantity"),
                source.cell(row, "outcome_of_planned", "share"),
                source.cell(row, "units"),
            )
        )
    numbers = ("planned", "outcome", "of_planned", "units")
    columns = source.columns("part", "plan_from", *numbers, numbers=numbers)
    currency = plain(source.declared.get("money", {}).get("currency") or "")
    caption = source.say["money_caption"] + (f" ({currency})" if currency else "")
    has_units = any(row["part"] == "per_unit" for row in rows)
    return source.table_of(
        caption,
        columns,
        shown,
        notes=[source.say["money_note"]] if has_units else [],
        row_headings=2,
    )
