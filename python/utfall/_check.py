"""Checks of horizontal principles: what they say, and the figures that they rest on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckResult:
    """One result of a check: of one part, pair of groups, version of a target or criterion.

    Shares and differences are fractions; what a result does not have is ``None``.

    Attributes
    ----------
    check : str
        The check; ``plan`` for the action plan, ``grounds`` for the seven grounds, a principle for
        those of its default checks that the columns do not allow.
    principle : str or None
        ``equality``, ``accessibility`` or ``non_discrimination``.
    kind : str
        The kind of the check.
    aspect : str
        What is looked at: ``at_least 0.15``, ``40/60``, ``reference``, ``gap`` and so on.
    group : list of str
        The part, or the first group: ``gender=woman``. Empty: everybody.
    other : list of str
        The group that it is set against.
    current : bool
        Whether it counts in what the check comes to; earlier versions of a target do not.
    successes, n, value, low, high : int or float, or None
        The share of the part or first group, with Wilson's interval.
    open : int or None
        Units whose outcome is missing, not due or unclassified.
    unknown : int or None
        Units of unknown part or group, who could belong to any.
    other_successes, other_n : int or None
        The counts of the other group.
    smallest : int or None
        How many are observed in the smaller group.
    reference : float or None
        What the share is set against.
    difference, difference_low, difference_high : float or None
        The share less what it is set against, with Newcombe's interval.
    limit : float or None
        The largest difference that is accepted.
    bound_low, bound_high : float or None
        What the difference (else the share) could be, however the open cases turn out.
    ratio, ratio_low, ratio_high : float or None
        The share divided by what it is set against, with Koopman's interval.
    below_four_fifths : bool or None
        Whether one share is less than four fifths of the other, by whole numbers.
    adjusted, adjusted_low, adjusted_high : float or None
        The difference as if the groups were alike in other columns.
    adjusted_left_out : int or None
        Units that do not count in it.
    reversed : bool or None
        Whether it points the other way.
    strata_p_value : float or None
        Woolf's test of whether the strata have one odds ratio in common.
    strata_differ : bool or None
        Whether they differ by that test.
    p_value, p_adjusted : float or None
        Fisher's exact test, and the same adjusted by Holm for all pairs of the indicator's checks.
    longest_days, limit_days : int or None
        The longest time between meetings, and the longest that is accepted.
    part_of_successes, value_without : float or None
        The part's share of all successes, and the share of everybody without it.
    state : str
        ``met``, ``not_met``, ``open``, ``cannot_tell``, ``not_measured`` or ``declared``.
    reason : str or None
        Why, where the state does not say it.
    lacks : list of str
        Columns that a check would need, or what an activity of the plan does not say.
    figures : list of str
        The figures that the result rests on.
    sentence : str
        One plain sentence.
    protected : bool
        Whether it is withheld, in a publication.

    Examples
    --------
    >>> import pyarrow as pa
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('''
    ... schema = 1
    ... name = "Staff"
    ... [registers.staff]
    ... unit = "person"
    ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ... [indicators.men]
    ... kind = "share"
    ... register = "staff"
    ... having = { gender = "man" }
    ... [checks.men]
    ... principle = "equality"
    ... kind = "representation"
    ... indicator = "men"
    ... balance = true
    ... ''')
    >>> staff = pa.table({"Kön": ["woman"] * 17 + ["man"] * 5})
    >>> result = project.evaluate({"staff": staff}, as_of="2022-06-30").check("men").results[0]
    >>> result.aspect, result.successes, result.n, result.state
    ('40/60', 5, 22, 'not_met')
    """

    check: str
    principle: str | None
    kind: str
    aspect: str
    group: list[str]
    other: list[str]
    current: bool
    successes: int | None
    n: int | None
    value: float | None
    low: float | None
    high: float | None
    open: int | None
    unknown: int | None
    other_successes: int | None
    other_n: int | None
    smallest: int | None
    reference: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    limit: float | None
    bound_low: float | None
    bound_high: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    below_four_fifths: bool | None
    adjusted: float | None
    adjusted_low: float | None
    adjusted_high: float | None
    adjusted_left_out: int | None
    reversed: bool | None
    strata_p_value: float | None
    strata_differ: bool | None
    p_value: float | None
    p_adjusted: float | None
    longest_days: int | None
    limit_days: int | None
    part_of_successes: float | None
    value_without: float | None
    state: str
    reason: str | None
    lacks: list[str]
    figures: list[str]
    sentence: str
    protected: bool = False


@dataclass(frozen=True)
class Check:
    """A check of a horizontal principle: all its results, and what they come to.

    Attributes
    ----------
    name : str
        The check's name in the project file.
    state : str
        The state that weighs most among the results: ``not_met`` before ``open``, ``cannot_tell``,
        ``not_measured``, ``declared`` and ``met``. A balanced total hides no part that is not.
    results : tuple of CheckResult
        Every result, in order.

    Examples
    --------
    >>> import pyarrow as pa
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('''
    ... schema = 1
    ... name = "Work"
    ... language = "en"
    ... [registers.participants]
    ... unit = "person"
    ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ... columns.work = { header = "Arbete", type = "flag" }
    ... [indicators]
    ... work = { kind = "share", register = "participants", having = { work = true } }
    ... [checks.equal_outcome]
    ... principle = "equality"
    ... kind = "gap"
    ... indicator = "work"
    ... groups = "gender"
    ... at_most = 0.10
    ... ''')
    >>> genders = ["woman"] * 10 + ["man"] * 10
    >>> work = [True] * 4 + [False] * 6 + [True] * 7 + [False] * 3
    >>> participants = pa.table({"Kön": genders, "Arbete": work})
    >>> evaluation = project.evaluate({"participants": participants}, as_of="2022-06-30")
    >>> check = evaluation.check("equal_outcome")
    >>> check.state, round(check.results[0].difference, 3)
    ('not_met', -0.3)
    >>> check.of("gender=woman")[0].other
    ['gender=man']
    """

    name: str
    state: str
    results: tuple[CheckResult, ...]

    @property
    def principle(self) -> str | None:
        """The principle that the check serves."""
        return self.results[0].principle

    @property
    def sentences(self) -> tuple[str, ...]:
        """One plain sentence for each result, in the project's language."""
        return tuple(result.sentence for result in self.results)

    def of(self, *group: str, aspect: str | None = None) -> tuple[CheckResult, ...]:
        """Give the results of a part or group, such as ``of("subproject=Nyköping")``."""
        return tuple(
            result
            for result in self.results
            if result.group == list(group) and aspect in (None, result.aspect)
        )
