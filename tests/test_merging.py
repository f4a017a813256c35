"""Levels that could be merged: what is proposed, and that it does what it says."""

from __future__ import annotations

import pyarrow as pa
import pytest
from conftest import AS_OF, ROOT
from hypothesis import given
from test_publication import LAW, PARTS, PROJECT, ROWS, evaluated

import utfall as uf

LIKES = ROOT / "examples" / "likes"


def small_counts(figures, column, threshold):
    """Count the different counts of the known groups of a column that are small, from the table of figures alone."""
    counts = {}
    for row in figures:
        if row["by"] != [column] or row[column] == "(unknown)":
            continue
        for part in PARTS:
            counts.setdefault((row["indicator"], part), {})[row[column]] = row[part]
        failures = row["observed"] - row["successes"]
        counts.setdefault((row["indicator"], "failures"), {})[row[column]] = failures
    different = {tuple(groups.items()) for groups in counts.values()}
    return sum(0 < count < threshold for groups in different for _, count in groups)


@LAW
@given(ROWS)
def test_what_is_told_of_a_merging_is_what_comes_of_it(rows):
    evaluation = evaluated(rows)
    proposed = evaluation.propose_merging("place")
    assert proposed.small_before == small_counts(evaluation.figures, "place", 5)
    genders, places, completed, work = zip(*rows, strict=True)
    flags = [pa.array(values, pa.bool_()) for values in (completed, work)]
    table = pa.table({"Gender": genders, "Place": places, "Completed": flags[0], "Work": flags[1]})
    merged = proposed.project.evaluate({"participants": table}, "2022-06-30")
    assert proposed.small_after == small_counts(merged.figures, proposed.merged_column, 5)
    assert proposed.small_after <= proposed.small_before
    # Everybody, and other groups, are what they were.
    for column in (None, "gender"):
        by = [column] if column else []
        one, two = (
            [{part: row[part] for part in PARTS} for row in of.figures if row["by"] == by]
            for of in (evaluation, merged)
        )
        assert one == two
    assert len(merged.publish().attack()) == 0


ORDERED = """
schema = 1
name = "Levels"
[registers.people]
unit = "person"
by = ["step"]
columns.step = { header = "Step", type = "ordinal", levels = ["far", "nearer", "near"] }
[indicators.people]
kind = "count"
register = "people"
"""


def steps(far, nearer, near, project=ORDERED):
    people = pa.table({"Step": ["far"] * far + ["nearer"] * nearer + ["near"] * near})
    return uf.Project.from_toml(project).evaluate({"people": people}, AS_OF)


def test_levels_in_an_order_are_merged_with_neighbours_only():
    assert steps(4, 30, 5).propose_merging("step").levels == [["far", "nearer"], ["near"]]
    unordered = ORDERED.replace('"ordinal"', '"level"')
    proposed = steps(4, 30, 5, unordered).propose_merging("step")
    assert proposed.levels == [["far", "near"], ["nearer"]]


def test_levels_within_different_levels_are_not_merged():
    text = """
schema = 1
name = "Places"
[registers.people]
unit = "person"
by = ["place"]
columns.part = { header = "Part", type = "level", levels = ["east", "west"] }
[registers.people.columns.place]
header = "Place"
type = "level"
parent = "part"
levels = { Flen = { parent = "east" }, Trosa = { parent = "east" }, Arboga = { parent = "west" } }
[indicators.people]
kind = "count"
register = "people"
"""
    places = ["Flen"] * 20 + ["Trosa"] * 9 + ["Arboga"] * 3
    parts = ["east"] * 29 + ["west"] * 3
    evaluation = uf.Project.from_toml(text).evaluate(
        {"people": pa.table({"Part": parts, "Place": places})}, AS_OF
    )
    proposed = evaluation.propose_merging("place")
    assert (proposed.levels, proposed.small_after) == ([["Flen"], ["Trosa"], ["Arboga"]], 1)
    assert str(proposed) == "Place: inget att slå ihop; 1 av gruppernas antal är små (1–4)."


def test_a_proposal_is_told_with_what_to_write():
    proposed = steps(4, 30, 5).propose_merging("step")
    assert proposed.sentence("en") == (
        "Step: merge far + nearer. Then 0 counts of its groups are small (1–4) instead of 1. "
        "Which levels belong together is for who knows them to decide."
    )
    assert str(proposed) == (
        "Step: slå ihop far + nearer. Då är 0 av gruppernas antal små (1–4) i stället för 1. "
        "Vilka nivåer som hör ihop avgör den som känner dem.\n\n"
        '[registers.people]\nby = ["step_merged"]\n\n[registers.people.columns]\n'
        'step_merged = { header = "Step", type = "ordinal", levels = { '
        'far_nearer = { spellings = ["far", "nearer"] }, near = {} } }\n'
    )
    assert "<pre>" in proposed._repr_html_()
    # Pasted below the project file, in place of its `by`, it is the project that is proposed.
    lines = proposed.declared.replace('[registers.people]\nby = ["step_merged"]\n', "")
    pasted = ORDERED.replace('by = ["step"]', 'by = ["step_merged"]').replace(
        "[indicators", f"{lines}\n[indicators"
    )
    pasted = pasted.replace("columns.step = {", "[registers.people.columns]\nstep = {").replace(
        "\n[registers.people.columns]\nstep_merged", "\nstep_merged"
    )
    assert uf.Project.from_toml(pasted) == proposed.project


def test_conditions_go_on_asking_the_column_that_was_there():
    project = uf.Project.read(LIKES / "likes.toml")
    registers = {
        "participants": LIKES / "participants_constructed.csv",
        "staff": LIKES / "staff.csv",
    }
    evaluation = project.evaluate(registers, AS_OF)
    proposed = evaluation.propose_merging("branch")
    assert proposed.small_after < proposed.small_before
    merged = proposed.project.evaluate(registers, AS_OF)
    assert merged["purpose_branches"].value == evaluation["purpose_branches"].value
    assert merged.publish().hidden < evaluation.publish().hidden
    again = merged.propose_merging("branch_merged")
    assert again.merged_column == "branch_merged_merged"


@pytest.mark.parametrize(
    ("column", "threshold", "code"),
    [
        ("colour", 5, "table_not_evaluated"),
        ("completed", 5, "table_not_evaluated"),
        ("place", 0, "threshold_out_of_range"),
    ],
)
def test_what_cannot_be_asked_for(column, threshold, code):
    evaluation = evaluated([("woman", "north", True, True)], PROJECT)
    with pytest.raises(uf.UtfallError) as refused:
        evaluation.propose_merging(column, threshold=threshold)
    assert refused.value.code == code
