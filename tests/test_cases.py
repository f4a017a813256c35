"""Every worked case of `tests/cases/`, through Python; Rust runs the same files.

The format of the files is in `tests/cases/README.md`.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest
import tomllib

import utfall as uf

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))

# Keys that find a row, or speak of it, and are no columns to compare.
FINDERS = {"goal", "group", "null"}

# The tables beside `figures`, and the columns that tell their rows apart within a group.
COMPANIONS = {
    "steps": ("indicator", "item"),
    "transitions": ("indicator", "item", "before", "after"),
    "incidence": ("indicator", "event", "months", "days"),
    "distributions": ("indicator",),
    "coverage": ("indicator", "month", "part"),
    "money": ("part", "of", "plan_from"),
    "planned": ("indicator", "part", "plan_from"),
    "survey": ("indicator", "item"),
    "flow": ("stage",),
    "flow_reasons": ("stage", "reason"),
}


# The columns that tell the results of checks apart.
CHECK_KEYS = ("check", "kind", "aspect", "group", "other", "figures")


def test_there_are_cases():
    assert len(CASES) > 100


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_case_holds(path):
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    if "error" in case:
        with pytest.raises(uf.UtfallError) as caught:
            evaluate(case)
        assert caught.value.code == case["error"]["code"]
        assert str(caught.value) == case["error"].get("message", str(caught.value))
        return
    evaluation = evaluate(case)
    figures, verdicts, findings, *companions = tables(evaluation)
    for expected in case.get("figures", []):
        compare(expected, the_figure(figures, expected))
    for absent in case.get("absent_figure", []):
        assert not figures_of(figures, absent), f"a figure that should not be there: {absent}"
    assert len(figures) == case.get("figure_rows", len(figures))
    for expected in case.get("verdicts", []):
        compare(expected, the_verdict(verdicts, expected))
    for (name, keys), rows in zip(COMPANIONS.items(), companions, strict=True):
        for expected in case.get(name, []):
            compare(expected, the_row(rows, expected, keys))
        assert len(rows) == case.get("table_rows", {}).get(name, len(rows)), name
    for expected in case.get("matrices", []):
        found = rows_of(companions[1], expected, ("indicator", "item"))
        assert [row["units"] for row in found] == [
            cell for row in expected["units"] for cell in row
        ]
    compare_checks(case, evaluation)
    if "overlap" in case:
        assert list(evaluation.overlap) == case["overlap"]
    expected_findings = case.get("findings", [])
    assert len(findings) == len(expected_findings), findings
    for expected, found in zip(expected_findings, findings, strict=True):
        compare(expected, found)


def compare_checks(case, evaluation):
    """Compare the results of checks that the case names, and what each check comes to."""
    results = pa.table(evaluation.checks).to_pylist()
    for expected in case.get("checks", []):
        keys = {"group": [], **{key: expected[key] for key in CHECK_KEYS if key in expected}}
        found = [row for row in results if {key: row[key] for key in keys} == keys]
        assert len(found) == 1, f"{len(found)} results {expected}"
        compare(expected, found[0])
    for name, state in case.get("check_states", {}).items():
        assert evaluation.check(name).state == state, name
    assert len(results) == case.get("table_rows", {}).get("checks", len(results))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_case_holds_by_way_of_json(path):
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        project = uf.Project.from_toml(case["project"])
    except uf.ProjectError:
        assert "error" in case
        return
    again = uf.Project.from_json(project.to_json())
    assert again == project
    assert outcome(case, again) == outcome(case, project)


def outcome(case, project):
    """Give the tables, or the error's code and text."""
    try:
        found = tables(evaluate(case, project))
    except uf.UtfallError as error:
        return error.code, str(error)
    return [[list(row.items()) for row in rows] for rows in found]


def evaluate(case, project=None):
    project = project or uf.Project.from_toml(case["project"])
    registers = {name: arrow_table(rows) for name, rows in case.get("registers", {}).items()}
    return project.evaluate(registers, case["as_of"], by=case.get("by"))


def arrow_table(register):
    rows = register["rows"]
    columns = zip(*rows, strict=True) if rows else [[] for _ in register["header"]]
    return pa.Table.from_arrays([arrow_array(cells) for cells in columns], register["header"])


def arrow_array(cells):
    """Give a column whose type follows from its cells; an empty text is a null."""
    cells = [None if cell == "" else cell for cell in cells]
    types = {type(cell) for cell in cells} - {type(None)}
    one_type = {
        frozenset(): pa.null(),
        frozenset({str}): pa.string(),
        frozenset({int}): pa.int64(),
        frozenset({bool}): pa.bool_(),
        frozenset({dt.date}): pa.date32(),
    }
    return pa.array(cells, one_type.get(frozenset(types), pa.float64()))


def tables(evaluation):
    """Give the rows of all tables, as a data frame gets them."""
    found = (evaluation.figures, evaluation.verdicts, evaluation.findings)
    beside = (getattr(evaluation, name) for name in COMPANIONS)
    return [pa.table(table).to_pylist() for table in (*found, *beside)]


def figures_of(figures, expected):
    group = expected.get("group", {})
    return [
        row
        for row in figures
        if row["indicator"] == expected["indicator"]
        and {column: row[column] for column in row.get("by", [])} == group
    ]


def the_figure(figures, expected):
    found = figures_of(figures, expected)
    assert len(found) == 1, f"{len(found)} figures {expected}"
    return found[0]


def rows_of(rows, expected, keys):
    """Give the rows of a group whose keys are those of the case; a key that it leaves out is null."""
    return [
        row
        for row in rows
        if {column: row[column] for column in row.get("by", [])} == expected.get("group", {})
        and all(row[key] == expected.get(key) for key in keys)
    ]


def the_row(rows, expected, keys):
    found = rows_of(rows, expected, keys)
    assert len(found) == 1, f"{len(found)} rows {expected}"
    return found[0]


def the_verdict(verdicts, expected):
    found = [
        row
        for row in verdicts
        if row["goal"] == expected["goal"]
        and row["target"] == expected.get("target", row["target"])
    ]
    assert len(found) == 1, f"{len(found)} verdicts {expected}"
    return found[0]


def compare(expected, found):
    """Compare the columns that the case names; all of them must exist."""
    for column in expected.keys() - FINDERS:
        compare_cell(column, expected[column], found[column])
    for column in expected.get("null", []):
        assert found[column] is None, column


def compare_cell(column, expected, found):
    if isinstance(found, float):
        number = float(Fraction(expected)) if isinstance(expected, str) else expected
        assert found == pytest.approx(number, rel=0, abs=1e-12), column
    else:
        assert type(found) is type(expected), column
        assert found == expected, column
