"""What an outsider can compute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_Audited: TypeAlias = "tuple[int, int, int | None, tuple[int, int] | None, bool]"


@dataclass(frozen=True)
class AuditedCell:
    """A cell that is not published, as an outsider sees it.

    Attributes
    ----------
    cell : int or tuple of int
        The cell: its number, or its place in the table with margins.
    low : int
        The least that it can be.
    high : int or None
        The most that it can be; ``None`` if there is no most.
    need : (int, int) or None
        The values from and to that must remain possible; ``None`` if the cell needs no protection.
    passes : bool
        Whether they do, proven by whole tables. True where nothing is needed.

    Examples
    --------
    >>> from utfall import disclosure
    >>> disclosure.audit([[31, 4], [17, 7]], [[0, 1], [0, 0]], margins=False).cells[0]
    AuditedCell(cell=(0, 1), low=4, high=4, need=(1, 5), passes=False)
    """

    cell: int | tuple[int, ...]
    low: int
    high: int | None
    need: tuple[int, int] | None
    passes: bool


@dataclass(frozen=True)
class Audit:
    """Every cell that is not published, with the interval that an outsider can compute.

    Attributes
    ----------
    cells : list of AuditedCell
        The cells in order.

    Examples
    --------
    >>> from utfall import disclosure
    >>> seen = disclosure.protect([[31, 4], [17, 7]]).audit
    >>> [(cell.cell, cell.low, cell.high) for cell in seen.cells]
    [((0, 0), 25, 34), ((0, 1), 1, 10), ((1, 0), 14, 23), ((1, 1), 1, 10)]
    """

    cells: list[AuditedCell]

    @property
    def passes(self) -> bool:
        """Whether every cell that needs protection has it."""
        return all(cell.passes for cell in self.cells)

    @property
    def exact(self) -> list[int | tuple[int, ...]]:
        """The cells that can be computed exactly although they are not published."""
        return [cell.cell for cell in self.cells if cell.low == cell.high]


def made(
    rows: Iterable[_Audited], name: Callable[[int], int | tuple[int, ...]] = lambda cell: cell
) -> Audit:
    """Give what the compiled module tells as an audit."""
    return Audit(
        [AuditedCell(name(cell), low, high, need, passes) for cell, low, high, need, passes in rows]
    )
