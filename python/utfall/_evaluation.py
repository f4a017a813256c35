"""Evaluations: what came out, and what that says of what was promised."""

from __future__ import annotations

import textwrap
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from utfall import _native
from utfall._check import Check, CheckResult
from utfall._companions import Companions
from utfall._errors import UtfallError
from utfall._figure import Figure
from utfall._goal import Goal, Verdict
from utfall._kept import Kept
from utfall._layout import plain, text_table
from utfall._table import Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from utfall._explanation import Explanation
    from utfall._project import Project
    from utfall._receipt import Receipt
    from utfall._sources import Source
    from utfall.plots._draw import Chart

_LANGUAGES = ("sv", "en")


class Evaluation(Companions, Kept):
    """A project judged on one day: figures, verdicts and findings.

    ``evaluation["work"]`` is the figure of everybody for an indicator,
    ``evaluation["work"].by("gender")`` those of each group, ``evaluation.goal("work")`` the
    verdicts on a goal, ``evaluation.check("equal_outcome")`` the results of a check of a horizontal
    principle. The whole tables are :attr:`figures`, :attr:`verdicts`, :attr:`checks`, :attr:`findings`,
    and :attr:`overlap` where persons are counted; beside the figures stand :attr:`comparisons`,
    :attr:`steps`, :attr:`transitions`, :attr:`incidence`, :attr:`distributions`, :attr:`coverage`,
    :attr:`step_tests`, :attr:`strata`, :attr:`funnels`, :attr:`money`, :attr:`planned`,
    :attr:`survey`, :attr:`flow` and :attr:`flow_reasons`.

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
    def level(self) -> float:
        """The level of confidence of intervals."""
        return self._native.level

    @property
    def by(self) -> list[str] | list[list[str]] | None:
        """What figures were asked to be crossed by; ``None``: the columns that each register names."""
        return self._native.by

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
    def overlap(self) -> Table:
        """Persons who have enrolments in several groups: a figure counts each in one of them.

        For registers with ``count = "persons"``; of others there are no rows. Columns ``register``,
        ``column`` (a crossed column), ``levels`` (list of codes in declared order) and ``persons``:
        how many have enrolments in exactly these levels. The first row of a column, with no levels,
        is the total. A person counts in the group of the first enrolment; unknown is no level.

        Examples
        --------
        >>> import datetime as dt
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Example"
        ... [registers.enrolments]
        ... unit = "enrolment"
        ... person = "Id"
        ... count = "persons"
        ... starts = "enrolled"
        ... ends = "left"
        ... by = ["branch"]
        ... columns.enrolled = { header = "In", type = "date" }
        ... columns.left = { header = "Ut", type = "date" }
        ... columns.branch = { header = "Gren", type = "level", levels = ["care", "school"] }
        ... [indicators.reached]
        ... kind = "count"
        ... register = "enrolments"
        ... ''')
        >>> enrolments = pa.table({
        ...     "Id": ["A", "A", "B"],
        ...     "In": [dt.date(2022, 3, 1), dt.date(2022, 1, 1), dt.date(2022, 2, 1)],
        ...     "Ut": [None, dt.date(2022, 2, 1), None],
        ...     "Gren": ["school", "care", "care"],
        ... })
        >>> evaluation = project.evaluate({"enrolments": enrolments}, as_of="2022-06-30")
        >>> evaluation["reached"].value
        2.0
        >>> {code: figure.value for code, figure in evaluation["reached"].by("branch").items()}
        {'care': 2.0, 'school': 0.0}
        >>> [(row["levels"], row["persons"]) for row in evaluation.overlap]
        [([], 1), (['care', 'school'], 1)]
        """
        return Table(self._native.overlap())

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

    @property
    def checks(self) -> Table:
        """The results of the checks of horizontal principles.

        A row for each part, pair of groups, version of a target and criterion, with the columns
        that :class:`utfall.CheckResult` lists. Checks need no ``by``: they count by the columns
        that they name.
        """
        return self.checks_in(None)

    def checks_in(self, language: str | None) -> Table:
        """Give the results with sentences in ``sv`` or ``en``; else the project's language.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> len(project.evaluate({}, as_of="2022-06-30").checks_in("en"))
        0
        """
        return Table(self._native.checks(self._language(language)))

    def check(self, name: str) -> Check:
        """Give all results of a check, with sentences in the project's language.

        ``plan`` is the action plan, ``grounds`` the seven grounds, where they are declared.

        Raises
        ------
        UtfallError
            If the project has no such check (``unknown_name``).

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Likes"
        ... language = "en"
        ... [[plan]]
        ... principle = "equality"
        ... en = "Joint values"
        ... responsible = "the steering group"
        ... ''')
        >>> plan = project.evaluate({}, as_of="2022-06-30").check("plan")
        >>> plan.state, plan.results[3].lacks
        ('not_met', ['dates', 'follow_up'])
        >>> print(plan.sentences[3])
        Activity 1 (Joint values): undated; has no a date or phase, an indicator or evidence.
        """
        state = self._native.check_state(name)
        if state is None:
            raise _unknown("check", name, dict.fromkeys(self.checks["check"]))
        results = tuple(CheckResult(**row) for row in self.checks if row["check"] == name)
        return Check(name, state, results)

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
        # A project may have checks and no goals.
        table = [text_table(_native.headings(language), lines, width=width)] if lines else []
        head = [plain(f"{self.project.name} · {self.as_of}")]
        if self.project.description:
            head.append(plain(self.project.description))
        findings = [f"! {sentence}" for sentence in self.findings_in(language)["sentence"]]
        parts = ["\n".join(part) for part in (head, table, findings) if part]
        return "\n\n".join(parts)

    def groups_to_text(self, language: str | None = None, *, width: int = 100) -> str:
        """Lay the figures of all groups out as plain text of at most ``width`` columns.

        Below the table stands a sentence for each column of which persons are in several groups.

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
        table = text_table(headings, self._native.group_lines(language), width=width)
        sentences = self._native.overlap_sentences(language)
        overlaps = [textwrap.fill(sentence, width) for sentence in sentences]
        return "\n".join([table, *([""] if overlaps else []), *overlaps])

    def explain(self, indicator: str, language: str | None = None, /, **group: str) -> Explanation:
        """Explain how a figure came about: definition, accounting, outcome, verdicts, what is open.

        Parameters
        ----------
        indicator : str
            The indicator.
        language : str, optional
            ``sv`` or ``en``; else the project's language. Given by place, as a column may bear any
            name.
        **group : str
            The code of a level for each crossed column; none: everybody.

        Raises
        ------
        UtfallError
            If there is no such indicator, table of groups, group or language (``unknown_name``).

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
        ... columns.hired = { header = "Anställd", type = "flag" }
        ... [indicators.hired]
        ... kind = "share"
        ... register = "staff"
        ... having = { hired = true }
        ... ''')
        >>> staff = pa.table({"Kön": ["woman", "man", "woman"], "Anställd": [True, False, None]})
        >>> evaluation = project.evaluate({"staff": staff}, as_of="2022-06-30")
        >>> evaluation.explain("hired", "en", gender="woman").changes
        ('Open: 1 missing.', 'If none of the missing met the condition the outcome would be 50.0%, if all did 100.0%.')
        """
        from utfall._explanation import explanation  # noqa: PLC0415 - who asks for none pays nothing

        language = self._language(language)
        found = explanation(self._native, indicator, group, language)
        if found is None:
            groups = self[indicator].by(*group)
            code = ", ".join(group.values())
            raise _unknown(
                "group", code, (key if isinstance(key, str) else ", ".join(key) for key in groups)
            )
        return found

    def receipt(
        self,
        *,
        registers: Mapping[str, Source] | None = None,
        salt: bytes | None = None,
        protection: Mapping[str, Any] | None = None,
        made_on: str | dt.date | None = None,
    ) -> Receipt:
        """Give a receipt of what the evaluation was made of, for :meth:`Receipt.verify`.

        Parameters
        ----------
        registers : mapping of str to table or path, optional
            The registers as they were handed over: the bytes of those that are files are hashed too.
        salt : bytes, optional
            Sixteen bytes or more that are kept secret: hashes of counts and tables are then keyed
            (HMAC-SHA-256), so that nobody can find small counts by trying all. Not in the receipt.
        protection : mapping, optional
            The threshold and rules of a publication. A receipt with it and without a salt holds no
            hash of unprotected counts, and no number of units below ``threshold``.
        made_on : str or datetime.date, optional
            The day on which it is made. No clock is looked at.

        Raises
        ------
        UtfallError
            If the salt is too short (``salt_too_short``), ``made_on`` is no day (``not_a_day``), or a
            file cannot be read (``unreadable_file``).

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> evaluation = project.evaluate({}, as_of="2022-06-30")
        >>> receipt = evaluation.receipt(salt=b"kept with the registers")
        >>> receipt.verify(project, salt=b"kept with the registers").agrees
        True
        """
        from utfall._receipt_made import receipt_of  # noqa: PLC0415 - who asks for none pays nothing

        return receipt_of(
            self, registers=registers, salt=salt, protection=protection, made_on=made_on
        )

    def plot(
        self,
        kind: str = "goals",
        *,
        indicator: str | None = None,
        by: str | Sequence[str] | None = None,
        goal: str | None = None,
        check: str | None = None,
        language: str | None = None,
    ) -> Chart:
        """Draw a chart: see :func:`utfall.plots.plot` for the kinds and what each takes.

        Needs ``utfall[plots]``.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> chart = project.evaluate({}, as_of="2022-06-30").plot("goals", language="en")
        >>> chart.description
        'Outcomes against targets. Nothing to show.'
        """
        from utfall.plots import plot  # noqa: PLC0415 - who draws nothing pays nothing

        return plot(
            self, kind, indicator=indicator, by=by, goal=goal, check=check, language=language
        )

    def checks_to_text(self, language: str | None = None, *, width: int = 100) -> str:
        """Lay the results of checks out as plain text of at most ``width`` columns.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Likes"
        ... [checks.premises]
        ... principle = "accessibility"
        ... kind = "process"
        ... evidence = [{ rating = "done", on = 2022-05-31, source = "visit" }]
        ... ''')
        >>> print(project.evaluate({}, as_of="2022-06-30").checks_to_text("en"))
        Check     State                   Result
        ────────  ──────────────────────  ─────────────────────────────────────────
        premises  declared, not computed  premises: declared, not computed (visit).
        """
        language = self._language(language)
        headings = _native.check_headings(language)
        return text_table(headings, self._native.check_lines(language), width=width)

    def __repr__(self) -> str:
        """Lay the goal table out as plain text."""
        return self.to_text()

    def _repr_html_(self) -> str:
        from utfall._display import evaluation_page  # noqa: PLC0415 - only a notebook needs it

        return evaluation_page(self)

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
            cells: dict[str, Any] = {name: row[name] for name in names if name in row}
            group = {column: row[column] for column in row["by"]}
            yield Figure(**cells, group=group, _evaluation=self)


def _unknown(what: str, name: str, names: Iterable[str]) -> UtfallError:
    import difflib  # noqa: PLC0415 - only an error needs it

    names = list(names)
    near = difflib.get_close_matches(name, names, 1)
    hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(names) or 'none'}"
    return UtfallError(f"there is no {what} `{name}`; {hint}", "unknown_name")
