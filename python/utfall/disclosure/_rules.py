"""Arguments that several functions have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from utfall._errors import UtfallError
from utfall.stats._arrays import count, counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

Zeros: TypeAlias = Literal["printed", "protected"]
Asked: TypeAlias = tuple["int | None", bool, bool, int]

_WORDS = {"zeros": ("printed", "protected"), "cost": ("cells", "persons", "totals")}


def word(name: str, value: object) -> str:
    """Give a word that is one of those known."""
    if value not in _WORDS[name]:
        known = ", ".join(f"`{known}`" for known in _WORDS[name])
        message = f"there is no `{name}` {value!r}; there are {known}"
        raise UtfallError(message, "unknown_method")
    return str(value)


def asked(threshold: int | None, zeros: object, *, singletons: bool, exact_cells: int) -> Asked:
    """Give the rules as the compiled module takes them."""
    if threshold is not None:
        threshold = count(threshold, "threshold")
    printed = word("zeros", zeros) == "printed"
    return threshold, printed, bool(singletons), count(exact_cells, "exact_cells")


def table(argument: Any) -> tuple[tuple[int, ...], npt.NDArray[np.uint64]]:  # noqa: ANN401 - anything may be handed over
    """Give the shape of an array of counts, and the counts in a row."""
    shape, (flat,) = counts(counts=argument)
    return shape, flat


def dimensions(
    shape: tuple[int, ...], groups: Sequence[Sequence[Sequence[int]]] | None
) -> list[tuple[int, list[list[int]]]]:
    """Give the levels of each dimension with its groups."""
    groups = [[] for _ in shape] if groups is None else groups
    if len(groups) != len(shape):
        message = (
            f"`groups` has length {len(groups)}, expected {len(shape)}; "
            "give lists that belong together one length"
        )
        raise UtfallError(message, "unlike_lengths")
    listed = [[[count(part, "groups") for part in group] for group in one] for one in groups]
    return list(zip(shape, listed, strict=True))
