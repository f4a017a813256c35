"""Timings against the peers, all in one run: a table with medians and ratios.

usage: compare.py [ROWS]     (10 000 000 rows unless another number is given)
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl
import pyarrow.parquet as pq
from peers import with_duckdb, with_pandas, with_polars
from register import LEVELS, project, write_register

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = int(float(sys.argv[1])) if len(sys.argv) > 1 else 10_000_000
CACHE = Path(__file__).parent.parent / ".cache" / "bench"
AS_OF = "2022-06-30"
ROOT = Path(__file__).parent.parent


def median(call: Callable[[], object], runs: int = 5) -> float:
    """Give the median seconds of a call after one to warm up."""
    call()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def register(rows: int) -> Path:
    """Give the path of the timing register, made if it is not there."""
    path = CACHE / f"register-{rows}.parquet"
    if not path.exists():
        write_register(rows, path)
    return path


def line(what: str, ours: float, peer: str, theirs: float) -> None:
    """Print a row of the table."""
    print(f"| {what} | {ours:.3f} s | {peer} {theirs:.3f} s | {theirs / ours:.1f} |", flush=True)


def own(**options: object) -> Callable[[object], object]:
    """Give a function that evaluates the timing project on a table."""
    timing = project(**options)  # type: ignore[arg-type]
    return lambda table: timing.evaluate({"participants": table}, AS_OF)


def in_memory(path: Path) -> None:
    """Compare with the peers on registers in memory."""
    memory = pl.read_parquet(path)
    evaluate = own()
    categories = memory.with_columns(pl.col(LEVELS).cast(pl.Categorical))
    enums = memory.with_columns(
        pl.col(name).cast(pl.Enum(memory[name].drop_nulls().unique())) for name in LEVELS
    )
    arrow = memory.to_arrow()
    coded = pq.read_table(path, read_dictionary=LEVELS)
    connection = duckdb.connect()
    connection.register("arrow_table", arrow)
    connection.sql(f"create table register as select * from '{path}'")
    frame = categories.to_pandas()
    peers = {
        "polars (categories)": median(lambda: with_polars(categories.lazy())),
        "polars (enums)": median(lambda: with_polars(enums.lazy())),
        "polars (strings)": median(lambda: with_polars(memory.lazy())),
        "DuckDB (its own table)": median(lambda: with_duckdb("register", connection)),
        "DuckDB (Arrow memory)": median(lambda: with_duckdb("arrow_table", connection)),
        "pandas (categories)": median(lambda: with_pandas(frame), 3),
    }
    fastest = min(peers, key=peers.__getitem__)
    strings = {name: peers[name] for name in ("polars (strings)", "DuckDB (Arrow memory)")}
    fastest_of_strings = min(strings, key=strings.__getitem__)
    line("PyArrow dictionaries", median(lambda: evaluate(coded), 15), fastest, peers[fastest])
    line("polars Enum", median(lambda: evaluate(enums), 15), fastest, peers[fastest])
    line(
        "polars Categorical (re-encoded)",
        median(lambda: evaluate(categories)),
        fastest,
        peers[fastest],
    )
    line(
        "plain strings",
        median(lambda: evaluate(memory)),
        fastest_of_strings,
        strings[fastest_of_strings],
    )
    persons = own(unit="person")
    checked = median(lambda: persons(enums), 3) - median(lambda: evaluate(enums), 3)
    distinct = median(
        lambda: connection.sql("select count(distinct id) from register").fetchall(), 3
    )
    line("check that no id repeats (alone)", checked, "DuckDB distinct count", distinct)
    few, many = own(indicators=4), own(indicators=49)
    line(
        "50 indicators (ratio: of 5 to 50)",
        median(lambda: many(enums), 3),
        "ours, 5 indicators",
        median(lambda: few(enums), 3),
    )
    print(
        f"\nAll peers in memory: {', '.join(f'{name} {s:.3f} s' for name, s in peers.items())}.\n"
    )


def from_parquet(path: Path) -> None:
    """Compare with the peers on a Parquet file, and say how much memory that takes."""
    evaluate = own()
    connection = duckdb.connect()
    peers = {
        "polars (Parquet)": median(lambda: with_polars(pl.scan_parquet(path))),
        "DuckDB (Parquet)": median(lambda: with_duckdb(f"'{path}'", connection)),
    }
    fastest = min(peers, key=peers.__getitem__)
    line("Parquet", median(lambda: evaluate(path)), fastest, peers[fastest])
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from register import project;"
        "project().evaluate({'participants': sys.argv[2]}, '2022-06-30');"
        # Of this program alone: the counter that getrusage reads goes on from the one that started it.
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'));"
        "print(int(peak.split()[1]) // 1024)"
    )
    command = [sys.executable, "-c", code, str(ROOT / "benches"), str(path)]
    peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    print(f"\nPeak memory from Parquet, numpy and polars imported: {peak} MB.\n")


def growth() -> None:
    """Show how the cost grows with the rows."""
    print("| rows | seconds | nanoseconds a row |\n|---|---|---|")
    for rows in (10_000, 100_000, 1_000_000, ROWS):
        memory = pl.read_parquet(register(rows))
        enums = memory.with_columns(
            pl.col(name).cast(pl.Enum(memory[name].drop_nulls().unique())) for name in LEVELS
        )
        evaluate = own()
        seconds = median(lambda enums=enums, evaluate=evaluate: evaluate(enums), 7)
        print(f"| {rows:,} | {seconds:.4f} | {seconds / rows * 1e9:.1f} |", flush=True)


def small() -> None:
    """Time the Likes example and the import."""
    import utfall as uf  # noqa: PLC0415 - timed in a process of its own below

    likes = uf.Project.read(ROOT / "examples/likes/likes.toml")
    tables = {
        "participants": pl.read_csv(
            ROOT / "examples/likes/participants_constructed.csv",
            separator=";",
            schema_overrides={"Steg start": pl.Int8, "Steg slut": pl.Int8},
            try_parse_dates=True,
        ),
        "staff": pl.read_csv(ROOT / "examples/likes/staff.csv", separator=";"),
    }
    seconds = median(lambda: likes.evaluate(tables, AS_OF), 50)
    code = "import time; t = time.perf_counter(); import utfall; print(time.perf_counter() - t)"
    command = [sys.executable, "-c", code]
    imports = [
        float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for _ in range(9)
    ]
    print(
        f"\nLikes: evaluate {seconds * 1e3:.2f} ms; import {statistics.median(imports) * 1e3:.1f} ms."
    )


def main() -> None:
    """Print everything."""
    path = register(ROWS)
    print(
        f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}, ",
        end="",
    )
    print(f"polars {pl.__version__}, DuckDB {duckdb.__version__}; {ROWS:,} rows; medians\n")
    print("| | utfall | fastest peer | ratio |\n|---|---|---|---|")
    in_memory(path)
    print("| | utfall | fastest peer | ratio |\n|---|---|---|---|")
    from_parquet(path)
    growth()
    small()


if __name__ == "__main__":
    main()
