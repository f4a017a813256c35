"""Laws of files: a table reads the same in whatever dialect it is written, and no broken file does harm."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nasty_files import sheets, workbook

import utfall as uf

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
    max_examples=200,
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
