"""Explanations: how a figure came about."""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import dataclass

from utfall import _native
from utfall._layout import plain


@dataclass(frozen=True)
class Explanation:
    """How a figure came about: definition, accounting, outcome, verdicts, and what could change them.

    A notebook shows it as a page, ``print`` as text, and :meth:`to_markdown` writes it for a report.
    Sections are empty where there is nothing to say.

    Attributes
    ----------
    title : str
        The indicator, and the group if it is not everybody.
    definition : tuple of str
        What is measured, of whom, and when.
    accounting : tuple of (str, str, int)
        Every step from all units to those that count: sign, what is counted, how many.
    outcome : tuple of str
        The value and its interval; why there is none, where there is none.
    verdicts : tuple of str
        Every version of every target, with who decided it, the rule in whole numbers and the
        verdict. Of everybody only: groups are not judged.
    changes : tuple of str
        What is open, what it could come to, and whether the verdict is settled.
    language : str
        ``sv`` or ``en``.

    Examples
    --------
    >>> import pyarrow as pa
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('''
    ... schema = 1
    ... name = "Staff"
    ... language = "en"
    ... [registers.staff]
    ... unit = "person"
    ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ... [indicators.men]
    ... kind = "share"
    ... register = "staff"
    ... having = { gender = "man" }
    ... [goals.men]
    ... level = "organisation"
    ... tier = "sub"
    ... indicator = "men"
    ... targets = [{ from = 2020-01-01, at_least = 0.5 }]
    ... ''')
    >>> staff = pa.table({"Kön": ["woman", "man", "woman", None]})
    >>> explained = project.evaluate({"staff": staff}, as_of="2022-06-30").explain("men")
    >>> explained.verdicts[0]
    'men. The target is since 2020-01-01 at least 50%. The rule: at least 50% of 3 observed, that is 2 or more; 1 meets the condition. Verdict: not met.'
    >>> print(explained)
    men
    <BLANKLINE>
    Definition
      Counted on the register `staff`; every row is a person.
      The population: all in the register.
      What is asked: `gender` is man.
    <BLANKLINE>
    Accounting
           4  all in the register
      −    0  outside the population
      −    0  unclassified: it is unknown whether they belong
      =    4  the population
      −    0  excluded
      −    0  not due yet
      =    4  due
      −    1  missing
      =    3  observed
      ✓    1  meet the condition
    <BLANKLINE>
    Outcome
      The outcome is 1 of 3 = 33.3%.
      The interval goes from 6.1% to 79.2% (level of confidence 95%): so far does the outcome carry to
      others of the same kind.
    <BLANKLINE>
    Verdict
      men. The target is since 2020-01-01 at least 50%. The rule: at least 50% of 3 observed, that is 2
      or more; 1 meets the condition. Verdict: not met.
    <BLANKLINE>
    What could change it
      Open: 1 missing.
      If none of the missing met the condition the outcome would be 25.0%, if all did 50.0%.
      With as many observed, 1 more would be needed.
      The verdict can still change, depending on how the open cases turn out.
    """

    title: str
    definition: tuple[str, ...]
    accounting: tuple[tuple[str, str, int], ...]
    outcome: tuple[str, ...]
    verdicts: tuple[str, ...]
    changes: tuple[str, ...]
    language: str

    def to_text(self, *, width: int = 100) -> str:
        """Lay the explanation out as plain text of at most ``width`` columns.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Staff"
        ... language = "en"
        ... [registers.staff]
        ... unit = "person"
        ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
        ... [indicators.staff]
        ... kind = "count"
        ... register = "staff"
        ... ''')
        >>> explained = project.evaluate({}, as_of="2022-06-30").explain("staff")
        >>> print(explained.to_text().splitlines()[-1])
          The outcome cannot be computed: the register was not given.
        """
        blocks = [plain(self.title)]
        for heading, sentences in self._sections():
            lines = [heading]
            if heading == self._headings()[1]:
                lines += self._accounting_lines()
            for sentence in sentences:
                lines += textwrap.wrap(
                    plain(sentence), width, initial_indent="  ", subsequent_indent="  "
                )
            blocks.append("\n".join(lines))
        return "\n\n".join(blocks)

    def to_markdown(self, *, level: int = 3) -> str:
        """Write the explanation as Markdown, with headings from ``level`` on; no text is markup.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Staff"
        ... language = "en"
        ... [registers.staff]
        ... unit = "person"
        ... [indicators.staff]
        ... kind = "count"
        ... register = "staff"
        ... ''')
        >>> explained = project.evaluate({}, as_of="2022-06-30").explain("staff")
        >>> print(explained.to_markdown().splitlines()[0])
        ### staff
        """
        blocks = [f"{'#' * level} {_markdown(self.title)}"]
        for heading, sentences in self._sections():
            blocks.append(f"{'#' * (level + 1)} {heading}")
            if heading == self._headings()[1]:
                rows = (
                    f"| {sign} | {_markdown(name)} | {self._count(units)} |"
                    for sign, name, units in self.accounting
                )
                blocks.append("\n".join(["| | | |", "| --- | --- | ---: |", *rows]))
            blocks += [_markdown(sentence) for sentence in sentences]
        return "\n\n".join(blocks) + "\n"

    def __str__(self) -> str:
        """Lay the explanation out as plain text."""
        return self.to_text()

    def __repr__(self) -> str:
        """Lay the explanation out as plain text."""
        return self.to_text()

    def _repr_html_(self) -> str:
        from utfall._display import page  # noqa: PLC0415 - text needs no page

        parts = []
        for heading, sentences in self._sections():
            parts.append(f"<h4>{heading}</h4>")
            if heading == self._headings()[1]:
                parts.append(
                    f"<table><tbody>{''.join(map(self._row, self.accounting))}</tbody></table>"
                )
            parts += [f"<p>{_code(sentence)}</p>" for sentence in sentences]
        return page(f"<h3>{html.escape(plain(self.title))}</h3>" + "".join(parts), self.language)

    def _row(self, step: tuple[str, str, int]) -> str:
        sign, name, units = step
        return (
            f'<tr><td>{sign}</td><th scope="row">{html.escape(name)}</th>'
            f'<td class="n">{self._count(units)}</td></tr>'
        )

    def _headings(self) -> list[str]:
        return _native.explanation_headings(self.language)

    def _sections(self) -> list[tuple[str, tuple[str, ...]]]:
        """Give the sections that say something; the accounting has steps and no sentences."""
        parts = (self.definition, (), self.outcome, self.verdicts, self.changes)
        sections = zip(self._headings(), parts, strict=True)
        return [
            (heading, sentences)
            for index, (heading, sentences) in enumerate(sections)
            if sentences or (index == 1 and self.accounting)
        ]

    def _accounting_lines(self) -> list[str]:
        counts = [self._count(units) for _, _, units in self.accounting]
        size = max(4, *map(len, counts))
        steps = zip(self.accounting, counts, strict=True)
        return [f"  {sign or ' '} {count.rjust(size)}  {name}" for (sign, name, _), count in steps]

    def _count(self, units: int) -> str:
        return _native.counted(units, "", self.language)


def _markdown(text: str) -> str:
    """Escape what Markdown or HTML would read; names of columns stay code."""
    parts = re.split(r"(`[\w-]+`)", plain(text))
    return "".join(part if index % 2 else escaped(part) for index, part in enumerate(parts))


def escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]#|!~])", r"\\\1", html.escape(text, quote=False))


def _code(text: str) -> str:
    return re.sub(r"`([\w-]+)`", r"<code>\1</code>", html.escape(plain(text)))


def explanation(
    native: _native.Evaluation, indicator: str, group: dict[str, str], language: str
) -> Explanation | None:
    """Explain the figure of a group; nothing if there is no such figure."""
    told = native.explanation(indicator, list(group.items()), language)
    if told is None:
        return None
    title, definition, steps, outcome, verdicts, changes = told
    return Explanation(
        title,
        tuple(definition),
        tuple(steps),
        tuple(outcome),
        tuple(verdicts),
        tuple(changes),
        language,
    )
