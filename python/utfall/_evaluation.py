"""Evaluations: what came out, and what that says of what was promised."""

from __future__ import annotations

import html
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from utfall import _native
from utfall._errors import UtfallError
from utfall._layout import html_table, text_table
from utfall._table import Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from utfall._project import Project

_LANGUAGES = ("sv", "en")


@dataclass(frozen=True)
class Figure:
    """A figure: the value of an indicator for a group, with everything that it rests on.

    ``units = outside + unclassified + population``; ``population = excluded + not_due + due``;
    ``due = missing + observed``. Counts are ``None`` where nothing could be counted.

    Attributes
    ----------
    register, indicator, kind : str
        Where the figure comes from: ``kind`` is ``share``, ``count`` and so on.
    group : dict of str to str
        The code of the group in each crossed column; empty for everybody.
    units, outside, unclassified, population, excluded, not_due, due, missing, observed, successes
        The parts of the accounting, in units.
    value : float or None
        Successes of the observed, as a fraction; for a count the count.
    low, high : float or None
        The Wilson interval of a share: how far it would carry to others of the same kind.
    bound_low, bound_high : float or None
        What the value could be whatever the missing (for a count: the unclassified) are.
    state : str
        ``value``, ``not_due``, ``not_computable`` or ``suppressed``. A true zero is a value.
    reason : str or None
        Why the figure is not computable.

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
    ... by = ["gender"]
    ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ... [indicators.men]
    ... kind = "share"
    ... register = "staff"
    ... having = { gender = "man" }
    ... [goals.men]
    ... level = "organisation"
    ... tier = "sub"
    ... indicator = "men"
    ... targets = [{ from = 2020-01-01, at_least = 0.5 }, { from = 2021-01-01, at_least = 0.2 }]
    ... ''')
    >>> staff = pa.table({"Kön": ["woman", "man", "woman", "woman"]})
    >>> evaluation = project.evaluate({"staff": staff}, as_of="2022-06-30")
    >>> men = evaluation["men"]
    >>> men.successes, men.observed, men.value
    (1, 4, 0.25)
    """

    register: str
    indicator: str
    kind: str
    group: dict[str, str]
    units: int | None
    outside: int | None
    unclassified: int | None
    population: int | None
    excluded: int | None
    not_due: int | None
    due: int | None
    missing: int | None
    observed: int | None
    successes: int | None
    value: float | None
    low: float | None
    high: float | None
    bound_low: float | None
    bound_high: float | None
    state: str
    reason: str | None
    _evaluation: Evaluation = field(repr=False, compare=False)

    def by(self, *columns: str) -> dict[str | tuple[str, ...], Figure]:
        """Give this indicator's figures for each group of the crossed columns.

        Parameters
        ----------
        *columns : str
            The crossed columns; the evaluation must have been made with them.

        Returns
        -------
        dict
            A figure for each code, or for each tuple of codes in the order of ``columns``; in
            declared order, unknown last.

        Raises
        ------
        UtfallError
            If the evaluation has no such table (``unknown_name``).

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
        ... by = ["gender"]
        ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
        ... [indicators.men]
        ... kind = "share"
        ... register = "staff"
        ... having = { gender = "man" }
        ... [goals.men]
        ... level = "organisation"
        ... tier = "sub"
        ... indicator = "men"
        ... targets = [{ from = 2020-01-01, at_least = 0.5 }, { from = 2021-01-01, at_least = 0.2 }]
        ... ''')
        >>> staff = pa.table({"Kön": ["woman", "man", "woman", "woman"]})
        >>> evaluation = project.evaluate({"staff": staff}, as_of="2022-06-30")
        >>> {code: figure.units for code, figure in evaluation["men"].by("gender").items()}
        {'woman': 3, 'man': 1}
        """
        rows = self._evaluation._table(self.indicator, columns)  # noqa: SLF001 - its own figures
        if not rows:
            crossed = ", ".join(self._evaluation.by_columns) or "none"
            message = (
                f"`{self.indicator}` is not crossed by {', '.join(columns) or 'nothing'}; "
                f"crossed columns are {crossed}; evaluate with by={list(columns)!r}"
            )
            raise UtfallError(message, "unknown_name")
        keys = [tuple(figure.group[column] for column in columns) for figure in rows]
        named = zip(keys, rows, strict=True)
        return {key[0] if len(key) == 1 else key: figure for key, figure in named}


@dataclass(frozen=True)
class Verdict:
    """What came of one version of a goal's target.

    Attributes
    ----------
    goal, indicator : str
        The goal and its indicator (``None`` without one).
    target_from : datetime.date or None
        The day from which this version holds.
    target : str or None
        What it promises: ``at_least 0.7``.
    current : bool
        Whether it is the version in force.
    value : float or None
        The overall value of the indicator.
    verdict : str
        ``met``, ``near``, ``not_met``, ``not_due`` or ``not_assessable``; compared exactly.
    settled : bool or None
        Whether the missing, not yet due and unclassified can no longer change it.
    units_short : int or None
        How many units are short (negative: to spare), with the observed held fixed.
    basis : str or None
        ``computed`` from a register, or ``declared`` by the evaluator.
    reason : str or None
        Why the goal cannot be assessed.

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
    ... by = ["gender"]
    ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ... [indicators.men]
    ... kind = "share"
    ... register = "staff"
    ... having = { gender = "man" }
    ... [goals.men]
    ... level = "organisation"
    ... tier = "sub"
    ... indicator = "men"
    ... targets = [{ from = 2020-01-01, at_least = 0.5 }, { from = 2021-01-01, at_least = 0.2 }]
    ... ''')
    >>> staff = pa.table({"Kön": ["woman", "man", "woman", "woman"]})
    >>> evaluation = project.evaluate({"staff": staff}, as_of="2022-06-30")
    >>> first = evaluation.goal("men").versions[0]
    >>> first.target, first.verdict, first.units_short
    ('at_least 0.5', 'not_met', 1)
    """

    goal: str
    indicator: str | None
    target_from: dt.date | None
    target: str | None
    current: bool
    value: float | None
    verdict: str
    settled: bool | None
    units_short: int | None
    basis: str | None
    reason: str | None


@dataclass(frozen=True)
class Goal:
    """A goal: the verdicts on every version of its target in force, and a sentence.

    The attributes of the version in force can be read off the goal itself.

    Attributes
    ----------
    name : str
        The goal's name in the project file.
    versions : tuple of Verdict
        A verdict for each version of the target, in the order of their days.
    sentence : str
        What came out, in the project's language.

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
    ... by = ["gender"]
    ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ... [indicators.men]
    ... kind = "share"
    ... register = "staff"
    ... having = { gender = "man" }
    ... [goals.men]
    ... level = "organisation"
    ... tier = "sub"
    ... indicator = "men"
    ... targets = [{ from = 2020-01-01, at_least = 0.5 }, { from = 2021-01-01, at_least = 0.2 }]
    ... ''')
    >>> staff = pa.table({"Kön": ["woman", "man", "woman", "woman"]})
    >>> evaluation = project.evaluate({"staff": staff}, as_of="2022-06-30")
    >>> goal = evaluation.goal("men")
    >>> goal.verdict, goal.settled, len(goal.versions)
    ('met', True, 2)
    """

    name: str
    versions: tuple[Verdict, ...]
    sentence: str

    @property
    def current(self) -> Verdict:
        """The verdict on the version in force."""
        return self.versions[-1]

    @property
    def verdict(self) -> str:
        """The verdict on the version in force, in a word."""
        return self.current.verdict

    @property
    def settled(self) -> bool | None:
        """Whether that verdict can no longer change."""
        return self.current.settled

    @property
    def value(self) -> float | None:
        """The overall value of the goal's indicator."""
        return self.current.value

    @property
    def units_short(self) -> int | None:
        """How many units are short of the version in force."""
        return self.current.units_short

    @property
    def reason(self) -> str | None:
        """Why the goal cannot be assessed."""
        return self.current.reason


class Evaluation:
    """A project judged on one day: figures, verdicts and findings.

    ``evaluation["work"]`` is the figure of everybody for an indicator,
    ``evaluation["work"].by("gender")`` those of each group, ``evaluation.goal("work")`` the
    verdicts on a goal. The whole tables are :attr:`figures`, :attr:`verdicts` and :attr:`findings`.

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
    >>> staff = pa.table({"Kön": ["woman", "man", "woman", "woman"]})
    >>> evaluation = project.evaluate({"staff": staff}, as_of="2022-06-30")
    >>> evaluation.goal("men").verdict
    'not_met'
    >>> print(evaluation.goal("men").sentence)
    men: the outcome is 1 of 4 = 25.0% against the target at least 50%, which is not met; 1 short.
    """

    def __init__(self, project: Project, native: _native.Evaluation) -> None:
        self.project = project
        self._native = native

    @property
    def as_of(self) -> str:
        """The day on which the world is looked at, such as ``2022-06-30``."""
        return self._native.as_of

    @property
    def by_columns(self) -> list[str]:
        """The columns that figures are crossed by, in declared order over all registers."""
        return self._native.by_columns

    @property
    def figures(self) -> Table:
        """Every figure: a row for each indicator, table and group.

        Columns ``register``, ``indicator``, ``kind``, ``by`` (list of the crossed columns), a
        column of codes for each crossed column, the counts, ``value``, ``low``, ``high``,
        ``bound_low``, ``bound_high`` (fractions), ``state``, ``reason``. Ordered by indicator as
        declared, fewer columns first, levels as declared, unknown last.
        """
        return Table(self._native.figures())

    @property
    def verdicts(self) -> Table:
        """Every verdict: a row for each version of a goal's target in force.

        Columns ``goal``, ``indicator``, ``target_from``, ``target``, ``current``, ``value``,
        ``verdict``, ``settled``, ``units_short``, ``basis``, ``reason``.
        """
        return Table(self._native.verdicts())

    @property
    def findings(self) -> Table:
        """What somebody should look at: a row for each kind and column.

        Columns ``code``, ``severity``, ``register``, ``column``, ``indicator``, ``count``,
        ``rows`` (the first ten, from 1 after the header), ``sentence``. Never a value of a row.
        """
        return self.findings_in(None)

    def findings_in(self, language: str | None) -> Table:
        """Give the findings with sentences in ``sv`` or ``en``; else the project's language.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> len(project.evaluate({}, as_of="2022-06-30").findings_in("en"))
        0
        """
        return Table(self._native.findings(self._language(language)))

    def __getitem__(self, indicator: str) -> Figure:
        """Give the figure of everybody for an indicator."""
        rows = self._table(indicator, ())
        if not rows:
            raise _unknown("indicator", indicator, self.project.indicators)
        return rows[0]

    def goal(self, name: str) -> Goal:
        """Give the verdicts on a goal, and a sentence in the project's language.

        Raises
        ------
        UtfallError
            If the project has no such goal (``unknown_name``).
        """
        versions = tuple(Verdict(**row) for row in self.verdicts if row["goal"] == name)
        sentence = self._native.goal_sentence(name, self.project.language)
        if sentence is None:
            raise _unknown("goal", name, self.project.goals)
        return Goal(name, versions, sentence)

    def sentences(self, language: str | None = None) -> dict[str, str]:
        """Give one plain sentence for each goal, in ``sv`` or ``en``; else the project's language.

        Raises
        ------
        UtfallError
            If there is no such language (``unknown_name``).

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
        ... by = ["gender"]
        ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
        ... [indicators.men]
        ... kind = "share"
        ... register = "staff"
        ... having = { gender = "man" }
        ... [goals.men]
        ... level = "organisation"
        ... tier = "sub"
        ... indicator = "men"
        ... targets = [{ from = 2020-01-01, at_least = 0.5 }, { from = 2021-01-01, at_least = 0.2 }]
        ... ''')
        >>> staff = pa.table({"Kön": ["woman", "man", "woman", "woman"]})
        >>> evaluation = project.evaluate({"staff": staff}, as_of="2022-06-30")
        >>> print(evaluation.sentences("sv")["men"])
        men: utfallet är 1 av 4 = 25,0 % mot målvärdet minst 20 %, som är nått; mot det tidigare målvärdet, minst 50 %: inte nått.
        """
        language = self._language(language)
        sentences = (
            (goal, self._native.goal_sentence(goal, language)) for goal in self.project.goals
        )
        return {goal: sentence for goal, sentence in sentences if sentence is not None}

    def to_text(self, language: str | None = None, *, width: int = 100) -> str:
        """Lay the goal table out as plain text of at most ``width`` columns.

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
        ... by = ["gender"]
        ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
        ... [indicators.men]
        ... kind = "share"
        ... register = "staff"
        ... having = { gender = "man" }
        ... [goals.men]
        ... level = "organisation"
        ... tier = "sub"
        ... indicator = "men"
        ... targets = [{ from = 2020-01-01, at_least = 0.5 }, { from = 2021-01-01, at_least = 0.2 }]
        ... ''')
        >>> staff = pa.table({"Kön": ["woman", "man", "woman", "woman"]})
        >>> evaluation = project.evaluate({"staff": staff}, as_of="2022-06-30")
        >>> print(evaluation.to_text())
        Staff · 2022-06-30
        <BLANKLINE>
        Goal  Target                          Outcome         Verdict  Note
        ────  ──────────────────────────────  ──────────────  ───────  ───────
        men   at least 50% (from 2020-01-01)  1 of 4 = 25.0%  not met  1 short
        men   at least 20% (from 2021-01-01)  1 of 4 = 25.0%  met
        """
        language = self._language(language)
        lines = self._native.goal_lines(language)
        table = text_table(_native.headings(language), lines, width=width)
        head = [f"{self.project.name} · {self.as_of}"]
        if self.project.description:
            head.append(self.project.description)
        findings = [f"! {sentence}" for sentence in self.findings_in(language)["sentence"]]
        return "\n".join([*head, "", table, *([""] if findings else []), *findings])

    def groups_to_text(self, language: str | None = None, *, width: int = 100) -> str:
        """Lay the figures of all groups out as plain text of at most ``width`` columns.

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Staff"
        ... [registers.staff]
        ... unit = "person"
        ... by = ["gender"]
        ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
        ... [indicators.staff]
        ... kind = "count"
        ... register = "staff"
        ... ''')
        >>> staff = pa.table({"Kön": ["woman", "man", "woman"]})
        >>> print(project.evaluate({"staff": staff}, "2022-06-30").groups_to_text("en"))
        Indicator  Group      Outcome  Interval
        ─────────  ─────────  ───────  ────────
        staff      everybody  3
        staff      woman      2
        staff      man        1
        """
        language = self._language(language)
        headings = _native.group_headings(language)
        return text_table(headings, self._native.group_lines(language), width=width)

    def __repr__(self) -> str:
        """Lay the goal table out as plain text."""
        return self.to_text()

    def _repr_html_(self) -> str:
        language = self.project.language
        caption = f"{self.project.name} · {self.as_of}"
        table = html_table(_native.headings(language), self._native.goal_lines(language), caption)
        notes = [self.project.description or "", *self.findings["sentence"]]
        return table + "".join(f"<p>{html.escape(note)}</p>" for note in notes if note)

    def _language(self, language: str | None) -> str:
        language = language or self.project.language
        if language not in _LANGUAGES:
            raise _unknown("language", language, _LANGUAGES)
        return language

    def _table(self, indicator: str, by: Iterable[str]) -> list[Figure]:
        return list(self._figures(Table(self._native.table(indicator, list(by)))))

    def _figures(self, table: Table) -> Iterator[Figure]:
        names = [
            column.name for column in fields(Figure) if column.name not in ("group", "_evaluation")
        ]
        for row in table:
            cells: dict[str, Any] = {name: row[name] for name in names}
            group = {column: row[column] for column in row["by"]}
            yield Figure(**cells, group=group, _evaluation=self)


def _unknown(what: str, name: str, names: Iterable[str]) -> UtfallError:
    import difflib  # noqa: PLC0415 - only an error needs it

    names = list(names)
    near = difflib.get_close_matches(name, names, 1)
    hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(names) or 'none'}"
    return UtfallError(f"there is no {what} `{name}`; {hint}", "unknown_name")
