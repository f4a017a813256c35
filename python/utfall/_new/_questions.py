"""The questions of ``utfall new``: each with an option, a default and what makes an answer usable."""

from __future__ import annotations

import datetime as dt
import re
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from utfall._errors import UtfallError
from utfall._new._words import GROUPS, NO_GROUPS, OUTCOMES, ROWS, WORDS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

SHORTEST = 60  # days; in fewer nobody could be followed up while the project lasts
_LONGEST_TEXT = 200


class Answers(NamedTuple):
    """What is known of a new project; names of levels and texts as they were given."""

    language: str
    name: str
    first_day: dt.date
    last_day: dt.date
    participants: str
    row: str
    groups: tuple[str, ...]
    municipalities: tuple[str, ...]
    subprojects: tuple[str, ...]
    outcome: str
    months: int
    target: Decimal
    reach: int


class _Question(NamedTuple):
    name: str
    metavar: str
    help: str
    read: Callable[[str, Mapping[str, Any]], Any]
    default: Callable[[Mapping[str, Any]], str]
    asked: Callable[[Mapping[str, Any]], bool] = lambda _: True

    @property
    def option(self) -> str:
        return "--" + self.name.replace("_", "-")


def add_options(command: argparse.ArgumentParser) -> None:
    """Add the folder, the language, and an option for each question."""
    command.add_argument(
        "folder", nargs="?", default=".", help="where the files are written (here if left out)"
    )
    command.add_argument(
        "--language",
        "--lang",
        choices=tuple(WORDS),
        default="sv",
        help="of questions and files (sv if left out)",
    )
    command.add_argument("--yes", action="store_true", help="ask nothing: take every default")
    for question in _QUESTIONS:
        command.add_argument(question.option, metavar=question.metavar, help=question.help)


def answered(options: argparse.Namespace, today: dt.date, say: Callable[[str], None]) -> Answers:
    """Take answers from options, ask for the others, or take their defaults.

    Nothing is asked where ``--yes`` says so or where no terminal is there to answer.

    Parameters
    ----------
    options : argparse.Namespace
        What :func:`add_options` has parsed.
    today : datetime.date
        The day that the default period lies about.
    say : callable
        What shows a line to whoever answers.

    Raises
    ------
    UtfallError
        ``wrong_answer`` if an option cannot be used.
    KeyboardInterrupt
        If whoever answers leaves.
    """
    asks = not options.yes and sys.stdin is not None and sys.stdin.isatty()
    words = WORDS[options.language]
    known: dict[str, Any] = {"language": options.language, "today": today}
    if asks:
        say(words["hello"])
    for question in _QUESTIONS:
        given = getattr(options, question.name)
        default = question.default(known)
        if given is not None:
            known[question.name] = question.read(given, known)
        elif asks and question.asked(known):
            known[question.name] = _ask(question, default, known, say)
        else:
            known[question.name] = question.read(default, known)
    del known["today"]
    return Answers(**known)


def _ask(
    question: _Question, default: str, known: Mapping[str, Any], say: Callable[[str], None]
) -> Any:  # noqa: ANN401 - what the question reads
    words = WORDS[known["language"]]
    while True:
        try:
            typed = input(f"{words[question.name]} [{default}] ")
        except EOFError:
            raise KeyboardInterrupt from None
        try:
            return question.read(typed.strip() or default, known)
        except UtfallError:
            say(words["again"].format(default))


# ── What makes an answer usable ──


def _wrong(option: str, answer: str, expected: str) -> UtfallError:
    message = f"{option}: `{answer}` is not {expected}"
    return UtfallError(message, "wrong_answer")


def _text(option: str) -> Callable[[str, Mapping[str, Any]], str]:
    def read(answer: str, _: Mapping[str, Any]) -> str:
        text = answer.strip()
        if not text or len(text) > _LONGEST_TEXT or not text.isprintable():
            raise _wrong(
                option,
                ascii(text)[1:-1][:40],
                f"a text on one line; write 1 to {_LONGEST_TEXT} characters",
            )
        return text

    return read


def _names(option: str) -> Callable[[str, Mapping[str, Any]], tuple[str, ...]]:
    text = _text(option)

    def read(answer: str, known: Mapping[str, Any]) -> tuple[str, ...]:
        names = tuple(text(name, known) for name in answer.split(","))
        if len(set(names)) < len(names) or "(unknown)" in names:
            raise _wrong(
                option, answer, "a list of names; write each once, with commas: Norr,Söder"
            )
        return names

    return read


def _first_day(answer: str, _: Mapping[str, Any]) -> dt.date:
    return _day("--first-day", answer)


def _last_day(answer: str, known: Mapping[str, Any]) -> dt.date:
    day = _day("--last-day", answer)
    if (day - known["first_day"]).days < SHORTEST:
        expected = f"{SHORTEST} days or more after {known['first_day']}; choose a later day"
        raise _wrong("--last-day", answer, expected)
    return day


def _day(option: str, answer: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(answer.strip())
    except ValueError:
        day = None
    # Python's later versions read other forms too, and calendars have their ends.
    if day is None or answer.strip() != str(day) or not 1900 <= day.year <= 2100:  # noqa: PLR2004
        raise _wrong(option, answer, "a day from 1900 to 2100; write it like 2025-01-01")
    return day


def _one_of(option: str, spellings: Mapping[str, str]) -> Callable[[str, Mapping[str, Any]], str]:
    def read(answer: str, _: Mapping[str, Any]) -> str:
        word = spellings.get(answer.strip().lower())
        if word is None:
            known = ", ".join(dict.fromkeys(spellings.values()))
            raise _wrong(option, answer, f"one of those there are; write one of {known}")
        return word

    return read


def _groups(answer: str, known: Mapping[str, Any]) -> tuple[str, ...]:
    if answer.strip().lower() in NO_GROUPS:
        return ()
    read = _one_of("--groups", GROUPS)
    chosen = {read(word, known) for word in answer.split(",")}
    return tuple(group for group in dict.fromkeys(GROUPS.values()) if group in chosen)


def _whole(option: str, most: int) -> Callable[[str, Mapping[str, Any]], int]:
    def read(answer: str, _: Mapping[str, Any]) -> int:
        text = answer.strip()
        if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most))):
            raise _wrong(option, answer, f"a whole number; write one from 1 to {most}")
        if not 1 <= int(text) <= most:
            raise _wrong(option, answer, f"within its limits; write a number from 1 to {most}")
        return int(text)

    return read


def _percent(answer: str, _: Mapping[str, Any]) -> Decimal:
    text = answer.strip().removesuffix("%").strip().replace(",", ".")
    number = Decimal(text) if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", text) else Decimal(0)
    if not 0 < number <= 100:  # noqa: PLR2004 - per cent
        expected = "a percentage; write a number above 0 and at most 100, like 60 or 62.5"
        raise _wrong("--target", answer, expected)
    return number


# ── The questions, in the order in which they are asked ──


def _from_words(known: Mapping[str, Any], name: str) -> str:
    return WORDS[known["language"]][f"default_{name}"]


def _default_first_day(known: Mapping[str, Any]) -> str:
    # A project in its second year has something to show: some are due, some are not.
    return f"{min(known['today'].year - 1, 2090)}-01-01"


def _default_last_day(known: Mapping[str, Any]) -> str:
    first: dt.date = known["first_day"]
    two_years = dt.date(first.year + 2, first.month, min(first.day, 28))
    return str(min(two_years - dt.timedelta(days=1), dt.date(2100, 12, 31)))


_QUESTIONS = (
    _Question(
        "name",
        "TEXT",
        "name of the project",
        _text("--name"),
        lambda known: _from_words(known, "name"),
    ),
    _Question("first_day", "DAY", "its first day", _first_day, _default_first_day),
    _Question("last_day", "DAY", "its last day", _last_day, _default_last_day),
    _Question(
        "participants",
        "WORD",
        "what those who take part are called: deltagare, ungdomar",
        _text("--participants"),
        lambda known: _from_words(known, "participants"),
    ),
    _Question(
        "row",
        "WORD",
        "what a row of the register is: person, or enrolment where a person may have several",
        _one_of("--row", ROWS),
        lambda known: _from_words(known, "row"),
    ),
    _Question(
        "groups",
        "WORDS",
        "groups of figures: gender,municipality,subproject,age_group or none",
        _groups,
        lambda known: _from_words(known, "groups"),
    ),
    _Question(
        "municipalities",
        "NAMES",
        "names of municipalities: Arboga,Köping",
        _names("--municipalities"),
        lambda known: _from_words(known, "municipalities"),
        lambda known: "municipality" in known["groups"],
    ),
    _Question(
        "subprojects",
        "NAMES",
        "names of sub-projects: Norr,Söder",
        _names("--subprojects"),
        lambda known: _from_words(known, "subprojects"),
        lambda known: "subproject" in known["groups"],
    ),
    _Question(
        "outcome",
        "WORD",
        "what a success is: work_or_studies, work, studies",
        _one_of("--outcome", OUTCOMES),
        lambda known: _from_words(known, "outcome"),
    ),
    _Question(
        "months",
        "NUMBER",
        "months from leaving to follow-up",
        _whole("--months", 24),
        lambda _: "3",
    ),
    _Question("target", "PERCENT", "per cent who are to succeed", _percent, lambda _: "60"),
    _Question(
        "reach", "NUMBER", "how many are to take part", _whole("--reach", 100_000), lambda _: "60"
    ),
)
