"""The command ``utfall publish``, and how every command writes JSON: protected, or with a banner."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

from utfall._errors import UtfallError
from utfall._publication import Publication
from utfall.report._words import words

if TYPE_CHECKING:
    import argparse

    from utfall._evaluation import Evaluation


def add_publish_options(command: argparse.ArgumentParser) -> None:
    """Add how an evaluation is protected."""
    command.add_argument(
        "--threshold",
        type=int,
        default=5,
        metavar="NUMBER",
        help="the smallest count of persons that is shown (5 if left out)",
    )
    command.add_argument(
        "--zeros",
        choices=("secondary", "printed", "protected"),
        default="secondary",
        help="what is done with counts of 0 (secondary: hidden only where that hides others)",
    )
    command.add_argument(
        "--tables",
        metavar="TABLES",
        help="publish these tables beside everybody's figures: gender;gender,subproject",
    )
    command.add_argument(
        "--open",
        default="",
        metavar="REGISTERS",
        help="registers whose units are no persons, published as they are: meetings",
    )


def add_unprotected(command: argparse.ArgumentParser) -> None:
    """Add the one way round."""
    command.add_argument(
        "--unprotected",
        action="store_true",
        help="write --json as it is, small groups and all, for who may see every number",
    )


def published(evaluation: Evaluation, options: argparse.Namespace) -> Publication:
    """Publish as the options say."""
    tables = None
    if options.tables is not None:
        parts = [part.split(",") for part in options.tables.split(";") if part.strip()]
        tables = [[name.strip() for name in part if name.strip()] for part in parts]
    names = [name.strip() for name in options.open.split(",") if name.strip()]
    return evaluation.publish(
        threshold=options.threshold, zeros=options.zeros, tables=tables, open_registers=names
    )


def print_publication(publication: Publication, options: argparse.Namespace) -> None:
    """Print what is published as text or as JSON."""
    if options.json:
        told = evaluation_as_json(publication, options.lang)
        print_json({**told, "audit": list(publication.audit)})
        return
    width = shutil.get_terminal_size((100, 24)).columns
    print(publication.to_text(options.lang, width=width))
    print()
    print(publication.groups_to_text(options.lang, width=width))
    print()
    print(publication.protection_note_in(options.lang))


def released(evaluation: Evaluation, options: argparse.Namespace) -> Evaluation:
    """Give what is written as JSON: a publication, unless the way round is taken by name."""
    return evaluation if options.unprotected else evaluation.publish()


def refuse_unprotected(options: argparse.Namespace, what: str) -> None:
    """Refuse to write JSON of what no publication protects, unless it is asked for by name."""
    if options.json and not options.unprotected:
        message = (
            f"--json: {what} are not protected; add --unprotected if the output stays with those who "
            "may see the registers"
        )
        raise UtfallError(message, "unprotected")


def banner(told: dict[str, Any]) -> dict[str, Any]:
    """Put the banner on top, and say it to whoever runs the command."""
    said = words("en")["unprotected"]
    print(said, file=sys.stderr)
    return {"unprotected": said, **told}


def print_json(told: object) -> None:
    """Print a JSON document."""
    print(json.dumps(told, ensure_ascii=False, indent=2, default=str))


def evaluation_as_json(evaluation: Evaluation, language: str | None) -> dict[str, Any]:
    """Give the tables of an evaluation, with how they are protected or that they are not."""
    project = evaluation.project
    told: dict[str, Any] = {
        "project": project.name,
        "description": project.description,
        "as_of": evaluation.as_of,
        "figures": list(evaluation.figures),
        "overlap": list(evaluation.overlap),
        "verdicts": list(evaluation.verdicts),
        "checks": list(evaluation.checks_in(language)),
        "findings": list(evaluation.findings_in(language)),
    }
    if isinstance(evaluation, Publication):
        return {**told, "protection": evaluation.protection}
    return banner(told)
