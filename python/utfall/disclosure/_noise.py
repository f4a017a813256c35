"""Noise that is the same wherever the same persons are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from utfall import _native
from utfall._errors import UtfallError
from utfall.disclosure._audit import Audit, made
from utfall.disclosure._label import Labelled
from utfall.disclosure._rules import asked, dimensions, table
from utfall.disclosure._table import place_of, size_of
from utfall.stats._arrays import _numpy, count

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from utfall.disclosure._rules import Zeros


@dataclass(frozen=True)
class NoisyTable(Labelled):
    """A table with noise by cell key.

    Attributes
    ----------
    published : numpy.ndarray of int
        The table with its margins, each with noise of its own. :meth:`label` says so.
    audit : Audit
        What an outsider can compute who has the table of noise and no key: what each published count can come from, and what
        follows since the true counts add up. It need not pass.

    Examples
    --------
    >>> from utfall import disclosure
    >>> noise = [[-1, 1], [0, 1]]
    >>> noisy = disclosure.cell_key([[12, 1], [8, 9]], [[3, 1], [0, 2]], noise, repeat=1)
    >>> noisy.published.tolist()
    [[13, 2, 13], [8, 9, 17], [21, 11, 30]]

    The 2 was a 1 or a 2; the sum of its row leaves only the 1. Such a table is better not published:

    >>> [(cell.cell, cell.low, cell.high) for cell in noisy.audit.cells if not cell.passes]
    [((0, 1), 1, 1)]
    >>> noisy.label("en").rpartition("; ")[2].partition(". ")[2]
    'That the true counts add up tells more than the noise leaves open.'
    """

    published: npt.NDArray[np.int64]
    audit: Audit

    def _facts(self) -> tuple[str, tuple[int, int], bool]:
        return "noisy", (0, 0), self.audit.passes


def cell_key(
    counts: npt.ArrayLike,
    sums_of_keys: npt.ArrayLike,
    noise: npt.ArrayLike,
    *,
    repeat: int | None = None,
    threshold: int = 5,
    zeros: Zeros = "printed",
) -> NoisyTable:
    """Add noise that is the same wherever the same persons are counted.

    Every person has a record key from 0, drawn once and kept secret. The keys of those in a cell are
    added up; that sum modulo the number of keys and the count look the noise up. Margins get noise
    of their own, so tables do not add up, and the label says so. Nothing here is random.

    Parameters
    ----------
    counts : array_like of int
        A table of counts of any number of dimensions, without margins.
    sums_of_keys : array_like of int
        For each count the sum of the record keys of the persons in it. Those of margins follow.
    noise : array_like of int
        What is added: a row for each count from 1, a column for each key from 0.
    repeat : int, optional
        Counts beyond the rows use the last so many again and again; all of them, if not given.
    threshold, zeros
        As for :func:`protect`: which counts the audit looks at. Of what must remain possible, no
        more is asked than the noise leaves open.

    Returns
    -------
    NoisyTable
        The table with its margins, its audit and its label. Counts of 0 stay 0.

    Raises
    ------
    UtfallError
        If counts or keys are no whole numbers or have two shapes, or `noise` is no table.

    Notes
    -----
    Fraser and Wooton (UNECE work session on statistical data confidentiality, 2005). The method of
    Statistics Sweden and of the Office for National Statistics.

    Examples
    --------
    Two keys: a count of 1 becomes 0 or 2, and from 2 on every second gets one more.

    >>> from utfall import disclosure
    >>> noise = [[-1, 1], [0, 1]]
    >>> disclosure.cell_key([1, 1, 40, 0], [6, 7, 6, 0], noise, repeat=1).published.tolist()
    [0, 2, 40, 0, 43]
    """
    np = _numpy()
    shape, cells = table(counts)
    shape_of_keys, keys = table(sums_of_keys)
    if shape_of_keys != shape:
        message = f"`sums_of_keys` has the shape {shape_of_keys}, expected {shape}"
        raise UtfallError(message, "unlike_shapes")
    given = np.atleast_2d(np.asarray(noise, dtype="int64"))
    rows, columns = given.shape[0], given.shape[-1]
    again = rows if repeat is None else count(repeat, "repeat")
    rules = asked(threshold, zeros, singletons=False, exact_cells=0)
    values, audited = _native.noisy_table(
        dimensions(shape, None),
        (cells, keys),
        (columns, rows, again, given.ravel().tolist()),
        rules,
    )
    size = size_of(shape, None)
    published = np.array(values, dtype="int64").reshape(size)
    return NoisyTable(published, made(audited, place_of(size)))
