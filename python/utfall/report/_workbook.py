"""A report as an Excel workbook: the contents, the text, and a sheet for each table and chart."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import xlsxwriter

from utfall.report._document import Chart, Facts, Paragraph, Table, without_marks
from utfall.report._pictures import png
from utfall.report._workbook_cells import Formats, as_shown, height, unique, widths_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utfall.report._document import Column, Report

#: Excel takes no longer text in a cell.
_MOST = 32_000
#: Where tables begin: below the banner, the caption and the way back.
_TOP = 3
#: Pictures are twice the size of their chart, at 72 dots to the inch; Excel counts 96.
_HALF = 0.5 * 72 / 96


def laid_out(report: Report) -> bytes:
    """Lay a report out as a workbook."""
    written = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(written, options) as workbook:
        _Writer(report, workbook).write()
    return written.getvalue()


class _Writer:
    """Writes a report sheet by sheet."""

    def __init__(self, report: Report, workbook: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self.report, self.workbook, self.say = report, workbook, report.words
        self.formats = Formats(workbook, report.language)
        day = dt.datetime.combine(dt.date.fromisoformat(report.day), dt.time())
        workbook.set_properties(
            {
                "title": report.title,
                "subject": report.subtitle,
                "author": "utfall",
                "comments": report.banner or "",
                "created": day,
            }
        )

    def write(self) -> None:
        """Write all sheets: the contents first, since they are what opens."""
        contents = self._sheet(self.say["contents"])
        self._text(self._sheet(self.say["text"]))
        entries = [(self.say["text"], self.report.title, self.report.subtitle)]
        numbers = {Table: 0, Chart: 0}
        for chapter, block in self._blocks():
            numbers[type(block)] += 1
            word = self.say["table" if isinstance(block, Table) else "figure"]
            name = f"{word} {numbers[type(block)]}"
            sheet = self._sheet(name)
            self._top(sheet, f"{name}. {block.caption}")
            if isinstance(block, Table):
                self._table(sheet, name, block)
            else:
                self._chart(sheet, block)
            entries.append((name, chapter, block.caption))
        self._contents(contents, entries)

    def _blocks(self) -> Iterator[tuple[str, Table | Chart]]:
        for chapter in self.report.chapters:
            for _, section in chapter.walk():
                for block in section.blocks:
                    if isinstance(block, (Table, Chart)):
                        yield chapter.heading, block

    def _sheet(self, name: str) -> Any:  # noqa: ANN401
        """Add a sheet that prints on pages of its own, with the banner above and the page below."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        banner = (self.report.banner or "").replace("&", "&&")[:200]
        sheet.set_header(f"&L&B{banner}" if banner else "")
        sheet.set_footer(f"&L&A&R{self.say['page']} &P")
        return sheet

    def _string(self, sheet: Any, row: int, column: int, text: str, **looks: bool) -> None:  # noqa: ANN401
        text = without_marks(text)[:_MOST]
        sheet.write_string(row, column, text, self.formats.text(text, **looks))

    def _wrapped(self, sheet: Any, row: int, texts: Sequence[str], widths: Sequence[float]) -> None:  # noqa: ANN401
        """Write texts that are wrapped, and make the row as high as the longest needs."""
        for column, text in enumerate(texts):
            self._string(sheet, row, column, text, is_wrapped=True)
        sheet.set_row(row, height(texts, widths))

    def _top(self, sheet: Any, title: str, *, is_first: bool = False) -> None:  # noqa: ANN401
        """Write banner and title, and the way back to the contents."""
        if self.report.banner:
            self._string(sheet, 0, 0, self.report.banner, is_banner=True)
        self._string(sheet, 1, 0, title, is_title=True)
        if is_first:
            return
        back = f"internal:'{self.say['contents']}'!A1"
        sheet.write_url(2, 0, back, self.formats.link(), self.say["contents"])

    # ── Sheets ──

    def _contents(self, sheet: Any, entries: Sequence[tuple[str, str, str]]) -> None:  # noqa: ANN401
        self._top(sheet, f"{self.report.title} – {self.report.subtitle}", is_first=True)
        widths = (16, 40, 90)
        row = 2
        for name, told in self.report.facts.items:
            self._string(sheet, row, 0, f"{name}: {told}")
            row += 1
        row += 1
        headings = [self.say[word] for word in ("sheet", "chapter", "content")]
        last = row + len(entries)
        self._frame(sheet, row, last, headings, self.say["contents"])
        for place, (name, chapter, caption) in enumerate(entries, row + 1):
            self._wrapped(sheet, place, ["", chapter, caption], widths)
            sheet.write_url(place, 0, f"internal:'{name}'!A1", self.formats.link(), name)
        self._set_widths(sheet, widths)

    def _text(self, sheet: Any) -> None:  # noqa: ANN401
        """Write all sentences, with chapter and heading, in order."""
        rows = []
        for chapter in self.report.chapters:
            for _, section in chapter.walk():
                for block in section.blocks:
                    if isinstance(block, Paragraph):
                        rows.append((chapter.heading, section.heading, block.text))
                    elif isinstance(block, Facts):
                        told = (f"{name}: {text}" for name, text in block.items)
                        rows += [(chapter.heading, section.heading, text) for text in told]
        self._top(sheet, f"{self.report.title} – {self.say['text']}")
        headings = [self.say[word] for word in ("chapter", "heading", "text")]
        widths = (30, 44, 90)
        self._frame(sheet, _TOP, _TOP + len(rows), headings, self.say["text"])
        for place, texts in enumerate(rows, _TOP + 1):
            self._wrapped(sheet, place, texts, widths)
        self._set_widths(sheet, widths)
        sheet.freeze_panes(_TOP + 1, 0)
        sheet.repeat_rows(_TOP)

    def _table(self, sheet: Any, name: str, table: Table) -> None:  # noqa: ANN401
        last = _TOP + len(table.rows)
        headings = [column.heading for column in table.columns]
        self._frame(sheet, _TOP, last, headings, name, columns=table.columns)
        widths = widths_of(table)
        self._set_widths(sheet, widths)
        sheet.set_row(_TOP, height(headings, widths))
        for place, row in enumerate(table.rows, _TOP + 1):
            sheet.set_row(place, height([cell.text for cell in row], widths))
            for column, cell in enumerate(row):
                is_number = table.columns[column].is_number
                if cell.value is None:
                    looks = {"is_right": is_number, "is_wrapped": not is_number}
                    looks["is_protected"] = cell.tone == "protected"
                    self._string(sheet, place, column, cell.text, **looks)
                else:
                    shown = as_shown(cell)
                    sheet.write_number(place, column, shown, self.formats.number(cell))
        for place, note in enumerate(table.notes, last + 2):
            self._string(sheet, place, 0, note)
        sheet.freeze_panes(_TOP + 1, min(table.row_headings, 2))
        sheet.repeat_rows(_TOP)

    def _set_widths(self, sheet: Any, widths: Sequence[float]) -> None:  # noqa: ANN401
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)

    def _frame(
        self,
        sheet: Any,  # noqa: ANN401
        first: int,
        last: int,
        headings: Sequence[str],
        name: str,
        *,
        columns: Sequence[Column] = (),
    ) -> None:
        """Make a table of Excel, whose header row a screen reader reads with each cell."""
        names = unique(headings)
        options = {
            "name": "".join(letter if letter.isalnum() else "_" for letter in name),
            "style": "Table Style Light 1",
            "columns": [{"header": heading} for heading in names],
            "description": name,
        }
        sheet.add_table(first, 0, max(last, first + 1), len(names) - 1, options)
        for column, heading in enumerate(names):
            is_right = bool(columns) and columns[column].is_number
            looks = self.formats.text(heading, is_heading=True, is_right=is_right)
            sheet.write_string(first, column, heading, looks)

    def _chart(self, sheet: Any, chart: Chart) -> None:  # noqa: ANN401
        """Write a chart as a picture, and what it shows in words above it."""
        sheet.fit_to_pages(1, 1)
        widths = (110,)
        self._wrapped(sheet, _TOP, [chart.description], widths)
        self._set_widths(sheet, widths)
        picture = png(chart)
        options = {
            "image_data": io.BytesIO(picture),
            "description": chart.description,
            "x_scale": _HALF,
            "y_scale": _HALF,
            "object_position": 2,
        }
        sheet.insert_image(_TOP + 2, 0, f"{sheet.get_name()}.png", options)
