"""Laws that hold for every register, through the whole stack."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from itertools import pairwise
from pathlib import Path

import polars as pl
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

import utfall as uf

PROJECT = """
schema = 1
name = "Lagar"
last_day = 2022-12-31

[registers.people]
unit = "enrolment"
by = ["gender", "place"]
columns.gender = { header = "Kön", type = "level", levels.woman = { spellings = ["K"] }, levels.man = { spellings = ["M"] } }
columns.area = { header = "Område", type = "level", levels = ["väst", "öst"] }
columns.place = { header = "Ort", type = "level", parent = "area", levels.a = { parent = "väst" }, levels.b = { parent = "väst" }, levels.c = { parent = "öst" } }
columns.before = { header = "Före", type = "ordinal", levels = ["1", "2", "3"] }
columns.after = { header = "Efter", type = "ordinal", levels = ["1", "2", "3"] }
columns.left = { header = "Slut", type = "date" }
columns.hours = { header = "Timmar", type = "number" }
columns.work = { header = "Arbete", type = "flag" }

[indicators.everybody]
kind = "count"
register = "people"

[indicators.women]
kind = "count"
register = "people"
of = { gender = "woman" }
exclude = { hours = { at_least = 30 } }

[indicators.work]
kind = "share"
register = "people"
of = { left = { known = true }, not = { before = "3" } }
exclude = { hours = { at_least = 30 } }
having = { any = [{ work = true }, { change = { from = "before", to = "after", at_least = 1 } }] }
follow_up = { after = "left", months = 3 }

[indicators.men]
kind = "share"
register = "people"
having = { gender = "man" }

[indicators.worker]
kind = "share"
register = "people"
of = { any = [{ gender = "woman" }, { hours = { at_least = 30 } }] }
having = { work = true, not = { after = "1" } }

[goals.work]
level = "individual"
tier = "project"
indicator = "work"
targets = [{ from = 2020-01-01, at_least = 0.7, tolerance = 0.05 }, { from = 2021-01-01, between = [0.3, 0.6] }]

[goals.men]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2020-01-01, all = true }]

[goals.everybody]
level = "individual"
tier = "sub"
indicator = "everybody"
targets = [{ from = 2020-01-01, at_least = 10 }]
"""

AS_OF = dt.date(2022, 6, 30)

WORKER = 'having = { work = true, not = { after = "1" } }'

WEIGHTED = PROJECT.replace('unit = "enrolment"', 'unit = "enrolment"\nweight = "Antal"')

SCHEMA = pa.schema(
    {
        "Kön": pa.string(),
        "Område": pa.string(),
        "Ort": pa.string(),
        "Före": pa.int64(),
        "Efter": pa.int64(),
        "Slut": pa.date32(),
        "Timmar": pa.float64(),
        "Arbete": pa.bool_(),
    }
)

DAYS = st.dates(dt.date(2021, 12, 1), dt.date(2022, 8, 31))  # some lie ahead

ROW = st.fixed_dictionaries(
    {
        "Kön": st.sampled_from(["K", "M", "man", " woman ", "?", "", None]),
        "Område": st.sampled_from(["väst", "öst", "norr", None]),
        "Ort": st.sampled_from(["a", "b", "c", None]),
        "Före": st.sampled_from([1, 2, 3, 4, None]),
        "Efter": st.sampled_from([1, 2, 3, None]),
        "Slut": st.none() | DAYS,
        "Timmar": st.none() | st.sampled_from([0.0, 1.0, 1.5, 2.0, 20.0, 29.5, 30.0, float("inf")]),
        "Arbete": st.sampled_from([True, False, None]),
    }
)

ROWS = st.lists(ROW, max_size=20)

project = uf.Project.from_toml(PROJECT)
weighted = uf.Project.from_toml(WEIGHTED)
opposite = uf.Project.from_toml(PROJECT.replace(WORKER, f"having = {{ not = {WORKER[9:]} }}"))

law = settings(max_examples=25, deadline=None, derandomize=True)


def table(rows, schema=SCHEMA):
    return pa.Table.from_pylist(rows, schema=schema)


def evaluate(rows, by=None):
    return project.evaluate({"people": table(rows)}, AS_OF, by=by)


def figures(evaluation):
    """Give the figures and verdicts: what no order of rows may change."""
    return list(evaluation.figures), list(evaluation.verdicts)


def findings(evaluation):
    """Give the findings but for the rows that they name first."""
    return [
        (row["code"], row["column"], row["indicator"], row["count"]) for row in evaluation.findings
    ]


def cut(rows, places):
    """Cut a table of the rows in pieces at these places."""
    whole = table(rows)
    edges = [0, *sorted(place % (len(rows) + 1) for place in places), len(rows)]
    return [whole.slice(start, end - start) for start, end in pairwise(edges)]


@law
@given(ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_rows_changes_nothing(orders):
    rows, others = (evaluate(rows) for rows in orders)
    assert figures(rows) == figures(others)
    assert findings(rows) == findings(others)


@law
@given(ROWS, st.lists(st.integers(0, 100), max_size=5))
def test_chunks_change_nothing(rows, places):
    chunked = pa.concat_tables(cut(rows, places))
    whole, parts = evaluate(rows), project.evaluate({"people": chunked}, AS_OF)
    assert figures(whole) == figures(parts)
    assert list(whole.findings) == list(parts.findings)


@law
@given(ROWS, st.lists(st.integers(0, 100), min_size=1, max_size=4), st.randoms())
def test_tallies_of_parts_merge_into_the_whole(rows, places, order):
    tallies = [project.tally({"people": part}, AS_OF) for part in cut(rows, places)]
    order.shuffle(tallies)
    sent = [uf.Tally.from_bytes(tally.to_bytes()) for tally in tallies]
    assert figures(project.evaluate_tallies(uf.Tally.merge(sent))) == figures(evaluate(rows))


@law
@given(ROWS)
def test_the_accounting_adds_up(rows):
    evaluation = evaluate(rows, by=["gender", "place"])
    for row in evaluation.figures:
        assert row["units"] == row["outside"] + row["unclassified"] + row["population"]
        assert row["population"] == row["excluded"] + row["not_due"] + row["due"]
        assert row["due"] == row["missing"] + row["observed"]
        assert 0 <= row["successes"] <= row["observed"]
        assert all(row[part] >= 0 for part in row if isinstance(row[part], int))
    assert evaluation["everybody"].value == len(rows)


@law
@given(ROWS)
def test_a_value_lies_within_its_interval_and_its_bounds(rows):
    for row in evaluate(rows).figures:
        assert (row["value"] is None) == (row["state"] != "value")
        assert (row["reason"] is None) == (row["state"] != "not_computable")
        if row["kind"] == "share" and row["value"] is not None:
            assert row["value"] == row["successes"] / row["observed"]
            assert row["bound_low"] <= row["value"] <= row["bound_high"]
            assert 0 <= row["low"] <= row["value"] <= row["high"] <= 1


COUNTS = "units outside unclassified population excluded not_due due missing observed successes"


@law
@given(ROWS)
def test_groups_add_up_to_everybody(rows):
    evaluation = evaluate(rows, by=["gender", "work", "area"])
    everybody = {row["indicator"]: row for row in evaluation.figures if not row["by"]}
    crossings = {tuple(row["by"]) for row in evaluation.figures} - {()}
    assert len(crossings) == 7
    for indicator, whole in everybody.items():
        for crossing in crossings:
            parts = [
                row
                for row in evaluation.figures
                if row["indicator"] == indicator and tuple(row["by"]) == crossing
            ]
            for count in COUNTS.split():
                assert sum(row[count] for row in parts) == whole[count]


@law
@given(st.lists(st.tuples(ROW, st.integers(0, 4)), max_size=12))
def test_a_weight_stands_for_rows_written_out(rows):
    written_out = [row for row, weight in rows for _ in range(weight)]
    counts = pa.array([weight for _, weight in rows], pa.int64())
    counted = table([row for row, _ in rows]).append_column("Antal", counts)
    assert figures(weighted.evaluate({"people": counted}, AS_OF)) == figures(evaluate(written_out))


@law
@given(ROWS, st.sampled_from(SCHEMA.names))
def test_a_null_is_never_counted_as_false(rows, header):
    """Where a value is taken away, its unit is not counted as another failure."""
    emptied = [{**row, header: None} for row in rows]
    before, after = evaluate(rows, by=[]), evaluate(emptied, by=[])
    if header in ("Kön", "Arbete"):
        for name in ("men", "worker"):
            failures = before[name].observed - before[name].successes
            assert after[name].observed - after[name].successes <= failures
    reads_gender = after["men"]
    if header == "Kön":
        assert (reads_gender.missing, reads_gender.observed) == (len(rows), 0)


@law
@given(ROWS)
def test_a_condition_and_its_opposite_share_no_unit(rows):
    """What is not known is neither: successes, failures and the missing are everybody."""
    one = evaluate(rows, by=[])["worker"]
    other = opposite.evaluate({"people": table(rows)}, AS_OF, by=[])["worker"]
    assert other.successes == one.observed - one.successes
    assert (other.missing, other.due) == (one.missing, one.due)


def csv_text(rows):
    """Write rows as people's spreadsheets do."""
    frame = pl.from_arrow(table(rows)).with_columns(pl.col("Arbete").replace_strict(NAMES_OF_FLAGS))
    return "\ufeff" + frame.write_csv(separator=";").replace("\n", "\r\n")


NAMES_OF_FLAGS = {True: "ja", False: "Nej", None: None}

FINITE = ROWS.map(lambda rows: [{**row, "Timmar": finite(row["Timmar"])} for row in rows])


def finite(number):
    """Give no infinite number: a CSV file has none."""
    return None if number == float("inf") else number


@law
@given(FINITE)
def test_a_csv_file_gives_the_same(rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "personer.csv"
        path.write_bytes(csv_text(rows).encode())
        found = project.evaluate({"people": path}, AS_OF)
    expected = evaluate(rows)
    assert figures(found) == figures(expected)
    assert list(found.findings) == list(expected.findings)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
NAMES = st.text("abcåäöABC_019", min_size=1, max_size=8).map("x{}".format)
SHARES = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
DAYS_OF_TARGETS = st.lists(
    st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), unique=True, max_size=3
).map(sorted)


@st.composite
def declarations(draw):
    """Draw a project as a JSON file says it."""
    levels = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    targets = [{"from": day.isoformat(), "at_least": draw(SHARES)} for day in draw(DAYS_OF_TARGETS)]
    return {
        "schema": 1,
        "name": draw(TEXTS),
        "description": draw(TEXTS),
        "language": draw(st.sampled_from(["sv", "en"])),
        "registers": {
            "people": {
                "unit": "enrolment",
                "columns": {
                    draw(NAMES): {"header": draw(TEXTS), "type": "date"},
                    "part": {"header": "Del", "type": "level", "levels": levels},
                },
            }
        },
        "indicators": {
            "share": {
                "sv": draw(TEXTS),
                "kind": "share",
                "register": "people",
                "having": {"part": draw(st.lists(st.sampled_from(levels), min_size=1))},
            }
        },
        "goals": {
            draw(NAMES): {
                "en": draw(TEXTS),
                "level": "individual",
                "tier": "sub",
                "indicator": "share",
                "targets": targets,
            }
        },
    }


@law
@given(declarations())
def test_a_project_survives_toml_and_json(declared):
    one = uf.Project.from_json(json.dumps(declared, ensure_ascii=False))
    by_toml, by_json = uf.Project.from_toml(one.to_toml()), uf.Project.from_json(one.to_json())
    assert by_toml == one == by_json
    assert by_toml.to_toml() == one.to_toml()
    assert by_json.to_json() == one.to_json()
    assert (one.name, one.description) == (declared["name"], declared["description"])
