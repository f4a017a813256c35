"""What a report is made of, whatever it is laid out as."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from utfall._layout import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Longer headings and captions are cut: they stand in contents, bookmarks and names of sheets.
MOST_OF_A_HEADING = 200
#: More columns have smaller letters.
_MOST_COLUMNS = 7


@dataclass(frozen=True)
class Cell:
    """A cell of a table: what a person reads, and the number behind it where there is one.

    ``unit`` is ``count``, ``share``, ``points``, ``quantity`` or ``p_value`` for numbers, else empty.
    ``tone`` is the word of a verdict or state, or ``protected``; layouts may underline with it what the
    text says.
    """

    text: str
    value: float | None = None
    unit: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers are set to the right."""

    heading: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption and notes; the first ``row_headings`` cells of a row name it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    row_headings: int = 1

    @property
    def is_wide(self) -> bool:
        """Whether there are so many columns that they need smaller letters."""
        return len(self.columns) > _MOST_COLUMNS


@dataclass(frozen=True)
class Chart:
    """A chart with a caption; ``description`` says to whoever cannot see it what it shows."""

    caption: str
    description: str
    drawn: Any


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``is_warning`` for what a reader must not miss."""

    text: str
    is_warning: bool = False


@dataclass(frozen=True)
class Facts:
    """Names with what is said of each."""

    items: tuple[tuple[str, str], ...]


Block: TypeAlias = Table | Chart | Paragraph | Facts


@dataclass(frozen=True)
class Section:
    """A chapter, or a part of one: a heading, what stands below it, and its own parts."""

    anchor: str
    heading: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Section, ...] = ()

    def walk(self, level: int = 1) -> Iterator[tuple[int, Section]]:
        """Give the section and all below it, in order, with their levels."""
        yield level, self
        for part in self.parts:
            yield from part.walk(level + 1)


@dataclass(frozen=True)
class Report:
    """A whole report."""

    title: str
    subtitle: str
    language: str
    banner: str | None
    day: str
    facts: Facts
    chapters: tuple[Section, ...]
    words: dict[str, str] = field(default_factory=dict)

    def sections(self) -> Iterator[tuple[int, Section]]:
        """Give all chapters and their parts, in order, with their levels: 1 for a chapter."""
        for chapter in self.chapters:
            yield from chapter.walk()

    def blocks(self, kind: type[Any]) -> list[Any]:
        """Give all tables, or all charts, in order: the place is their number."""
        return [
            block
            for _, section in self.sections()
            for block in section.blocks
            if isinstance(block, kind)
        ]


def heading(text: str) -> str:
    """Give a text that may stand as a heading or caption: on one line, and not too long.

    >>> heading("a\\n b"), len(heading("x" * 10_000))
    ('a b', 200)
    """
    text = plain(text)
    return text if len(text) <= MOST_OF_A_HEADING else text[: MOST_OF_A_HEADING - 1].rstrip() + "…"


def pieces(text: str) -> list[tuple[str, bool]]:
    """Split a sentence into what is prose and what is a name of the project file, in backticks.

    >>> pieces("of `men`.")
    [('of ', False), ('men', True), ('.', False)]
    """
    parts = re.split(r"`([\w.()=,-]+)`", text)
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]


def without_marks(text: str) -> str:
    """Give a sentence for where no name can be set apart: without the backticks.

    >>> without_marks("of `men`.")
    'of men.'
    """
    return "".join(part for part, _ in pieces(text))


def anchors(names: Sequence[str], prefix: str) -> list[str]:
    """Give an anchor for each name: plain letters, and each once.

    >>> anchors(["men", "Män", "m n"], "goal")
    ['goal-men', 'goal-m-n', 'goal-m-n-2']
    """
    given: dict[str, int] = {}
    found = []
    for name in names:
        short = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "part"
        given[short] = given.get(short, 0) + 1
        number = f"-{given[short]}" if given[short] > 1 else ""
        found.append(f"{prefix}-{short}{number}")
    return found
