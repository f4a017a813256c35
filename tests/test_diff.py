"""Differences of two evaluations: what changed, what it did, and that nothing is guessed."""

from __future__ import annotations

import datetime as dt
import json

import pyarrow as pa
import pytest
from conftest import AS_OF, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from test_laws import PROJECT as LAWFUL
from test_laws import ROWS as ANY_ROWS
from test_laws import WORKER, law, table

import utfall as uf
from utfall._command_line import main

LIKES = ROOT / "examples" / "likes"

PROJECT = """
schema = 1
name = "Staff"
language = "en"
[registers.staff]
unit = "member"
by = ["place"]
columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
columns.place = { header = "Ort", type = "level", levels = ["east", "west"] }
columns.hired = { header = "Anställd", type = "date" }
[indicators.men]
kind = "share"
register = "staff"
of = { hired = { known = true } }
having = { gender = "man" }
[goals.men]
level = "organisation"
tier = "sub"
indicator = "men"
targets = [{ from = 2020-01-01, at_least = 0.4 }]
"""

OF = "of = { hired = { known = true } }"


def staff(genders, places=None, hired="2020-01-01"):
    days = [hired] * len(genders) if isinstance(hired, str) else hired
    return pa.table(
        {
            "Kön": ["woman" if sign == "w" else "man" for sign in genders],
            "Ort": list(places or ["east"] * len(genders)),
            "Anställd": pa.array(map(dt.date.fromisoformat, days), pa.date32()),
        }
    )


def evaluated(text=PROJECT, rows=None, as_of=AS_OF, by=None):
    registers = {"staff": staff("wm") if rows is None else rows}
    return uf.Project.from_toml(text).evaluate(registers, as_of, by=by)


def only(rows):
    (row,) = rows
    return row


def overall(difference):
    return only(row for row in difference.figures if not row["by"])


# ── One thing changed: it did it, whether registers are at hand or not ──


def test_nothing_changed():
    difference = uf.diff(evaluated(), evaluated())
    assert len(difference) == 0
    assert repr(difference) == "Staff · 2022-06-30\n\nNothing has changed."


def test_other_data():
    """1 of 2 becomes 1 of 4: a quarter less, and 0.4 is no longer reached."""
    difference = uf.diff(
        evaluated(), evaluated(rows=staff("wmww", ["east", "east", "west", "west"]))
    )
    row = overall(difference)
    assert (row["value_before"], row["value_after"], row["change"]) == (0.5, 0.25, -0.25)
    assert (row["by_definition"], row["by_data"], row["by_as_of"]) == (0.0, -0.25, 0.0)
    assert (row["causes"], row["separated"], row["protected"]) == (["data"], True, False)
    groups = [
        (row["group"], row["units_before"], row["units_after"], row["counts_differ"])
        for row in difference.causes
    ]
    assert groups == [([], 2, 4, True), (["west"], 0, 2, True)]
    goal = only(difference.verdicts)
    assert (goal["verdict_before"], goal["verdict_after"]) == ("met", "not_met")
    assert (goal["causes"], goal["separated"]) == (["data"], True)
    assert goal["sentence"] == (
        "men: 1 of 2 = 50.0% → 1 of 4 = 25.0%; 2 more in register `staff`; "
        "the verdict went from met to not met through the data."
    )


def test_as_many_with_other_data():
    difference = uf.diff(evaluated(), evaluated(rows=staff("ww")))
    assert difference.causes["sentence"] == ["register `staff`: as many (2), with other data"]


def test_another_target():
    raised = PROJECT.replace(
        "at_least = 0.4 }", "at_least = 0.4 }, { from = 2022-01-01, at_least = 0.6 }"
    )
    difference = uf.diff(evaluated(), evaluated(raised))
    assert len(difference.figures) == 0
    cause = only(difference.causes)
    assert (cause["cause"], cause["part"]) == ("target", "goals.men.targets[2022-01-01]")
    goal = only(difference.verdicts)
    assert (goal["causes"], goal["separated"]) == (["target"], True)
    assert goal["sentence"] == (
        "men: the outcome is still 1 of 2 = 50.0%; the target was raised from at least 40% to at least "
        "60%, in force from 2022-01-01; the verdict went from met to not met through the target."
    )
    swedish = only(difference.in_language("sv").verdicts)["sentence"]
    assert swedish == (
        "men: utfallet är fortfarande 1 av 2 = 50,0\xa0%; målvärdet höjdes från minst 40\xa0% till minst "
        "60\xa0%, gäller från 2022-01-01; bedömningen gick från nått till inte nått genom målvärdet."
    )


def test_another_definition_with_the_registers():
    """Without a condition on the day both are counted; with one, the man who is not hired yet is not."""
    rows = staff("wmm", hired=["2020-01-01", "2020-01-01", "2023-01-01"])
    before, after = evaluated(rows=rows), evaluated(PROJECT.replace(OF, ""), rows)
    registers = ({"staff": rows}, {"staff": rows})
    row = overall(uf.diff(before, after, registers=registers))
    # 1 of 2 becomes 2 of 3.
    assert row["change"] == pytest.approx(1 / 6, abs=1e-15)
    assert (row["causes"], row["separated"]) == (["definition"], True)
    assert row["by_definition"] == row["change"]
    lone = overall(uf.diff(before, after))
    assert (lone["causes"], lone["separated"]) == (["definition", "data"], False)
    assert lone["by_definition"] is None


def test_another_day():
    rows = staff("wm", hired=["2020-01-01", "2022-03-01"])
    earlier = evaluated(rows=rows, as_of="2021-12-31")
    registers = ({"staff": rows}, {"staff": rows})
    difference = uf.diff(earlier, evaluated(rows=rows), registers=registers)
    row = overall(difference)
    assert (row["change"], row["by_as_of"], row["causes"]) == (0.5, 0.5, ["as_of"])
    assert [row["cause"] for row in difference.causes] == ["as_of"]
    assert only(difference.verdicts)["causes"] == ["as_of"]


# ── Several things changed ──


def test_definition_and_data_have_the_parts_of_das_gupta():
    """Four mixtures, each a share that can be counted by hand.

    Before: the hired of (w, m) are both: 1/2. After: everybody of (w, m, m*, m), m* not hired: 3/4.
    The old definition of the new data: 2/3. The new definition of the old data: 1/2.
    Data: ((2/3 - 1/2) + (3/4 - 1/2)) / 2 = 5/24. Definition: ((1/2 - 1/2) + (3/4 - 2/3)) / 2 = 1/24.
    """
    old = staff("wm")
    new = staff("wmmm", hired=["2020-01-01", "2020-01-01", "2023-01-01", "2020-01-01"])
    before, after = evaluated(rows=old), evaluated(PROJECT.replace(OF, ""), new)
    row = overall(uf.diff(before, after, registers=({"staff": old}, {"staff": new})))
    assert row["by_data"] == pytest.approx(5 / 24, abs=1e-15)
    assert row["by_definition"] == pytest.approx(1 / 24, abs=1e-15)
    assert row["causes"] == ["definition", "data"]
    assert row["sentence"] == (
        "men: 1 of 2 = 50.0% → 3 of 4 = 75.0% (+25.0 percentage points); through the definition "
        "+4.2 percentage points, the data +20.8 percentage points."
    )


@pytest.mark.parametrize(
    ("rows", "target", "causes"),
    [
        # 1 of 2 against 0.4 is met. 1 of 4 is not, against 0.4 or 0.45: the target did nothing.
        ("wmww", 0.45, ["data"]),
        # 2 of 4 is met as before; 0.6 is not, by either: the data did nothing.
        ("wmwm", 0.6, ["target"]),
        # 1 of 4 misses 0.4, and 1 of 2 misses 0.6: each would have done it.
        ("wmww", 0.6, ["data", "target"]),
    ],
    ids=["data", "target", "either"],
)
def test_data_and_target_are_told_apart_without_registers(rows, target, causes):
    after = evaluated(PROJECT.replace("0.4", str(target)), staff(rows))
    goal = only(uf.diff(evaluated(), after).verdicts)
    assert (goal["verdict_before"], goal["verdict_after"]) == ("met", "not_met")
    assert (goal["causes"], goal["separated"]) == (causes, True)


def test_what_cannot_be_counted_is_not_separated_from_the_day():
    old = staff("wm", hired=["2020-01-01", "2022-03-01"])
    new = staff("wmm", hired=["2020-01-01", "2022-03-01", "2022-03-01"])
    before, after = evaluated(rows=old, as_of="2021-12-31"), evaluated(rows=new)
    row = overall(uf.diff(before, after))
    assert (row["causes"], row["separated"], row["by_data"]) == (["data", "as_of"], False, None)
    assert row["sentence"].endswith("; not separated: the data and the day.")
    goal = only(uf.diff(before, after).verdicts)
    assert (goal["causes"], goal["separated"]) == (["data", "as_of"], False)
    assert "(not separated: the data and the day)" in goal["sentence"]


def test_a_target_is_told_apart_from_what_is_not_separated():
    """Neither data nor day could have changed a verdict against everybody's 0.0."""
    old, new = staff("wm"), staff("wmm")
    before = evaluated(PROJECT.replace("0.4", "0.0"), old, as_of="2021-12-31")
    after = evaluated(PROJECT.replace("0.4", "0.9"), new)
    goal = only(uf.diff(before, after).verdicts)
    assert (goal["causes"], goal["separated"]) == (["target"], True)


def test_new_ratings_are_evidence():
    text = """
        schema = 1
        name = "Likes"
        language = "en"
        [goals.methods]
        level = "organisation"
        tier = "project"
        scale = ["no", "partly", "yes"]
        targets = [{ from = 2020-01-01, at_least = "partly" }]
        evidence = [{ rating = "no", on = 2022-01-01, source = "interviews" }]
    """
    before = uf.Project.from_toml(text).evaluate({}, AS_OF)
    rated = text.replace('rating = "no"', 'rating = "yes"')
    difference = uf.diff(before, uf.Project.from_toml(rated).evaluate({}, AS_OF))
    assert [row["cause"] for row in difference.causes] == ["evidence"]
    assert only(difference.verdicts)["causes"] == ["evidence"]


def test_goals_and_indicators_that_come_and_go():
    both = PROJECT + (
        '[indicators.staff]\nkind = "count"\nregister = "staff"\n'
        '[goals.staff]\nlevel = "organisation"\ntier = "sub"\nindicator = "staff"\n'
        "targets = [{ from = 2020-01-01, at_least = 2 }]\n"
    )
    difference = uf.diff(evaluated(), evaluated(both))
    row = overall(difference)
    assert (row["indicator"], row["state_before"], row["value_after"]) == ("staff", None, 2.0)
    assert (row["change"], row["causes"]) == (None, ["definition"])
    assert (
        only(difference.verdicts)["sentence"]
        == "staff: 2; the target at least 2 was added, in force from 2020-01-01; a new goal, met."
    )
    gone = uf.diff(evaluated(both), evaluated())
    assert only(gone.verdicts)["sentence"].endswith("the goal is no longer there.")


def test_another_crossing_is_a_setting_and_changes_no_figure():
    difference = uf.diff(evaluated(), evaluated(by=[]))
    cause = only(difference.causes)
    assert (cause["cause"], cause["part"], cause["before"], cause["after"]) == (
        "setting",
        "by",
        "declared",
        "[]",
    )
    assert len(difference.figures) == 0


def test_a_register_that_one_side_was_not_given():
    project = uf.Project.from_toml(PROJECT)
    difference = uf.diff(project.evaluate({}, AS_OF), evaluated())
    assert "register `staff`: not given → 2" in difference.causes["sentence"]
    assert overall(difference)["causes"] == ["data"]


def test_texts_alone_change_no_figure():
    named = PROJECT.replace("[indicators.men]", '[indicators.men]\nsv = "Andel män"')
    difference = uf.diff(evaluated(), evaluated(named))
    assert [row["cause"] for row in difference.causes] == ["other"]
    assert (len(difference.figures), len(difference.verdicts)) == (0, 0)


def test_registers_that_the_other_project_cannot_count_are_told():
    """After reads another header, so neither project can count the other's table."""
    old, new = staff("wm"), staff("wmm").rename_columns(["Gender", "Ort", "Anställd"])
    before = evaluated(rows=old)
    after = evaluated(PROJECT.replace("Kön", "Gender").replace(OF, ""), new)
    difference = uf.diff(before, after, registers=({"staff": old}, {"staff": new}))
    assert len(difference.notes) == 2
    assert overall(difference)["separated"] is False
    assert "! register `staff`: no column has the header `Gender`" in difference.to_text()


def test_a_register_that_only_one_project_declares_is_left_out():
    extra = (
        PROJECT
        + '[registers.meetings]\nunit = "meeting"\n[indicators.meetings]\nkind = "count"\nregister = "meetings"\n'
    )
    rows, more = {"staff": staff("wm")}, {"staff": staff("wmm"), "meetings": pa.table({"A": [1]})}
    before = uf.Project.from_toml(PROJECT).evaluate(rows, AS_OF)
    after = uf.Project.from_toml(extra).evaluate(more, AS_OF)
    difference = uf.diff(before, after, registers=(rows, more))
    assert difference.notes == ()
    men = only(row for row in difference.figures if row["indicator"] == "men" and not row["by"])
    assert (men["causes"], men["separated"]) == (["data"], True)


# ── Laws ──

DAYS = st.sampled_from([dt.date(2022, 3, 31), dt.date(2022, 6, 30)])
TEXTS = st.sampled_from(
    [
        LAWFUL,
        LAWFUL.replace("at_least = 10", "at_least = 3"),
        LAWFUL.replace(WORKER, "having = { work = true }"),
        LAWFUL.replace("months = 3", "months = 1").replace("at_least = 10", "at_least = 2"),
    ]
)
# Each case counts up to ten times.
few = settings(max_examples=8, deadline=None, derandomize=True)
SIDES = st.tuples(TEXTS, ANY_ROWS, DAYS)


def sides(*drawn):
    evaluations, registers = [], []
    for text, rows, day in drawn:
        given = {"people": table(rows)}
        evaluations.append(uf.Project.from_toml(text).evaluate(given, day))
        registers.append(given)
    return (*evaluations, tuple(registers))


@law
@given(SIDES)
def test_an_evaluation_and_itself_differ_in_nothing(side):
    evaluation, again, registers = sides(side, side)
    assert len(uf.diff(evaluation, again)) == 0
    assert len(uf.diff(evaluation, again, registers=registers)) == 0


def keyed(table, *names):
    return {tuple(str(row[name]) for name in names): row for row in table}


def mirrored(row):
    """Look at a row the other way round."""
    turned = {}
    for name, value in row.items():
        if name == "change" or name.startswith("by_"):
            turned[name] = None if value is None else pytest.approx(-value, abs=1e-12)
        elif "before" in name or "after" in name:
            swapped = name.replace("before", "?").replace("after", "before").replace("?", "after")
            turned[swapped] = value
        elif name != "sentence":
            turned[name] = value
    return turned


@few
@given(SIDES, SIDES, st.booleans())
def test_the_other_way_round_everything_is_turned(one, other, with_registers):
    before, after, registers = sides(one, other)
    there = uf.diff(before, after, registers=registers if with_registers else None)
    back = uf.diff(after, before, registers=registers[::-1] if with_registers else None)
    for name, names in (
        ("figures", ("indicator", "by", "group")),
        ("verdicts", ("goal",)),
        ("causes", ("cause", "part", "register", "by", "group")),
    ):
        forth, turned = keyed(getattr(there, name), *names), keyed(getattr(back, name), *names)
        assert forth.keys() == turned.keys()
        for key, row in forth.items():
            found = {name: value for name, value in turned[key].items() if name != "sentence"}
            assert mirrored(row) == found


@few
@given(SIDES, SIDES)
def test_parts_are_those_of_the_mixtures_and_add_up(one, other):
    """Every part is the mean over the orders of what changing one cause does, counted anew here."""
    before, after, registers = sides(one, other)
    drawn = (one, other)

    def value(indicator, definition, data, as_of):
        project = uf.Project.from_toml(drawn[definition][0])
        return project.evaluate(registers[data], drawn[as_of][2], by=[])[indicator].value

    for row in uf.diff(before, after, registers=registers).figures:
        if row["by"] or row["by_data"] is None:
            continue
        parts = [row["by_definition"], row["by_data"], row["by_as_of"]]
        assert sum(parts) == pytest.approx(row["change"], abs=1e-12)
        name = row["indicator"]
        corner = {(a, b, c): value(name, a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)}
        if None in corner.values():
            continue
        alone = corner[0, 1, 0] - corner[0, 0, 0], corner[1, 1, 1] - corner[1, 0, 1]
        between = corner[1, 1, 0] - corner[1, 0, 0], corner[0, 1, 1] - corner[0, 0, 1]
        assert row["by_data"] == pytest.approx(sum(alone) / 3 + sum(between) / 6, abs=1e-12)


# ── What cannot be used, and how it shows itself ──

REFUSED = {
    "registers of another evaluation": (
        lambda: uf.diff(
            evaluated(),
            evaluated(rows=staff("w")),
            registers=({"staff": staff("wm")}, {"staff": staff("m")}),
        ),
        "other_registers",
        (
            "the registers of `after` are not those that its evaluation was made of; "
            "hand over the same files or tables"
        ),
    ),
    "a language that is none": (
        lambda: uf.diff(evaluated(), evaluated()).in_language("fi"),
        "unknown_name",
        "there is no language `fi`; there are sv, en",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_told_whole(name):
    attempt, code, message = REFUSED[name]
    with pytest.raises(uf.UtfallError) as caught:
        attempt()
    assert (caught.value.code, str(caught.value)) == (code, message)


def test_a_difference_shows_no_markup_of_a_project():
    hostile = PROJECT.replace('"Staff"', '"<script>\u202e"').replace(
        "[goals.men]", '[goals.men]\nen = "<img>"'
    )
    difference = uf.diff(evaluated(hostile), evaluated(hostile, staff("w")))
    page = difference._repr_html_()
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page + repr(difference)


def test_tables_go_into_data_frames():
    difference = uf.diff(evaluated(), evaluated(rows=staff("wmw")))
    for found in (difference.causes, difference.figures, difference.verdicts):
        assert pa.table(found).num_rows == len(found) > 0


# ── On the command line ──


@pytest.fixture
def files(tmp_path):
    """Write the constructed participants with and without the last ten rows."""
    lines = (LIKES / "participants_constructed.csv").read_text(encoding="utf-8").splitlines()
    fewer = tmp_path / "fewer.csv"
    fewer.write_text("\n".join(lines[:-10]), encoding="utf-8")
    later = tmp_path / "later.toml"
    text = (LIKES / "likes.toml").read_text(encoding="utf-8")
    later.write_text(text.replace("at_least = 0.7", "at_least = 0.65"), encoding="utf-8")
    return [str(LIKES / "likes.toml"), str(later), f"staff={LIKES / 'staff.csv'}"], [
        "--before",
        f"participants={fewer}",
        "--after",
        f"participants={LIKES / 'participants_constructed.csv'}",
    ]


def test_two_files_of_a_register_and_two_projects_are_compared(files, capsys):
    shared, both = files
    assert main(["diff", *shared, *both, "--as-of", AS_OF, "--lang", "en"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "register `participants`: 132 → 142 (10 more)" in out
    # 66 of 97 = 68.0 % misses 70 % and reaches 65 %: the README of the example.
    assert "the target was lowered from at least 70% to at least 65%" in out
    assert "the verdict went from not met to met through the target" in out
    assert "Women" not in out
    assert main(["diff", *shared, *both, "--as-of", AS_OF, "--lang", "en", "--groups"]) == 0
    assert "Women" in capsys.readouterr().out


def test_json_of_small_groups_is_asked_for_by_name(files, capsys):
    shared, both = files
    arguments = ["diff", *shared, *both, "--as-of", AS_OF, "--as-of-before", "2021-12-31", "--json"]
    assert main(arguments) == 2
    assert capsys.readouterr().err.endswith("[unprotected]\n")
    assert main([*arguments, "--unprotected"]) == 0
    said = capsys.readouterr()
    assert said.err == (
        "Unprotected: contains what may reveal individuals. Must not be passed on.\n"
    )
    told = json.loads(said.out)
    assert [told[side]["as_of"] for side in ("before", "after")] == ["2021-12-31", AS_OF]
    assert {"causes", "figures", "verdicts"} <= told.keys()


def test_a_third_project_file_is_refused(files, capsys):
    shared, both = files
    assert main(["diff", *shared, "third.toml", *both]) == 2
    assert capsys.readouterr().err == (
        "`third.toml` is a third project file; compare two [not_a_register]\n"
    )
