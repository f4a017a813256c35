"""Amounts of which one contributor could work out another's: money, hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utfall import _native
from utfall.disclosure._rules import table
from utfall.stats._arrays import count

if TYPE_CHECKING:
    import numpy.typing as npt


def dominates(contributions: npt.ArrayLike, *, largest: int = 1, percent: float = 85.0) -> bool:
    """Tell whether the largest contributors make up more than a part of an amount: the (n, k) rule.

    Parameters
    ----------
    contributions : array_like of int
        What each unit adds to the amount, in whole units of money or time; 0 or more.
    largest : int, optional
        How many of the largest contributors are taken together.
    percent : float, optional
        The part that they may make up at most, above 0 and at most 100.

    Returns
    -------
    bool
        Whether the amount should be hidden. An amount of 0 is dominated by nobody.

    Raises
    ------
    UtfallError
        ``not_a_count``; ``percent_out_of_range``.

    Notes
    -----
    Willenborg and de Waal, *Elements of Statistical Disclosure Control*, 2001, ch. 6.

    Examples
    --------
    >>> from utfall import disclosure
    >>> disclosure.dominates([900, 50, 50]), disclosure.dominates([400, 300, 300])
    (True, False)
    """
    _, amounts = table(contributions)
    return _native.dominates(amounts.tolist(), count(largest, "largest"), float(percent))


def p_percent(contributions: npt.ArrayLike, *, percent: float = 10.0) -> tuple[int, int] | None:
    """Tell how far an amount must stay in the dark by the p % rule.

    No contributor may be able to estimate the largest one closer than ``percent``: the second largest knows her own
    part, and takes the rest, without the two largest, for 0.

    Parameters
    ----------
    contributions : array_like of int
        What each unit adds to the amount, in whole units of money or time; 0 or more.
    percent : float, optional
        How close, in per cent of the largest contribution; above 0 and at most 100.

    Returns
    -------
    tuple of int or None
        The least and the most that the amount must be able to be, for ``needs`` of
        :func:`protect_cells`; ``None`` where the others blur the largest enough.

    Raises
    ------
    UtfallError
        ``not_a_count``; ``percent_out_of_range``.

    Notes
    -----
    Willenborg and de Waal, *Elements of Statistical Disclosure Control*, 2001, ch. 6.

    Examples
    --------
    Without the two largest 10 remain, and 10 % of 800 are 80: 70 are missing.

    >>> from utfall import disclosure
    >>> disclosure.p_percent([800, 190, 10])
    (930, 1070)
    >>> disclosure.p_percent([400, 350, 250]) is None
    True
    """
    _, amounts = table(contributions)
    return _native.p_percent(amounts.tolist(), float(percent))
