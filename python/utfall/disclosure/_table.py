"""Tables of counts with all their margins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from utfall import _native
from utfall._errors import UtfallError
from utfall.disclosure._audit import Audit, made
from utfall.disclosure._label import Labelled
from utfall.disclosure._rules import asked, dimensions, table, word
from utfall.stats._arrays import _numpy, count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    import numpy.typing as npt

    from utfall.disclosure._rules import Zeros


@dataclass(frozen=True)
class ProtectedTable(Labelled):
    """A table that may be published: true values, with some hidden.

    Attributes
    ----------
    published : numpy.ndarray of float
        The table with its margins: in each dimension the levels, then the groups, last the total.
        NaN where a cell is hidden; the hidden values themselves are not kept.
    hidden : numpy.ndarray of bool
        Which cells are hidden.
    cost : int
        What hiding them costs, as was asked for.
    cheapest : bool
        Whether no pattern that protects the same costs less. Else it was found by a heuristic, and
        every cell in it is needed.
    audit : Audit
        What an outsider can compute of the hidden cells. It passes.

    Examples
    --------
    >>> from utfall import disclosure
    >>> safe = disclosure.protect([[31, 4], [17, 7]])
    >>> print(safe)
     .  . 35
     .  . 24
    48 11 59
    4 av 9 antal är dolda: små antal, och det som de kunde räknas fram ur.
    """

    published: npt.NDArray[np.float64]
    hidden: npt.NDArray[np.bool_]
    cost: int
    cheapest: bool
    audit: Audit

    def _facts(self) -> tuple[str, tuple[int, int], bool]:
        return "hidden", (int(self.hidden.sum()), self.hidden.size), self.audit.passes


@dataclass(frozen=True)
class RoundedTable(Labelled):
    """A table in which every count is rounded to a multiple, and which still adds up.

    Attributes
    ----------
    published : numpy.ndarray of int
        The table with its margins, rounded. :meth:`label` says so.
    base : int
        What all values are multiples of.
    distance : int
        How far all values together are from the true ones.
    audit : Audit
        What an outsider can compute who knows the base.

    Examples
    --------
    >>> from utfall import disclosure
    >>> disclosure.round_table([[31, 4], [17, 7]], base=5).distance
    12
    """

    published: npt.NDArray[np.int64]
    base: int
    distance: int
    audit: Audit

    def _facts(self) -> tuple[str, tuple[int, int], bool]:
        return "rounded", (self.base, 0), self.audit.passes


def protect(
    counts: npt.ArrayLike,
    *,
    threshold: int = 5,
    zeros: Zeros = "printed",
    singletons: bool = True,
    groups: Sequence[Sequence[Sequence[int]]] | None = None,
    cost: Literal["cells", "persons", "totals"] = "cells",
    exact_cells: int = 150,
) -> ProtectedTable:
    """Hide small counts, and enough others that nobody can compute them.

    All margins are published with the table, so they are part of what an outsider knows: who holds
    every printed number, and knows that counts are whole and not negative, can rule out no value
    from 1 to the threshold for any hidden small count.

    Parameters
    ----------
    counts : array_like of int
        A table of counts of any number of dimensions, without margins.
    threshold : int
        Counts from 1 to one less are hidden. Patterns nest: a higher threshold hides all that a
        lower one hides.
    zeros : {"printed", "protected"}
        Whether counts of 0 are always printed, so that everybody knows that a hidden count is at
        least 1, or hidden as small counts are.
    singletons : bool
        Whether the one person in a hidden cell, who knows that it is 1, must not be able to compute
        another small count by subtraction either.
    groups : sequence, optional
        For each dimension the groups of its levels: each lists the levels, or earlier groups by the
        number of levels plus their own, that it adds up.
    cost : {"cells", "persons", "totals"}
        What is kept small: how many cells are hidden, how many persons are in them, or how many
        totals first of all.
    exact_cells : int
        The cheapest pattern is looked for where at most so many further cells could be hidden.

    Returns
    -------
    ProtectedTable
        The table, its mask and its audit, which passes.

    Raises
    ------
    UtfallError
        If the counts are no counts, or the threshold is not between 1 and 100.

    Notes
    -----
    Fischetti and Salazar (Management Science 2001) for small tables; for large ones the linear
    relaxation of each protection (Kelly, Golden and Assad, Networks 1992), and release of what is
    not needed. Limits count steps, not seconds, so the same table gives the same pattern.

    Examples
    --------
    Branches by women and men, as the Likes report prints them:

    >>> from utfall import disclosure
    >>> safe = disclosure.protect([[49, 17], [24, 0], [15, 4], [2, 27]])
    >>> print(safe)
      .   .  66
     24   0  24
      .   .  19
      .   .  29
     90  48 138
    6 av 15 antal är dolda: små antal, och det som de kunde räknas fram ur.
    >>> [(cell.low, cell.high) for cell in safe.audit.cells if cell.need]
    [(1, 18), (1, 28)]
    """
    shape, flat = table(counts)
    rules = asked(threshold, zeros, singletons=singletons, exact_cells=exact_cells)
    found = _native.protect_table(dimensions(shape, groups), flat, word("cost", cost), rules)
    values, (hidden, paid, cheapest, rows) = found
    np = _numpy()
    size = size_of(shape, groups)
    hidden = np.array(hidden, dtype=bool).reshape(size)
    if cost == "cells":
        paid = int(hidden.sum())
    published = np.where(hidden, np.nan, np.array(values, dtype=float).reshape(size))
    return ProtectedTable(published, hidden, paid, cheapest, made(rows, place_of(size)))


def audit(
    counts: npt.ArrayLike,
    hidden: npt.ArrayLike,
    *,
    margins: bool = True,
    threshold: int = 5,
    zeros: Zeros = "printed",
    singletons: bool = True,
    groups: Sequence[Sequence[Sequence[int]]] | None = None,
) -> Audit:
    """Tell what an outsider can compute of a table of which some cells are hidden.

    Parameters
    ----------
    counts : array_like of int
        A table of counts of any number of dimensions, without margins.
    hidden : array_like of bool
        Which cells are hidden: of the table with its margins, in each dimension the levels, then the
        groups, last the total.
    margins : bool
        Whether `hidden` has the margins too; else it has the shape of the counts, and all margins
        are published.
    threshold, zeros, singletons, groups
        As for :func:`protect`.

    Returns
    -------
    Audit
        Every hidden cell with the interval of the values that it can have. A small count that is not
        hidden is in it too, and fails.

    Raises
    ------
    UtfallError
        If the counts are no counts, or `hidden` has another shape or hides a 0 that is said to be
        printed.

    Notes
    -----
    Linear programming, tightened to whole numbers (Willenborg and de Waal, Elements of Statistical
    Disclosure Control, 2001, ch. 6); a protection passes only if whole tables prove it.

    Examples
    --------
    Only the small counts of the Likes report's sub-projects hidden, 4 can be read from the margins:

    >>> from utfall import disclosure
    >>> women_and_men = [[31, 4], [17, 7], [18, 5], [26, 34]]
    >>> hidden = [[False, True], [False, False], [False, False], [False, False]]
    >>> disclosure.audit(women_and_men, hidden, margins=False).exact
    [(0, 1)]
    """
    shape, flat = table(counts)
    np = _numpy()
    size = size_of(shape, groups)
    mask = np.asarray(hidden).astype(bool)
    if not margins and mask.shape == shape:
        wider = [(0, places - levels) for levels, places in zip(shape, size, strict=True)]
        mask = np.pad(mask, wider)
    if mask.shape != size:
        message = f"`hidden` has the shape {mask.shape}, expected {size if margins else shape}"
        raise UtfallError(message, "unlike_shapes")
    rules = asked(threshold, zeros, singletons=singletons, exact_cells=0)
    rows = _native.audit_table(dimensions(shape, groups), flat, mask.ravel().tolist(), rules)
    return made(rows, place_of(size))


def round_table(
    counts: npt.ArrayLike,
    *,
    base: int = 5,
    threshold: int = 5,
    zeros: Zeros = "printed",
    groups: Sequence[Sequence[Sequence[int]]] | None = None,
) -> RoundedTable:
    """Round every count to a multiple next to it, so that the table still adds up.

    Parameters
    ----------
    counts : array_like of int
        A table of counts of any number of dimensions, without margins.
    base : int
        What all values become multiples of; multiples stay.
    threshold, zeros, groups
        As for :func:`protect`: which counts the audit looks at.

    Returns
    -------
    RoundedTable
        The rounding nearest to the true table of all that add up.

    Raises
    ------
    UtfallError
        If the counts are no counts, or if no rounding is found: in three dimensions there may be none.

    Notes
    -----
    Controlled rounding, zero-restricted (Cox, JASA 1987; Fischetti and Salazar, Networks 1998).

    Examples
    --------
    >>> from utfall import disclosure
    >>> disclosure.round_table([[31, 4], [17, 7]], base=5).published.tolist()
    [[30, 5, 35], [20, 5, 25], [50, 10, 60]]
    """
    shape, flat = table(counts)
    rules = asked(threshold, zeros, singletons=False, exact_cells=0)
    base = count(base, "base")
    values, distance, rows = _native.round_table(dimensions(shape, groups), flat, base, rules)
    size = size_of(shape, groups)
    published = _numpy().array(values, dtype="int64").reshape(size)
    return RoundedTable(published, base, distance, made(rows, place_of(size)))


def size_of(
    shape: tuple[int, ...], groups: Sequence[Sequence[Sequence[int]]] | None
) -> tuple[int, ...]:
    """Give the shape of a table with its margins."""
    extra = [0] * len(shape) if groups is None else [len(one) for one in groups]
    return tuple(levels + more + 1 for levels, more in zip(shape, extra, strict=False))


def place_of(size: tuple[int, ...]) -> Callable[[int], tuple[int, ...]]:
    """Give the place in the table of a cell by its number."""

    def place(cell: int) -> tuple[int, ...]:
        found = []
        for places in reversed(size):
            cell, at = divmod(cell, places)
            found.append(at)
        return tuple(reversed(found))

    return place
