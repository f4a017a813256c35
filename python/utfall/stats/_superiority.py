"""Two independent groups on one ordinal scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utfall import _native
from utfall.stats._estimate import Estimate
from utfall.stats._tables import count_list

if TYPE_CHECKING:
    import numpy.typing as npt


class Superiority(NamedTuple):
    """How two groups stand on one scale.

    Attributes
    ----------
    probability : Estimate
        How likely somebody of the first group stands higher than somebody of the second, ties
        counted half.
    cliffs_delta : Estimate
        How likely higher minus how likely lower, from -1 to 1.
    statistic, degrees_of_freedom, p_value : float
        The test of Brunner and Munzel that the probability is one half.

    Examples
    --------
    >>> from utfall import stats
    >>> stats.superiority([0, 1, 5], [3, 2, 1]).p_value < 0.05
    True
    """

    probability: Estimate
    cliffs_delta: Estimate
    statistic: float
    degrees_of_freedom: float
    p_value: float


def superiority(
    counts_a: npt.ArrayLike, counts_b: npt.ArrayLike, level: float = 0.95
) -> Superiority | None:
    """Give the probability that somebody of one group stands higher on a scale than somebody of another.

    It needs the order of levels and no distances. The interval and test are those of Brunner and
    Munzel, which do not ask the groups to be spread alike; rough for groups of fewer than some ten.
    For the same units before and after, take :func:`sign_test`. A difference between groups is no
    effect.

    Parameters
    ----------
    counts_a, counts_b : array_like of int
        How many of each group stand on each level, lowest level first.
    level : float
        The level of confidence, 0.95 for 95 %.

    Returns
    -------
    Superiority or None
        ``None`` where a group has nobody. The ends are cut to 0 and 1 (Cliff's delta: -1 and 1);
        they and the test are NaN where a group has a single unit, or where there is no spread (all
        of one group stand above all of the other, or all on one level).

    Raises
    ------
    UtfallError
        If the groups have different numbers of levels (``unlike_lengths``), hold no counts
        (``not_a_count``, ``not_a_list``) or more than 2^53 units (``too_many_units``), or the level
        of confidence is none (``level_out_of_range``).

    References
    ----------
    E. Brunner, U. Munzel, *The nonparametric Behrens-Fisher problem*, Biometrical Journal 42 (2000),
    17-25. N. Cliff, *Dominance statistics: ordinal analyses to answer ordinal questions*,
    Psychological Bulletin 114 (1993), 494-509.

    Examples
    --------
    >>> from utfall import stats
    >>> women_and_men = stats.superiority([2, 3, 1], [0, 4, 2])
    >>> round(women_and_men.probability.value, 3), round(women_and_men.cliffs_delta.value, 3)
    (0.306, -0.389)
    """
    lists = count_list(counts_a, "counts_a"), count_list(counts_b, "counts_b")
    made = _native.superiority(*lists, level)
    if made is None:
        return None
    probability, delta, *test = made
    return Superiority(Estimate(*probability), Estimate(*delta), *test)
