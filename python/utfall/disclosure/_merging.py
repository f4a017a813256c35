"""Levels merged until nothing has to be hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from utfall import _native
from utfall.disclosure._audit import Audit, made
from utfall.disclosure._label import Labelled
from utfall.disclosure._rules import asked, table
from utfall.disclosure._table import place_of
from utfall.stats._arrays import _numpy

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from utfall.disclosure._audit import Audit
from utfall.disclosure._rules import Zeros


@dataclass(frozen=True)
class MergedLevels(Labelled):
    """A proposal of which levels to merge.

    Attributes
    ----------
    levels : list
        For each dimension the new levels, each a list of the old ones in it.
    counts : numpy.ndarray of int
        The counts of the new levels, without margins.
    cells_lost : int
        How many combinations of levels are no longer told apart.
    published : numpy.ndarray of float
        The merged table with its margins; NaN where a count must be hidden all the same.
    audit : Audit
        What an outsider can compute of the hidden counts. It passes; it is empty where none is.

    Examples
    --------
    >>> from utfall import disclosure
    >>> merged = disclosure.merge_levels([[49, 17], [24, 0], [15, 4], [2, 27]])
    >>> merged.levels[0]
    [[0], [1], [2, 3]]
    >>> print(merged)
     49  17  66
     24   0  24
     17  31  48
     90  48 138
    Nivåer är hopslagna: 2 kombinationer skiljs inte längre åt. Inget antal är dolt.
    """

    levels: list[list[list[int]]]
    counts: npt.NDArray[np.int64]
    cells_lost: int
    published: npt.NDArray[np.float64]
    audit: Audit

    def _facts(self) -> tuple[str, tuple[int, int], bool]:
        hidden = int(_numpy().isnan(self.published).sum())
        return "merged", (self.cells_lost, hidden), self.audit.passes


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
    levels, merged, (mask, _, _, rows) = _native.merge_levels(shape, flat, rules)
    np = _numpy()
    made_counts = np.array(merged, dtype="int64").reshape([len(one) for one in levels])
    whole = made_counts
    for axis in range(whole.ndim):
        whole = np.concatenate([whole, whole.sum(axis=axis, keepdims=True)], axis=axis)
    published = np.where(np.array(mask, dtype=bool).reshape(whole.shape), np.nan, whole)
    audit = made(rows, place_of(whole.shape))
    return MergedLevels(levels, made_counts, len(flat) - len(merged), published, audit)
