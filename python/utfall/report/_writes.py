"""Writing a report from a release: one method for each format."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from utfall._errors import UtfallError

if TYPE_CHECKING:
    import os

    from utfall.report._document import Report

#: What lays out each format: the endings of its files, the module, and the libraries that it needs.
FORMATS = {
    ".html": ("_html", ("jinja2", "altair", "vl_convert")),
    ".docx": ("_word", ("docx", "altair", "vl_convert")),
    ".xlsx": ("_workbook", ("xlsxwriter", "altair", "vl_convert")),
    ".md": ("_markdown", ("altair",)),
}


class Writes:
    """What writes itself as a report: a release, with the tables of an evaluation.

    A release says in ``banner`` what has to stand on every page (``None``: nothing), and in
    ``audit_note`` how it was protected (``None``: not at all); where these depend on the language it
    has ``banner_in`` and ``audit_note_in`` beside them.

    Examples
    --------
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
    >>> release = project.evaluate({}, as_of="2022-06-30").unprotected()
    >>> isinstance(release, uf.report.Writes)
    True
    """

    def write_html(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        title: str | None = None,
    ) -> None:
        """Write a report as one HTML file, with everything in it and without scripts.

        Chapters in the order of a final report to the European Social Fund: summary, participants and
        costs, goals with indicators and results on each level, horizontal principles, follow-up,
        method, findings, receipt. For reading on a screen, a phone or paper; charts are SVG with
        alternative texts.

        Parameters
        ----------
        path : str or path
            The file, written over.
        language : str, optional
            ``sv`` or ``en``; else the language of the project.
        title : str, optional
            The title; else the name of the project.

        Raises
        ------
        UtfallError
            If there is no such language (``unknown_name``), or the file cannot be written
            (``unwritable_file``).
        ImportError
            If Jinja2, Altair or vl-convert is not installed; ``utfall[report]`` brings them.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> release = project.evaluate({}, as_of="2022-06-30").unprotected()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder) / "likes.html"
        ...     release.write_html(path, language="en")
        ...     print(path.read_text(encoding="utf-8")[:15])
        <!DOCTYPE html>
        """
        _write(self, path, ".html", language, title)

    def write_docx(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        title: str | None = None,
    ) -> None:
        """Write a report as a Word document that an evaluator can go on writing in.

        Headings, captions, lists and tables have Word's own styles; tables and figures number
        themselves, pictures have alternative texts, and the contents can be updated (F9).

        Parameters
        ----------
        path, language, title
            As of :meth:`write_html`.

        Raises
        ------
        UtfallError
            If there is no such language (``unknown_name``), or the file cannot be written
            (``unwritable_file``).
        ImportError
            If python-docx, Altair or vl-convert is not installed; ``utfall[report]`` brings them.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import docx
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> release = project.evaluate({}, as_of="2022-06-30").unprotected()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder) / "likes.docx"
        ...     release.write_docx(path, language="en")
        ...     print(docx.Document(str(path)).paragraphs[0].text)
        Likes
        """
        _write(self, path, ".docx", language, title)

    def write_xlsx(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        title: str | None = None,
    ) -> None:
        """Write a report as an Excel workbook: the contents, the text, and a sheet for each table and chart.

        Numbers are numbers, written as the language does; every text stays text, whatever it begins
        with.

        Parameters
        ----------
        path, language, title
            As of :meth:`write_html`.

        Raises
        ------
        UtfallError
            If there is no such language (``unknown_name``), or the file cannot be written
            (``unwritable_file``).
        ImportError
            If XlsxWriter, Altair or vl-convert is not installed; ``utfall[report]`` brings them.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import openpyxl
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> release = project.evaluate({}, as_of="2022-06-30").unprotected()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder) / "likes.xlsx"
        ...     release.write_xlsx(path, language="en")
        ...     print(openpyxl.load_workbook(path).sheetnames[:2])
        ['Contents', 'Text']
        """
        _write(self, path, ".xlsx", language, title)

    def write_markdown(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        title: str | None = None,
    ) -> None:
        """Write a report as Markdown; charts are told in words, by their alternative texts.

        Parameters
        ----------
        path, language, title
            As of :meth:`write_html`.

        Raises
        ------
        UtfallError
            If there is no such language (``unknown_name``), or the file cannot be written
            (``unwritable_file``).
        ImportError
            If Altair is not installed; ``utfall[report]`` brings it.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> release = project.evaluate({}, as_of="2022-06-30").unprotected()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder) / "likes.md"
        ...     release.write_markdown(path, language="en")
        ...     print(path.read_text(encoding="utf-8").splitlines()[0])
        # Likes
        """
        _write(self, path, ".md", language, title)


def _write(
    release: Writes,
    path: str | os.PathLike[str],
    ending: str,
    language: str | None,
    title: str | None,
) -> None:
    """Gather the content, lay it out, and write the file at once."""
    module, needed = FORMATS[ending]
    absent = [library for library in needed if find_spec(library) is None]
    if absent:
        message = f"reports of this kind need `{', '.join(absent)}`; install `utfall[report]`"
        raise ImportError(message)
    from utfall.report._content import content  # noqa: PLC0415 - who writes nothing pays nothing
    from utfall.report._pictures import quickly  # noqa: PLC0415

    with quickly():
        report: Report = content(release, language, title)
        written: bytes = import_module(f"utfall.report.{module}").laid_out(report)
    file = Path(path)
    try:
        file.write_bytes(written)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"`{file}` cannot be written: {reason.lower()}; write to another path"
        raise UtfallError(message, "unwritable_file") from None
