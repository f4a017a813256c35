"""Published figures through the whole stack: what the report of Likes prints, and figures printed at random."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from test_public_face import Tags

import utfall as uf
from utfall._command_line import main

LIKES = ROOT / "examples" / "likes"


@pytest.fixture(scope="module")
def likes() -> uf.Findings:
    return uf.Project.read(LIKES / "published.toml").reconcile()


def facts(findings: uf.Findings, code: str, subject: str) -> dict[str, Any]:
    """Give the facts of the one finding of a code that speaks of a table or statement."""
    rows = [
        row for row in findings if row["code"] == code and row["subject"] == f"published.{subject}"
    ]
    assert len(rows) == 1
    found: dict[str, Any] = json.loads(rows[0]["facts"])
    return found


def test_the_branch_table_of_likes_leaves_out_four(likes: uf.Findings) -> None:
    found = facts(likes, "tables_differ", "tables.by_branch")
    assert found["categories"] == [
        ["total", 142, 138, -4],
        ["gender=woman", 92, 90, -2],
        ["gender=man", 50, 48, -2],
    ]


def test_thirteen_per_cent_is_four_of_the_women(likes: uf.Findings) -> None:
    found = facts(likes, "share_wrong", "statements.men_in_viadidakt")
    assert (found["percent"], found["share"], found["gives"]) == (13, [4, 35], 11)
    assert [(share, which) for share, which, _ in found["alternatives"]] == [([4, 31], "whole")]
    assert "counts" not in found


def test_the_answers_are_not_those_that_the_goals_ask_for(likes: uf.Findings) -> None:
    first = facts(likes, "answer_of_others", "statements.work_or_studies")
    assert first["differs"] == ["population", "time"]
    said = ("count", "whole", "most_population", "least_count", "short")
    assert [first[name] for name in said] == [72, 142, 102, 100, 28]
    second = facts(likes, "answer_of_others", "statements.documented_steps")
    assert (second["target"], second["count_at_least"]) == ("all", 100)
    assert second["differs"] == ["population", "property"]


def test_the_share_of_men_is_told_with_its_parts(likes: uf.Findings) -> None:
    men = facts(likes, "answer_misses_target", "statements.men")
    assert [version[1:] for version in men["versions"]] == [
        ["at_least 0.5", "not_met", 21],
        ["at_least 0.15", "met"],
    ]
    parts = facts(likes, "parts_against_target", "tables.by_subproject")["parts"]
    assert [part[0] for part in parts if part[2] == "not_met"] == ["Viadidakt"]
    parts = facts(likes, "parts_against_target", "tables.by_branch")["parts"]
    assert [part[:2] for part in parts if part[2] == "not_met"] == [["childcare", [0, 24]]]
    balanced = facts(likes, "not_balanced", "tables.by_subproject")["parts"]
    assert [part[0] for part in balanced if part[2] == "balanced"] == ["Eskilstuna"]
    assert facts(likes, "part_dominates", "tables.by_subproject")["without"] == [16, 82]
    branches = facts(likes, "part_dominates", "tables.by_branch")
    assert (branches["without"], branches["without_of_answer"]) == ([21, 109], [23, 113])


def test_money_and_reach(likes: uf.Findings) -> None:
    money = facts(likes, "not_in_proportion", "statements.budget_follows_participants")
    assert money["reason"] == "target_not_revised"
    each = ("planned_per_unit", "revised_per_unit_reached", "outcome_per_unit_reached")
    assert [money[name] for name in each] == [173_333, 197_183, 176_056]
    reach = facts(likes, "answer_misses_target", "statements.participants")
    assert (reach["of_target"], reach["versions"][0][3]) == ([142, 300], 158)


def test_nothing_else_is_said_of_likes(likes: uf.Findings) -> None:
    assert len(likes) == 13
    assert likes.counts == {"error": 2, "warning": 9, "note": 2}
    assert set(likes.table["family"]) == {"reconcile"}


def test_findings_of_figures_are_tables_text_and_html(likes: uf.Findings) -> None:
    frame = pl.DataFrame(likes.table)
    assert frame.filter(pl.col("severity") == "error").height == 2
    text = likes.filter(severity="error").in_language("en").to_text(width=80)
    assert text.startswith("2 errors")
    assert "138 against 142 (−4)" in text
    assert "table" in Tags(likes._repr_html_()).tags


BASE = """
schema = 1
name = "Tryckt"
[registers.people]
unit = "person"
by = ["place", "gender"]
columns.place = { header = "Ort", type = "level", levels = ["A", "B", "C"] }
columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
[indicators.everybody]
kind = "count"
register = "people"
"""

PLACES = ("A", "B", "C")


def printed(cells: list[list[int]]) -> str:
    """Write a table of places and genders with the numbers of these rows, the last its total."""
    names = ("woman", "man", "total")
    rows = [", ".join(f"{name} = {n}" for name, n in zip(names, row, strict=True)) for row in cells]
    places = [f'{{ place = "{place}", {row} }}' for place, row in zip(PLACES, rows, strict=False)]
    return f"""
[[published.tables]]
id = "places"
source = "s. 1"
register = "people"
by = ["place", "gender"]
rows = [{", ".join(places)}]
total = {{ {rows[-1]} }}
"""


def totalled(counts: list[tuple[int, int]]) -> list[list[int]]:
    """Give the rows of counts with all their totals."""
    rows = [[women, men, women + men] for women, men in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def shares(cells: list[list[int]], decimals: int) -> str:
    """Write the share of men of each place, as Python rounds it."""
    text = ""
    for place, (_, men, everybody) in zip(PLACES, cells, strict=False):
        if everybody:
            text += f"""
[[published.statements]]
id = "men_{place}"
register = "people"
says = {{ percent = {round(100 * men / everybody, decimals)}, decimals = {decimals}, count = {men} }}
of = {{ place = "{place}" }}
having = {{ gender = "man" }}
"""
    return text


COUNTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=3)


@settings(max_examples=40, deadline=None)
@given(counts=COUNTS, decimals=st.integers(0, 2))
def test_figures_printed_from_a_register_give_no_finding(
    counts: list[tuple[int, int]], decimals: int
) -> None:
    cells = totalled(counts)
    project = uf.Project.from_toml(BASE + printed(cells) + shares(cells, decimals))
    people = [
        (place, gender)
        for place, row in zip(PLACES, counts, strict=True)
        for gender, count in zip(("woman", "man"), row, strict=True)
        for _ in range(count)
    ]
    register = pl.DataFrame(people, schema={"Ort": pl.String, "Kön": pl.String}, orient="row")
    assert project.reconcile().codes == []
    evaluation = project.evaluate({"people": register}, as_of="2024-12-31")
    assert project.reconcile(evaluation).codes == []


@settings(max_examples=60, deadline=None)
@given(
    counts=COUNTS, row=st.integers(0, 3), column=st.integers(0, 2), step=st.sampled_from([-1, 1])
)
def test_any_one_number_changed_by_one_is_found(
    counts: list[tuple[int, int]], row: int, column: int, step: int
) -> None:
    cells = totalled(counts)
    cells[row][column] = abs(cells[row][column] + step)
    codes = uf.Project.from_toml(BASE + printed(cells)).reconcile().codes
    assert codes
    assert set(codes) <= {"parts_missing", "parts_overlap"}


def test_the_command_line_tells_what_does_not_hold(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(LIKES / "published.toml")
    assert main(["reconcile", path, "--json", "--fail-on", "error", "--lang", "en"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in told["findings"]][:2] == ["tables_differ", "share_wrong"]
    assert told["findings"][0]["facts"]["difference"] == -4
    assert main(["reconcile", path, "--severity", "note"]) == 0
    assert "2 anmärkningar" in capsys.readouterr().out


def test_the_command_line_counts_figures_again(capsys: pytest.CaptureFixture[str]) -> None:
    register = f"participants={LIKES / 'participants_constructed.csv'}"
    staff = f"staff={LIKES / 'staff.csv'}"
    arguments = ["reconcile", str(LIKES / "likes.toml"), register, staff, "--as-of", "2022-06-30"]
    assert main([*arguments, "--json", "--unprotected"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["as_of"] == "2022-06-30"
    # The margins of the constructed register are those that the report prints, but for the four without a branch.
    differing = [row for row in told["findings"] if row["code"] == "register_differs"]
    assert [row["subject"] for row in differing] == [
        "published.tables.by_branch",
        "published.statements.men_in_viadidakt",
    ]
    assert differing[0]["facts"]["figures"] == [
        ["total", 138, 142, -4],
        ["gender=woman", 90, 92, -2],
        ["gender=man", 48, 50, -2],
    ]
    # Crossed by gender alone, the sub-projects cannot be counted again.
    assert main([*arguments, "--json", "--unprotected", "--by", "gender"]) == 0
    told = json.loads(capsys.readouterr().out)
    unknown = {
        row["subject"]: row["count"] for row in told["findings"] if row["code"] == "not_recomputed"
    }
    assert unknown["published.tables.by_subproject"] == 12


def test_a_register_without_a_name_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reconcile", str(LIKES / "published.toml"), "participants"]) == 2
    assert "not_a_register" in capsys.readouterr().err
