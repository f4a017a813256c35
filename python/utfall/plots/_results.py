"""What charts are drawn from: the tables of an evaluation, and the words for what they hold."""

from __future__ import annotations

import json
import re
import textwrap
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from utfall import _native
from utfall._evaluation import _LANGUAGES, _unknown
from utfall._layout import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utfall._project import Project

Row: TypeAlias = "dict[str, Any]"

#: Kinds whose value is a share from 0 to 1.
SHARES = frozenset({"share", "change", "incidence", "coverage", "survey"})
#: Kinds whose value is so many of so many.
COUNTED = SHARES - {"incidence"}
#: How many marks an alternative text lists before it says how many more there are.
MOST = 20


class Results(Protocol):
    """What has the tables of an evaluation: an :class:`~utfall.Evaluation`, or what is published of one."""

    @property
    def project(self) -> Project:
        """The project."""

    @property
    def as_of(self) -> str:
        """The day of the evaluation."""

    @property
    def figures(self) -> Iterable[Row]:
        """The table of figures."""

    @property
    def verdicts(self) -> Iterable[Row]:
        """The table of verdicts."""


class Told:
    """The tables of an evaluation with the words for what they hold, in one language."""

    def __init__(self, results: Results, language: str | None) -> None:
        self.results = results
        self.project = results.project
        self.language = language or results.project.language
        if self.language not in _LANGUAGES:
            raise _unknown("language", self.language, _LANGUAGES)
        self.words = _native.chart_words(self.language)

    # ── Tables ──

    def table(self, name: str) -> list[Row]:
        """Give the rows of a table; none where these results do not have it."""
        return list(getattr(self.results, name, ()))

    @cached_property
    def figures(self) -> dict[tuple[str, tuple[str, ...]], list[Row]]:
        """The figures of each indicator and table, in order."""
        tables: dict[tuple[str, tuple[str, ...]], list[Row]] = {}
        for row in self.results.figures:
            tables.setdefault((row["indicator"], tuple(row["by"])), []).append(row)
        return tables

    def overall(self, indicator: str | None) -> Row | None:
        """Give the figure of everybody."""
        rows = self.figures.get((indicator or "", ()))
        return rows[0] if rows else None

    def indicator(self, name: str | None) -> str:
        """Give the indicator asked for; without one the first that a goal has, else the first."""
        names = self.project.indicators
        if name is None:
            of_goals = (row["indicator"] for row in self.results.verdicts if row["indicator"])
            return next(of_goals, names[0] if names else "")
        if name not in names:
            raise _unknown("indicator", name, names)
        return name

    def crossings(self, indicator: str, by: str | Sequence[str] | None) -> list[tuple[str, ...]]:
        """Give the tables asked for; without one, those of a single column."""
        there = [columns for name, columns in self.figures if name == indicator and columns]
        if by is None:
            return [columns for columns in there if len(columns) == 1]
        asked = (by,) if isinstance(by, str) else tuple(by)
        found = [columns for columns in there if sorted(columns) == sorted(asked)]
        if not found:
            what = "table of groups"
            raise _unknown(what, ", ".join(asked), map(", ".join, there))
        return found

    @cached_property
    def declared(self) -> dict[str, Any]:
        """What the project file declares, as its keys write it."""
        declared: dict[str, Any] = json.loads(self.project.to_json())
        return declared

    def label(self, declared: dict[str, Any], name: str) -> str:
        """Give the name of something declared in this language, else in the other."""
        first, second = ("sv", "en") if self.language == "sv" else ("en", "sv")
        return plain(declared.get(first) or declared.get(second) or name)

    # ── Names ──

    def indicator_name(self, name: str) -> str:
        """Give an indicator as a person calls it."""
        return plain(self.project._native.indicator_label(name, self.language) or name)  # noqa: SLF001

    def goal_name(self, name: str) -> str:
        """Give a goal as a person calls it."""
        return plain(self.project._native.goal_label(name, self.language) or name)  # noqa: SLF001

    def column_name(self, register: str, column: str) -> str:
        """Give a column as the source heads it."""
        return plain(self.project._native.column_label(register, column) or column)  # noqa: SLF001

    def levels(self, register: str, column: str) -> dict[str, str]:
        """Give the levels of a column, by code."""
        labels = self.project._native.level_labels(register, column, self.language)  # noqa: SLF001
        return {code: plain(label) for code, label in labels}

    def level_name(self, register: str, column: str, code: str) -> str:
        """Give a level as a person calls it."""
        if code == "(unknown)":
            return self.words["unknown"]
        levels = self._levels.setdefault((register, column), self.levels(register, column))
        return levels.get(code, plain(code))

    @cached_property
    def _levels(self) -> dict[tuple[str, str], dict[str, str]]:
        return {}

    def group_name(self, row: Row) -> str:
        """Give a group as a person calls it: its levels, or everybody."""
        names = [self.level_name(row["register"], column, row[column]) for column in row["by"]]
        return ", ".join(names) or self.words["everybody"]

    # ── Texts ──

    def number(self, number: float, unit: str) -> str:
        """Write a number."""
        return _native.number_text(number, unit, self.language)

    def interval(self, low: float | None, high: float | None, unit: str) -> str:
        """Write an interval; empty where there is none."""
        if low is None or high is None:
            return ""
        return _native.interval_text(low, high, unit, self.language)

    def counted(self, units: int, word: str) -> str:
        """Write how many with a word, such as how many are missing."""
        return _native.counted(units, word, self.language)

    def state(self, row: Row) -> str | None:
        """Say why there is no value; nothing where there is one."""
        return _native.state_text(row["state"], row.get("reason"), self.language)

    def outcome(self, row: Row) -> str:
        """Say what came out: so many of so many, a number, or why there is none."""
        state = self.state(row)
        if state is not None:
            return state
        kind, value = row["kind"], row["value"]
        if kind in COUNTED:
            return _native.out_of(row["successes"], row["observed"], value, self.language)
        if kind == "count":
            return _native.counted(row["successes"], "", self.language)
        return self.number(value, "share" if kind in SHARES else "quantity")

    def description(self, title: str, marks: Iterable[tuple[str, str]]) -> str:
        """Say what a chart shows to whoever cannot see it."""
        return _native.description(title, list(marks), MOST, self.language)


def unit_of(row: Row) -> str:
    """Give the unit of a figure: ``share`` or ``quantity``."""
    return "share" if row["kind"] in SHARES else "quantity"


def thresholds(target: str | None) -> list[float]:
    """Give the numbers of a target as the table of verdicts writes it; none of a rating.

    >>> thresholds("between 0.4 and 0.6"), thresholds("all"), thresholds("at_least strategic")
    ([0.4, 0.6], [1.0], [])
    """
    if target == "all":
        return [1.0]
    numbers = (target or "").replace("at_least", "").replace("at_most", "").replace("between", "")
    parts = [part.strip() for part in numbers.split(" and ")]
    if not all(re.fullmatch(r"-?\d+(\.\d+)?", part) for part in parts):
        return []
    return [float(part) for part in parts]


def wrapped(text: str, width: int, most: int = 4) -> list[str]:
    """Break a text into at most ``most`` lines of ``width`` characters.

    >>> wrapped("one two three", 7, 2)
    ['one two', 'three']
    >>> wrapped("one two three four", 7, 2)
    ['one two', 'three …']
    """
    return textwrap.wrap(text, width, max_lines=most, placeholder=" …") or [""]
