"""The same units on an ordinal scale before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from utfall import _native
from utfall.stats._chi_square import ChiSquareTest
from utfall.stats._tables import count_rows

if TYPE_CHECKING:
    import numpy.typing as npt

    from utfall.stats._binomial_test import Alternative

WilcoxonZeros = Literal["pratt", "wilcox"]
BowkerPairs = Literal["all", "moved"]
McNemarMethod = Literal["chi_square", "corrected"]


class SignTest(NamedTuple):
    """How many units moved, and the sign test.

    Attributes
    ----------
    up, down, same : int
        The units that are on a higher, a lower or the same level after as before.
    p_value : float
        How likely so uneven a move is if up is as likely as down; 1 where nobody moved.

    Examples
    --------
    >>> from utfall import stats
    >>> stats.sign_test([[4, 6], [1, 5]]).up
    6
    """

    up: int
    down: int
    same: int
    p_value: float


class WilcoxonTest(NamedTuple):
    """The signed-rank test of Wilcoxon.

    Attributes
    ----------
    rank_sum_up, rank_sum_down : float
        The ranks, by how far they moved, of those who moved up and down.
    z : float
        Their difference in standard errors: positive where the moves up weigh more.
    p_value : float
        How likely so uneven rank sums are if moves up and down are alike.

    Examples
    --------
    >>> from utfall import stats
    >>> stats.wilcoxon([[4, 6], [1, 5]], zeros="wilcox").rank_sum_up
    24.0
    """

    rank_sum_up: float
    rank_sum_down: float
    z: float
    p_value: float


def sign_test(table: npt.ArrayLike, alternative: Alternative = "two-sided") -> SignTest | None:
    """Count who moved up and who moved down, and test whether up is as likely as down, exactly.

    It needs no distance between levels. Those who stay are counted but say nothing of the direction;
    those who were at the top could not rise. Without a comparison group nothing is said of a cause:
    who enters at a low point rises by chance (regression to the mean).

    Parameters
    ----------
    table : array_like of int
        The units by level before (rows) and after (columns), lowest level first.
    alternative : str
        ``two-sided``: up is not as likely as down. ``greater``: units rather move up. ``less``:
        units rather move down.

    Returns
    -------
    SignTest or None
        ``None`` for an empty table.

    Raises
    ------
    UtfallError
        If the table is not square (``not_square``) or holds no counts (``not_a_count``,
        ``not_a_list``), has more than 10**12 units that moved (``too_many_units``), or the
        alternative is unknown (``unknown_method``).

    References
    ----------
    W. J. Dixon, A. M. Mood, *The statistical sign test*, Journal of the American Statistical
    Association 41 (1946), 557-566.

    Examples
    --------
    >>> from utfall import stats
    >>> test = stats.sign_test([[4, 6, 2], [1, 5, 7], [0, 2, 3]])
    >>> test.up, test.down, test.same, round(test.p_value, 4)
    (15, 3, 12, 0.0075)
    """
    made = _native.sign_test(count_rows(table, "table"), alternative)
    return made and SignTest(*made)


def wilcoxon(
    table: npt.ArrayLike,
    zeros: WilcoxonZeros = "pratt",
    alternative: Alternative = "two-sided",
) -> WilcoxonTest | None:
    """Test whether units moved as far up as down: Wilcoxon's signed-rank test, by normal approximation.

    It ranks moves by how many levels they cross, so it takes one step to be as far as any other.
    Where that cannot be meant, take :func:`sign_test`; this one shows how much the size of steps
    matters. With fewer than some ten moves the approximation is rough. Ties are accounted for; there
    is no continuity correction.

    Parameters
    ----------
    table : array_like of int
        The units by level before (rows) and after (columns), lowest level first.
    zeros : str
        ``pratt``: those who stayed take the lowest ranks and then leave. ``wilcox``: they leave
        before anybody is ranked.
    alternative : str
        ``two-sided``; ``greater``: units rather move up; ``less``: units rather move down.

    Returns
    -------
    WilcoxonTest or None
        ``None`` where nobody moved.

    Raises
    ------
    UtfallError
        If the table is not square (``not_square``) or holds no counts (``not_a_count``,
        ``not_a_list``), has more than 2^53 units (``too_many_units``), or a word is unknown
        (``unknown_method``).

    References
    ----------
    F. Wilcoxon, *Individual comparisons by ranking methods*, Biometrics Bulletin 1 (1945), 80-83.
    J. W. Pratt, *Remarks on zeros and ties in the Wilcoxon signed rank procedures*, Journal of the
    American Statistical Association 54 (1959), 655-667.

    Examples
    --------
    >>> from utfall import stats
    >>> test = stats.wilcoxon([[4, 6, 2], [1, 5, 7], [0, 2, 3]])
    >>> round(test.z, 2), round(test.p_value, 4)
    (2.87, 0.0041)
    """
    made = _native.wilcoxon(count_rows(table, "table"), zeros, alternative)
    return made and WilcoxonTest(*made)


def stuart_maxwell(table: npt.ArrayLike) -> ChiSquareTest | None:
    """Test whether as many units are on each level after as before (Stuart, Maxwell).

    The order of levels is not used: for up and down, take :func:`sign_test`.

    Parameters
    ----------
    table : array_like of int
        The units by level before (rows) and after (columns).

    Returns
    -------
    ChiSquareTest or None
        Levels that nobody moved to or from are left out, unused ones among them. The degrees of
        freedom are one less than the others; levels that no moves join are groups of their own, each
        with one degree less. ``None`` where nobody moved.

    Raises
    ------
    UtfallError
        If the table is not square (``not_square``) or holds no counts (``not_a_count``,
        ``not_a_list``), or has more than 2^53 units (``too_many_units``).

    References
    ----------
    A. Stuart, *A test for homogeneity of the marginal distributions in a two-way classification*,
    Biometrika 42 (1955), 412-416. A. E. Maxwell, *Comparing the classification of subjects by two
    independent judges*, British Journal of Psychiatry 116 (1970), 651-655.

    Examples
    --------
    >>> from utfall import stats
    >>> test = stats.stuart_maxwell([[4, 6, 2], [1, 5, 7], [0, 2, 3]])
    >>> round(test.statistic, 2), test.degrees_of_freedom
    (8.25, 2)
    """
    made = _native.stuart_maxwell(count_rows(table, "table"))
    return made and ChiSquareTest(*made)


def bowker(table: npt.ArrayLike, pairs: BowkerPairs = "all") -> ChiSquareTest | None:
    """Test whether each move is as frequent as its way back (Bowker).

    It can find moves that leave as many on each level as there were, which :func:`stuart_maxwell`
    cannot. Many rare moves make the approximation rough.

    Parameters
    ----------
    table : array_like of int
        The units by level before (rows) and after (columns).
    pairs : str
        Which pairs of levels are degrees of freedom. ``all``: those of all levels that are used, as
        Bowker has it; pairs between which nobody moved make the test more careful than needed.
        ``moved``: those between which somebody moved.

    Returns
    -------
    ChiSquareTest or None
        ``None`` where nobody moved.

    Raises
    ------
    UtfallError
        If the table is not square (``not_square``) or holds no counts (``not_a_count``,
        ``not_a_list``), has more than 2^53 units (``too_many_units``), or the word is unknown
        (``unknown_method``).

    References
    ----------
    A. H. Bowker, *A test for symmetry in contingency tables*, Journal of the American Statistical
    Association 43 (1948), 572-574.

    Examples
    --------
    >>> from utfall import stats
    >>> test = stats.bowker([[4, 6, 2], [1, 5, 7], [0, 2, 3]])
    >>> round(test.statistic, 2), test.degrees_of_freedom
    (8.35, 3)
    """
    made = _native.bowker(count_rows(table, "table"), pairs)
    return made and ChiSquareTest(*made)


def mcnemar(table: npt.ArrayLike, method: McNemarMethod = "chi_square") -> ChiSquareTest | None:
    """Test whether as many units are on the upper of two levels after as before (McNemar).

    The exact form of it is :func:`sign_test` of the same table, to be preferred where fewer than
    some 25 moved.

    Parameters
    ----------
    table : array_like of int
        The units by level before (two rows) and after (two columns).
    method : str
        ``chi_square``: without continuity correction. ``corrected``: with one unit off, but never
        more than there is; never less careful, often more than needed.

    Returns
    -------
    ChiSquareTest or None
        With one degree of freedom. ``None`` where nobody moved.

    Raises
    ------
    UtfallError
        If the table is not square (``not_square``), has not two levels (``not_two_levels``), holds no
        counts (``not_a_count``, ``not_a_list``), has more than 2^53 units (``too_many_units``), or
        the method is unknown (``unknown_method``).

    References
    ----------
    Q. McNemar, *Note on the sampling error of the difference between correlated proportions or
    percentages*, Psychometrika 12 (1947), 153-157. A. L. Edwards, *Note on the correction for
    continuity in testing the significance of the difference between correlated proportions*,
    Psychometrika 13 (1948), 185-187.

    Examples
    --------
    >>> from utfall import stats
    >>> test = stats.mcnemar([[20, 14], [5, 30]])
    >>> round(test.statistic, 2), round(test.p_value, 3)
    (4.26, 0.039)
    """
    made = _native.mcnemar(count_rows(table, "table"), method)
    return made and ChiSquareTest(*made)
