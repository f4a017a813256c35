"""What a register may be handed over as, and what to do with everything else."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

from utfall._errors import RegisterError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeGuard

    from utfall._file import File


@runtime_checkable
class ArrowStreamExportable(Protocol):
    """A table that hands itself over by ``__arrow_c_stream__``.

    polars and pandas data frames, PyArrow tables and readers, DuckDB relations.
    """

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give a capsule with a stream of record batches."""


@runtime_checkable
class ArrowArrayExportable(Protocol):
    """A record batch that hands itself over by ``__arrow_c_array__``."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        """Give a pair of capsules with a schema and a record batch."""


Path: TypeAlias = "str | os.PathLike[str]"
Source: TypeAlias = "Path | Sequence[Path] | File | ArrowStreamExportable | ArrowArrayExportable"

_WHAT_TO_DO = {
    "LazyFrame": "call .collect() first",
    "Series": "hand over the whole table, not one column",
    "ChunkedArray": "hand over the whole table, not one column",
    "dict": "make a table of it: pyarrow.table(...) or polars.DataFrame(...)",
    "list": "make a table of it: pyarrow.Table.from_pylist(...) or polars.DataFrame(...)",
}


def source_of(register: str, table: Any) -> Any:  # noqa: ANN401 - a data frame of any library
    """Give what the compiled module can read, or say why it cannot be read."""
    if isinstance(table, str | os.PathLike):
        return [os.fspath(table)]
    if _is_file(table):
        return (os.fspath(table.path), table.options())
    if isinstance(table, list | tuple) and table and all(map(_is_path, table)):
        return [os.fspath(path) for path in table]
    kind = type(table).__name__
    is_pyarrow = type(table).__module__.partition(".")[0] == "pyarrow"
    is_column = is_pyarrow and kind.endswith("Array") and kind != "StructArray"
    is_table = not is_column and isinstance(table, ArrowStreamExportable | ArrowArrayExportable)
    if not is_table or kind in _WHAT_TO_DO:
        advice = (
            _WHAT_TO_DO["ChunkedArray"]
            if is_column
            else _WHAT_TO_DO.get(
                kind, "hand over a polars, pandas, PyArrow or DuckDB table, or the path of a file"
            )
        )
        article = "an" if kind[0].lower() in "aeiou" else "a"
        message = f"register `{register}`: {article} {kind} is no table that can be read; {advice}"
        raise RegisterError(message, "not_a_table")
    return _with_index(table)


def _is_file(table: object) -> TypeGuard[File]:
    # Whoever hands over a file has imported its class; nobody else needs it.
    files = sys.modules.get("utfall._file")
    return files is not None and isinstance(table, files.File)


def _is_path(table: object) -> bool:
    return isinstance(table, str | os.PathLike)


def _with_index(table: Any) -> Any:  # noqa: ANN401 - a data frame of any library
    """Give a pandas frame with its named indexes as columns: its Arrow export drops them."""
    names = getattr(getattr(table, "index", None), "names", None)
    if names is None:
        return table
    held = [name for name in names if name is not None and name not in table.columns]
    if not held:
        return table
    rest = [level for level, name in enumerate(names) if name not in held]
    return table.droplevel(rest).reset_index() if rest else table.reset_index()
