"""Files as they are: what is read, what is told of it, and what a project makes of it."""

from __future__ import annotations

import datetime as dt
import io

import compare_readers
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import AS_OF, ROOT, ROWS
from nasty_files import FILES, sheets, workbook

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


def test_a_project_takes_a_reading_in(read):
    reading = read("Sort;Poäng;Antal\na;2,5;17\n")
    assert NUMBERS.evaluate({"r": reading}, AS_OF)["high"].value == 17


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


def test_days_of_a_workbook_are_read_as_a_date_column_says(write):
    def fill(book, sheet):
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row("A1", ["Sort", "Dag"])
        sheet.write_column("A2", ["a"] * 4)
        sheet.write_number("B2", 210503)  # no serial number: it would lie in the year 2476
        sheet.write_number("B3", 20210503)
        sheet.write_number("B4", 44319)
        sheet.write_datetime("B5", dt.datetime.combine(dt.date(2021, 5, 3), dt.time(14)), moment)

    project = uf.Project.from_toml("""
        schema = 1
        name = "Dagar"
        [registers.r]
        unit = "row"
        columns.day = { header = "Dag", type = "date" }
        [indicators.third_of_may]
        kind = "share"
        register = "r"
        having = { day = 2021-05-03 }
    """)
    evaluation = project.evaluate({"r": write(workbook(fill)(), "dagar.xlsx")}, AS_OF)
    assert evaluation["third_of_may"].value == 1
    assert [(row["code"], row["rows"]) for row in evaluation.findings] == [
        ("two_digit_year", [1]),
        ("dates_from_serials", [3]),
        ("times_left_out", [4]),
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
    file = uf.File(path, dates="day_first")
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
    return NUMBERS.evaluate({"r": uf.File(path, **options)}, AS_OF)["high"].value


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
    assert main([*arguments, "--sheet", "r=Data", "--json", "--unprotected"]) == 0
    assert '"value": 3.0' in capsys.readouterr().out


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
