"""Many comparisons at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from utfall import _native
from utfall.stats._arrays import as_numbers

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

AdjustMethod = Literal["holm", "hochberg", "bh", "by", "bonferroni"]


def adjust(p_values: npt.ArrayLike, method: AdjustMethod = "holm") -> npt.NDArray[np.float64]:
    """Adjust the p values of a family of tests for their number, in the order given.

    What is at most the level after adjustment is found at that level in the whole family. The
    family has to be declared before looking: as a rule, the tests of one indicator in one report.

    Parameters
    ----------
    p_values : array_like
        P values from 0 to 1. NaN and ``None`` stay NaN and are no test of the family.
    method : str
        ``holm``: the probability of any false finding, whatever the dependence between tests.
        ``hochberg``: the same, with more findings, for tests that are independent or positively
        dependent. ``bh``: the expected share of false findings among all (Benjamini and Hochberg),
        for such tests. ``by``: the same whatever the dependence (Benjamini and Yekutieli).
        ``bonferroni``: never better than ``holm``.

    Returns
    -------
    numpy.ndarray
        The adjusted p values, of the same shape.

    Raises
    ------
    UtfallError
        If a p value does not lie from 0 to 1 (``p_value_out_of_range``) or is no number
        (``not_a_number``), or the method is unknown (``unknown_method``).

    References
    ----------
    S. Holm, *A simple sequentially rejective multiple test procedure*, Scandinavian Journal of
    Statistics 6 (1979), 65-70; Y. Hochberg, *A sharper Bonferroni procedure for multiple tests of
    significance*, Biometrika 75 (1988), 800-802; Y. Benjamini, Y. Hochberg, *Controlling the false
    discovery rate*, Journal of the Royal Statistical Society B 57 (1995), 289-300; Y. Benjamini,
    D. Yekutieli, *The control of the false discovery rate in multiple testing under dependency*,
    Annals of Statistics 29 (2001), 1165-1188; O. J. Dunn, *Multiple comparisons among means*,
    Journal of the American Statistical Association 56 (1961), 52-64.

    Examples
    --------
    >>> from utfall import stats
    >>> stats.adjust([0.01, 0.75, 0.02])
    array([0.03, 0.75, 0.04])
    """
    numbers = as_numbers(p_values, "p_values")
    return _native.adjust(numbers.reshape(-1), method).reshape(numbers.shape)
