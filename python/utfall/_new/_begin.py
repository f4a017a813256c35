"""From the options of ``utfall new`` to files in a folder, and what is said of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from utfall._new._days import as_of
from utfall._new._questions import answered
from utfall._new._words import WORDS
from utfall._new._write import files, refuse_existing, write
from utfall._project import Project

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import Callable


def begin(options: argparse.Namespace, today: dt.date, say: Callable[[str], None]) -> str:
    """Ask what is not known, write the files of a new project, and give what to do next.

    Parameters
    ----------
    options : argparse.Namespace
        What :func:`~utfall._new._questions.add_options` has parsed.
    today : datetime.date
        The day that the default period lies about.
    say : callable
        What shows a line to whoever answers.

    Raises
    ------
    UtfallError
        ``wrong_answer``, ``file_exists``, ``unwritable_file``. Nothing is written if an answer
        cannot be used or a file is there.
    """
    words, folder = WORDS[options.language], Path(options.folder)
    names = [words[f"{kind}_file"] for kind in ("project", "register", "notebook", "readme")]
    # Before anything is asked, so that nobody answers in vain.
    refuse_existing(folder, names)
    answers = answered(options, today, say)
    written = files(answers)
    # What names of levels may not be is known to the reader of project files.
    Project.from_toml(written[words["project_file"]])
    write(folder, written)
    project, register = (folder / words[kind] for kind in ("project_file", "register_file"))
    evaluate = f"utfall evaluate {_argument(project)} {_argument(f'participants={register}')}"
    return "\n".join(
        [
            words["written"].format(folder),
            *(f"  {name}" for name in written),
            "",
            words["next"],
            f"  utfall review {_argument(project)}",
            f"  {evaluate} --as-of {as_of(answers)}",
        ]
    )


def _argument(text: object) -> str:
    return f'"{text}"' if " " in str(text) else str(text)
