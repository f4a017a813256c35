"""Reports: what they say is the same everywhere, protected where it is, and harmless whatever it is called."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from itertools import pairwise

import docx
import openpyxl
import pyarrow as pa
import pytest
import test_cases
import tomllib
from conftest import AS_OF, ROOT
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from report_readers import Page, formatted, plain_of, tables_of, write_all

import utfall as uf
from utfall.report._document import Cell
from utfall.report._words import CATALOGUE
from utfall.report._workbook_cells import as_shown, number_format

LIKES = ROOT / "examples" / "likes"
BANNER = "Oskyddat: innehåller uppgifter som kan röja enskilda. Får inte spridas."


@pytest.fixture(scope="module")
def likes():
    project = uf.Project.read(LIKES / "likes.toml")
    registers = {
        "participants": LIKES / "participants_constructed.csv",
        "staff": LIKES / "staff.csv",
    }
    return project.evaluate(registers, AS_OF)


@pytest.fixture(scope="module")
def written(likes, tmp_path_factory):
    return write_all(likes.unprotected(), tmp_path_factory.mktemp("likes"))


@pytest.fixture(scope="module")
def page(written):
    return Page(written["html"].read_text(encoding="utf-8"))


# ── The same everywhere ──


def test_every_table_says_the_same_in_every_format(written):
    tables = tables_of(written, "sv")
    assert len(tables["html"]) > 20
    for kind in ("md", "docx", "xlsx"):
        for one, other in zip(tables["html"], tables[kind], strict=True):
            assert (kind, *one) == (kind, *other)


def test_a_figure_is_that_of_the_evaluation(written):
    """66 of 97 in work or studies, and 4 of 35 men in Viadidakt: worked out by hand from the register."""
    (goals,) = [
        rows for caption, rows in tables_of(written, "sv")["xlsx"] if "individnivå" in caption
    ]
    assert goals[1][1:] == [
        "minst 70\u00a0%",
        "66 av 97 = 68,0\u00a0%",
        "58,2–76,5\u00a0%",
        "inte nått",
        "2",
        "ja",
    ]
    (men,) = [
        rows
        for caption, rows in tables_of(written, "sv")["docx"]
        if caption.endswith("Utfall efter grupp: Andel män bland deltagarna")
    ]
    viadidakt = ["Delprojekt", "Viadidakt", "4", "35", "11,4\u00a0%", "4,5–26,0\u00a0%", "0"]
    assert [*viadidakt, "under"] in men


def test_groups_are_compared_within_others_and_against_chance(likes, page):
    (within,) = [rows for caption, rows in page.tables if "inom varje del" in caption]
    (expected,) = [
        row
        for row in likes.strata
        if (row["indicator"], row["groups"], row["strata"])
        == ("work_or_studies", "gender", "subproject")
    ]
    points = 100 * expected["standardised"]
    assert within[1][1:] == [
        "Kvinnor – Män",
        "Delprojekt",
        f"{points:.1f}\u00a0procentenheter".replace(".", ","),
        "från −17,7 till 18,3",
        f"{expected['p_value']:.3f}".replace(".", ","),
        f"{expected['tarone']:.3f}".replace(".", ","),
    ]
    # The share of men by gender says nothing of chance.
    assert not [row for row in within if row[0] == "Andel män bland deltagarna"]
    funnels = [a["alt"] for tag, a in page.opened if tag == "img" and "utöver" in a["alt"]]
    assert any("Viadidakt: 4 av 35 = 11,4" in said for said in funnels)


def test_every_goal_is_told_by_the_sentence_of_the_core(likes, written, page):
    word = "\n".join(p.text for p in docx.Document(str(written["docx"])).paragraphs)
    sheet = openpyxl.load_workbook(written["xlsx"])["Text"]
    cells = {row[2] for row in sheet.values if row[2]}
    markdown = MarkdownIt("commonmark").parse(written["md"].read_text("utf-8"))
    lines = {plain_of(token) for token in markdown if token.type == "inline"}
    for sentence in likes.sentences().values():
        assert sentence in page.texts
        assert sentence in word
        assert sentence in cells
        assert sentence in lines


def test_numbers_of_a_workbook_show_what_the_core_writes():
    """For every share of up to 80, and where Excel rounds a half up and the core does not: 5 of 16."""
    from utfall import _native  # noqa: PLC0415

    for language in ("sv", "en"):
        cells = [
            Cell(_native.number_text(k / n, unit, language), k / n, unit)
            for n in range(1, 81)
            for k in range(n + 1)
            for unit in ("share", "points", "quantity")
        ]
        values = (-0.125, -3.0, 1234.5, 999.995, 12_345.0, 25e6, -12_345.6, -0.0004)
        cells += [
            Cell(_native.number_text(value, unit, language), value, unit)
            for value in values
            for unit in (("points", "quantity") if abs(value) <= 1 else ("quantity",))
        ]
        cells += [
            Cell(_native.number_text(k / 1_999, "p_value", language), k / 1_999, "p_value")
            for k in range(2_000)
        ]
        for cell in cells:
            shown = formatted(as_shown(cell), number_format(cell, language), language)
            assert shown == cell.text
            # What is shown as nought is nought, without a sign.
            scale = 100 if cell.unit == "points" else 1
            assert as_shown(cell) in (0.0, pytest.approx(cell.value * scale, rel=1e-11))


def test_definitions_are_those_of_the_evaluation(likes, page):
    for name in likes.project.indicators:
        definition = " ".join(likes.explain(name).definition)
        assert re.sub(r"`([\w.()=,-]+)`", r"\1", definition) in page.texts


# ── Order and structure ──

CHAPTERS = [
    "Sammanfattning",
    "Deltagare och ekonomi",
    "Mål, indikatorer och resultat",
    "Horisontella principer",
    "Uppföljning",
    "Metod",
    "Fynd",
    "Kvitto",
]


def test_chapters_stand_in_the_order_of_a_final_report(written, page):
    assert [text for level, text in page.headings if level == 2] == ["Innehåll", *CHAPTERS]
    document = docx.Document(str(written["docx"]))
    found = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert found == CHAPTERS
    lines = written["md"].read_text("utf-8").splitlines()
    assert [line[3:] for line in lines if line.startswith("## ")] == CHAPTERS
    entries = openpyxl.load_workbook(written["xlsx"])["Innehåll"]
    named = dict.fromkeys(row[1] for row in entries.values if row[1] in CHAPTERS)
    assert list(named) == CHAPTERS


def test_headings_skip_no_level(written, page):
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    document = docx.Document(str(written["docx"]))
    found = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading ")]
    levels = [0, *(int(name[-1]) for name in found)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_link_of_the_contents_leads_somewhere(page):
    places = [attributes["id"] for _, attributes in page.opened if "id" in attributes]
    links = [attributes["href"] for tag, attributes in page.opened if tag == "a"]
    assert len(places) == len(set(places))
    assert len(links) > 15
    assert all(link[0] == "#" and link[1:] in places for link in links)


def test_tables_have_captions_and_scopes(page):
    scopes = [attributes.get("scope") for tag, attributes in page.opened if tag == "th"]
    assert set(scopes) == {"col", "row"}
    assert all(caption.startswith(f"Tabell {n}. ") for n, (caption, _) in enumerate(page.tables, 1))
    assert ("html", {"lang": "sv"}) in page.opened


def test_pictures_have_alternative_texts(written, page):
    told = [attributes["alt"] for tag, attributes in page.opened if tag == "img"]
    document = docx.Document(str(written["docx"]))
    described = [element.get("descr") for element in document.element.body.iter(qn("wp:docPr"))]
    drawings = []
    with zipfile.ZipFile(written["xlsx"]) as parts:
        for name in sorted(parts.namelist(), key=lambda name: (len(name), name)):
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
                drawings += re.findall(r' descr="([^"]*)"', parts.read(name).decode())
    assert len(told) > 8
    assert any("66 av 97 = 68,0\u00a0%" in text for text in told)
    assert told == described == drawings


def test_a_page_fetches_nothing_and_has_no_script(written):
    text = written["html"].read_text("utf-8")
    assert "<script" not in text
    addresses = re.findall(r'(?:src|href)="([^"]{1,30})', text)
    assert all(address.startswith(("#", "data:image/svg+xml;base64,")) for address in addresses)
    assert "url(" not in text
    assert "@import" not in text


def test_word_has_real_styles_and_fields(written):
    document = docx.Document(str(written["docx"]))
    names = {paragraph.style.name for paragraph in document.paragraphs}
    assert names >= {
        "Title",
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Caption",
        "List Bullet",
        "toc 1",
    }
    xml = document.element.body.xml
    assert xml.count("SEQ Tabell") == len(document.tables)
    assert 'TOC \\o "1-2"' in xml
    for table in document.tables:
        assert table.style.name == "Report table"
        assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
    names = set(re.findall(r'w:bookmarkStart w:id="\d+" w:name="(\w+)"', xml))
    assert set(re.findall(r'w:hyperlink w:anchor="(\w+)"', xml)) <= names
    assert 'w:lang w:val="sv-SE"' in document.styles.element.xml


def test_a_workbook_has_one_table_on_each_sheet_and_real_numbers(written):
    workbook = openpyxl.load_workbook(written["xlsx"])
    for sheet in workbook:
        is_chart = sheet.title.startswith("Diagram")
        assert len(sheet.tables) == (0 if is_chart else 1)
        assert sheet.freeze_panes is not None or is_chart or sheet.title == "Innehåll"
    (sheet,) = [s for s in workbook if "Vård och omsorg" in {row[0] for row in s.values}]
    assert [cell.value for cell in sheet["B"][4:]] == [49, 24, 15, 2, 2, 92]
    assert workbook.properties.title == "Likes (konstruerat register: inga verkliga personer)"


def test_the_same_release_gives_the_same_bytes(likes, written, tmp_path):
    again = tmp_path / "again.docx"
    likes.unprotected().write_docx(again)
    assert again.read_bytes() == written["docx"].read_bytes()


# ── Unprotected by name only ──


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx", "markdown"])
def test_an_evaluation_is_not_written(likes, tmp_path, kind):
    with pytest.raises(uf.UtfallError) as caught:
        getattr(likes, f"write_{kind}")(tmp_path / "report")
    assert caught.value.code == "unprotected"
    assert not list(tmp_path.iterdir())


def test_the_banner_stands_above_everything(written, page, likes):
    assert page.texts[0] == BANNER
    assert written["md"].read_text("utf-8").splitlines()[2] == f"> **{BANNER}**"
    document = docx.Document(str(written["docx"]))
    assert [p.text for section in document.sections for p in section.header.paragraphs] == [BANNER]
    for sheet in openpyxl.load_workbook(written["xlsx"]):
        assert sheet["A1"].value == BANNER
        assert sheet.oddHeader.left.text.endswith(BANNER)
    release = likes.unprotected()
    assert repr(release).startswith(f"! {BANNER}\n")
    assert release._repr_html_().index(BANNER) < release._repr_html_().index("<table>")


def test_a_release_has_what_the_evaluation_has(likes):
    release = likes.unprotected()
    assert release["men"] == likes["men"]
    assert release.goal("men") == likes.goal("men")
    assert len(release.funnels) == len(likes.funnels)
    assert {"plot", "write_html", "banner", "comparisons"} <= set(dir(release))
    with pytest.raises(AttributeError):
        release.nothing  # noqa: B018


REFUSED = {
    "an evaluation": (
        lambda release, folder: release._evaluation.write_html(folder / "report.html"),
        "unprotected",
        (
            "an evaluation is not protected, and is not written; write `evaluation.publish()`, or "
            "`evaluation.unprotected()` for who may see every number"
        ),
    ),
    "a language that is not there": (
        lambda release, folder: release.write_html(folder / "report.html", language="fi"),
        "unknown_name",
        "there is no language `fi`; there are sv, en",
    ),
    "a folder that is not there": (
        lambda release, folder: release.write_markdown(folder / "none" / "report.md"),
        "unwritable_file",
        "`{folder}/none/report.md` cannot be written: no such file or directory; write to another path",
    ),
    "a file as of another program": (
        lambda _, folder: _writer(str(folder / "report.pdf")),
        "unknown_ending",
        "`{folder}/report.pdf` has an ending of which there is no report; there are .html, .docx, .xlsx, .md",
    ),
    "a library that is not there": (
        lambda _, folder: _without_libraries(folder),
        "not_installed",
        "reports of this kind need `altair`; install `utfall[report]`",
    ),
}


def _writer(path):
    from utfall.report._release import writer  # noqa: PLC0415

    return writer(path)


def _without_libraries(folder):
    import importlib.util  # noqa: PLC0415

    from utfall._command_line import _report  # noqa: PLC0415

    find = importlib.util.find_spec
    with pytest.MonkeyPatch.context() as patch:
        absent = lambda name: None if name == "altair" else find(name)  # noqa: E731
        patch.setattr("utfall.report._writes.find_spec", absent)
        options = {"project": LIKES / "likes.toml", "output": str(folder / "a.md"), "lang": None}
        options |= {"registers": [], "as_of": AS_OF, "by": None, "title": None, "unprotected": True}
        options |= {name: [] for name in ("sheet", "dates", "decimal", "encoding")}
        _report(type("Options", (), {**options, "threshold": None}))


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_written_is_told_whole(name, tmp_path):
    ask, code, told = REFUSED[name]
    project = uf.Project.from_toml('schema = 1\nname = "Nothing"')
    with pytest.raises(uf.UtfallError) as caught:
        ask(project.evaluate({}, AS_OF).unprotected(), tmp_path)
    assert (caught.value.code, str(caught.value)) == (code, told.format(folder=tmp_path))


# ── Words ──


def test_the_catalogue_is_complete():
    braces = re.compile(r"\{(\w+)\}")
    for key, (swedish, english) in CATALOGUE.items():
        assert swedish.strip() == swedish != ""
        assert english.strip() == english != ""
        assert sorted(braces.findall(swedish)) == sorted(braces.findall(english)), key
        assert not re.search("[åäöÅÄÖ]", english), key


def test_every_word_of_the_catalogue_is_used():
    folder = ROOT / "python" / "utfall"
    sources = [
        p.read_text("utf-8")
        for p in (folder / "report").glob("*")
        if p.is_file() and p.name != "_words.py"
    ]
    text = "\n".join([*sources, (folder / "_unprotected.py").read_text("utf-8")])
    made = {"level_", "state_", "funnel_", "severity_", "tier_", "method_", "plan_c", "grounds_c"}
    for key in CATALOGUE:
        assert re.search(rf"""["'.]{key}\b""", text) or any(
            key.startswith(part) for part in made
        ), key


def test_the_states_of_checks_are_the_words_of_the_core(likes):
    for language in ("sv", "en"):
        place = {"sv": 0, "en": 1}[language]
        lines = likes._native.check_lines(language)
        for row, line in zip(likes.checks, lines, strict=True):
            assert CATALOGUE[f"state_{row['state']}"][place] == line[1]


def test_a_report_in_english_has_no_swedish_of_its_own(likes, tmp_path):
    path = tmp_path / "likes.md"
    likes.unprotected().write_markdown(path, language="en", title="Likes")
    text = path.read_text("utf-8")
    assert text.startswith("# Likes\n\n> **Unprotected: contains what may reveal individuals.")
    assert "66 of 97 = 68.0%" in text
    declared = likes.project.to_toml()  # what the project says stays in its own language
    for swedish, english in CATALOGUE.values():
        if len(swedish) > 12 and "{" not in swedish and swedish not in declared:
            assert swedish == english or swedish not in text
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == [
        "Summary",
        "Participants and costs",
        "Goals, indicators and results",
        "Horizontal principles",
        "Follow-up",
        "Method",
        "Findings",
        "Receipt",
    ]


# ── Every kind of indicator, and none ──


def test_a_report_of_nothing_says_so(tmp_path):
    release = uf.Project.from_toml('schema = 1\nname = "Nothing"').evaluate({}, AS_OF).unprotected()
    paths = write_all(release, tmp_path)
    text = paths["md"].read_text("utf-8")
    assert "Projektfilen har inga mål." in text
    assert "Inga fynd." in text


KINDS = [
    *(
        "change_one_item",
        "change_of_numbers",
        "coverage",
        "incidence",
        "survey_items",
        "check_plan",
    ),
    *("flow_funnel", "hierarchy_crossed", "persons_overlap", "money", "planned"),
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_indicator_and_table_can_be_written(kind, tmp_path):
    path = ROOT / "tests" / "cases" / f"{kind}.toml"
    release = test_cases.evaluate(tomllib.loads(path.read_text("utf-8"))).unprotected()
    release.write_markdown(tmp_path / "case.md")
    text = (tmp_path / "case.md").read_text("utf-8")
    assert "None" not in text
    assert "nan" not in re.findall(r"\b\w+\b", text)


MOVES = """
schema = 1
name = "Moves"
language = "en"
[registers.people]
unit = "person"
columns.before = { header = "Before", type = "ordinal", levels = ["far", "near"] }
columns.after = { header = "After", type = "ordinal", levels = ["far", "near"] }
[indicators.moved]
kind = "change"
register = "people"
items = [{ from = "before", to = "after" }]
"""


def test_movements_are_tested_against_chance(tmp_path):
    """Eight of nine who moved went up: by the binomial distribution p is 2 (9 + 1) / 2^9."""
    people = pa.table({"Before": ["far"] * 8 + ["near"], "After": ["near"] * 8 + ["far"]})
    project = uf.Project.from_toml(MOVES)
    paths = write_all(project.evaluate({"people": people}, AS_OF).unprotected(), tmp_path)
    for kind, tables in tables_of(paths, "en").items():
        (tests,) = [rows for caption, rows in tables if "against chance" in caption]
        found = dict(zip(*tests, strict=True))
        assert (kind, found["Measured"], found["p, sign test"]) == (kind, "9", "0.039")


# ── Command line, extras ──


def test_the_command_line_writes_what_python_writes(likes, tmp_path, capsys):
    from utfall._command_line import main  # noqa: PLC0415

    path = tmp_path / "likes.md"
    arguments = ["report", LIKES / "likes.toml"]
    arguments += [
        f"participants={LIKES / 'participants_constructed.csv'}",
        f"staff={LIKES / 'staff.csv'}",
    ]
    arguments += ["--as-of", AS_OF, "-o", path, "--language", "en"]
    assert main([str(argument) for argument in [*arguments, "--unprotected"]]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    likes.unprotected().write_markdown(tmp_path / "python.md", language="en")
    assert path.read_text("utf-8") == (tmp_path / "python.md").read_text("utf-8")
    path.unlink()
    if not hasattr(likes, "publish"):
        assert main([str(argument) for argument in arguments]) == 2
        assert "[unprotected]" in capsys.readouterr().err
        assert not path.exists()


def test_reports_are_imported_when_one_is_written():
    code = (
        "import sys, utfall; utfall.Evaluation; utfall.Unprotected; "
        "print([name for name in ('jinja2', 'docx', 'xlsxwriter', 'altair') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert ran.stdout == "[]\n"
