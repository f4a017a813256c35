"""Two groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from utfall import _native
from utfall.stats._arrays import count, counts, estimates, is_array
from utfall.stats._estimate import Estimate, Estimates
from utfall.stats._tables import not_two_by_two, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    import numpy.typing as npt

    from utfall.stats._binomial_test import Alternative

    Triple = tuple[float, float, float]
    Triples = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]

DifferenceMethod = Literal["newcombe", "miettinen_nurminen", "mee", "agresti_caffo", "wald"]
RatioMethod = Literal["koopman", "katz", "miettinen_nurminen"]
OddsRatioMethod = Literal["woolf", "haldane", "exact"]


@overload
def difference(
    x1: int,
    n1: int,
    x2: int,
    n2: int,
    *,
    method: DifferenceMethod = "newcombe",
    level: float = 0.95,
) -> Estimate | None: ...
@overload
def difference(
    x1: npt.ArrayLike,
    n1: npt.ArrayLike,
    x2: npt.ArrayLike,
    n2: npt.ArrayLike,
    *,
    method: DifferenceMethod = "newcombe",
    level: float = 0.95,
) -> Estimates: ...
def difference(
    x1: int | npt.ArrayLike,
    n1: int | npt.ArrayLike,
    x2: int | npt.ArrayLike,
    n2: int | npt.ArrayLike,
    *,
    method: DifferenceMethod = "newcombe",
    level: float = 0.95,
) -> Estimate | Estimates | None:
    """Give the share of the first group minus that of the second, with its interval.

    A difference between groups is no effect of what was done for them. The groups must have no unit
    in common.

    Parameters
    ----------
    x1, n1 : int or array_like
        The successes and the units of the first group.
    x2, n2 : int or array_like
        The successes and the units of the second group, with which the first is compared.
    method : str
        ``newcombe``: made of the two Wilson intervals, in range, good for few units.
        ``miettinen_nurminen``: the score interval with the factor N / (N - 1) in its variance.
        ``mee``: the same without the factor. ``agresti_caffo``: Wald's after one more success and
        one more failure in either group, cut to -1 and 1. ``wald``: the textbook interval, too
        short for few units, cut to -1 and 1; for comparison with others' figures.
    level : float
        The level of confidence, 0.95 for 95 %.

    Returns
    -------
    Estimate or Estimates or None
        A difference of fractions from -1 to 1 with the ends of its interval; ``None`` where either
        group is empty. For arrays each as an array, NaN where either group is empty.

    Raises
    ------
    UtfallError
        If there are more successes than units (``more_successes_than_units``), a count is no whole
        number of 0 or more (``not_a_count``), arrays have different shapes (``unlike_shapes``), the
        method is unknown (``unknown_method``) or the level is none (``level_out_of_range``).

    References
    ----------
    R. G. Newcombe, *Interval estimation for the difference between independent proportions:
    comparison of eleven methods*, Statistics in Medicine 17 (1998), 873-890; O. Miettinen,
    M. Nurminen, *Comparative analysis of two rates*, Statistics in Medicine 4 (1985), 213-226;
    R. W. Mee, *Confidence bounds for the difference between two probabilities*, Biometrics 40
    (1984), 1175-1176; A. Agresti, B. Caffo, *Simple and effective confidence intervals for
    proportions and differences of proportions result from adding two successes and two failures*,
    American Statistician 54 (2000), 280-288.

    Examples
    --------
    >>> from utfall import stats
    >>> gap = stats.difference(56, 70, 48, 80)
    >>> print(f"{gap.value:.3f} from {gap.low:.3f} to {gap.high:.3f}")
    0.200 from 0.052 to 0.334
    >>> stats.difference([56, 0], [70, 0], 48, 80, method="mee").high.round(4)
    array([0.3377,    nan])
    """
    singles, arrays = _native.difference, _native.differences
    return _estimate((x1, n1, x2, n2), singles, arrays, (method, level))


@overload
def ratio(
    x1: int,
    n1: int,
    x2: int,
    n2: int,
    *,
    method: RatioMethod = "koopman",
    level: float = 0.95,
) -> Estimate | None: ...
@overload
def ratio(
    x1: npt.ArrayLike,
    n1: npt.ArrayLike,
    x2: npt.ArrayLike,
    n2: npt.ArrayLike,
    *,
    method: RatioMethod = "koopman",
    level: float = 0.95,
) -> Estimates: ...
def ratio(
    x1: int | npt.ArrayLike,
    n1: int | npt.ArrayLike,
    x2: int | npt.ArrayLike,
    n2: int | npt.ArrayLike,
    *,
    method: RatioMethod = "koopman",
    level: float = 0.95,
) -> Estimate | Estimates | None:
    """Give the share of the first group divided by that of the second, with its interval.

    A ratio between groups is no effect of what was done for them, and reads differently for
    failures than for successes. The groups must have no unit in common.

    Parameters
    ----------
    x1, n1 : int or array_like
        The successes and the units of the first group.
    x2, n2 : int or array_like
        The successes and the units of the second group, with which the first is compared.
    method : str
        ``koopman``: the score interval, there for every table. ``katz``: the normal interval of the
        logarithm, which needs successes in both groups. ``miettinen_nurminen``: Koopman's with the
        factor N / (N - 1) in its variance.
    level : float
        The level of confidence, 0.95 for 95 %.

    Returns
    -------
    Estimate or Estimates or None
        A ratio of 0 or more with the ends of its interval; ``None`` where either group is empty or
        neither has a success. Where only the second has none, the ratio and its upper end are
        infinite; where only the first has none, the ratio and its lower end are 0; by ``katz`` the
        other end is then NaN. For arrays each as an array, NaN in place of ``None``.

    Raises
    ------
    UtfallError
        If there are more successes than units (``more_successes_than_units``), a count is no whole
        number of 0 or more (``not_a_count``), arrays have different shapes (``unlike_shapes``), the
        method is unknown (``unknown_method``) or the level is none (``level_out_of_range``).

    References
    ----------
    P. A. R. Koopman, *Confidence intervals for the ratio of two binomial proportions*, Biometrics
    40 (1984), 513-517; D. Katz, J. Baptista, S. P. Azen, M. C. Pike, *Obtaining confidence
    intervals for the risk ratio in cohort studies*, Biometrics 34 (1978), 469-474; O. Miettinen,
    M. Nurminen, *Comparative analysis of two rates*, Statistics in Medicine 4 (1985), 213-226.

    Examples
    --------
    >>> from utfall import stats
    >>> found = stats.ratio(7, 10, 5, 10, level=0.9)
    >>> print(f"{found.value:.3f} from {found.low:.3f} to {found.high:.3f}")
    1.400 from 0.758 to 2.760
    >>> stats.ratio(0, 10, 0, 10) is None
    True
    """
    singles, arrays = _native.ratio, _native.ratios
    return _estimate((x1, n1, x2, n2), singles, arrays, (method, level))


@overload
def odds_ratio(
    x1: int,
    n1: int,
    x2: int,
    n2: int,
    *,
    method: OddsRatioMethod = "woolf",
    level: float = 0.95,
) -> Estimate | None: ...
@overload
def odds_ratio(
    x1: npt.ArrayLike,
    n1: npt.ArrayLike,
    x2: npt.ArrayLike,
    n2: npt.ArrayLike,
    *,
    method: OddsRatioMethod = "woolf",
    level: float = 0.95,
) -> Estimates: ...
def odds_ratio(
    x1: int | npt.ArrayLike,
    n1: int | npt.ArrayLike,
    x2: int | npt.ArrayLike,
    n2: int | npt.ArrayLike,
    *,
    method: OddsRatioMethod = "woolf",
    level: float = 0.95,
) -> Estimate | Estimates | None:
    """Give the odds of the first group divided by those of the second, with their interval.

    Odds are seldom what is asked for: where shares are not small, their ratio lies further from 1
    than that of the shares. The groups must have no unit in common.

    Parameters
    ----------
    x1, n1 : int or array_like
        The successes and the units of the first group.
    x2, n2 : int or array_like
        The successes and the units of the second group, with which the first is compared.
    method : str
        ``woolf``: the normal interval of the logarithm, which needs successes and failures in both
        groups. ``haldane``: Woolf's after half a success and half a failure more in either group,
        which go into the value too. ``exact``: the conditional maximum likelihood estimate and the
        exact interval given the margins.
    level : float
        The level of confidence, 0.95 for 95 %.

    Returns
    -------
    Estimate or Estimates or None
        A ratio of 0 or more with the ends of its interval; ``None`` where either group is empty
        and, but for ``haldane``, where all units succeeded or none did. Else, with a cell of 0, the
        ratio and its lower end are 0, or it and its upper end infinite; by ``woolf`` the other end
        is then NaN. For arrays each as an array, NaN in place of ``None``.

    Raises
    ------
    UtfallError
        If there are more successes than units (``more_successes_than_units``), a count is no whole
        number of 0 or more (``not_a_count``), there are more than 10**12 units for ``exact``
        (``too_many_units``), arrays have different shapes (``unlike_shapes``), the method is
        unknown (``unknown_method``) or the level is none (``level_out_of_range``).

    References
    ----------
    B. Woolf, *On estimating the relation between blood group and disease*, Annals of Human Genetics
    19 (1955), 251-253; J. B. S. Haldane, *The estimation and significance of the logarithm of a
    ratio of frequencies*, Annals of Human Genetics 20 (1956), 309-311; J. Cornfield, *A statistical
    problem arising from retrospective studies*, Third Berkeley Symposium 4 (1956), 135-148.

    Examples
    --------
    >>> from utfall import stats
    >>> found = stats.odds_ratio(7, 10, 5, 10)
    >>> print(f"{found.value:.3f} from {found.low:.3f} to {found.high:.3f}")
    2.333 from 0.373 to 14.613
    >>> stats.odds_ratio(0, 10, 3, 10, method="exact").low
    0.0
    """
    singles, arrays = _native.odds_ratio, _native.odds_ratios
    return _estimate((x1, n1, x2, n2), singles, arrays, (method, level))


@overload
def fisher_exact(
    table: Sequence[Sequence[int]], alternative: Alternative = "two-sided"
) -> float | None: ...
@overload
def fisher_exact(
    table: npt.ArrayLike, alternative: Alternative = "two-sided"
) -> float | npt.NDArray[np.float64] | None: ...
def fisher_exact(
    table: npt.ArrayLike, alternative: Alternative = "two-sided"
) -> float | npt.NDArray[np.float64] | None:
    """Give the p value of Fisher's exact test that two groups have the same odds.

    The test is cautious: with few units it finds less than its level allows. A p value says nothing
    of how large a difference is: show :func:`difference` with it.

    Parameters
    ----------
    table : array_like
        Two rows, each a group: its successes, then its failures. Or an array whose last two axes
        are such tables.
    alternative : str
        ``two-sided``: all tables with these margins that are no likelier than the one found.
        ``greater``: so many successes in the first row or more. ``less``: so many or fewer.

    Returns
    -------
    float or numpy.ndarray or None
        The p value; ``None`` where a group is empty, 1 where all units succeeded or none did. For
        several tables an array, NaN where a group is empty.

    Raises
    ------
    UtfallError
        If this is no table (``not_a_list``) of two rows and two columns (``not_two_by_two``), a
        count is no whole number of 0 or more (``not_a_count``), there are more than 10**12 units in a group
        (``too_many_units``) or the alternative is unknown (``unknown_method``).

    Notes
    -----
    Tables are equally likely if their probabilities differ by at most 1e-7 of themselves.

    References
    ----------
    R. A. Fisher, *Statistical methods for research workers*, 5th edition (1934), section 21.02;
    J. O. Irwin, *Tests of significance for differences between percentages based on small numbers*,
    Metron 12 (1935), 83-94.

    Examples
    --------
    >>> from utfall import stats
    >>> round(stats.fisher_exact([[7, 3], [5, 5]], alternative="greater"), 4)
    0.325
    >>> stats.fisher_exact([[[7, 3], [5, 5]], [[10, 0], [7, 3]]]).round(4)
    array([0.6499, 0.2105])
    """
    single = _single_table(table)
    if single:
        return _native.fisher_exact(single, alternative)
    shape, (cells,) = counts(table=table)
    if shape[-2:] != (2, 2):
        raise not_two_by_two("table")
    p_values = _native.fisher_exacts(cells, alternative)
    return p_values.reshape(shape[:-2])


def _estimate(
    groups: tuple[object, object, object, object],
    single: Callable[[list[tuple[int, int]], str, float], Triple | None],
    many: Callable[[list[npt.NDArray[np.uint64]], str, float], Triples],
    how: tuple[str, float],
) -> Estimate | Estimates | None:
    """Compare two groups, or many pairs of groups."""
    names = ("x1", "n1", "x2", "n2")
    if is_array(*groups):
        shape, columns = counts(**dict(zip(names, groups, strict=True)))
        return estimates(shape, many(columns, *how))
    x1, n1, x2, n2 = (count(it, name) for it, name in zip(groups, names, strict=True))
    made = single([(x1, n1), (x2, n2)], *how)
    return made and Estimate(*made)


def _single_table(table: object) -> list[list[int]] | None:
    """Give one table of two rows and two columns; nothing for an array of tables."""
    found = rows(table, "table")
    if any(is_array(cell) for row in found for cell in row):
        return None
    if [len(row) for row in found] != [2, 2]:
        raise not_two_by_two("table")
    return [[count(cell, "table") for cell in row] for row in found]
