"""Findings: a review and a check through the whole stack, from every kind of table, and how they are shown."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import AS_OF, ROOT
from test_public_face import Tags

import utfall as uf
from utfall._command_line import main

LIKES = ROOT / "examples" / "likes"

PROJECT = """
schema = 1
name = "Kontroll"
first_day = 2020-01-01
last_day = 2022-06-30

[registers.people]
unit = "person"
person = "Id"
by = ["area"]
mandatory = ["gender"]
rules = [{ sv = "Ingen börjar två gånger", must = { again = false } }]
columns.area = { header = "Område", type = "level", levels = ["öst", "väst"] }
columns.gender = { header = "Kön", type = "level", levels = ["Kvinna", "Man"] }
columns.again = { header = "Igen", type = "flag" }
columns.score = { header = "Poäng", type = "number", at_most = 10 }
columns.begun = { header = "Start", type = "date" }
columns.left = { header = "Slut", type = "date" }

[indicators.done]
kind = "share"
register = "people"
having = { score = { at_least = 5 } }
follow_up = { after = "left", months = 3 }

[flow]
register = "people"
stages = [{ id = "in", of = { begun = { known = true } } }, { id = "out", of = { left = { known = true } } }]
"""

# A register in which nearly everything is wrong, and every value is one that nobody may tell.
ROWS = {
    "Id": ["811218-9876", "701063-2391", "kanarie", "kanarie"],
    "Område": ["östt", "väst", "väst", "öst"],
    "Kön": ["Kvina", "Man", None, "kanarie"],
    "Igen": ["ja", "nej", None, "nej"],
    "Poäng": [11.7319, 5.0, None, 3.0],
    "Start": [dt.date(2020, 2, 1), dt.date(1997, 11, 29), None, dt.date(2021, 1, 1)],
    "Slut": [dt.date(2020, 1, 29), dt.date(2020, 2, 1), None, dt.date(2021, 11, 29)],
    "Anteckning": ["ring 070-731 97 31", None, "kanarie@example.se", "<b>kanarie</b>"],
    "Handläggare": ["Kanarie Fågel", "Kanarie Fågel", "Kanarie Fågel", None],
}
CANARIES = re.compile(r"kanarie|7319|811218|701063|fågel|070-|1997-11|10194", re.IGNORECASE)
CODES = [
    "dates_reversed",
    "rule_broken",
    "repeated_id",
    "looks_like_identity_number",
    "looks_like_coordination_number",
    "looks_like_phone_number",
    "looks_like_e_mail",
    "undeclared_spelling",
    "undeclared_spelling",
    "date_outside_project",
    "number_out_of_range",
    "incomplete_record",
    "looks_like_names",
    "near_spelling",
    "near_spelling",
    "missing_values",
    "missing_values",
    "missing_values",
]


@pytest.fixture(scope="module")
def project():
    """Give a project with a column of every type."""
    return uf.Project.from_toml(PROJECT)


@pytest.fixture(scope="module")
def check(project):
    """Give the check of the register in which nearly everything is wrong."""
    return project.check({"people": pa.table(ROWS)}, AS_OF)


def by_path(table, folder):
    path = folder / "people.parquet"
    pq.write_table(table, path, row_group_size=2)
    return path


PRODUCERS = {
    "pyarrow table": lambda table, _: table,
    "pyarrow batch": lambda table, _: table.combine_chunks().to_batches()[0],
    "pyarrow reader": lambda table, _: table.to_reader(max_chunksize=1),
    "polars": lambda table, _: pl.from_arrow(table),
    "pandas": lambda table, _: table.to_pandas(types_mapper=pd.ArrowDtype),
    "parquet": by_path,
}


@pytest.mark.parametrize("name", PRODUCERS)
def test_every_kind_of_table_is_checked_alike(project, check, name, tmp_path):
    table = PRODUCERS[name](pa.table(ROWS), tmp_path)
    other = project.check({"people": table}, dt.date.fromisoformat(AS_OF))
    assert list(other) == list(check)
    assert list(other.quality) == list(check.quality)
    assert list(other.missing) == list(check.missing)


def test_a_register_in_which_everything_is_wrong_is_told_all_of_it(check):
    assert check.codes == CODES
    rows = {row["code"]: row["rows"] for row in check}
    assert rows["dates_reversed"] == [1]
    assert rows["date_outside_project"] == [2]
    assert rows["repeated_id"] == [4]
    assert rows["looks_like_identity_number"] == [1]
    assert rows["looks_like_phone_number"] == [1]
    assert rows["looks_like_names"] == [1, 2, 3]
    columns = {row["code"]: row["column"] for row in check if row["code"].startswith("looks")}
    assert columns["looks_like_e_mail"] == "Anteckning"
    assert columns["looks_like_names"] == "Handläggare"


def test_texts_of_a_file_that_are_no_dates_are_findings(project, tmp_path):
    rows = pl.DataFrame(ROWS).with_columns(
        pl.Series("Start", ["2020-02-30", "2020-02-01", None, "snart"]),
        pl.Series("Poäng", ["fem", "5", None, "3,5 steg"]),
    )
    rows.write_csv(tmp_path / "people.csv")
    check = project.check({"people": tmp_path / "people.csv"}, AS_OF)
    rows = {row["code"]: (row["column"], row["rows"]) for row in check}
    assert rows["impossible_date"] == ("begun", [1, 4])
    assert rows["not_a_number"] == ("score", [1, 4])
    with pytest.raises(uf.RegisterError):
        project.evaluate({"people": tmp_path / "people.csv"}, AS_OF)


def test_nothing_holds_a_value_of_a_row(project, tmp_path, capsys, caplog):
    caplog.set_level(logging.DEBUG)
    check = project.check({"people": pa.table(ROWS)}, AS_OF)
    said = [repr(check), check._repr_html_(), check.to_text(width=40), repr(vars(check))]
    for findings in (check, check.in_language("en"), check.filter(severity="error")):
        said += [repr(findings), findings._repr_html_(), str(list(findings))]
    for table in (check.table, check.quality, check.missing):
        said += [repr(table), table._repr_html_(), str(pa.table(table).to_pylist())]
    (tmp_path / "projekt.toml").write_text(PROJECT, encoding="utf-8")
    pl.DataFrame(ROWS).write_csv(tmp_path / "people.csv")
    for options in ([], ["--json", "--unprotected"], ["--lang", "en"]):
        arguments = [str(tmp_path / "projekt.toml"), f"people={tmp_path / 'people.csv'}"]
        assert main(["check", *arguments, "--as-of", AS_OF, *options]) == 0
        printed = capsys.readouterr()
        said += [printed.out, printed.err]
    said.append(caplog.text)
    assert all(text is not None for text in said)
    assert [text for text in said if CANARIES.search(text)] == []


def test_a_header_may_hold_anything_and_is_escaped():
    project = uf.Project.from_toml(PROJECT)
    hostile = '<script>alert("x")</script>'
    table = pa.table({**ROWS, hostile: ["namn@example.se"] * 4})
    check = project.check({"people": table}, AS_OF)
    page = check._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert Tags(page).tags <= {
        "table", "caption", "thead", "tbody", "tr", "th", "th[scope]", "td", "td[class]",
        "code", "div", "div[class]", "div[lang]", "style",
    }  # fmt: skip


# ── Findings as such ──


def test_findings_are_filtered_by_each_of_their_words(check):
    errors = check.filter(severity="error")
    assert (len(errors), errors.counts) == (7, {"error": 7})
    assert set(check.filter(family="register").codes) == {"undeclared_spelling"}
    both = check.filter(severity=["error", "note"], family="check", code=["repeated_id", "x"])
    assert both.codes == ["repeated_id"]
    assert check.filter(code="x").codes == []
    assert len(check.filter()) == len(check)
    with pytest.raises(uf.UtfallError) as caught:
        check.filter(severity="fatal")
    assert caught.value.code == "unknown_name"


def test_findings_speak_both_languages(check):
    swedish, english = check.language, check.in_language("en")
    assert (swedish, english.language) == ("sv", "en")
    assert check["sentence"] != english["sentence"]
    assert check.filter(code="rule_broken")["sentence"] == [
        "Regeln ”Ingen börjar två gånger” bryts på rad 1. Rätta källan, eller regeln."
    ]
    with pytest.raises(uf.UtfallError) as caught:
        check.in_language("de")
    assert caught.value.code == "unknown_name"


def test_findings_are_a_table_for_data_frames(check):
    frame = pl.DataFrame(check.table)
    assert frame.columns == [
        "code", "family", "severity", "subject", "register", "column", "indicator", "count",
        "rows", "facts", "sentence",
    ]  # fmt: skip
    assert frame.height == len(check)
    near = check.filter(code="near_spelling")
    assert [json.loads(facts)["spelling"] for facts in near["facts"]] == ["öst", "Kvinna"]


def test_text_fits_its_width(check):
    for width in (40, 72, 100):
        assert max(map(len, check.to_text(width=width).splitlines())) <= width


def test_no_findings_are_said_to_be_none():
    review = uf.Project.from_toml('schema = 1\nname = "Tomt"').review()
    assert (len(review), list(review), review.counts, repr(review)) == (0, [], {}, "Inga fynd.")
    assert review._repr_html_() == "<p>Inga fynd.</p>"


def test_shares_are_of_what_they_say(check):
    everybody = next(iter(check.quality))
    # Rows 1 and 4 have a text that no level declares or a rule broken, 2 a day before the project.
    assert (everybody["units"], everybody["valid"], everybody["complete"]) == (4, 1, 1)
    # Follow-ups of rows 1, 2 and 4 are due (three months after they left), and all have a score.
    assert (everybody["due"], everybody["timely"], everybody["timely_share"]) == (3, 3, 1.0)
    assert everybody["valid_share"] == 0.25


# ── Likes ──


@pytest.fixture(scope="module")
def likes():
    """Give the project Likes."""
    return uf.Project.read(LIKES / "likes.toml")


def test_the_review_of_likes_finds_what_its_report_shows(likes):
    review = likes.review()
    facts = {row["code"]: json.loads(row["facts"] or "{}") for row in review}
    assert facts["goals_not_specific"]["both"] == [1, 5]
    assert facts["goals_not_specific"]["neither"] == 3
    assert facts["claimed_unchanged"]["before"] == "at_least 0.5"
    assert facts["claimed_unchanged"]["after"] == "at_least 0.15"
    assert facts["target_groups_contradict"]["part"] == "Nyköping"
    assert facts["printed_outside_purpose"]["within"] == [90, 138]


def test_the_constructed_register_of_likes_has_no_error(likes):
    paths = {
        "participants": LIKES / "participants_constructed.csv",
        "staff": LIKES / "staff.csv",
    }
    check = likes.check(paths, AS_OF)
    assert len(check.filter(severity="error")) == 0
    facts = {row["code"]: json.loads(row["facts"] or "{}") for row in check}
    # The table of branches prints 66, 24, 19 and 29, and leaves out four.
    assert facts["outside_purpose"]["within"] == [90, 138]
    whole = next(iter(check.quality))
    assert (whole["due"], whole["timely"]) == (106, 97)


# ── Command line ──


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 0),
        (["--fail-on", "error"], 1),
        (["--fail-on", "error", "--severity", "note"], 1),
        (["--fail-on", "fatal"], 2),
        (["--severity", "fatal"], 2),
        (["extra"], 2),
    ],
)
def test_a_review_exits_as_it_is_asked_to(options, code, capsys):
    try:
        exited = main(["review", str(LIKES / "likes.toml"), *options])
    except SystemExit as exit_:  # argparse leaves by itself
        exited = exit_.code
    assert exited == code
    said = capsys.readouterr()
    assert bool(said.err) == (code == 2)


def test_a_review_is_printed_in_either_language_and_as_json(capsys):
    project = str(LIKES / "likes.toml")
    assert main(["review", project, "--severity", "error"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Likes (konstruerat register: inga verkliga personer)\n\n1 fel\n\nfel ")
    assert main(["review", project, "--severity", "error", "--lang", "en"]) == 0
    assert "\n1 error\n" in capsys.readouterr().out
    assert main(["review", project, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"project", "findings"}
    assert told["findings"][0]["code"] == "claimed_unchanged"
    assert told["findings"][0]["facts"]["claim"] == "goals_unchanged"


def test_a_check_is_printed_with_its_tables(capsys):
    arguments = ["check", str(LIKES / "reported.toml"), f"staff={LIKES / 'staff.csv'}"]
    assert main([*arguments, "--as-of", AS_OF, "--json", "--unprotected"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"unprotected", "project", "as_of", "quality", "missing", "findings"}
    assert [row["units"] for row in told["quality"]] == [22, 17, 5]
    assert main([*arguments, "--as-of", AS_OF, "--fail-on", "error"]) == 0
    assert "Inga fynd." in capsys.readouterr().out
    assert main([*arguments, "--as-of", "igår"]) == 2
    assert "[not_a_day]" in capsys.readouterr().err


def test_errors_of_a_check_are_those_of_an_evaluation(project):
    with pytest.raises(uf.RegisterError) as caught:
        project.check({"staff": pa.table(ROWS)}, AS_OF)
    assert caught.value.code == "register_not_declared"
    with pytest.raises(uf.RegisterError) as caught:
        project.check({"people": pa.table({"Id": ["1"]})}, AS_OF)
    assert caught.value.code == "missing_header"
    with pytest.raises(uf.RegisterError) as caught:
        project.check({"people": [1]}, AS_OF)
    assert caught.value.code == "not_a_table"
