"""A report as Markdown: no text of a project is markup, and charts are told in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utfall import __version__
from utfall._explanation import escaped
from utfall.report._document import Chart, Facts, Table, pieces

if TYPE_CHECKING:
    from utfall.report._document import Block, Report

#: What would begin a list, a quotation or a heading at the start of a line.
_STARTS = re.compile(r"^[-+=]")


def laid_out(report: Report) -> bytes:
    """Lay a report out as Markdown."""
    banner = [f"> **{text(report.banner)}**"] if report.banner else []
    lines = [f"# {text(report.title)}", *banner, text(report.subtitle), _facts(report.facts)]
    numbers = {Table: 0, Chart: 0}
    for level, section in report.sections():
        lines.append(f"{'#' * (level + 1)} {text(section.heading)}")
        for block in section.blocks:
            if isinstance(block, (Table, Chart)):
                numbers[type(block)] += 1
            lines.append(_block(block, report, numbers))
    lines.append(text(report.words["made_by"].format(version=__version__)))
    return ("\n\n".join(line for line in lines if line) + "\n").encode()


def _block(block: Block, report: Report, numbers: dict[type, int]) -> str:
    say = report.words
    if isinstance(block, Table):
        return _table(block, f"{say['table']} {numbers[Table]}")
    if isinstance(block, Chart):
        caption = f"**{say['figure']} {numbers[Chart]}.** {text(block.caption)}"
        return f"{caption}\n\n*{say['alternative']}:* {text(block.description)}"
    if isinstance(block, Facts):
        return _facts(block)
    return f"**{text(block.text)}**" if block.is_warning else text(block.text)


def _facts(facts: Facts) -> str:
    return "\n".join(f"- **{text(name)}:** {text(told)}" for name, told in facts.items)


def _table(table: Table, name: str) -> str:
    headings = [text(column.heading) for column in table.columns]
    rules = ["---:" if column.is_number else "---" for column in table.columns]
    rows = [[text(cell.text) for cell in row] for row in table.rows]
    lines = [f"| {' | '.join(cells)} |" for cells in (headings, rules, *rows)]
    notes = [f"*{text(note)}*" for note in table.notes]
    return "\n\n".join([f"**{name}.** {text(table.caption)}", "\n".join(lines), *notes])


def text(said: str) -> str:
    r"""Escape what Markdown, HTML or a formula would read; names of the project file stay code.

    >>> text("- <b> `men` @x $1$ https://a")
    '\\- &lt;b&gt; `men` &#64;x \\$1\\$ https&#58;//a'
    """
    return "".join(f"`{part}`" if is_name else _harmless(part) for part, is_name in pieces(said))


def _harmless(part: str) -> str:
    part = _STARTS.sub(r"\\\g<0>", escaped(part))
    part = re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", part)
    part = part.replace("@", "&#64;").replace("$", "\\$")
    # A bare address would become a link.
    return re.sub(r"(?i)\b(https?|ftp):(?=//)|\bwww\.", _unlinked, part)


def _unlinked(found: re.Match[str]) -> str:
    return found[0].replace(":", "&#58;").replace(".", "&#46;")
