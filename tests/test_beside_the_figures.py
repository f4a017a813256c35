"""Tests on steps, and funnels: tables that are made when they are asked for."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

import utfall as uf

# Values of SciPy and statsmodels, by the calls that the file names.
RECORDS = json.loads(
    (Path(__file__).parent / "reference/ordinal_steps.json").read_text(encoding="utf-8")
)["records"]
METHODS = {
    "sign_test_two-sided": "sign",
    "wilcoxon_pratt_approx": "wilcoxon",
    "stuart_maxwell": "stuart_maxwell",
    "bowker": "bowker",
}
PEERS = [record for record in RECORDS if record["method"] in METHODS]


def steps_of(levels):
    codes = [str(level + 1) for level in range(levels)]
    return uf.Project.from_toml(f"""
schema = 1
name = "Steps"
[registers.participants]
unit = "person"
weight = "Antal"
by = ["part"]
columns.part = {{ header = "Del", type = "level", levels = ["West", "East"] }}
columns.start = {{ header = "Start", type = "ordinal", levels = {json.dumps(codes)} }}
columns.end = {{ header = "Slut", type = "ordinal", levels = {json.dumps(codes)} }}
[indicators.progress]
kind = "change"
register = "participants"
items = [{{ from = "start", to = "end" }}]
""")


def moved(tables):
    rows = [
        (part, before + 1, after + 1, units)
        for part, table in tables.items()
        for before, line in enumerate(table)
        for after, units in enumerate(line)
    ]
    # Who is not measured at both ends is in no test.
    rows += [(part, None, 1, 5) for part in tables] + [(part, 1, None, 7) for part in tables]
    names = ("Del", "Start", "Slut", "Antal")
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


@pytest.mark.parametrize("record", PEERS, ids=lambda record: record["id"])
def test_tests_of_steps_are_those_of_peers(record):
    table = record["inputs"]["table"]
    evaluation = steps_of(len(table)).evaluate(
        {"participants": moved({"West": table})}, "2022-06-30", by=[]
    )
    (row,) = evaluation.step_tests
    assert row["measured"] == sum(map(sum, table))
    expected = record["expected"]["p_value"]
    if isinstance(expected, str):
        # The file writes "nan": nobody has moved.
        assert row[METHODS[record["method"]]] is None
        return
    # The peer takes Stuart-Maxwell's p value as 1 - cdf, which is right to an absolute 1e-16 only.
    assert row[METHODS[record["method"]]] == pytest.approx(expected, rel=1e-9, abs=1e-15)


def test_sign_tests_are_adjusted_over_groups():
    tables = {"West": [[4, 6, 2], [1, 5, 7], [0, 2, 3]], "East": [[1, 1, 0], [0, 1, 0], [0, 0, 0]]}
    evaluation = steps_of(3).evaluate({"participants": moved(tables)}, "2022-06-30")
    rows = {row["part"]: row for row in evaluation.step_tests}
    assert rows["East"]["sign"] == 1.0
    # Holm: the smallest of three p values times three; here that of everybody.
    assert rows[None]["measured"] == 33
    smallest = rows[None]["sign"]
    assert smallest < rows["West"]["sign"]
    assert rows[None]["sign_adjusted"] == pytest.approx(3 * smallest, rel=1e-12)
    assert rows["West"]["sign_adjusted"] == pytest.approx(2 * rows["West"]["sign"], rel=1e-12)


def test_superiority_is_of_movement_against_all_others():
    # How many moved by -1, 0, 1 and 2 levels: 1 + 2 back in West, 4 + 5 + 3 stayed, 6 + 7 by one, 2 by two.
    tables = {"West": [[4, 6, 2], [1, 5, 7], [0, 2, 3]], "East": [[1, 1, 0], [0, 1, 0], [0, 0, 0]]}
    rows = {
        row["part"]: row
        for row in steps_of(3).evaluate({"participants": moved(tables)}, "2022-06-30").step_tests
    }
    west, east = [3, 12, 13, 2], [0, 2, 1, 0]
    pairs = [(w * e, i - j) for i, w in enumerate(west) for j, e in enumerate(east)]
    higher = sum(units for units, by in pairs if by > 0) + sum(u for u, by in pairs if by == 0) / 2
    expected = higher / (sum(west) * sum(east))
    assert rows["West"]["superiority"] == pytest.approx(expected, rel=1e-12)
    assert rows["East"]["superiority"] == pytest.approx(1 - expected, rel=1e-12)
    assert rows[None]["superiority"] is None


WORK = uf.Project.from_toml("""
schema = 1
name = "Work"
[registers.participants]
unit = "person"
weight = "Antal"
by = ["part", "gender"]
columns.part = { header = "Del", type = "level", levels = ["Large", "Small", "Nobody"] }
columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
columns.work = { header = "Arbete", type = "flag" }
[indicators]
work = { kind = "share", register = "participants", having = { work = true } }
all = { kind = "count", register = "participants" }
""")


def test_funnels_are_of_single_columns_around_everybody():
    table = pa.table(
        {
            "Del": ["Large", "Large", "Small", "Small"],
            "Kön": ["woman", "man", "woman", "man"],
            "Arbete": [True, False, True, False],
            "Antal": [60, 140, 3, 1],
        }
    )
    rows = list(WORK.evaluate({"participants": table}, "2022-06-30").funnels)
    assert {row["indicator"] for row in rows} == {"work"}
    assert [(row["part"], row["gender"]) for row in rows] == [
        ("Large", None),
        ("Small", None),
        (None, "woman"),
        (None, "man"),
    ]
    large, small, woman, man = rows
    assert {row["overall"] for row in rows} == {63 / 204}
    # The normal approximation where ten are expected: 1.959964 and 3.090232 standard errors.
    error = (63 / 204 * 141 / 204 / 200) ** 0.5
    assert large["inner_high"] - large["overall"] == pytest.approx(1.959963984540054 * error)
    assert large["outer_high"] - large["overall"] == pytest.approx(3.090232306167814 * error)
    assert large["funnel"] == "within"
    # Three of four: with 63 of 204 in each, P(3 or more) = 0.0906, so a quarter of the parts would be further off.
    assert (small["value"], small["funnel"]) == (0.75, "within")
    assert (woman["funnel"], man["funnel"]) == ("far_above", "far_below")
