"""Sums, means, ratios, times to events and coverage, row by row in Python: over rows, and over persons."""

import datetime as dt
from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import utfall as uf

AS_OF = dt.date(2021, 12, 31)
FIRST = dt.date(2021, 1, 1)
PARTS = ("West", "East")
HORIZON = 60

REGISTER = """
[registers.enrolments]
unit = "enrolment"
{persons}
by = ["part"]
columns.part = {{ header = "Del", type = "level", levels = ["West", "East"] }}
columns.enrolled = {{ header = "In", type = "date" }}
columns.left = {{ header = "Ut", type = "date" }}
columns.job = {{ header = "Jobb", type = "date" }}
columns.school = {{ header = "Skola", type = "date" }}
columns.work = {{ header = "Arbete", type = "flag" }}
columns.hours = {{ header = "Timmar", type = "number", decimals = 1 }}
columns.cost = {{ header = "Kostnad", type = "number", decimals = 2 }}
columns.age = {{ header = "Ålder", type = "number", decimals = 0, of_person = "first" }}
columns.score = {{ header = "Poäng", type = "number", decimals = 0, of_person = "last" }}
"""
PROJECT = """
schema = 1
name = "Kinds"
first_day = 2021-01-01
last_day = 2021-12-31
{register}
[indicators]
cost = {{ kind = "sum", register = "enrolments", column = "cost" }}
hours = {{ kind = "mean", register = "enrolments", column = "hours" }}
age = {{ kind = "mean", register = "enrolments", column = "age" }}
score = {{ kind = "mean", register = "enrolments", column = "score" }}
per_hour = {{ kind = "ratio", register = "enrolments", of_sum = "cost", per = {{ sum = "hours" }} }}
per_job = {{ kind = "ratio", register = "enrolments", of_sum = "cost", per = {{ having = {{ work = true }} }} }}
{coverage}
[indicators.reached]
kind = "incidence"
register = "enrolments"
after = "enrolled"
events = {{ job = "job", school = "school" }}
horizons = [{{ days = {horizon} }}]
"""
COVERAGE = """
[indicators.months]
kind = "coverage"
register = "enrolments"
month = "enrolled"
of_each = ["part"]
having = { work = true }
"""
COUNTS_PERSONS = 'person = "Id"\ncount = "persons"\nstarts = "enrolled"\nends = "left"'


def project(persons="", coverage=""):
    register = REGISTER.format(persons=persons)
    return uf.Project.from_toml(
        PROJECT.format(register=register, coverage=coverage, horizon=HORIZON)
    )


UNITS, PERSONS = project(coverage=COVERAGE), project(COUNTS_PERSONS)

days = st.integers(0, 330).map(lambda days: FIRST + dt.timedelta(days))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "Id": st.integers(1, 4),
            "Del": st.sampled_from((*PARTS, None)),
            "In": days,
            "Ut": st.none() | days,
            "Jobb": st.none() | days,
            "Skola": st.none() | days,
            "Arbete": st.sampled_from((True, False, None)),
            "Timmar": st.none() | st.integers(-50, 400).map(lambda tenths: tenths / 10),
            "Kostnad": st.none() | st.integers(-(10**6), 10**9).map(lambda cents: cents / 100),
            "Ålder": st.none() | st.integers(18, 64),
            "Poäng": st.none() | st.integers(0, 10),
        }
    ),
    max_size=9,
)
TYPES = {
    **dict.fromkeys(("Del",), pa.string()),
    **dict.fromkeys(("In", "Ut", "Jobb", "Skola"), pa.date32()),
    "Id": pa.int64(),
    "Arbete": pa.bool_(),
    **dict.fromkeys(("Timmar", "Kostnad", "Ålder", "Poäng"), pa.float64()),
}


def table(rows):
    return pa.table(
        {name: pa.array([row[name] for row in rows], kind) for name, kind in TYPES.items()}
    )


def exact(number):
    return None if number is None else Fraction(str(number))


def any_of(answers):
    """Give Kleene's any."""
    answers = list(answers)
    return True if True in answers else None if None in answers else False


def total(numbers):
    numbers = [exact(number) for number in numbers]
    return None if None in numbers else sum(numbers, Fraction(0))


def unit(row):
    """Say what a row is to every indicator."""
    return {
        "part": row["Del"],
        "work": row["Arbete"],
        "cost": exact(row["Kostnad"]),
        "hours": exact(row["Timmar"]),
        "age": exact(row["Ålder"]),
        "score": exact(row["Poäng"]),
        "start": row["In"],
        "events": [row["Jobb"], row["Skola"]],
    }


def place(row):
    """Order enrolments: by start, then by what they hold as declared, unknown last."""
    parts = (*PARTS, None)
    columns = ("Ut", "Jobb", "Skola", "Arbete", "Timmar", "Kostnad", "Ålder", "Poäng")
    key = [(0, parts.index(row["Del"]))]
    key += [(1, 0) if row[name] is None else (0, number_of(row[name])) for name in columns]
    return (row["In"], key)


def number_of(value):
    return value.toordinal() if isinstance(value, dt.date) else value


def person(rows):
    """Say what the enrolments of a person are together."""
    rows = sorted(rows, key=place)
    first = unit(rows[0])

    def event(header):
        # The first day that is not before the first start; where there is none, what the last enrolment says.
        after = [row[header] for row in rows if row[header] and row[header] >= first["start"]]
        return min(after) if after else rows[-1][header]

    scores = [exact(row["Poäng"]) for row in rows if row["Poäng"] is not None]
    return {
        **first,
        "work": any_of(row["Arbete"] for row in rows),
        "cost": total(row["Kostnad"] for row in rows),
        "hours": total(row["Timmar"] for row in rows),
        "score": scores[-1] if scores else None,
        "events": [event("Jobb"), event("Skola")],
    }


def persons(rows):
    ids = {row["Id"] for row in rows}
    return [person([row for row in rows if row["Id"] == one]) for one in ids]


def incidence(units):
    """Sum, over the days on which something happens, who was left times the share of it: Aalen and Johansen."""
    spells = []
    for one in units:
        known = [day for day in one["events"] if day]
        end = min(known, default=AS_OF)
        time = (end - one["start"]).days
        if time >= 0:
            spells.append((time, bool(known)))
    left, reached = Fraction(1), Fraction(0)
    for day in sorted({time for time, happened in spells if happened and time <= HORIZON}):
        at_risk = sum(time >= day for time, _ in spells)
        events = sum(happened and time == day for time, happened in spells)
        reached += left * Fraction(events, at_risk)
        left *= 1 - Fraction(events, at_risk)
    return reached


def expected(units):
    """Give the value of every indicator; None where it has none."""

    def observed(*names):
        return [one for one in units if all(one[name] is not None for name in names)]

    def mean(name):
        known = observed(name)
        return sum(one[name] for one in known) / len(known) if known else None

    values = {name: mean(name) for name in ("hours", "age", "score")}
    costs = observed("cost")
    values["cost"] = sum((one["cost"] for one in costs), Fraction(0))
    if units and not costs:
        values["cost"] = None
    both = observed("cost", "hours")
    hours = sum(one["hours"] for one in both)
    values["per_hour"] = sum(one["cost"] for one in both) / hours if both and hours else None
    told = observed("cost", "work")
    jobs = sum(one["work"] for one in told)
    values["per_job"] = sum(one["cost"] for one in told) / jobs if told and jobs else None
    return values


def check(evaluation, units):
    for group in (None, *PARTS):
        members = [one for one in units if group is None or one["part"] == group]
        for name, value in expected(members).items():
            figure = evaluation[name] if group is None else evaluation[name].by("part")[group]
            if value is None:
                assert figure.value is None, (name, group)
            else:
                assert figure.value == pytest.approx(float(value), rel=1e-12, abs=1e-9), name
        reached = evaluation["reached"]
        figure = reached if group is None else reached.by("part")[group]
        if figure.value is not None:
            assert figure.value == pytest.approx(float(incidence(members)), abs=1e-12), group


@settings(max_examples=50, deadline=None)
@given(ROWS)
def test_rows_are_summed_as_by_hand(rows):
    evaluation = UNITS.evaluate({"enrolments": table(rows)}, AS_OF)
    check(evaluation, [unit(row) for row in rows])
    covered = {
        (row["In"].replace(day=1), row["Del"])
        for row in rows
        if row["Arbete"] and row["Del"] is not None
    }
    states = {(row["month"], row["part"][0]): row["state"] for row in evaluation.coverage}
    assert len(states) == 24
    assert {cell for cell, state in states.items() if state == "covered"} == covered
    if any(row["In"] for row in rows):
        assert evaluation["months"].successes == len(covered)


@settings(max_examples=50, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_persons_are_summed_as_by_hand(rows, random):
    random.shuffle(rows)
    check(PERSONS.evaluate({"enrolments": table(rows)}, AS_OF), persons(rows))


@settings(max_examples=50, deadline=None)
@given(ROWS)
def test_persons_with_one_enrolment_are_rows(rows):
    rows = [{**row, "Id": number} for number, row in enumerate(rows)]
    of_rows = UNITS.evaluate({"enrolments": table(rows)}, AS_OF)
    of_persons = PERSONS.evaluate({"enrolments": table(rows)}, AS_OF)
    names = ("cost", "hours", "age", "score", "per_hour", "per_job", "reached")
    for name in names:
        one, other = of_rows[name], of_persons[name]
        assert (one.value, one.low, one.high, one.due, one.observed, one.successes) == (
            other.value,
            other.low,
            other.high,
            other.due,
            other.observed,
            other.successes,
        ), name
