"""Twenty-six files as they lie on Swedish desks, each with what it says.

The contents are made up. What each file says was written down by hand, not read by a program; files that can be
read in two ways say the code of the error that asks for a declaration.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import openpyxl
import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable

HEADER = ["Namn", "Poäng", "Belopp", "Start"]

ROWS: list[dict[str, Any]] = [
    {"Namn": "Åsa", "Poäng": 12.5, "Belopp": 1234.5, "Start": dt.date(2021, 5, 3)},
    {"Namn": "Örjan", "Poäng": 9, "Belopp": 20000, "Start": dt.date(2021, 11, 30)},
    {"Namn": "Märta", "Poäng": None, "Belopp": 7.25, "Start": dt.date(2022, 1, 10)},
]

LINES = [
    "Namn;Poäng;Belopp;Start",
    "Åsa;12,5;1234,5;2021-05-03",
    "Örjan;9;20000;2021-11-30",
    "Märta;;7,25;2022-01-10",
]
TEXT = "\n".join([*LINES, ""])

POINTS = """\
Namn,Poäng,Belopp,Start
Åsa,12.5,1234.5,2021-05-03
Örjan,9,20000,2021-11-30
Märta,,7.25,2022-01-10
"""


@dataclass(frozen=True)
class NastyFile:
    """A file, and what it says: rows, or the code of the error that asks."""

    name: str
    about: str
    content: Callable[[], bytes]
    says: list[dict[str, Any]] | str
    separator: str = ";"
    decimal: str = ","


def text(content: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    """Give what makes a text file."""
    return lambda: content.encode(encoding)


def workbook(fill: Callable[[Any, Any], None], **options: Any) -> Callable[[], bytes]:
    """Give what makes a workbook with XlsxWriter; the function is handed the book and its first sheet."""

    def made() -> bytes:
        content = io.BytesIO()
        book = xlsxwriter.Workbook(content, {"in_memory": True, **options})
        fill(book, book.add_worksheet("Deltagare"))
        book.close()
        return content.getvalue()

    return made


def table(book: Any, sheet: Any, first: int = 0) -> None:
    """Write the rows with real dates below a header in this row."""
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(first, 0, HEADER)
    for number, row in enumerate(ROWS, start=first + 1):
        sheet.write(number, 0, row["Namn"])
        for column, name in ((1, "Poäng"), (2, "Belopp")):
            if row[name] is not None:
                sheet.write_number(number, column, row[name])
        sheet.write_datetime(number, 3, row["Start"], date)


def midnight(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime.combine(dt.date(year, month, day), dt.time())


def titled(book: Any, sheet: Any) -> None:
    sheet.merge_range("A1:D1", "Deltagare i projektet")
    sheet.write("A2", "Utskriven")
    sheet.write("B2", "2022-07-01")
    table(book, sheet, first=3)


def two_sheets(book: Any, sheet: Any) -> None:
    sheet.write("A1", "Denna fil gäller deltagare. Se nästa blad.")
    table(book, book.add_worksheet("Data"))


def merged_headers(book: Any, sheet: Any) -> None:
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.merge_range("A1:A2", "Namn")
    sheet.merge_range("B1:C1", "3 mån")
    sheet.merge_range("D1:E1", "12 mån")
    sheet.write_row("B2", ["Status", "Datum", "Status", "Datum"])
    sheet.write_row("A3", ["Åsa", "arbete"])
    sheet.write_datetime("C3", midnight(2021, 8, 3), date)
    sheet.write("D3", "studier")
    sheet.write_datetime("E3", midnight(2022, 5, 3), date)


def with_totals(book: Any, sheet: Any) -> None:
    table(book, sheet)
    sheet.write_row("A5", ["Summa", 21.5, 21241.75])
    sheet.write("A7", "Källa: projektets egna uppgifter")


def mixed_dates(book: Any, sheet: Any) -> None:
    table(book, sheet)
    sheet.write("D2", "3 maj 2021")
    sheet.write_number("D3", 44530)  # 2021-11-30, its format lost


def sheets(*, visible_notes: bool) -> bytes:
    """Make a workbook of three sheets: participants, notes that may be hidden, nothing."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["Namn", "Ålder"])
        sheet.write_row("A2", ["A", 17])
        notes = book.add_worksheet("Noter")
        notes.write("A1", "Not")
        notes.write("A2", "x")
        if not visible_notes:
            notes.hide()
        book.add_worksheet("Tomt")

    return workbook(fill)()


def failed_formulas(book: Any, sheet: Any) -> None:
    table(book, sheet)
    sheet.write("B2", "12,5")
    sheet.write_formula("B4", "=NA()", None, "#N/A")


def from_1904() -> bytes:
    """Make a workbook that counts days from 1904, as Excel for Macintosh did."""
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(HEADER)
    for row in ROWS:
        sheet.append(list(row.values()))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def replaced(*pairs: tuple[str, str]) -> str:
    content = TEXT
    for old, new in pairs:
        assert old in content
        content = content.replace(old, new)
    return content


NOTED = [
    {**ROWS[0], "Not": "ringer; ibland\nper brev"},
    {**ROWS[1], "Not": 'säger "ja"'},
    {**ROWS[2], "Not": None},
]

FILES = [
    NastyFile("plain.csv", "commas, decimal points, UTF-8", text(POINTS), ROWS, ",", "."),
    NastyFile("semicolons.csv", "semicolons, decimal commas", text(TEXT), ROWS),
    NastyFile("windows_1252.csv", "the same in Windows-1252", text(TEXT, "cp1252"), ROWS),
    NastyFile("mark.csv", "the same with a byte order mark", text("\ufeff" + TEXT), ROWS),
    NastyFile(
        "unicode_text.csv",
        "Excel's *Unicode text*: tabs, UTF-16",
        text(TEXT.replace(";", "\t").replace("\n", "\r\n"), "utf-16"),
        ROWS,
        "\t",
    ),
    NastyFile(
        "sep_line.csv",
        "Excel's line `sep=;` first, CRLF",
        text("sep=;\r\n" + TEXT.replace("\n", "\r\n")),
        ROWS,
    ),
    NastyFile(
        "thousands.csv",
        "no-break spaces between thousands",
        text(replaced(("1234,5", "1\u00a0234,5"), ("20000", "20\u00a0000"))),
        ROWS,
    ),
    NastyFile(
        "titles.csv",
        "a title and an empty row above the header",
        text(f"Deltagare i projektet;;;\n;;;\n{TEXT}"),
        ROWS,
    ),
    NastyFile(
        "ragged_end.csv",
        "empty columns to the right, empty rows below",
        text(TEXT.replace("\n", ";;\n") + ";;;;;\n;;;;;\n"),
        ROWS,
    ),
    NastyFile(
        "totals.csv", "a totals row at the foot", text(f"{TEXT}Summa;21,5;21241,75;\n"), ROWS
    ),
    NastyFile(
        "newlines.csv",
        "quoted fields with newlines, quotes and separators",
        text(
            "\r\n".join(
                [
                    f"{LINES[0]};Not",
                    f'{LINES[1]};"ringer; ibland\nper brev"',
                    f'{LINES[2]};"säger ""ja"""',
                    f"{LINES[3]};",
                    "",
                ]
            )
        ),
        NOTED,
    ),
    NastyFile(
        "month_names.csv",
        "dates like `3 maj 2021`",
        text(
            replaced(
                ("2021-05-03", "3 maj 2021"),
                ("2021-11-30", "30 november 2021"),
                ("2022-01-10", "10 jan 2022"),
            )
        ),
        ROWS,
    ),
    NastyFile(
        "eight_digits.csv",
        "dates like `20210503`",
        text(TEXT.replace("-05-", "05").replace("-11-", "11").replace("-01-", "01")),
        ROWS,
    ),
    NastyFile(
        "codes.csv",
        "codes with leading zeros: municipalities",
        text(TEXT.replace("\n", ";0480\n").replace("0480", "Kommun", 1)),
        [{**row, "Kommun": "0480"} for row in ROWS],
    ),
    NastyFile(
        "failed_formulas.csv",
        "a failed formula, `#SAKNAS!`",
        text(TEXT.replace("Märta;", "Märta;#SAKNAS!")),
        ROWS,
    ),
    NastyFile("titles.xlsx", "a merged title, a second row with a date", workbook(titled), ROWS),
    NastyFile("totals.xlsx", "a totals row and a source note", workbook(with_totals), ROWS),
    NastyFile(
        "merged_headers.xlsx",
        "headers in two rows with merged cells",
        workbook(merged_headers),
        [
            {
                "Namn": "Åsa",
                "3 mån Status": "arbete",
                "3 mån Datum": dt.date(2021, 8, 3),
                "12 mån Status": "studier",
                "12 mån Datum": dt.date(2022, 5, 3),
            }
        ],
    ),
    NastyFile("from_1904.xlsx", "days counted from 1904", from_1904, ROWS),
    NastyFile(
        "mixed_dates.xlsx",
        "a date as text, one as a number, one as a date",
        workbook(mixed_dates),
        ROWS,
    ),
    NastyFile(
        "failed_formulas.xlsx",
        "`#N/A`, and a number as the text `12,5`",
        workbook(failed_formulas),
        ROWS,
    ),
    NastyFile(
        "two_sheets.xlsx", "two sheets with content", workbook(two_sheets), "sheet_not_chosen"
    ),
    NastyFile(
        "one_comma.csv",
        "`1,234` alone: decimals or thousands?",
        text("Namn;Belopp\nÅsa;1,234\nÖrjan;20\n"),
        "ambiguous_decimal_sign",
    ),
    NastyFile(
        "slashes.csv",
        "`03/05/2021`: May or March?",
        text("Namn;Start\nÅsa;03/05/2021\nÖrjan;04/05/2021\n"),
        "date_order_not_declared",
    ),
    NastyFile(
        "six_digits.csv",
        "`210503`: a day or a number?",
        text("Namn;Start\nÅsa;210503\nÖrjan;210504\n"),
        "ambiguous_dates",
    ),
    NastyFile(
        "two_separators.csv",
        "commas and semicolons alike",
        text("Namn;Ort, län\nÅsa;Arvika, S\nÖrjan;Malå, AC\n"),
        "ambiguous_separator",
    ),
]
