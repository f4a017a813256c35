"""`utfall new`: what it writes is valid, can be evaluated, and overwrites nothing."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import sys

import pytest
from conftest import ROOT
from test_notebooks import run as run_cell
from test_notebooks import shown

import utfall as uf
from utfall import _command_line
from utfall._command_line import main
from utfall._new._days import as_of, last_due, later
from utfall._new._questions import Answers
from utfall._new._register import register
from utfall._new._words import REGISTER, WORDS
from utfall._new._write import notebook

EXAMPLE = ROOT / "examples" / "new_project"
SWEDISH = ("projekt.toml", "deltagare.csv", "rapport.ipynb", "LÄS-MIG.md")
ENGLISH = ("project.toml", "participants.csv", "report.ipynb", "README.md")


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """Let it be a day in 2026, and nobody at the terminal."""
    monkeypatch.setattr(_command_line, "_today", lambda: dt.date(2026, 3, 1))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)


@pytest.fixture
def new(tmp_path, capsys):
    """Give a function that begins a project in a new folder: exit code, what is said, folder."""

    def made(*options, folder="nytt"):
        code = main(["new", str(tmp_path / folder), *options])
        said = capsys.readouterr()
        return code, said.out, said.err, tmp_path / folder

    return made


def answers_for(**changed):
    plain = {
        "language": "sv",
        "name": "Mitt projekt",
        "first_day": dt.date(2025, 1, 1),
        "last_day": dt.date(2026, 12, 31),
        "participants": "deltagare",
        "row": "person",
        "groups": ("gender", "municipality"),
        "municipalities": ("A", "B"),
        "subprojects": ("Norr", "Söder"),
        "outcome": "work_or_studies",
        "months": 3,
        "target": 60,
        "reach": 60,
    }
    return Answers(**(plain | changed))


# ── The defaults ──


def test_defaults_need_no_answer(new):
    code, out, err, folder = new("--yes")
    assert (code, err) == (0, "")
    assert sorted(path.name for path in folder.iterdir()) == sorted(SWEDISH)
    assert out.splitlines()[:5] == [f"Skrivet i {folder}:", *(f"  {name}" for name in SWEDISH)]


def test_without_a_terminal_nothing_is_asked(new):
    code, _, err, folder = new()
    assert (code, err) == (0, "")
    assert (folder / "projekt.toml").is_file()


@pytest.mark.parametrize(("language", "names"), [("sv", SWEDISH), ("en", ENGLISH)])
def test_what_is_said_to_be_done_next_works(language, names, new, capsys):
    _, out, _, folder = new("--yes", "--language", language)
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    commands = [line.split() for line in out.splitlines() if line.startswith("  utfall ")]
    assert [command[1] for command in commands] == ["review", "evaluate"]
    for command in commands:
        assert main(command[1:]) == 0
        said = capsys.readouterr()
        assert said.err == ""
        label = {"sv": "konstruerat register", "en": "constructed register"}[language]
        assert label in said.out.splitlines()[0]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_figures_are_those_that_the_register_was_made_of(language, new):
    """56 persons: 6 still enrolled, 2 moved, 7 not due, 41 due, of whom 5 without an answer and 23 succeeded."""
    *_, folder = new("--yes", "--language", language)
    project, table = (folder / name for name in (SWEDISH, ENGLISH)[language == "en"][:2])
    evaluation = uf.Project.read(project).evaluate({"participants": table}, "2026-07-01")
    work = evaluation["work_or_studies"]
    assert (work.units, work.outside, work.population, work.excluded) == (56, 6, 50, 2)
    assert (work.not_due, work.due, work.missing, work.observed, work.successes) == (
        *(7, 41, 5, 36),
        23,
    )
    assert [row["code"] for row in evaluation.findings] == ["undeclared_spelling"]
    current = {row["goal"]: row for row in evaluation.verdicts if row["current"]}
    assert {goal: row["verdict"] for goal, row in current.items()} == {
        "reach": "met",
        "progress": "met",
        "work_or_studies": "met",
        "joint_methods": "not_met",
        "lasting_self_support": "not_assessable",
    }
    assert not current["work_or_studies"]["settled"]
    assert [row["verdict"] for row in evaluation.verdicts if row["goal"] == "reach"] == [
        "not_met",
        "met",
    ]


def test_every_principle_has_a_check(new):
    *_, folder = new("--yes")
    declared = json.loads(uf.Project.read(folder / "projekt.toml").to_json())
    assert {check["principle"] for check in declared["checks"].values()} == {
        "equality",
        "accessibility",
        "non_discrimination",
    }


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_review_finds_what_the_file_is_to_teach(language, new):
    *_, folder = new("--yes", "--language", language)
    review = uf.Project.read(next(folder.glob("*.toml"))).review()
    assert sorted(review.codes) == [
        "effect_without_indicator",
        "goal_without_number",
        "target_lowered",
    ]


def test_the_file_says_that_nobody_is_in_it(new):
    *_, folder = new("--yes")
    text = (folder / "deltagare.csv").read_bytes().decode("utf-8-sig")
    assert text.startswith("Konstruerat register: ingen rad är en person\nDeltagare;Kön;")


@pytest.mark.parametrize("options", [(), ("--language", "en", "--groups", "none")])
def test_the_notebook_runs(options, new, monkeypatch):
    *_, folder = new("--yes", *options)
    monkeypatch.chdir(folder)
    names = {}
    (path,) = folder.glob("*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert len(cells) > 15
    for cell in cells:
        if cell["cell_type"] == "code":
            value = run_cell("".join(cell["source"]), names)
            assert value is None or shown(value)


def test_the_example_is_what_is_written(new):
    options = ("--first-day", "2024-01-01", "--last-day", "2025-12-31", "--name", "Vägen vidare")
    *_, folder = new("--yes", *options)
    for name in SWEDISH:
        assert (EXAMPLE / name).read_bytes() == (folder / name).read_bytes(), name


# ── Every answer ──

GROUPS = ["none", "gender", "kommun", "kön,delprojekt", "ålder, kommun,delprojekt ,kön"]


@pytest.mark.parametrize(
    ("row", "groups", "outcome"),
    list(
        itertools.product(["person", "inskrivning"], GROUPS, ["work_or_studies", "work", "studies"])
    ),
)
def test_every_answer_gives_a_project_that_can_be_evaluated(row, groups, outcome, new):
    language = "en" if outcome == "work" else "sv"
    code, _, err, folder = new(
        "--yes", "--language", language, "--row", row, "--groups", groups, "--outcome", outcome
    )
    assert (code, err) == (0, "")
    (project,), (table,) = folder.glob("*.toml"), folder.glob("*.csv")
    evaluation = uf.Project.read(project).evaluate({"participants": table}, "2026-07-01")
    figure = evaluation[outcome]
    assert (figure.units, figure.due, figure.observed, figure.successes) == (56, 41, 36, 23)
    assert len(evaluation.findings) == ("kön" in groups or "gender" in groups)


@pytest.mark.parametrize("months", [1, 3, 6, 24])
@pytest.mark.parametrize("length", [60, 100, 200, 364, 730, 3000])
def test_some_are_due_and_some_are_not_whatever_the_dates(length, months):
    first = dt.date(2024, 1, 31)
    asked = answers_for(first_day=first, last_day=first + dt.timedelta(days=length), months=months)
    looked_at, due = as_of(asked), 0
    assert later(last_due(asked), months) <= looked_at
    assert later(last_due(asked) + dt.timedelta(days=1), months) > looked_at
    for row in register(asked):
        start, left = (
            dt.date.fromisoformat(row[name] or "9999-01-01") for name in ("enrolled", "left")
        )
        assert first <= start < left
        if left.year < 9999:
            assert left <= min(asked.last_day, looked_at)
            due += later(left, months) <= looked_at
        assert not row["status"] or later(left, months) <= looked_at
    assert due == 43  # with the two who moved


def test_a_person_may_come_back():
    rows = register(answers_for(row="enrolment"))
    assert (len(rows), len({row["id"] for row in rows})) == (62, 56)
    rows = register(answers_for())
    assert (len(rows), len({row["id"] for row in rows})) == (56, 56)


def test_names_stay_what_they_are_called(new):
    name = 'Ett "citat" \\ och # $x <b>'
    code, _, err, folder = new(
        "--yes", "--name", name, "--municipalities", 'Ö"a;b,$c', "--participants", 'u"x'
    )
    assert (code, err) == (0, "")
    project = uf.Project.read(folder / "projekt.toml")
    assert project.name == f"{name} (konstruerat register)"
    evaluation = project.evaluate({"participants": folder / "deltagare.csv"}, "2026-07-01")
    assert set(evaluation["participants"].by("municipality")) == {'Ö"a;b', "$c", "(unknown)"}


def test_both_languages_say_everything():
    assert WORDS["sv"].keys() == WORDS["en"].keys()
    assert REGISTER["sv"].keys() == REGISTER["en"].keys()


def test_a_cell_begins_where_it_is_marked():
    made = json.loads(notebook("# %% [markdown]\n# Rubrik\n\nText\n# %%\nx = 1  # %% inte här\n"))
    assert [(cell["cell_type"], "".join(cell["source"])) for cell in made["cells"]] == [
        ("markdown", "# Rubrik\n\nText"),
        ("code", "x = 1  # %% inte här"),
    ]


# ── Asked at a terminal ──


@pytest.fixture
def typed(monkeypatch):
    """Give a function that sets what is typed, and a list of what was asked."""
    asked = []

    def will(*answers):
        waiting = iter(answers)

        def answer(prompt):
            asked.append(prompt)
            try:
                return next(waiting)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        return asked

    return will


def test_questions_are_asked_in_swedish(new, typed):
    asked = typed("Steget", "2024-02-01", "", "ungdomar", "", "kön", "arbete", "6", "62,5", "")
    code, out, _, folder = new()
    assert code == 0
    assert asked == [
        "Vad heter projektet? [Mitt projekt] ",
        "Första dagen? [2025-01-01] ",
        "Sista dagen? [2026-01-31] ",
        "Vad kallas de som deltar, i flertal? [deltagare] ",
        (
            "Vad är en rad i registret: person eller inskrivning (samma person kan komma "
            "tillbaka)? [person] "
        ),
        (
            "Vilka grupper ska siffrorna delas upp på: kön, kommun, delprojekt, ålder, inga? "
            "Skilj med komma. [kön, kommun] "
        ),
        (
            "Vad är ett lyckat utfall: arbete, studier eller arbete eller studier? "
            "[arbete eller studier] "
        ),
        "Hur många månader efter avslut följs det upp? [3] ",
        "Hur många procent ska nå dit? [60] ",
        "Hur många ska delta? [60] ",
    ]
    assert out.startswith("Några frågor om projektet.")
    declared = json.loads(uf.Project.read(folder / "projekt.toml").to_json())
    assert declared["first_day"] == "2024-02-01"
    assert declared["goals"]["work"]["sv"] == (
        "62,5 % av dem som avslutat ska vara i arbete 6 månader senare"
    )
    assert declared["goals"]["work"]["targets"][0]["at_least"] == 0.625
    assert declared["goals"]["reach"]["sv"] == "60 ungdomar"


def test_what_is_given_is_not_asked(new, typed):
    asked = typed(*[""] * 20)
    new("--language", "en", "--name", "Steps", "--groups", "subproject", "--reach", "10")
    assert [prompt.split("?")[0] for prompt in asked] == [
        "The first day",
        "The last day",
        "What are those who take part called, in the plural",
        "What is a row of the register: person or enrolment (one person may come back)",
        "Which sub-projects",
        "What is a success: work, studies, or work or studies",
        "How many months after leaving is it followed up",
        "What per cent are to get there",
    ]


def test_a_wrong_answer_is_asked_again(new, typed):
    asked = typed("Steget", "i fjol", "2025-01-01", "2025-01-02", *[""] * 20)
    code, out, _, _ = new()
    assert code == 0
    assert [prompt.split("?")[0] for prompt in asked[1:5]] == [
        "Första dagen",
        "Första dagen",
        "Sista dagen",
        "Sista dagen",
    ]
    assert "Det svaret går inte att använda. Svara så här: 2026-12-31\n" in out


def test_whoever_leaves_has_nothing_written(new, typed):
    typed("Steget")
    code, _, _, folder = new()
    assert (code, folder.exists()) == (130, False)


# ── Refused ──

REFUSED = {
    "an empty name": (
        ["--name", " "],
        "--name: `` is not a text on one line; write 1 to 200 characters",
    ),
    "two lines": (
        ["--name", "a\nb"],
        "--name: `a\\nb` is not a text on one line; write 1 to 200 characters",
    ),
    "no day": (
        ["--first-day", "20250101"],
        "--first-day: `20250101` is not a day from 1900 to 2100; write it like 2025-01-01",
    ),
    "a day long ago": (
        ["--first-day", "0001-01-01"],
        "--first-day: `0001-01-01` is not a day from 1900 to 2100; write it like 2025-01-01",
    ),
    "a last day too early": (
        ["--first-day", "2025-01-01", "--last-day", "2025-03-01"],
        ("--last-day: `2025-03-01` is not 60 days or more after 2025-01-01; choose a later day"),
    ),
    "a row of another kind": (
        ["--row", "möte"],
        "--row: `möte` is not one of those there are; write one of person, enrolment",
    ),
    "an unknown group": (
        ["--groups", "kön,skostorlek"],
        (
            "--groups: `skostorlek` is not one of those there are; "
            "write one of gender, municipality, subproject, age_group"
        ),
    ),
    "a name twice": (
        ["--municipalities", "Köping, Köping"],
        (
            "--municipalities: `Köping, Köping` is not a list of names; "
            "write each once, with commas: Norr,Söder"
        ),
    ),
    "an unknown outcome": (
        ["--outcome", "lycka"],
        (
            "--outcome: `lycka` is not one of those there are; "
            "write one of work_or_studies, work, studies"
        ),
    ),
    "a fraction of a month": (
        ["--months", "1.5"],
        "--months: `1.5` is not a whole number; write one from 1 to 24",
    ),
    "too many months": (
        ["--months", "25"],
        "--months: `25` is not within its limits; write a number from 1 to 24",
    ),
    "no percentage": (
        ["--target", "NaN"],
        (
            "--target: `NaN` is not a percentage; "
            "write a number above 0 and at most 100, like 60 or 62.5"
        ),
    ),
    "more than everybody": (
        ["--target", "101"],
        (
            "--target: `101` is not a percentage; "
            "write a number above 0 and at most 100, like 60 or 62.5"
        ),
    ),
    "nobody": (
        ["--reach", "0"],
        "--reach: `0` is not within its limits; write a number from 1 to 100000",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_answer_that_cannot_be_used_is_told(name, new):
    options, told = REFUSED[name]
    code, out, err, folder = new("--yes", *options)
    assert (code, out, err) == (2, "", f"{told} [wrong_answer]\n")
    assert not folder.exists()


@pytest.mark.parametrize("name", SWEDISH)
def test_nothing_is_overwritten(name, new, typed, tmp_path):
    folder = tmp_path / "nytt"
    folder.mkdir()
    (folder / name).write_text("mitt", encoding="utf-8")
    asked = typed()
    code, out, err, _ = new()
    told = "is there already, and nothing is overwritten; name another folder, or move the file"
    assert (code, out, err) == (2, "", f"`{folder / name}` {told} [file_exists]\n")
    assert asked == []  # nobody answers in vain
    assert [path.name for path in folder.iterdir()] == [name]
    assert (folder / name).read_text(encoding="utf-8") == "mitt"


def test_other_files_may_be_there(new, tmp_path):
    (tmp_path / "nytt").mkdir()
    (tmp_path / "nytt" / "annat.txt").write_text("mitt", encoding="utf-8")
    assert new("--yes")[0] == 0
    assert new("--yes", "--language", "en")[0] == 0


def test_a_folder_that_is_a_file_cannot_be_written(new, tmp_path):
    (tmp_path / "nytt").write_text("mitt", encoding="utf-8")
    code, _, err, folder = new("--yes")
    assert (code, err) == (
        2,
        (
            f"`{folder}` cannot be written: File exists; "
            "name a folder that you may write in [unwritable_file]\n"
        ),
    )
