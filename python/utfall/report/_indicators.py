"""What stands below a goal or indicator: its groups, and what its kind has beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utfall.plots._results import SHARES
from utfall.report._document import Block, Cell, Column, Table

if TYPE_CHECKING:
    from utfall.plots._results import Row
    from utfall.report._source import Source


def indicator_blocks(source: Source, name: str) -> list[Block]:
    """Give the groups of an indicator, drawn and as a table, and the tables of its kind."""
    overall = source.overall(name)
    if overall is None:
        return []
    kind = overall["kind"]
    # A count stands by its groups in the chapter on participants.
    blocks: list[Block] = [] if kind == "count" else [*_groups(source, name, kind)]
    of_kind = {
        "change": _change,
        "survey": _survey,
        "incidence": _incidence,
        "mean": _distributions,
        "coverage": _coverage,
    }
    return blocks + (of_kind[kind](source, name) if kind in of_kind else [])


def _groups(source: Source, name: str, kind: str) -> list[Block]:
    of_it = [by for indicator, by in source.figures if indicator == name]
    single = [by for by in of_it if source.is_single(by)]
    rows = [row for by in single for row in source.figures[name, by]]
    unit = "share" if kind in SHARES else "quantity"
    counts = {
        "share": ["successes", "observed"],
        "quantity": ["observed"],
    }[unit]
    after = ["missing", *(["not_due"] if any(row["not_due"] for row in rows) else [])]
    has_interval = any(row["low"] is not None or row.get("protected") for row in rows)
    beyond_chance = {
        _group(row): row for row in source.table("funnels") if row["indicator"] == name
    }
    shown = []
    for row in rows:
        interval = [source.interval_cell(row, "low", "high", unit)] if has_interval else []
        shown.append(
            (
                *source.group_cells(row),
                *(source.cell(row, count) for count in counts),
                source.value_cell(row),
                *interval,
                *(source.cell(row, count) for count in after),
                _place(source, row, beyond_chance),
            )
        )
    value = "share" if unit == "share" else "value"
    names = [*counts, value, *(["interval"] if has_interval else []), *after]
    columns = source.columns(
        "by", "group", *names, "beyond_chance", numbers=[*counts, value, *after]
    )
    has_groups = len(single) > 1
    key = "groups_caption" if has_groups else "overall_caption"
    caption = source.say[key].format(indicator=source.indicator_name(name))
    notes = [source.say["unknown_note"]] if _has_unknown(rows) else []
    if beyond_chance and has_groups:
        notes.append(source.say["funnel_note"])
    table = source.table_of(caption, columns, shown, notes=notes, row_headings=2)
    return [*(source.chart("groups", indicator=name) if has_groups else []), *table]


def _place(source: Source, row: Row, beyond_chance: dict[tuple[str, str], Row]) -> Cell:
    """Say where a group of one column lies in the funnel around everybody."""
    if len(row["by"]) != 1:
        return source.text_cell(None)
    if row.get("protected"):
        return source.protected
    found = beyond_chance.get(_group(row))
    return Cell(source.say[f"funnel_{found['funnel']}"]) if found else source.text_cell(None)


def _group(row: Row) -> tuple[str, str]:
    """Give the column and the level of a group of one column."""
    (column,) = row["by"]
    return column, row[column]


def _has_unknown(rows: list[Row]) -> bool:
    return any(row[column] == "(unknown)" for row in rows for column in row["by"])


def _rows(source: Source, table: str, name: str) -> list[Row]:
    """Give the rows of an indicator that are of everybody or of groups of one column."""
    return [row for row in source.singles(table) if row["indicator"] == name]


def _caption(source: Source, key: str, name: str) -> str:
    return source.say[key].format(indicator=source.indicator_name(name))


def _change(source: Source, name: str) -> list[Block]:
    """Give movements by group, and levels before and after of everybody."""
    counts = ("up", "same", "down", "measured", "not_measurable")
    shown = [
        (
            *source.group_cells(row),
            source.item_cell(row),
            *(source.cell(row, count) for count in counts),
            source.cell(row, "up_share", "share"),
            source.interval_cell(row, "up_low", "up_high", "share"),
        )
        for row in _rows(source, "steps", name)
    ]
    numbers = (*counts, "up_share")
    columns = source.columns("by", "group", "item", *numbers, "interval", numbers=numbers)
    caption = _caption(source, "steps_caption", name)
    steps = source.table_of(caption, columns, shown, row_headings=3)
    matrices = _transitions(source, name)
    chart = source.chart("steps", indicator=name) if matrices else []
    return [*steps, *chart, *matrices, *_step_tests(source, name)]


def _step_tests(source: Source, name: str) -> list[Table]:
    """Give how likely such movements are if nobody is drawn either way."""
    tests = ("sign", "sign_adjusted", "wilcoxon", "stuart_maxwell", "bowker")
    shown = [
        (
            *source.group_cells(row),
            source.item_cell(row),
            source.cell(row, "measured"),
            *(source.cell(row, test, "p_value") for test in tests),
            source.cell(row, "superiority", "share"),
            source.interval_cell(row, "superiority_low", "superiority_high", "share"),
        )
        for row in _rows(source, "step_tests", name)
    ]
    numbers = ("measured", *tests, "superiority")
    columns = source.columns("by", "group", "item", *numbers, "interval", numbers=numbers)
    caption = _caption(source, "step_tests_caption", name)
    notes = [source.say["step_tests_note"]]
    return source.table_of(caption, columns, shown, notes=notes, row_headings=3)


def _transitions(source: Source, name: str) -> list[Table]:
    tables: list[Table] = []
    every = [
        row for row in source.table("transitions") if not row["by"] and row["indicator"] == name
    ]
    for item in dict.fromkeys(row["item"] for row in every):
        rows = [row for row in every if row["item"] == item]
        before, _, after = str(item).partition(">")
        register = rows[0]["register"]
        codes = list(dict.fromkeys(row["after"] for row in rows))
        found = {(row["before"], row["after"]): row for row in rows}
        shown = [
            (
                Cell(source.level_name(register, before, code)),
                *(source.cell(found[code, other], "units") for other in codes),
            )
            for code in dict.fromkeys(row["before"] for row in rows)
        ]
        head = source.columns("before")
        names = [source.level_name(register, after, code) for code in codes]
        columns = [*head, *(Column(f"→ {level}", is_number=True) for level in names)]
        caption = source.say["transitions_caption"].format(item=source.item_cell(rows[0]).text)
        tables += source.table_of(caption, columns, shown)
    return tables


def _survey(source: Source, name: str) -> list[Block]:
    rows = _rows(source, "survey", name)
    shown = [
        (
            *source.group_cells(row),
            source.item_cell(row),
            *(source.cell(row, count) for count in ("answered", "favourable")),
            source.cell(row, "share", "share"),
            source.interval_cell(row, "low", "high", "share"),
            *(source.cell(row, count) for count in ("missing", "respondents")),
            source.cell(row, "response_rate", "share"),
        )
        for row in rows
    ]
    names = ["answered", "favourable", "share", "interval", "missing", "respondents"]
    names.append("response_rate")
    numbers = [number for number in names if number != "interval"]
    columns = source.columns("by", "group", "item", *names, numbers=numbers)
    caption = _caption(source, "survey_caption", name)
    return [*source.table_of(caption, columns, shown, row_headings=3)]


def _incidence(source: Source, name: str) -> list[Block]:
    shown = []
    for row in _rows(source, "incidence", name):
        word = "months" if row["months"] is not None else "days"
        shown.append(
            (
                *source.group_cells(row),
                Cell(source.counted(row[word], word)),
                source.text_cell(row["event"] or source.words["any_event"]),
                *(source.cell(row, count) for count in ("started", "events", "censored")),
                source.cell(row, "value", "share"),
                source.interval_cell(row, "low", "high", "share"),
            )
        )
    numbers = ("started", "events", "censored", "share")
    columns = source.columns(
        "by", "group", "horizon", "event", *numbers, "interval", numbers=numbers
    )
    caption = _caption(source, "incidence_caption", name)
    table = source.table_of(caption, columns, shown, row_headings=4)
    return [*source.chart("incidence", indicator=name), *table] if table else []


def _distributions(source: Source, name: str) -> list[Block]:
    quantities = ("mean", "standard_deviation", "smallest", "median", "largest")
    shown = [
        (
            *source.group_cells(row),
            source.cell(row, "observed"),
            *(source.cell(row, quantity, "quantity") for quantity in quantities),
        )
        for row in _rows(source, "distributions", name)
    ]
    numbers = ("observed", *quantities)
    columns = source.columns("by", "group", *numbers, numbers=numbers)
    caption = _caption(source, "distributions_caption", name)
    return [*source.table_of(caption, columns, shown, row_headings=2)]


def _coverage(source: Source, name: str) -> list[Block]:
    """Give each month as a row and each part as a column."""
    rows = [row for row in source.table("coverage") if row["indicator"] == name]
    declared = source.declared["indicators"][name]
    columns, register = declared.get("of_each", []), declared["register"]
    parts = list(dict.fromkeys(tuple(row["part"]) for row in rows))
    names = [
        ", ".join(
            source.level_name(register, column, code)
            for column, code in zip(columns, part, strict=True)
        )
        or source.say["all"]
        for part in parts
    ]
    found = {(row["month"], tuple(row["part"])): row for row in rows}
    shown = [
        (
            Cell(str(month)[:7]),
            *(
                source.protected
                if found[month, part]["state"] is None
                else Cell(source.words[found[month, part]["state"]])
                for part in parts
            ),
        )
        for month in dict.fromkeys(row["month"] for row in rows)
    ]
    headings = [*source.columns("month"), *(Column(name) for name in names)]
    table = source.table_of(_caption(source, "coverage_caption", name), headings, shown)
    return [*source.chart("coverage", indicator=name), *table] if table else []
