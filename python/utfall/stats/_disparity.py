"""Several groups, and a group compared with the population."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, overload

from utfall import _native
from utfall._errors import UtfallError
from utfall.stats._arrays import (
    count,
    counts,
    counts_and_numbers,
    estimates,
    is_array,
)
from utfall.stats._estimate import Estimate, Estimates

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt

Group = TypeVar("Group")


@dataclass(frozen=True)
class Disparity(Generic[Group]):
    """How far apart the shares of several groups are.

    Attributes
    ----------
    lowest, highest : group
        The groups with the lowest and the highest share; the first of several.
    difference : Estimate
        The highest share minus the lowest, with Newcombe's interval.
    ratio : Estimate or None
        The lowest share divided by the highest, with Koopman's interval; ``None`` where all are 0.
    below_four_fifths : bool
        Whether the lowest share is less than four fifths of the highest, decided on whole numbers.
    overall : float
        The share of all units, those of groups that were left out included.
    difference_to_overall : float
        The greatest distance of a group's share from that of all.
    furthest_by_difference : group
        The group at that distance; the first of several.
    ratio_to_overall : float or None
        The smallest ratio of a group's share to that of all, or of that of all to the group's,
        whichever is below 1; ``None`` where nobody succeeded.
    furthest_by_ratio : group
        The group with that ratio; the first of several, and of all where there is no ratio.
    left_out : tuple of groups
        The groups with fewer units than were asked for.

    Examples
    --------
    >>> from utfall import stats
    >>> found = stats.disparity({"women": (9, 10), "men": (6, 10)})
    >>> found.lowest, found.below_four_fifths
    ('men', True)
    """

    lowest: Group
    highest: Group
    difference: Estimate
    ratio: Estimate | None
    below_four_fifths: bool
    overall: float
    difference_to_overall: float
    furthest_by_difference: Group
    ratio_to_overall: float | None
    furthest_by_ratio: Group
    left_out: tuple[Group, ...]


class Disparities(NamedTuple):
    """How far apart the shares of several groups are, in each of many comparisons, as arrays.

    Where fewer than two groups can be compared, places are -1 and numbers NaN.

    Attributes
    ----------
    lowest, highest : numpy.ndarray
        The places of the groups with the lowest and the highest share on the last axis.
    difference, ratio : Estimates
        The highest share minus the lowest, and the lowest divided by the highest.
    below_four_fifths : numpy.ndarray
        Whether the lowest share is less than four fifths of the highest.
    overall : numpy.ndarray
        The share of all units.
    difference_to_overall, ratio_to_overall : numpy.ndarray
        The greatest distance of a group's share from that of all, and the smallest ratio.
    furthest_by_difference, furthest_by_ratio : numpy.ndarray
        The places of the groups with that distance and that ratio.

    Examples
    --------
    >>> from utfall import stats
    >>> stats.disparities([[9, 6], [0, 0]], [10, 10]).ratio.value.round(3)
    array([0.667,   nan])
    """

    lowest: npt.NDArray[np.int64]
    highest: npt.NDArray[np.int64]
    difference: Estimates
    ratio: Estimates
    below_four_fifths: npt.NDArray[np.bool_]
    overall: npt.NDArray[np.float64]
    difference_to_overall: npt.NDArray[np.float64]
    furthest_by_difference: npt.NDArray[np.int64]
    ratio_to_overall: npt.NDArray[np.float64]
    furthest_by_ratio: npt.NDArray[np.int64]


def disparity(
    groups: Mapping[Group, tuple[int, int]], smallest: int = 1, level: float = 0.95
) -> Disparity[Group] | None:
    """Say how far apart the shares of several groups are.

    The greatest difference grows with the number of groups and with how few units they have, even
    where chance alone makes it: set `smallest`. The two groups were found by looking for the
    extremes, so the intervals are no test of whether groups differ.

    Parameters
    ----------
    groups : dict of group to (int, int)
        The successes and the units of each group. Groups have no unit in common.
    smallest : int
        How many units a group must have to be compared. Groups with fewer are left out and listed,
        empty ones always; their units count in the share of all.
    level : float
        The level of confidence of the intervals, 0.95 for 95 %.

    Returns
    -------
    Disparity or None
        ``None`` where fewer than two groups can be compared.

    Raises
    ------
    UtfallError
        If a group has more successes than units (``more_successes_than_units``) or more than 10**12
        units (``too_many_units``), a count is no whole number of 0 or more (``not_a_count``), a
        group has no pair of counts (``not_a_pair``) or the level is none (``level_out_of_range``).

    Notes
    -----
    That the lowest share is below four fifths of the highest is a reason to look closer, no more;
    it is meant for the favourable outcome, and reversing the outcome changes the answer.

    References
    ----------
    Uniform guidelines on employee selection procedures, 29 CFR 1607.4 D (1978), for the four
    fifths; S. Bird and others, *Fairlearn: a toolkit for assessing and improving fairness in AI*,
    Microsoft MSR-TR-2020-32 (2020), for the other measures.

    Examples
    --------
    >>> from utfall import stats
    >>> born = {"Sweden": (146, 203), "EU": (40, 61), "elsewhere": (70, 132), "unknown": (2, 3)}
    >>> found = stats.disparity(born, smallest=10)
    >>> found.lowest, found.highest, found.left_out
    ('elsewhere', 'Sweden', ('unknown',))
    >>> round(found.difference.value, 3), round(found.ratio.value, 3), found.below_four_fifths
    (0.189, 0.737, True)
    """
    names = list(groups)
    pairs = [_pair(of_group) for of_group in groups.values()]
    made = _native.disparity(pairs, count(smallest, "smallest"), level)
    if made is None:
        return None
    (lowest, highest), (apart, ratio), below, overall, (distance, far), (least, low), out = made
    return Disparity(
        names[lowest],
        names[highest],
        Estimate(*apart),
        ratio and Estimate(*ratio),
        below,
        overall,
        distance,
        names[far],
        least,
        names[low],
        tuple(names[place] for place in out),
    )


def disparities(
    successes: npt.ArrayLike, n: npt.ArrayLike, smallest: int = 1, level: float = 0.95
) -> Disparities:
    """Say how far apart the shares of several groups are, for many indicators at once.

    It is :func:`disparity` for each place on the axes before the last.

    Parameters
    ----------
    successes, n : array_like
        The successes and the units; the groups lie on the last axis.
    smallest : int
        How many units a group must have to be compared.
    level : float
        The level of confidence of the intervals, 0.95 for 95 %.

    Returns
    -------
    Disparities
        Arrays of the shape before the last axis; -1 and NaN where fewer than two groups can be
        compared.

    Raises
    ------
    UtfallError
        As :func:`disparity`, and if arrays have different shapes (``unlike_shapes``).

    Examples
    --------
    >>> from utfall import stats
    >>> found = stats.disparities([[4, 5, 1], [9, 6, 0]], [[5, 5, 1], [10, 10, 0]], smallest=5)
    >>> found.lowest, found.below_four_fifths
    (array([0, 1]), array([False,  True]))
    """
    shape, columns = counts(successes=successes, n=n)
    of = shape[:-1]
    places, numbers, below = _native.disparities(
        columns[0], columns[1], math.prod(of), count(smallest, "smallest"), level
    )
    lowest, highest, far, low = (array.reshape(of) for array in places)
    overall, distance, least = (array.reshape(of) for array in numbers[6:])
    return Disparities(
        lowest,
        highest,
        estimates(of, (numbers[0], numbers[1], numbers[2])),
        estimates(of, (numbers[3], numbers[4], numbers[5])),
        below.reshape(of),
        overall,
        distance,
        far,
        least,
        low,
    )


@overload
def representation_ratio(share: None, reference: npt.ArrayLike) -> None: ...
@overload
def representation_ratio(share: Estimate, reference: float) -> Estimate: ...
@overload
def representation_ratio(share: Estimate | Estimates, reference: npt.ArrayLike) -> Estimates: ...
def representation_ratio(
    share: Estimate | Estimates | None, reference: float | npt.ArrayLike
) -> Estimate | Estimates | None:
    """Say how many times a group's share among participants is its share in the population.

    1 is the same share, 0.5 half of it. The reference should come from a register or a census of
    those whom the project is meant for, not of all inhabitants.

    Parameters
    ----------
    share : Estimate or Estimates or None
        The group's share among participants, of :func:`proportion`.
    reference : float or array_like
        The group's share in the eligible population, above 0 and at most 1; taken as known.

    Returns
    -------
    Estimate or Estimates or None
        The share and the ends of its interval, divided by the reference; ``None`` for ``None``.
        For arrays each as an array, NaN where the share or the reference is NaN.

    Raises
    ------
    UtfallError
        If the reference is no share to compare with (``reference_out_of_range``) or no number
        (``not_a_number``), or arrays have different shapes (``unlike_shapes``).

    References
    ----------
    L. E. Eshera, H. Itana, L. Zhang, G. Soon, E. O. Fadiran, *Demographics of clinical trials
    participants in pivotal clinical trials for new molecular entity drugs and biologics approved by
    FDA from 2010 to 2012*, American Journal of Therapeutics 22 (2015), 435-455, as the
    participation to prevalence ratio.

    Examples
    --------
    >>> from utfall import stats
    >>> women = stats.proportion(30, 120)
    >>> stats.representation_ratio(women, 0.5).value
    0.5
    >>> stats.representation_ratio(women, [0.5, 0.25]).value
    array([0.5, 1. ])
    """
    if share is None:
        return None
    if is_array(*share, reference):
        numbers = {**share._asdict(), "reference": reference}
        shape, (*shares, references) = counts_and_numbers({}, numbers)
        return estimates(shape, _native.representation_ratios(shares, references))
    made = _native.representation_ratio(tuple(share), reference)  # type: ignore[arg-type]
    return Estimate(*made)


def _pair(of_group: Any) -> tuple[int, int]:  # noqa: ANN401 - anything may be handed over
    """Give the successes and the units of a group."""
    try:
        successes, n = of_group
    except (TypeError, ValueError):
        message = "each group must have two counts; give `(successes, n)`"
        raise UtfallError(message, "not_a_pair") from None
    return count(successes, "successes"), count(n, "n")
