"""Noise that is the same wherever the same persons are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utfall import _native
from utfall.stats._arrays import _numpy, count, counts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def cell_key(
    counts_of_cells: npt.ArrayLike,
    sums_of_keys: npt.ArrayLike,
    noise: npt.ArrayLike,
    *,
    repeat: int | None = None,
) -> npt.NDArray[np.int64]:
    """Add noise that is the same wherever the same persons are counted.

    Every person has a record key from 0, drawn once and kept secret. The keys of those in a cell are
    added up; that sum modulo the number of keys and the count look the noise up. Margins get noise
    of their own, so tables do not add up, and a label must say so. Nothing here is random.

    Parameters
    ----------
    counts_of_cells : array_like of int
        The counts, of any shape.
    sums_of_keys : array_like of int
        For each count the sum of the record keys of the persons in it.
    noise : array_like of int
        What is added: a row for each count from 1, a column for each key from 0.
    repeat : int, optional
        Counts beyond the rows use the last so many again and again; all of them, if not given.

    Returns
    -------
    numpy.ndarray of int
        What is published. Counts of 0 stay 0.

    Raises
    ------
    UtfallError
        If counts or keys are no whole numbers, or `noise` is no table.

    Notes
    -----
    Fraser and Wooton (UNECE work session on statistical data confidentiality, 2005). The method of
    Statistics Sweden and of the Office for National Statistics.

    Examples
    --------
    Two keys: a count of 1 becomes 0 or 2, and from 2 on every second gets one more.

    >>> from utfall import disclosure
    >>> noise = [[-1, 1], [0, 1]]
    >>> disclosure.cell_key([1, 1, 40, 0], [6, 7, 6, 0], noise, repeat=1).tolist()
    [0, 2, 40, 0]
    """
    np = _numpy()
    shape, (cells, keys) = counts(counts_of_cells=counts_of_cells, sums_of_keys=sums_of_keys)
    table = np.atleast_2d(np.asarray(noise, dtype="int64"))
    rows, columns = table.shape[0], table.shape[-1]
    again = rows if repeat is None else count(repeat, "repeat")
    parts = (columns, rows, again, table.ravel().tolist())
    return np.array(  # type: ignore[no-any-return]
        _native.add_cell_key_noise(cells, keys, parts), dtype="int64"
    ).reshape(shape)
