"""Checks of horizontal principles through Python: Likes, admissions to Berkeley, and what is handed back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import fields

import pyarrow as pa
import pytest
from conftest import AS_OF, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import utfall as uf

LIKES = ROOT / "examples" / "likes"
UCB = ROOT / "examples" / "ucb_admissions"

# ── Likes: figures and counts of its final report ──


@pytest.fixture(scope="module")
def reported():
    names = ("reported", "reported_branches", "reported_outcomes", "staff")
    project = uf.Project.read(LIKES / "reported.toml")
    # Checks count by the columns that they name, whatever figures are crossed by.
    return project.evaluate({name: LIKES / f"{name}.csv" for name in names}, AS_OF, by=[])


@pytest.fixture(scope="module")
def likes():
    project = uf.Project.read(LIKES / "likes.toml")
    registers = {
        "participants": LIKES / "participants_constructed.csv",
        "staff": LIKES / "staff.csv",
    }
    return project.evaluate(registers, AS_OF, by=[])


@pytest.fixture(scope="module", params=["reported", "likes"])
def either(request):
    return request.getfixturevalue(request.param)


def the(check, *group, aspect):
    (result,) = check.of(*group, aspect=aspect)
    return result


def test_men_are_50_of_142_above_15_below_50_outside_40_60(either):
    check = either.check("men_among_participants")
    assert (check.state, check.principle) == ("not_met", "equality")
    for aspect, state, current in [
        ("at_least 0.5", "not_met", False),
        ("at_least 0.15", "met", True),
        ("40/60", "not_met", True),
    ]:
        result = the(check, aspect=aspect)
        assert (result.successes, result.n) == (50, 142)
        assert round(result.value, 3) == 0.352
        assert (result.state, result.current) == (state, current)


@pytest.mark.parametrize(
    ("subproject", "figures", "target", "balance"),
    [
        ("Viadidakt", (4, 35, 11.4), "not_met", "not_met"),
        ("Nyköping", (7, 24, 29.2), "met", "not_met"),
        ("Strängnäs", (5, 23, 21.7), "met", "not_met"),
        ("Eskilstuna", (34, 60, 56.7), "met", "met"),
    ],
)
def test_only_eskilstuna_is_balanced(either, subproject, figures, target, balance):
    check = either.check("men_among_participants")
    part = f"subproject={subproject}"
    result = the(check, part, aspect="at_least 0.15")
    assert (result.successes, result.n, round(100 * result.value, 1)) == figures
    assert (result.state, the(check, part, aspect="40/60").state) == (target, balance)


def test_eskilstuna_has_34_of_50_men_and_the_rest_is_19_5_per_cent(either):
    check = either.check("men_among_participants")
    result = the(check, "subproject=Eskilstuna", aspect="40/60")
    assert result.part_of_successes == pytest.approx(34 / 50)
    assert round(100 * result.value_without, 1) == 19.5
    assert "denna del har 68,0\xa0% av alla sådana" in result.sentence
    assert "19,5\xa0%" in result.sentence


def test_nykoping_is_29_2_per_cent_against_7(either):
    result = the(either.check("men_among_participants"), "subproject=Nyköping", aspect="reference")
    assert (result.successes, result.n, result.reference, result.state) == (7, 24, 0.07, "met")
    assert round(100 * result.difference, 1) == 22.2
    assert round(result.ratio, 2) == 4.17
    assert "andel män vid äldreboenden, Nyköping" in result.sentence


def test_no_branch_is_balanced(reported, likes):
    of_reported = reported.check("men_in_branches")
    of_likes = likes.check("men_among_participants")
    for check in (of_reported, of_likes):
        for branch, men, n in [
            ("care", 17, 66),
            ("childcare", 0, 24),
            ("school", 4, 19),
            ("logistics", 27, 29),
        ]:
            result = the(check, f"branch={branch}", aspect="40/60")
            assert (result.successes, result.n, result.state) == (men, n, "not_met")
        values = [result.value for result in check.results if result.group]
        assert min(values) == 0
        assert round(100 * max(values), 1) == 93.1
    # Four of the register are in no branch that is known, and could be in any.
    assert the(of_likes, "branch=care", aspect="40/60").unknown == 4
    assert the(of_reported, "branch=care", aspect="40/60").unknown == 0


def test_staff_are_17_and_5(either):
    result = the(either.check("men_among_staff"), aspect="40/60")
    assert (result.successes, result.n, result.state) == (5, 22, "not_met")


def test_the_plan_has_8_activities_4_with_a_date_or_phase_and_nobody_responsible(likes):
    check = likes.check("plan")
    counts = {result.aspect: (result.successes, result.n) for result in check.results[:3]}
    assert counts == {"dates": (4, 8), "responsible": (0, 8), "follow_up": (0, 8)}
    activities = [result for result in check.results if result.figures[0].startswith("plan[")]
    assert len(activities) == 8
    assert all("responsible" in result.lacks for result in activities)
    assert [result.aspect for result in activities].count("done") == 3
    assert check.state == "not_met"


def test_gender_is_the_only_ground_that_likes_counts(likes):
    states = {result.aspect: result.state for result in likes.check("grounds").results}
    assert states == {
        "sex": "met",
        "gender_identity": "not_measured",
        "ethnicity": "declared",
        "religion": "declared",
        "disability": "not_measured",
        "sexual_orientation": "not_measured",
        "age": "not_measured",
    }


def test_evidence_is_declared_and_not_computed(likes):
    check = likes.check("norm_critique")
    assert check.state == "declared"
    assert "redovisat, inte beräknat" in check.sentences[0]


def test_no_sentence_says_effect(likes, reported):
    for evaluation in (likes, reported):
        for language in ("sv", "en"):
            for sentence in evaluation.checks_in(language)["sentence"]:
                assert sentence.endswith(".")
                assert "effekt" not in sentence.lower()
                assert "effect" not in sentence.lower()


def test_the_share_of_a_part_is_that_of_its_figure(reported):
    """A check gives the numbers of `figures`, which are counted another way."""
    project = uf.Project.read(LIKES / "reported.toml")
    names = ("reported", "reported_branches", "reported_outcomes", "staff")
    by_part = project.evaluate({name: LIKES / f"{name}.csv" for name in names}, AS_OF)
    figures = by_part["men"].by("subproject")
    for subproject, figure in figures.items():
        result = the(
            reported.check("men_among_participants"), f"subproject={subproject}", aspect="40/60"
        )
        assert (result.value, result.low, result.high) == (figure.value, figure.low, figure.high)


# ── Admissions to Berkeley: Bickel, Hammel and O'Connell, Science 187 (1975), 398-403 ──


@pytest.fixture(scope="module")
def admissions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ucb_admissions")
    for name in ("fetch.py", "project.toml"):
        shutil.copy(UCB / name, folder)
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, folder / "fetch.py"], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "admissions.csv: 24 rows\n"), done.stderr
    project = uf.Project.read(folder / "project.toml")
    return project.evaluate({"applicants": folder / "admissions.csv"}, "1973-12-31")


def test_the_gap_turns_round_when_adjusted_and_departments_differ(admissions):
    check = admissions.check("equal_admission")
    (result,) = check.results
    assert (result.group, result.other) == (["gender=woman"], ["gender=man"])
    assert (result.successes, result.n, result.other_successes, result.other_n) == (
        *(557, 1835),
        *(1198, 2691),
    )
    assert round(result.difference, 6) == -0.141645
    assert round(result.adjusted, 6) == 0.042637
    assert result.reversed
    assert round(result.strata_p_value, 4) == 0.0034
    assert result.strata_differ
    assert (result.adjusted_left_out, result.below_four_fifths) == (0, True)
    assert (check.state, result.smallest) == ("not_met", 1835)


def test_the_sentence_says_all_three(admissions):
    (sentence,) = admissions.checks_in("en")["sentence"]
    assert sentence == (
        "Admitted: Women 30.4% (557 of 1,835) and Men 44.5% (1,198 of 2,691); "
        "the difference is \u221214.2 percentage points (interval \u221217.0 to \u221211.3), "
        "more than the 5.0 percentage points that are accepted; "
        "the ratio is 0.68, where 0.80 to 1.25 is usually taken as near; "
        "adjusted for Dept it is 4.3 percentage points, the other way round; "
        "the parts differ among themselves (Woolf's test, p = 0.003), so look at each."
    )
    (sentence,) = admissions.checks_in("sv")["sentence"]
    for said in ("\u221214,2\xa0procentenheter", "4,3\xa0procentenheter", "p = 0,003"):
        assert said in sentence


# ── What is handed back ──


def test_a_result_has_the_columns_of_the_table(likes):
    # The last one is that of publications.
    *names, last = (field.name for field in fields(uf.CheckResult))
    assert last == "protected"
    assert names == pa.table(likes.checks).column_names
    assert names == likes.checks.column_names


def test_columns_have_the_types_of_a_result(likes):
    types = {
        "str": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "list[str]": pa.list_(pa.string()),
    }
    schema = pa.table(likes.checks).schema
    empty = uf.Project.from_toml('schema = 1\nname = "Nothing"').evaluate({}, AS_OF)
    assert pa.table(empty.checks).schema == schema
    for field in fields(uf.CheckResult)[:-1]:
        assert isinstance(field.type, str)
        kind, _, null = field.type.partition(" | ")
        column = schema.field(field.name)
        assert (column.type, column.nullable) == (types[kind], null == "None"), field.name


def test_a_check_that_is_not_there_is_told(likes):
    with pytest.raises(uf.UtfallError, match="did you mean `equal_outcome`") as caught:
        likes.check("equal_outcomes")
    assert caught.value.code == "unknown_name"


GROUPS = """
schema = 1
name = "Law"
[registers.people]
unit = "person"
columns.group = { header = "Group", type = "level", levels = ["a", "b"] }
columns.work = { header = "Work", type = "flag" }
[indicators]
work = { kind = "share", register = "people", having = { work = true } }
[checks.gap]
principle = "equality"
kind = "gap"
indicator = "work"
groups = "group"
smallest_group = 2
at_most = 0.25
"""


def test_of_many_groups_the_two_furthest_apart_stand_for_all():
    levels = [f"group_{number}" for number in range(2000)]
    text = GROUPS.replace('["a", "b"]', repr(levels).replace("'", '"'))
    project = uf.Project.from_toml(
        text.replace("[registers.people]", '[registers.people]\nweight = "n"')
    )
    # Half of each works, but for one of which nobody does, one of which all do, and one with one person.
    works = dict.fromkeys(levels, 5) | {"group_3": 0, "group_8": 10, "group_5": 1}
    rows = [(level, True, works[level]) for level in levels]
    rows += [(level, False, 10 - works[level]) for level in levels if level != "group_5"]
    groups, work, n = zip(*rows, strict=True)
    table = pa.table({"Group": groups, "Work": work, "n": n})
    check = project.evaluate({"people": table}, AS_OF, by=[]).check("gap")
    furthest, small = check.results
    assert (furthest.group, furthest.other) == (["group=group_8"], ["group=group_3"])
    assert (furthest.difference, furthest.state) == (1, "not_met")
    assert (small.aspect, small.n, small.state) == ("small_groups", 1, "cannot_tell")
    assert check.state == "not_met"


PEOPLE = st.lists(
    st.tuples(st.sampled_from(["a", "b", None]), st.sampled_from([True, False, None])),
    min_size=1,
    max_size=30,
)


def gap(people):
    groups, work = zip(*people, strict=True)
    table = pa.table({"Group": pa.array(groups, pa.string()), "Work": pa.array(work, pa.bool_())})
    evaluation = uf.Project.from_toml(GROUPS).evaluate({"people": table}, AS_OF)
    return evaluation.check("gap")


@settings(max_examples=60, deadline=None)
@given(PEOPLE, st.data())
def test_losing_an_answer_or_a_group_never_makes_a_check_met(people, data):
    before = gap(people).state
    lost = data.draw(st.integers(0, len(people) - 1))
    group, work = people[lost]
    fewer = (None, work) if data.draw(st.booleans()) else (group, None)
    after = gap([*people[:lost], fewer, *people[lost + 1 :]]).state
    assert after != "met" or before == "met"


@settings(max_examples=40, deadline=None)
@given(PEOPLE)
def test_groups_that_change_names_change_the_sign_and_nothing_else(people):
    other = {"a": "b", "b": "a", None: None}
    (one,) = gap(people).results
    (two,) = gap([(other[group], work) for group, work in people]).results
    assert (one.state, one.reason, one.open) == (two.state, two.reason, two.open)
    assert (one.successes, one.n) == (two.other_successes, two.other_n)
    assert (one.difference is None) == (two.difference is None)
    if one.difference is not None:
        assert one.difference == pytest.approx(-two.difference)
        assert one.p_value == (None if two.p_value is None else pytest.approx(two.p_value))
