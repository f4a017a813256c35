"""Explanations: the definition, every step with its count, the rule, and what could change it."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from conftest import AS_OF, ROOT

import utfall as uf
from utfall import _native

LIKES = ROOT / "examples" / "likes"


@pytest.fixture(scope="module")
def likes():
    project = uf.Project.read(LIKES / "likes.toml")
    registers = {
        "participants": LIKES / "participants_constructed.csv",
        "staff": LIKES / "staff.csv",
    }
    return project.evaluate(registers, AS_OF)


def test_a_share_is_explained_from_definition_to_what_could_change_it(likes):
    told = likes.explain("work_or_studies", "en")
    assert told.definition == (
        "Counted on the register `participants`; every row is a person.",
        "The population: `completed` is known.",
        "What is asked: `status_3m` is Work or Studies.",
        "Followed up 3\u00a0months after `completed`.",
    )
    # The README of the example: 66 of 97 observed, two short of 70 %, 9 missing and 10 not due.
    counts = {name: units for _, name, units in told.accounting}
    assert (counts["observed"], counts["meet the condition"]) == (97, 66)
    assert (counts["missing"], counts["not due yet"]) == (9, 10)
    assert "at least 70% of 97 observed, that is 68 or more; 66 meet" in told.verdicts[0]
    assert told.changes == (
        "Open: 9 missing and 10 not due yet.",
        # 66 of 106, and 75 of 106.
        "If none of the missing met the condition the outcome would be 62.3%, if all did 70.8%.",
        "With as many observed, 2 more would be needed.",
        "The verdict can still change, depending on how the open cases turn out.",
    )


@pytest.mark.parametrize("indicator", ["work_or_studies", "participants", "men"])
@pytest.mark.parametrize("group", [{}, {"gender": "man"}, {"gender": "man", "branch": "care"}])
def test_every_step_follows_from_the_ones_before(indicator, group, likes):
    """What is taken away from what was there is what remains."""
    left = None
    for sign, _, units in likes.explain(indicator, **group).accounting:
        if sign == "":
            left = units
        elif sign == "−":
            left -= units
        elif sign == "=":
            assert left == units
    figure = (
        likes[indicator].by(*group)[tuple(group.values()) if len(group) > 1 else "man"]
        if group
        else likes[indicator]
    )
    assert likes.explain(indicator, **group).accounting[-1][2] == figure.successes


def test_every_version_of_a_target_has_its_rule(likes):
    earlier, current = likes.explain("men").verdicts
    # 71 is half of 142; 22 is 15 % of 142, rounded up.
    assert "från 2020-01-01 minst 50\u00a0%" in earlier
    assert "71 eller fler" in earlier
    assert earlier.endswith("Bedömning: inte nått.")
    assert "beslutat av styrgruppen" in current
    assert "22 eller fler" in current
    assert current.endswith("Bedömning: nått.")


def test_a_group_is_not_judged(likes):
    told = likes.explain("work_or_studies", "en", gender="woman")
    assert told.title.endswith("· Women")
    assert told.verdicts == ()
    assert "groups are not judged by themselves" in told.changes[-1]


def test_what_was_not_given_is_said(likes):
    told = likes.project.evaluate({}, AS_OF).explain("work_or_studies")
    assert told.accounting == ()
    assert told.outcome == ("Utfallet kan inte beräknas: registret är inte lämnat.",)


@pytest.mark.parametrize(
    ("indicator", "group", "told"),
    [
        ("mn", {}, "there is no indicator `mn`; did you mean `men`?"),
        ("men", {"gender": "womn"}, "there is no group `womn`; did you mean `woman`?"),
        ("men", {"gendr": "woman"}, "`men` is not crossed by gendr"),
    ],
)
def test_a_name_that_there_is_not_is_told(indicator, group, told, likes):
    with pytest.raises(uf.UtfallError, match=told.replace("?", r"\?")) as raised:
        likes.explain(indicator, **group)
    assert raised.value.code == "unknown_name"


def test_headings_are_there_in_both_languages():
    swedish, english = map(_native.explanation_headings, ("sv", "en"))
    assert len(swedish) == len(english) == 5
    assert not set(swedish) & (set(english) - {"Definition"})


HOSTILE = "\u202e<img src=x onerror=alert(1)> [l](javascript:x) `|*_ | \x1b[31m" + "y" * 300


def test_hostile_names_are_harmless_in_every_form():
    project = uf.Project.from_json(
        json.dumps(
            {
                "schema": 1,
                "name": "Hostile",
                "registers": {
                    "people": {
                        "unit": HOSTILE,
                        "columns": {
                            "part": {
                                "header": "Part",
                                "type": "level",
                                "levels": {"a": {"sv": HOSTILE}, "b": {}},
                            }
                        },
                    }
                },
                "indicators": {
                    "ok": {
                        "sv": HOSTILE,
                        "kind": "share",
                        "register": "people",
                        "having": {"part": "a"},
                    }
                },
            }
        )
    )
    told = project.evaluate({"people": pa.table({"Part": ["a", "b"]})}, AS_OF).explain("ok")
    page, markdown, text = told._repr_html_(), told.to_markdown(), told.to_text(width=60)
    for shown in (page, markdown, text):
        assert "\u202e" not in shown
        assert "\x1b" not in shown
    assert "<img" not in page
    assert "<img" not in markdown
    assert "[l](" not in markdown
    assert all(len(line) <= 60 for line in text.splitlines()[1:])


KINDS = """
schema = 1
name = "Kinds"
first_day = 2022-01-01
last_day = 2022-06-30

[registers.people]
unit = "enrolment"
weight = "Antal"
columns.start = { header = "Start", type = "date" }
columns.work = { header = "Arbete", type = "date" }
columns.seen = { header = "Sedd", type = "date" }
columns.ill = { header = "Sjuk", type = "flag" }
columns.hours = { header = "Timmar", type = "number", decimals = 1 }
columns.cost = { header = "Kostnad", type = "number" }
columns.before = { header = "Före", type = "ordinal", levels = ["1", "2", "3"] }
columns.after = { header = "Efter", type = "ordinal", levels = ["1", "2", "3"] }
columns.again = { header = "Igen", type = "level", levels = { yes = { sv = "Ja" }, no = { sv = "Nej" } } }
columns.part = { header = "Del", type = "level", levels = ["Flen"] }

[indicators.sum]
kind = "sum"
register = "people"
column = "hours"
exclude = { ill = true }

[indicators.mean]
kind = "mean"
register = "people"
column = "hours"

[indicators.ratio]
kind = "ratio"
register = "people"
of_sum = "cost"
per = { having = { ill = false } }

[indicators.moved]
kind = "change"
register = "people"
items = [{ from = "before", to = "after" }]

[indicators.time]
kind = "incidence"
register = "people"
after = "start"
events = { work = "work" }
horizons = [{ days = 90 }]

[indicators.months]
kind = "coverage"
register = "people"
month = "start"
of_each = ["part"]
having = { ill = false }

[indicators.asked]
kind = "survey"
register = "people"
items = ["again"]
favourable = ["yes"]

[indicators.late]
kind = "share"
register = "people"
having = { ill = true }
follow_up = { after = "start", days = 30, observed_on = "seen", window_days = [5, 10] }

[goals.late]
level = "individual"
tier = "sub"
sv = "Högst en tiondel"
indicator = "late"
targets = [{ from = 2022-01-01, at_most = 0.1, tolerance = 0.05 }]
"""

# What follows the sentence on the register, in Swedish.
DEFINITIONS = {
    "sum": [
        "Populationen: alla i registret.",
        "Undantas: `ill` är ja.",
        "Värdet är summan av `hours`.",
    ],
    "mean": ["Populationen: alla i registret.", "Värdet är medelvärdet av `hours`."],
    "ratio": [
        "Populationen: alla i registret.",
        "Värdet är summan av `cost` delad med antalet för vilka `ill` är nej.",
    ],
    "moved": [
        "Populationen: alla i registret.",
        "Det som frågas: minst 1 steg framåt, mätt i `before` → `after`.",
    ],
    "time": [
        "Populationen: alla i registret.",
        (
            "Värdet är andelen med work inom 90\u00a0dagar efter `start`, beräknad enligt Aalen och "
            "Johansen (1978) så att de som ännu följs också räknas."
        ),
    ],
    "months": [
        "Populationen: alla i registret.",
        "Värdet är andelen månader (`start`) och delar (`part`) med minst en rad där `ill` är nej.",
    ],
    "asked": [
        "Populationen: alla i registret.",
        "Det som frågas: svaret är Ja, på `again`; varje svar räknas för sig.",
    ],
    "late": [
        "Populationen: alla i registret.",
        "Det som frågas: `ill` är ja.",
        (
            "Följs upp 30\u00a0dagar efter `start`; observationen (`seen`) räknas från 5 dagar före till "
            "10 dagar efter den dagen."
        ),
    ],
}


@pytest.mark.parametrize("indicator", DEFINITIONS)
def test_every_kind_is_defined_in_words(indicator):
    evaluation = uf.Project.from_toml(KINDS).evaluate({}, AS_OF)
    register, *told = evaluation.explain(indicator).definition
    assert (
        register == "Räknas på registret `people`: varje rad står för så många som `Antal` säger."
    )
    assert told == DEFINITIONS[indicator]
    english = evaluation.explain(indicator, "en")
    assert len(english.definition) == len(told) + 1
    assert not set(told) & set(english.definition)


def test_a_ceiling_has_its_rule_and_tolerance():
    project = uf.Project.from_toml(
        KINDS.replace(', observed_on = "seen", window_days = [5, 10]', "")
    )
    columns = ("Arbete", "Sedd", "Timmar", "Kostnad", "Före", "Efter", "Igen", "Del")
    rows = {name: pa.nulls(2) for name in columns}
    rows |= {"Antal": [2, 18], "Sjuk": [True, False]}
    rows["Start"] = pa.array(["2022-01-10", "2022-01-10"]).cast(pa.date32())
    told = project.evaluate({"people": pa.table({**rows, "Antal": [3, 17]})}, AS_OF).explain("late")
    # A tenth of 20 is 2; 3 are ill, a share of 15 %, and 5 percentage points are nearly met.
    assert told.verdicts == (
        (
            "Högst en tiondel. Målvärdet är sedan 2022-01-01 högst 10\u00a0%. Regeln: högst 10\u00a0% av 20 "
            "observerade, det vill säga 2 eller färre; 3 uppfyller villkoret. Högst 5,0\u00a0procentenheter "
            "därifrån är nästan nått. Bedömning: nästan nått."
        ),
    )
    assert told.changes[0] == "Med lika många observerade är det 1 för många."
