"""Between which shares units of different size lie by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from utfall import _native
from utfall.stats._arrays import count, counts, is_array, number
from utfall.stats._estimate import Interval, Intervals

if TYPE_CHECKING:
    import numpy.typing as npt

FunnelMethod = Literal["automatic", "exact", "normal"]


@overload
def funnel_limits(
    target: float, n: int, tail: float = 0.025, method: FunnelMethod = "automatic"
) -> Interval | None: ...
@overload
def funnel_limits(
    target: float, n: npt.ArrayLike, tail: float = 0.025, method: FunnelMethod = "automatic"
) -> Intervals: ...
def funnel_limits(
    target: float, n: int | npt.ArrayLike, tail: float = 0.025, method: FunnelMethod = "automatic"
) -> Interval | Intervals | None:
    """Give the limits between which the share of a sub-project of `n` units lies by chance.

    A share outside them is surprising if units succeed as likely as `target` says. A sub-project
    within them cannot be told from the target, whatever its rank: use this instead of a league
    table. Sub-projects often differ more than chance for reasons of their own (whom they take in);
    then most lie outside, and that says little of any one of them.

    Parameters
    ----------
    target : float
        The share that is compared with, a fraction: a target, or the share of all.
    n : int or array_like
        How many units a sub-project has.
    tail : float
        How many, by chance, come out below the lower limit at most, and above the upper. Customary
        are 0.025 and 0.001.
    method : str
        ``automatic``: exact where fewer than 10 successes or fewer than 10 failures are expected,
        else normal. ``exact``: quantiles of the binomial distribution, which go in steps.
        ``normal``: target ± z sqrt(target (1 - target) / n), a smooth curve, cut to 0 and 1.

    Returns
    -------
    Interval or Intervals or None
        Shares, both allowed; ``None`` where `n` is 0. For arrays each as an array, NaN where `n` is
        0.

    Raises
    ------
    UtfallError
        If the target is no fraction (``target_share_out_of_range``), the tail does not lie between
        0 and 0.5 (``tail_out_of_range``), one of them is no number (``not_a_number``), `n` is no
        whole number of 0 or more (``not_a_count``) or more than 10**12 (``too_many_units``), or the
        method is unknown (``unknown_method``).

    References
    ----------
    D. J. Spiegelhalter, *Funnel plots for comparing institutional performance*, Statistics in
    Medicine 24 (2005), 1185-1202.

    Examples
    --------
    >>> from utfall import stats
    >>> small = stats.funnel_limits(0.7, 12)
    >>> small.low * 12, small.high * 12
    (5.0, 11.0)
    >>> stats.funnel_limits(0.7, [12, 400, 0]).high.round(3)
    array([0.917, 0.745,   nan])
    """
    target, tail = number(target, "target"), number(tail, "tail")
    if is_array(n):
        shape, (flat,) = counts(n=n)
        low, high = _native.funnels(target, flat, tail, method)
        return Intervals(low.reshape(shape), high.reshape(shape))
    made = _native.funnel_limits(target, count(n, "n"), tail, method)
    return made and Interval(*made)
