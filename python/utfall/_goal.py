"""Goals: what a figure says of each version of a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


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
    process : str or None
        What the figure says of the way of working, beside the verdict and never in its place:
        ``achieved``, ``not_achieved``, ``uncertain`` or ``uncertain_due_to_missing`` by exact
        one-sided tests at 5 %. Of shares against ``at_least`` and ``at_most`` only.
    achieved_at : int or None
        The number of successes, of as many observed, from which it would be ``achieved`` (for
        ``at_most``: up to which).
    protected : bool
        Whether something of it is withheld, in a publication.

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
    process: str | None
    achieved_at: int | None
    protected: bool = False


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
