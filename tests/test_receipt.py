"""Receipts: what they hold, that they notice every change, and that nothing else troubles them."""

from __future__ import annotations

import hashlib
import hmac
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import AS_OF, PROJECT, ROOT, ROWS
from hypothesis import given
from hypothesis import strategies as st
from test_laws import AS_OF as LAWS_AS_OF
from test_laws import ROWS as ANY_ROWS
from test_laws import cut, evaluate, law, table
from test_laws import project as lawful

import utfall as uf
from utfall._command_line import main

SALT = b"sixteen bytes of salt"
LIKES = ROOT / "examples" / "likes"


@pytest.fixture
def staff():
    """Give a project of one register and one indicator, and a table of three."""
    project = uf.Project.from_toml("""
        schema = 1
        name = "Staff"
        language = "en"
        [registers.staff]
        unit = "member"
        columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
        [indicators.men]
        kind = "share"
        register = "staff"
        having = { gender = "man" }
    """)
    return project, pa.table({"Kön": ["woman", "man", "woman"]})


# ── What it holds ──


def test_a_project_is_hashed_by_what_it_declares(tmp_path):
    plain = 'schema = 1\nname = "Likes"\n'
    remarked = '# a remark\r\nname   = "Likes"\r\nschema = 1\r\n'
    path = tmp_path / "likes.toml"
    path.write_bytes(remarked.encode())
    receipt = uf.Project.read(path).evaluate({}, AS_OF).receipt()
    assert receipt.project_hash == hashlib.sha256(plain.encode()).hexdigest()
    assert receipt.project_file == hashlib.sha256(remarked.encode()).hexdigest()
    assert uf.Project.from_toml(plain).evaluate({}, AS_OF).receipt().project_file is None


def test_a_table_is_hashed_as_its_lines(staff):
    """The lines are those that the how-to describes, written by hand."""
    project, table = staff
    evaluation = project.evaluate({"staff": table}, AS_OF)
    lines = (
        '["goal","indicator","target_from","target","current","value","verdict","settled",'
        '"units_short","basis","reason","process","achieved_at"]'
    )
    assert evaluation.receipt().tables["verdicts"] == hashlib.sha256(lines.encode()).hexdigest()
    # Wilson for 1 of 3 at 95 %: 0.0614919447203961 to 0.792340399197952 (SciPy: binomtest(1, 3).proportion_ci).
    figures = (
        '["register","indicator","kind","by","units","outside","unclassified","population",'
        '"excluded","not_due","due","missing","observed","successes","value","low","high",'
        '"bound_low","bound_high","state","reason"]\n'
        '["staff","men","share",[],3,0,0,3,0,0,3,0,3,1,0.3333333333333333,0.0614919447204,'
        '0.792340399198,0.3333333333333333,0.3333333333333333,"value",null]'
    )
    assert evaluation.receipt().tables["figures"] == hashlib.sha256(figures.encode()).hexdigest()


def test_hashes_of_counts_are_keyed_with_a_salt(staff):
    project, table = staff
    evaluation = project.evaluate({"staff": table}, AS_OF)
    plain, salted = evaluation.receipt(), evaluation.receipt(salt=SALT)
    counts = evaluation._native.canonical_bytes("staff")
    assert plain.registers[0].tally == hashlib.sha256(counts).hexdigest()
    assert salted.registers[0].tally == hmac.new(SALT, counts, "sha256").hexdigest()
    assert salted.tables["figures"] != plain.tables["figures"]
    assert salted.project_hash == plain.project_hash
    assert SALT.decode() not in salted.to_json()


def test_a_receipt_holds_settings_units_and_files(tmp_path):
    project = uf.Project.read(LIKES / "likes.toml")
    path = LIKES / "participants_constructed.csv"
    registers = {"participants": path, "staff": uf.File(LIKES / "staff.csv")}
    evaluation = project.evaluate(registers, AS_OF, by=[["gender"], []], level=0.9)
    receipt = evaluation.receipt(registers=registers, made_on="2022-07-01")
    assert (receipt.as_of, receipt.level, receipt.made_on) == (AS_OF, 0.9, "2022-07-01")
    assert receipt.by == [[], ["gender"]]
    participants = receipt.registers[0]
    # 142 participants: the report's own number.
    assert (participants.name, participants.units) == ("participants", 142)
    assert participants.files == (hashlib.sha256(path.read_bytes()).hexdigest(),)
    assert receipt.verify(project, registers).agrees
    receipt.write(tmp_path / "receipt.json")
    assert uf.Receipt.read(tmp_path / "receipt.json") == receipt
    assert evaluation.receipt().registers[0].files is None


def test_the_files_of_a_folder_are_hashed_in_any_order(tmp_path, staff):
    project, table = staff
    for name, part in (("b", table.slice(0, 1)), ("a", table.slice(1))):
        pq.write_table(part, tmp_path / f"{name}.parquet")
    (tmp_path / "remark.txt").write_text("none of ours")
    listed = [tmp_path / "b.parquet", tmp_path / "a.parquet"]
    evaluation = project.evaluate({"staff": tmp_path}, AS_OF)
    of_folder = evaluation.receipt(registers={"staff": tmp_path})
    of_list = project.evaluate({"staff": listed}, AS_OF).receipt(registers={"staff": listed})
    assert of_folder == of_list
    assert len(of_folder.registers[0].files) == 2


def test_what_is_protected_is_not_in_a_receipt_without_a_salt(staff):
    project, table = staff
    evaluation = project.evaluate({"staff": table}, AS_OF)
    rules = {"threshold": 5, "zeros": "printed", "hidden": 12, "found": "cheapest"}
    receipt = evaluation.receipt(protection=rules)
    assert receipt.to_dict()["registers"] == {
        "staff": {"units": None, "tally": None, "files": None}
    }
    assert dict(receipt.tables) == {"figures": None, "verdicts": None}
    assert receipt.protection == rules
    parts = {(part.part, part.reason) for part in receipt.verify(project, {"staff": table})}
    assert ("tally", "not_recorded") in parts
    salted = evaluation.receipt(protection=rules, salt=SALT)
    assert salted.registers[0].tally is not None
    assert salted.registers[0].units is None  # three are fewer than five
    many = pa.table({"Kön": ["woman"] * 5})
    held = project.evaluate({"staff": many}, AS_OF).receipt(protection=rules)
    assert held.registers[0].units == 5


def test_a_receipt_cannot_be_changed(staff):
    project, table = staff
    receipt = project.evaluate({"staff": table}, AS_OF).receipt(protection={"threshold": 5})
    for change in (
        lambda: setattr(receipt, "project", "other"),
        lambda: receipt.tables.update(figures="other"),
        lambda: receipt.protection.update(threshold=1),
    ):
        with pytest.raises((AttributeError, TypeError)):
            change()


# ── Verifying ──


def states(verification):
    return {
        part.part if not part.name else f"{part.part} {part.name}": part.reason or part.state
        for part in verification
    }


def test_every_part_says_whether_it_agrees(staff):
    project, table = staff
    receipt = project.evaluate({"staff": table}, AS_OF).receipt()
    assert states(receipt.verify(project, {"staff": table})) == {
        "project": "agrees",
        "units staff": "agrees",
        "tally staff": "agrees",
        "files staff": "not_recorded",
        "table figures": "agrees",
        "table verdicts": "agrees",
    }
    more = pa.table({"Kön": ["woman", "man", "woman", "man"]})
    changed = states(receipt.verify(project, {"staff": more}))
    assert [name for name, state in changed.items() if state == "differs"] == [
        "units staff",
        "tally staff",
        "table figures",
    ]
    assert set(states(receipt.verify(project)).values()) == {"agrees", "register_not_given"}


def test_a_change_of_the_project_is_told_apart_from_one_of_the_data(staff):
    """A goal changes the project and its verdicts; not what was counted."""
    project, table = staff
    receipt = project.evaluate({"staff": table}, AS_OF).receipt()
    goal = '\n[goals.men]\nlevel = "organisation"\ntier = "sub"\nindicator = "men"\n'
    promised = uf.Project.from_toml(project.to_toml() + goal)
    assert states(receipt.verify(promised, {"staff": table})) == {
        "project": "differs",
        "units staff": "agrees",
        "tally staff": "agrees",
        "files staff": "not_recorded",
        "table figures": "agrees",
        "table verdicts": "differs",
    }


def test_a_register_that_the_receipt_does_not_have_differs(staff):
    project, table = staff
    receipt = project.evaluate({}, AS_OF).receipt()
    verification = receipt.verify(project, {"staff": table})
    assert states(verification)["register staff"] == "differs"
    assert not verification.agrees


def test_a_salted_receipt_without_the_salt_tells_the_project_only(staff):
    project, table = staff
    receipt = project.evaluate({"staff": table}, AS_OF).receipt(salt=SALT)
    assert states(receipt.verify(project, {"staff": table})) == {
        "project": "agrees",
        "units staff": "agrees",
        "tally staff": "no_salt",
        "files staff": "not_recorded",
        "table figures": "no_salt",
        "table verdicts": "no_salt",
    }
    assert receipt.verify(project, {"staff": table}, salt=SALT).agrees


def test_counts_of_another_form_are_not_compared(staff):
    project, table = staff
    held = project.evaluate({"staff": table}, AS_OF).receipt().to_dict()
    receipt = uf.Receipt.from_json(json.dumps({**held, "form": held["form"] + 1}))
    assert states(receipt.verify(project, {"staff": table}))["tally staff"] == "other_form"


def test_tables_of_a_publication_are_not_computed_again(staff):
    project, table = staff
    held = project.evaluate({"staff": table}, AS_OF).receipt().to_dict()
    held["tables"]["published_figures"] = "0" * 64
    receipt = uf.Receipt.from_json(json.dumps(held))
    verification = receipt.verify(project, {"staff": table})
    assert states(verification)["table published_figures"] == "not_recomputed"
    assert verification.agrees


def test_nothing_checked_is_no_agreement():
    project = uf.Project.from_toml('schema = 1\nname = "Likes"')
    assert not uf.Verification((), "sv").agrees
    assert uf.Verification((), "sv").sentence == "Ingenting är prövat."
    assert project.evaluate({}, AS_OF).receipt().verify(project).agrees


# ── Laws ──


@law
@given(
    ANY_ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))),
    st.lists(st.integers(0, 100), max_size=4),
    st.randoms(),
)
def test_order_chunks_and_merging_change_no_receipt(orders, places, order):
    rows, shuffled = orders
    receipt = evaluate(rows).receipt()
    pieces = cut(shuffled, places)
    assert evaluate(shuffled).receipt() == receipt
    assert receipt.verify(lawful, {"people": pa.concat_tables(pieces)}).agrees
    tallies = [lawful.tally({"people": piece}, LAWS_AS_OF) for piece in pieces]
    order.shuffle(tallies)
    assert lawful.evaluate_tallies(tallies).receipt() == receipt


@law
@given(ANY_ROWS.filter(bool), st.integers(0, 100), st.booleans())
def test_a_counted_value_that_changed_is_noticed(rows, place, is_salted):
    """Gender is crossed, so whoever has another one is counted elsewhere."""
    place %= len(rows)
    other = "M" if rows[place]["Kön"] in ("K", " woman ") else "K"
    changed = [{**row, "Kön": other} if at == place else row for at, row in enumerate(rows)]
    salt = SALT if is_salted else None
    receipt = evaluate(rows).receipt(salt=salt)
    parts = states(receipt.verify(lawful, {"people": table(changed)}, salt=salt))
    assert parts["units people"] == "agrees"
    assert parts["tally people"] == "differs"
    assert parts["table figures"] == "differs"


def test_persons_counted_in_parts_have_the_receipt_of_the_whole():
    """In how many parts disjoint persons were counted is no count."""
    project = uf.Project.from_toml("""
        schema = 1
        name = "Enrolments"
        [registers.enrolments]
        unit = "enrolment"
        person = "Id"
        count = "persons"
        starts = "enrolled"
        ends = "left"
        by = ["branch"]
        columns.enrolled = { header = "In", type = "date" }
        columns.left = { header = "Ut", type = "date" }
        columns.branch = { header = "Gren", type = "level", levels = ["care", "school"] }
        [indicators.reached]
        kind = "count"
        register = "enrolments"
    """)
    day = pa.array([19_000, 19_001, 19_002], pa.date32())
    whole = pa.table(
        {"Id": ["A", "A", "B"], "In": day, "Ut": day, "Gren": ["care", "school", "care"]}
    )
    parts = [project.tally({"enrolments": part}, AS_OF) for part in (whole[:2], whole[2:])]
    receipt = project.evaluate({"enrolments": whole}, AS_OF).receipt()
    assert receipt.registers[0].units == 2
    assert project.evaluate_tallies(parts).receipt() == receipt


# ── What cannot be used ──

REFUSED = {
    "a receipt that is no JSON": (
        lambda _: uf.Receipt.from_json("schema = 1", "receipt.json"),
        "not_a_receipt",
        (
            "`receipt.json` is no receipt: it is not JSON; "
            "hand over what `receipt.write` or `--receipt` wrote"
        ),
    ),
    "another JSON file": (
        lambda _: uf.Receipt.from_json("[]", "receipt.json"),
        "not_a_receipt",
        (
            "`receipt.json` is no receipt: it has no key `receipt` with the version of its form; "
            "hand over what `receipt.write` or `--receipt` wrote"
        ),
    ),
    "a receipt that lacks a key": (
        lambda held: uf.Receipt.from_json(json.dumps({**held, "tables": None})),
        "not_a_receipt",
        (
            "`receipt` is no receipt: its key `tables` is missing or of another type; "
            "hand over what `receipt.write` or `--receipt` wrote"
        ),
    ),
    "a receipt with a crossing that is none": (
        lambda held: uf.Receipt.from_json(json.dumps({**held, "by": [1]})),
        "not_a_receipt",
        (
            "`receipt` is no receipt: its key `by` is missing or of another type; "
            "hand over what `receipt.write` or `--receipt` wrote"
        ),
    ),
    "a receipt of a later form": (
        lambda held: uf.Receipt.from_json(json.dumps({**held, "receipt": 2})),
        "newer_receipt",
        (
            "`receipt` is a receipt of form 2, and this version of utfall reads up to 1; "
            "upgrade utfall"
        ),
    ),
    "a short salt": (
        lambda _: _evaluation().receipt(salt=b"salt"),
        "salt_too_short",
        (
            "the salt has 4 bytes, expected 16 or more, since a short one can be guessed; "
            "make one by `secrets.token_bytes(32)` and keep it with the registers"
        ),
    ),
    "the salt of another receipt": (
        lambda _: _evaluation().receipt(salt=SALT).verify(_evaluation().project, salt=SALT[1:]),
        "wrong_salt",
        "the receipt was not made with this salt; hand over the one that it was made with",
    ),
    "a folder that cannot be written to": (
        lambda _: _evaluation().receipt().write("/nowhere/receipt.json"),
        "unwritable_file",
        "`receipt.json` cannot be written: No such file or directory",
    ),
    "a receipt that is not there": (
        lambda _: uf.Receipt.read("/nowhere/receipt.json"),
        "unreadable_file",
        "`receipt.json` cannot be read: No such file or directory",
    ),
    "a day that is none": (
        lambda _: _evaluation().receipt(made_on="yesterday"),
        "not_a_day",
        "`yesterday` is not a day; write `made_on` like 2022-06-30",
    ),
    "a language that is none": (
        lambda _: _evaluation().receipt().verify(_evaluation().project, language="fi"),
        "unknown_name",
        "there is no language `fi`; there are sv, en",
    ),
}


def _evaluation():
    return uf.Project.from_toml('schema = 1\nname = "Likes"').evaluate({}, AS_OF)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_told_whole(name):
    attempt, code, message = REFUSED[name]
    with pytest.raises(uf.UtfallError) as caught:
        attempt(_evaluation().receipt().to_dict())
    assert (caught.value.code, str(caught.value)) == (code, message)


@law
@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=3), st.lists),
    st.data(),
)
def test_no_changed_key_breaks_reading(value, data):
    held = _evaluation().receipt().to_dict()
    key = data.draw(st.sampled_from(sorted(held)))
    try:
        uf.Receipt.from_json(json.dumps({**held, key: value}))
    except uf.UtfallError as error:
        assert error.code in ("not_a_receipt", "newer_receipt")  # noqa: PT017


# ── How it shows itself ──


def test_a_receipt_shows_no_markup_of_a_project():
    project = uf.Project.from_toml('schema = 1\nname = "<script>\u202e"')
    receipt = project.evaluate({}, AS_OF).receipt()
    page = receipt._repr_html_() + receipt.verify(project)._repr_html_()
    assert "<script" not in page
    assert "\u202e" not in page + repr(receipt)


def test_a_verification_is_told_in_swedish(project, table):
    receipt = project.evaluate({"participants": table}, AS_OF).receipt()
    swedish = uf.Project.from_toml(PROJECT.replace('"en"', '"sv"'))
    rows = {**ROWS, "Kön": ["M", *ROWS["Kön"][1:]]}
    assert repr(receipt.verify(swedish, {"participants": pa.table(rows)})) == (
        "Kvittot stämmer inte: 4 av 5 prövade delar skiljer sig; 1 är inte prövad.\n\n"
        "✗ projektet, det som filen säger: stämmer inte\n"
        "✓ antalet enheter i registret `participants`: stämmer\n"
        "✗ räkningen av registret `participants`: stämmer inte\n"
        "– registret `participants` som fil: inte prövat, kvittot innehåller det inte\n"
        "✗ tabellen `figures`: stämmer inte\n"
        "✗ tabellen `verdicts`: stämmer inte"
    )


# ── On the command line ──

CONSTRUCTED = [
    f"participants={LIKES / 'participants_constructed.csv'}",
    f"staff={LIKES / 'staff.csv'}",
]


def test_a_receipt_is_written_and_verified(tmp_path, capsys):
    receipt, salt = tmp_path / "receipt.json", tmp_path / "salt"
    salt.write_bytes(SALT)
    project = str(LIKES / "likes.toml")
    options = ["--receipt", str(receipt), "--salt-file", str(salt), "--as-of", AS_OF]
    assert main(["evaluate", project, *CONSTRUCTED, *options]) == 0
    capsys.readouterr()
    verify = ["verify", str(receipt), project, *CONSTRUCTED, "--salt-file", str(salt)]
    assert main(verify) == 0
    assert capsys.readouterr().out.startswith("Kvittot stämmer: alla 10 prövade delar.\n")
    changed = tmp_path / "staff.csv"
    text = (LIKES / "staff.csv").read_text(encoding="utf-8")
    lines = text.splitlines()
    changed.write_text("\n".join([*lines, lines[-1]]), encoding="utf-8")
    assert main([*verify[:-3], f"staff={changed}", *verify[-2:], "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [
        (part["part"], part["name"]) for part in told["parts"] if part["state"] == "differs"
    ] == [
        ("units", "staff"),
        ("tally", "staff"),
        ("files", "staff"),
        ("table", "figures"),
    ]


def test_a_salt_that_is_not_there_is_bad_input(tmp_path, capsys):
    receipt = tmp_path / "receipt.json"
    options = ["--receipt", str(receipt), "--salt-file", str(tmp_path / "none"), "--as-of", AS_OF]
    assert main(["evaluate", str(LIKES / "likes.toml"), *options]) == 2
    assert capsys.readouterr().err == (
        "`none` cannot be read: No such file or directory [unreadable_file]\n"
    )
    assert not receipt.exists()
