"""Tallies: the counts that evaluations are made of, to be merged, stored and sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utfall import _native
from utfall._errors import UtfallError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Tally:
    """The counts of a project's registers on a day: no row, id or date of a person.

    Made by :meth:`Project.tally`. Tallies of parts of a register merge into the tally of the whole,
    in any order, to the same bits: threads, files larger than memory and a cluster are the same
    thing. That no id stands in two rows is seen within one tally only. Where persons are counted
    (``count = "persons"``), one whose enrolments stand in several tallies counts once in each: keep
    all rows of a register together. The finding ``persons_in_parts`` says where they were not.

    Examples
    --------
    >>> import pyarrow as pa
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('''
    ... schema = 1
    ... name = "Staff"
    ... [registers.staff]
    ... unit = "member"
    ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ... [indicators.staff]
    ... kind = "count"
    ... register = "staff"
    ... ''')
    >>> parts = [pa.table({"Kön": ["woman", "man"]}), pa.table({"Kön": ["man"]})]
    >>> tallies = [project.tally({"staff": part}, as_of="2022-06-30") for part in parts]
    >>> whole = uf.Tally.merge(tallies)
    >>> uf.Tally.from_bytes(whole.to_bytes()) == whole
    True
    >>> project.evaluate_tallies(whole)["staff"].value
    3.0
    """

    def __init__(self, native: _native.Tally) -> None:
        self._native = native

    @classmethod
    def merge(cls, tallies: Iterable[Tally]) -> Tally:
        """Merge tallies of parts into the tally of the whole.

        Raises
        ------
        UtfallError
            If there are none (``unknown_name``), or they are not of one project file, day and
            crossing (``unlike_tallies``).
        """
        merged = _native.Tally.merge([tally._native for tally in tallies])  # noqa: SLF001 - its own kind
        if merged is None:
            message = "there is no tally to merge; hand over at least one"
            raise UtfallError(message, "unknown_name")
        return cls(merged)

    @classmethod
    def from_bytes(cls, data: bytes) -> Tally:
        """Read a tally from the bytes that :meth:`to_bytes` gave.

        Raises
        ------
        UtfallError
            If they are no tally, of another version, cut short or changed (``broken_tally``).
        """
        return cls(_native.Tally.from_bytes(data))

    def to_bytes(self) -> bytes:
        """Write the tally as bytes; equal tallies give equal bytes."""
        return self._native.to_bytes()

    @property
    def as_of(self) -> str:
        """The day on which the world was looked at, such as ``2022-06-30``."""
        return self._native.as_of

    def __len__(self) -> int:
        """How many combinations of levels and answers are held; it does not grow with the rows."""
        return len(self._native)

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same counts of the same project, day and crossing."""
        return isinstance(other, Tally) and self._native == other._native

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Say how much the tally holds."""
        return f"<Tally as of {self.as_of}: {len(self)} combinations>"
