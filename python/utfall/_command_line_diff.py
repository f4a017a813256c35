"""The command ``utfall diff``."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

from utfall._difference import diff
from utfall._errors import UtfallError
from utfall._project import Project

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from utfall._difference import Difference


def add_diff_options(command: argparse.ArgumentParser) -> None:
    """Add what only ``diff`` has."""
    for side, other in (("before", "after"), ("after", "before")):
        command.add_argument(
            f"--{side}",
            action="append",
            default=[],
            metavar="register=file",
            help=f"a register as it was {side}, where it is another than {other}",
        )
        command.add_argument(
            f"--as-of-{side}", metavar="DAY", help=f"the day of {side}, where there are two"
        )
    command.add_argument(
        "--groups", action="store_true", help="print the figures of groups that changed, too"
    )
    command.add_argument("--lang", choices=("sv", "en"), help="the language of the sentences")
    command.add_argument("--json", action="store_true", help="print the three tables as JSON")
    command.add_argument(
        "--unprotected",
        action="store_true",
        help="allow --json, whose small counts are not protected",
    )


def compared(
    options: argparse.Namespace,
    files: Callable[[list[str]], dict[str, Any]],
    day: str,
    by: list[str] | None,
) -> Difference:
    """Evaluate both sides and compare them."""
    if options.json and not options.unprotected:
        message = (
            "--json: figures of small groups are not protected; add --unprotected if the output stays "
            "with those who may see the registers"
        )
        raise UtfallError(message, "unprotected")
    later = [entry for entry in options.registers if "=" not in entry]
    shared = [entry for entry in options.registers if "=" in entry]
    if len(later) > 1:
        message = f"`{later[1]}` is a third project file; compare two"
        raise UtfallError(message, "not_a_register")
    projects = [Project.read(path) for path in (options.project, *later)]
    days = (options.as_of_before or day, options.as_of_after or day)
    registers = (files([*shared, *options.before]), files([*shared, *options.after]))
    before, after = (
        project.evaluate(given, as_of=as_of, by=by)
        for project, given, as_of in zip((projects[0], projects[-1]), registers, days, strict=True)
    )
    return diff(before, after, registers=registers)


def print_difference(difference: Difference, options: argparse.Namespace) -> None:
    """Print a difference as text or as JSON."""
    if options.lang is not None:
        difference = difference.in_language(options.lang)
    if options.json:
        told = {
            "unprotected": True,
            "before": _named(difference.before.project, difference.before.as_of),
            "after": _named(difference.after.project, difference.after.as_of),
            "notes": list(difference.notes),
            "causes": list(difference.causes),
            "figures": list(difference.figures),
            "verdicts": list(difference.verdicts),
        }
        print("unprotected: figures of small groups stand as they are", file=sys.stderr)
        print(json.dumps(told, ensure_ascii=False, indent=2, default=str))
    else:
        width = shutil.get_terminal_size((100, 24)).columns
        print(difference.to_text(width=width, groups=options.groups))


def _named(project: Project, as_of: str) -> dict[str, str]:
    return {"project": project.name, "as_of": as_of}
