"""What a user would write instead, in the best form known: the same figures by polars, DuckDB and pandas.

Units, completers, due, observed, successes, up and down, for every margin of gender, site and branch. Each peer counts
the finest cells once and rolls them up.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl

if TYPE_CHECKING:
    import duckdb

AS_OF = dt.date(2022, 6, 30)
BY = ["gender", "site", "branch"]
COUNTS = ["units", "completers", "due", "observed", "successes", "up", "down"]
MARGINS = [list(margin) for size in range(4) for margin in itertools.combinations(BY, size)]
SUCCESSES = ["arbete", "studier"]


def with_polars(frame: pl.LazyFrame) -> list[pl.DataFrame]:
    """Count with polars' streaming engine."""
    completed = pl.col("completed").is_not_null()
    due = pl.col("completed").dt.offset_by("3mo") <= AS_OF
    step = pl.col("step_after") - pl.col("step_before")
    cells = (
        frame.group_by(BY)
        .agg(
            units=pl.len(),
            completers=completed.sum(),
            due=due.sum(),
            observed=(due & pl.col("status_3m").is_not_null()).sum(),
            successes=(due & pl.col("status_3m").is_in(SUCCESSES)).sum(),
            up=(completed & (step > 0)).sum(),
            down=(completed & (step < 0)).sum(),
        )
        .collect(engine="streaming")
    )
    sums = pl.col(COUNTS).sum()
    return [cells.group_by(by).agg(sums) if by else cells.select(sums) for by in MARGINS]


def with_duckdb(source: str, connection: duckdb.DuckDBPyConnection) -> Any:  # noqa: ANN401
    """Count with one query over a table, a view or a Parquet file."""
    due = "completed + interval 3 month <= date '2022-06-30'"
    sums = ", ".join(f"sum({count})" for count in COUNTS)
    query = f"""
        with cells as (
            select gender, site, branch, count(*) units, count(completed) completers,
                count(*) filter ({due}) due,
                count(*) filter ({due} and status_3m is not null) observed,
                count(*) filter ({due} and status_3m in ('arbete', 'studier')) successes,
                count(*) filter (completed is not null and step_after > step_before) up,
                count(*) filter (completed is not null and step_after < step_before) down
            from {source} group by all)
        select gender, site, branch, {sums} from cells group by cube (gender, site, branch)
    """
    return connection.sql(query).arrow()


def with_pandas(frame: pd.DataFrame) -> list[Any]:
    """Count with pandas over categories."""
    due = pd.to_datetime(frame.completed) + pd.DateOffset(months=3) <= pd.Timestamp(AS_OF)
    completed = frame.completed.notna()
    step = frame.step_after - frame.step_before
    flags = frame[BY].assign(
        units=1,
        completers=completed,
        due=due,
        observed=due & frame.status_3m.notna(),
        successes=due & frame.status_3m.isin(SUCCESSES),
        up=completed & (step > 0),
        down=completed & (step < 0),
    )
    cells = flags.groupby(BY, dropna=False, observed=True)[COUNTS].sum().reset_index()
    return [
        cells.groupby(by, observed=True)[COUNTS].sum() if by else cells[COUNTS].sum()
        for by in MARGINS
    ]
