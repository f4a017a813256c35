"""A made-up register for timing, and the project that is evaluated on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

import utfall as uf

if TYPE_CHECKING:
    from pathlib import Path

SITES = [f"Kommun {number:03d}" for number in range(290)]
BRANCHES = ["Vård och omsorg", "Barnomsorg", "Skola/fritids", "Lager och logistik"]
STATUSES = ["arbete", "studier", "arbetslös", "annat"]
LEVELS = ["gender", "site", "branch", "status_3m"]


def write_register(rows: int, path: Path) -> None:
    """Write a register of participants as Parquet, the same for the same number of rows."""
    rng = np.random.default_rng(20220630)
    enrolled = np.datetime64("2020-01-01") + rng.integers(0, 800, rows)
    completed = (enrolled + rng.integers(60, 400, rows)).astype("datetime64[D]")
    before = rng.integers(1, 6, rows).astype("int8")
    after = np.clip(before + rng.integers(-1, 3, rows), 1, 5).astype("int8")
    status = pl.Series([*STATUSES, None]).gather(rng.choice(5, rows, p=[0.4, 0.1, 0.3, 0.1, 0.1]))
    frame = pl.DataFrame(
        {
            "id": np.arange(rows),
            "gender": np.where(rng.random(rows) < 0.65, "Kvinna", "Man"),
            "site": np.array(SITES)[rng.integers(0, 290, rows)],
            "branch": np.array(BRANCHES)[rng.integers(0, 4, rows)],
            "enrolled": enrolled.astype("datetime64[D]"),
            "completed": completed,
            "dropped": rng.random(rows) < 0.3,
            "status_3m": status,
            "step_before": before,
            "step_after": after,
        }
    )
    frame = frame.with_columns(
        pl.col("enrolled").cast(pl.Date),
        pl.when("dropped")
        .then(None)
        .otherwise(pl.col("completed").cast(pl.Date))
        .alias("completed"),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.drop("dropped").write_parquet(path)


def project(*, unit: str = "participant", indicators: int = 3) -> uf.Project:
    """Give the project of the timing register: completers, work or studies, up, down, and more."""
    levels = {"gender": ["Kvinna", "Man"], "site": SITES, "branch": BRANCHES, "status_3m": STATUSES}
    lines = ["schema = 1", 'name = "Timing"', "", "[registers.participants]", f'unit = "{unit}"']
    if unit == "person":
        lines.append('person = "id"')
    lines += ['by = ["gender", "site", "branch"]', "", "[registers.participants.columns]"]
    for name, codes in levels.items():
        lines.append(f'{name} = {{ header = "{name}", type = "level", levels = {_list(codes)} }}')
    lines.append('completed = { header = "completed", type = "date" }')
    for name in ("step_before", "step_after"):
        steps = _list(list("12345"))
        lines.append(f'{name} = {{ header = "{name}", type = "ordinal", levels = {steps} }}')
    change = 'change = { from = "step_before", to = "step_after", '
    conditions = [
        'status_3m = ["arbete", "studier"]',
        change + "at_least = 1 }",
        change + "at_most = -1 }",
        *(f'status_3m = "{STATUSES[number % 4]}"' for number in range(indicators - 3)),
    ]
    lines += _indicator("completers", "count", "")
    for number, condition in enumerate(conditions[:indicators]):
        follow_up = 'follow_up = { after = "completed", months = 3 }' if number != 1 else ""
        lines += _indicator(f"share_{number}", "share", f"having = {{ {condition} }}\n{follow_up}")
    return uf.Project.from_toml("\n".join(lines))


def _indicator(name: str, kind: str, rest: str) -> list[str]:
    head = ["", f"[indicators.{name}]", f'kind = "{kind}"', 'register = "participants"']
    return [*head, "of = { completed = { known = true } }", rest]


def _list(texts: list[str]) -> str:
    return "[" + ", ".join(f'"{text}"' for text in texts) + "]"
