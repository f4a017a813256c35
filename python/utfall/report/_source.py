"""What a report is gathered from: the tables of a release, and cells that say what they hold."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from utfall import _native
from utfall._layout import plain
from utfall.plots._results import COUNTED, SHARES, Told
from utfall.report._document import Cell, Chart, Column, Table, heading
from utfall.report._words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utfall.plots._results import Row

_NOTHING = "–"


class Source(Told):
    """A release in one language: its tables, its sentences, and the words of the report."""

    def __init__(self, release: Any, language: str | None) -> None:  # noqa: ANN401 - any release
        super().__init__(release, language)
        self.release = release
        self.say = words(self.language)

    # ── Tables and sentences ──

    def in_language(self, name: str) -> list[Row]:
        """Give a table whose sentences are asked for by language."""
        asked = getattr(self.release, f"{name}_in", None)
        return list(asked(self.language)) if asked is not None else self.table(name)

    @cached_property
    def sentences(self) -> dict[str, str]:
        """One sentence for each goal."""
        sentences: dict[str, str] = self.release.sentences(self.language)
        return sentences

    @cached_property
    def definitions(self) -> dict[str, tuple[str, ...]]:
        """What each indicator measures: facts of the project file, told by an evaluation of nothing."""
        of_nothing = self.project.evaluate({}, as_of=self.results.as_of)
        return {
            name: of_nothing.explain(name, self.language).definition
            for name in self.project.indicators
        }

    def singles(self, name: str) -> list[Row]:
        """Give the rows of a table that are of everybody or of groups of one column."""
        return [row for row in self.table(name) if self.is_single(row["by"])]

    def is_single(self, by: Sequence[str]) -> bool:
        """Tell whether a table is of everybody, or of one column and those that it lies within."""
        return sum(column not in self._parents for column in by) <= 1 and (
            len(by) <= 1 or any(self._children.get(column) in by for column in by)
        )

    @cached_property
    def _children(self) -> dict[str, str]:
        """Each column that lies within another, with that one."""
        return {
            name: column["parent"]
            for register in self.declared.get("registers", {}).values()
            for name, column in register.get("columns", {}).items()
            if column.get("parent")
        }

    @cached_property
    def _parents(self) -> set[str]:
        return set(self._children.values())

    # ── Cells ──

    def cell(self, row: Row, name: str, unit: str = "count") -> Cell:
        """Give a number of a row as a cell; a withheld one says so and has no number."""
        return self.number_cell(row[name], unit, is_protected=bool(row.get("protected")))

    def number_cell(
        self, value: float | None, unit: str = "count", *, is_protected: bool = False
    ) -> Cell:
        """Give a number as a cell."""
        if value is None:
            return self.protected if is_protected else Cell(_NOTHING)
        if unit == "count":
            # The core counts what is not negative; units to spare are.
            sign = "\u2212" if value < 0 else ""
            return Cell(sign + self.counted(abs(int(value)), ""), value, unit)
        return Cell(self.number(value, unit), value, unit)

    @cached_property
    def protected(self) -> Cell:
        """The cell of what may not be given out."""
        return Cell(self.words["protected"], tone="protected")

    def interval_cell(self, row: Row, low: str, high: str, unit: str) -> Cell:
        """Give an interval as a cell."""
        if row[low] is None or row[high] is None:
            return self.protected if row.get("protected") else Cell(_NOTHING)
        return Cell(self.interval(row[low], row[high], unit))

    def outcome_cell(self, row: Row | None) -> Cell:
        """Say what came out of a figure as a cell."""
        if row is None:
            return Cell(_NOTHING)
        tone = "protected" if row["state"] == "suppressed" else ""
        return Cell(self.outcome(row), tone=tone)

    def value_cell(self, row: Row) -> Cell:
        """Give the value of a figure as a number; why there is none, where there is none."""
        state = self.state(row)
        if state is not None:
            return Cell(state, tone="protected" if row["state"] == "suppressed" else "")
        unit = "share" if row["kind"] in SHARES else "quantity"
        return self.cell(row, "value", "count" if row["kind"] == "count" else unit)

    def verdict_cell(self, row: Row) -> Cell:
        """Give a verdict as a cell."""
        if row["verdict"] is None:
            return self.protected
        text = _native.verdict_text(row["verdict"], self.language) or row["verdict"]
        return Cell(text, tone=row["verdict"])

    def flag_cell(self, value: object, *, is_protected: bool = False) -> Cell:
        """Give yes or no as a cell."""
        if value is None:
            return self.protected if is_protected else Cell(_NOTHING)
        return Cell(self.say["yes" if value else "no"])

    def text_cell(self, value: object) -> Cell:
        """Give a text as a cell, on one line and without what steers writing."""
        return Cell(plain(str(value)) if value not in (None, "") else _NOTHING)

    def group_cells(self, row: Row) -> tuple[Cell, Cell]:
        """Give the columns that a row is divided by, and its group, as two cells."""
        names = [self.column_name(row["register"], column) for column in row["by"]]
        return self.text_cell(" × ".join(names)), Cell(self.group_name(row))

    def item_cell(self, row: Row) -> Cell:
        """Give what an item is called by the source; all together where a row is of several."""
        if row["item"] is None:
            return Cell(self.say["all_items"])
        columns = str(row["item"]).split(">")
        return Cell(" → ".join(self.column_name(row["register"], name) for name in columns))

    # ── Blocks ──

    def columns(self, *names: str, numbers: Sequence[str] = ()) -> tuple[Column, ...]:
        """Give columns by the words of their headings; intervals stand as numbers do."""
        return tuple(
            Column(self.say[name], name in numbers or name == "interval") for name in names
        )

    def table_of(
        self,
        caption: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        *,
        notes: Iterable[str] = (),
        row_headings: int = 1,
    ) -> list[Table]:
        """Give a table with the notes that it needs; nothing where it has no rows.

        A column that says nothing in any row is left out.
        """
        every = [tuple(row) for row in rows]
        if not every:
            return []
        kept = [
            place
            for place in range(len(columns))
            if place == 0 or any(row[place].text != _NOTHING for row in every)
        ]
        body = tuple(tuple(row[place] for place in kept) for row in every)
        columns = [columns[place] for place in kept]
        row_headings = sum(place < row_headings for place in kept)
        said = list(notes)
        if any(cell.tone == "protected" for row in body for cell in row):
            said.append(self.say["protected_note"])
        return [Table(heading(caption), tuple(columns), body, tuple(said), row_headings)]

    def chart(self, kind: str, **options: Any) -> list[Chart]:  # noqa: ANN401 - those of the plot
        """Draw a chart, without the title that its caption says."""
        drawn = self.release.plot(kind, language=self.language, **options)
        title = drawn.title
        caption = title.text if not isinstance(title, str) else title
        caption = " ".join(caption) if isinstance(caption, list) else str(caption)
        return [Chart(heading(caption), drawn.description, drawn)]

    def is_counted(self, kind: str) -> bool:
        """Tell whether a kind of indicator is so many of so many."""
        return kind in COUNTED
