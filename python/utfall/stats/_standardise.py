"""Shares and rates as they would be in a population put together otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from utfall import _native
from utfall.stats._estimate import Estimate
from utfall.stats._tables import count_list, number_list, strata

if TYPE_CHECKING:
    import numpy.typing as npt

StandardiseMethod = Literal["binomial", "dobson_byar"]


def standardise(
    successes: npt.ArrayLike,
    n: npt.ArrayLike,
    weights: npt.ArrayLike,
    method: StandardiseMethod = "binomial",
    level: float = 0.95,
) -> Estimate | None:
    """Give the share that a population would have with the shares of these strata: direct standardisation.

    It is a thought experiment, to be shown beside the crude share and the shares of the strata.

    Parameters
    ----------
    successes : array_like of int
        How many units of each stratum have the property.
    n : array_like of int
        How many units each stratum has.
    weights : array_like of float
        How large each stratum is in the population that is compared in. Only proportions matter.
    method : str
        ``binomial``: shares, with the variance sum(w² p (1 - p) / n) / sum(w)² and a normal
        interval, cut to 0 and 1. ``dobson_byar``: rates of rare events, of which there may be more
        than units, with the interval of Dobson and others by Byar's limits; too wide for shares.
    level : float
        The level of confidence, 0.95 for 95 %.

    Returns
    -------
    Estimate or None
        ``None`` where a stratum has weight and no units (what its share would be, nobody knows:
        leave the stratum out, or put it together with another), or without any weight. The ends are
        NaN where they have no width (every stratum 0 or 1; for ``dobson_byar``, no event).

    Raises
    ------
    UtfallError
        If the lists have different lengths (``unlike_lengths``) or hold no counts (``not_a_count``,
        ``not_a_list``) or numbers (``not_a_number``), a stratum has more successes than units
        (``more_successes_than_units``), a weight is negative (``amount_out_of_range``), there are
        more than 2^53 units (``too_many_units``), the method is unknown (``unknown_method``) or the
        level is none (``level_out_of_range``).

    References
    ----------
    J. L. Fleiss, B. Levin, M. C. Paik, *Statistical Methods for Rates and Proportions* (3rd edition
    2003), chapter 19. A. J. Dobson, K. Kuulasmaa, E. Eberle, J. Scherer, *Confidence intervals for
    weighted sums of Poisson parameters*, Statistics in Medicine 10 (1991), 457-462. N. E. Breslow,
    N. E. Day, *Statistical Methods in Cancer Research 2* (IARC 1987), 69 (Byar).

    Examples
    --------
    In work in two branches, if each branch had half of everybody:

    >>> from utfall import stats
    >>> stats.standardise([18, 2], [30, 10], weights=[1, 1]).value
    0.4
    >>> stats.standardise([18, 0], [30, 0], weights=[1, 1]) is None
    True
    """
    lists = (
        count_list(successes, "successes"),
        count_list(n, "n"),
        number_list(weights, "weights"),
    )
    made = _native.standardise(*lists, method, level)
    return made and Estimate(*made)


def standardised_difference(
    tables: npt.ArrayLike, weights: npt.ArrayLike, level: float = 0.95
) -> Estimate | None:
    """Give the difference of the standardised shares of two groups, the first minus the second.

    :func:`mantel_haenszel` chooses weights of its own, more certain where strata differ little. Here
    the weights are yours, and the difference is that of two numbers that can be shown.

    Parameters
    ----------
    tables : array_like of int
        A table for each stratum: a row for each of two groups, with its successes and its failures.
    weights : array_like of float
        How large each stratum is in the population that is compared in. Only proportions matter.
    level : float
        The level of confidence, 0.95 for 95 %.

    Returns
    -------
    Estimate or None
        ``None`` where a stratum has weight and a group has nobody in it, or without any weight. The
        interval is a normal one with the sum of both binomial variances, cut to -1 and 1, and NaN
        where it would have no width.

    Raises
    ------
    UtfallError
        If the tables are not two by two (``not_two_by_two``) or hold no counts (``not_a_count``,
        ``not_a_list``), there is not a weight for each (``unlike_lengths``), a weight is no number
        (``not_a_number``) or negative (``amount_out_of_range``), there are more than 2^53 units
        (``too_many_units``), or the level is none (``level_out_of_range``).

    References
    ----------
    J. L. Fleiss, B. Levin, M. C. Paik, *Statistical Methods for Rates and Proportions* (3rd edition
    2003), chapter 19.

    Examples
    --------
    >>> from utfall import stats
    >>> tables = [[[8, 2], [30, 10]], [[16, 24], [3, 7]]]
    >>> gap = stats.standardised_difference(tables, weights=[20, 80])
    >>> round(gap.value, 3), round(gap.low, 3), round(gap.high, 3)
    (0.09, -0.174, 0.354)
    """
    made = _native.standardised_difference(strata(tables), number_list(weights, "weights"), level)
    return made and Estimate(*made)
