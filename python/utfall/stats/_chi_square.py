"""What a chi-square test gives."""

from typing import NamedTuple


class ChiSquareTest(NamedTuple):
    """A chi-square test.

    Attributes
    ----------
    statistic : float
        0 where the counts are as the null hypothesis has them.
    degrees_of_freedom : int
        Its degrees of freedom.
    p_value : float
        How likely a statistic as large or larger is if the null hypothesis holds.

    Examples
    --------
    >>> from utfall import stats
    >>> test = stats.mcnemar([[20, 14], [5, 30]])
    >>> round(test.statistic, 2), test.degrees_of_freedom, round(test.p_value, 3)
    (4.26, 1, 0.039)
    """

    statistic: float
    degrees_of_freedom: int
    p_value: float
