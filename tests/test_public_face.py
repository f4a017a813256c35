"""What people see: names, docstrings, types, the schema of project files, displays."""

from __future__ import annotations

import dataclasses
import importlib.resources
import inspect
import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import jsonschema
import pyarrow as pa
import pytest
import tomllib
from conftest import AS_OF, ROOT

import utfall as uf
from utfall import _native

PACKAGES = {"disclosure", "plots", "report", "stats"}
PUBLIC = [getattr(uf, name) for name in uf.__all__ if name not in {"__version__"} | PACKAGES]
PUBLIC += [uf.plots.plot]
PUBLIC += [getattr(uf.report, name) for name in uf.report.__all__]
PUBLIC += [getattr(uf.disclosure, name) for name in uf.disclosure.__all__]
PUBLIC += [getattr(uf.stats, name) for name in uf.stats.__all__]
CLASSES = [item for item in PUBLIC if inspect.isclass(item)]

# ── Names ──


@pytest.mark.parametrize("package", [uf, uf.disclosure, uf.plots, uf.report, uf.stats])
def test_all_is_sorted(package):
    assert package.__all__ == sorted(package.__all__)


def test_all_is_complete():
    names = {"Any", "TYPE_CHECKING", "import_module"}
    public = {name for name in vars(uf) if not name.startswith("_")} - names
    assert public <= set(uf.__all__)
    assert dir(uf) == uf.__all__


def test_importing_the_package_does_not_import_statistics():
    code = "import sys, utfall; print('utfall.stats' in sys.modules, utfall.stats.__name__)"
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    assert ran.stdout.split() == ["False", "utfall.stats"]


def test_statistics_are_all_public():
    public = {name for name in vars(uf.stats) if not name.startswith("_")}
    assert public == set(uf.stats.__all__)


def test_the_version_is_that_of_the_package():
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert uf.__version__ == tomllib.load(file)["project"]["version"]


def test_stubs_name_what_the_binary_has():
    stub = (ROOT / "python" / "utfall" / "_native.pyi").read_text(encoding="utf-8")
    declared = re.findall(r"^(?:class|def) (\w+)", stub, re.MULTILINE)
    assert sorted(declared) == sorted(_native.__all__)


def test_the_package_says_that_it_is_typed():
    assert (importlib.resources.files("utfall") / "py.typed").is_file()


# ── Docstrings ──


@pytest.mark.parametrize("item", PUBLIC, ids=lambda item: item.__name__)
def test_everything_public_has_an_example(item):
    assert ">>> " in (item.__doc__ or "")


def public_members(kind):
    for name, member in vars(kind).items():
        if not name.startswith("_"):
            yield name, getattr(member, "__func__", member)


MEMBERS = [
    pytest.param(kind, name, member, id=f"{kind.__name__}.{name}")
    for kind in CLASSES
    for name, member in public_members(kind)
]


@pytest.mark.parametrize(("kind", "name", "member"), MEMBERS)
def test_every_member_has_a_docstring(kind, name, member):
    if dataclasses.is_dataclass(kind) and not (
        inspect.isroutine(member) or isinstance(member, property)
    ):
        assert name in kind.__doc__
    else:
        assert member.__doc__.strip()


METHODS = [
    pytest.param(kind, name, member, id=f"{kind.__name__}.{name}")
    for kind in CLASSES
    for name, member in public_members(kind)
    if inspect.isroutine(member)
]


@pytest.mark.parametrize(("kind", "name", "member"), METHODS)
def test_every_method_is_called_in_an_example(kind, name, member):
    examples = re.findall(
        r"^ *(?:>>>|\.\.\.) (.*)$", f"{kind.__doc__}\n{member.__doc__}", re.MULTILINE
    )
    assert any(f".{name}(" in line for line in examples)


# ── Import ──

HEAVY = [
    "altair",
    "pandas",
    "polars",
    "pyarrow",
    "numpy",
    "duckdb",
    "jsonschema",
    "jinja2",
    "docx",
    "xlsxwriter",
    "argparse",
    "asyncio",
    # Data classes look into their sources: twelve milliseconds that few need.
    "dataclasses",
]


def python(code):
    """Run a program in a new interpreter and give what it prints."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    return done.stdout


def test_import_brings_no_other_library():
    code = f"import sys, utfall; print([name for name in {HEAVY} if name in sys.modules])"
    assert python(code) == "[]\n"


def test_evaluation_of_a_file_brings_no_data_frame():
    code = f"""
import sys, utfall
project = utfall.Project.read({str(ROOT / "examples" / "likes" / "reported.toml")!r})
staff = {str(ROOT / "examples" / "likes" / "staff.csv")!r}
evaluation = project.evaluate({{"staff": staff}}, "2022-06-30")
print(evaluation["men_in_staff"].successes, repr(evaluation) > "", len(evaluation.figures) > 0)
print([name for name in {HEAVY[:6]} if name in sys.modules])
"""
    assert python(code) == "5 True True\n[]\n"


# ── What cannot be changed ──


def test_results_are_frozen(evaluation):
    goal = evaluation.goal("men")
    for result in (evaluation["men"], goal, goal.current):
        name = dataclasses.fields(result)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(result, name, None)


def test_compiled_classes_are_frozen(project, evaluation):
    for wrapper in (project, evaluation, evaluation.figures):
        with pytest.raises(AttributeError):
            wrapper._native.anything = 1


def test_a_table_given_is_a_copy(evaluation):
    evaluation.figures["state"][0] = "changed"
    assert evaluation.figures["state"][0] == "value"


def test_projects_are_equal_where_they_declare_the_same(project):
    again = uf.Project.from_toml(project.to_toml())
    assert again == project
    assert again != uf.Project.from_toml('schema = 1\nname = "Another"')
    assert project != project.to_toml()


# ── For people ──


def test_a_figure_is_at_hand_by_name_and_group(evaluation):
    men = evaluation["men"]
    assert (men.successes, men.observed, men.value, men.group) == (2, 6, 2 / 6, {})
    by_gender = evaluation["participants"].by("gender")
    assert {code: figure.value for code, figure in by_gender.items()} == {
        "woman": 4,
        "man": 2,
        "(unknown)": 1,
    }


def test_crossed_groups_are_named_in_the_order_asked_for(project, table):
    evaluation = project.evaluate({"participants": table}, AS_OF, by=["gender", "active"])
    one, other = (
        evaluation["participants"].by(*columns)
        for columns in (("gender", "active"), ("active", "gender"))
    )
    assert one["woman", "true"].value == other["true", "woman"].value == 2
    assert {tuple(reversed(key)) for key in one} == set(other)


def test_a_goal_is_at_hand_by_name(evaluation):
    goal = evaluation.goal("men")
    assert (goal.verdict, goal.value, goal.units_short, goal.settled, goal.reason) == (
        "not_met",
        2 / 6,
        1,
        True,  # 3 of 7 at best
        None,
    )
    assert goal.current is goal.versions[-1]
    assert goal.sentence == evaluation.sentences()["men"]


# ── Displays ──


class Tags(HTMLParser):
    """The tags and the text of a page; a tag left open or closed twice is an error."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts, self.open = set(), [], []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        """Take a tag that opens."""
        self.tags.add(tag)
        names = [name for name, _ in attributes]
        if tag in MARKS:  # which say nothing but where they lie
            names = [name for name in names if name.startswith("on") or "href" in name]
        self.tags |= {f"{tag}[{name}]" for name in names}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Take a tag that closes."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Take a text."""
        self.texts.append(data)


PLAIN = {"table", "caption", "thead", "tbody", "tr", "th", "td", "p", "th[scope]"}
PLAIN |= {"div", "div[class]", "div[lang]", "style", "h3", "h4", "bdi", "code", "br", "ul", "li"}
PLAIN |= {"td[class]", "tr[class]", "span", "span[class]", "span[style]", "span[aria-hidden]"}
PLAIN |= {"details", "details[open]", "summary", "svg", "line", "rect", "circle"}
MARKS = {"svg", "line", "rect", "circle"}


def test_a_project_names_itself(project):
    assert repr(project) == "<Project 'Sju rader': 1 register, 5 indicators, 1 goal>"


SHOWN = """\
Sju rader · 2022-06-30

Goal  Target        Outcome         Verdict  Note
────  ────────────  ──────────────  ───────  ───────
men   at least 50%  2 of 6 = 33.3%  not met  1 short"""


def test_an_evaluation_shows_its_goals(evaluation):
    assert repr(evaluation) == evaluation.to_text() == SHOWN


def test_an_evaluation_shows_its_goals_as_html(evaluation):
    page = Tags(evaluation._repr_html_())
    assert page.tags <= PLAIN
    assert page.texts[1:16] == [
        "Sju rader · 2022-06-30",
        *["Goal", "Target", "Outcome", "Interval", "Verdict", "Note"],
        *["Half of the participants are men", "men", "at least 50%", "2 of 6 = 33.3%", "9.7–70.0%"],
        *["♦", " ", "not met"],
    ]


def test_an_evaluation_fits_the_width_asked_for(evaluation):
    for width in (40, 60, 80):
        assert all(len(line) <= width for line in evaluation.to_text(width=width).splitlines())


@pytest.mark.parametrize("name", ["figures", "verdicts", "findings"])
def test_a_table_shows_its_rows(name, project, table):
    spelled = table.set_column(1, "Kön", pa.array(["K", "M", "x", None, "M", "K", "K"]))
    rows = getattr(project.evaluate({"participants": spelled}, AS_OF), name)
    shown = [
        column for column in rows.column_names if any(cell is not None for cell in rows[column])
    ]
    header, rule, *lines = repr(rows).splitlines()
    assert header.split() == shown
    assert set(rule) == {"─", " "}
    assert len(lines) >= len(rows)
    page = Tags(rows._repr_html_())
    assert page.tags <= PLAIN
    assert page.texts[: len(shown)] == shown


def test_a_long_table_says_how_much_more_there_is(project, table):
    figures = project.evaluate({"participants": table}, AS_OF, by=["gender", "step"]).figures
    more = len(figures) - 20
    assert more > 0
    assert repr(figures).splitlines()[-1] == f"… {more} more"


def test_an_empty_table_shows_itself():
    evaluation = uf.Project.from_toml('schema = 1\nname = "Nothing"').evaluate({}, AS_OF)
    tables = (evaluation.figures, evaluation.overlap, evaluation.verdicts, evaluation.findings)
    for rows in tables:
        assert repr(rows).splitlines()[0].split() == rows.column_names
        assert Tags(rows._repr_html_()).texts == rows.column_names
    assert repr(evaluation) == "Nothing · 2022-06-30"


HOSTILE = """<img src=x onerror="alert('1')">&amp;"""

HOSTILE_PROJECT = {
    "schema": 1,
    "name": HOSTILE,
    "description": HOSTILE,
    "registers": {
        "people": {
            "unit": HOSTILE,
            "by": ["part"],
            "columns": {
                "part": {
                    "header": HOSTILE,
                    "type": "level",
                    "levels": {HOSTILE: {"sv": f"sv {HOSTILE}", "spellings": ["x"]}},
                }
            },
        }
    },
    "indicators": {
        "share": {
            "sv": HOSTILE,
            "kind": "share",
            "register": "people",
            "having": {"part": HOSTILE},
        }
    },
    "goals": {
        "share": {
            "sv": HOSTILE,
            "level": "individual",
            "tier": "sub",
            "indicator": "share",
            "targets": [{"from": "2020-01-01", "at_least": 0.5}],
        },
        "rated": {
            "level": "structure",
            "tier": "sub",
            "scale": ["low", HOSTILE],
            "targets": [{"from": "2020-01-01", "at_least": HOSTILE}],
            "evidence": [{"rating": "low", "on": "2022-01-01", "source": HOSTILE}],
        },
    },
}


def test_hostile_texts_are_escaped():
    project = uf.Project.from_json(json.dumps(HOSTILE_PROJECT))
    rows = pa.table({HOSTILE: ["x", "<b>"]})
    evaluation = project.evaluate({"people": rows}, AS_OF)
    pages = [evaluation._repr_html_()]
    pages += [
        table._repr_html_()
        for table in (evaluation.figures, evaluation.verdicts, evaluation.findings)
    ]
    assert any(HOSTILE in text for text in Tags(pages[0]).texts)
    assert any(HOSTILE in text for text in Tags(pages[1]).texts)
    for page in pages:
        assert Tags(page).tags <= PLAIN


# ── The schema of project files ──


@pytest.fixture(scope="module")
def schema():
    return json.loads(uf.json_schema())


@pytest.fixture(scope="module")
def validator(schema):
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


PROJECT_FILES = sorted(
    path for path in (ROOT / "examples").rglob("*.toml") if path.name != "Cargo.toml"
)

CASES = sorted((ROOT / "tests" / "cases").glob("*.toml"))


def test_the_committed_schema_is_current():
    committed = ROOT / "docs" / "reference" / "project.schema.json"
    assert committed.read_text(encoding="utf-8") == uf.json_schema()


def test_there_are_examples():
    assert len(PROJECT_FILES) >= 4


@pytest.mark.parametrize("path", PROJECT_FILES, ids=lambda path: path.parent.name + "/" + path.name)
def test_every_example_is_valid(path, validator):
    project = uf.Project.read(path)
    assert [error.message for error in validator.iter_errors(json.loads(project.to_json()))] == []
    assert uf.Project.from_toml(project.to_toml()) == project


def test_every_project_that_is_read_is_valid(validator):
    read = 0
    for path in CASES:
        text = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
        try:
            project = uf.Project.from_toml(text)
        except uf.ProjectError:
            continue
        errors = list(validator.iter_errors(json.loads(project.to_json())))
        assert errors == [], path.name
        read += 1
    assert read > 80


@pytest.mark.parametrize(
    "fault",
    [
        {"ownr": "RAR"},
        {"language": "fi"},
        {"goals": {"men": {"level": "personal", "tier": "sub"}}},
        {"registers": {"people": {"unit": "person", "colums": {}}}},
        {"indicators": {"men": {"kind": "share", "register": "people"}}},
    ],
    ids=lambda fault: next(iter(fault)),
)
def test_the_schema_refuses_what_reading_refuses(fault, validator):
    declared = {"schema": 1, "name": "Case", **fault}
    with pytest.raises(uf.ProjectError):
        uf.Project.from_json(json.dumps(declared))
    assert not validator.is_valid(declared)
