"""Timings of statistics against the peers, all in one run: a table with medians and ratios.

usage: compare_statistics.py [N]     (1 000 000 of everything unless another number is given)
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
import warnings
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from fairlearn.metrics import MetricFrame, selection_rate
from lifelines import AalenJohansenFitter
from statsmodels.stats.proportion import proportion_confint

import utfall as uf
from utfall import stats

if TYPE_CHECKING:
    from collections.abc import Callable

N = int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000


def median(call: Callable[[], object], runs: int) -> float:
    """Give the median seconds of a call after one to warm up."""
    call()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def line(what: str, ours: float, peer: str, theirs: float, goal: int) -> None:
    """Print a row of the table."""
    numbers = f"{ours * 1e3:.2f} ms | {peer} {theirs * 1e3:.1f} ms | {theirs / ours:.1f} | {goal}"
    print(f"| {what} | {numbers} |", flush=True)


def time_to_event() -> None:
    """Compare on spells of 0 to 730 days, 30 % censored, the others of three kinds.

    The peer is fitted for each kind, and is spared the variances: it moves tied times apart, and
    variances then take as many steps as the square of the spells. Ours gives them.
    """
    random = np.random.default_rng(1)
    days = random.integers(0, 731, N)
    kinds = np.where(random.random(N) < 0.3, 0, random.integers(1, 4, N))
    names = np.array([None, "work", "studies", "dropout"])[kinds]

    def peer() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that times are moved apart
            for kind in (1, 2, 3):
                fitter = AalenJohansenFitter(calculate_variance=False, seed=1)
                fitter.fit(days, kinds, event_of_interest=kind)

    theirs = median(peer, 5)
    for how, durations, events in (
        ("whole days", days, kinds),
        ("days as floats", days.astype(float), kinds),
        ("fractions of days", days + random.random(N), kinds),
        ("names of kinds", days, names),
    ):
        ours = median(lambda d=durations, e=events: stats.aalen_johansen(d, e), 15)
        line(f"Aalen-Johansen, three kinds: {how}", ours, "lifelines (no variance)", theirs, 50)


def share() -> None:
    """Compare on as many pairs of a count and a number of units."""
    random = np.random.default_rng(2)
    n = random.integers(1, 1000, N)
    successes = (random.random(N) * (n + 1)).astype(int)
    ours = median(lambda: stats.proportion(successes, n), 31)
    theirs = median(lambda: proportion_confint(successes, n, method="wilson"), 31)
    line("Wilson intervals", ours, "statsmodels", theirs, 4)


def groups() -> None:
    """Compare the share of 2,320 groups of as many rows: by group, difference and ratio.

    Ours counts, and compares all 2 × 290 × 4 groups, and those of every margin; the peer the groups themselves.
    """
    random = np.random.default_rng(3)
    columns = {
        name: np.array([f"{name} {level}" for level in range(levels)])[
            random.integers(0, levels, N)
        ]
        for name, levels in (("gender", 2), ("site", 290), ("branch", 4))
    }
    success = random.random(N) < 0.4
    levels = "\n".join(
        f"columns.{name} = {{ header = '{name}', type = 'level', levels = {sorted(set(column.tolist()))} }}"
        for name, column in columns.items()
    )
    project = uf.Project.from_toml(
        "schema = 1\nname = 'Groups'\n[registers.r]\nunit = 'person'\n"
        f"{levels}\ncolumns.success = {{ header = 'success', type = 'flag' }}\n"
        "[indicators.share]\nkind = 'share'\nregister = 'r'\nhaving = { success = true }"
    )
    frame = pl.DataFrame({**columns, "success": success})
    table = frame.with_columns(pl.col(name).cast(pl.Categorical) for name in columns)
    features = table.select(list(columns)).to_pandas()

    def ours() -> None:
        evaluation = project.evaluate({"r": table}, "2022-06-30", by=[list(columns)])
        if len(evaluation.comparisons) != 1:
            raise ValueError

    def peer() -> None:
        metrics = MetricFrame(
            metrics=selection_rate, y_true=success, y_pred=success, sensitive_features=features
        )
        if len(metrics.by_group) != 2 * 290 * 4:
            raise ValueError
        metrics.difference()
        metrics.ratio()

    line("2,320 groups compared", median(ours, 5), "fairlearn", median(peer, 1), 100)


def main() -> None:
    """Print everything."""
    versions = ", ".join(
        f"{name} {version(name)}" for name in ("lifelines", "statsmodels", "fairlearn")
    )
    machine = f"{os.cpu_count()} processors, {platform.machine()}"
    print(f"{machine}, Python {platform.python_version()}, {versions}; {N:,} each; medians\n")
    print("| | utfall | peer | ratio | goal |\n|---|---|---|---|---|")
    time_to_event()
    share()
    groups()


if __name__ == "__main__":
    main()
