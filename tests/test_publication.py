"""Publications, attacked by somebody else: linear and whole-number programmes of SciPy's HiGHS over what is published."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pyarrow as pa
import pytest
from conftest import AS_OF, ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

import utfall as uf
from utfall._command_line import main

PROJECT = """
schema = 1
name = "Example"
language = "en"
[registers.participants]
unit = "person"
by = ["gender", "place"]
columns.gender = { header = "Gender", type = "level", levels = ["woman", "man"] }
columns.place = { header = "Place", type = "level", levels = ["north", "south", "west"] }
columns.completed = { header = "Completed", type = "flag" }
columns.work = { header = "Work", type = "flag" }
[indicators.work]
kind = "share"
register = "participants"
having = { work = true }
[indicators.work_of_completers]
kind = "share"
register = "participants"
of = { completed = true }
having = { work = true }
[goals.work]
level = "individual"
tier = "project"
indicator = "work"
targets = [{ from = 2020-01-01, at_least = 0.7 }]
[goals.completers]
level = "individual"
tier = "project"
indicator = "work_of_completers"
targets = [{ from = 2020-01-01, at_least = 0.7 }]
"""

GROUPS = {"gender": ["woman", "man"], "place": ["north", "south", "west"]}
PARTS = (
    "units", "outside", "unclassified", "population", "excluded", "not_due", "due", "missing",
    "observed", "successes",
)  # fmt: skip
REFUSED = {"table_not_evaluated", "already_published"}
"""The codes that publications have of their own."""

KINDS = list(itertools.product([True, False, None], repeat=2))
"""What a person can be to the indicators: completed, work."""

FLAGS = st.sampled_from([True, False, None])
ROWS = st.lists(
    st.tuples(st.sampled_from(GROUPS["gender"]), st.sampled_from(GROUPS["place"]), FLAGS, FLAGS),
    min_size=1,
    max_size=60,
)
LAW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def evaluated(rows, project=PROJECT, as_of="2022-06-30"):
    genders, places, completed, work = zip(*rows, strict=True)
    flags = [pa.array(values, pa.bool_()) for values in (completed, work)]
    table = pa.table({"Gender": genders, "Place": places, "Completed": flags[0], "Work": flags[1]})
    return uf.Project.from_toml(project).evaluate({"participants": table}, as_of=as_of)


def place_of(indicator, completed, work):
    """Where a person of a kind stands, by the definitions in the project file."""
    if indicator == "work_of_completers":
        if completed is None:
            return "unclassified"
        if not completed:
            return "outside"
    if work is None:
        return "missing"
    return "successes" if work else "failures"


WITHIN = {
    "units": {"outside", "unclassified", "missing", "successes", "failures"},
    "outside": {"outside"},
    "unclassified": {"unclassified"},
    "population": {"missing", "successes", "failures"},
    "excluded": set(),
    "not_due": set(),
    "due": {"missing", "successes", "failures"},
    "missing": {"missing"},
    "observed": {"successes", "failures"},
    "successes": {"successes"},
}


def is_in(indicator, part, kind):
    return place_of(indicator, *kind) in WITHIN[part]


class Attacker:
    """Somebody who knows the project file, and that counts are whole and not negative."""

    def __init__(self, figures):
        self.cells = [(column, level) for column, levels in GROUPS.items() for level in levels]
        self.size = len(self.cells) * len(KINDS)
        rows, values = [], []
        # Each table holds the same persons.
        for number in range(len(KINDS)):
            row = np.zeros(self.size)
            for place, (column, _) in enumerate(self.cells):
                row[place * len(KINDS) + number] = 1 if column == "gender" else -1
            rows.append(row)
            values.append(0)
        for figure in figures:
            for part in PARTS:
                if figure[part] is not None:
                    rows.append(self.row(figure, part))
                    values.append(figure[part])
        self.known = LinearConstraint(np.array(rows), values, values)

    def row(self, figure, part):
        """Give how often each kind of each group is in a count."""
        row = np.zeros(self.size)
        asked = [(column, level) for column, level in self.cells if figure[column] == level] or [
            cell for cell in self.cells if cell[0] == "gender"
        ]
        for cell in asked:
            for number, kind in enumerate(KINDS):
                if is_in(figure["indicator"], part, kind):
                    row[self.cells.index(cell) * len(KINDS) + number] = 1
        return row

    def interval(self, row, most=10_000):
        """Give the least and the most that a count can be."""
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * row,
                constraints=self.known,
                bounds=Bounds(0, most),
                integrality=np.ones(self.size),
            )
            assert found.status == 0, found.message
            ends.append(round(sign * found.fun))
        return ends


def by_key(figures):
    return {(row["indicator"], row["gender"], row["place"]): row for row in figures}


def assert_safe(publications, evaluation, threshold):
    true = by_key(evaluation.figures)
    attacker = Attacker([row for publication in publications for row in publication.figures])
    for row in publications[-1].figures:
        key = (row["indicator"], row["gender"], row["place"])
        for part in PARTS:
            count = true[key][part]
            if row[part] is not None:
                assert row[part] == count
                assert count == 0 or count >= threshold
            elif 0 < count < threshold:
                low, high = attacker.interval(attacker.row(row, part))
                assert low == 0, (key, part)
                assert high >= threshold, (key, part)


@LAW
@given(ROWS)
def test_no_attack_on_what_is_published_pins_a_small_count(rows):
    evaluation = evaluated(rows)
    publication = evaluation.publish()
    assert_safe([publication], evaluation, 5)
    assert len(publication.attack()) == 0


@LAW
@given(ROWS)
def test_differences_between_populations_are_protected_too(rows):
    evaluation = evaluated(rows)
    publication = evaluation.publish()
    attacker = Attacker(list(publication.figures))
    shown = by_key(publication.figures)
    for (indicator, gender, place), row in by_key(evaluation.figures).items():
        if indicator != "work" or (indicator, gender, place) not in shown:
            continue
        others = by_key(evaluation.figures)["work_of_completers", gender, place]
        not_completers = row["successes"] - others["successes"]
        if 0 < not_completers < 5:
            figure = shown["work", gender, place]
            other = shown["work_of_completers", gender, place]
            asked = attacker.row(figure, "successes") - attacker.row(other, "successes")
            assert attacker.interval(asked)[1] >= 5


@LAW
@given(ROWS)
def test_a_second_release_of_the_same_day_tells_no_more_than_both_may(rows):
    evaluation = evaluated(rows)
    first = evaluation.publish(tables=[["gender"]])
    second = evaluation.publish(tables=[["place"]], after=[first])
    assert_safe([first, second], evaluation, 5)


class Reader(Attacker):
    """Somebody who has the printed table of gender by place as well, and so knows persons by both."""

    def __init__(self, printed, figures):
        self.cells = list(itertools.product(*GROUPS.values()))
        self.size = len(self.cells) * len(KINDS)
        counts = [
            ({"indicator": "work", "gender": gender, "place": place}, "units", units)
            for (gender, place), units in printed.items()
        ]
        counts += [
            (figure, part, figure[part])
            for figure in figures
            for part in PARTS
            if figure[part] is not None
        ]
        rows = np.array([self.row(figure, part) for figure, part, _ in counts])
        values = [value for _, _, value in counts]
        self.known = LinearConstraint(rows, values, values)

    def row(self, figure, part):
        """Give how often each kind of each group of both is in a count."""
        row = np.zeros(self.size)
        for place, cell in enumerate(self.cells):
            if all(figure[name] in (None, own) for name, own in zip(GROUPS, cell, strict=True)):
                for number, kind in enumerate(KINDS):
                    if is_in(figure["indicator"], part, kind):
                        row[place * len(KINDS) + number] = 1
        return row


def printed_table(rows):
    """Write the table of gender by place as a project file has it, and give its numbers."""
    printed = dict.fromkeys(
        itertools.product([*GROUPS["gender"], None], [*GROUPS["place"], None]), 0
    )
    for gender, place, _, _ in rows:
        for cell in itertools.product((gender, None), (place, None)):
            printed[cell] += 1
    lines = []
    for gender in [*GROUPS["gender"], None]:
        own = {place or "total": printed[gender, place] for place in [*GROUPS["place"], None]}
        entries = [f'gender = "{gender}"'] * (gender is not None)
        entries += [f"{name} = {count}" for name, count in own.items()]
        lines.append(f"{{ {', '.join(entries)} }}")
    total = lines.pop()
    text = f"""
[[published.tables]]
id = "both"
source = "an earlier report"
register = "participants"
by = ["gender", "place"]
rows = [{", ".join(lines)}]
total = {total}
"""
    return text, printed


@LAW
@given(ROWS)
def test_who_has_the_printed_table_too_learns_no_small_count_that_it_did_not_tell(rows):
    text, printed = printed_table(rows)
    evaluation = evaluated(rows, PROJECT + text)
    publication = evaluation.publish()
    # Who has the publication alone learns nothing that the table told.
    assert_safe([publication], evaluation, 5)
    shown = list(publication.figures)
    # Of a group whose size is printed it is known as well that all, or none, are spoken of.
    members = [
        {
            **dict.fromkeys(PARTS),
            **{name: row[name] for name in ("indicator", "gender", "place")},
            **({"population": row["units"]} if row["population"] == row["units"] else {}),
            **{part: 0 for part in ("outside", "unclassified") if row[part] == 0},
        }
        for row in evaluation.figures
        if row["units"] == printed.get((row["gender"], row["place"]))
    ]
    told, reader = Reader(printed, members), Reader(printed, shown)
    true = by_key(evaluation.figures)
    for row in shown:
        for part in PARTS:
            count = true[row["indicator"], row["gender"], row["place"]][part]
            if row[part] is None and 0 < count < 5:
                least, most = told.interval(told.row(row, part))
                low, high = reader.interval(reader.row(row, part))
                assert low <= least, (row, part)
                assert high >= min(5, most), (row, part)


@LAW
@given(ROWS, st.integers(2, 8))
def test_a_higher_threshold_hides_what_a_lower_one_does(rows, threshold):
    evaluation = evaluated(rows)
    low, high = (
        by_key(evaluation.publish(threshold=number).figures)
        for number in (threshold, threshold + 1)
    )
    for key, row in low.items():
        for part in PARTS:
            if row[part] is None:
                assert high[key][part] is None


@LAW
@given(ROWS)
def test_the_order_of_levels_and_rows_changes_nothing(rows):
    other = PROJECT.replace('["north", "south", "west"]', '["west", "north", "south"]')
    one, two = evaluated(rows).publish(), evaluated(rows[::-1], other).publish()
    assert one.hidden == two.hidden


@LAW
@given(ROWS)
def test_what_is_made_of_a_hidden_count_is_not_made(rows):
    evaluation = evaluated(rows)
    publication = evaluation.publish()
    hidden = set()
    for row in publication.figures:
        if row["successes"] is None or row["observed"] is None:
            hidden.add((row["indicator"], row["gender"], row["place"]))
            assert row["value"] is row["low"] is row["high"] is row["bound_low"] is None
            assert row["state"] == "suppressed"
            assert row["protected"]
    for verdict in publication.verdicts:
        if (verdict["indicator"], None, None) in hidden:
            assert verdict["value"] is verdict["units_short"] is verdict["settled"] is None
            assert (verdict["verdict"], verdict["reason"]) == ("not_assessable", "protected")
    shown = {(row["indicator"], tuple(row["by"])) for row in publication.comparisons}
    for indicator, gender, place in hidden:
        by = tuple(name for name, level in (("gender", gender), ("place", place)) if level)
        assert (indicator, by) not in shown


# A project of 30 persons in which one man has no work.
SMALL = [("woman", "north", True, number < 12) for number in range(20)] + [
    ("man", "south", True, number < 9) for number in range(10)
]


def test_the_subtraction_that_works_on_margins_fails():
    """With margins shown and small cells alone hidden, everybody minus women gives men: here that is hidden too."""
    figures = by_key(evaluated(SMALL).publish().figures)
    assert figures["work", None, None]["successes"] == 21
    assert figures["work", "man", None]["successes"] is None
    assert figures["work", "woman", None]["successes"] is None


def test_what_the_project_file_says_is_printed_is_reckoned_with():
    """The 4 men are printed, which cannot be taken back; they and how it went for them are hidden all the same."""
    printed = """
[[published.tables]]
id = "gender"
source = "an earlier report"
register = "participants"
by = ["gender"]
rows = [{ woman = 20, man = 4, total = 24 }]
"""
    rows = [("woman", "north", True, number < 12) for number in range(20)]
    rows += [("man", "south", True, number < 2) for number in range(4)]
    evaluation = evaluated(rows, PROJECT + printed)
    unheard = evaluation.publish(printed_tables=False)
    assert by_key(unheard.figures)["work", "man", None]["units"] is None
    publication = evaluation.publish()
    figures = by_key(publication.figures)
    assert (
        figures["work", "man", None]["units"] is figures["work", "man", None]["successes"] is None
    )
    told = [row for row in publication.audit if row["low"] == row["high"]]
    assert {"units" in row["counts"]: (row["low"], row["group"]) for row in told}[True] == (
        4,
        ["gender=man"],
    )
    attacker = Attacker(
        [*publication.figures, {**dict.fromkeys(PARTS), **figures["work", "man", None], "units": 4}]
    )
    low, high = attacker.interval(attacker.row(figures["work", "man", None], "successes"))
    assert (low, high) == (0, 4)
    assert len(publication.attack()) == 0
    # A printed number that is not that of today is a slip, or of another time.
    slip = evaluated(rows, PROJECT + printed.replace("man = 4, total = 24", "man = 3, total = 23"))
    assert by_key(slip.publish().figures)["work", "man", None]["units"] is None


def test_a_month_later_a_difference_of_a_few_is_hidden():
    rows = [("woman", "north", True, number < 12) for number in range(30)]
    before = evaluated(rows).publish()
    later = evaluated([*rows, ("woman", "north", True, True)], as_of="2022-07-31")
    alone, after = later.publish(), later.publish(after=[before])
    assert alone["work"].value == 13 / 31
    assert after["work"].value is None
    many = evaluated([*rows, *[("woman", "north", True, True)] * 5], as_of="2022-07-31")
    assert many.publish(after=[before])["work"].value == 17 / 35


def test_a_publication_holds_nothing_that_is_hidden():
    """Not in its tables, texts, charts or explanations: 9 of 10 men, 12 of 20 women."""
    publication = evaluated(SMALL).publish()
    shown = [
        repr(publication), publication._repr_html_(), publication.groups_to_text(),
        str(publication.sentences()), str(publication.explain("work", gender="man")),
        publication.plot("groups").to_json(),
    ]  # fmt: skip
    for text in shown:
        assert "9 of 10" not in text
        assert "12 of 20" not in text
        assert "0.6" not in text.replace("0.65", "")
    assert publication.protection_note in shown[0]
    assert "Protected: counts of 1 to 4 persons" in shown[1]
    with pytest.raises(uf.UtfallError) as refused:
        publication.publish()
    assert refused.value.code == "already_published"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"threshold": 0}, "threshold_out_of_range"),
        ({"threshold": 101}, "threshold_out_of_range"),
        ({"threshold": True}, "threshold_out_of_range"),
        ({"zeros": "some"}, "unknown_name"),
        ({"certain_shares": "some"}, "unknown_name"),
        ({"tables": [["municipality"]]}, "table_not_evaluated"),
        ({"open_registers": ["meetings"]}, "unknown_name"),
    ],
)
def test_what_cannot_be_asked_for(asked, code):
    with pytest.raises(uf.UtfallError) as refused:
        evaluated(SMALL).publish(**asked)
    assert refused.value.code == code


def test_a_count_that_zeros_tell_is_named():
    folder = ROOT / "examples" / "likes"
    project = uf.Project.read(folder / "likes.toml")
    registers = {
        "participants": folder / "participants_constructed.csv",
        "staff": folder / "staff.csv",
    }
    with pytest.raises(uf.UtfallError) as refused:
        project.evaluate(registers, AS_OF).publish(zeros="printed")
    assert refused.value.code == "cannot_be_protected"
    assert str(refused.value) == (
        "a count of `participants` cannot be protected: `purpose_branches.missing` of branch=(unknown) can be computed, "
        "or a part of it, from counts of 0 that are always shown; let zeros be hidden where that hides others "
        '(zeros = "secondary"), or publish fewer tables'
    )


def test_zeros_are_protected_as_far_as_the_definitions_let_them():
    publication = evaluated(SMALL).publish(zeros="protected")
    assert len(publication.attack()) == 0
    assert publication.hidden >= evaluated(SMALL).publish().hidden


def test_a_publication_is_asked_as_an_evaluation_is():
    publication = evaluated(SMALL).publish()
    goal = publication.goal("work")
    assert (goal.verdict, goal.versions[0].value, goal.versions[0].protected) == ("met", 0.7, False)
    assert "21 of 30 = 70.0%" in goal.sentence
    figure = publication["work"].by("gender")["man"]
    assert (figure.protected, figure.observed, figure.successes) == (True, 10, None)
    few = evaluated(SMALL[:4]).publish().goal("work")
    assert (few.verdict, few.versions[0].reason) == ("not_assessable", "protected")
    assert few.versions[0].protected
    assert "4" not in few.sentence
    for table in (
        "checks",
        "findings",
        "steps",
        "flow",
        "money",
        "comparisons",
        "coverage",
        "distributions",
    ):
        assert getattr(publication, table).column_names[-1] == "protected"


def test_the_audit_does_not_tell_which_counts_are_small():
    publication = evaluated(SMALL).publish()
    assert publication.audit.column_names == [
        "register",
        "counts",
        "group",
        "low",
        "high",
        "passes",
    ]
    assert all(publication.audit["passes"])
    again = evaluated(SMALL).publish(after=[publication])
    assert by_key(again.figures) == by_key(publication.figures)


def test_two_publications_are_compared_by_what_is_shown():
    before = evaluated(SMALL).publish()
    after = evaluated([*SMALL, *[("woman", "north", True, True)] * 6], as_of="2022-07-31").publish()
    rows = {(row["indicator"], tuple(row["group"])): row for row in uf.diff(before, after).figures}
    assert rows["work", ()]["change"] == pytest.approx(27 / 36 - 21 / 30)
    men = [row for key, row in rows.items() if "gender=man" in key[1]]
    assert all(row["change"] is None for row in men)


def test_a_receipt_of_a_publication_tells_only_what_is_published():
    evaluation = evaluated(SMALL)
    receipt = evaluation.publish().receipt()
    assert [(entry.name, entry.units, entry.tally) for entry in receipt.registers] == [
        ("participants", 30, None)
    ]
    assert evaluated(SMALL[:3]).publish().receipt().registers[0].units is None
    with pytest.raises(uf.UtfallError) as refused:
        evaluation.publish().receipt(salt=b"0" * 16)
    assert refused.value.code == "already_published"
    assert str(refused.value) == (
        "the receipt of a publication hashes no register; take that of the evaluation"
    )


def test_reports_of_a_publication_hold_nothing_hidden(tmp_path):
    publication = evaluated(SMALL).publish()
    publication.write_html(tmp_path / "report.html")
    publication.write_markdown(tmp_path / "report.md")
    for name in ("report.html", "report.md"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "21 of 30" in text
        assert "9 of 10" not in text
        assert "12 of 20" not in text
        assert "protected" in text


def test_shares_that_tell_of_everybody_are_flagged_or_hidden():
    """All 6 in the west have work: who knows that somebody is one of them knows that she has."""
    rows = [
        *[("woman", "north", True, number < 12) for number in range(20)],
        *[("woman", "west", True, True)] * 6,
    ]
    flagged = evaluated(rows).publish()
    told = [(row["indicator"], row["place"]) for row in flagged.certain]
    assert told == [("work", "west"), ("work_of_completers", "west")]
    hidden = evaluated(rows).publish(certain_shares="hidden")
    assert hidden.certain == []
    assert by_key(hidden.figures)["work", None, "west"]["successes"] is None
    assert len(hidden.attack()) == 0


def test_a_register_of_no_persons_is_published_as_it_is():
    publication = evaluated(SMALL).publish(open_registers=["participants"])
    assert publication.hidden == 0
    assert by_key(publication.figures)["work", "man", None]["successes"] == 9


def run(capsys, *arguments):
    code = main(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def files(tmp_path):
    (tmp_path / "project.toml").write_text(PROJECT, encoding="utf-8")
    lines = ["Gender,Place,Completed,Work"]
    lines += [
        f"{gender},{place},{completed},{work}".lower() for gender, place, completed, work in SMALL
    ]
    (tmp_path / "participants.csv").write_text("\n".join(lines), encoding="utf-8")
    return [
        str(tmp_path / "project.toml"),
        f"participants={tmp_path / 'participants.csv'}",
        "--as-of",
        "2022-06-30",
    ]


def test_json_is_protected_unless_it_is_asked_for_by_name(capsys, files):
    _, out, err = run(capsys, "evaluate", *files, "--json")
    told = json.loads(out)
    assert by_key(told["figures"])["work", "man", None]["successes"] is None
    assert told["protection"]["threshold"] == 5
    assert err == ""
    _, out, err = run(capsys, "evaluate", *files, "--json", "--unprotected")
    told = json.loads(out)
    assert by_key(told["figures"])["work", "man", None]["successes"] == 9
    assert told["unprotected"] in err
    code, out, err = run(capsys, "check", *files, "--json")
    assert (code, out) == (2, "")
    assert "[unprotected]" in err


def test_publish_prints_what_is_protected(capsys, files):
    code, out, _ = run(capsys, "publish", *files)
    assert code == 0
    assert "protected" in out
    assert "9 of 10" not in out
    _, out, _ = run(capsys, "publish", *files, "--json", "--threshold", "3", "--tables", "gender")
    told = json.loads(out)
    assert {tuple(row["by"]) for row in told["figures"]} == {(), ("gender",)}
    assert told["audit"]
    assert all(row["passes"] for row in told["audit"])
