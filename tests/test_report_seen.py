"""Reports as people open them: pages in Chromium, with axe-core; Word and workbook in LibreOffice."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess

import pytest
from conftest import AS_OF, ROOT

import utfall as uf

LIKES = ROOT / "examples" / "likes"
BANNER = "Oskyddat: innehåller uppgifter som kan röja enskilda. Får inte spridas."
#: A tool of development under MPL-2.0, fetched once and never shipped.
AXE = "axe-core@4.14.1"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN = """
axe.run(document, {runOnly: rules}).then(found => {
  const faults = found.violations.map(fault => [fault.id, fault.nodes.length, fault.nodes[0].html]);
  document.body.innerHTML = "<pre id='axe'></pre>";
  document.getElementById("axe").textContent = JSON.stringify({passes: found.passes.length, faults});
})
"""


def needs(*programs):
    absent = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(absent), reason=f"needs {', '.join(absent)}")


@pytest.fixture(scope="module")
def release():
    project = uf.Project.read(LIKES / "likes.toml")
    registers = {
        "participants": LIKES / "participants_constructed.csv",
        "staff": LIKES / "staff.csv",
    }
    return project.evaluate(registers, AS_OF).unprotected()


@pytest.fixture(scope="module")
def page(release, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "likes.html"
    release.write_html(path)
    return path


@pytest.fixture(scope="module")
def axe():
    """Give the text of axe-core, fetched by npm where it is not there yet."""
    folder = ROOT / ".cache" / "axe"
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        command = [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(folder),
            AXE,
        ]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if ran.returncode != 0:
            pytest.skip(f"npm cannot fetch {AXE}")
    return script.read_text(encoding="utf-8")


def chromium(tmp_path, *arguments):
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=180)  # noqa: S603
    return ran.stdout


def pages_of(pdf):
    """Give the text of each page."""
    command = ["pdftotext", "-layout", pdf, "-"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return ran.stdout.split("\f")[:-1]


@needs("chromium", "npm")
@pytest.mark.parametrize(("colors", "width"), [("light", 1300), ("dark", 1300), ("light", 400)])
def test_a_page_has_no_faults_of_accessibility(page, axe, tmp_path, colors, width):
    text = page.read_text(encoding="utf-8")
    if colors == "dark":
        text = text.replace("(prefers-color-scheme: dark)", "all")
    run = f"const rules = {json.dumps(RULES)};" + RUN
    text = text.replace("</body>", f"<script>{axe}</script><script>{run}</script></body>")
    looked_at = tmp_path / "axe.html"
    looked_at.write_text(text, encoding="utf-8")
    options = (f"--window-size={width},900", "--virtual-time-budget=60000", "--dump-dom")
    dom = chromium(tmp_path, *options, looked_at.as_uri())
    found = json.loads(html.unescape(re.search(r'<pre id="axe">(.*?)</pre>', dom, re.DOTALL)[1]))
    assert found["faults"] == []
    assert found["passes"] > 30


@needs("chromium", "pdftotext")
def test_a_printed_page_bears_the_banner(page, tmp_path):
    pdf = tmp_path / "likes.pdf"
    chromium(tmp_path, f"--print-to-pdf={pdf}", "--no-pdf-header-footer", page.as_uri())
    pages = pages_of(pdf)
    assert len(pages) > 10
    for text in pages:
        assert text.strip().startswith(BANNER)


@needs("soffice", "pdftotext")
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_word_and_workbook_open_with_the_banner_on_every_page(release, tmp_path, kind):
    path = tmp_path / f"likes.{kind}"
    getattr(release, f"write_{kind}")(path)
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=180)  # noqa: S603
    pages = pages_of(path.with_suffix(".pdf"))
    assert len(pages) > 15
    for text in pages:
        assert text.strip().startswith(BANNER)
    # A cell may break the line.
    assert any("66 av 97" in text for text in pages)
