"""A report as a Word document: real styles, headings, captions and fields, to go on writing in."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from utfall import __version__
from utfall.report._document import Chart, Facts, Paragraph, Table, pieces
from utfall.report._pictures import png
from utfall.report._word_styles import MANY_COLUMNS_SIZE, TABLE_SIZE, add_styles

if TYPE_CHECKING:
    from utfall.report._document import Cell, Report, Section

_LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
_PAGE_WIDTH = Cm(17)
#: Pixels of a picture for a centimetre, of charts drawn at twice their size.
_DOTS = 96 * 2 / 2.54


def laid_out(report: Report) -> bytes:
    """Lay a report out as a Word document."""
    return _Writer(report).written()


class _Writer:
    """Writes a report from top to bottom, and numbers what it writes."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.say = report.words
        self.document = Document()
        self.numbers = {"table": 0, "figure": 0}
        self.bookmarks = {section.anchor: n for n, (_, section) in enumerate(report.sections(), 1)}
        add_styles(self.document, _LANGUAGES[report.language])
        # By name, a style is looked up among all each time.
        self.table_text = self.document.styles["Table text"].style_id
        self.wide_text = self.document.styles["Table text, many columns"].style_id

    def written(self) -> bytes:
        self._properties()
        self._page()
        self._front()
        self._contents()
        for level, section in self.report.sections():
            self._section(level, section)
        last = self.document.add_paragraph(style="Table note")
        last.add_run(self.say["made_by"].format(version=__version__))
        return _without_clock(self.document)

    # ── Around the content ──

    def _properties(self) -> None:
        properties, report = self.document.core_properties, self.report
        day = dt.datetime.combine(dt.date.fromisoformat(report.day), dt.time())
        properties.title = report.title
        properties.subject = report.subtitle
        properties.author = "utfall"
        properties.last_modified_by = "utfall"
        properties.comments = report.banner or ""
        properties.language = _LANGUAGES[report.language]
        properties.created = properties.modified = day

    def _page(self) -> None:
        """Set A4 with the banner above every page, and the number of the page below."""
        (section,) = self.document.sections
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(2.2)
        if self.report.banner:
            header = section.header.paragraphs[0]
            header.style = self.document.styles["Banner"]
            header.add_run(self.report.banner)
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        footer.add_run(f"{self.say['page']} ")
        _field(footer, "PAGE", "1")

    def _front(self) -> None:
        self.document.add_paragraph(self.report.title, style="Title")
        self.document.add_paragraph(self.report.subtitle, style="Subtitle")
        self._facts(self.report.facts)

    def _contents(self) -> None:
        """Write the contents as a field that Word can update, with links that work before it does."""
        self.document.add_paragraph(self.say["contents"], style="TOC Heading")
        entries = [(level, section) for level, section in self.report.sections() if level <= 2]  # noqa: PLR2004 - two levels
        for place, (level, section) in enumerate(entries):
            entry = self.document.add_paragraph(style=f"toc {level}")
            if place == 0:
                _mark(entry, "begin")
                _instruction(entry, 'TOC \\o "1-2" \\h \\z \\u')
                _mark(entry, "separate")
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), self._bookmark(section))
            link.set(qn("w:history"), "1")
            link.append(entry.add_run(section.heading)._r)  # noqa: SLF001 - no other way to a link
            entry._p.append(link)  # noqa: SLF001
            if place == len(entries) - 1:
                _mark(entry, "end")

    def _bookmark(self, section: Section) -> str:
        return f"_Toc{self.bookmarks[section.anchor]:06d}"

    # ── Content ──

    def _section(self, level: int, section: Section) -> None:
        title = self.document.add_heading(section.heading, level)
        name, number = self._bookmark(section), str(self.bookmarks[section.anchor])
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        start.set(qn("w:id"), number)
        start.set(qn("w:name"), name)
        end.set(qn("w:id"), number)
        title._p.insert(1, start)  # noqa: SLF001 - behind the style, before the text
        title._p.append(end)  # noqa: SLF001
        for block in section.blocks:
            if isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Chart):
                self._chart(block)
            elif isinstance(block, Facts):
                self._facts(block)
            else:
                self._paragraph(block)

    def _paragraph(self, block: Paragraph) -> None:
        style = "Warning" if block.is_warning else "Normal"
        _write(self.document.add_paragraph(style=style), block.text)

    def _facts(self, facts: Facts) -> None:
        for name, text in facts.items:
            item = self.document.add_paragraph(style="List Bullet")
            item.add_run(f"{name}: ").bold = True
            _write(item, text)

    def _caption(self, kind: str, text: str) -> None:
        self.numbers[kind] += 1
        caption = self.document.add_paragraph(style="Caption")
        caption.paragraph_format.keep_with_next = kind == "table"
        caption.paragraph_format.space_after = Pt(3 if kind == "table" else 12)
        caption.add_run(f"{self.say[kind]} ")
        _field(caption, f"SEQ {self.say[kind]} \\* ARABIC", str(self.numbers[kind]))
        caption.add_run(f". {text}")

    def _table(self, table: Table) -> None:
        self._caption("table", table.caption)
        shown = self.document.add_table(len(table.rows) + 1, len(table.columns))
        shown.style = self.document.styles["Report table"]
        shown.autofit = True
        described = shown._tbl.tblPr  # noqa: SLF001 - what python-docx has no name for
        for tag in ("w:tblCaption", "w:tblDescription"):
            element = OxmlElement(tag)
            element.set(qn("w:val"), table.caption)
            described.append(element)
        widths = _widths(table)
        for column, width in zip(shown.columns, widths, strict=True):
            column.width = width
        rows = shown._tbl.tr_lst  # noqa: SLF001 - rows of python-docx look at all cells each time
        headings = [column.heading for column in table.columns]
        _row_property(rows[0], "w:tblHeader")
        self._cells(rows[0], headings, table, widths)
        for row, cells in zip(rows[1:], table.rows, strict=True):
            _row_property(row, "w:cantSplit")
            self._cells(row, [cell.text for cell in cells], table, widths, cells)
        for note in table.notes:
            self.document.add_paragraph(note, style="Table note")
        if not table.notes:
            self.document.add_paragraph(style="Table note")

    def _cells(
        self,
        row: Any,  # noqa: ANN401 - an element of python-docx
        texts: list[str],
        table: Table,
        widths: list[Emu],
        cells: tuple[Cell, ...] = (),
    ) -> None:
        for place, (element, text) in enumerate(zip(row.tc_lst, texts, strict=True)):
            element.width = widths[place]
            element.p_lst[0].style = self.wide_text if table.is_wide else self.table_text
            paragraph = WordParagraph(element.p_lst[0], self.document._body)  # noqa: SLF001
            _write(paragraph, text)
            if table.columns[place].is_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if cells and cells[place].tone == "protected":
                for run in paragraph.runs:
                    run.italic = True

    def _chart(self, chart: Chart) -> None:
        picture = png(chart)
        paragraph = self.document.add_paragraph()
        shown = paragraph.add_run().add_picture(io.BytesIO(picture))
        width = min(Cm(int.from_bytes(picture[16:20], "big") / _DOTS), _PAGE_WIDTH)
        shown.height = Emu(int(shown.height * width / shown.width))
        shown.width = Emu(int(width))
        described = shown._inline.docPr  # noqa: SLF001 - the alternative text
        described.set("descr", chart.description)
        described.set("title", chart.caption)
        paragraph.paragraph_format.keep_with_next = True
        self._caption("figure", chart.caption)


# ── Elements that python-docx has no name for ──


def _write(paragraph: WordParagraph, text: str) -> None:
    for part, is_name in pieces(text):
        run = paragraph.add_run(part)
        if is_name:
            run.style = "Code"


def _field(paragraph: WordParagraph, instruction: str, shown: str) -> None:
    """Write a field that Word can update, with what it shows until then."""
    _mark(paragraph, "begin")
    _instruction(paragraph, instruction)
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _mark(paragraph: WordParagraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)  # noqa: SLF001


def _instruction(paragraph: WordParagraph, text: str) -> None:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {text} "
    paragraph.add_run()._r.append(instruction)  # noqa: SLF001


def _row_property(row: Any, tag: str) -> None:  # noqa: ANN401 - an element of python-docx
    row.get_or_add_trPr().append(OxmlElement(tag))


def _widths(table: Table) -> list[Emu]:
    """Share the page among the columns by what they hold; a longest word is never broken if it fits."""
    texts = [
        [column.heading, *(row[place].text for row in table.rows)]
        for place, column in enumerate(table.columns)
    ]
    words = [max(len(word) for text in cells for word in text.split(" ")) for cells in texts]
    lengths = [max(map(len, cells)) for cells in texts]
    # What a column has to have, and what it would like besides.
    least = [min(word, 24) + 2.5 for word in words]
    extra = [
        max(min(length, 60) ** 0.8 + 4 - own, 1.5)
        for length, own in zip(lengths, least, strict=True)
    ]
    character = Cm(0.2) * (MANY_COLUMNS_SIZE / TABLE_SIZE if table.is_wide else 1.0)
    most = _PAGE_WIDTH / character
    share = min(max((most - sum(least)) / sum(extra), 0.0), 1.0)
    scale = min(most / sum(least), 1.0)
    return [
        Emu(int((own * scale + more * share) * character))
        for own, more in zip(least, extra, strict=True)
    ]


def _without_clock(document: Any) -> bytes:  # noqa: ANN401 - a document of python-docx
    """Give the bytes of a document, the same for the same content: no part bears the time of day."""
    with_clock, without = io.BytesIO(), io.BytesIO()
    document.save(with_clock)
    with (
        zipfile.ZipFile(with_clock) as parts,
        zipfile.ZipFile(without, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        for part in parts.infolist():
            same = zipfile.ZipInfo(part.filename, date_time=(1980, 1, 1, 0, 0, 0))
            same.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(same, parts.read(part))
    return without.getvalue()
