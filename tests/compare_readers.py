"""Writes docs/reference/files.md: what utfall, polars and pandas make of the files of nasty_files.py.

Each library is called with the path alone; polars and pandas also with the separator and the decimal sign of the file.
Run ``scripts/compare_readers``.
"""

from __future__ import annotations

import datetime as dt
import math
import sys
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
from nasty_files import FILES, NastyFile

import utfall as uf

if TYPE_CHECKING:
    from collections.abc import Callable

RIGHT, TEXTS, WRONG, ERROR, ASKS, GUESSES = (
    "right",
    "as text",
    "**wrong**",
    "error",
    "asks",
    "**guesses**",
)

PAGE = """\
# Files

How `uf.read`, polars {polars} and pandas {pandas} read {count} files as they lie on Swedish desks. All three are called with the
path alone: `uf.read(path)`, `polars.read_csv(path)`, `pandas.read_csv(path)`, and `read_excel` of both. In the columns *told*
the other two are also given the separator and the decimal sign of each CSV file, and polars is asked to look for dates
(`separator=";", decimal_comma=True, try_parse_dates=True`; `sep=";", decimal=","`), as somebody does who has looked into the
file. With more options, most files can be read right by all three.

- **right**: the columns, rows and values that the file holds
- **as text**: the same, but numbers or dates are left as texts
- **wrong**: other columns, rows or values, and no word about it
- **error**: it stops
- **asks**: the file can be read in two ways; it stops and says what to declare
- **guesses**: it reads such a file in one of the ways, or not at all, and does not say so

| file | what is nasty | utfall | polars | polars, told | pandas | pandas, told |
| --- | --- | --- | --- | --- | --- | --- |
{rows}

{sums}

The files are made by `tests/nasty_files.py`, which says what each holds; `scripts/compare_readers` writes this page, and a
test holds it true.
"""


Rows = list[dict[str, Any]]


def of_utfall(path: Path, _: NastyFile) -> Rows:
    """Read a file with utfall."""
    return list(uf.read(path).table)


def of_polars(path: Path, _: NastyFile) -> Rows:
    """Read a file with polars."""
    if path.suffix == ".xlsx":
        return pl.read_excel(path, engine="openpyxl").to_dicts()
    return pl.read_csv(path).to_dicts()


def of_polars_told(path: Path, file: NastyFile) -> Rows:
    """Read a file with polars, told how its fields and numbers are written."""
    if path.suffix == ".xlsx":
        return of_polars(path, file)
    comma = file.decimal == ","
    frame = pl.read_csv(path, separator=file.separator, decimal_comma=comma, try_parse_dates=True)
    return frame.to_dicts()


def of_pandas(path: Path, _: NastyFile) -> Rows:
    """Read a file with pandas."""
    frame = pd.read_excel(path) if path.suffix == ".xlsx" else pd.read_csv(path)
    return frame.to_dict("records")


def of_pandas_told(path: Path, file: NastyFile) -> Rows:
    """Read a file with pandas, told how its fields and numbers are written."""
    if path.suffix == ".xlsx":
        return of_pandas(path, file)
    return pd.read_csv(path, sep=file.separator, decimal=file.decimal).to_dict("records")


READERS: dict[str, Callable[[Path, NastyFile], Rows]] = {
    "utfall": of_utfall,
    "polars": of_polars,
    "polars, told": of_polars_told,
    "pandas": of_pandas,
    "pandas, told": of_pandas_told,
}


def outcome(file: NastyFile, path: Path, reader: str) -> str:
    """Say what a library makes of a file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = READERS[reader](path, file)
    except uf.RegisterError as error:
        return ASKS if error.code == file.says else ERROR
    except Exception:  # noqa: BLE001 - each library has its own errors
        return ERROR
    if isinstance(file.says, str):
        return GUESSES
    return judged(rows, file.says)


def judged(rows: list[dict[str, Any]], says: list[dict[str, Any]]) -> str:
    """Compare what was read with what the file says."""
    if [list(row) for row in rows] != [list(row) for row in says]:
        return WRONG
    cells = [
        (plain(found[name]), row[name])
        for found, row in zip(rows, says, strict=True)
        for name in row
    ]
    if all(found == said for found, said in cells):
        return RIGHT
    left = all(
        found == said or (isinstance(found, str) and found and not isinstance(said, str | None))
        for found, said in cells
    )
    return TEXTS if left else WRONG


def plain(value: Any) -> Any:
    """Give a cell as Python has it; a time at midnight as a day."""
    if isinstance(value, float) and math.isnan(value):
        return None
    if value is pd.NaT:
        return None
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    return value


def page() -> str:
    """Give the page."""
    rows, outcomes = [], []
    with tempfile.TemporaryDirectory() as folder:
        for file in FILES:
            path = Path(folder) / file.name
            path.write_bytes(file.content())
            found = [outcome(file, path, reader) for reader in READERS]
            outcomes.append(found)
            rows.append(f"| `{file.name}` | {file.about} | {' | '.join(found)} |")
    sums = []
    for number, reader in enumerate(READERS):
        of_reader = [found[number] for found in outcomes]
        counts = [
            f"{of_reader.count(kind)} {kind.strip('*')}"
            for kind in (RIGHT, ASKS, TEXTS, ERROR, WRONG, GUESSES)
            if kind in of_reader
        ]
        sums.append(f"- {reader}: {', '.join(counts)}")
    return PAGE.format(
        count=len(FILES),
        rows="\n".join(rows),
        sums="\n".join(sums),
        polars=pl.__version__,
        pandas=pd.__version__,
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
