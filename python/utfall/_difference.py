"""Differences of two evaluations: what changed, and what that did to figures and verdicts."""

from __future__ import annotations

import html
import textwrap
from typing import TYPE_CHECKING, TypeAlias

from utfall import _native
from utfall._errors import UtfallError
from utfall._layout import plain, text_table
from utfall._table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utfall._evaluation import Evaluation
    from utfall._sources import Source

_Sides: TypeAlias = "tuple[bool, bool, bool]"

_LANGUAGES = ("sv", "en")


def diff(
    before: Evaluation,
    after: Evaluation,
    *,
    registers: tuple[Mapping[str, Source], Mapping[str, Source]] | None = None,
) -> Difference:
    """Tell what two evaluations differ in, and what did it.

    A figure changes because it is defined otherwise, because the data are others, or because the
    world is looked at on another day. What each of these did is told where it is known: where only
    one of them can have changed a figure, or where the registers are at hand, so that every mixture
    of the two can be counted (the definition of one, the data of the other). Else it says that the
    causes are not separated. What a changed target did to a verdict is always known.

    Parameters
    ----------
    before, after : Evaluation
        Of one project, or of two versions of it; of the same registers or others; on any days.
    registers : pair of mappings, optional
        The registers of ``before`` and those of ``after``, as they were handed over to
        :meth:`Project.evaluate`. They are counted again, up to six times.

    Returns
    -------
    Difference
        Empty for an evaluation and itself. ``diff(b, a)`` is ``diff(a, b)`` looked at the other way.

    Raises
    ------
    UtfallError
        If the registers are not those that an evaluation was made of (``other_registers``).

    Examples
    --------
    >>> import pyarrow as pa
    >>> import utfall as uf
    >>> text = '''
    ... schema = 1
    ... name = "Staff"
    ... language = "en"
    ... [registers.staff]
    ... unit = "member"
    ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ... [indicators.men]
    ... kind = "share"
    ... register = "staff"
    ... having = { gender = "man" }
    ... [goals.men]
    ... level = "organisation"
    ... tier = "sub"
    ... indicator = "men"
    ... targets = [{ from = 2020-01-01, at_least = 0.4 }]
    ... '''
    >>> project = uf.Project.from_toml(text)
    >>> then = project.evaluate({"staff": pa.table({"Kön": ["woman", "man"]})}, as_of="2022-06-30")
    >>> now = project.evaluate(
    ...     {"staff": pa.table({"Kön": ["woman", "man", "woman", "woman"]})}, as_of="2022-06-30"
    ... )
    >>> print(uf.diff(then, now))
    Staff · 2022-06-30
    <BLANKLINE>
    What changed
    • register `staff`: 2 → 4 (2 more)
    <BLANKLINE>
    Goals
    • men: 1 of 2 = 50.0% → 1 of 4 = 25.0%; 2 more in register `staff`; the verdict went from met to not
      met through the data.
    <BLANKLINE>
    Figures
    Indicator  Group      Before          After           Change                   Through
    ─────────  ─────────  ──────────────  ──────────────  ───────────────────────  ────────
    men        everybody  1 of 2 = 50.0%  1 of 4 = 25.0%  −25.0 percentage points  the data
    >>> len(uf.diff(now, now))
    0
    """
    counts, notes = ([], ()) if registers is None else _counted(before, after, registers)
    native = _native.compare(before._native, after._native, counts)  # noqa: SLF001
    return Difference(before, after, native, after.project.language, notes)


def _counted(
    before: Evaluation,
    after: Evaluation,
    registers: tuple[Mapping[str, Source], Mapping[str, Source]],
) -> tuple[list[tuple[_Sides, _native.Tally]], tuple[str, ...]]:
    """Count the mixtures of both sides; what could not be counted is told."""
    sides = (before, after)
    for evaluation, given, which in zip(sides, registers, ("before", "after"), strict=True):
        tally = evaluation.project.tally(given, evaluation.as_of, by=evaluation.by)
        if not evaluation._native.is_of(tally._native):  # noqa: SLF001
            message = (
                f"the registers of `{which}` are not those that its evaluation was made of; "
                "hand over the same files or tables"
            )
            raise UtfallError(message, "other_registers")
    by = _native.mixture_by(before._native, after._native)  # noqa: SLF001
    counts, notes = [], []
    for mixture in _native.mixtures(before._native, after._native):  # noqa: SLF001
        definition, data, as_of = (int(is_after) for is_after in mixture)
        project = sides[definition].project
        given = {
            name: table for name, table in registers[data].items() if name in project.registers
        }
        try:
            tally = project.tally(given, sides[as_of].as_of, by=by)
        except UtfallError as error:
            # One project's register may lack what the other project asks for.
            notes.append(str(error))
        else:
            counts.append((mixture, tally._native))  # noqa: SLF001
    return counts, tuple(dict.fromkeys(notes))


class Difference:
    """What two evaluations differ in: made by :func:`diff`.

    Three tables: :attr:`causes`, :attr:`figures` and :attr:`verdicts`. ``len`` is how many rows they
    have together; ``notes`` say why registers could not be counted by the other project, so that
    causes are not separated. Sentences are in the language of the later project, unless another is asked for by
    :meth:`in_language`.

    Examples
    --------
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
    >>> then, now = (project.evaluate({}, as_of=day) for day in ("2021-12-31", "2022-06-30"))
    >>> difference = uf.diff(then, now)
    >>> [(row["cause"], row["before"], row["after"]) for row in difference.causes]
    [('as_of', '2021-12-31', '2022-06-30')]
    """

    def __init__(
        self,
        before: Evaluation,
        after: Evaluation,
        native: _native.Difference,
        language: str,
        notes: tuple[str, ...] = (),
    ) -> None:
        self.before = before
        self.after = after
        self.notes = notes
        self._native = native
        self._language = language

    @property
    def language(self) -> str:
        """The language of the sentences: ``sv`` or ``en``."""
        return self._language

    @property
    def causes(self) -> Table:
        """What changed: a row for each key of the project file, setting, register and group.

        Columns ``cause`` (``definition``, ``target``, ``evidence``, ``data``, ``as_of``, ``setting``
        or ``other``, which changes no figure), ``part`` (the key), ``before``, ``after``; for data
        ``register``, ``by`` and ``group`` (lists: columns and codes), ``units_before``,
        ``units_after``, ``counts_differ`` (null where that cannot be told); ``sentence``. Numbers of
        units are net: who came and who left, counts do not tell.
        """
        return Table(self._native.causes(self._language))

    @property
    def figures(self) -> Table:
        """What that did to figures: a row for each that changed.

        Columns ``indicator``, ``by`` and ``group`` (lists), ``successes_before``,
        ``observed_before``, ``value_before``, ``state_before`` and the same of after, ``change``
        (null where a value is not known or is protected), ``by_definition``, ``by_data``,
        ``by_as_of`` (its parts, which add up to it; null where they are not separated), ``causes``
        (list), ``separated`` (whether they did it, else they could have), ``protected``,
        ``sentence``.
        """
        return Table(self._native.figures(self._language))

    @property
    def verdicts(self) -> Table:
        """What that did to goals: a row for each whose verdict, figure or target changed.

        Against the versions of targets in force. Columns ``goal``, ``target_before``,
        ``target_from_before``, ``value_before``, ``verdict_before``, ``settled_before`` and the same
        of after, ``causes`` (list: what made the verdict another one; none where it is the same),
        ``separated``, ``sentence``.
        """
        return Table(self._native.verdicts(self._language))

    def in_language(self, language: str) -> Difference:
        """Give the same with sentences in ``sv`` or ``en``.

        Raises
        ------
        UtfallError
            If there is no such language (``unknown_name``).

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> evaluation = project.evaluate({}, as_of="2022-06-30")
        >>> print(uf.diff(evaluation, evaluation).in_language("en"))
        Likes · 2022-06-30
        <BLANKLINE>
        Nothing has changed.
        """
        if language not in _LANGUAGES:
            message = f"there is no language `{language}`; there are {', '.join(_LANGUAGES)}"
            raise UtfallError(message, "unknown_name")
        return Difference(self.before, self.after, self._native, language, self.notes)

    def to_text(self, *, width: int = 100, groups: bool = False) -> str:
        """Lay the difference out as plain text of at most ``width`` columns.

        Parameters
        ----------
        width : int, default 100
            The columns of the terminal.
        groups : bool, default False
            Show the figures of groups too, and how many units they have; else those of everybody.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> evaluation = project.evaluate({}, as_of="2022-06-30")
        >>> print(uf.diff(evaluation, evaluation).to_text())
        Likes · 2022-06-30
        <BLANKLINE>
        Ingenting har ändrats.
        """
        headings = _native.difference_headings(self._language)
        title = [self._title(), *(f"! {note}" for note in self.notes)]
        parts = ["\n".join(plain(line) for line in title)]
        for heading, table in ((headings[0], self.causes), (headings[1], self.verdicts)):
            if len(table):
                bullets = [
                    _bullet(row["sentence"], width)
                    for row in table
                    if groups or not row.get("group")
                ]
                parts.append("\n".join([heading, *bullets]))
        lines = self._lines(groups=groups)
        if lines:
            parts.append(f"{headings[2]}\n{text_table(headings[4:], lines, width=width)}")
        if not len(self):
            parts.append(headings[3])
        more = self._more(len(lines))
        return "\n\n".join([*parts, *([more] if more else [])])

    def _lines(self, *, groups: bool) -> list[list[str]]:
        """Give the lines of figures, of everybody or of groups too."""
        lines = zip(self._native.lines(self._language), self.figures["by"], strict=True)
        return [line for line, by in lines if groups or not by]

    def _more(self, shown: int) -> str:
        """Say how many figures of groups are not shown."""
        hidden = len(self.figures) - shown
        return _native.more_groups(hidden, self._language) if hidden else ""

    def __len__(self) -> int:
        """How many things changed: rows of the three tables."""
        return sum(map(len, (self.causes, self.figures, self.verdicts)))

    def __repr__(self) -> str:
        """Lay the difference out as plain text."""
        return self.to_text()

    def _repr_html_(self) -> str:
        from utfall._display import page, text  # noqa: PLC0415 - only a notebook needs it
        from utfall._layout import html_table  # noqa: PLC0415

        headings = _native.difference_headings(self._language)
        parts = [f"<h3>{text(self._title())}</h3>"]
        for heading, table in ((headings[1], self.verdicts), (headings[0], self.causes)):
            if len(table):
                shown = [row["sentence"] for row in table if not row.get("group")]
                items = "".join(f"<li>{text(sentence)}</li>" for sentence in shown)
                parts.append(f"<h4>{html.escape(heading)}</h4><ul>{items}</ul>")
        lines = self._lines(groups=False)
        if lines:
            parts.append(f"<h4>{headings[2]}</h4>{html_table(headings[4:], lines)}")
        if not len(self):
            parts.append(f"<p>{headings[3]}</p>")
        if more := self._more(len(lines)):
            parts.append(f"<p>{more}</p>")
        parts += [f"<p>! {text(note)}</p>" for note in self.notes]
        return page("".join(parts), self._language)

    def _title(self) -> str:
        def both(before: str, after: str) -> str:
            return after if before == after else f"{before} → {after}"

        names = both(self.before.project.name, self.after.project.name)
        return f"{names} · {both(self.before.as_of, self.after.as_of)}"


def _bullet(sentence: str, width: int) -> str:
    return textwrap.fill(
        plain(sentence),
        width,
        initial_indent="• ",
        subsequent_indent="  ",
        break_on_hyphens=False,
        break_long_words=False,
    )
