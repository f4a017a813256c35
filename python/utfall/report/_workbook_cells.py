"""Cells of a workbook: numbers that show what the report says, and texts that stay texts."""

from __future__ import annotations

import re
import textwrap
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utfall.report._document import Cell, Table

#: What Excel would read as a formula if somebody edits the cell.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MINUS = "\u2212"
_WIDEST, _NARROWEST = 60, 8
_LINE, _HIGHEST = 15.0, 400.0
#: Excel takes no longer heading of a table.
_MOST_OF_A_HEADING = 240


class Formats:
    """The formats of cells, each made once."""

    def __init__(self, workbook: Any, language: str) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self.workbook, self.language = workbook, language
        self.made: dict[tuple[tuple[str, object], ...], Any] = {}

    def text(
        self,
        text: str,
        *,
        is_banner: bool = False,
        is_title: bool = False,
        is_heading: bool = False,
        is_right: bool = False,
        is_wrapped: bool = False,
        is_protected: bool = False,
    ) -> Any:  # noqa: ANN401
        """Give the format of a text; one that looks like a formula is marked as text for good."""
        looks: dict[str, object] = {"valign": "top"}
        if is_banner:
            looks |= {"bold": True, "font_color": "#7A1712"}
        if is_title:
            looks |= {"bold": True, "font_size": 14}
        if is_heading:
            looks |= {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2}
        if is_right:
            looks["align"] = "right"
        if is_wrapped:
            looks["text_wrap"] = True
        if is_protected:
            looks["italic"] = True
        if text.startswith(_FORMULA_STARTS):
            looks["quote_prefix"] = True
        return self._format(looks)

    def link(self) -> Any:  # noqa: ANN401
        """Give the format of a link within the workbook."""
        return self._format({"font_color": "#0B4F8A", "underline": 1, "valign": "top"})

    def number(self, cell: Cell) -> Any:  # noqa: ANN401
        """Give the format by which Excel writes a number as the report does."""
        return self._format({"num_format": number_format(cell, self.language), "valign": "top"})

    def _format(self, looks: dict[str, object]) -> Any:  # noqa: ANN401
        key = tuple(sorted(looks.items(), key=str))
        if key not in self.made:
            self.made[key] = self.workbook.add_format(looks)
        return self.made[key]


def number_format(cell: Cell, language: str) -> str:
    """Give Excel's format of a number: as the core writes it, by its unit.

    >>> from utfall.report._document import Cell
    >>> number_format(Cell("42.9%", 0.429, "share"), "en")
    '0.0%;−0.0%'
    >>> number_format(Cell("2.50", 2.5, "quantity"), "en")
    '#,##0.00;−#,##0.00'
    """
    is_swedish = language == "sv"
    if cell.unit == "share":
        # Excel multiplies by a hundred where a per cent sign stands outside of quotation marks.
        percent = '"\u00a0"%' if is_swedish else "%"
        return f"0.0{percent};{_MINUS}0.0{percent}"
    if cell.unit == "points":
        word = "procentenheter" if is_swedish else "percentage points"
        space = "\u00a0" if is_swedish else " "
        return f'0.0"{space}{word}";{_MINUS}0.0"{space}{word}"'
    if cell.unit == "p_value":
        said = f'"{cell.text}"' if cell.text.startswith("<") else "0.000"
        return f"{said};{said}"
    if not _is_whole(cell):
        decimals = "0.00" if is_swedish else "#,##0.00"
        return f"{decimals};{_MINUS}{decimals}"
    # Four digits stand together in Swedish; English divides them.
    smallest = 10_000 if is_swedish else 1_000
    whole = "#,##0" if abs(cell.value or 0.0) >= smallest else "0"
    return f"{whole};{_MINUS}{whole}"


def as_shown(cell: Cell) -> float:
    """Give the number of a cell, moved by a millionth of a millionth where Excel would round it otherwise.

    Excel rounds 31.25 up to 31.3; the report says 31.2. A cell has to say what the report says.

    >>> from utfall.report._document import Cell
    >>> as_shown(Cell("50.7%", 72 / 142, "share")) == 72 / 142
    True
    >>> 0.3124999 < as_shown(Cell("31.2%", 0.3125, "share")) < 0.3125
    True
    """
    value = float(cell.value or 0.0)
    if cell.unit == "points":
        value *= 100.0
    scaled = value * 100.0 if cell.unit == "share" else value
    if cell.text.startswith("<"):
        return value
    places = _decimals(cell)
    shown = Decimal(f"{scaled:.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    said = re.sub(r"\D", "", cell.text)
    if re.sub(r"\D", "", f"{abs(shown):f}") != said:
        value -= abs(value) * 1e-12 * (1 if value > 0 else -1)
    return 0.0 if not said.strip("0") else value


def _decimals(cell: Cell) -> int:
    """Give how many decimals the core writes a number with."""
    of_unit = {"share": 1, "points": 1, "p_value": 3}
    return of_unit.get(cell.unit, 0 if _is_whole(cell) else 2)


def _is_whole(cell: Cell) -> bool:
    """Tell whether the core writes a number without decimals."""
    value = float(cell.value or 0.0)
    return cell.unit == "count" or abs(value) >= 1_000 or value.is_integer()  # noqa: PLR2004 - of the core


def widths_of(table: Table) -> list[float]:
    """Give the widths of a table's columns, in characters."""
    widths: list[float] = []
    for place, column in enumerate(table.columns):
        longest = max(len(row[place].text) for row in table.rows)
        word = max(map(len, column.heading.split(" "))) + 3  # beside the button of the filter
        widths.append(min(max(longest, word, _NARROWEST) + 2, _WIDEST))
    return widths


def height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Give the height of a row in points: not every program makes room for text that is wrapped.

    >>> height(["a", "b" * 30], [10, 10])
    45.0
    """
    lines = [
        max(1, len(textwrap.wrap(text, max(int(width), 1))))
        for text, width in zip(texts, widths, strict=True)
    ]
    return min(_LINE * max(lines, default=1), _HIGHEST)


def unique(headings: Sequence[str]) -> list[str]:
    """Give headings as a table of Excel takes them: not empty, not too long, and each once.

    >>> unique(["a", "A", ""])
    ['a', 'A (2)', '–']
    """
    names: list[str] = []
    taken: set[str] = set()
    for heading in headings:
        name = short = heading[:_MOST_OF_A_HEADING] or "–"
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{short} ({number})"
        taken.add(name.casefold())
        names.append(name)
    return names
