"""What an estimate is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Estimate(NamedTuple):
    """A value with its interval. An end is NaN where the method gives none.

    Attributes
    ----------
    value : float
        The value itself.
    low, high : float
        The ends of its interval.

    Examples
    --------
    >>> from utfall import stats
    >>> stats.proportion(5, 10).value
    0.5
    """

    value: float
    low: float
    high: float


class Estimates(NamedTuple):
    """Values with their intervals, as arrays of one shape. NaN where nothing can be computed.

    Attributes
    ----------
    value : numpy.ndarray
        The values themselves.
    low, high : numpy.ndarray
        The ends of their intervals.

    Examples
    --------
    >>> from utfall import stats
    >>> stats.proportion([0, 5, 0], [10, 10, 0]).value
    array([0. , 0.5, nan])
    """

    value: npt.NDArray[np.float64]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]


class Interval(NamedTuple):
    """Two ends, both included.

    Attributes
    ----------
    low, high : float
        The ends.

    Examples
    --------
    >>> from utfall import stats
    >>> stats.funnel_limits(0.5, 4).low
    0.0
    """

    low: float
    high: float


class Intervals(NamedTuple):
    """The ends of many intervals, as arrays of one shape. NaN where nothing can be computed.

    Attributes
    ----------
    low, high : numpy.ndarray
        The ends.

    Examples
    --------
    >>> from utfall import stats
    >>> stats.funnel_limits(0.5, [4, 100, 0]).low.round(3)
    array([0.   , 0.402,   nan])
    """

    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]
