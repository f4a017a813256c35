"""What several files of tests need: a project with a column of every type, and rows for it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest

import utfall as uf

ROOT = Path(__file__).parent.parent

PROJECT = """
schema = 1
name = "Sju rader"
language = "en"
last_day = 2022-06-30

[registers.participants]
unit = "person"
person = "Deltagare"
by = ["gender"]
columns.gender = { header = "Kön", type = "level", levels.woman = { sv = "Kvinnor", spellings = ["K"] }, levels.man = { sv = "Män", spellings = ["M"] } }
columns.step = { header = "Steg", type = "ordinal", levels = ["1", "2", "3", "4", "5"] }
columns.completed = { header = "Fullföljd", type = "date" }
columns.months = { header = "Månader", type = "number" }
columns.active = { header = "Aktiv", type = "flag" }

[indicators.participants]
kind = "count"
register = "participants"

[indicators.men]
kind = "share"
register = "participants"
having = { gender = "man" }

[indicators.far]
kind = "share"
register = "participants"
having = { step = { at_least = "3" } }

[indicators.followed_up]
kind = "share"
register = "participants"
of = { completed = { known = true } }
having = { active = true }
follow_up = { after = "completed", months = 3 }

[indicators.long]
kind = "share"
register = "participants"
having = { months = { at_least = 12 } }

[goals.men]
level = "individual"
tier = "sub"
en = "Half of the participants are men"
indicator = "men"
targets = [{ from = 2020-01-01, at_least = 0.5 }]
"""

ROWS = {
    "Deltagare": ["D1", "D2", "D3", "D4", "D5", "D6", "D7"],
    "Kön": ["K", "M", "K", None, "M", "K", "K"],
    "Steg": [1, 3, 5, 2, None, 4, 1],
    "Fullföljd": [
        dt.date(2022, 3, 30),  # due on the day of the evaluation
        dt.date(2022, 4, 1),  # due a day later
        dt.date(1969, 12, 31),  # the day before day 0
        None,
        dt.date(2022, 6, 30),
        dt.date(2020, 2, 29),
        dt.date(2022, 1, 31),
    ],
    "Månader": [0, 12, 11, 36, None, 13, 12],
    "Aktiv": [True, False, None, True, False, True, False],
}

AS_OF = "2022-06-30"


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def project() -> uf.Project:
    """Give a project with a register that has a column of every type."""
    return uf.Project.from_toml(PROJECT)


@pytest.fixture
def rows() -> dict[str, list]:
    """Give the register's rows, by header."""
    return {header: list(cells) for header, cells in ROWS.items()}


@pytest.fixture
def table(rows) -> pa.Table:
    """Give the rows as a PyArrow table."""
    return pa.table(rows)


@pytest.fixture
def evaluation(project, table) -> uf.Evaluation:
    """Give what comes out of the rows."""
    return project.evaluate({"participants": table}, AS_OF)
