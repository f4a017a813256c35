"""Errors: each code, with its class and its whole message; and no message with a value of a row."""

from __future__ import annotations

import datetime as dt
import json
import re
import traceback

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import test_diff
import test_disclosure
import test_publication
import test_read_refused
import test_receipt
import test_report
import test_statistics
from conftest import AS_OF, ROOT, ROWS

import utfall as uf
from utfall._command_line import main

HEAD = """schema = 1
name = "Case"
"""
REGISTER = (
    HEAD
    + """
[registers.people]
unit = "person"
columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
columns.completed = { header = "Fullföljd", type = "date" }
columns.months = { header = "Månader", type = "number" }
"""
)
INDICATOR = (
    REGISTER
    + """
[indicators.men]
kind = "share"
register = "people"
having = { gender = "man" }
"""
)
GOAL = (
    INDICATOR
    + """
[goals.men]
level = "individual"
tier = "sub"
indicator = "men"
"""
)


def target(promise):
    return f"{GOAL}targets = [{{ from = 2020-01-01, {promise} }}]\n"


# ── Project files: the code of the first fault, and every line that is said ──

PROJECT_FAULTS = {
    "no TOML": (
        HEAD + "goals = [",
        "not_toml",
        "line 3, column 10: not TOML: unclosed array, expected `]`",
    ),
    "a key that stands twice": (
        HEAD + 'name = "Again"',
        "not_toml",
        "line 3, column 1: not TOML: duplicate key",
    ),
    "an unknown key": (
        HEAD + 'ownr = "RAR"',
        "unknown_key",
        "line 3, column 1: unknown key `ownr`; did you mean `owner`?",
    ),
    "an unknown key like no other": (
        GOAL + 'xyz = "RAR"',
        "unknown_key",
        (
            "line 19, column 1: unknown key `xyz`; expected one of `sv`, `en`, `level`, `tier`, "
            "`indicator`, `targets`, `due_on`, `leads_to`, `source`, `scale`, `evidence`, "
            "`assumptions` and 2 more"
        ),
    ),
    "a missing key": (
        "schema = 1",
        "missing_key",
        "line 1, column 1: `name` is missing; it is required here",
    ),
    "a missing key of an indicator": (
        REGISTER + '[indicators.men]\nkind = "share"\nregister = "people"\n',
        "missing_key",
        "line 9, column 13: `having` is missing; it is required here",
    ),
    "another type": (
        "schema = 1\nname = 7",
        "wrong_type",
        "line 2, column 1: expected text, found a whole number",
    ),
    "a day that no month has": (
        HEAD + 'first_day = "2022-02-30"',
        "wrong_type",
        "line 3, column 1: expected a date like 2022-06-30, found the text `2022-02-30`",
    ),
    "a time where a day belongs": (
        HEAD + "first_day = 2022-01-01T12:00:00",
        "wrong_type",
        "line 3, column 1: expected a date like 2022-06-30, found a time of day",
    ),
    "an unknown word": (
        GOAL.replace('"individual"', '"personal"'),
        "unknown_word",
        (
            "line 16, column 1: `personal` is none of the words that may stand here; "
            "expected one of `individual`, `organisation`, `structure`"
        ),
    ),
    "an unknown level in a condition": (
        INDICATOR.replace('= "man" }', '= "mann" }'),
        "unknown_name",
        "line 13, column 12: there is no level `mann`; did you mean `man`?",
    ),
    "an unknown level like no other": (
        INDICATOR.replace('= "man" }', '= "boy" }'),
        "unknown_name",
        "line 13, column 12: there is no level `boy`; expected one of `woman`, `man`",
    ),
    "an unknown register": (
        INDICATOR.replace('register = "people"', 'register = "peple"'),
        "unknown_name",
        "line 12, column 1: there is no register `peple`; did you mean `people`?",
    ),
    "a word of conditions as a name": (
        REGISTER + 'columns.any = { header = "X", type = "flag" }',
        "reserved_name",
        (
            "line 9, column 9: `any` is a word of conditions and cannot be the name of a column; "
            "choose another name"
        ),
    ),
    "a column of figures as a name": (
        REGISTER + 'columns.value = { header = "X", type = "flag" }',
        "reserved_name",
        (
            "line 9, column 9: `value` is a column of `figures` and cannot be the name of a "
            "column; choose another name"
        ),
    ),
    "a name with a space": (
        REGISTER + 'columns."two words" = { header = "X", type = "flag" }',
        "invalid_name",
        (
            "line 9, column 9: `two words` cannot be a name; "
            "use letters, digits, `_` and `-`, with a letter first"
        ),
    ),
    "one spelling on two levels": (
        HEAD
        + """
[registers.people]
unit = "person"
[registers.people.columns.gender]
header = "Kön"
type = "level"
levels.woman = { sv = "Kvinnor", spellings = ["K"] }
levels.man = { sv = "Karlar", spellings = [" K"] }
""",
        "ambiguous_spelling",
        (
            "line 10, column 8: `K` stands for both `woman` and `man`; "
            "a text may stand for one level only"
        ),
    ),
    "a level that stands twice": (
        REGISTER.replace('["woman", "man"]', '["woman", "man", "man"]'),
        "conflict",
        "line 6, column 78: the level `man` stands twice; leave one out",
    ),
    "a circle of likes": (
        HEAD
        + """
[registers.one]
unit = "person"
columns.gender = { like = "two.gender" }
[registers.two]
unit = "person"
columns.gender = { like = "one.gender" }
""",
        "cycle",
        (
            "line 6, column 20: `one.gender` → `two.gender` → `one.gender` leads back to itself; "
            "break the circle"
        ),
    ),
    "a circle of goals": (
        HEAD
        + """
[goals.work]
level = "individual"
tier = "sub"
leads_to = ["studies"]
[goals.studies]
level = "individual"
tier = "sub"
leads_to = ["work"]
""",
        "cycle",
        "line 7, column 1: `work` → `studies` → `work` leads back to itself; break the circle",
    ),
    "a version of the format to come": (
        'schema = 2\nname = "Case"',
        "out_of_range",
        (
            "line 1, column 1: 2 is not a version of the file format that this release reads; "
            "did you mean 1?"
        ),
    ),
    "a percentage as the target of a share": (
        target("at_least = 70"),
        "target_out_of_range",
        "line 19, column 33: 70 is not a share from 0 to 1; did you mean 0.70?",
    ),
    "a percentage with decimals": (
        target("at_least = 72.5"),
        "target_out_of_range",
        "line 19, column 33: 72.5 is not a share from 0 to 1; did you mean 0.725?",
    ),
    "a share of more than all": (
        target("at_least = 1.7"),
        "target_out_of_range",
        "line 19, column 33: 1.7 is not a share from 0 to 1",
    ),
    "a share of more than a hundred": (
        target("between = [0.5, 170]"),
        "target_out_of_range",
        "line 19, column 33: 170 is not a share from 0 to 1",
    ),
    "a share below nothing": (
        target("at_most = -0.1"),
        "target_out_of_range",
        "line 19, column 33: -0.1 is not a share from 0 to 1",
    ),
    "revisions out of order": (
        (
            f"{GOAL}targets = [\n{{ from = 2020-09-01, at_least = 0.5 }},\n"
            "{ from = 2020-01-01, at_least = 0.15 },\n]"
        ),
        "revisions_out_of_order",
        (
            "line 21, column 3: the version from 2020-01-01 stands after the one from 2020-09-01 "
            "or on the same day; put versions in order, one a day"
        ),
    ),
    "a target that promises two things": (
        target("at_least = 0.5, at_most = 0.7"),
        "conflict",
        (
            "line 19, column 49: a target promises one thing; "
            "keep one of at_least, at_most, between, all, exists"
        ),
    ),
    "a target that promises nothing": (
        target('why = "so"'),
        "missing_key",
        (
            "line 19, column 12: `at_least` is missing; "
            "a target needs one of at_least, at_most, between, all, exists"
        ),
    ),
    "a follow-up after a column that is no date": (
        INDICATOR + 'follow_up = { after = "months", months = 3 }',
        "wrong_type",
        (
            "line 14, column 15: expected a column of type date, found `months`, "
            "a column of type number"
        ),
    ),
    "a window without the day of the observation": (
        INDICATOR + 'follow_up = { after = "completed", months = 3, window_days = [14, 30] }',
        "missing_key",
        (
            "line 14, column 1: `observed_on` is missing; "
            "a window needs the column with the day of the observation"
        ),
    ),
    "a last day before the first": (
        HEAD + "first_day = 2022-01-01\nlast_day = 2021-01-01",
        "conflict",
        "line 4, column 1: `last_day` lies before `first_day`; exchange them or correct one",
    ),
    "weights of persons": (
        REGISTER.replace('unit = "person"', 'unit = "person"\nperson = "Id"\nweight = "Antal"'),
        "conflict",
        "line 7, column 1: `weight` and `person` do not go together: a row of counts is no person",
    ),
    "columns of one name that differ": (
        REGISTER
        + '[registers.staff]\nunit = "person"\ncolumns.gender = { header = "Kön", type = "flag" }',
        "unlike_columns",
        (
            "line 11, column 9: column `gender` is declared otherwise in register `people`; "
            'one name has one declaration, write `like = "people.gender"`'
        ),
    ),
}


@pytest.mark.parametrize("name", PROJECT_FAULTS)
def test_a_fault_of_a_project_file_is_told_whole(name):
    text, code, told = PROJECT_FAULTS[name]
    with pytest.raises(uf.ProjectError) as caught:
        uf.Project.from_toml(text)
    assert str(caught.value) == f"project file, {told}"
    assert caught.value.code == code


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path):
    path = tmp_path / "projekt.toml"
    path.write_text(
        """schema = 1
nam = "Case"
[registers.people]
unit = 3
columns.gender = { header = "Kön", type = "lvel", levels = ["woman"] }
[indicators.women]
kind = "share"
register = "people"
having = { gender = "woman" }
[goals.women]
level = "individual"
tier = "sub"
indicator = "wmen"
""",
        encoding="utf-8",
    )
    with pytest.raises(uf.ProjectError) as caught:
        uf.Project.read(path)
    assert caught.value.code == "missing_key"
    assert str(caught.value).splitlines() == [
        "projekt.toml, line 1, column 1: `name` is missing; it is required here",
        "projekt.toml, line 2, column 1: unknown key `nam`; did you mean `name`?",
        "projekt.toml, line 4, column 1: expected text, found a whole number",
        (
            "projekt.toml, line 5, column 36: `lvel` is none of the words that may stand here; "
            "did you mean `level`?"
        ),
        "projekt.toml, line 13, column 1: there is no indicator `wmen`; did you mean `women`?",
    ]


JSON_FAULTS = {
    "no JSON": (
        '{"schema": 1,',
        "not_json",
        ", line 1, column 13: not JSON: EOF while parsing a value",
    ),
    "a key that stands twice": (
        '{"schema": 1, "name": "Case", "name": "Again"}',
        "not_json",
        ", line 1, column 46: not JSON: the key `name` stands twice",
    ),
    "an unknown key": (
        '{"schema": 1, "name": "Case", "ownr": "RAR"}',
        "unknown_key",
        ", at `ownr`: unknown key `ownr`; did you mean `owner`?",
    ),
    "a list": ("[]", "wrong_type", ": expected a table, found a list"),
    "a day that no year has": (
        (
            '{"schema": 1, "name": "Case", "goals": {"men": {"level": "individual", "tier": "sub", '
            '"targets": [{"from": "2020-13-01", "exists": true}]}}}'
        ),
        "wrong_type",
        (
            ", at `goals.men.targets[0].from`: expected a date like 2022-06-30, "
            "found the text `2020-13-01`"
        ),
    ),
}


@pytest.mark.parametrize("name", JSON_FAULTS)
def test_a_fault_of_a_json_file_is_told_by_its_key_path(name):
    text, code, told = JSON_FAULTS[name]
    with pytest.raises(uf.ProjectError) as caught:
        uf.Project.from_json(text)
    assert str(caught.value) == f"project file{told}"
    assert caught.value.code == code


def test_a_project_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(uf.UtfallError) as caught:
        uf.Project.read(tmp_path / "projekt.toml")
    assert caught.value.code == "unreadable_file"
    assert str(caught.value) == "`projekt.toml` cannot be read: No such file or directory"


def test_a_project_file_that_is_not_utf8_is_told(tmp_path):
    path = tmp_path / "projekt.toml"
    path.write_text('schema = 1\nname = "Södertälje"', encoding="cp1252")
    with pytest.raises(uf.UtfallError) as caught:
        uf.Project.read(path)
    assert caught.value.code == "not_utf8"
    assert str(caught.value) == "`projekt.toml` is not UTF-8; save it as UTF-8"


# ── Registers ──

STAFF = (
    HEAD
    + """
[registers.staff]
unit = "person"
weight = "Antal"
columns.gender = { header = "Kön", type = "level", levels = ["K", "M"] }
[indicators.men]
kind = "share"
register = "staff"
having = { gender = "M" }
[registers.others]
unit = "person"
columns.gender = { like = "staff.gender" }
[indicators.other_men]
kind = "share"
register = "others"
having = { gender = "M" }
"""
)


def weights(*numbers, kind=None):
    return lambda: pa.table({"Kön": ["K"] * len(numbers), "Antal": pa.array(numbers, kind)})


def broken():
    batch = pa.record_batch({"Kön": ["K"], "Antal": [1]})

    def batches():
        yield batch
        message = "row 2 is Anna Andersson"
        raise ValueError(message)

    return pa.RecordBatchReader.from_batches(batch.schema, batches())


REGISTER_FAULTS = {
    "a missing header": (
        lambda: pa.table({"Kon": ["K"], "Antal": [1]}),
        "missing_header",
        (
            "no column has the header `Kön` (`Kon` is near it); the table has 2 columns; "
            'declare a column that the source lacks with `absent = "why"`'
        ),
    ),
    "a table without columns": (
        lambda: pa.table({}),
        "missing_header",
        (
            "no column has the header `Antal`, `Kön`; the table has 0 columns; "
            'declare a column that the source lacks with `absent = "why"`'
        ),
    ),
    "two headers alike": (
        lambda: pa.Table.from_arrays([["K"], ["M"], [1]], ["Kön", "Kön ", "Antal"]),
        "repeated_header",
        "two columns have the header `Kön`; rename one",
    ),
    "a date among levels": (
        lambda: pa.table({"Kön": [dt.date(2022, 1, 1)], "Antal": [1]}),
        "wrong_type",
        "column `Kön` holds dates, expected levels; convert it before handing the table over",
    ),
    "a weight as text": (
        weights("17", "5"),
        "wrong_type",
        (
            "column `Antal` holds text, expected whole numbers; "
            "convert it before handing the table over"
        ),
    ),
    "no weight": (
        weights(17, None, 5),
        "weight_null",
        "column `Antal` of weights is empty in row 2; write 0 for no units",
    ),
    "no weight, in pandas": (
        lambda: pd.DataFrame({"Kön": ["K"] * 3, "Antal": [17, None, 5]}),
        "weight_null",
        "column `Antal` of weights is empty in row 2; write 0 for no units",
    ),
    "no weight in many rows": (
        weights(*[None] * 12, kind=pa.int64()),
        "weight_null",
        "column `Antal` of weights is empty in rows 1, 2, 3 and 9 more; write 0 for no units",
    ),
    "a weight that is NaN": (
        lambda: pl.DataFrame({"Kön": ["K", "M"], "Antal": [float("nan"), 5.0]}),
        "weight_not_a_number",
        "column `Antal` of weights is not a number (NaN) in row 1; write 0 for no units",
    ),
    "a negative weight": (
        weights(17, -1, -2),
        "weight_negative",
        "column `Antal` of weights is negative in rows 2, 3; a row stands for 0 or more units",
    ),
    "a negative infinite weight": (
        weights(17.0, float("-inf")),
        "weight_negative",
        "column `Antal` of weights is negative in row 2; a row stands for 0 or more units",
    ),
    "a fractional weight": (
        weights(17.0, 0.5),
        "weight_fractional",
        "column `Antal` of weights is no whole number in row 2; a row stands for whole units",
    ),
    "a weight too large to count": (
        weights(17.0, 1e300),
        "weight_overflow",
        "column `Antal` of weights is larger than can be counted exactly in row 2",
    ),
    "weights too large together": (
        weights(2**62, 2**62),
        "weight_overflow",
        "the weights together are more than can be counted (2^63)",
    ),
    "a producer that fails": (
        broken,
        "broken_stream",
        (
            "the table's producer failed while it handed over its rows; "
            "try to read the whole table by itself first"
        ),
    ),
    "what is no table": (
        lambda: {"Kön": ["K"]},
        "not_a_table",
        (
            "a dict is no table that can be read; "
            "make a table of it: pyarrow.table(...) or polars.DataFrame(...)"
        ),
    ),
}


@pytest.mark.parametrize("name", REGISTER_FAULTS)
def test_a_fault_of_a_register_is_told_whole(name):
    make, code, told = REGISTER_FAULTS[name]
    with pytest.raises(uf.RegisterError) as caught:
        uf.Project.from_toml(STAFF).evaluate({"staff": make()}, AS_OF)
    assert str(caught.value) == f"register `staff`: {told}"
    assert caught.value.code == code


IDS = {
    "two alike": (["A", "B", "C", "A"], "row 1 and row 4"),
    "three alike": (["A", "B", "A", "A"], "row 1 and rows 3, 4"),
    "alike but for spaces": (["A", "B", " A "], "row 1 and row 3"),
    "numbers": ([17, 18, 17], "row 1 and row 3"),
    "two pairs": (["A", "B", "B", "A"], "row 2 and rows 3, 4"),
}


# 811218-9876 is the example of the Swedish Tax Agency, of nobody.
@pytest.mark.parametrize("number", ["811218-9876", "198112189876", " 19811218-9876 "])
def test_identity_numbers_stop_the_reading(number, project, table):
    position = table.schema.get_field_index("Kön")
    genders = [*table["Kön"].to_pylist()[:-1], number]
    marked = table.set_column(position, "Kön", pa.array(genders, pa.string()))
    with pytest.raises(uf.RegisterError) as caught:
        project.evaluate({"participants": marked}, AS_OF)
    assert caught.value.code == "identity_numbers"
    assert number.strip() not in str(caught.value)
    assert f"in row {len(genders)};" in str(caught.value)


@pytest.mark.parametrize("name", IDS)
def test_a_person_in_two_rows_is_told_by_the_rows(name, project, table):
    ids, rows = IDS[name]
    repeated = table.slice(0, len(ids)).set_column(0, "Deltagare", pa.array(ids))
    with pytest.raises(uf.RegisterError) as caught:
        project.evaluate({"participants": repeated}, AS_OF)
    assert caught.value.code == "repeated_person"
    assert str(caught.value) == (
        f"register `participants`: {rows} hold the same `Deltagare`, expected one row per person; "
        'drop the repeats, or declare `unit = "enrolment"` to count enrolments'
    )


def test_a_register_that_is_not_declared_is_told():
    with pytest.raises(uf.RegisterError) as caught:
        uf.Project.from_toml(STAFF).evaluate({"personal": pa.table({})}, AS_OF)
    assert caught.value.code == "register_not_declared"
    assert str(caught.value) == (
        "register `personal` is not declared; the project declares `staff`, `others`"
    )


def test_figures_of_a_register_that_is_not_given_are_not_computable():
    evaluation = uf.Project.from_toml(STAFF).evaluate({"staff": weights(17, 5)()}, AS_OF)
    given, left_out = evaluation["men"], evaluation["other_men"]
    assert (given.state, given.value) == ("value", 0.0)
    assert (left_out.state, left_out.reason) == ("not_computable", "register_not_given")
    assert (left_out.units, left_out.value, left_out.bound_low) == (None, None, None)


# ── What is asked for ──

ASKED = {
    "an as_of that is no day": (
        lambda project, table: project.evaluate({"participants": table}, "2022-06-31"),
        "not_a_day",
        "`2022-06-31` is not a day; write `as_of` like 2022-06-30",
    ),
    "an as_of in another order": (
        lambda project, table: project.evaluate({"participants": table}, "30/6 2022"),
        "not_a_day",
        "`30/6 2022` is not a day; write `as_of` like 2022-06-30",
    ),
    "a column that nobody declares": (
        lambda project, table: project.evaluate({"participants": table}, AS_OF, by=["age"]),
        "unknown_by_column",
        (
            "no register has a column of levels `age` to cross figures by; "
            "there are `active`, `gender`, `step`"
        ),
    ),
    "a column that is a date": (
        lambda project, table: project.evaluate({"participants": table}, AS_OF, by=[["completed"]]),
        "unknown_by_column",
        (
            "no register has a column of levels `completed` to cross figures by; "
            "there are `active`, `gender`, `step`"
        ),
    ),
    "a level of confidence in percent": (
        lambda project, table: project.evaluate({"participants": table}, AS_OF, level=95),
        "level_out_of_range",
        "95 is not a level of confidence; write a fraction between 0 and 1, such as 0.95",
    ),
    "an indicator that is not there": (
        lambda project, table: project.evaluate({"participants": table}, AS_OF)["mn"],
        "unknown_name",
        "there is no indicator `mn`; did you mean `men`?",
    ),
    "an indicator like no other": (
        lambda project, table: project.evaluate({"participants": table}, AS_OF)["xyz"],
        "unknown_name",
        "there is no indicator `xyz`; there are participants, men, far, followed_up, long",
    ),
    "a goal that is not there": (
        lambda project, table: project.evaluate({"participants": table}, AS_OF).goal("mens"),
        "unknown_name",
        "there is no goal `mens`; did you mean `men`?",
    ),
    "a language that is not there": (
        lambda project, table: project.evaluate({"participants": table}, AS_OF).to_text("fi"),
        "unknown_name",
        "there is no language `fi`; there are sv, en",
    ),
    "groups that are not there": (
        lambda project, table: project.evaluate({"participants": table}, AS_OF)["men"].by("step"),
        "unknown_name",
        "`men` is not crossed by step; crossed columns are gender; evaluate with by=['step']",
    ),
    "no tallies": (
        lambda *_: uf.Tally.merge([]),
        "unknown_name",
        "there is no tally to merge; hand over at least one",
    ),
    "tallies of two days": (
        lambda project, table: uf.Tally.merge(
            [project.tally({"participants": table}, day) for day in ("2022-06-29", AS_OF)]
        ),
        "unlike_tallies",
        (
            "the tallies are not of one day; "
            "count all parts with the same project file, day and crossing"
        ),
    ),
    "bytes of something else": (
        lambda *_: uf.Tally.from_bytes(b"PK"),
        "broken_tally",
        "the bytes cannot be read as a tally: they are no tally; write the tally anew",
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_cannot_be_given_is_told_whole(name, project, table):
    ask, code, told = ASKED[name]
    with pytest.raises(uf.UtfallError) as caught:
        ask(project, table)
    assert type(caught.value) is uf.UtfallError
    assert str(caught.value) == told
    assert caught.value.code == code


def test_more_columns_than_can_be_crossed_are_told():
    columns = [f"column_{number}" for number in range(40)]
    declared = [f'columns.{name} = {{ header = "{name}", type = "flag" }}' for name in columns]
    project = uf.Project.from_toml("\n".join([HEAD, "[registers.wide]", 'unit = "row"', *declared]))
    rows = pa.table({name: [True] for name in columns})
    with pytest.raises(uf.UtfallError) as caught:
        project.evaluate({"wide": rows}, AS_OF, by=columns)
    assert caught.value.code == "too_many_columns"
    told = re.fullmatch(
        "40 columns make more tables than can be listed; cross at most ([0-9]+), "
        "or name the tables as a list of lists",
        str(caught.value),
    )
    assert told
    assert int(told[1]) < 40


def test_one_column_may_be_named_without_a_list(project, table):
    """A text is a sequence of letters; nobody means those."""
    found, expected = (
        list(project.evaluate({"participants": table}, AS_OF, by=by).figures)
        for by in ("step", ["step"])
    )
    assert found == expected


# ── All of them ──


def test_every_error_is_a_value_error_with_a_code():
    for kind in (uf.UtfallError, uf.ProjectError, uf.RegisterError):
        error = kind("what is wrong", "a_code")
        assert isinstance(error, uf.UtfallError)
        assert isinstance(error, ValueError)
        assert (str(error), error.code) == ("what is wrong", "a_code")


# Codes of files are raised in test_csv.py and test_read_refused.py, the one of a register argument in test_command_line.py,
# that of unprotected JSON in test_diff.py.
ELSEWHERE = {
    "uneven_rows",
    "empty_file",
    "empty_folder",
    "other_kind_of_file",
    "not_a_register",
    "unprotected",
}

# Codes of `utfall new` are raised in test_new.py.
ELSEWHERE |= {"wrong_answer", "file_exists", "unwritable_file"}

# Python hands over no table whose columns differ in length, and has its own word for Ctrl-C.
UNREACHABLE = {"uneven_columns", "stopped"}
# A table that cannot be rounded has more dimensions than a test should take.
UNREACHABLE |= {"no_rounding"}


def test_every_code_is_raised():
    """The codes that the sources name, and those that the tests of this folder raise."""
    raised = {code for _, code, _ in [*PROJECT_FAULTS.values(), *JSON_FAULTS.values()]}
    raised |= {code for _, code, _ in [*REGISTER_FAULTS.values(), *ASKED.values()]}
    raised |= {code for _, code, _ in test_statistics.REFUSED.values()}
    raised |= {code for _, code, _ in test_disclosure.REFUSED.values()}
    raised |= {code for _, code, _ in test_report.REFUSED.values()}
    raised |= test_publication.REFUSED
    raised |= {"unreadable_file", "not_utf8", "repeated_person", "register_not_declared"}
    raised |= {"identity_numbers"}
    raised |= {"too_many_columns"} | ELSEWHERE
    raised |= {code for _, code, _ in test_diff.REFUSED.values()}
    raised |= {code for _, code, _ in test_receipt.REFUSED.values()}
    raised |= {code for _, _, code, _ in test_read_refused.REFUSED.values()}
    assert codes_of_the_sources() - UNREACHABLE == raised


def codes_of_the_sources():
    core = ROOT / "crates" / "utfall" / "src"
    arrow = ROOT / "crates" / "utfall-arrow" / "src"
    python = (ROOT / "python" / "utfall").rglob("*.py")
    kinds = (core / "error.rs", core / "project" / "fault.rs", core / "stats" / "error.rs")
    kinds += (core / "disclosure" / "error.rs",)
    readers = (arrow / "input.rs", *(arrow / "file").rglob("*.rs"))
    found = set()
    for paths, pattern in [
        (kinds, r'Self::\w+(?: \{ \.\. \})?(?:\s*\|\s*Self::\w+(?: \{ \.\. \})?)* => "(\w+)"'),
        (readers, r'(?:Fault::new\(|unreadable\(register, |code: )\s*"(\w+)"'),
        (python, r'(?:UtfallError|RegisterError|ProjectError)\(message, "(\w+)"\)'),
        ([ROOT / "crates" / "utfall-python" / "src" / "statistics" / "mod.rs"], r'"(\w+_\w+)"\)'),
    ]:
        for path in paths:
            found |= set(re.findall(pattern, path.read_text(encoding="utf-8")))
    return found


# ── No value of a row in anything that is said ──

TEXT, NUMBER, DAY = "KANARIE", 739_173_917, dt.date(2097, 11, 29)
CANARIES = re.compile("KANARIE|739.?173.?917|2097|97.?11.?29")

DECLARED = """
schema = 1
name = "Kanariefåglar"

[registers.people]
unit = "person"
person = "Id"
by = ["part", "scale", "flag", "child"]
columns.part = { header = "Del", type = "level", levels = ["a", "b"] }
columns.scale = { header = "Skala", type = "ordinal", levels = ["1", "2"] }
columns.flag = { header = "Ja", type = "flag" }
columns.day = { header = "Dag", type = "date" }
columns.number = { header = "Tal", type = "number" }
columns.child = { header = "Barn", type = "level", parent = "part", levels.x = { parent = "a" } }

[indicators.followed_up]
kind = "share"
register = "people"
having = { flag = true }
follow_up = { after = "day", months = 3 }

[goals.followed_up]
level = "individual"
tier = "sub"
indicator = "followed_up"
targets = [{ from = 2020-01-01, at_least = 0.5 }]
"""


def canaries():
    """Give rows that are found fault with in every column, and yet can be evaluated."""
    return {
        "Id": [None, f"{TEXT} 1", f"{TEXT} 2"],
        "Del": [f"{TEXT} del", "b", "b"],
        "Skala": [f"{TEXT} skala", str(NUMBER), None],
        "Ja": [f"{TEXT} ja", "ja", str(NUMBER)],
        "Dag": [DAY, dt.date(2022, 6, 1), DAY],
        "Tal": [float(NUMBER), float("inf"), float(NUMBER)],
        "Barn": ["x", "x", f"{TEXT} barn"],
        "Annat": [f"{TEXT} annat"] * 3,
    }


def spoken(error):
    """Give everything that an error can print of itself."""
    parts = [str(error), repr(error), repr(error.args), repr(vars(error))]
    return "\n".join([*parts, *traceback.format_exception(error)])


def test_no_finding_and_no_display_holds_a_value_of_a_row():
    project = uf.Project.from_toml(DECLARED)
    evaluation = project.evaluate({"people": pa.table(canaries())}, AS_OF)
    assert {row["code"] for row in evaluation.findings} == {
        "undeclared_spelling",
        "off_scale",
        "missing_id",
        "future_date",
        "contradictory_parent",
        "known_before_due",
    }
    said = [repr(evaluation), evaluation._repr_html_(), repr(evaluation["followed_up"])]
    said += [evaluation.to_text(language) for language in ("sv", "en")]
    said += [str(evaluation.sentences(language)) for language in ("sv", "en")]
    for table in (
        evaluation.figures,
        evaluation.verdicts,
        evaluation.findings,
        evaluation.overlap,
    ):
        said += [repr(table), table._repr_html_(), str(pa.table(table).to_pylist())]
    tally = project.tally({"people": pa.table(canaries())}, AS_OF)
    said += [repr(tally), str(tally.to_bytes())]
    assert [text for text in said if CANARIES.search(text)] == []


def test_the_command_line_says_no_value_of_a_row(tmp_path, capsys):
    (tmp_path / "projekt.toml").write_text(DECLARED, encoding="utf-8")
    rows = {**canaries(), "Tal": [NUMBER] * 3}  # a file has no infinite number
    pl.DataFrame(rows).write_csv(tmp_path / "people.csv")
    for options in ([], ["--json"], ["--lang", "en"]):
        project, register = tmp_path / "projekt.toml", tmp_path / "people.csv"
        arguments = ["evaluate", str(project), f"people={register}", "--as-of", AS_OF, *options]
        code = main(arguments)
        said = capsys.readouterr()
        assert code == 0, said.err
        assert not CANARIES.search(said.out + said.err)


FAULTY = {
    "a repeated id": ("Id", [f"{TEXT} 1"] * 3),
    "ids that are dates": ("Id", [DAY] * 3),
    "levels that are dates": ("Del", [DAY] * 3),
    "levels in lists": ("Del", [[TEXT]] * 3),
    "levels in structs": ("Del", [{"x": TEXT}] * 3),
    "flags that are dates": ("Ja", [DAY] * 3),
    "dates as text": ("Dag", [f"{TEXT} 2097-11-29"] * 3),
    "dates as numbers": ("Dag", [NUMBER] * 3),
    "numbers as text": ("Tal", [TEXT] * 3),
    "numbers that are dates": ("Tal", [DAY] * 3),
    "a header that is missing": ("Tall", [TEXT] * 3),
}


@pytest.mark.parametrize("name", FAULTY)
def test_no_error_holds_a_value_of_a_row(name):
    header, cells = FAULTY[name]
    rows = canaries()
    rows["Tal" if header == "Tall" else header] = cells
    if header == "Tall":
        rows["Tall"] = rows.pop("Tal")
    with pytest.raises(uf.RegisterError) as caught:
        uf.Project.from_toml(DECLARED).evaluate({"people": pa.table(rows)}, AS_OF)
    assert not CANARIES.search(spoken(caught.value))


@pytest.mark.parametrize("weight", [-NUMBER, NUMBER + 0.5, None, NUMBER * 10.0**12, TEXT, DAY])
def test_no_error_about_a_weight_holds_it(weight):
    rows = pa.table({"Kön": [TEXT], "Antal": [weight]})
    with pytest.raises(uf.RegisterError) as caught:
        uf.Project.from_toml(STAFF).evaluate({"staff": rows}, AS_OF)
    assert not CANARIES.search(spoken(caught.value))


def test_no_error_holds_what_a_producer_says():
    with pytest.raises(uf.RegisterError) as caught:
        uf.Project.from_toml(STAFF).evaluate({"staff": broken()}, AS_OF)
    assert "Anna" not in spoken(caught.value)


CSV = "Id,Del,Skala,Ja,Dag,Tal,Barn\n"
FAULTY_FILES = {
    "a text in a date column": f"{CSV}1,a,1,ja,{TEXT},1,x\n",
    "a text in a number column": f"{CSV}1,a,1,ja,2022-01-01,{TEXT},x\n",
    "a repeated id": f"{CSV}{TEXT},a,1,ja,,1,x\n{TEXT},a,1,ja,,1,x\n",
    "a short row": f"{CSV}{TEXT},a\n",
    "a long row": f"{CSV}1,a,1,ja,,1,x,{TEXT}\n",
    "a row in another encoding": f"{CSV}å,a,1,ja,,1,x\n".encode()
    + f"{TEXT}ö,a,1,ja,,1,x\n".encode("cp1252"),
    "an encoding that is not known": f"{CSV}{TEXT}\x81,a,1,ja,,1,x\n".encode("latin-1"),
    "an order that is not declared": f"{CSV}1,a,1,ja,29/11/2097,1,x\n",
    "a decimal comma and a point": f'{CSV}1,a,1,ja,,"1,5",x\n2,a,1,ja,,1.5,x\n',
    "a comma that may be either": f'{CSV}1,a,1,ja,,"739,173",x\n',
    "an open quote": f'{CSV}"{TEXT},a,1,ja,,1,x\n2,a,1,ja,,1,x\n',
    "no header": f"{TEXT},a,1,ja,{DAY},{NUMBER},x\n",
    "a byte of nothing": f"{CSV}{TEXT}\x00,a,1,ja,,1,x\n",
}


@pytest.mark.parametrize("name", FAULTY_FILES)
def test_no_error_about_a_file_holds_a_value_of_a_row(name, tmp_path):
    content = FAULTY_FILES[name]
    path = tmp_path / "people.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(uf.RegisterError) as caught:
        uf.Project.from_toml(DECLARED).evaluate({"people": path}, AS_OF)
    assert not CANARIES.search(spoken(caught.value))


def test_json_of_a_project_holds_no_register(project, table):
    project.evaluate({"participants": table}, AS_OF)
    assert not set(json.loads(project.to_json())) & set(ROWS)
