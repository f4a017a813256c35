"""Files as they are: CSV in every Swedish dialect, and Excel workbooks."""

from __future__ import annotations

import os
import textwrap
from dataclasses import KW_ONLY, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from utfall import _native
from utfall._errors import UtfallError
from utfall._layout import html_notes, html_table, text_table
from utfall._table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind: TypeAlias = Literal["text", "number", "date", "flag"]

_WORDS: dict[str, tuple[str, ...]] = {
    "decimal": (",", "."),
    "dates": ("day_first", "month_first", "year_first"),
    "totals": ("leave_out", "keep"),
    "columns": ("text", "number", "date", "flag"),
    "limits": (
        "bytes",
        "rows",
        "columns",
        "row_bytes",
        "cell_bytes",
        "unpacked_bytes",
        "parts",
    ),
}


@dataclass(frozen=True)
class File:
    """A file with what is declared of it; what is left out is detected.

    Hand it over where a path is taken: the declared types of the register decide how cells are
    read, and what is declared here decides the rest.

    Parameters
    ----------
    path : str or path-like
        A CSV file or an Excel workbook (``.xlsx``, ``.xlsm``).
    sheet : str or int, optional
        The sheet of a workbook, by name or by number from 1. Needed where several have content.
    separator : str, optional
        The sign between the fields of CSV. Else ``;``, ``,`` or a tab, whichever the rows tell,
        or what a first line ``sep=;`` says.
    encoding : str, optional
        The encoding of CSV: ``"utf-8"``, ``"windows-1252"``, ``"macintosh"``, ``"utf-16le"``. Else
        what a byte order mark says, UTF-8, or Windows-1252 where it is not UTF-8.
    decimal : {",", "."}, optional
        The sign before decimals in texts. Else what the numbers of the column tell.
    dates : {"day_first", "month_first", "year_first"}, optional
        The order in days like ``03/05/2021``, which are an error without it.
    header : int, optional
        The row of the header, from 1 over the rows that are not empty.
    totals : {"leave_out", "keep"}, default "leave_out"
        What to do with a totals row at the foot.
    columns : mapping of str to {"text", "number", "date", "flag"}, optional
        What columns hold, by header. A project's own declarations go before it.
    limits : mapping of str to int, optional
        Other limits than the usual ones: ``bytes``, ``rows``, ``columns``, ``row_bytes``,
        ``cell_bytes``, ``unpacked_bytes``, ``parts``.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('''
    ... schema = 1
    ... name = "Staff"
    ... [registers.staff]
    ... unit = "person"
    ... columns.start = { header = "Start", type = "date" }
    ... [indicators.started]
    ... kind = "share"
    ... register = "staff"
    ... having = { start = { known = true } }
    ... ''')
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "personal.csv"
    >>> _ = path.write_text("Namn;Start\\nA;03/05/2021\\nB;\\n", encoding="utf-8")
    >>> staff = uf.File(path, dates="day_first")
    >>> project.evaluate({"staff": staff}, as_of="2022-06-30")["started"].value
    0.5
    """

    path: str | os.PathLike[str]
    _: KW_ONLY
    sheet: str | int | None = None
    separator: str | None = None
    encoding: str | None = None
    decimal: Literal[",", "."] | None = None
    dates: Literal["day_first", "month_first", "year_first"] | None = None
    header: int | None = None
    totals: Literal["leave_out", "keep"] = "leave_out"
    columns: Mapping[str, Kind] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)

    def options(self) -> dict[str, Any]:
        """Give what is declared as the compiled module takes it.

        Raises
        ------
        UtfallError
            If a word is none of those there are (``wrong_option``).

        Examples
        --------
        >>> import utfall as uf
        >>> uf.File("deltagare.csv", separator=";").options()["separator"]
        59
        """
        for name, words in (
            ("decimal", [self.decimal]),
            ("dates", [self.dates]),
            ("totals", [self.totals]),
            ("columns", self.columns.values()),
            ("limits", self.limits),
        ):
            _check(name, words)
        separator = self.separator
        if separator is not None and (len(separator) != 1 or not separator.isascii()):
            raise _wrong("separator", separator, "one sign of ASCII, such as `;`")
        for name, number in (("sheet", self.sheet), ("header", self.header)):
            if isinstance(number, int) and number < 1:
                raise _wrong(name, number, "a number from 1 on")
        for name, number in self.limits.items():
            if number < 0:
                raise _wrong(name, number, "0 or more")
        return {
            "sheet": self.sheet,
            "separator": None if separator is None else ord(separator),
            "encoding": self.encoding,
            "decimal": self.decimal,
            "dates": self.dates,
            "header": self.header,
            "totals": self.totals,
            "columns": list(self.columns.items()),
            "limits": dict(self.limits),
        }


def _check(name: str, words: Iterable[str | None]) -> None:
    for word in words:
        if word is not None and word not in _WORDS[name]:
            raise _wrong(name, word, "one of " + ", ".join(f"`{known}`" for known in _WORDS[name]))


def _wrong(name: str, found: object, expected: str) -> UtfallError:
    message = f"`{name}`: found `{found}`, expected {expected}"
    return UtfallError(message, "wrong_option")


class Reading:
    """A file that was read: its table, and what was detected and assumed.

    Any data frame takes it in: ``polars.DataFrame(reading)``, ``pyarrow.table(reading)``. It shows
    what each column is and what was assumed, and no value.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import utfall as uf
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "deltagare.csv"
    >>> text = "Kön;Poäng;Start\\nK;12,5;3 maj 2021\\nM;9;4 maj 2021\\n"
    >>> _ = path.write_text(text, encoding="windows-1252")
    >>> uf.read(path)
    deltagare.csv: 2 rows, 3 columns
    <BLANKLINE>
    Column  Holds
    ──────  ──────
    Kön     text
    Poäng   number
    Start   date
    <BLANKLINE>
    · The fields of the file are divided by semicolons.
    · The file is encoded as Windows-1252.
    · Column `Poäng` has a decimal comma in row 1.
    · Column `Start` has dates that are written otherwise than 2022-06-30 in 2 rows (1, 2).
    """

    def __init__(self, name: str, native: _native.Reading) -> None:
        self._name = name
        self._native = native

    @property
    def table(self) -> Table:
        """The table: texts, whole numbers, numbers, dates, flags, or nulls alone."""
        return Table(self._native.table())

    @property
    def findings(self) -> Table:
        """What was detected and assumed: a row for each kind and column.

        The columns are those of :attr:`Evaluation.findings <utfall.Evaluation.findings>`; rows are
        counted from 1 after the header. Never a value of a row.
        """
        return self.findings_in("en")

    def findings_in(self, language: Literal["sv", "en"]) -> Table:
        """Give the findings with sentences in ``sv`` or ``en``.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import utfall as uf
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "deltagare.csv"
        >>> _ = path.write_text("Kön;Ålder\\nK;40\\n", encoding="utf-8")
        >>> print(uf.read(path).findings_in("sv")["sentence"][0])
        Fälten i filen skiljs åt av semikolon.
        """
        if language not in ("sv", "en"):
            raise _wrong("language", language, "one of `sv`, `en`")
        return Table(self._native.findings(language))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the table by the Arrow PyCapsule interface."""
        return self.table.__arrow_c_stream__(requested_schema)

    def _head(self) -> str:
        counts = {"row": len(self.table), "column": len(self._native.types())}
        parts = [f"{count:,} {noun}{'s' * (count != 1)}" for noun, count in counts.items()]
        return f"{self._name}: {', '.join(parts)}"

    def _marked(self) -> list[str]:
        findings = self.findings
        marks = ["·" if severity == "note" else "!" for severity in findings["severity"]]
        sentences = zip(marks, findings["sentence"], strict=True)
        return [f"{mark} {sentence}" for mark, sentence in sentences]

    def __repr__(self) -> str:
        """Say what each column holds and what was assumed; no value."""
        columns = [list(column) for column in self._native.types()]
        table = text_table(["Column", "Holds"], columns, width=100)
        marked = [textwrap.fill(line, 100, subsequent_indent="  ") for line in self._marked()]
        return "\n".join([self._head(), "", table, *([""] if marked else []), *marked])

    def _repr_html_(self) -> str:
        columns = [list(column) for column in self._native.types()]
        table = html_table(["Column", "Holds"], columns, self._head())
        return table + html_notes(self._marked())


def read(
    path: str | os.PathLike[str],
    *,
    sheet: str | int | None = None,
    separator: str | None = None,
    encoding: str | None = None,
    decimal: Literal[",", "."] | None = None,
    dates: Literal["day_first", "month_first", "year_first"] | None = None,
    header: int | None = None,
    totals: Literal["leave_out", "keep"] = "leave_out",
    columns: Mapping[str, Kind] | None = None,
    limits: Mapping[str, int] | None = None,
) -> Reading:
    """Read a CSV file or a sheet of an Excel workbook, and tell what was detected and assumed.

    A column is one of numbers or dates if all its cells are. What could be two things is an error
    that says what to declare, never a guess.

    Parameters
    ----------
    path : str or path-like
        A CSV file or an Excel workbook (``.xlsx``, ``.xlsm``).
    sheet, separator, encoding, decimal, dates, header, totals, columns, limits
        As :class:`File` takes them.

    Returns
    -------
    Reading
        Its ``table`` and its ``findings``.

    Raises
    ------
    RegisterError
        If the file cannot be opened or is of another kind (``unreadable_file``,
        ``other_kind_of_file``), is ambiguous (``ambiguous_separator``, ``ambiguous_decimal_sign``,
        ``ambiguous_dates``, ``date_order_not_declared``, ``sheet_not_chosen``, ``header_not_found``)
        or larger than its limits (``file_too_large``, ``archive_too_large`` and others).
    UtfallError
        If an option is none of those there are (``wrong_option``).

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import utfall as uf
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "deltagare.csv"
    >>> _ = path.write_text("Kön;Poäng\\nK;12,5\\nM;9\\n", encoding="windows-1252")
    >>> reading = uf.read(path)
    >>> list(reading.table)
    [{'Kön': 'K', 'Poäng': 12.5}, {'Kön': 'M', 'Poäng': 9.0}]
    >>> reading.findings["code"]
    ['separator_detected', 'encoding_detected', 'decimal_comma']
    """
    file = File(
        path=path,
        sheet=sheet,
        separator=separator,
        encoding=encoding,
        decimal=decimal,
        dates=dates,
        header=header,
        totals=totals,
        columns=columns or {},
        limits=limits or {},
    )
    options = file.options()
    return Reading(os.path.basename(path), _native.read(os.fspath(path), options))  # noqa: PTH119
