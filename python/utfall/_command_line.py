"""The command line: ``utfall evaluate``, ``review``, ``check``, ``diff``, ``new`` and others."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import os
import shutil
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NoReturn

from utfall._command_line_diff import add_diff_options, compared, print_difference
from utfall._command_line_publish import (
    add_publish_options,
    add_unprotected,
    banner,
    evaluation_as_json,
    print_json,
    print_publication,
    published,
    refuse_unprotected,
    released,
)
from utfall._command_line_receipt import (
    add_receipt_options,
    add_verify_options,
    verify,
    write_receipt,
)
from utfall._errors import UtfallError
from utfall._project import Project, json_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utfall._evaluation import Evaluation
    from utfall._file import File
    from utfall._findings import Findings, Soundness

DONE, FAILED_ON, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130

_EXIT_CODES = """\
exit codes:
  0    done, whatever the verdicts and findings are
  1    done, and there is a verdict or a finding that --fail-on names, or a receipt differs
  2    bad input: a project file, a register or an option that cannot be used
  130  interrupted by Ctrl-C
"""


_WITH_REGISTERS = ("evaluate", "publish", "check", "reconcile", "report", "verify", "diff")


class _Parser(argparse.ArgumentParser):
    """Reports a wrong option as bad input."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code.

    Parameters
    ----------
    arguments : list of str, optional
        What stands behind ``utfall``; else those of the process.

    Returns
    -------
    int
        0 done, 1 where ``--fail-on`` asks for it, 2 bad input, 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        # Swedish letters reach a pipe or a file whatever the machine's locale is.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    # argparse does not take registers that stand behind options.
    misplaced = [entry for entry in rest if entry.startswith("-")]
    if misplaced or (rest and options.command not in _WITH_REGISTERS):
        parser.error(f"unknown arguments: {' '.join(misplaced or rest)}")
    if rest:
        options.registers += rest
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe has seen enough; what is left must not be written when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except UtfallError as error:
        print(f"{error} [{error.code}]", file=sys.stderr)
        return BAD_INPUT
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="utfall",
        description="What was promised, what came out, and how sure are we.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"utfall {version('utfall')}")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    _add_evaluate(commands)
    _add_publish(commands)
    _add_findings(commands)
    _add_report(commands)
    _add_verify(commands)
    _add_diff(commands)
    validate = commands.add_parser("validate", help="check a project file")
    validate.add_argument("project", help=_PROJECT)
    validate.set_defaults(run=_validate)
    schema = commands.add_parser("schema", help="print the JSON Schema of project files")
    schema.set_defaults(run=_schema)
    _add_new(commands)
    return parser


_PROJECT = "the project file (TOML or JSON)"


def _add_evaluate(commands: argparse._SubParsersAction[_Parser]) -> None:
    evaluate = _command(
        commands,
        "evaluate",
        "evaluate a project's registers",
        "Evaluate a project: its goals with their verdicts, and a sentence for each.",
    )
    _add_registers(evaluate)
    evaluate.add_argument(
        "--by", metavar="COLUMNS", help="cross figures by these columns: gender,subproject"
    )
    evaluate.add_argument(
        "--checks", action="store_true", help="print the results of checks of horizontal principles"
    )
    evaluate.add_argument("--lang", choices=("sv", "en"), help="the language of the sentences")
    evaluate.add_argument(
        "--json",
        action="store_true",
        help="print figures, verdicts and checks as JSON, protected",
    )
    add_unprotected(evaluate)
    evaluate.add_argument(
        "--fail-on",
        metavar="VERDICTS",
        default="",
        help="exit with 1 if a goal has one of these verdicts now: not_met,not_assessable",
    )
    add_receipt_options(evaluate)
    evaluate.set_defaults(run=_evaluate)


def _add_publish(commands: argparse._SubParsersAction[_Parser]) -> None:
    publish = _command(
        commands,
        "publish",
        "publish a project's outcome without what may reveal individuals",
        "Evaluate a project and publish it: small counts are hidden, and as many others as it takes "
        "that nobody can compute them.",
    )
    _add_registers(publish)
    publish.add_argument("--by", metavar="COLUMNS", help="cross figures by these columns")
    add_publish_options(publish)
    publish.add_argument("--lang", choices=("sv", "en"), help="the language of the sentences")
    publish.add_argument(
        "--json", action="store_true", help="print the tables and the audit as JSON"
    )
    publish.set_defaults(run=_publish)


def _add_verify(commands: argparse._SubParsersAction[_Parser]) -> None:
    verify = commands.add_parser(
        "verify",
        help="tell whether a receipt still agrees",
        description="Compute everything again that a receipt holds, on its day, and tell what differs.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verify.add_argument("receipt", help="the receipt that `evaluate --receipt` wrote")
    verify.add_argument("project", help=_PROJECT)
    _register_files(verify)
    add_verify_options(verify)
    verify.set_defaults(run=_verify)


def _add_diff(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = _command(
        commands,
        "diff",
        "tell what changed between two evaluations, and what did it",
        "Evaluate twice, before and after, and tell what changed in data, definition, target or day, "
        "and what that did to each figure and verdict. A second project file is that of after; a "
        "register without --before or --after is that of both.",
    )
    _add_registers(command)
    command.add_argument("--by", metavar="COLUMNS", help="cross figures by these columns")
    add_diff_options(command)
    command.set_defaults(run=_diff)


def _add_findings(commands: argparse._SubParsersAction[_Parser]) -> None:
    """Add the commands that tell what somebody should look at."""
    review = _command(
        commands,
        "review",
        "tell whether a project is evaluable as it is written",
        "Tell what stands in the way of evaluating a project as it is written.",
    )
    review.set_defaults(run=_review)
    check = _command(
        commands,
        "check",
        "tell whether registers are sound",
        "Tell what in a project's registers cannot be right, or should not be there.",
    )
    _add_registers(check)
    check.set_defaults(run=_check)
    reconcile = _command(
        commands,
        "reconcile",
        "tell whether published figures hold",
        "Tell whether the figures that a project file declares as published agree with "
        "themselves, with each other, and, where registers are given, with those.",
    )
    _add_registers(
        reconcile, " that figures are counted again from", "the day that the figures speak of"
    )
    reconcile.add_argument(
        "--by", metavar="COLUMNS", help="count by these columns: gender,subproject"
    )
    reconcile.set_defaults(run=_reconcile)
    for command in (review, check, reconcile):
        command.add_argument("--lang", choices=("sv", "en"), help="the language of the sentences")
        command.add_argument(
            "--severity", metavar="SEVERITIES", help="show these only: error,warning,note"
        )
        command.add_argument("--json", action="store_true", help="print the findings as JSON")
        if command is not review:
            add_unprotected(command)
        command.add_argument(
            "--fail-on",
            metavar="SEVERITIES",
            default="",
            help="exit with 1 if there is a finding of one of these severities: error,warning",
        )


def _add_report(commands: argparse._SubParsersAction[_Parser]) -> None:
    """Add the command that writes reports."""
    from utfall.report._release import add_options  # noqa: PLC0415 - beside its use

    report = _command(
        commands,
        "report",
        "write a report: .html, .docx, .xlsx or .md",
        "Evaluate a project and write a report; the ending of the file says which kind.",
    )
    _add_registers(report)
    add_options(report)
    report.set_defaults(run=_report)


def _add_new(commands: argparse._SubParsersAction[_Parser]) -> None:
    from utfall._new._questions import add_options  # noqa: PLC0415 - beside its use

    new = commands.add_parser(
        "new",
        help="begin a project: a project file, a constructed register and a notebook",
        description="Ask a few questions, and write a project file with remarks, a constructed "
        "register and a notebook that runs. Nothing is overwritten.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_options(new)
    new.set_defaults(run=_new)


def _command(
    commands: argparse._SubParsersAction[_Parser], name: str, summary: str, description: str
) -> _Parser:
    """Add a command that reads a project file."""
    command = commands.add_parser(
        name,
        help=summary,
        description=description,
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("project", help=_PROJECT)
    return command


def _add_registers(
    command: _Parser, why: str = "", day: str = "the day on which the world is looked at"
) -> None:
    """Add the files of registers, what can be declared of them, and the day."""
    _register_files(command, why)
    command.add_argument(
        "--as-of",
        metavar="DAY",
        default=None,
        help=f"{day}, like 2022-06-30 (today if left out)",
    )


def _register_files(command: _Parser, why: str = "") -> None:
    command.add_argument(
        "registers",
        nargs="*",
        metavar="register=file",
        help=f"a CSV, Excel or Parquet file for each register{why}",
    )
    _file_options(command)


_VERDICTS = ("met", "near", "not_met", "not_due", "not_assessable")


def _file_options(command: argparse.ArgumentParser) -> None:
    """Add what can be declared of the files of registers."""
    for option, what, example in (
        ("--sheet", "the sheet of its workbook, by name or number", "participants=Deltagare"),
        ("--dates", "the order in days like 03/05/2021", "participants=day_first"),
        ("--decimal", "the sign before decimals", "participants=,"),
        ("--encoding", "the encoding of its CSV file", "participants=macintosh"),
    ):
        command.add_argument(
            option,
            action="append",
            default=[],
            metavar="REGISTER=" + option.strip("-").upper(),
            help=f"{what}, where it cannot be told: {example}",
        )


def _evaluate(options: argparse.Namespace) -> int:
    fail_on = _listed(options.fail_on)
    for verdict in fail_on:
        if verdict not in _VERDICTS:
            message = f"--fail-on: `{verdict}` is no verdict; there are {', '.join(_VERDICTS)}"
            raise UtfallError(message, "unknown_name")
    project = Project.read(options.project)
    files = _files(options)
    evaluation = _evaluated(project, files, options)
    write_receipt(evaluation, files, options)
    if options.json:
        print_json(evaluation_as_json(released(evaluation, options), options.lang))
    else:
        width = shutil.get_terminal_size((100, 24)).columns
        print(evaluation.to_text(options.lang, width=width))
        print()
        if options.by is not None:
            print(evaluation.groups_to_text(options.lang, width=width))
            print()
        for sentence in evaluation.sentences(options.lang).values():
            print(sentence)
        if options.checks:
            print()
            print(evaluation.checks_to_text(options.lang, width=width))
    current = [row["verdict"] for row in evaluation.verdicts if row["current"]]
    return FAILED_ON if any(verdict in fail_on for verdict in current) else DONE


def _evaluated(
    project: Project, files: dict[str, str | File], options: argparse.Namespace
) -> Evaluation:
    """Evaluate on the day and by the columns that are asked for."""
    by = None if options.by is None else _listed(options.by)
    return project.evaluate(files, as_of=options.as_of or _today(), by=by)


def _publish(options: argparse.Namespace) -> int:
    project = Project.read(options.project)
    evaluation = _evaluated(project, _files(options), options)
    print_publication(published(evaluation, options), options)
    return DONE


def _report(options: argparse.Namespace) -> int:
    from utfall.report._release import write_report, writer  # noqa: PLC0415 - only reports need it

    writer(options.output)
    project = Project.read(options.project)
    evaluation = _evaluated(project, _files(options), options)
    write_report(evaluation, options)
    print(options.output)
    return DONE


def _diff(options: argparse.Namespace) -> int:
    def files(entries: list[str]) -> dict[str, str | File]:
        return _files(argparse.Namespace(**{**vars(options), "registers": entries}))

    by = None if options.by is None else _listed(options.by)
    day = options.as_of or _today().isoformat()
    print_difference(compared(options, files, day, by), options)
    return DONE


def _verify(options: argparse.Namespace) -> int:
    return DONE if verify(options, _files(options)) else FAILED_ON


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.timezone.utc).astimezone().date()


def _review(options: argparse.Namespace) -> int:
    project = Project.read(options.project)
    return _told(options, project, project.review(), {})


def _check(options: argparse.Namespace) -> int:
    refuse_unprotected(options, "counts of rows and of groups")
    project = Project.read(options.project)
    day = options.as_of or _today()
    check: Soundness = project.check(_files(options), as_of=day)
    tables: dict[str, object] = {
        "as_of": str(day),
        "quality": list(check.quality),
        "missing": list(check.missing),
    }
    return _told(options, project, check, tables)


def _reconcile(options: argparse.Namespace) -> int:
    project = Project.read(options.project)
    registers = _files(options)
    if not registers:
        return _told(options, project, project.reconcile(), {})
    refuse_unprotected(options, "figures that are counted again")
    evaluation = _evaluated(project, registers, options)
    return _told(options, project, project.reconcile(evaluation), {"as_of": evaluation.as_of})


def _told(
    options: argparse.Namespace, project: Project, findings: Findings, tables: dict[str, object]
) -> int:
    """Print findings, and give the exit code that is asked for."""
    fail_on = findings.filter(severity=_listed(options.fail_on))
    if options.severity is not None:
        findings = findings.filter(severity=_listed(options.severity))
    findings = findings.in_language(options.lang or project.language)
    if options.json:
        rows = [{**row, "facts": json.loads(row["facts"] or "{}")} for row in findings]
        told = {"project": project.name, **tables, "findings": rows}
        print_json(banner(told) if getattr(options, "unprotected", False) else told)
    else:
        width = shutil.get_terminal_size((100, 24)).columns
        print(f"{project.name}\n\n{findings.to_text(width=width)}")
    return FAILED_ON if len(fail_on) else DONE


def _listed(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _registers(entries: Sequence[str]) -> dict[str, str]:
    registers: dict[str, str] = {}
    for entry in entries:
        name, separator, path = entry.partition("=")
        if not separator or not name or not path:
            message = (
                f"`{entry}` names no register; write register=file, like participants=deltagare.csv"
            )
            raise UtfallError(message, "not_a_register")
        if name in registers:
            message = f"register `{name}` is given twice; give each register once"
            raise UtfallError(message, "not_a_register")
        registers[name] = path
    return registers


def _files(options: argparse.Namespace) -> dict[str, str | File]:
    """Give each register's file with what is declared of it."""
    files: dict[str, str | File] = {**_registers(options.registers)}
    declared: dict[str, dict[str, Any]] = {}
    for name in ("sheet", "dates", "decimal", "encoding"):
        for register, value in _registers(getattr(options, name)).items():
            number = name == "sheet" and value.isdecimal()
            declared.setdefault(register, {})[name] = int(value) if number else value
    for register, words in declared.items():
        if register not in files:
            message = f"`{register}` is declared and has no file; write {register}=file"
            raise UtfallError(message, "not_a_register")
        from utfall._file import File  # noqa: PLC0415 - few need it

        files[register] = File(str(files[register]), **words)
    return files


def _validate(options: argparse.Namespace) -> int:
    project = Project.read(options.project)
    print(repr(project).strip("<>"))
    return DONE


def _schema(_: argparse.Namespace) -> int:
    print(json_schema(), end="")
    return DONE


def _new(options: argparse.Namespace) -> int:
    from utfall._new._begin import begin  # noqa: PLC0415 - beside its use

    print(begin(options, _today(), print))
    return DONE
