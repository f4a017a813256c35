"""The chapters on what outcomes rest on, how they are counted, what was found, and the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from utfall._layout import plain
from utfall.plots._results import SHARES
from utfall.report._document import Block, Cell, Column, Facts, Paragraph, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from utfall.plots._results import Row
    from utfall.report._source import Source

_PLACES = ("outside", "unclassified", "excluded", "not_due", "missing", "observed", "successes")


def follow_up(source: Source) -> Section:
    """Give the chapter on what outcomes rest on."""
    say = source.say
    parts = [
        Section("rests-on", say["rests_on"], tuple(_rests_on(source))),
        Section("quality", say["quality"], (*_quality(source), *_missing(source))),
    ]
    return Section("follow-up", say["follow_up"], (), tuple(part for part in parts if part.blocks))


def _rests_on(source: Source) -> list[Block]:
    """Give the whole accounting of each indicator, and draw it where somebody is missing or not due."""
    rows = []
    charts: list[Block] = []
    of_goals = {row["indicator"] for row in source.table("verdicts")}
    for name in source.project.indicators:
        row = source.overall(name)
        if row is None:
            continue
        # The bounds of a count are counts; nothing bounds sums and means.
        unit = "share" if row["kind"] in SHARES else "count"
        rows.append(
            (
                Cell(source.indicator_name(name)),
                source.cell(row, "units"),
                *(source.cell(row, place) for place in _PLACES),
                *(source.cell(row, bound, unit) for bound in ("bound_low", "bound_high")),
            )
        )
        if (row["missing"] or row["not_due"]) and name in of_goals:
            charts += source.chart("completeness", indicator=name)
    numbers = ("all", *_PLACES, "bound_low", "bound_high")
    columns = source.columns("indicator", *numbers, numbers=numbers)
    notes = [source.say["bounds_note"]]
    return [*source.table_of(source.say["rests_caption"], columns, rows, notes=notes), *charts]


def _quality(source: Source) -> list[Table]:
    counts = ("complete", "valid", "timely")
    shown = []
    for row in source.table("quality"):
        cells = [source.cell(row, "units")]
        for name in counts:
            cells += [source.cell(row, name), source.cell(row, f"{name}_share", "share")]
        shown.append((*_divided(source, row), *cells))
    columns = [*source.columns("register", "by", "group", "units", numbers=["units"])]
    for name in counts:
        word = source.say[name]
        share = f"{word}, {source.say['share'].lower()}"
        columns += [Column(word, is_number=True), Column(share, is_number=True)]
    return source.table_of(source.say["quality_caption"], columns, shown, row_headings=3)


def _missing(source: Source) -> list[Table]:
    shown = [
        (
            Cell(plain(row["register"])),
            Cell(source.column_name(row["register"], row["column"])),
            *_divided(source, row)[1:],
            source.cell(row, "units"),
            source.cell(row, "missing"),
        )
        for row in source.table("missing")
    ]
    columns = source.columns(
        "register", "column", "by", "group", "units", "missing", numbers=["units", "missing"]
    )
    return source.table_of(source.say["missing_caption"], columns, shown, row_headings=4)


def _divided(source: Source, row: Row) -> tuple[Cell, Cell, Cell]:
    """Name register, column and level of a row of the tables of quality."""
    register, column = row["register"], row["by"]
    if column is None:
        return Cell(plain(register)), Cell("–"), Cell(source.words["everybody"])
    level = source.level_name(register, column, row["level"])
    return Cell(plain(register)), Cell(source.column_name(register, column)), Cell(level)


# ── Method ──


def method(source: Source, audit_note: str | None) -> Section:
    """Give the chapter on how it is counted and protected, and what each indicator measures."""
    say = source.say
    counted = ("places", "value", "interval", "verdict", "effect")
    parts = [
        Section(
            "how-counted",
            say["how_counted"],
            tuple(Paragraph(say[f"method_{key}"]) for key in counted),
        ),
        Section(
            "how-protected",
            say["how_protected"],
            (Paragraph(plain(audit_note) if audit_note else say["method_unprotected"]),),
        ),
        Section("registers", say["registers"], tuple(_registers(source))),
        Section("definitions", say["definitions"], tuple(_definitions(source))),
    ]
    return Section("method", say["method"], (), tuple(part for part in parts if part.blocks))


def _registers(source: Source) -> list[Table]:
    rows = [
        (Cell(plain(name)), source.text_cell(declared["unit"]))
        for name, declared in source.declared.get("registers", {}).items()
    ]
    columns = source.columns("register", "a_row_is")
    return source.table_of(source.say["registers_caption"], columns, rows)


def _definitions(source: Source) -> list[Block]:
    items = tuple(
        (source.indicator_name(name), " ".join(plain(sentence) for sentence in sentences))
        for name, sentences in source.definitions.items()
    )
    return [Facts(items)] if items else []


# ── Findings and receipt ──


def findings(source: Source) -> Section:
    """Give the chapter on findings: in the registers, and in the project file."""
    say = source.say
    of_project = source.project.review().in_language(source.language)
    parts = []
    for anchor, word, caption, rows in (
        ("of-registers", "of_the_registers", "findings_caption", source.in_language("findings")),
        ("of-project", "of_the_project", "review_caption", list(of_project)),
    ):
        blocks: list[Block] = [*_findings(source, say[caption], rows)]
        blocks = blocks or [Paragraph(say["no_findings"])]
        parts.append(Section(f"findings-{anchor}", say[word], tuple(blocks)))
    return Section("findings", say["findings"], (), tuple(parts))


def _findings(source: Source, caption: str, rows: Iterable[Row]) -> list[Table]:
    shown = [
        (
            source.text_cell(row["sentence"]),
            Cell(source.say[f"severity_{row['severity']}"], tone=row["severity"]),
            source.text_cell(row["subject"]),
            Cell(plain(row["code"])),
        )
        for row in rows
    ]
    columns = source.columns("finding", "severity", "subject", "code")
    return source.table_of(caption, columns, shown)


def receipt(source: Source, given: Any) -> list[Section]:  # noqa: ANN401 - what another part makes
    """Give the chapter with the receipt as names and values; none where there is no receipt."""
    if given is None:
        return []
    rows = [(Cell(name), source.text_cell(value)) for name, value in flattened(given.to_dict())]
    columns = source.columns("name", "value")
    table = source.table_of(source.say["receipt_caption"], columns, rows)
    return [Section("receipt", source.say["receipt"], tuple(table))]


def flattened(given: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Give names and values of a nested dictionary, a line each.

    >>> list(flattened({"a": {"b": 1}, "c": [2, {"d": None}]}))
    [('a.b', 1), ('c.1', 2), ('c.2.d', None)]
    """
    for key, value in given.items():
        name = plain(f"{before}{key}")
        inner = dict(enumerate(value, 1)) if isinstance(value, list) else value
        if isinstance(inner, dict):
            yield from flattened(inner, f"{name}.")
        else:
            yield name, value
