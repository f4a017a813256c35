"""Layout of tables as plain text and as HTML."""

from __future__ import annotations

import html
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = "  "
_NO_BREAK = "\u00a0"


def text_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, width: int) -> str:
    """Lay a table out as plain text of at most ``width`` columns; long cells are wrapped.

    >>> print(text_table(["Goal", "Note"], [["men", "12 short"]], width=40))
    Goal  Note
    ────  ────────
    men   12 short
    """
    rows = [[plain(cell) for cell in row] for row in rows]
    headings = [plain(heading) for heading in headings]
    columns = [[heading, *cells] for heading, *cells in zip(headings, *rows, strict=True)]
    widths = _fitted(columns, width)
    lines = _lines(headings, widths)
    lines.append(_GAP.join("─" * size for size in widths))
    for row in rows:
        lines.extend(_lines(row, widths))
    return "\n".join(lines)


def _fitted(columns: list[list[str]], width: int) -> list[int]:
    """Narrow the widest columns until the table fits; words are broken only where nothing else helps."""
    widths = [max(map(len, cells)) for cells in columns]
    words = [
        max(len(word) for cell in cells for word in [*cell.split(" "), ""]) for cells in columns
    ]
    room = width - len(_GAP) * (len(widths) - 1)
    for narrowest in (words, [1] * len(widths)):
        while sum(widths) > room:
            spare = [size > least for size, least in zip(widths, narrowest, strict=True)]
            if not any(spare):
                break
            widest = max((size, column) for column, size in enumerate(widths) if spare[column])[1]
            widths[widest] -= 1
    return widths


def _lines(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [
        textwrap.wrap(cell, size, break_long_words=True, break_on_hyphens=False) or [""]
        for cell, size in zip(cells, widths, strict=True)
    ]
    height = max(map(len, wrapped), default=0)
    padded = [cell + [""] * (height - len(cell)) for cell in wrapped]
    return [
        _GAP.join(line.ljust(size) for line, size in zip(row, widths, strict=True)).rstrip()
        for row in zip(*padded, strict=True)
    ]


def html_table(headings: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> str:
    """Lay a table out as HTML with a caption and scoped headings; every text is escaped.

    >>> html_table(["A"], [["<b>"]])
    '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
    """
    caption = f"<caption>{html.escape(plain(caption))}</caption>" if caption else ""
    head = "".join(f'<th scope="col">{html.escape(plain(heading))}</th>' for heading in headings)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(plain(cell))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def html_notes(notes: Sequence[str]) -> str:
    """Lay notes out as paragraphs of HTML, leaving out the empty ones.

    >>> html_notes(["1 < 2", ""])
    '<p>1 &lt; 2</p>'
    """
    return "".join(f"<p>{html.escape(plain(note))}</p>" for note in notes if note)


def plain(text: str) -> str:
    """Give a text on one line without what turns the direction of writing or steers a terminal.

    >>> plain("Kvin\\u202enor\\n och\\tmän")
    'Kvinnor och män'
    """
    spaced = "".join(" " if char.isspace() and char != _NO_BREAK else char for char in text)
    shown = "".join(char for char in spaced if char == _NO_BREAK or char.isprintable())
    return " ".join(part for part in shown.split(" ") if part)
