"""The files of a new project, from templates, and their writing: nothing is overwritten."""

from __future__ import annotations

import json
import os
import re
from importlib import resources
from string import Template
from typing import TYPE_CHECKING

from utfall._errors import UtfallError
from utfall._new._days import as_of, part
from utfall._new._register import csv_text, register
from utfall._new._words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal
    from pathlib import Path

    from utfall._new._questions import Answers

_REMARKS = 44  # the column at which remarks stand


def files(answers: Answers) -> dict[str, str]:
    """Give the text of each file by its name: project file, register, notebook, and what they are."""
    words, values, parts = WORDS[answers.language], _values(answers), _parts(answers)

    def filled(template: str) -> str:
        name = f"{template}.{answers.language}.txt"
        text = (resources.files("utfall._new") / "templates" / name).read_text(encoding="utf-8")
        return _filled(text, values, parts)

    return {
        words["project_file"]: filled("project"),
        words["register_file"]: csv_text(answers),
        words["notebook_file"]: notebook(filled("notebook")),
        words["readme_file"]: filled("readme"),
    }


def refuse_existing(folder: Path, names: Iterable[str]) -> None:
    """Raise ``file_exists`` if one of the files is there."""
    for name in names:
        # A link that leads nowhere is there too.
        if os.path.lexists(folder / name):
            raise _exists(folder / name)


def write(folder: Path, written: Mapping[str, str]) -> None:
    """Write files into a folder, which is made where it is not there.

    Raises
    ------
    UtfallError
        ``file_exists`` if one of them is there, before any is written; ``unwritable_file`` if the
        folder or a file cannot be written.
    """
    refuse_existing(folder, written)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None
    for name, text in written.items():
        # Excel takes a CSV file for UTF-8 only where a mark at its beginning says so.
        encoding = "utf-8-sig" if name.endswith(".csv") else "utf-8"
        try:
            with (folder / name).open("x", encoding=encoding, newline="\n") as file:
                file.write(text)
        except FileExistsError:
            raise _exists(folder / name) from None
        except OSError as error:
            raise _unwritable(folder / name, error) from None


def _exists(path: Path) -> UtfallError:
    message = (
        f"`{path}` is there already, and nothing is overwritten; "
        "name another folder, or move the file"
    )
    return UtfallError(message, "file_exists")


def _unwritable(path: Path, error: OSError) -> UtfallError:
    message = f"`{path}` cannot be written: {error.strerror}; name a folder that you may write in"
    return UtfallError(message, "unwritable_file")


# ── Templates ──


def _values(answers: Answers) -> dict[str, str]:
    words = WORDS[answers.language]
    in_outcome = words[f"in_{answers.outcome}"]
    statuses = ["work", "studies"] if answers.outcome == "work_or_studies" else [answers.outcome]
    percent = f"{answers.target.normalize():f}"
    period = words["month"] if answers.months == 1 else words["months_plural"]
    return {
        "name": _quoted(f"{answers.name} ({words['constructed']})"),
        "first_day": str(answers.first_day),
        "last_day": str(answers.last_day),
        "before": str(answers.first_day),
        "revised_on": str(part(answers, 0.4)),
        "rated_on": str(part(answers, 0.45)),
        "as_of": str(as_of(answers)),
        "rows": str(len(register(answers))),
        "participants": _quoted(answers.participants)[1:-1],
        "by": _listed(answers.groups),
        "municipalities": _listed(answers.municipalities),
        "subprojects": _listed(answers.subprojects),
        "part": next((group for group in answers.groups if group != "gender"), ""),
        "first_group": next(iter(answers.groups), ""),
        "outcome": answers.outcome,
        "in_outcome": in_outcome,
        "In_outcome": in_outcome[:1].upper() + in_outcome[1:],
        "statuses": _listed(statuses),
        "months": str(answers.months),
        "period": f"{answers.months} {period}",
        "target": percent.replace(".", ",") if answers.language == "sv" else percent,
        "share": _fraction(answers.target),
        "reach": str(answers.reach),
        "revised": str(max(1, answers.reach * 5 // 6)),
    }


def _fraction(percent: Decimal) -> str:
    """Give a percentage as a fraction of two decimals or more: 0.60, 0.625."""
    fraction = percent / 100
    return f"{fraction:.2f}" if fraction == round(fraction, 2) else f"{fraction.normalize():f}"


def _parts(answers: Answers) -> set[str]:
    """Give the conditional parts of the templates that this project has."""
    parts = {answers.row, *answers.groups}
    if answers.groups:
        parts.add("grouped")
    if "gender" in answers.groups and len(answers.groups) > 1:
        parts.add("part")
    return parts


def _quoted(text: str) -> str:
    # Strings of JSON are strings of TOML.
    return json.dumps(text, ensure_ascii=False)


def _listed(texts: list[str] | tuple[str, ...]) -> str:
    return ", ".join(map(_quoted, texts))


def _filled(template: str, values: Mapping[str, str], parts: set[str]) -> str:
    """Fill a template in: lines from `#? part` to `#?` are kept if the project has that part."""
    lines, kept = [], True
    for line in template.splitlines():
        if line.startswith("#?"):
            name = line.removeprefix("#?").strip()
            kept = not name or name in parts
        elif kept:
            text = Template(line).substitute(values)
            code, remark, said = text.partition("   # ")
            # What is filled in is longer or shorter than its name, so remarks are set anew.
            moved = remark and text != line
            lines.append(f"{code.rstrip() + '  ':{_REMARKS}} # {said}" if moved else text)
    return "\n".join(lines) + "\n"


def notebook(text: str) -> str:
    """Give a notebook of cells that begin with `# %%`, or `# %% [markdown]` for text.

    >>> import json
    >>> cells = json.loads(notebook("# %% [markdown]\\nHej\\n# %%\\n1 + 1\\n"))["cells"]
    >>> [(cell["cell_type"], cell["source"]) for cell in cells]
    [('markdown', ['Hej']), ('code', ['1 + 1'])]
    """
    cells: list[dict[str, object]] = []
    for place, cell in enumerate(re.split(r"^# %%", text, flags=re.MULTILINE)[1:]):
        head, _, body = cell.partition("\n")
        source = body.strip("\n").splitlines(keepends=True)
        if "[markdown]" in head:
            cells.append(
                {"cell_type": "markdown", "id": f"text-{place}", "metadata": {}, "source": source}
            )
        else:
            cells.append(
                {
                    "cell_type": "code",
                    "execution_count": None,
                    "id": f"code-{place}",
                    "metadata": {},
                    "outputs": [],
                    "source": source,
                }
            )
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
