"""Figures: the value of an indicator for a group, with everything that it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from utfall._errors import UtfallError

if TYPE_CHECKING:
    from utfall._evaluation import Evaluation


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
        The parts of the accounting, in units; of a survey in answers.
    value : float or None
        Successes of the observed, as a fraction; for a count the count.
    low, high : float or None
        The Wilson interval of a share: how far it would carry to others of the same kind. None
        for a survey of several items.
    bound_low, bound_high : float or None
        What the value could be whatever the missing (for a count: the unclassified) are.
    state : str
        ``value``, ``not_due``, ``not_computable`` or ``suppressed``. A true zero is a value.
    reason : str or None
        Why the figure is not computable.
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
    protected: bool = False

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
