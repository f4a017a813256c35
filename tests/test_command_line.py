"""The command line: what it prints, in which language, and how it exits."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import AS_OF, ROOT

import utfall as uf
from utfall._command_line import main

LIKES = ROOT / "examples" / "likes"

REPORTED = [
    str(LIKES / "reported.toml"),
    *(
        f"{name}={LIKES / name}.csv"
        for name in ("reported", "reported_branches", "reported_outcomes", "staff")
    ),
    "--as-of",
    AS_OF,
]

CONSTRUCTED = [
    str(LIKES / "likes.toml"),
    f"participants={LIKES / 'participants_constructed.csv'}",
    f"staff={LIKES / 'staff.csv'}",
    "--as-of",
    AS_OF,
]

LABEL = "Likes (konstruerat register: inga verkliga personer)"


@pytest.fixture
def run(capsys, monkeypatch):
    """Give a function that runs the command line here: its exit code, and what it prints."""
    monkeypatch.setenv("COLUMNS", "80")

    def ran(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as exit_:  # argparse leaves by itself
            code = exit_.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


def run_outside(*command, columns="80"):
    """Run a command as people do."""
    environment = {**os.environ, "COLUMNS": columns, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(  # noqa: S603 - ours
        command, check=False, capture_output=True, encoding="utf-8", env=environment
    )
    return done.returncode, done.stdout, done.stderr


SWEDISH = """\
Likes (slutrapportens egna siffror) · 2022-06-30

Mål                       Målvärde      Utfall        Bedömning     Anmärkning
────────────────────────  ────────────  ────────────  ────────────  ────────────
work_or_studies           minst 70 %    –             kan inte      underlaget
                                                      bedömas       är aldrig
                                                                    publicerat
work_or_studies_reported                72 av 142 =   kan inte      inget
                                        50,7 %        bedömas       målvärde
closer_to_self_support    alla          –             kan inte      underlaget
                                                      bedömas       är aldrig
                                                                    publicerat
lasting_self_support                    –             kan inte      varken
                                                      bedömas       indikator
                                                                    eller
                                                                    bedömning
reach                     minst 300     142           inte nått     158 fattas
men                       minst 50 %    50 av 142 =   inte nått     21 fattas
                          (från         35,2 %
                          2020-01-01)
men                       minst 15 %    50 av 142 =   nått
                          (från         35,2 %
                          2020-09-01)

70 % av dem som fullföljt utbildning ska efter tre månader ha gått till arbete eller reguljära \
studier: målvärdet är minst 70 %, men det kan inte bedömas; underlaget är aldrig publicerat.
Deltagare i arbete eller studier vid projektslut: utfallet är 72 av 142 = 50,7 %, men det kan inte \
bedömas; inget målvärde.
Alla som slutfört projektet ska ha närmat sig egenförsörjning: målvärdet är alla, men det kan inte \
bedömas; underlaget är aldrig publicerat.
Deltagarna når självständighet och delaktighet genom hållbar egenförsörjning: kan inte bedömas; \
varken indikator eller bedömning.
300 deltagare: utfallet är 142 mot målvärdet minst 300, som inte är nått; 158 fattas.
Andel män bland deltagarna: utfallet är 50 av 142 = 35,2 % mot målvärdet minst 15 %, som är nått; \
mot det tidigare målvärdet, minst 50 %: inte nått.
"""

ENGLISH = """\
70 % of those who completed training are in work or regular studies three months later: the target \
is at least 70%, but it cannot be assessed; what it needs was never published.
Participants in work or studies at the end of the project: the outcome is 72 of 142 = 50.7%, but \
it cannot be assessed; no target.
Everybody who completed the project has come closer to self-support: the target is everybody, but \
it cannot be assessed; what it needs was never published.
Participants reach independence and inclusion through lasting self-support: cannot be assessed; \
neither indicator nor rating.
300 participants: the outcome is 142 against the target at least 300, which is not met; 158 short.
Share of men among participants: the outcome is 50 of 142 = 35.2% against the target at least 15%, \
which is met; against the earlier target, at least 50%: not met.
"""


def plain(text):
    """Write no-break spaces as spaces."""
    return text.replace("\u00a0", " ")


# ── evaluate ──


def test_an_evaluation_is_a_table_and_a_sentence_for_each_goal(run):
    code, out, err = run("evaluate", *REPORTED)
    assert (code, plain(out), err) == (0, SWEDISH, "")


def test_sentences_are_in_english_on_request(run):
    code, out, err = run("evaluate", *REPORTED, "--lang", "en")
    assert (code, err) == (0, "")
    assert out.endswith("\n\n" + ENGLISH)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_goal_has_one_sentence_on_one_line(language, run):
    project = uf.Project.read(LIKES / "likes.toml")
    _, out, _ = run("evaluate", *CONSTRUCTED, "--lang", language)
    sentences = out.rstrip("\n").rsplit("\n\n", 1)[1].splitlines()
    assert len(sentences) == len(project.goals) == 10
    assert all(re.fullmatch(r"\S.*[^.]\.", sentence) for sentence in sentences)


def test_swedish_numbers_have_a_no_break_space(run):
    _, out, _ = run("evaluate", *REPORTED)
    assert "50,7\u00a0%" in out
    assert "50,7 %" not in out


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
@pytest.mark.parametrize("arguments", [REPORTED, CONSTRUCTED], ids=["reported", "constructed"])
def test_the_table_fits_the_terminal(arguments, columns, run, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    _, out, _ = run("evaluate", *arguments)
    title, table, *_ = out.split("\n\n")
    assert title.endswith(AS_OF)
    lines = table.splitlines()
    assert max(map(len, lines)) <= columns
    assert len(lines) > 10


@pytest.mark.parametrize(
    "options",
    [[], ["--lang", "en"], ["--lang", "sv"], ["--json", "--unprotected"], ["--by", "gender"]],
    ids=lambda options: " ".join(options) or "plain",
)
def test_every_output_bears_the_label_of_the_constructed_register(options, run):
    code, out, _ = run("evaluate", *CONSTRUCTED, *options)
    assert code == 0
    assert LABEL in out


def test_groups_are_shown_where_they_are_asked_for(run):
    code, out, _ = run("evaluate", *REPORTED, "--by", "gender", "--lang", "sv")
    assert code == 0
    assert "Kvinnor" in out
    assert re.search(r"Män\b.*\b50\b", plain(out))


def test_checks_are_shown_where_they_are_asked_for(run):
    code, out, _ = run("evaluate", *REPORTED, "--checks", "--lang", "en")
    assert code == 0
    assert "outside 40/60" in " ".join(out.split())
    code, out, _ = run("evaluate", *REPORTED, "--lang", "en")
    assert "40/60" not in out


def test_json_holds_the_tables(run):
    code, out, _ = run("evaluate", *REPORTED, "--json", "--unprotected")
    assert code == 0
    said = json.loads(out)
    assert said["project"] == "Likes (slutrapportens egna siffror)"
    assert said["as_of"] == AS_OF
    registers = dict(argument.split("=") for argument in REPORTED[1:5])
    evaluation = uf.Project.read(REPORTED[0]).evaluate(registers, AS_OF)
    assert said["figures"] == list(evaluation.figures)
    assert said["verdicts"] == json.loads(json.dumps(list(evaluation.verdicts), default=str))
    assert said["findings"] == list(evaluation.findings) == []
    assert said["checks"] == list(evaluation.checks)
    assert said["overlap"] == list(evaluation.overlap) == []
    (reach,) = (row for row in said["verdicts"] if row["goal"] == "reach")
    assert (reach["target_from"], reach["verdict"], reach["value"]) == (
        "2020-01-01",
        "not_met",
        142,
    )


def test_json_is_crossed_by_what_is_asked_for(run):
    _, out, _ = run(
        "evaluate", *CONSTRUCTED, "--json", "--unprotected", "--by", "gender, subproject"
    )
    crossed = {tuple(row["by"]) for row in json.loads(out)["figures"]}
    assert crossed == {(), ("gender",), ("subproject",), ("gender", "subproject")}


def test_json_is_not_crossed_by_nothing(run):
    _, out, _ = run("evaluate", *CONSTRUCTED, "--json", "--by", "")
    assert {tuple(row["by"]) for row in json.loads(out)["figures"]} == {()}


def test_findings_are_told(tmp_path, run):
    staff = tmp_path / "staff.csv"
    staff.write_text("Kön;Antal\nK;17\nX;5\n", encoding="utf-8")
    for language, told in [
        (
            "sv",
            (
                "! Kolumnen `gender` har en text som inte är deklarerad på rad 2; "
                "värdet läses som okänt. Lägg till stavningen under rätt nivå eller rätta källan."
            ),
        ),
        (
            "en",
            (
                "! Column `gender` has a text that is not declared in row 2; "
                "the value is read as unknown. Add the spelling to its level or correct the source."
            ),
        ),
    ]:
        code, out, _ = run(
            "evaluate",
            LIKES / "reported.toml",
            f"staff={staff}",
            "--as-of",
            AS_OF,
            "--lang",
            language,
        )
        assert code == 0
        assert told in plain(" ".join(out.split()))


def test_today_is_the_day_where_none_is_given(run):
    before = dt.datetime.now().astimezone().date()
    code, out, _ = run("evaluate", *REPORTED[:-2], "--json")
    after = dt.datetime.now().astimezone().date()
    assert code == 0
    assert before <= dt.date.fromisoformat(json.loads(out)["as_of"]) <= after


def test_a_register_that_is_left_out_leaves_the_others(run):
    arguments = [argument for argument in REPORTED if not argument.startswith("reported=")]
    code, out, _ = run("evaluate", *arguments, "--lang", "sv")
    assert code == 0
    assert "300 deltagare: målvärdet är minst 300, men det kan inte bedömas; " in plain(out)
    assert "registret är inte lämnat" in out
    assert "utfallet är 72 av 142" in out


def test_options_may_stand_before_the_registers(run):
    project, *registers = REPORTED[:-2]
    expected = run("evaluate", *REPORTED)
    assert run("evaluate", "--as-of", AS_OF, project, *registers) == expected
    assert run("evaluate", project, "--as-of", AS_OF, *registers) == expected


# ── Exit codes ──


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ("not_met", 1),
        ("met", 1),
        ("not_assessable", 1),
        ("near,not_met", 1),
        (" near , met ", 1),
        ("near", 0),
        ("not_due", 0),
        ("near,not_due", 0),
        ("", 0),
    ],
)
def test_exit_is_1_only_where_a_verdict_is_named(verdicts, code, run):
    assert run("evaluate", *REPORTED, "--fail-on", verdicts)[0] == code


def test_an_earlier_version_of_a_target_fails_nothing(tmp_path, run):
    """Only what is in force counts: 50 of 142 misses the 50 % that were promised before."""
    project = tmp_path / "project.toml"
    text = (LIKES / "reported.toml").read_text(encoding="utf-8")
    goals = text.index("[goals.work_or_studies]"), text.index("[goals.men]")
    project.write_text(
        text[: goals[0]] + text[goals[1] :].replace("leads_to", "#"), encoding="utf-8"
    )
    code, out, err = run("evaluate", project, *REPORTED[1:], "--fail-on", "not_met")
    assert (code, err) == (0, "")
    assert "inte nått" in out


BAD_INPUT = {
    "a register without a file": (
        ["evaluate", str(LIKES / "reported.toml"), "staff"],
        (
            "`staff` names no register; write register=file, like participants=deltagare.csv "
            "[not_a_register]\n"
        ),
    ),
    "a file without a register": (
        ["evaluate", str(LIKES / "reported.toml"), "=staff.csv"],
        (
            "`=staff.csv` names no register; write register=file, like participants=deltagare.csv "
            "[not_a_register]\n"
        ),
    ),
    "a register that is not declared": (
        [
            "evaluate",
            str(LIKES / "reported.toml"),
            f"personal={LIKES / 'staff.csv'}",
            "--as-of",
            AS_OF,
        ],
        (
            "register `personal` is not declared; the project declares `reported`, "
            "`reported_branches`, `reported_outcomes`, `staff` [register_not_declared]\n"
        ),
    ),
    "a file that is not there": (
        ["evaluate", str(LIKES / "reported.toml"), "staff=saknas.csv", "--as-of", AS_OF],
        (
            "register `staff`: the file `saknas.csv` cannot be opened: no such file "
            "[unreadable_file]\n"
        ),
    ),
    "a project that is not there": (
        ["evaluate", "saknas.toml"],
        "`saknas.toml` cannot be read: No such file or directory [unreadable_file]\n",
    ),
    "a day that no month has": (
        ["evaluate", *REPORTED[:-1], "2022-06-31"],
        "`2022-06-31` is not a day; write `as_of` like 2022-06-30 [not_a_day]\n",
    ),
    "a column that nobody declares": (
        ["evaluate", *REPORTED, "--by", "kon"],
        (
            "no register has a column of levels `kon` to cross figures by; there are `branch`, "
            "`gender`, `outcome`, `status_3m`, `step_end`, `step_start`, `subproject` "
            "[unknown_by_column]\n"
        ),
    ),
    "a verdict that is none": (
        ["evaluate", *REPORTED, "--fail-on", "missed"],
        (
            "--fail-on: `missed` is no verdict; "
            "there are met, near, not_met, not_due, not_assessable [unknown_name]\n"
        ),
    ),
}


@pytest.mark.parametrize("name", BAD_INPUT)
def test_bad_input_is_told_whole_and_exits_with_2(name, run):
    arguments, told = BAD_INPUT[name]
    assert run(*arguments) == (2, "", told)


def test_a_register_that_is_given_twice_is_not_dropped_silently(run):
    code, _, err = run(
        "evaluate", *REPORTED[:-2], f"staff={LIKES / 'reported.csv'}", "--as-of", AS_OF
    )
    assert code == 2
    assert "`staff`" in err
    assert "twice" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["evaluate", *REPORTED, "--bogus"],
        ["evaluate", *REPORTED, "--lang", "fi"],
        ["evaluate"],
        ["valuate"],
        ["validate"],
        [],
    ],
    ids=lambda arguments: " ".join(arguments[-1:]),
)
def test_an_unknown_option_exits_with_2_and_shows_the_usage(arguments, run):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("usage: utfall")
    assert "\nutfall" in err


def test_faults_of_a_project_are_told_line_by_line(tmp_path, run):
    project = tmp_path / "projekt.toml"
    project.write_text('schema = 1\nnme = "x"\nname = "Case"\nownr = "RAR"\n', encoding="utf-8")
    assert run("validate", project) == (
        2,
        "",
        (
            "projekt.toml, line 2, column 1: unknown key `nme`; did you mean `name`?\n"
            "projekt.toml, line 4, column 1: unknown key `ownr`; did you mean `owner`? "
            "[unknown_key]\n"
        ),
    )


# ── validate, schema, help ──


def test_a_sound_project_is_told_in_a_line(run):
    assert run("validate", LIKES / "likes.toml") == (
        0,
        f"Project {LABEL!r}: 2 registers, 6 indicators, 10 goals\n",
        "",
    )


def test_a_json_project_is_read_by_its_name(tmp_path, run):
    project = tmp_path / "projekt.json"
    project.write_text(uf.Project.read(LIKES / "likes.toml").to_json(), encoding="utf-8")
    assert run("validate", project)[0] == 0


def test_the_schema_is_printed(run):
    code, out, err = run("schema")
    assert (code, out, err) == (0, uf.json_schema(), "")
    json.loads(out)


@pytest.mark.parametrize("arguments", [["--help"], ["evaluate", "--help"]], ids=" ".join)
def test_help_documents_the_exit_codes(arguments, run):
    code, out, _ = run(*arguments)
    assert code == 0
    documented = out.split("exit codes:\n")[1]
    assert [line.split()[:2] for line in documented.splitlines()][:3] == [
        ["0", "done,"],
        ["1", "done,"],
        ["2", "bad"],
    ]


# ── As people run it ──


def test_the_module_runs_as_a_program():
    code, out, err = run_outside(sys.executable, "-m", "utfall", "evaluate", *REPORTED)
    assert (code, plain(out), err) == (0, SWEDISH, "")


def test_the_command_is_installed():
    command = Path(sys.executable).with_name("utfall")
    assert run_outside(command, "validate", LIKES / "likes.toml")[0] == 0
    assert run_outside(command, "evaluate", *REPORTED, "--fail-on", "met")[0] == 1
    assert run_outside(command, "evaluate", *REPORTED, "--bogus")[0] == 2


def test_output_is_utf8_wherever_it_goes():
    """A pipe on a machine without a locale takes Swedish all the same."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environment.pop("PYTHONIOENCODING", None)
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-m", "utfall", "evaluate", *REPORTED],
        check=False,
        capture_output=True,
        env={**environment, "COLUMNS": "80"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert plain(done.stdout.decode("utf-8")) == SWEDISH


def test_a_project_without_goals_has_no_table_of_goals():
    project = uf.Project.from_toml('schema = 1\nname = "Utan mål"')
    evaluation = project.evaluate({}, as_of="2022-06-30")
    assert evaluation.to_text() == "Utan mål · 2022-06-30"
