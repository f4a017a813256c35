"""What the command line writes: a publication, or an evaluation set free by name."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from utfall._errors import UtfallError

if TYPE_CHECKING:
    import argparse

    from utfall._evaluation import Evaluation

_WRITERS = {
    ".html": "write_html",
    ".docx": "write_docx",
    ".xlsx": "write_xlsx",
    ".md": "write_markdown",
}


def writer(path: str) -> str:
    """Give the method that writes a file of this ending.

    >>> writer("likes.HTML")
    'write_html'
    """
    ending = Path(path).suffix.lower()
    if ending not in _WRITERS:
        message = (
            f"`{path}` has an ending of which there is no report; there are {', '.join(_WRITERS)}"
        )
        raise UtfallError(message, "unknown_ending")
    return _WRITERS[ending]


def add_options(command: argparse.ArgumentParser) -> None:
    """Add what can be asked of a report."""
    command.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="where to: .html, .docx, .xlsx, .md"
    )
    command.add_argument("--by", metavar="COLUMNS", help="cross figures by these columns")
    command.add_argument("--title", help="the title (the name of the project if left out)")
    command.add_argument(
        "--lang", "--language", choices=("sv", "en"), help="the language of the report"
    )
    command.add_argument(
        "--threshold", type=int, metavar="COUNT", help="hide counts below this one (5 if left out)"
    )
    command.add_argument(
        "--unprotected", action="store_true", help="hide nothing; every page says so"
    )


def write_report(evaluation: Evaluation, options: argparse.Namespace) -> None:
    """Write what the command line asks for."""
    # What draws takes as long to start as publishing takes, which needs no Python: one beside the other.
    starting = Thread(target=_start_drawing, daemon=True)
    starting.start()
    given = release(evaluation, unprotected=options.unprotected, threshold=options.threshold)
    starting.join()
    write = getattr(given, writer(options.output))
    try:
        write(options.output, language=options.lang, title=options.title)
    except ImportError as error:
        message = str(error)
        raise UtfallError(message, "not_installed") from None


def _start_drawing() -> None:
    """Load what draws charts; where it is missing, who writes says so."""
    with suppress(ImportError):
        from utfall.report._pictures import start  # noqa: PLC0415 - only reports need it

        start()


def release(evaluation: Evaluation, *, unprotected: bool, threshold: int | None) -> Any:  # noqa: ANN401 - of two kinds
    """Publish an evaluation, or set it free as it is where that is asked for by name."""
    if unprotected:
        return evaluation.unprotected()
    return evaluation.publish() if threshold is None else evaluation.publish(threshold=threshold)
