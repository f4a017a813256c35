"""Files that cannot be read, or in two ways: every code with its whole message, and no value."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from nasty_files import sheets, workbook

import utfall as uf

CANARY = "KANARIE"


@pytest.fixture
def write(tmp_path):
    """Give a function that writes a file and gives its path."""

    def written(content, name="deltagare.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


@pytest.fixture
def read(write):
    """Give a function that reads a content as a file."""
    return lambda content, name="deltagare.csv", **options: uf.read(write(content, name), **options)


@pytest.fixture
def refused(read):
    """Give a function that gives the code and the text of the error about a content."""

    def refusal(content, name="deltagare.csv", **options):
        with pytest.raises(uf.UtfallError) as caught:
            read(content, name, **options)
        assert CANARY not in f"{caught.value!r} {caught.value.__cause__!r}"
        return caught.value.code, str(caught.value)

    return refusal


def lying_archive():
    """Give a workbook whose list of parts says that a part of 20 MB has 9 bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", CANARY * 3_000_000)
    size = struct.pack("<I", 3_000_000 * len(CANARY))
    return content.getvalue().replace(size, struct.pack("<I", 9))


def protected_archive():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", CANARY)
    raw = bytearray(content.getvalue())
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + flag] |= 1
    return bytes(raw)


def far_cell(cell):
    def fill(_, sheet):
        sheet.write("A1", "Namn")
        sheet.write(cell, CANARY)

    return workbook(fill)()


def one_date_among_numbers():
    def fill(book, sheet):
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_column("A1", ["Namn", "a", "b", "c"])
        sheet.write_column("B1", ["Antal", 17, 18])
        sheet.write_number("B4", 19, date)  # a format where none belongs

    return workbook(fill)()


def broken_workbook():
    raw = sheets(visible_notes=True)
    return raw[: len(raw) // 2]


REFUSED = {
    "ambiguous separator": (
        f"a;b,c\n{CANARY};2,3\n",
        {},
        "ambiguous_separator",
        "the fields of `f.csv` may be divided by more than one sign; say which with `separator`",
    ),
    "names under one header": (
        f"Namn\n{CANARY}, A\n{CANARY}, B\n",
        {},
        "ambiguous_separator",
        "the fields of `f.csv` may be divided by more than one sign; say which with `separator`",
    ),
    "no header": (
        f"{CANARY};17;2021-05-03\n{CANARY};18;2021-05-04\n",
        {},
        "header_not_found",
        "`f.csv`: the first full row holds numbers or dates, expected a row of headers; say which row they stand in with `header`",
    ),
    "half a title": (
        f"{CANARY};{CANARY};{CANARY};;\na;b;c;d;e\n",
        {},
        "header_not_found",
        "`f.csv`: a row above the table is half full, expected a row of headers; say which row they stand in with `header`",
    ),
    "a header row that is not there": (
        "a;b\n1;2\n",
        {"header": 9},
        "header_not_found",
        "`f.csv` has no row 9 to take as the header; count from 1",
    ),
    "uneven rows": (
        f"a;b\n{CANARY};2\n{CANARY};2;{CANARY}\n",
        {},
        "uneven_rows",
        "row 2 of `f.csv` has 3 fields, expected 2 as in the header; look for a missing quote or a stray delimiter",
    ),
    "mixed signs": (
        "a;b\nx;1,5\ny;2.5\n",
        {},
        "mixed_decimal_signs",
        "column `b` has numbers with a decimal comma and others with a decimal point; correct the source, or say the sign with `decimal`",
    ),
    "an unclear sign": (
        "a;b\nx;1,234\n",
        {},
        "ambiguous_decimal_sign",
        "column `b`: numbers like `1,234` may have decimals or thousands, and no other number of the column tells; say the decimal sign with `decimal`",
    ),
    "an undeclared order": (
        "a;b\nx;03/05/2021\ny;13/05/2021\n",
        {},
        "date_order_not_declared",
        "column `b`: the order of day, month and year is not known in rows 1, 2; say it with `dates`, as `day_first`",
    ),
    "days or numbers": (
        "a;b\nx;210503\n",
        {},
        "ambiguous_dates",
        "column `b` may hold days, such as 210503, or whole numbers; say which with `columns`, as `b`: `date` or `number`",
    ),
    "numbers, one of which looks like a day": (
        one_date_among_numbers(),
        {},
        "ambiguous_dates",
        "column `Antal` may hold days, such as 210503, or whole numbers; say which with `columns`, as `Antal`: `date` or `number`",
    ),
    "a first row with a personal identity number": (
        f"{CANARY};850101-1234;K\n{CANARY};850101-1234;K\n",
        {},
        "header_not_found",
        "`f.csv`: the first full row holds numbers or dates, expected a row of headers; say which row they stand in with `header`",
    ),
    "wrong cells": (
        f"a;b\nx;17\ny;{CANARY}\n",
        {"columns": {"b": "number"}},
        "wrong_type",
        "column `b`: expected a number, found something else in row 2; correct it, or say another kind with `columns`",
    ),
    "no such column": (
        "a;b\nx;17\n",
        {"columns": {"c": "number"}},
        "unknown_column",
        "`f.csv` has no column `c`; `columns` names headers of the file",
    ),
    "no such encoding": (
        "a;b\n",
        {"encoding": "klingon"},
        "unknown_encoding",
        "`f.csv`: `klingon` is no encoding; write a label such as `utf-8`, `windows-1252`, `utf-16le` or `macintosh`",
    ),
    "not the declared encoding": (
        f"a;b\n{CANARY};å\n".encode("cp1252"),
        {"encoding": "utf-8"},
        "mixed_encodings",
        "row 1 of `f.csv` is not in the encoding of what stands before it, or not in the one that is declared; save the file as CSV (UTF-8)",
    ),
    "broken UTF-16": (
        f"a;b\n{CANARY};å\n".encode("utf-16")[:-1],
        {},
        "mixed_encodings",
        "`f.csv` breaks its encoding; save the file as CSV (UTF-8)",
    ),
    "too many columns": (
        "a;b;c\n1;2;3\n",
        {"limits": {"columns": 2}},
        "too_many_columns_in_file",
        "the header of `f.csv` has more than 2 fields; look for a stray separator, or raise the limit `columns`",
    ),
    "too many rows": (
        f"a;b\n{CANARY};2\n{CANARY};2\n",
        {"limits": {"rows": 1}},
        "too_many_rows",
        "`f.csv` has more than 1 rows; divide it, or raise the limit `rows`",
    ),
    "a long cell": (
        f"a;b\nx;2\n{CANARY * 9};2\n",
        {"limits": {"cell_bytes": 20}},
        "cell_too_long",
        "row 2 of `f.csv` or a cell of it is longer than 20 bytes; look for a missing quote, or raise the limits `row_bytes` and `cell_bytes`",
    ),
    "an open quote": (
        f'a;b\nx;2\n"{CANARY};2\n' + f"{CANARY};3\n" * 90_000,
        {"limits": {"row_bytes": 100_000}},
        "cell_too_long",
        "row 2 of `f.csv` or a cell of it is longer than 100000 bytes; look for a missing quote, or raise the limits `row_bytes` and `cell_bytes`",
    ),
    "a large file": (
        f"a;b\n{CANARY};2\n",
        {"limits": {"bytes": 9}},
        "file_too_large",
        "the file `f.csv` is larger than 9 bytes; divide it, or raise the limit `bytes`",
    ),
    "several sheets": (
        sheets(visible_notes=True),
        {},
        "sheet_not_chosen",
        "the workbook `f.csv` has several sheets with content: `Deltagare`, `Noter`, `Tomt`; say which with `sheet`",
    ),
    "no such sheet": (
        sheets(visible_notes=True),
        {"sheet": 9},
        "unknown_sheet",
        "the workbook `f.csv` has no such sheet; there are `Deltagare`, `Noter`, `Tomt`",
    ),
    "an empty sheet": (
        sheets(visible_notes=True),
        {"sheet": "Tomt"},
        "empty_file",
        "the sheet of `f.csv` is empty, expected a header and rows",
    ),
    "half a workbook": (
        broken_workbook(),
        {},
        "unreadable_file",
        "the file `f.csv` cannot be read as an Excel workbook; save it anew as .xlsx",
    ),
    "a large workbook": (
        sheets(visible_notes=True),
        {"limits": {"unpacked_bytes": 1000}},
        "archive_too_large",
        "the workbook `f.csv` unpacks to more than 1000 bytes; save the sheet as CSV (UTF-8), or raise the limit `unpacked_bytes`",
    ),
    "many parts": (
        sheets(visible_notes=True),
        {"limits": {"parts": 3}},
        "archive_too_large",
        "the workbook `f.csv` has more than 3 parts; save it anew from Excel, or raise the limit `parts`",
    ),
    "a password": (
        protected_archive(),
        {},
        "protected_workbook",
        "the workbook `f.csv` is protected by a password; save it without one",
    ),
    "a far column": (
        far_cell("XFD2"),
        {"limits": {"columns": 100}},
        "too_many_columns_in_file",
        "the sheet of `f.csv` has more than 100 columns; look for a stray cell, or raise the limit `columns`",
    ),
    "a far row": (
        far_cell("A1048576"),
        {"limits": {"rows": 100}},
        "too_many_rows",
        "`f.csv` has more than 100 rows; divide it, or raise the limit `rows`",
    ),
    "a wrong word": (
        "a;b\n",
        {"dates": "day-first"},
        "wrong_option",
        "`dates`: found `day-first`, expected one of `day_first`, `month_first`, `year_first`",
    ),
    "a wrong separator": (
        "a;b\n",
        {"separator": ";;"},
        "wrong_option",
        "`separator`: found `;;`, expected one sign of ASCII, such as `;`",
    ),
    "a wrong number": (
        "a;b\n",
        {"sheet": 0},
        "wrong_option",
        "`sheet`: found `0`, expected a number from 1 on",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told(name, refused):
    content, options, code, message = REFUSED[name]
    assert refused(content, "f.csv", **options) == (code, message)


def test_an_archive_that_lies_about_its_size_is_refused(refused):
    code, _ = refused(lying_archive(), "f.xlsx", limits={"unpacked_bytes": 1_000_000})
    assert code in {"archive_too_large", "unreadable_file"}


def test_two_cells_far_apart_take_no_memory_between_them(read):
    reading = read(far_cell("A1048576"), "f.xlsx")
    assert reading.table["Namn"] == [CANARY]
