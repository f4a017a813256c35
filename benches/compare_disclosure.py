"""Protection and audit of tables with their margins against pytauargus, in one run.

usage: compare_disclosure.py [SHAPE ...]     (such as 20x20; all of them unless some are named)

The peer's modular method, FREQ(5,20) with a cost of the persons hidden, and its audit; ours with the same
requirement (one more and one less than each small count must remain possible, zeros are printed), and with our own
(everything from 1 to 5). The peer reads microdata and writes files in the working directory, so it gets one of its own;
its audit is a step of its own, ours is part of the protection. Tables are Poisson counts around products of effects of the
levels, the same in each run.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time

import numpy as np
import pandas as pd
from pytauargus import protect as peer_protect

from utfall import disclosure

# Mean and spread of the effects, so that as many counts are small as in tables of municipalities; how the peer is asked.
TABLES = {
    "20x20": ((20, 20), 15, 0.8, "MOD(1)"),
    "290x4": ((290, 4), 20, 0.7, "MOD(1)"),
    "10x10x10": ((10, 10, 10), 15, 0.8, "MOD(1)"),
    "290x4x2": ((290, 4, 2), 11.9, 1.0, "MOD(1)"),
    "100x100": ((100, 100), 15, 0.55, None),
    "50x50x4": ((50, 50, 4), 15, 0.8, None),
}


def table(shape: tuple[int, ...], mean: float, spread: float) -> np.ndarray:
    """Give counts."""
    random = np.random.default_rng(7)
    expected = np.full(shape, float(mean))
    for axis, levels in enumerate(shape):
        effects = np.exp(random.normal(0, spread, levels))
        sides = [-1 if other == axis else 1 for other in range(len(shape))]
        expected *= (effects / effects.mean()).reshape(sides)
    return random.poisson(expected)


def system(counts: np.ndarray) -> tuple[list[int], list[dict[int, int]]]:
    """Give the cells of a table with margins, and a relation for each sum."""
    for axis in range(counts.ndim):
        counts = np.concatenate([counts, counts.sum(axis=axis, keepdims=True)], axis=axis)
    numbers = np.arange(counts.size).reshape(counts.shape)
    lines = [
        line
        for axis in range(counts.ndim)
        for line in np.moveaxis(numbers, axis, -1).reshape(-1, counts.shape[axis]).tolist()
    ]
    return counts.ravel().tolist(), [dict.fromkeys(line[:-1], -1) | {line[-1]: 1} for line in lines]


def theirs(counts: np.ndarray, suppress: str) -> tuple[float, float, int, int]:
    """Give the peer's seconds of protection and audit, and its secondary cells and persons."""
    places = np.indices(counts.shape).reshape(counts.ndim, -1)
    columns = {
        f"d{axis}": np.repeat([f"{level:04d}" for level in levels], counts.ravel())
        for axis, levels in enumerate(places)
    }
    rows = pd.DataFrame(columns | {"one": 1})
    with tempfile.TemporaryDirectory() as folder:
        home = os.getcwd()  # noqa: PTH109
        os.chdir(folder)
        try:
            start = time.perf_counter()
            made = peer_protect(
                rows, list(columns), response="one", safety_rules="FREQ(5,20)", suppress=suppress
            )
            protected = time.perf_counter()
            made.engine.audit(0)
            end = time.perf_counter()
        finally:
            os.chdir(home)
    cells = made.tables[0].dataframe()
    status = next(name for name in cells.columns if "stat" in name.lower())
    value = next(name for name in cells.columns if name not in {*columns, status})
    secondary = cells.loc[cells[status] == "M", value]
    return protected - start, end - protected, len(secondary), int(secondary.sum())


def ours(counts: np.ndarray, *, as_peer: bool) -> tuple[float, int, int]:
    """Give our seconds of both, and our secondary cells and persons."""
    values, relations = system(counts)
    small = [0 < value < 5 for value in values]
    start = time.perf_counter()
    if as_peer:
        found = disclosure.protect_cells(
            values,
            relations,
            threshold=None,
            roles=["printed" if value else "known" for value in values],
            costs=values,
            needs=[
                (value - 1, value + 1) if is_small else None
                for value, is_small in zip(values, small, strict=True)
            ],
            exact_cells=0,
        )
    else:
        found = disclosure.protect_cells(
            values, relations, costs=values, singletons=False, exact_cells=0
        )
    seconds = time.perf_counter() - start
    if not found.audit.passes:
        message = "a pattern that does not pass its audit"
        raise AssertionError(message)
    pairs = zip(values, found.hidden, small, strict=True)
    secondary = [value for value, hidden, is_small in pairs if hidden and not is_small]
    return seconds, len(secondary), sum(secondary)


def main() -> None:
    """Print the table."""
    print(
        "| table | small | ours s, cells, persons | peer s + audit, cells, persons | ratio | ours, 1 to 5 |"
    )
    print("|---|---|---|---|---|---|")
    for name in sys.argv[1:] or TABLES:
        shape, mean, spread, suppress = TABLES[name]
        counts = table(shape, mean, spread)
        small = sum(0 < value < 5 for value in system(counts)[0])
        seconds, cells, persons = ours(counts, as_peer=True)
        strict, strict_cells, strict_persons = ours(counts, as_peer=False)
        peer, ratio = "not asked", ""
        if suppress is not None:
            protected, audited, peer_cells, peer_persons = theirs(counts, suppress)
            peer = f"{protected:.2f} + {audited:.2f}, {peer_cells}, {peer_persons}"
            ratio = f"{(protected + audited) / seconds:.1f}"
        print(
            f"| {name} | {small} | {seconds:.2f}, {cells}, {persons} | {peer} | {ratio} "
            f"| {strict:.2f}, {strict_cells}, {strict_persons} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
