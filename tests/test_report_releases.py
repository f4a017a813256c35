"""Reports of a publication say in words what is withheld, and whatever something is called does no harm."""

from __future__ import annotations

import io
import json
import re
import zipfile

import docx
import openpyxl
import pyarrow as pa
import pytest
from conftest import AS_OF, ROOT
from markdown_it import MarkdownIt
from report_readers import Page, plain_of, tables_of, write_all

import utfall as uf

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


# ── Protected ──


class Published(uf.report.Writes):
    """Stands for a publication: the tables of an evaluation, of which some rows are withheld."""

    banner = None
    audit_note = "Antal från 1 till 4 är dolda."

    def __init__(self, evaluation):
        self._evaluation = evaluation

    def __getattr__(self, name):
        """Give what the evaluation has."""
        return getattr(self._evaluation, name)

    @property
    def figures(self):
        """Give the figures, those of Viadidakt withheld."""
        return [self._of_viadidakt(row) for row in self._evaluation.figures]

    @property
    def flow(self):
        """Give the flow, without that of Viadidakt."""
        return [self._of_viadidakt(row) for row in self._evaluation.flow]

    @property
    def comparisons(self):
        """Give the comparisons, those of sub-projects withheld."""
        rows = []
        for row in self._evaluation.comparisons:
            kept = ("register", "indicator", "by")
            hidden = row["by"] == ["subproject"]
            rows.append(
                {k: None if hidden and k not in kept else v for k, v in row.items()}
                | {"protected": hidden}
            )
        return rows

    @property
    def verdicts(self):
        """Give the verdicts, that on the men withheld."""
        rows = []
        for row in self._evaluation.verdicts:
            hidden = row["goal"] == "men"
            gone = ("value", "verdict", "settled", "units_short")
            rows.append(
                {k: None if hidden and k in gone else v for k, v in row.items()}
                | {"protected": hidden}
            )
        return rows

    def checks_in(self, language):
        """Give the checks, what they say of Viadidakt withheld."""
        rows = []
        for row in self._evaluation.checks_in(language):
            hidden = row["group"] == ["subproject=Viadidakt"]
            told = {"state": None, "sentence": "Andel män bland deltagarna, Viadidakt: skyddat."}
            rows.append(row | (told if hidden else {}) | {"protected": hidden})
        return rows

    @property
    def receipt(self):
        """Give something that is laid out as a receipt."""
        return type("Receipt", (), {"to_dict": lambda _: {"as_of": AS_OF, "rows": {"staff": 2}}})()

    def plot(self, kind, **options):
        """Draw what is not withheld."""
        return uf.plots.plot(self, kind, **options)

    @staticmethod
    def _of_viadidakt(row):
        hidden = row["by"] == ["subproject"] and row["subproject"] == "Viadidakt"
        if not hidden:
            return row | {"protected": False}
        kept = ("register", "indicator", "kind", "by", "gender", "subproject", "branch", "stage")
        gone = {name: value if name in kept else None for name, value in row.items()}
        return gone | {"state": "suppressed", "reason": None, "protected": True}


@pytest.fixture(scope="module")
def published(likes, tmp_path_factory):
    return write_all(Published(likes), tmp_path_factory.mktemp("published"), has_pictures=False)


@pytest.mark.parametrize("kind", ["html", "md", "docx", "xlsx"])
def test_what_is_withheld_says_so_in_words(published, kind):
    tables = tables_of(published, "sv")[kind]
    rows = [row for _, rows in tables for row in rows if "Viadidakt" in row[:2]]
    groups = [row for row in rows if row[:2] == ["Delprojekt", "Viadidakt"]]
    assert len(groups) > 4
    for row in groups:
        assert set(row[2:]) == {"skyddat"}
    # In declared order, among the others: a hidden number decides no place.
    (men,) = [
        rows for caption, rows in tables if caption.endswith("grupp: Andel män bland deltagarna")
    ]
    parts = [row[1] for row in men if row[0] == "Delprojekt"]
    assert parts == ["Viadidakt", "Nyköping", "Strängnäs", "Eskilstuna"]
    (crossed,) = [rows for caption, rows in tables if caption.endswith("efter Delprojekt och Kön")]
    assert crossed[1] == ["Viadidakt", "31", "4", "skyddat"]
    (goals,) = [rows for caption, rows in tables if "individnivå" in caption]
    assert [row[4:] for row in goals[-2:]] == [["skyddat"] * 3] * 2
    assert [
        row
        for _, rows in tables
        for row in rows
        if row[-1] == "skyddat" and row[0].startswith("Andel män bland deltagarna, Viadidakt")
    ]


def test_a_table_with_something_withheld_explains_the_word(published):
    page = Page(published["html"].read_text("utf-8"))
    note = "Där det står ”skyddat” finns ett tal som inte får lämnas ut."
    assert page.texts.count(note) > 5
    assert any("Viadidakt: skyddat" in a["alt"] for tag, a in page.opened if tag == "img")


def test_a_publication_has_its_receipt_and_how_it_was_protected(published):
    page = Page(published["html"].read_text("utf-8"))
    assert BANNER not in page.texts
    assert "Antal från 1 till 4 är dolda." in page.texts
    assert page.headings[-1] == (2, "Kvitto")
    assert page.tables[-1][1][1:] == [["as_of", AS_OF], ["rows.staff", "2"]]


def test_the_receipt_of_a_publication_is_asked_to_tell_no_more_than_it(likes, tmp_path):
    class Protected(Published):
        """A publication whose receipt is made when it is asked for."""

        @property
        def protection(self):
            """Give how it is protected."""
            return {"threshold": 5}

        def receipt(self, *, salt=None, protection=None):
            """Give what it was asked with."""
            return type(
                "Receipt", (), {"to_dict": lambda _: {"salt": salt, "protection": protection}}
            )()

    path = tmp_path / "report.md"
    Protected(likes).write_markdown(path)
    assert (
        path.read_text("utf-8").partition("## Kvitto")[2].count("| protection.threshold | 5 |") == 1
    )


# ── Hostile texts ──

HOSTILE = [
    "<script>document.title='taken'</script><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://a.example","b")',
    "+1",
    "@SUM(A1)",
    "-1|x",
    "\u202eevil\u2066",
    "[a](javascript:alert(1)) ![b](c) | d `e` $f$ https://a.example",
    "x" * 10_000,
    '" onmouseover="alert(1)',
    "{{ 7 * 7 }} {% raw %} ]]> &amp; \x07",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    text = {"sv": HOSTILE[0], "en": HOSTILE[0]}
    levels = {f"l{n}": {"sv": said, "spellings": [f"s{n}"]} for n, said in enumerate(HOSTILE)}
    declared = {
        "schema": 1,
        "name": HOSTILE[1],
        "description": HOSTILE[6],
        "owner": HOSTILE[7],
        "registers": {
            "people": {
                "unit": HOSTILE[8],
                "by": ["one", "two"],
                "columns": {
                    "one": {"header": HOSTILE[2], "type": "level", "levels": levels},
                    "two": {"header": HOSTILE[3], "type": "level", "levels": levels},
                },
            }
        },
        "indicators": {
            "count": {"sv": HOSTILE[9], "kind": "count", "register": "people"},
            "share": {**text, "kind": "share", "register": "people", "having": {"one": "l0"}},
        },
        "goals": {
            f"g{n}": {
                "sv": said,
                "level": "individual",
                "tier": "sub",
                "indicator": "share",
                "source": said,
                "assumptions": [said],
                "targets": [
                    {"from": "2020-01-01", "at_least": 0.5, "why": said, "decided_by": said}
                ],
            }
            for n, said in enumerate(HOSTILE)
        },
        "plan": [{"principle": "equality", "sv": said, "responsible": said} for said in HOSTILE],
    }
    project = uf.Project.from_json(json.dumps(declared))
    cells = [f"s{n}" for n in range(len(HOSTILE))]
    table = pa.table({HOSTILE[2]: cells, HOSTILE[3]: cells[::-1]})
    release = project.evaluate({"people": table}, AS_OF).unprotected()
    return write_all(release, tmp_path_factory.mktemp("hostile"), has_pictures=False)


def test_hostile_texts_are_texts_of_a_page(hostile):
    text = hostile["html"].read_text("utf-8")
    page = Page(text)
    assert {tag for tag, _ in page.opened} <= {
        *("html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "h3"),
        *("h4", "dl", "div", "dt", "dd", "nav", "ol", "li", "main", "section", "table", "caption"),
        *("thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img", "b", "span", "code"),
        "footer",
    }
    assert not [n for _, attributes in page.opened for n in attributes if n.startswith("on")]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x07]", text)
    assert HOSTILE[0] in page.texts
    assert max(len(heading) for _, heading in page.headings) <= 200


def test_hostile_texts_are_texts_of_markdown(hostile):
    text = hostile["md"].read_text("utf-8")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    kinds = {token.type for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or ()}
    assert not kinds & {
        "html_block",
        "html_inline",
        "link_open",
        "image",
        "fence",
        "ordered_list_open",
    }
    assert "https://" not in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x07]", text)
    lines = [plain_of(token) for token in tokens if token.type == "inline"]
    assert any(
        line.startswith('=HYPERLINK("http://a.example","b"): ') or line == HOSTILE[1]
        for line in lines
    )
    assert any(HOSTILE[0] in line for line in lines)


def test_hostile_texts_are_texts_of_a_document(hostile):
    document = docx.Document(str(hostile["docx"]))
    assert document.paragraphs[0].text == HOSTILE[1]
    xml = document.element.body.xml
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x07]", xml)
    targets = [part.target_ref for part in document.part.rels.values() if part.is_external]
    assert targets == []
    instructions = re.findall(r"<w:instrText[^>]*>([^<]*)<", xml)
    assert {text.split()[0] for text in instructions} <= {"TOC", "SEQ", "PAGE"}


def test_hostile_texts_are_texts_of_a_workbook(hostile):
    workbook = openpyxl.load_workbook(hostile["xlsx"])
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    started = [c for c in cells if isinstance(c.value, str) and c.value[:1] in tuple("=+-@")]
    assert len(started) > 20
    assert all(cell.quotePrefix for cell in started)
    with zipfile.ZipFile(io.BytesIO(hostile["xlsx"].read_bytes())) as parts:
        relations = [parts.read(n).decode() for n in parts.namelist() if n.endswith(".rels")]
    assert not [text for text in relations if 'TargetMode="External"' in text]
    for sheet in workbook:
        for table in sheet.tables.values():
            first = sheet[table.ref][0]
            assert [cell.value for cell in first] == [c.name for c in table.tableColumns]
