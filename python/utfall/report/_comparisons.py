"""The part on differences between groups: which lie furthest apart, within other groups, beyond chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utfall.report._document import Block, Cell, Section

if TYPE_CHECKING:
    from utfall.plots._results import Row
    from utfall.report._document import Chart, Table
    from utfall.report._source import Source

#: Of fewer groups a funnel says no more than the table of groups does.
_FEWEST_IN_A_FUNNEL = 4


def comparisons(source: Source) -> list[Section]:
    """Give the part; nothing where no groups can be compared."""
    blocks: list[Block] = [*_furthest_apart(source), *_within(source), *_funnels(source)]
    return [Section("comparisons", source.say["comparisons"], tuple(blocks))] if blocks else []


def _furthest_apart(source: Source) -> list[Table]:
    """Give the two groups of each column that lie furthest apart."""
    rows = []
    for row in source.table("comparisons"):
        if len(row["by"]) != 1 or (row["difference"] is None and not row.get("protected")):
            continue
        register, (column,) = row["register"], row["by"]
        ends = [
            source.protected
            if row[end] is None
            else Cell(", ".join(source.level_name(register, column, code) for code in row[end]))
            for end in ("lowest", "highest")
        ]
        rows.append(
            (
                Cell(source.indicator_name(row["indicator"])),
                Cell(source.column_name(register, column)),
                *ends,
                source.cell(row, "difference", "points"),
                source.interval_cell(row, "difference_low", "difference_high", "points"),
                source.cell(row, "ratio", "quantity"),
            )
        )
    columns = source.columns(
        *("indicator", "by", "lowest", "highest", "difference", "interval", "ratio"),
        numbers=["difference", "ratio"],
    )
    return source.table_of(
        source.say["comparisons_caption"],
        columns,
        rows,
        notes=[source.say["comparisons_note"]],
        row_headings=2,
    )


def _within(source: Source) -> list[Table]:
    """Give two groups compared as if they were spread alike over the groups of another column."""
    rows = [
        (
            Cell(source.indicator_name(row["indicator"])),
            Cell(_pair(source, row)),
            Cell(source.column_name(row["register"], row["strata"])),
            source.cell(row, "standardised", "points"),
            source.interval_cell(row, "standardised_low", "standardised_high", "points"),
            source.cell(row, "p_value", "p_value"),
            source.cell(row, "tarone", "p_value"),
        )
        for row in source.table("strata")
        # Where a column says itself who succeeds, nothing varies within its groups.
        if row["standardised_low"] is not None
    ]
    numbers = ("standardised", "p_same", "p_alike")
    columns = source.columns(
        *("indicator", "compared_groups", "within_each", "standardised", "interval"),
        *numbers[1:],
        numbers=numbers,
    )
    return source.table_of(
        source.say["strata_caption"],
        columns,
        rows,
        notes=[source.say["strata_note"]],
        row_headings=3,
    )


def _pair(source: Source, row: Row) -> str:
    names = (
        source.level_name(row["register"], row["groups"], row[end]) for end in ("group", "other")
    )
    return " – ".join(names)


def _funnels(source: Source) -> list[Chart]:
    """Draw the groups of what goals are judged by, where they are so many that chance alone parts some."""
    of_goals = dict.fromkeys(row["indicator"] for row in source.table("verdicts"))
    groups: dict[tuple[str, str], int] = {}
    for row in source.table("funnels"):
        key = (row["indicator"], row["by"][0])
        groups[key] = groups.get(key, 0) + (row["value"] is not None)
    charts = []
    for name in of_goals:
        most = max(
            (count for (indicator, _), count in groups.items() if indicator == name), default=0
        )
        if most >= _FEWEST_IN_A_FUNNEL:
            charts += source.chart("funnel", indicator=name)
    return charts
