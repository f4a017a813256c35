"""The share with an event of each kind by a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from utfall import _native
from utfall.stats._arrays import as_numbers, count, estimates, is_array, number
from utfall.stats._estimate import Estimate, Estimates
from utfall.stats._spells import Spells, kinds_of
from utfall.stats._survival import SurvivalCurve

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import numpy as np
    import numpy.typing as npt


@overload
def aalen_johansen(
    durations: npt.ArrayLike,
    events: npt.ArrayLike,
    *,
    kinds: Sequence[str] | int | None = None,
    units: npt.ArrayLike | None = None,
    by: None = None,
) -> CumulativeIncidence: ...
@overload
def aalen_johansen(
    durations: npt.ArrayLike,
    events: npt.ArrayLike,
    *,
    kinds: Sequence[str] | int | None = None,
    units: npt.ArrayLike | None = None,
    by: npt.ArrayLike,
) -> dict[Hashable, CumulativeIncidence]: ...
def aalen_johansen(
    durations: npt.ArrayLike,
    events: npt.ArrayLike,
    *,
    kinds: Sequence[str] | int | None = None,
    units: npt.ArrayLike | None = None,
    by: npt.ArrayLike | None = None,
) -> CumulativeIncidence | dict[Hashable, CumulativeIncidence]:
    """Give the share with an event of each kind by each time, by Aalen and Johansen.

    The kinds compete: who has an event of one kind can have no other, such as work, studies and
    dropout. Who was followed for a while without any is censored, and counts among those at risk up
    to and at that time. Events of several kinds at one time happen together. An event at time 0 is
    one. Where everybody is followed to a horizon, the estimate there is the plain share.

    Parameters
    ----------
    durations : array_like
        How long each unit was followed: whole numbers or floats of 0 or more, in any unit of time.
    events : array_like
        How that ended: the name of a kind, or ``None`` for censored; or the number of a kind from
        1, or 0 for censored. What is missing is censored.
    kinds : sequence of str or int, optional
        The names of all kinds in their order, or how many there are. Without it, those that occur:
        names in alphabetical order, numbers up to the largest.
    units : array_like, optional
        How many units each row stands for, if it is more than one.
    by : array_like, optional
        The group of each row. What is missing is the group ``(unknown)``. All groups have all
        kinds.

    Returns
    -------
    CumulativeIncidence or dict
        The curves; with `by` a dictionary of groups, in order, with the curves of each.

    Raises
    ------
    UtfallError
        If a duration is negative, not finite or missing (``not_a_duration``), an event is none of
        the kinds (``not_an_event``), there are more than 100 kinds (``too_many_kinds``), units are
        no whole numbers (``not_a_count``) or too many (``too_many_units``), or arrays have
        different shapes (``unlike_shapes``).

    References
    ----------
    O. O. Aalen, S. Johansen, *An empirical transition matrix for non-homogeneous Markov chains
    based on censored observations*, Scandinavian Journal of Statistics 5 (1978), 141-150.

    Examples
    --------
    >>> from utfall import stats
    >>> curves = stats.aalen_johansen([0, 30, 30, 60, 91], ["work", "studies", "work", None, None])
    >>> curves.at(91)["work"].value
    0.4
    >>> curves.at(91)["studies"].value
    0.2
    """
    names, codes = kinds_of(events, kinds)
    spells = Spells(durations, "events", codes, units, by)
    many = None if names is None else len(names)
    if isinstance(kinds, int):
        many = count(kinds, "kinds")

    def curves(durations: Any, ends: Any, units: Any) -> CumulativeIncidence:  # noqa: ANN401
        made = _native.aalen_johansen(durations, ends, units, many)
        return CumulativeIncidence(made, names, spells.is_whole)

    if by is None:
        return curves(spells.durations, spells.ends, spells.units)
    many = max(0, int(spells.ends.max(initial=0))) if many is None else many
    return {group: curves(*columns) for group, columns in spells.groups()}


class CumulativeIncidence:
    """The share with an event of each kind, a step at each duration. Made by :func:`aalen_johansen`.

    Examples
    --------
    >>> from utfall import stats
    >>> curves = stats.aalen_johansen([20, 40, 91, 91], ["work", "studies", "work", None])
    >>> curves
    <CumulativeIncidence of 4 units: studies 1, work 2>
    >>> curves.incidence["work"]
    array([0.25, 0.25, 0.5 ])
    >>> curves.overall.at_risk
    array([4, 3, 2])
    """

    def __init__(
        self,
        native: _native.CumulativeIncidence,
        names: tuple[str, ...] | None,
        is_whole: bool,  # noqa: FBT001 - nobody else calls it
    ) -> None:
        self._native = native
        self._names = names
        self._is_whole = is_whole

    @property
    def kinds(self) -> tuple[Any, ...]:
        """The kinds of event: their names, or their numbers from 1."""
        return tuple(range(1, self._native.kinds + 1)) if self._names is None else self._names

    @property
    def overall(self) -> SurvivalCurve:
        """The share without an event of any kind: with all kinds' shares it makes 1 at each time."""
        return SurvivalCurve(self._native.overall, self._is_whole)

    @property
    def times(self) -> npt.NDArray[Any]:
        """The durations that occur, in order; what follows has one element for each."""
        return self.overall.times

    @property
    def at_risk(self) -> npt.NDArray[np.int64]:
        """The units at risk at each time: those with this duration or a longer one."""
        return self.overall.at_risk

    @property
    def censored(self) -> npt.NDArray[np.int64]:
        """The units censored at each time."""
        return self.overall.censored

    @property
    def events(self) -> dict[Any, npt.NDArray[np.int64]]:
        """By kind, the units with an event at each time."""
        events = (of_kind.view("int64") for of_kind in self._native.events)
        return dict(zip(self.kinds, events, strict=True))

    @property
    def incidence(self) -> dict[Any, npt.NDArray[np.float64]]:
        """By kind, the share with an event by each time, those of that time counted."""
        return dict(zip(self.kinds, self._native.incidence, strict=True))

    @property
    def variance(self) -> dict[Any, npt.NDArray[np.float64]]:
        """By kind, the variance of the share.

        It is the delta method's, of Dinse and Larson (1986) and Marubini and Valsecchi (1995).
        Aalen's, which some software gives, differs a little for few units.
        """
        return dict(zip(self.kinds, self._native.variance, strict=True))

    @overload
    def at(self, horizon: float, level: float = 0.95) -> dict[Any, Estimate | None]: ...
    @overload
    def at(self, horizon: npt.ArrayLike, level: float = 0.95) -> dict[Any, Estimates]: ...
    def at(
        self, horizon: float | npt.ArrayLike, level: float = 0.95
    ) -> dict[Any, Estimate | None] | dict[Any, Estimates]:
        """Give by kind the share with an event by a horizon; an event on the horizon counts.

        Parameters
        ----------
        horizon : float or array_like
            A time of 0 or more, in the unit of the durations.
        level : float
            The level of confidence, 0.95 for 95 %.

        Returns
        -------
        dict of Estimate or Estimates or None
            For each kind a fraction from 0 to 1. The interval is symmetric on the scale of
            log(-log), and undefined (NaN) at 0 and 1. ``None`` (in arrays NaN) where nothing can be
            estimated: nobody, or a horizon beyond the longest duration while somebody was still
            without an event then. If the last units at risk all had an event, the curves are
            complete and stay as they are.

        Raises
        ------
        UtfallError
            If the horizon is negative or NaN (``horizon_out_of_range``) or no number at all
            (``not_a_number``), or the level is none (``level_out_of_range``).

        Examples
        --------
        >>> from utfall import stats
        >>> curves = stats.aalen_johansen([20, 40, 91, 91], [1, 2, 1, 0])
        >>> curves.at(90)[1].value
        0.25
        >>> curves.at(92)
        {1: None, 2: None}
        >>> curves.at([90, 91, 92])[1].value
        array([0.25, 0.5 ,  nan])
        """
        if is_array(horizon):
            horizons = as_numbers(horizon, "horizon")
            each = self._native.at_each(horizons.reshape(-1), level)
            shaped = (estimates(horizons.shape, of_kind) for of_kind in each)
            return dict(zip(self.kinds, shaped, strict=True))
        made = self._native.at(number(horizon, "horizon"), level)
        found: list[Estimate | None] = [Estimate(*of_kind) for of_kind in made or []]
        return dict(zip(self.kinds, found or [None] * len(self.kinds), strict=True))

    def quantile(self, share: float, level: float = 0.95) -> Estimate | None:
        """Give the time by which a share of the units has had an event of any kind.

        See :meth:`SurvivalCurve.quantile`.

        Examples
        --------
        >>> from utfall import stats
        >>> curves = stats.aalen_johansen([20, 40, 60, 91], ["work", "studies", "work", None])
        >>> curves.quantile(0.5).value
        40.0
        """
        return self.overall.quantile(share, level)

    def __repr__(self) -> str:
        """Say how many units there are, and how many had an event of each kind."""
        events = ", ".join(f"{kind} {units.sum()}" for kind, units in self.events.items())
        return f"<CumulativeIncidence of {self.overall.units} units: {events or 'no event'}>"
