"""Files as they are: every dialect reads as the table it holds, and what may be two things is asked for."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import struct
import zipfile

import compare_readers
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import AS_OF, ROOT, ROWS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nasty_files import FILES, workbook

import utfall as uf
from utfall._command_line import main

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


def found(reading):
    """Give what was found: code, column, count and rows."""
    return [(row["code"], row["column"], row["count"], row["rows"]) for row in reading.findings]


# ── Nasty files ──


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_nasty_file_says_what_it_says(file, write):
    path = write(file.content(), file.name)
    if isinstance(file.says, str):
        with pytest.raises(uf.RegisterError) as caught:
            uf.read(path)
        assert caught.value.code == file.says
    else:
        assert list(uf.read(path).table) == file.says


def test_the_comparison_of_readers_is_true():
    written = (ROOT / "docs" / "reference" / "files.md").read_text(encoding="utf-8")
    assert written == compare_readers.page()
    assert "| **wrong** |" in written  # the comparison can tell


# ── Law: a table reads the same in whatever dialect it is written ──

COLUMNS = ["Namn", "Antal", "Belopp", "Start"]
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"
DATES = {
    "iso": lambda day: day.isoformat(),
    "time": lambda day: f"{day.isoformat()} 00:00:00",
    "digits": lambda day: day.strftime("%Y%m%d"),
    "words": lambda day: f"{day.day} {MONTHS.split()[day.month - 1]} {day.year}",
    "short": lambda day: f"{day.day} {MONTHS.split()[day.month - 1][:3]} -{day:%y}",
    "slashes": lambda day: day.strftime("%d/%m/%Y"),
    "points": lambda day: f"{day.month}.{day.day}.{day.year}",
    "six": lambda day: day.strftime("%y%m%d"),
}
DECLARED = {
    "slashes": {"dates": "day_first"},
    "points": {"dates": "month_first"},
    "six": {"columns": {"Start": "date"}},
}
# A name begins with a letter, so that it is no number, date or error; it may hold what divides fields.
NAMES = st.from_regex(r"\A[A-FÅÄÖ][a-fåäöé;,.\t\n\"' 0-9]{0,8}[a-fö]\Z").filter(
    lambda name: name not in {"Sum", "Total"}
)
TABLES = st.lists(
    st.fixed_dictionaries(
        {
            "Namn": NAMES,
            "Antal": st.none() | st.integers(-99_999, 99_999),
            "Belopp": st.none() | st.integers(-(10**9), 10**9).map(lambda cents: cents / 100),
            "Start": st.none() | st.dates(dt.date(1930, 1, 1), dt.date(2029, 12, 31)),
        }
    ),
    min_size=1,
    max_size=6,
)
DIALECTS = st.fixed_dictionaries(
    {
        "separator": st.sampled_from(";,\t"),
        "newline": st.sampled_from(["\n", "\r\n"]),
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
        "decimal": st.sampled_from(",."),
        "thousands": st.sampled_from(["", " ", "\u00a0", "\u202f"]),
        "dates": st.sampled_from(sorted(DATES)),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        "titles": st.integers(0, 2),
        "sep_line": st.booleans(),
        "empty_columns": st.integers(0, 2),
        "empty_rows": st.integers(0, 2),
        "totals": st.booleans(),
    }
)


def spelled(number, decimals, dialect):
    if number is None:
        return ""
    text = f"{number:,.{decimals}f}"
    return text.translate(str.maketrans({",": dialect["thousands"], ".": dialect["decimal"]}))


def in_dialect(rows, dialect):
    """Write rows in a dialect."""
    content = io.StringIO()
    writer = csv.writer(
        content,
        delimiter=dialect["separator"],
        lineterminator=dialect["newline"],
        quoting=dialect["quoting"],
    )
    empty = [""] * dialect["empty_columns"]
    for title in ["Deltagare", "Projektet Åäö"][: dialect["titles"]]:
        writer.writerow([title, "", "", "", *empty])
    writer.writerow([*COLUMNS, *empty])
    for row in rows:
        start = "" if row["Start"] is None else DATES[dialect["dates"]](row["Start"])
        numbers = [spelled(row["Antal"], 0, dialect), spelled(row["Belopp"], 2, dialect)]
        writer.writerow([row["Namn"], *numbers, start, *empty])
    for _ in range(dialect["empty_rows"]):
        writer.writerow(["", "", "", "", *empty])
    if dialect["totals"]:
        writer.writerow(["Summa", spelled(len(rows), 0, dialect), "", "", *empty])
    first = f"sep={dialect['separator']}{dialect['newline']}" if dialect["sep_line"] else ""
    encoding = dialect["encoding"]
    if encoding == "cp1252" and dialect["thousands"] == "\u202f":
        encoding = "utf-8"
    return (first + content.getvalue()).encode(encoding)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(TABLES, DIALECTS)
def test_a_table_reads_the_same_in_every_dialect(tmp_path, rows, dialect):
    path = tmp_path / "law.csv"
    path.write_bytes(in_dialect(rows, dialect))
    assert list(uf.read(path, **DECLARED.get(dialect["dates"], {})).table) == rows


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    TABLES,
    st.integers(0, 3),
    st.booleans(),
    st.sampled_from(["real", "serial", *sorted(DATES)]),
    st.booleans(),
)
def test_a_table_reads_the_same_from_every_workbook(  # noqa: PLR0917 - what varies
    tmp_path, rows, titles, totals, dates, early
):
    def fill(book, sheet):
        date = book.add_format({"num_format": "d mmm yyyy"})
        for number in range(titles):
            sheet.write(number, 0, "Deltagare")
        sheet.write_row(titles, 0, COLUMNS)
        for number, row in enumerate(rows, start=titles + 1):
            sheet.write_string(number, 0, row["Namn"])
            for column, name in ((1, "Antal"), (2, "Belopp")):
                if row[name] is not None:
                    sheet.write_number(number, column, row[name])
            if row["Start"] is None:
                continue
            if dates in DATES:
                sheet.write_string(number, 3, DATES[dates](row["Start"]))
            elif dates == "real":
                sheet.write_datetime(number, 3, row["Start"], date)
            else:
                epoch = dt.date(1904, 1, 1) if early else dt.date(1899, 12, 30)
                sheet.write_number(number, 3, (row["Start"] - epoch).days)
        if totals:
            sheet.write_row(titles + len(rows) + 1, 0, ["Totalt", len(rows)])

    path = tmp_path / "law.xlsx"
    path.write_bytes(workbook(fill, date_1904=early)())
    declared = {"columns": {"Start": "date"}} if dates == "serial" else DECLARED.get(dates, {})
    assert list(uf.read(path, **declared).table) == rows


# ── What is told ──


def test_what_was_detected_and_assumed_is_told(read):
    text = (
        "sep=;\r\nDeltagare 2021;;;;\r\nNamn;Poäng;Belopp;Start;\r\n"
        "Åsa;12,5;1 234,5;3 maj -21;\r\n;;;;\r\nBo;#SAKNAS!;7;2021-05-04 14:30;\r\n"
        "Totalt;12,5;1 241,5;;\r\n"
    )
    reading = read(text.encode("cp1252"))
    assert found(reading) == [
        ("separator_detected", None, 1, []),
        ("encoding_detected", None, 1, []),
        ("title_rows_skipped", None, 1, []),
        ("empty_columns_left_out", None, 1, []),
        ("empty_rows_left_out", None, 1, [2]),
        ("totals_row_left_out", None, 1, [4]),
        ("decimal_comma", "Poäng", 1, [1]),
        ("decimal_comma", "Belopp", 1, [1]),
        ("thousands_divided", "Belopp", 1, [1]),
        ("dates_respelled", "Start", 1, [1]),
        ("two_digit_year", "Start", 1, [1]),
        ("times_left_out", "Start", 1, [2]),
        ("failed_formulas", "Poäng", 1, [2]),
    ]
    assert reading.findings_in("sv")["sentence"] == [
        "Fälten i filen skiljs åt av semikolon.",
        "Filens teckenkodning är Windows-1252.",
        "En rad ovanför rubrikraden är inte läst.",
        "1 tom kolumn utan rubrik är utelämnad.",
        "Tomma rader är utelämnade: rad 2.",
        "En summarad längst ned är utelämnad, eftersom den inte är någon enhet: rad 4.",
        "Kolumnen `Poäng` har decimalkomma på rad 1.",
        "Kolumnen `Belopp` har decimalkomma på rad 1.",
        "Kolumnen `Belopp` har tal med avskilda tusental på rad 1.",
        "Kolumnen `Start` har datum som är skrivna på annat sätt än 2022-06-30 på rad 1.",
        "Kolumnen `Start` har datum utan sekel på rad 1; årtal under 30 läses som 2000-tal, andra som 1900-tal.",
        "Kolumnen `Start` har klockslag på rad 2; bara dagen är läst.",
        "Kolumnen `Poäng` har ett formelfel på rad 2; det läses som tomt. Rätta formeln.",
    ]
    assert {row["family"] for row in reading.findings} == {"reading"}


def test_headers_that_are_missing_or_repeated_are_made_up_and_told(read):
    reading = read("Namn;Not;;Not;d;e\nA;x;1;y;2;3\n", header=1)
    assert reading.table.column_names == ["Namn", "Not", "column 3", "Not (2)", "d", "e"]
    assert [row[:2] for row in found(reading)[1:]] == [
        ("unnamed_column", "column 3"),
        ("repeated_header_numbered", "Not (2)"),
    ]


def test_a_column_that_is_nearly_one_of_numbers_is_told(read):
    reading = read("Namn;Ålder\nA;17\nB;18\nC;okänd\n")
    assert reading.table["Ålder"] == ["17", "18", "okänd"]
    assert found(reading)[-1] == ("mixed_column", "Ålder", 1, [3])


def test_totals_among_the_rows_are_kept_and_told(read):
    text = "Kön;År;Antal\nKvinnor;x;1\nTotalt;x;3\nKvinnor;y;2\nTotalt;y;5\n"
    reading = read(text)
    assert (len(reading.table), found(reading)[-1]) == (
        4,
        ("totals_rows_kept", None, 2, [2, 4]),
    )
    at_the_foot = "Kön;Antal\nKvinnor;1\nTotalt;3\n"
    assert len(read(at_the_foot).table) == 1
    assert len(read(at_the_foot, totals="keep").table) == 2


def test_serial_numbers_are_told_with_their_system(read):
    def fill(book, sheet):
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row("A1", ["Namn", "Start"])
        sheet.write_row("A2", ["A", 39448])  # 2008-01-01, as Excel's documentation says
        sheet.write("A3", "B")
        sheet.write_datetime("B3", dt.date(2021, 5, 3), date)

    reading = read(workbook(fill)(), "a.xlsx")
    assert reading.table["Start"] == [dt.date(2008, 1, 1), dt.date(2021, 5, 3)]
    (row,) = reading.findings
    assert (row["code"], row["rows"], row["facts"]) == (
        "dates_from_serials",
        [1],
        '{"system":"1900"}',
    )


def sheets(visible_notes):
    def fill(book, sheet):
        sheet.write_row("A1", ["Namn", "Ålder"])
        sheet.write_row("A2", ["A", 17])
        notes = book.add_worksheet("Noter")
        notes.write("A1", "Not")
        notes.write("A2", "x")
        if not visible_notes:
            notes.hide()
        book.add_worksheet("Tomt")

    return workbook(fill)()


def test_the_sheet_is_chosen_by_name_or_number(read):
    for sheet in ("Deltagare", 1):
        assert read(sheets(visible_notes=True), "a.xlsx", sheet=sheet).table["Ålder"] == [17]
    assert read(sheets(visible_notes=True), "a.xlsx", sheet="Noter").table["Not"] == ["x"]


def test_the_only_visible_sheet_with_content_is_read_and_told(read):
    reading = read(sheets(visible_notes=False), "a.xlsx")
    assert reading.table["Namn"] == ["A"]
    (row,) = reading.findings_in("sv")
    assert row["sentence"] == "Bladet `Deltagare` är läst; arbetsboken har 3 blad."


def test_true_and_false_of_a_workbook_are_flags(read):
    def fill(_, sheet):
        sheet.write_row("A1", ["Namn", "Aktiv"])
        sheet.write_row("A2", ["A", True])
        sheet.write_row("A3", ["B", False])

    assert read(workbook(fill)(), "a.xlsx").table["Aktiv"] == [True, False]
    declared = read("Namn;Aktiv\nA;SANT\nB;nej\n", columns={"Aktiv": "flag"})
    assert declared.table["Aktiv"] == [True, False]


def test_what_a_caller_declares_goes_before_what_is_detected(read):
    assert read("a;b\nx;1,234\n", decimal=",").table["b"] == [1.234]
    assert read("a;b\nx;1,234\n", decimal=".").table["b"] == [1234]
    assert read("a;b\nx;0480\ny;17\n").table["b"] == ["0480", "17"]
    assert read("a;b\nx;0480\ny;17\n", columns={"b": "number"}).table["b"] == [480, 17]
    assert read("a;b\nx;17\n", columns={"b": "text"}).table["b"] == ["17"]
    assert read("a;b\nx;210503\n", columns={"b": "number"}).table["b"] == [210503]
    assert read("a;b,c\n1;2,3\n", separator=";").table.column_names == ["a", "b,c"]
    assert read("1;2\n3;4\n", header=1).table["1"] == [3]
    mac = "Namn;Ålder\nÅsa;17\n".encode("mac_roman")
    assert read(mac, encoding="macintosh").table["Namn"] == ["Åsa"]
    assert read("a;b\nx;21-05-03\n", dates="year_first").table["b"] == [dt.date(2021, 5, 3)]


# ── For people, and for data frames ──


def test_a_reading_shows_columns_and_assumptions_and_no_value(read):
    reading = read(f"Namn;Poäng\n{CANARY};12,5\nTotalt;12,5\n")
    assert repr(reading) == (
        "deltagare.csv: 1 row, 2 columns\n\n"
        "Column  Holds\n──────  ──────\nNamn    text\nPoäng   number\n\n"
        "· The fields of the file are divided by semicolons.\n"
        "! A totals row at the foot was left out, since it is no unit: row 2.\n"
        "· Column `Poäng` has a decimal comma in row 1."
    )
    page = reading._repr_html_()
    assert "<td>Poäng</td>" in page
    assert CANARY not in repr(reading) + page


def test_data_frames_take_a_reading_in(read):
    reading = read("Namn;Tom;Start\nÅsa;;3 maj 2021\n")
    expected = {"Namn": "Åsa", "Tom": None, "Start": dt.date(2021, 5, 3)}
    assert pl.DataFrame(reading).to_dicts() == [expected]
    assert pa.table(reading).to_pylist() == [expected]
    assert pd.DataFrame.from_arrow(reading).shape == (1, 3)
    assert list(reading.table) == [expected]


# ── With a project, declared types decide ──


def project_rows():
    def fill(book, sheet):
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.merge_range("A1:F1", "Deltagare i projektet")
        sheet.write_row("A3", list(ROWS))
        for number in range(7):
            for column, cells in enumerate(ROWS.values()):
                cell = cells[number]
                if isinstance(cell, dt.date) and cell.year > 1970:
                    sheet.write_datetime(number + 3, column, cell, date)
                elif isinstance(cell, dt.date):
                    sheet.write_number(number + 3, column, 25568)  # the day before 1970
                elif cell is not None:
                    sheet.write(number + 3, column, cell)
        sheet.write_row("A11", ["Summa", None, None, None, 84])

    return workbook(fill)()


def test_a_workbook_evaluates_as_the_table(project, evaluation, write):
    path = write(project_rows(), "deltagare.xlsx")
    found = project.evaluate({"participants": path}, AS_OF)
    assert list(found.figures) == list(evaluation.figures)
    assert [(row["code"], row["column"], row["rows"]) for row in found.findings] == [
        ("totals_row_left_out", None, [8]),
        ("dates_from_serials", "completed", [3]),
    ]


def test_a_file_is_handed_over_with_what_is_declared_of_it(project, evaluation, write):
    columns = ["Deltagare;Kön;Steg;Fullföljd;Månader;Aktiv"]
    for cells in zip(*ROWS.values(), strict=True):
        written = [
            cell.strftime("%d/%m/%Y") if isinstance(cell, dt.date) else str(cell) for cell in cells
        ]
        columns.append(";".join(written).replace("None", ""))
    path = write("\n".join(columns))
    with pytest.raises(uf.RegisterError) as caught:
        project.evaluate({"participants": path}, AS_OF)
    assert (caught.value.code, str(caught.value)) == (
        "date_order_not_declared",
        (
            "register `participants`: column `Fullföljd`: the order of day, month and year is not "
            "known in rows 1, 2, 3 and 3 more; say it with `dates`, as `day_first`"
        ),
    )
    file = uf.File(path=path, dates="day_first")
    assert list(project.evaluate({"participants": file}, AS_OF).figures) == list(evaluation.figures)


NUMBERS = uf.Project.from_toml("""
schema = 1
name = "Tal"
language = "en"
[registers.r]
unit = "row"
weight = "Antal"
columns.score = { header = "Poäng", type = "number" }
columns.sort = { header = "Sort", type = "level", levels = ["a", "Totalt"] }
[indicators.high]
kind = "count"
register = "r"
of = { score = { at_least = 2 } }
""")


def counted(path, **options):
    return NUMBERS.evaluate({"r": uf.File(path=path, **options)}, AS_OF)["high"].value


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (["1,234", "2,5"], 1),  # 1.234 and 2.5
        (["1,234", "1,234,567"], 2),  # thousands
        (["1,234", "1.5"], 1),  # thousands
        (["1.234", "2.5"], 1),  # as programs write
        (["1.234", "2,5"], 2),  # thousands and a decimal comma
        (["1 234,5", "0,5"], 1),
    ],
)
def test_the_column_tells_the_decimal_sign(scores, expected, write):
    lines = [f'a;"{score}";1' for score in scores]
    assert counted(write("\n".join(["Sort;Poäng;Antal", *lines]))) == expected


def test_the_sign_may_stand_beyond_the_first_piece_of_a_long_file(write):
    lines = ["a;1,234;1", *["a;1;1"] * 70_000]
    path = write("\n".join(["Sort;Poäng;Antal", *lines, "a;2,5;1"]))
    assert counted(path) == 1
    path = write("\n".join(["Sort;Poäng;Antal", *lines]))
    with pytest.raises(uf.RegisterError) as caught:
        counted(path)
    assert caught.value.code == "ambiguous_decimal_sign"
    assert counted(path, decimal=".") == 1
    point = ["Sort;Poäng;Antal", "a;1.234;1", *["a;1;1"] * 70_000, "a;2,5;1"]
    with pytest.raises(uf.RegisterError) as caught:
        counted(write("\n".join(point)))
    assert caught.value.code == "mixed_decimal_signs"


def test_weights_have_thousands_and_a_declared_level_is_no_totals_row(write):
    text = "Sort;Poäng;Antal\na;5;1 000\nTotalt;7;17\n"
    assert counted(write(text)) == 1017


def test_the_command_line_takes_a_workbook_and_a_sheet(tmp_path, capsys):
    def fill(book, sheet):
        sheet.write("A1", "Läs nästa blad.")
        data = book.add_worksheet("Data")
        data.write_row("A1", ["Sort", "Poäng", "Antal"])
        data.write_row("A2", ["a", "2,5", 3])

    (tmp_path / "project.toml").write_text(NUMBERS.to_toml(), encoding="utf-8")
    path = tmp_path / "rader.xlsx"
    path.write_bytes(workbook(fill)())
    arguments = ["evaluate", str(tmp_path / "project.toml"), f"r={path}", "--as-of", AS_OF]
    assert main(arguments) == 2
    assert capsys.readouterr().err == (
        "register `r`: the workbook `rader.xlsx` has several sheets with content: `Deltagare`, "
        "`Data`; say which with `sheet` [sheet_not_chosen]\n"
    )
    assert main([*arguments, "--sheet", "r=Data", "--json"]) == 0
    assert '"value": 3.0' in capsys.readouterr().out


# ── What is refused: every code with its whole message, and no value ──


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
        "column `b` may hold days like 210503 or whole numbers; say which with `columns`, as `b`: `date` or `number`",
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


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=8), st.booleans())
def test_no_broken_file_is_more_than_an_error(tmp_path, place, damage, is_workbook):
    whole = sheets(visible_notes=False) if is_workbook else "a;b\nx;1,5\n".encode("utf-16") * 9
    place %= len(whole)
    path = tmp_path / "damaged"
    path.write_bytes(whole[:place] + damage + whole[place + len(damage) :])
    with contextlib.suppress(uf.RegisterError):
        assert len(uf.read(path).table.column_names) > 0


def test_no_message_holds_a_value(write):
    book = openpyxl.Workbook()
    book.active.append(["Namn", "Poäng", "Start"])
    for row in range(30):
        book.active.append([f"{CANARY}{row}", f"{row},5", "3 maj -21"])
    content = io.BytesIO()
    book.save(content)
    reading = uf.read(write(content.getvalue(), "a.xlsx"))
    told = [repr(reading), reading._repr_html_()]
    told += [str(list(reading.findings_in(language))) for language in ("sv", "en")]
    assert CANARY not in "".join(told)
    assert len(reading.findings) >= 3
