"""Registers that count persons: laws through the whole stack, beside a count person by person."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pyarrow as pa
import pytest
from conftest import AS_OF
from hypothesis import given, settings
from hypothesis import strategies as st

import utfall as uf

PROJECT = """
schema = 1
name = "Personer"
language = "en"

[registers.enrolments]
unit = "enrolment"
person = "Deltagare"
count = "persons"
starts = "enrolled"
ends = "left"
by = ["gender", "branch"]
columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
columns.branch = { header = "Gren", type = "level", levels = ["care", "childcare", "school"] }
columns.enrolled = { header = "Inskriven", type = "date" }
columns.left = { header = "Avslut på", type = "date" }
columns.work = { header = "Arbete", type = "flag" }

[indicators.reached]
kind = "count"
register = "enrolments"

[indicators.women]
kind = "share"
register = "enrolments"
having = { gender = "woman" }

[indicators.work]
kind = "share"
register = "enrolments"
of = { left = { known = true } }
having = { work = true }
follow_up = { after = "left", months = 3 }
"""

SCHEMA = pa.schema(
    {
        "Deltagare": pa.string(),
        "Kön": pa.string(),
        "Gren": pa.string(),
        "Inskriven": pa.date32(),
        "Avslut på": pa.date32(),
        "Arbete": pa.bool_(),
    }
)

# Few days, so that many start on one; the last of them lies ahead.
DAYS = st.sampled_from([dt.date(2022, month, 28) for month in (1, 2, 3, 4, 7)])

ROW = st.fixed_dictionaries(
    {
        "Deltagare": st.sampled_from(["D1", "D2", "D3", "D4", None]),
        "Kön": st.sampled_from(["woman", "man", None]),
        "Gren": st.sampled_from(["care", "childcare", "school", "?", None]),
        "Inskriven": st.none() | DAYS,
        "Avslut på": st.none() | DAYS,
        "Arbete": st.sampled_from([True, False, None]),
    }
)

ROWS = st.lists(ROW, max_size=16)

project = uf.Project.from_toml(PROJECT)

law = settings(max_examples=50, deadline=None, derandomize=True)


def table(rows):
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def evaluate(rows, by=None):
    return project.evaluate({"enrolments": table(rows)}, AS_OF, by=by)


def results(evaluation):
    """Give what no order of rows may change."""
    findings = [(row["code"], row["column"], row["count"]) for row in evaluation.findings]
    return list(evaluation.figures), list(evaluation.overlap), findings


# ── A count person by person ──


def place(value, levels):
    """Give the place of a value among those of its column: unknown comes last."""
    return levels.index(value) if value in levels else len(levels)


def happened(day):
    """Give a day that has happened, else nothing."""
    return day if day is not None and day <= dt.date.fromisoformat(AS_OF) else None


def persons(rows):
    """Give for each person the row that is read, and the enrolments that count."""
    by_id = {}
    for number, row in enumerate(rows):
        dates = {name: happened(row[name]) for name in ("Inskriven", "Avslut på")}
        by_id.setdefault(row["Deltagare"] or number, []).append({**row, **dates})
    for enrolments in by_id.values():
        begun = [row for row in enrolments if row["Inskriven"] or row["Avslut på"]] or enrolments
        ends = [row["Avslut på"] for row in begun]
        first = min(begun, key=order)
        yield {**first, "Avslut på": None if None in ends else max(ends)}, begun


def order(row):
    far = dt.date.max
    return (
        row["Inskriven"] or far,
        place(row["Kön"], ["woman", "man"]),
        place(row["Gren"], ["care", "childcare", "school"]),
        row["Avslut på"] or far,
        place(row["Arbete"], [False, True]),
    )


def any_of(answers):
    """Give Kleene's any; nothing is unknown."""
    answers = set(answers)
    return True if True in answers else None if None in answers else False


@law
@given(ROWS)
def test_persons_are_counted_as_one_by_one(rows):
    counts = Counter()
    for row, enrolments in persons(rows):
        gender = row["Kön"] or "(unknown)"
        counts["reached"] += 1
        counts["reached", gender] += 1
        woman = any_of(None if e["Kön"] is None else e["Kön"] == "woman" for e in enrolments)
        counts["women", "missing" if woman is None else "observed"] += 1
        counts["women", "successes"] += woman is True
        if row["Avslut på"] is None:
            counts["work", "outside"] += 1
        elif row["Avslut på"] > dt.date(2022, 3, 31):
            counts["work", "not_due"] += 1
        else:
            work = any_of(e["Arbete"] for e in enrolments)
            counts["work", "missing" if work is None else "observed"] += 1
            counts["work", "successes"] += work is True
    evaluation = evaluate(rows)
    assert evaluation["reached"].value == counts["reached"]
    for gender, figure in evaluation["reached"].by("gender").items():
        assert figure.value == counts["reached", gender]
    for indicator, parts in {
        "women": ["missing", "observed", "successes"],
        "work": ["outside", "not_due", "missing", "observed", "successes"],
    }.items():
        for part in parts:
            assert getattr(evaluation[indicator], part) == counts[indicator, part]


@law
@given(ROWS)
def test_overlaps_are_those_of_a_count_one_by_one(rows):
    levels = ["care", "childcare", "school"]
    sets = Counter()
    for _, enrolments in persons(rows):
        met = {row["Gren"] for row in enrolments} & set(levels)
        if len(met) > 1:
            sets[tuple(level for level in levels if level in met)] += 1
    found = [row for row in evaluate(rows).overlap if row["column"] == "branch"]
    assert found[0] == {
        "register": "enrolments",
        "column": "branch",
        "levels": [],
        "persons": sets.total(),
    }
    assert {tuple(row["levels"]): row["persons"] for row in found[1:]} == dict(sets)


@law
@given(ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_enrolments_changes_nothing(orders):
    rows, others = (results(evaluate(rows)) for rows in orders)
    assert rows == others


@law
@given(ROWS, st.integers(1, 5))
def test_chunks_change_nothing(rows, size):
    whole = table(rows)
    chunks = pa.Table.from_batches(whole.to_batches(size), SCHEMA)
    found = project.evaluate({"enrolments": chunks}, AS_OF)
    assert results(found) == results(evaluate(rows))
    tally = uf.Tally.from_bytes(project.tally({"enrolments": whole}, AS_OF).to_bytes())
    assert results(project.evaluate_tallies(tally)) == results(evaluate(rows))


# ── What is shown ──

TWO = [
    {"Deltagare": "D1", "Gren": "care", "Inskriven": dt.date(2022, 1, 10)},
    {"Deltagare": "D1", "Gren": "school", "Inskriven": dt.date(2022, 2, 10)},
    {"Deltagare": "D2", "Gren": "care", "Inskriven": dt.date(2022, 1, 10)},
]


def test_groups_are_shown_with_their_overlap():
    evaluation = evaluate(TWO, by=["branch"])
    assert evaluation.groups_to_text(width=120).splitlines()[-2:] == [
        "",
        (
            "1 person has enrolments in several groups of `branch` (register `enrolments`) and is counted in "
            "that of the first."
        ),
    ]
    more = [*TWO, {**TWO[2], "Gren": "childcare", "Inskriven": dt.date(2022, 2, 10)}]
    lines = evaluate(more, by=["branch"]).groups_to_text("sv", width=60).splitlines()
    assert lines[-4:] == [
        "",
        "2 personer har inskrivningar i flera grupper av `branch`",
        "(registret `enrolments`) och räknas var och en i den för den",
        "första.",
    ]


def test_groups_without_overlap_are_shown_alone():
    assert "several" not in evaluate(TWO[1:], by=["branch"]).groups_to_text()


def test_merged_tallies_warn_that_a_person_may_be_counted_twice():
    parts = [project.tally({"enrolments": table([row])}, AS_OF) for row in TWO]
    evaluation = project.evaluate_tallies(uf.Tally.merge(parts))
    assert evaluation["reached"].value == 3
    (finding,) = evaluation.findings
    assert (finding["code"], finding["count"], finding["rows"]) == ("persons_in_parts", 3, [])
    assert finding["sentence"] == (
        "Register `enrolments` was counted in 3 parts; a person who is in several of them is counted once "
        "in each. Count all rows at once."
    )
    assert finding["sentence"] in repr(evaluation)


DATES = {
    "missing_start": (
        [None, dt.date(2022, 2, 1)],
        (
            "Column `enrolled` is empty in row 2 with an exit; such an enrolment is not the person's first where "
            "there is another. Fill the start in."
        ),
        (
            "Kolumnen `enrolled` är tom på rad 2 som har ett avslut; en sådan inskrivning räknas inte som personens "
            "första om det finns en annan. Fyll i startdatum."
        ),
    ),
    "end_before_start": (
        [dt.date(2022, 2, 2), dt.date(2022, 2, 1)],
        "Column `left` has an exit before the start in row 2; it is used as it stands. Correct one of the two.",
        "Kolumnen `left` har ett avslut före starten på rad 2; det används som det står. Rätta en av de två.",
    ),
}


@pytest.mark.parametrize("code", DATES)
def test_days_that_cannot_be_are_findings(code):
    (start, end), english, swedish = DATES[code]
    rows = [TWO[0], {**TWO[1], "Inskriven": start, "Avslut på": end}]
    evaluation = evaluate(rows)
    for language, sentence in (("en", english), ("sv", swedish)):
        (finding,) = evaluation.findings_in(language)
        assert (finding["code"], finding["count"], finding["rows"]) == (code, 1, [2])
        assert finding["sentence"] == sentence
