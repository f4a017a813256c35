"""Tables of results: Arrow for data frames, rows for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from utfall._layout import html_table, text_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utfall import _native


class Table:
    """A table of results.

    Any data frame takes it in by the Arrow PyCapsule interface: ``polars.DataFrame(table)``,
    ``pyarrow.table(table)``, ``pandas.DataFrame.from_arrow(table)``, or DuckDB by way of PyArrow.

    Examples
    --------
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('schema = 1\\nname = "Empty"')
    >>> figures = project.evaluate({}, as_of="2022-06-30").figures
    >>> len(figures)
    0
    >>> figures.column_names[:4]
    ['register', 'indicator', 'kind', 'by']
    """

    def __init__(self, native: _native.Table) -> None:
        self._native = native

    @property
    def column_names(self) -> list[str]:
        """The names of the columns, in order."""
        return self._native.column_names

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._native)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each row as a dictionary; a null is ``None``."""
        columns = self._native.columns()
        for cells in zip(*columns.values(), strict=True):
            yield dict(zip(columns, cells, strict=True))

    def __getitem__(self, column: str) -> list[Any]:
        """Give the values of a column; a null is ``None``."""
        return self._native.columns()[column]

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the table by the Arrow PyCapsule interface."""
        return self._native.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        """Write the table as plain text: twenty rows, and the columns that say something."""
        return text_table(*self._shown(20), width=sys.maxsize)

    def _repr_html_(self) -> str:
        return html_table(*self._shown(100))

    def _shown(self, most: int) -> tuple[list[str], list[list[str]]]:
        columns = self._native.columns()
        if len(self) > 0:
            told = {name for name, cells in columns.items() if any(c is not None for c in cells)}
            columns = {name: cells for name, cells in columns.items() if name in told}
        rows = [[_cell(cell) for cell in row] for row in zip(*columns.values(), strict=True)]
        more = len(rows) - most
        if more > 0:
            note = [f"… {more} more"] + [""] * (len(columns) - 1)
            rows = [*rows[:most], note]
        return list(columns), rows


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
