"""What a notebook shows: warnings, verdicts, groups; harmless, and readable where it is opened."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pyarrow as pa
import pytest
from conftest import AS_OF, ROOT

import utfall as uf

LIKES = ROOT / "examples" / "likes"


@pytest.fixture(scope="module")
def likes():
    project = uf.Project.read(LIKES / "likes.toml")
    registers = {
        "participants": LIKES / "participants_constructed.csv",
        "staff": LIKES / "staff.csv",
    }
    return project.evaluate(registers, AS_OF)


def test_verdicts_come_before_groups_with_interval_and_earlier_targets(likes):
    page = likes._repr_html_()
    places = [page.index(part) for part in ("66 av 97", "58,2–76,5\u00a0%", "minst 15\u00a0%")]
    places += [page.index(part) for part in ("minst 50\u00a0%", "<details open>", "43 av 63")]
    assert places == sorted(places)
    assert 'lang="sv"' in page
    assert 'aria-label="66 av 97 = 68,0\u00a0% 58,2–76,5\u00a0%"' in page


def test_warnings_stand_on_top(project, rows):
    spelled = pa.table({**rows, "Kön": ["x", "M", "K", None, "M", "K", "K"]})
    page = project.evaluate({"participants": spelled}, AS_OF)._repr_html_()
    assert page.index("not declared in row 1") < page.index("<table>")


def test_a_project_shows_goals_with_their_targets(likes):
    page = likes.project._repr_html_()
    assert page.index("minst 50\u00a0%") < page.index("minst 15\u00a0%")
    assert "individnivå" in page


def test_nothing_is_shown_of_nothing():
    project = uf.Project.from_toml('schema = 1\nname = "Nothing"')
    assert "<table>" not in project._repr_html_()
    assert "<table>" not in project.evaluate({}, AS_OF)._repr_html_()


def test_a_bar_never_leaves_its_line(likes):
    for number in re.findall(r'<circle cx="([\d.]+)"', likes._repr_html_()):
        assert 0 <= float(number) <= 150


HOSTILE = (
    "\u202e<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
)


@pytest.fixture
def hostile():
    declared = {
        "schema": 1,
        "name": HOSTILE,
        "description": HOSTILE,
        "owner": HOSTILE + "x" * 2000,
        "registers": {
            "people": {
                "unit": HOSTILE,
                "by": ["part"],
                "columns": {
                    "part": {
                        "header": HOSTILE,
                        "type": "level",
                        "levels": {HOSTILE: {"sv": HOSTILE, "spellings": ["x"]}},
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
                "targets": [{"from": "2020-01-01", "at_least": 0.5, "why": HOSTILE}],
            }
        },
    }
    project = uf.Project.from_json(json.dumps(declared))
    return project.evaluate({"people": pa.table({HOSTILE: ["x", "<b>"]})}, AS_OF)


def test_hostile_texts_are_escaped_and_keep_their_direction_to_themselves(hostile):
    explained = hostile.explain("share")
    for page in (hostile._repr_html_(), hostile.project._repr_html_(), explained._repr_html_()):
        assert "<img" not in page
        assert "<script" not in page
        assert "\u202e" not in page
    assert "\u202e" not in repr(hostile)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_a_browser_runs_nothing_of_a_hostile_page(hostile, tmp_path):
    page = tmp_path / "page.html"
    body = hostile._repr_html_() + hostile.project._repr_html_()
    page.write_text(f"<!doctype html><meta charset=utf-8><title>safe</title>{body}", "utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)  # noqa: S603
    assert "<title>safe</title>" in ran.stdout
    assert "taken" in ran.stdout  # as text


def test_counts_of_groups_are_numbers_without_a_bar(likes):
    """A count has no end to be placed before; a share lies between nothing and everybody."""
    page = likes._repr_html_()
    groups = {part.split("</summary>")[0]: part for part in page.split("<summary>")[1:]}
    counts = next(part for name, part in groups.items() if "Antal deltagare" in name)
    shares = next(part for name, part in groups.items() if "Andel män bland deltagarna" in name)
    assert "<svg" not in counts
    assert "<svg" in shares


def test_findings_stand_in_the_same_page_as_other_outputs():
    page = uf.Project.read(LIKES / "likes.toml").review()._repr_html_()
    assert page.startswith('<div class="utfall" lang="sv"><style>')
