"""Levels merged until nothing has to be hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from utfall import _native
from utfall.disclosure._rules import asked, table
from utfall.stats._arrays import _numpy

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from utfall.disclosure._rules import Zeros


@dataclass(frozen=True)
class MergedLevels:
    """A proposal of which levels to merge.

    Attributes
    ----------
    levels : list
        For each dimension the new levels, each a list of the old ones in it.
    counts : numpy.ndarray of int
        The counts of the new levels, without margins.
    cells_lost : int
        How many combinations of levels are no longer told apart.

    Examples
    --------
    >>> from utfall import disclosure
    >>> disclosure.merge_levels([[49, 17], [24, 0], [15, 4], [2, 27]]).levels[0]
    [[0], [1], [2, 3]]
    """

    levels: list[list[list[int]]]
    counts: npt.NDArray[np.int64]
    cells_lost: int


def merge_levels(
    counts: npt.ArrayLike, *, threshold: int = 5, zeros: Zeros = "printed"
) -> MergedLevels:
    """Propose levels to merge, so that nothing has to be hidden.

    Step by step two levels become one: those after which the fewest small counts are left, of those
    the two with the fewest persons. Which levels belong together no count can tell, so this is a
    proposal; levels that are ordered are better merged by hand.

    Parameters
    ----------
    counts : array_like of int
        A table of counts of any number of dimensions, without margins.
    threshold, zeros
        As for :func:`protect`.

    Returns
    -------
    MergedLevels
        The new levels, the counts and the loss.

    Raises
    ------
    UtfallError
        If the counts are no counts, or the threshold is not between 1 and 100.

    Examples
    --------
    >>> from utfall import disclosure
    >>> merged = disclosure.merge_levels([[49, 17], [24, 0], [15, 4], [2, 27]])
    >>> merged.counts.tolist(), merged.cells_lost
    ([[49, 17], [24, 0], [17, 31]], 2)
    """
    shape, flat = table(counts)
    rules = asked(threshold, zeros, singletons=False, exact_cells=0)
    levels, merged = _native.merge_levels(shape, flat, rules)
    made = _numpy().array(merged, dtype="int64").reshape([len(one) for one in levels])
    return MergedLevels(levels, made, len(flat) - len(merged))
