"""The share without an event by a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from utfall import _native
from utfall.stats._arrays import as_numbers, estimates, is_array, number
from utfall.stats._estimate import Estimate, Estimates
from utfall.stats._spells import Spells, flags

if TYPE_CHECKING:
    from collections.abc import Hashable

    import numpy as np
    import numpy.typing as npt


@overload
def kaplan_meier(
    durations: npt.ArrayLike,
    observed: npt.ArrayLike,
    *,
    units: npt.ArrayLike | None = None,
    by: None = None,
) -> SurvivalCurve: ...
@overload
def kaplan_meier(
    durations: npt.ArrayLike,
    observed: npt.ArrayLike,
    *,
    units: npt.ArrayLike | None = None,
    by: npt.ArrayLike,
) -> dict[Hashable, SurvivalCurve]: ...
def kaplan_meier(
    durations: npt.ArrayLike,
    observed: npt.ArrayLike,
    *,
    units: npt.ArrayLike | None = None,
    by: npt.ArrayLike | None = None,
) -> SurvivalCurve | dict[Hashable, SurvivalCurve]:
    """Give the share without an event by each time, by Kaplan and Meier.

    Who was followed for a while without an event is censored, and counts among those at risk up to
    and at that time. An event at time 0 is one. For several kinds of event that exclude each other,
    use :func:`aalen_johansen`: censoring the other kinds here overstates each.

    Parameters
    ----------
    durations : array_like
        How long each unit was followed: whole numbers or floats of 0 or more, in any unit of time.
    observed : array_like
        Whether that ended in an event (true or 1) or not (false or 0: censored).
    units : array_like, optional
        How many units each row stands for, if it is more than one.
    by : array_like, optional
        The group of each row. What is missing is the group ``(unknown)``.

    Returns
    -------
    SurvivalCurve or dict
        The curve; with `by` a dictionary of groups, in order, with the curve of each.

    Raises
    ------
    UtfallError
        If a duration is negative, not finite or missing (``not_a_duration``), it is not said
        whether it ended (``not_an_event``), units are no whole numbers (``not_a_count``) or too
        many (``too_many_units``), or arrays have different shapes (``unlike_shapes``).

    References
    ----------
    E. L. Kaplan, P. Meier, *Nonparametric estimation from incomplete observations*, Journal of the
    American Statistical Association 53 (1958), 457-481.

    Examples
    --------
    >>> from utfall import stats
    >>> curve = stats.kaplan_meier([6, 6, 6, 7, 10], [True, True, False, True, False])
    >>> curve.survival
    array([0.6, 0.3, 0.3])
    >>> curve.at(7).value
    0.3
    >>> sites = ["north", "north", "south", "south", "south"]
    >>> curves = stats.kaplan_meier([6, 6, 6, 7, 10], [True, True, False, True, False], by=sites)
    >>> curves["south"].at(7).value
    0.5
    """
    spells = Spells(durations, "observed", flags(observed, "observed"), units, by)

    def curve(durations: Any, ends: Any, units: Any) -> SurvivalCurve:  # noqa: ANN401 - arrays
        return SurvivalCurve(_native.kaplan_meier(durations, ends, units), spells.is_whole)

    if by is None:
        return curve(spells.durations, spells.ends, spells.units)
    return {group: curve(*columns) for group, columns in spells.groups()}


class SurvivalCurve:
    """The share without an event, a step at each duration. Made by :func:`kaplan_meier`.

    Examples
    --------
    >>> from utfall import stats
    >>> curve = stats.kaplan_meier([10, 20, 91, 91], [True, True, True, False])
    >>> curve
    <SurvivalCurve of 4 units, 3 with an event>
    >>> curve.times
    array([10, 20, 91])
    >>> curve.at_risk
    array([4, 3, 2])
    """

    def __init__(self, native: _native.SurvivalCurve, is_whole: bool) -> None:  # noqa: FBT001
        self._native = native
        self._is_whole = is_whole

    @property
    def units(self) -> int:
        """How many units there are."""
        return self._native.units

    @property
    def times(self) -> npt.NDArray[Any]:
        """The durations that occur, in order; what follows has one element for each."""
        times = self._native.times
        return times.astype("int64") if self._is_whole else times

    @property
    def at_risk(self) -> npt.NDArray[np.int64]:
        """The units at risk at each time: those with this duration or a longer one."""
        return self._native.at_risk.view("int64")

    @property
    def events(self) -> npt.NDArray[np.int64]:
        """The units with an event at each time."""
        return self._native.events.view("int64")

    @property
    def censored(self) -> npt.NDArray[np.int64]:
        """The units censored at each time."""
        return self._native.censored.view("int64")

    @property
    def survival(self) -> npt.NDArray[np.float64]:
        """The share without an event by each time, those of that time counted."""
        return self._native.survival

    @property
    def variance(self) -> npt.NDArray[np.float64]:
        """Its variance by Greenwood (1926); 0 where nobody is left."""
        return self._native.variance

    @overload
    def at(self, horizon: float, level: float = 0.95) -> Estimate | None: ...
    @overload
    def at(self, horizon: npt.ArrayLike, level: float = 0.95) -> Estimates: ...
    def at(
        self, horizon: float | npt.ArrayLike, level: float = 0.95
    ) -> Estimate | Estimates | None:
        """Give the share without an event by a horizon; an event on the horizon counts.

        Parameters
        ----------
        horizon : float or array_like
            A time of 0 or more, in the unit of the durations.
        level : float
            The level of confidence, 0.95 for 95 %.

        Returns
        -------
        Estimate or Estimates or None
            A fraction from 0 to 1. The interval is symmetric on the scale of log(-log), and
            undefined (NaN) at 0 and 1. ``None`` (in arrays NaN) where nothing can be estimated:
            nobody, or a horizon beyond the longest duration while somebody was still without an
            event then. If the last units at risk all had an event, the curve is complete and
            stays at 0.

        Raises
        ------
        UtfallError
            If the horizon is negative or NaN (``horizon_out_of_range``) or no number at all
            (``not_a_number``), or the level is none (``level_out_of_range``).

        References
        ----------
        J. D. Kalbfleisch, R. L. Prentice, *The Statistical Analysis of Failure Time Data* (1980),
        1.3.

        Examples
        --------
        >>> from utfall import stats
        >>> curve = stats.kaplan_meier([10, 20, 91, 91], [True, True, True, False])
        >>> curve.at(91).value
        0.25
        >>> curve.at(92) is None
        True
        >>> curve.at([0, 15, 92]).value
        array([1.  , 0.75,  nan])
        """
        if is_array(horizon):
            horizons = as_numbers(horizon, "horizon")
            return estimates(horizons.shape, self._native.at_each(horizons.reshape(-1), level))
        made = self._native.at(number(horizon, "horizon"), level)
        return made and Estimate(*made)

    def median(self, level: float = 0.95) -> Estimate | None:
        """Give the time by which half the units have had an event; see :meth:`quantile`.

        Examples
        --------
        >>> from utfall import stats
        >>> curve = stats.kaplan_meier([1, 2, 3, 4, 5], [True, True, True, False, False])
        >>> curve.median()
        Estimate(value=3.0, low=1.0, high=nan)
        """
        return self.quantile(0.5, level)

    def quantile(self, share: float, level: float = 0.95) -> Estimate | None:
        """Give the time by which a share of the units has had an event.

        It is the first time at which no more than the rest is without one.

        Parameters
        ----------
        share : float
            The share that has had an event, 0.5 for the median.
        level : float
            The level of confidence, 0.95 for 95 %.

        Returns
        -------
        Estimate or None
            A time; ``None`` where the curve ends before that, or nobody is there. The ends of the
            interval are the first times at which the lower and the upper end of the curve's
            interval have come as far, NaN where they never do.

        Raises
        ------
        UtfallError
            If the share (``share_out_of_range``) or the level (``level_out_of_range``) does not lie
            between 0 and 1, or the share is no number (``not_a_number``).

        References
        ----------
        R. Brookmeyer, J. Crowley, *A confidence interval for the median survival time*, Biometrics
        38 (1982), 29-41, on the scale of log(-log).

        Examples
        --------
        >>> from utfall import stats
        >>> curve = stats.kaplan_meier([1, 2, 3, 4], [True, True, True, False])
        >>> curve.quantile(0.25).value
        1.0
        >>> curve.quantile(0.9) is None
        True
        """
        made = self._native.quantile(number(share, "share"), level)
        return made and Estimate(*made)

    def __repr__(self) -> str:
        """Say how many units there are."""
        return f"<SurvivalCurve of {self.units} units, {self.events.sum()} with an event>"
