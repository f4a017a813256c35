"""Columns of durations and of how they ended, as they arrive."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from utfall._errors import UtfallError
from utfall.stats._arrays import _numpy, counts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    import numpy.typing as npt

UNKNOWN = "(unknown)"

# Beyond any number of a kind, and within all whole numbers.
_MOST = 2**31


class Spells:
    """Durations, how each ended, and how many units each stands for, brought to flat arrays."""

    def __init__(
        self,
        durations: npt.ArrayLike,
        name: str,
        ends: npt.NDArray[Any],
        units: npt.ArrayLike | None,
        by: npt.ArrayLike | None,
    ) -> None:
        np = _numpy()
        self.durations = _durations(durations)
        self.ends = ends
        self.units: Any = None
        columns: dict[str, Any] = {"durations": self.durations, name: ends}
        if units is not None:
            shape, [flat] = counts(units=units)
            self.units = columns["units"] = flat.reshape(shape)
        if by is not None:
            columns["by"] = np.asarray(by, dtype=None if hasattr(by, "__array__") else object)
        if len({array.shape for array in columns.values()}) > 1:
            shapes = ", ".join(f"{name} {array.shape}" for name, array in columns.items())
            message = f"arrays of different shapes: {shapes}; give them one shape"
            raise UtfallError(message, "unlike_shapes")
        self.is_whole = self.durations.dtype.kind == "i"
        self.durations = np.ascontiguousarray(self.durations).reshape(-1)
        self.ends = np.ascontiguousarray(self.ends).reshape(-1)
        self.units = None if self.units is None else self.units.reshape(-1)
        self.by = columns["by"].reshape(-1).tolist() if by is not None else []

    def groups(self) -> Iterator[tuple[Hashable, tuple[Any, Any, Any]]]:
        """Give the durations, ends and units of each group; what is missing is a group, the last."""
        np = _numpy()
        try:
            found = set(self.by)
        except TypeError:
            message = "`by` must be names or numbers, one for each unit"
            raise UtfallError(message, "not_a_group") from None
        known: list[Any] = [value for value in found if not _is_missing(value) and value != UNKNOWN]
        try:
            known.sort()
        except TypeError:
            known.sort(key=lambda value: (type(value).__name__, str(value)))
        place = {value: position for position, value in enumerate(known)}
        last = len(known)
        codes = np.fromiter((place.get(value, last) for value in self.by), np.int64, len(self.by))
        order = np.argsort(codes, kind="stable")
        ends = np.cumsum(np.bincount(codes, minlength=last + 1))
        for name, (start, end) in zip([*known, UNKNOWN], pairwise([0, *ends]), strict=True):
            rows = order[start:end]
            if start < end:
                units = None if self.units is None else self.units[rows]
                yield name, (self.durations[rows], self.ends[rows], units)


def flags(argument: npt.ArrayLike, name: str) -> npt.NDArray[Any]:
    """Give an array of true and false, or of 1 and 0."""
    np = _numpy()
    array: npt.NDArray[Any] = np.asarray(argument)
    if array.dtype.kind == "b":
        return array
    if array.dtype.kind not in "iufO":
        raise _not_flags(name)
    try:
        numbers = np.asarray(array, dtype=np.float64)
    except (TypeError, ValueError):
        raise _not_flags(name) from None
    is_true: npt.NDArray[Any] = numbers == 1
    if not (is_true | (numbers == 0)).all():
        raise _not_flags(name)
    return is_true


def kinds_of(
    events: npt.ArrayLike, kinds: Sequence[str] | int | None
) -> tuple[tuple[str, ...] | None, npt.NDArray[Any]]:
    """Give the names of the kinds, if they have any, and the number of each event's kind."""
    np = _numpy()
    array = np.asarray(events)
    names = None if kinds is None or isinstance(kinds, int) else tuple(kinds)
    if names is not None and len(set(names)) < len(names):
        message = "`kinds` has a name twice; list each kind once"
        raise UtfallError(message, "not_an_event")
    if array.dtype.kind in "iub":
        return names, array if array.dtype.kind == "b" else _as(array, {"int64", "uint8"}, "int64")
    if array.dtype.kind == "f":
        numbered = np.nan_to_num(array, nan=0.0, posinf=-1.0)
        if not ((numbered >= 0) & (numbered % 1 == 0) & (numbered < _MOST)).all():
            raise _not_events()
        return names, numbered.astype(np.int64)
    if array.dtype.kind not in "UTO":
        raise _not_events()
    values = array.reshape(-1).tolist()
    try:
        all_found = set(values)
    except TypeError:
        raise _not_events() from None
    found = {value for value in all_found if not _is_missing(value)}
    numbers: dict[Any, int] = dict.fromkeys(all_found - found, 0)
    if all(isinstance(value, str) for value in found):
        names = tuple(sorted(found)) if names is None else names
        if not found <= set(names):
            message = "`events` has a name that is not in `kinds`; list all kinds there are"
            raise UtfallError(message, "not_an_event")
        numbers |= {name: number for number, name in enumerate(names, 1)}
    elif all(_is_number_of_kind(value) for value in found):
        numbers |= {value: int(value) for value in found}
    else:
        raise _not_events()
    codes = np.fromiter(map(numbers.__getitem__, values), np.int64, len(values))
    return names, codes.reshape(array.shape)


def _durations(argument: npt.ArrayLike) -> npt.NDArray[Any]:
    np = _numpy()
    array: npt.NDArray[Any] = np.asarray(argument)
    if array.dtype.kind in "iub":
        return _as(array, {"int64", "int32"}, "int64")
    message = "`durations` must be numbers of 0 or more; of two dates, take the days between them"
    if array.dtype.kind not in "fO":
        raise UtfallError(message, "not_a_duration")
    try:
        array = np.asarray(array, dtype=np.float64)
    except (TypeError, ValueError):
        raise UtfallError(message, "not_a_duration") from None
    return array


def _as(array: npt.NDArray[Any], kept: set[str], other: str) -> npt.NDArray[Any]:
    """Give an array in its own type if that is one of those kept, or else in the other."""
    return array if array.dtype.name in kept else array.astype(other)


def _is_missing(value: object) -> bool:
    """Say whether a value is None, NaN or null, none of which are equal to themselves."""
    return value is None or (value == value) is not True  # noqa: PLR0124


def _is_number_of_kind(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value < _MOST and value % 1 == 0


def _not_flags(name: str) -> UtfallError:
    message = f"`{name}` must be true or false (1 or 0) for every unit"
    return UtfallError(message, "not_an_event")


def _not_events() -> UtfallError:
    message = "`events` must be names or numbers of kinds, with None or 0 for censored"
    return UtfallError(message, "not_an_event")
