"""Cells and the relations between them, as they come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from utfall import _native
from utfall._errors import UtfallError
from utfall.disclosure._audit import Audit, made
from utfall.disclosure._rules import asked
from utfall.stats._arrays import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utfall.disclosure._rules import Zeros


@dataclass(frozen=True)
class HiddenCells:
    """The cells to hide.

    Attributes
    ----------
    hidden : list of bool
        For each cell whether it is hidden; unprinted ones are not counted as hidden.
    cost : int
        What hiding them costs.
    cheapest : bool
        Whether no pattern that protects the same costs less.
    audit : Audit
        What an outsider can compute of the cells that are not published. It passes.

    Examples
    --------
    >>> from utfall import disclosure
    >>> disclosure.protect_cells([35, 31, 4], [{0: 1, 1: -1, 2: -1}]).hidden
    [True, False, True]
    """

    hidden: list[bool]
    cost: int
    cheapest: bool
    audit: Audit


def protect_cells(
    values: Sequence[int],
    relations: Sequence[dict[int, int]],
    *,
    threshold: int | None = 5,
    zeros: Zeros = "printed",
    singletons: bool = True,
    exact_cells: int = 150,
    **cells: Any,  # noqa: ANN401 - each list has its own type
) -> HiddenCells:
    """Hide cells so that nobody can compute a small count from all that is published together.

    Everything linear is one system: tables, margins, successes and failures, populations in each
    other, several tables over the same units, earlier releases.

    Parameters
    ----------
    values : sequence of int
        The true value of each cell: counts, or amounts in whole units.
    relations : sequence of dict
        Each a dictionary of cells with whole coefficients that add up to 0: a total with 1, its
        parts with −1.
    threshold : int, optional
        As for :func:`protect`; ``None`` if only the needs given count.
    zeros, singletons, exact_cells
        As for :func:`protect`.
    **cells
        Lists with an entry for each cell. `roles`: ``"printed"``, ``"known"`` (published whatever
        happens, or known from elsewhere) or ``"unprinted"`` (a part that nobody prints). `costs`:
        what it costs to hide it, 1 if not given. `floors` and `ceilings`: the least and the most
        that outsiders know of it. `needs`: pairs of the values from and to that must remain
        possible, ``None`` where nothing is needed.

    Returns
    -------
    HiddenCells
        The pattern and its audit, which passes.

    Raises
    ------
    UtfallError
        If the values do not keep a relation, or if a cell follows too closely from those that are
        always published.

    Examples
    --------
    A month ago 12 had finished, which is known. Now 14 have: the 2 new ones would be seen, so either
    the new total or nothing can be hidden.

    >>> from utfall import disclosure
    >>> now = disclosure.protect_cells(
    ...     [14, 12, 2], [{0: 1, 1: -1, 2: -1}], roles=["printed", "known", "unprinted"]
    ... )
    >>> now.hidden
    [True, False, False]
    """
    rules = asked(threshold, zeros, singletons=singletons, exact_cells=exact_cells)
    taken = _cells(values, **cells)
    hidden, cost, cheapest, rows = _native.protect_cells(taken, _relations(relations), rules)
    return HiddenCells(hidden, cost, cheapest, made(rows))


def audit_cells(
    values: Sequence[int],
    relations: Sequence[dict[int, int]],
    hidden: Sequence[bool],
    *,
    threshold: int | None = 5,
    zeros: Zeros = "printed",
    singletons: bool = True,
    **cells: Any,  # noqa: ANN401 - each list has its own type
) -> Audit:
    """Tell what an outsider can compute of the cells that are not published.

    Parameters
    ----------
    values, relations, threshold, zeros, singletons, **cells
        As for :func:`protect_cells`.
    hidden : sequence of bool
        For each cell whether it is hidden.

    Returns
    -------
    Audit
        Every cell that is not published with the interval of the values that it can have.

    Raises
    ------
    UtfallError
        If the values do not keep a relation, or `hidden` has another length.

    Examples
    --------
    >>> from utfall import disclosure
    >>> seen = disclosure.audit_cells([35, 31, 4], [{0: 1, 1: -1, 2: -1}], [False, False, True])
    >>> seen.exact
    [2]
    """
    rules = asked(threshold, zeros, singletons=singletons, exact_cells=0)
    mask = [bool(cell) for cell in hidden]
    return made(_native.audit_cells(_cells(values, **cells), _relations(relations), mask, rules))


def _relations(relations: Sequence[dict[int, int]]) -> list[list[tuple[int, int]]]:
    return [
        [(count(cell, "relations"), int(by)) for cell, by in relation.items()]
        for relation in relations
    ]


def _cells(
    values: Sequence[int],
    *,
    roles: Sequence[str] | None = None,
    costs: Sequence[int] | None = None,
    floors: Sequence[int] | None = None,
    ceilings: Sequence[int | None] | None = None,
    needs: Sequence[tuple[int, int] | None] | None = None,
) -> tuple[
    list[int], list[str], list[int], list[int], list[int | None], list[tuple[int, int] | None]
]:
    whole = [count(value, "values") for value in values]
    size = len(whole)
    lists: dict[str, Sequence[object]] = {
        "roles": (roles := ["printed"] * size if roles is None else roles),
        "costs": (costs := [1] * size if costs is None else costs),
        "floors": (floors := [0] * size if floors is None else floors),
        "ceilings": (ceilings := [None] * size if ceilings is None else ceilings),
        "needs": (needs := [None] * size if needs is None else needs),
    }
    for name, given in lists.items():
        if len(given) != size:
            message = (
                f"`{name}` has length {len(given)}, expected {size}; give one entry for each cell"
            )
            raise UtfallError(message, "unlike_cells")
    return (
        whole,
        [str(role) for role in roles],
        [count(cost, "costs") for cost in costs],
        [count(floor, "floors") for floor in floors],
        [None if most is None else count(most, "ceilings") for most in ceilings],
        [
            None if need is None else (count(need[0], "needs"), count(need[1], "needs"))
            for need in needs
        ],
    )
