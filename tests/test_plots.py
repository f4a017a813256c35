"""Charts: what they say, to whoever sees them and to whoever cannot."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa
import pytest
from conftest import AS_OF, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import utfall as uf
from utfall import _native, plots

LIKES = ROOT / "examples" / "likes"

EVERY_KIND = """
schema = 1
name = "Alla slag"
language = "en"
first_day = 2021-01-01
last_day = 2021-12-31

[registers.people]
unit = "person"
by = ["part"]
columns.part = { header = "Delprojekt", type = "level", levels = ["Flen", "Trosa"] }
columns.start = { header = "Start", type = "date" }
columns.work = { header = "Arbete", type = "date" }
columns.before = { header = "Före", type = "ordinal", levels = ["1", "2", "3"] }
columns.after = { header = "Efter", type = "ordinal", levels = ["1", "2", "3"] }
columns.hours = { header = "Timmar", type = "number", decimals = 1 }

[registers.reports]
unit = "report"
columns.part = { like = "people.part" }
columns.month = { header = "Månad", type = "date" }

[indicators.moved]
kind = "change"
register = "people"
items = [{ from = "before", to = "after" }]

[indicators.time]
kind = "incidence"
register = "people"
after = "start"
events = { work = "work" }
horizons = [{ months = 1 }, { months = 6 }]

[indicators.hours]
kind = "mean"
register = "people"
column = "hours"

[indicators.reported]
kind = "coverage"
register = "reports"
month = "month"
of_each = ["part"]

[goals.hours]
level = "individual"
tier = "sub"
indicator = "hours"
baseline = { value = 2.5, on = 2020-12-01 }
targets = [{ from = 2021-01-01, at_least = 8 }, { from = 2021-06-01, at_least = 4.5 }]

[flow]
register = "people"
stages = [
  { id = "started", en = "Started", of = { start = { known = true } } },
  { id = "work", en = "In work", of = { work = { known = true } } },
]

[[plan]]
en = "Training"
first_day = 2021-02-01
last_day = 2021-03-01
done_on = 2021-02-20

[[plan]]
en = "Survey"
last_day = 2021-05-01

[[plan]]
en = "Values"
"""


def day(month, number=1):
    return dt.date(2021, month, number)


@pytest.fixture(scope="module")
def likes():
    project = uf.Project.read(LIKES / "likes.toml")
    registers = {
        "participants": LIKES / "participants_constructed.csv",
        "staff": LIKES / "staff.csv",
    }
    return project.evaluate(registers, AS_OF)


@pytest.fixture(scope="module")
def every():
    people = pa.table(
        {
            "Delprojekt": ["Flen", "Flen", "Trosa", "Trosa", "Trosa"],
            "Start": [day(1), day(1), day(2), day(2), None],
            "Arbete": [day(3), None, day(4), None, None],
            "Före": [1, 2, 2, 3, 1],
            "Efter": [2, 2, 3, 1, None],
            "Timmar": [2.0, 4.0, 6.0, None, None],
        }
    )
    reports = pa.table({"Delprojekt": ["Flen", "Flen", "Trosa"], "Månad": [day(1), day(2), day(1)]})
    project = uf.Project.from_toml(EVERY_KIND)
    return project.evaluate({"people": people, "reports": reports}, "2021-06-30")


def svg(chart):
    """Draw a chart without a browser, and give its texts and the names of its elements."""
    vl_convert = pytest.importorskip("vl_convert")
    picture = vl_convert.vegalite_to_svg(chart.to_json(), vl_version="6.4")
    elements = list(ET.fromstring(picture).iter())  # noqa: S314 - what was just drawn
    names = {element.tag.rpartition("}")[2] for element in elements}
    return ["".join(element.itertext()) for element in elements], names, picture


# ── What charts say ──


def test_goals_say_value_interval_and_every_version_of_the_target(likes):
    said = likes.plot("goals").description
    assert said.startswith("Utfall mot målvärden. 70 % av dem som fullföljt utbildning")
    # 66 of 97 by the README of the example; 50 of 142 men as the report counts them.
    assert (
        "66 av 97 = 68,0\u00a0% (58,2–76,5\u00a0%) · inte nått · målvärde: minst 70\u00a0%" in said
    )
    assert (
        "50 av 142 = 35,2\u00a0% (27,8–43,4\u00a0%) · nått · målvärde: minst 15\u00a0% · "
        "tidigare målvärde: minst 50\u00a0%" in said
    )
    assert "300 deltagare: 142 · inte nått · målvärde: minst 300" in said


def test_one_goal_is_drawn_in_the_language_asked_for(likes):
    chart = likes.plot(goal="men", language="en")
    assert chart.description == (
        "Outcomes against targets. Share of men among participants: 50 of 142 = 35.2% (27.8–43.4%) · "
        "met · target: at least 15% · earlier target: at least 50%."
    )


def test_groups_stand_in_declared_order_after_everybody(likes):
    said = likes.plot("groups", indicator="men", by="subproject").description
    # As the report prints them: 4 of 35, 7 of 24, 5 of 23, 34 of 60.
    found = [
        said.index(part) for part in ("50 av 142", "4 av 35", "7 av 24", "5 av 23", "34 av 60")
    ]
    assert found == sorted(found)


def test_completeness_tells_observed_missing_and_not_due(likes):
    said = likes.plot("completeness", indicator="work_or_studies", by="gender").description
    assert "alla: 97 observerade, 9 saknas, 10 följs upp senare" in said


def test_flow_tells_who_went_no_further(likes):
    said = likes.plot("flow", language="en").description
    assert said == (
        "Participant flow. Enrolled: 142 reached (100.0%); Completed training: 116 reached (81.7%), "
        "26 went no further; Followed up after three months: 97 reached (83.6%), 19 went no further; "
        "In work or studies: 66 reached (68.0%), 31 went no further."
    )


def test_targets_tell_their_history(likes, every):
    assert likes.plot("targets").description == (
        "Målvärden över tid. Andel män bland deltagarna; 2020-01-01: minst 50\u00a0%; "
        "2020-09-01: minst 15\u00a0%; utfall 2022-06-30: 50 av 142 = 35,2\u00a0%; "
        "utgångsläge 2020-08-31: 5,0\u00a0%."
    )
    assert every.plot("targets").description == (
        "Targets over time. hours; 2021-01-01: at least 8; 2021-06-01: at least 4.5; "
        "outcome 2021-06-30: 4; baseline 2020-12-01: 2.50."
    )


def test_the_plan_tells_what_is_done_late_and_undated(every):
    assert every.plot("plan").description == (
        "Action plan. Training: 2021-02-01–2021-03-01 · done 2021-02-20; "
        "Survey: 2021-05-01 · overdue; Values: undated."
    )


def test_steps_tell_moves_and_every_pair(every):
    assert every.plot("steps").description == (
        "moved. Före → Efter: 2 moved forward, 1 stayed, 1 moved back, 1 not measurable; "
        "1 → 2: 1; 1 → unknown: 1; 2 → 2: 1; 2 → 3: 1; 3 → 1: 1."
    )


def test_coverage_counts_months_of_each_part(every):
    assert every.plot("coverage").description == (
        "reported. Flen: 2 covered, 4 not covered, 6 not due yet; "
        "Trosa: 1 covered, 5 not covered, 6 not due yet."
    )


def test_incidence_tells_every_horizon_and_event(every):
    said = every.plot("incidence").description
    assert said.startswith("time. any event: 1 month 0.0%")
    assert "work: 6 months –" in said  # nobody is followed for six months


def test_the_funnel_tells_where_each_group_lies(likes):
    said = likes.plot("funnel", indicator="men", by="subproject", language="en").description
    assert "Viadidakt: 4 of 35 = 11.4%, below the inner limits" in said
    assert "Eskilstuna: 34 of 60 = 56.7%, far above the limits" in said


# ── A table of checks, as evaluations have it ──


class Published:
    """What is left of an evaluation once some figures are protected."""

    def __init__(self, evaluation, hidden, **tables):
        self.project, self.as_of = evaluation.project, evaluation.as_of
        self.verdicts = list(evaluation.verdicts)
        self.figures = [self.masked(row) if hidden(row) else row for row in evaluation.figures]
        for name, rows in tables.items():
            setattr(self, name, rows)

    @staticmethod
    def masked(row):
        """Take everything out that a protected figure does not say."""
        counts = ("due", "missing", "observed", "successes", "value", "low", "high")
        hidden = dict.fromkeys((*counts, "bound_low", "bound_high", "not_due", "population"))
        return {**row, **hidden, "state": "suppressed", "reason": None}


GAP = {
    "check": "equal_outcome",
    "kind": "gap",
    "group": ["gender=woman"],
    "other": ["gender=man"],
    "difference": 0.25,
    "difference_low": -0.125,
    "difference_high": 0.5,
    "limit": 0.1,
    "adjusted": 0.2,
    "adjusted_low": None,
    "adjusted_high": None,
    "state": "open",
}


def test_a_gap_is_told_crude_and_adjusted(likes):
    hidden = {**GAP, "group": ["branch=care"], "difference": None, "state": "suppressed"}
    results = Published(likes, lambda _: False, checks=[GAP, hidden])
    assert plots.plot(results, "gap").description == (
        "Skillnader mellan grupper. Kvinnor – Män: 25,0\u00a0procentenheter (från −12,5 till 50,0); "
        "justerad 20,0\u00a0procentenheter; Vård och omsorg – Män: skyddat."
    )


@pytest.mark.parametrize("kind", ["groups", "completeness", "goals"])
def test_a_protected_figure_has_a_word_and_no_place(kind, likes):
    results = Published(likes, lambda row: row["gender"] == "man" or row["indicator"] == "men")
    chart = plots.plot(results, kind, language="en")
    assert "protected" in chart.description
    assert "23 of 34" not in chart.to_json()  # the men of everybody who was followed up
    assert "50 of 142" not in chart.to_json()
    texts, _, _ = svg(chart)
    assert "protected" in texts or any("protected" in text for text in texts)
    for layer in (
        json.loads(chart.to_json())["datasets"].values() if "datasets" in chart.to_dict() else ()
    ):
        for row in layer:
            assert not (row.get("is_protected") and row.get("value") is not None)


def test_withheld_moves_keep_their_place_in_the_matrix(every):
    rows = [
        row | ({"units": None, "protected": True} if row["before"] == "1" else {"protected": False})
        for row in every.transitions
    ]
    moves = [row | {"up": None, "protected": True} for row in every.steps]
    results = Published(every, lambda _: False, transitions=rows, steps=moves)
    chart = plots.plot(results, "steps")
    assert chart.description == (
        "moved. Före → Efter: protected; 1 → 1: protected; 1 → 2: protected; 1 → 3: protected; "
        "1 → unknown: protected; 2 → 2: 1; 2 → 3: 1; 3 → 1: 1."
    )
    assert svg(chart)[0].count("protected") >= 4


def test_a_matrix_of_which_all_is_withheld_says_so(every):
    rows = [row | {"units": None, "protected": True} for row in every.transitions]
    chart = plots.plot(Published(every, lambda _: False, transitions=rows, steps=[]), "steps")
    assert "3 → 3: protected" in chart.description


# ── The same numbers everywhere ──


def percent(part, whole):
    """Write a share with one decimal, by decimal arithmetic."""
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{share}%"


GROUPS = uf.Project.from_toml("""
schema = 1
name = "Groups"
language = "en"
[registers.people]
unit = "person"
by = ["part"]
columns.part = { header = "Part", type = "level", levels = ["a", "b", "c"] }
columns.ok = { header = "Ok", type = "flag" }
[indicators.ok]
kind = "share"
register = "people"
having = { ok = true }
""")


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([True, False, None])), max_size=30)
)
def test_an_alternative_text_states_the_numbers_of_the_figures(rows):
    table = pa.table(
        {
            "Part": pa.array([part for part, _ in rows], pa.string()),
            "Ok": pa.array([ok for _, ok in rows], pa.bool_()),
        }
    )
    evaluation = GROUPS.evaluate({"people": table}, AS_OF)
    said = evaluation.plot("groups").description.split("; ")
    rests = evaluation.plot("completeness").description.split("; ")
    for group, text, rest in zip(["everybody", "a", "b", "c"], said, rests, strict=True):
        answers = [ok for part, ok in rows if group in {"everybody", part}]
        known = [ok for ok in answers if ok is not None]
        name = f"{group}: " if group != "everybody" else ". everybody: "
        assert name in (text if group == "everybody" else f"{text}")
        # A tie of the second decimal is written as the nearest double has it.
        if known and Decimal(sum(known) * 1000) / len(known) % 1 != Decimal("0.5"):
            assert f"{sum(known)} of {len(known)} = {percent(sum(known), len(known))}" in text
        assert f"{len(known)} observed" in rest
        missing = len(answers) - len(known)
        assert (f"{missing} missing" in rest) == (missing > 0)


# ── Odd evaluations ──


@pytest.mark.parametrize("kind", plots.KINDS)
def test_every_kind_is_drawn_of_every_evaluation(kind, likes, every):
    nothing = uf.Project.from_toml('schema = 1\nname = "Nothing"').evaluate({}, AS_OF)
    without = likes.project.evaluate({}, AS_OF)
    missing = every.project.evaluate({}, AS_OF, by=[])
    for evaluation in (likes, every, nothing, without, missing):
        english = evaluation.plot(kind, language="en")
        chart = evaluation.plot(kind, language="sv")
        for said in (chart.description, english.description):
            assert said.endswith(".")
            assert "None" not in said
        assert chart.description != english.description
    for evaluation in (every, without):
        texts, names, _ = svg(evaluation.plot(kind))
        assert not any("NaN" in text or "null" in text for text in texts)
        assert "script" not in names


@pytest.mark.parametrize("number", [1, 300])
def test_few_and_many_groups_are_drawn(number):
    levels = [f"Kommun {index}" for index in range(number)]
    project = uf.Project.from_toml(
        GROUPS.to_toml().replace('["a", "b", "c"]', json.dumps(levels, ensure_ascii=False))
    )
    table = pa.table({"Part": levels * 3, "Ok": [True, False, None] * number})
    evaluation = project.evaluate({"people": table}, AS_OF)
    for kind in ("groups", "completeness", "funnel"):
        chart = evaluation.plot(kind)
        assert (number == 300) == ("more" in chart.description)
        assert len(chart.description) < 2000
        assert chart.to_json()


def test_everything_missing_is_told():
    table = pa.table({"Part": ["a", "b"], "Ok": pa.array([None, None], pa.bool_())})
    said = GROUPS.evaluate({"people": table}, AS_OF).plot("groups").description
    assert said == (
        "ok. everybody: every follow-up is missing; a: every follow-up is missing; "
        "b: every follow-up is missing; c: nobody is in the population."
    )


HOSTILE = "\u202e<script>alert('1')</script> \"];evil()//`\n& Ålder" + "x" * 300


def test_hostile_labels_are_harmless():
    declared = json.loads(GROUPS.to_json())
    declared["indicators"]["ok"]["en"] = HOSTILE
    column = declared["registers"]["people"]["columns"]["part"]
    column["levels"] = {HOSTILE: {"en": HOSTILE, "spellings": ["a"]}}
    column["header"] = HOSTILE
    project = uf.Project.from_json(json.dumps(declared))
    evaluation = project.evaluate({"people": pa.table({HOSTILE: ["a"], "Ok": [True]})}, AS_OF)
    for kind in ("groups", "completeness", "funnel"):
        chart = evaluation.plot(kind)
        texts, names, picture = svg(chart)
        assert "script" not in names
        assert "\u202e" not in picture
        assert "\u202e" not in chart.description
        assert any("<script>" in text for text in texts)


def test_hostile_levels_of_a_matrix_are_no_code(every):
    declared = json.loads(every.project.to_json())
    for name in ("before", "after"):
        levels = {"1": {"en": HOSTILE}, "2": {}, "3": {}}
        declared["registers"]["people"]["columns"][name]["levels"] = levels
    project = uf.Project.from_json(json.dumps(declared))
    people = pa.table(
        {
            "Delprojekt": ["Flen"],
            "Start": [day(1)],
            "Arbete": [day(1)],
            "Före": [2],
            "Efter": [3],
            "Timmar": [1.0],
        }
    )
    texts, names, _ = svg(project.evaluate({"people": people}, AS_OF).plot("steps"))
    assert "script" not in names
    assert any("<script>" in text for text in texts)


# ── What is asked for ──


def test_a_chart_can_be_changed_and_put_together(likes):
    chart = likes.plot("groups").properties(width=600)
    both = chart | likes.plot("flow")
    assert "600" in both.to_json()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"kind": "group"}, "there is no kind of chart `group`; did you mean `groups`?"),
        ({"kind": "groups", "indicator": "mn"}, "there is no indicator `mn`; did you mean `men`?"),
        (
            {"kind": "groups", "by": "gendr"},
            "there is no table of groups `gendr`; did you mean `gender`?",
        ),
        ({"kind": "goals", "goal": "mn"}, "there is no goal `mn`; did you mean `men`?"),
        ({"kind": "targets", "goal": "mn"}, "there is no goal `mn`; did you mean `men`?"),
        ({"kind": "goals", "language": "fi"}, "there is no language `fi`; there are sv, en"),
    ],
)
def test_a_name_that_there_is_not_is_told(arguments, told, likes):
    with pytest.raises(uf.UtfallError) as raised:
        likes.plot(**arguments)
    assert (str(raised.value), raised.value.code) == (told, "unknown_name")


def test_a_kind_takes_its_own_arguments(likes):
    with pytest.raises(TypeError, match="goal"):
        likes.plot("flow", goal="men")


def test_without_altair_the_extra_is_named(likes, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "altair", None)
    with pytest.raises(ImportError, match=r"install `utfall\[plots\]`"):
        likes.plot()


def test_pictures_are_written_without_a_browser(likes, tmp_path):
    for ending, begins in (("svg", b"<svg"), ("png", b"\x89PNG")):
        path = tmp_path / f"chart.{ending}"
        likes.plot("goals").save(path)
        assert path.read_bytes().startswith(begins)


# ── Words ──


def test_words_are_there_in_both_languages():
    swedish, english = (_native.chart_words(language) for language in ("sv", "en"))
    assert swedish.keys() == english.keys()
    assert all(word.strip() for word in (*swedish.values(), *english.values()))
