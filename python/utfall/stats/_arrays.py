"""Arguments that may be single numbers or arrays of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from utfall._errors import UtfallError
from utfall.stats._estimate import Estimates

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def is_array(*arguments: object) -> bool:
    """Say whether any argument holds several numbers."""
    return any(hasattr(argument, "__len__") for argument in arguments)


def count(argument: Any, name: str) -> int:  # noqa: ANN401 - anything may be handed over
    """Give a whole number of 0 or more."""
    try:
        whole = int(argument)
    except (TypeError, ValueError, OverflowError):
        raise _not_a_count(name) from None
    if whole != argument or not 0 <= whole < 2**63:
        raise _not_a_count(name)
    return whole


def number(argument: Any, name: str) -> float:  # noqa: ANN401 - anything may be handed over
    """Give a number."""
    try:
        return float(argument)
    except (TypeError, ValueError):
        raise _not_a_number(name) from None


def counts(**arguments: object) -> tuple[tuple[int, ...], list[npt.NDArray[np.uint64]]]:
    """Give the shape that the arguments have together, and each as flat whole numbers.

    NaN and null stand for nobody, which is 0.
    """
    made = {name: _as_counts(argument, name) for name, argument in arguments.items()}
    return _together(made)


def counts_and_numbers(
    counts: dict[str, object], numbers: dict[str, object]
) -> tuple[tuple[int, ...], list[Any]]:
    """Give the shape that all have together; the counts and then the numbers, each flat."""
    made = {name: _as_counts(argument, name) for name, argument in counts.items()}
    return _together(made | {name: as_numbers(it, name) for name, it in numbers.items()})


def as_numbers(argument: object, name: str) -> npt.NDArray[np.float64]:
    """Give an array of numbers, NaN for null."""
    try:
        return _numpy().asarray(argument, dtype=float, order="C")  # type: ignore[no-any-return]
    except (TypeError, ValueError):
        raise _not_a_number(name) from None


def _as_counts(argument: object, name: str) -> npt.NDArray[np.uint64]:
    np = _numpy()
    array = np.asarray(argument)
    kind = array.dtype.kind
    if kind == "f":
        array = np.nan_to_num(array, nan=0.0, posinf=-1.0)
        is_count = ((array >= 0) & (array % 1 == 0)).all()
    else:
        is_count = kind in "ub" or (kind == "i" and array.min(initial=0) >= 0)
    if not is_count:
        raise _not_a_count(name)
    is_long = array.dtype == np.int64  # the same bits, and none of them copied
    return array.view(np.uint64) if is_long else array.astype(np.uint64, copy=False)  # type: ignore[no-any-return]


def _together(made: dict[str, npt.NDArray[Any]]) -> tuple[tuple[int, ...], list[npt.NDArray[Any]]]:
    np = _numpy()
    try:
        together = np.broadcast_arrays(*made.values())
    except ValueError:
        shapes = [f"{name} {array.shape}" for name, array in made.items()]
        message = f"arrays of different shapes: {', '.join(shapes)}; give them one shape"
        raise UtfallError(message, "unlike_shapes") from None
    return together[0].shape, [np.ascontiguousarray(array).reshape(-1) for array in together]


def estimates(
    shape: tuple[int, ...],
    made: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]],
) -> Estimates:
    """Give flat estimates the shape of their arguments."""
    return Estimates(*(array.reshape(shape) for array in made))


def _not_a_count(name: str) -> UtfallError:
    message = f"`{name}` must be whole numbers of 0 or more"
    return UtfallError(message, "not_a_count")


def _not_a_number(name: str) -> UtfallError:
    message = f"`{name}` must be numbers"
    return UtfallError(message, "not_a_number")


def _numpy() -> Any:  # noqa: ANN401 - a module
    try:
        import numpy as np  # noqa: PLC0415 - single numbers need none
    except ImportError:
        message = "arrays need NumPy: pip install 'utfall[stats]'"
        raise ImportError(message) from None
    return np
