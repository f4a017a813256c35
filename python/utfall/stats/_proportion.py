"""One share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from utfall import _native
from utfall.stats._arrays import count, counts, estimates, is_array
from utfall.stats._estimate import Estimate, Estimates

if TYPE_CHECKING:
    import numpy.typing as npt

ProportionMethod = Literal["wilson", "clopper_pearson", "jeffreys", "agresti_coull"]


@overload
def proportion(
    successes: int, n: int, method: ProportionMethod = "wilson", level: float = 0.95
) -> Estimate | None: ...
@overload
def proportion(
    successes: npt.ArrayLike,
    n: npt.ArrayLike,
    method: ProportionMethod = "wilson",
    level: float = 0.95,
) -> Estimates: ...
def proportion(
    successes: int | npt.ArrayLike,
    n: int | npt.ArrayLike,
    method: ProportionMethod = "wilson",
    level: float = 0.95,
) -> Estimate | Estimates | None:
    """Give the share of `successes` in `n` units with its interval.

    The interval says how far the share would carry to other units of the same kind. Where the
    register holds everybody there is, the share itself is exact and needs none.

    Parameters
    ----------
    successes : int or array_like
        How many units have the property.
    n : int or array_like
        How many units there are.
    method : str
        ``wilson``: the score interval, in range and on average as wide as its level says even for
        few units. ``clopper_pearson``: exact, never less sure than its level, so wider than
        needed. ``jeffreys``: equal-tailed under the prior of Jeffreys. ``agresti_coull``: for
        comparison with others' figures.
    level : float
        The level of confidence, 0.95 for 95 %.

    Returns
    -------
    Estimate or Estimates or None
        A fraction from 0 to 1 with the ends of its interval; ``None`` where `n` is 0. For arrays
        each as an array, NaN where `n` is 0.

    Raises
    ------
    UtfallError
        If there are more successes than units (``more_successes_than_units``), a count is no whole
        number of 0 or more (``not_a_count``), arrays have different shapes (``unlike_shapes``), the
        method is unknown (``unknown_method``) or the level is none (``level_out_of_range``).

    References
    ----------
    L. D. Brown, T. T. Cai, A. DasGupta, *Interval estimation for a binomial proportion*,
    Statistical Science 16 (2001), 101-133.

    Examples
    --------
    >>> from utfall import stats
    >>> stats.proportion(0, 5).high.__round__(3)
    0.434
    >>> stats.proportion(0, 0) is None
    True
    >>> stats.proportion([7, 0], [24, 0]).low.round(3)
    array([0.149,   nan])
    """
    if is_array(successes, n):
        shape, (successes, n) = counts(successes=successes, n=n)
        return estimates(shape, _native.proportions(successes, n, method, level))
    made = _native.proportion(count(successes, "successes"), count(n, "n"), method, level)
    return made and Estimate(*made)
