"""The styles of a Word report, so that an evaluator changes all of a kind at once."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

_INK, _SOFT, _RED = (
    RGBColor(0x1A, 0x1A, 0x1A),
    RGBColor(0x55, 0x55, 0x55),
    RGBColor(0x7A, 0x17, 0x12),
)
_FONT = "Calibri"
#: Points of the letters in tables.
TABLE_SIZE, MANY_COLUMNS_SIZE = 8.5, 7.5
_HEADINGS = {"Heading 1": 17, "Heading 2": 14, "Heading 3": 12, "Heading 4": 11, "TOC Heading": 14}

_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="Report table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="999999"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="BBBBBB"/>
    </w:tblBorders>
    <w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="40" w:type="dxa"/>
      <w:bottom w:w="30" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="12" w:space="0" w:color="1A1A1A"/></w:tcBorders>
      <w:vAlign w:val="bottom"/></w:tcPr>
  </w:tblStylePr>
</w:style>
"""


def add_styles(document: Any, language: str) -> None:  # noqa: ANN401 - a document of python-docx
    """Add what the template lacks, and set fonts, sizes, colours and the language of all text."""
    styles = document.styles
    _speak(styles.element, language)
    _set(styles["Normal"], size=10.5)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in _HEADINGS.items():
        _set(styles[name], size=size, color=_INK, bold=True)
        styles[name].paragraph_format.space_before = Pt(size)
        styles[name].paragraph_format.space_after = Pt(4)
        styles[name].paragraph_format.keep_with_next = True
    _set(styles["Title"], size=24, color=_INK, bold=True)
    _set(styles["Subtitle"], size=14, color=_SOFT, italic=False)
    _set(styles["Caption"], size=9.5, color=_INK, bold=True)
    styles["Caption"].paragraph_format.space_before = Pt(8)
    _set(styles["List Bullet"], size=10.5)
    styles["List Bullet"].paragraph_format.space_after = Pt(2)
    for name in ("toc 1", "toc 2"):
        style = _add(styles, name, size=10.5)
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.left_indent = Pt(0 if name == "toc 1" else 14)
    _add(styles, "Table text", size=TABLE_SIZE).paragraph_format.space_after = Pt(0)
    many_columns = _add(styles, "Table text, many columns", size=MANY_COLUMNS_SIZE)
    many_columns.paragraph_format.space_after = Pt(0)
    _add(styles, "Table note", size=8.5, color=_SOFT).paragraph_format.space_after = Pt(6)
    _add(styles, "Banner", size=10, color=_RED, bold=True)
    _line(_add(styles, "Warning", size=10.5))
    code = styles.add_style("Code", WD_STYLE_TYPE.CHARACTER)
    _font(code, "Consolas")
    code.quick_style = True
    styles.element.append(parse_xml(_TABLE))


def _add(styles: Any, name: str, **looks: Any) -> Any:  # noqa: ANN401 - of python-docx
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    style.quick_style = not name.startswith("toc")
    _set(style, **looks)
    return style


def _set(
    style: Any,  # noqa: ANN401
    *,
    size: float,
    color: RGBColor | None = None,
    bold: bool | None = None,
    italic: bool | None = None,
) -> None:
    _font(style, _FONT)
    style.font.size = Pt(size)
    if color is not None:
        style.font.color.rgb = color
    if bold is not None:
        style.font.bold = bold
    if italic is not None:
        style.font.italic = italic


def _font(style: Any, name: str) -> None:  # noqa: ANN401
    """Set a font in place of those of the theme, which are other ones on other machines."""
    style.font.name = name
    fonts = style.element.rPr.rFonts
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):
            del fonts.attrib[attribute]
    for script in ("w:hAnsi", "w:cs"):
        fonts.set(qn(script), name)


def _line(style: Any) -> None:  # noqa: ANN401
    """Set a line at the left of a paragraph."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", "B03A00")):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    style.element.get_or_add_pPr().append(borders)


def _speak(element: Any, language: str) -> None:  # noqa: ANN401
    """Set the language of all text, by which Word checks spelling and a screen reader speaks."""
    for spoken in element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)
