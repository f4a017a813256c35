"""Two groups compared within strata, and over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from utfall import _native
from utfall.stats._chi_square import ChiSquareTest
from utfall.stats._estimate import Estimate
from utfall.stats._tables import strata

if TYPE_CHECKING:
    import numpy.typing as npt

MantelHaenszelMeasure = Literal["difference", "ratio", "odds_ratio"]
CmhMethod = Literal["chi_square", "corrected"]
HomogeneityMethod = Literal["tarone", "breslow_day", "woolf"]


def mantel_haenszel(
    tables: npt.ArrayLike, measure: MantelHaenszelMeasure = "difference", level: float = 0.95
) -> Estimate | None:
    """Give the difference or ratio of two groups within strata, pooled over the strata.

    Groups that are spread differently over strata (sub-projects, departments) can differ in total
    where they do not differ in any stratum, or the other way round (Simpson's paradox). This
    compares like with like: each stratum counts by how much it can tell, and one in which a group
    has nobody counts nothing. Look at the strata too: one figure for all of them hides whether they
    have one in common.

    Parameters
    ----------
    tables : array_like of int
        A table for each stratum: a row for each of two groups, with its successes and its failures.
    measure : str
        ``difference``: the first group's share minus the second's. ``ratio``: divided by it.
        ``odds_ratio``: the same of odds.
    level : float
        The level of confidence, 0.95 for 95 %.

    Returns
    -------
    Estimate or None
        ``None`` where no stratum has somebody of both groups, or where a ratio would be 0 / 0; a
        ratio over 0 is infinite. The ends are NaN where the method gives no width (a standard error
        of 0, a ratio of 0 or infinity); those of a difference are cut to -1 and 1.

    Raises
    ------
    UtfallError
        If the tables are not two by two (``not_two_by_two``) or no counts (``not_a_count``,
        ``not_a_list``), have more than 2^53 units (``too_many_units``), the measure is unknown
        (``unknown_method``) or the level is none (``level_out_of_range``).

    See Also
    --------
    standardised_difference : with weights of your own.
    homogeneity : do the strata have one odds ratio in common?

    References
    ----------
    N. Mantel, W. Haenszel, *Statistical aspects of the analysis of data from retrospective studies
    of disease*, Journal of the National Cancer Institute 22 (1959), 719-748. S. Greenland,
    J. M. Robins, *Estimation of a common effect parameter from sparse follow-up data*, Biometrics
    41 (1985), 55-68 (difference, ratio). J. Robins, N. Breslow, S. Greenland, *Estimators of the
    Mantel-Haenszel variance consistent in both sparse data and large-strata limiting models*,
    Biometrics 42 (1986), 311-323 (odds ratio).

    Examples
    --------
    Women and men, in work and not, in two sub-projects. Women do better in both, and worse in total.

    >>> from utfall import stats
    >>> tables = [[[8, 2], [30, 10]], [[16, 24], [3, 7]]]
    >>> gap = stats.mantel_haenszel(tables)
    >>> round(gap.value, 3), round(gap.low, 3), round(gap.high, 3)
    (0.075, -0.139, 0.289)
    >>> (8 + 16) / 50 - (30 + 3) / 50
    -0.18000000000000005
    """
    made = _native.mantel_haenszel(strata(tables), measure, level)
    return made and Estimate(*made)


def cmh_test(tables: npt.ArrayLike, method: CmhMethod = "chi_square") -> ChiSquareTest | None:
    """Test whether two groups have the same chances in every stratum (Cochran, Mantel, Haenszel).

    It asks about one direction in all strata: differences that point both ways cancel.

    Parameters
    ----------
    tables : array_like of int
        A table for each stratum: a row for each of two groups, with its successes and its failures.
    method : str
        ``chi_square``: without continuity correction. ``corrected``: with half a unit off, but
        never more than there is; never less careful, often more than needed.

    Returns
    -------
    ChiSquareTest or None
        With one degree of freedom. ``None`` where no stratum can tell: everywhere a group has
        nobody, or all fared alike.

    Raises
    ------
    UtfallError
        If the tables are not two by two (``not_two_by_two``) or no counts (``not_a_count``,
        ``not_a_list``), have more than 2^53 units (``too_many_units``), or the method is unknown
        (``unknown_method``).

    References
    ----------
    W. G. Cochran, *Some methods for strengthening the common χ² tests*, Biometrics 10 (1954),
    417-451. N. Mantel, W. Haenszel, *Statistical aspects of the analysis of data from retrospective
    studies of disease*, Journal of the National Cancer Institute 22 (1959), 719-748.

    Examples
    --------
    >>> from utfall import stats
    >>> test = stats.cmh_test([[[8, 2], [30, 10]], [[16, 24], [3, 7]]])
    >>> round(test.statistic, 3), round(test.p_value, 3)
    (0.422, 0.516)
    """
    made = _native.cmh_test(strata(tables), method)
    return made and ChiSquareTest(*made)


def homogeneity(
    tables: npt.ArrayLike, method: HomogeneityMethod = "tarone"
) -> ChiSquareTest | None:
    """Test whether all strata have one odds ratio in common. The null hypothesis is that they do.

    With few or small strata the test is weak: not being able to tell them apart does not make them
    alike. Look at the strata too.

    Parameters
    ----------
    tables : array_like of int
        A table for each stratum: a row for each of two groups, with its successes and its failures.
    method : str
        ``tarone``: Breslow and Day's test with the correction of Tarone. ``breslow_day``: as it was
        first given. ``woolf``: on logarithms of odds ratios, with half a unit added to every cell;
        for comparison with others' figures.

    Returns
    -------
    ChiSquareTest or None
        The degrees of freedom are one less than the strata that can tell; the others (a group with
        nobody, or all fared alike) are left out. ``None`` where fewer than two can, or where the
        odds ratio of Mantel and Haenszel is 0 or infinite (not for ``woolf``).

    Raises
    ------
    UtfallError
        If the tables are not two by two (``not_two_by_two``) or no counts (``not_a_count``,
        ``not_a_list``), have more than 2^53 units (``too_many_units``), or the method is unknown
        (``unknown_method``).

    References
    ----------
    N. E. Breslow, N. E. Day, *Statistical Methods in Cancer Research 1* (IARC 1980), section 4.4.
    R. E. Tarone, *On heterogeneity tests based on efficient scores*, Biometrika 72 (1985), 91-95.
    B. Woolf, *On estimating the relation between blood group and disease*, Annals of Human Genetics
    19 (1955), 251-253. J. B. S. Haldane, *The estimation and significance of the logarithm of a
    ratio of frequencies*, Annals of Human Genetics 20 (1956), 309-311.

    Examples
    --------
    >>> from utfall import stats
    >>> test = stats.homogeneity([[[8, 2], [30, 10]], [[16, 24], [3, 7]]])
    >>> test.degrees_of_freedom, round(test.p_value, 2)
    (1, 0.89)
    """
    made = _native.homogeneity(strata(tables), method)
    return made and ChiSquareTest(*made)
