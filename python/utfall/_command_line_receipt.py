"""The commands of receipts: ``utfall verify``, and what ``utfall evaluate --receipt`` writes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from utfall._command_line_publish import print_json
from utfall._errors import UtfallError
from utfall._project import Project
from utfall._receipt import Receipt

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from utfall._evaluation import Evaluation


def add_receipt_options(evaluate: argparse.ArgumentParser) -> None:
    """Add what an evaluation needs to write a receipt."""
    evaluate.add_argument(
        "--receipt", metavar="FILE", help="write a receipt of what the figures were made of"
    )
    _add_salt(evaluate)


def add_verify_options(verify: argparse.ArgumentParser) -> None:
    """Add what only ``verify`` has."""
    _add_salt(verify)
    verify.add_argument("--lang", choices=("sv", "en"), help="the language of the lines")
    verify.add_argument("--json", action="store_true", help="print the parts as JSON")


def _add_salt(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--salt-file",
        metavar="FILE",
        help="a file of sixteen secret bytes or more that hashes of counts are keyed with",
    )


def write_receipt(
    evaluation: Evaluation, files: Mapping[str, Any], options: argparse.Namespace
) -> None:
    """Write the receipt that ``evaluate`` was asked for."""
    if options.receipt is not None:
        evaluation.receipt(registers=files, salt=_salt(options)).write(options.receipt)


def verify(options: argparse.Namespace, files: Mapping[str, Any]) -> bool:
    """Print what agrees and what differs; whether nothing differs."""
    receipt = Receipt.read(options.receipt)
    project = Project.read(options.project)
    verification = receipt.verify(project, files, salt=_salt(options), language=options.lang)
    if options.json:
        parts = [asdict(part) for part in verification]
        told = {"project": project.name, "agrees": verification.agrees, "parts": parts}
        print_json(told)
    else:
        print(verification)
    return not any(part.state == "differs" for part in verification)


def _salt(options: argparse.Namespace) -> bytes | None:
    if options.salt_file is None:
        return None
    path = Path(options.salt_file)
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"`{path.name}` cannot be read: {error.strerror}"
        raise UtfallError(message, "unreadable_file") from None
