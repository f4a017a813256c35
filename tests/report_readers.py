"""Reads reports back, as a person who opens them would: tables, paragraphs, headings, descriptions."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from utfall.report._pictures import _png

DOT = '{"data": {"values": [{}]}, "mark": "point"}'

BLOCKS = {"p", "dt", "dd", "h1", "h2", "h3", "h4", "caption", "figcaption", "th", "td", "li"}


class Page(HTMLParser):
    """An HTML report: its tables as (caption, rows), its headings, and whatever it opens."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.headings, self.opened, self.texts = [], [], [], []
        self._text, self._hidden = None, 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        """Take a tag that opens."""
        attributes = dict(attributes)
        self.opened.append((tag, attributes))
        if tag == "table":
            self.tables.append(["", []])
        elif tag == "tr":
            self.tables[-1][1].append([])
        if tag == "span" and attributes.get("aria-hidden"):
            self._hidden += 1
        if tag in BLOCKS:
            self._text = ""

    def handle_endtag(self, tag):
        """Take a tag that closes."""
        if tag == "span":
            self._hidden = 0
        if tag not in BLOCKS or self._text is None:
            return
        text = self._text.strip(" \n")
        if tag == "caption":
            self.tables[-1][0] = text
        elif tag in {"th", "td"}:
            self.tables[-1][1][-1].append(text)
        elif re.fullmatch(r"h\d", tag):
            self.headings.append((int(tag[1]), text))
        self.texts.append(text)
        self._text = None

    def handle_data(self, data):
        """Take a text."""
        if self._text is not None and not self._hidden:
            self._text += data


def markdown_tables(text):
    """Give the tables of Markdown as (caption, rows), by a reader of Markdown."""
    tables, last = [], ""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "table_open":
            tables.append((last, []))
        elif token.type == "tr_open":
            tables[-1][1].append([])
        elif token.type == "inline":
            said = plain_of(token)
            if before.type in {"th_open", "td_open"}:
                tables[-1][1][-1].append(said)
            else:
                last = said
    return tables


def plain_of(token):
    """Give what a reader sees of a line of Markdown."""
    return "".join(child.content for child in token.children if child.content)


def word_tables(path):
    """Give the tables of a Word document as (caption, rows)."""
    document = docx.Document(str(path))
    tables, last = [], ""
    for element in document.element.body:
        if element.tag == qn("w:p"):
            last = "".join(node.text or "" for node in element.iter(qn("w:t")))
        elif element.tag == qn("w:tbl"):
            rows = [
                ["".join(node.text or "" for node in cell.iter(qn("w:t"))) for cell in row.tc_lst]
                for row in element.tr_lst
            ]
            tables.append((last, rows))
    return tables


def workbook_tables(path, language):
    """Give the tables of a workbook as (caption, rows), its numbers as Excel writes them."""
    tables = []
    for sheet in openpyxl.load_workbook(path).worksheets[2:]:
        for table in sheet.tables.values():
            rows = [[excel_text(cell, language) for cell in row] for row in sheet[table.ref]]
            tables.append((sheet["A2"].value, rows))
    return tables


def excel_text(cell, language):
    """Write a cell as Excel does, in a machine of that language: Excel rounds halves up."""
    if cell.data_type != "n" or cell.value is None:
        return cell.value
    return formatted(cell.value, cell.number_format, language)


def formatted(value, number_format, language):
    """Write a number by a format of Excel, as far as reports use them."""
    positive, negative = number_format.split(";")
    code = positive if value >= 0 else negative
    bare = re.sub(r'"[^"]*"', "", code)
    if not bare:
        return code.strip('"')
    number = Decimal(f"{abs(value) * (100 if '%' in bare else 1):.15g}")
    decimals = len(bare.partition(".")[2].rstrip("%"))
    number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    written = f"{number:,f}" if "#,##0" in bare else f"{number:f}"
    if language == "sv":
        written = written.replace(",", "\u00a0").replace(".", ",")
    return re.sub(r"(#,##)?0(\.0+)?", written, code.replace('"', ""), count=1)


def write_all(release, folder, *, has_pictures=True):
    """Write a release in every format, and give the paths by ending; at will with one picture for all charts."""
    paths = {kind: folder / f"report.{kind}" for kind in ("html", "docx", "xlsx", "md")}
    with pytest.MonkeyPatch.context() as patch:
        if not has_pictures:
            for module in ("_word", "_workbook"):
                patch.setattr(f"utfall.report.{module}.png", lambda _: _png(DOT))
        for kind, path in paths.items():
            getattr(release, f"write_{'markdown' if kind == 'md' else kind}")(path)
    return paths


def tables_of(paths, language):
    """Give the tables of every format as (caption, rows), by ending."""
    return {
        "html": [tuple(table) for table in Page(paths["html"].read_text("utf-8")).tables],
        "md": markdown_tables(paths["md"].read_text("utf-8")),
        "docx": word_tables(paths["docx"]),
        "xlsx": workbook_tables(paths["xlsx"], language),
    }
