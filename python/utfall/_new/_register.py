"""A register of nobody: rows drawn from a fixed seed, with what real registers have of gaps."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from typing import TYPE_CHECKING, TypeVar

from utfall._new._days import as_of, last_due
from utfall._new._words import AGE_GROUPS, REGISTER, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utfall._new._questions import Answers

_SEED = 14
_DAY = dt.timedelta(days=1)
Row = dict[str, str]
_Item = TypeVar("_Item")

# How many are where on the day of the evaluation: 56 persons.
_ENROLLED = 6
_MOVED = 2
_NOT_DUE = {"completed": 6, "dropped_out": 1}
_DUE = {"completed": 33, "dropped_out": 8}
_SUCCESSES, _FAILURES = 23, 13  # the other five of those who are due have no answer
_STEPS = {"up": 27, "same": 14, "down": 2, "unknown": 7}
_ADAPTATIONS = {("yes", "yes"): 7, ("yes", "no"): 2, ("no", "no"): 44, ("", ""): 3}
_GENDERS = {"woman": 22, "woman_short": 9, "woman_wrong": 1, "man": 17, "man_short": 7}
_RETURNED = 6  # persons with an earlier enrolment, where a row is an enrolment


class _Draw:
    """Random choices made from `random()` alone, whose sequence Python promises to keep."""

    def __init__(self) -> None:
        self._random = random.Random(_SEED).random  # noqa: S311 - nobody's secret

    def between(self, low: int, high: int) -> int:
        return low + int(self._random() * (high - low + 1))

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        return first + self.between(0, max(0, (last - first).days)) * _DAY

    def shuffled(self, items: Iterable[_Item]) -> list[_Item]:
        return sorted(items, key=lambda _: self._random())


def csv_text(answers: Answers) -> str:
    """Give the register as the text of a CSV file: a line that says what it is, headers, rows."""
    said = REGISTER[answers.language]
    rows = register(answers)
    text = io.StringIO()
    text.write(f"{WORDS[answers.language]['nobody']}\n")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    columns = list(rows[0])
    writer.writerow([said[column] for column in columns])
    writer.writerows([row[column] for column in columns] for row in rows)
    return text.getvalue()


def register(answers: Answers) -> list[Row]:
    """Give the rows by column, in the order of enrolment."""
    draw = _Draw()
    rows = _left(answers, draw) + _still_enrolled(answers, draw)
    for row, start, end in zip(rows, *_steps(len(rows), draw), strict=True):
        row["step_start"], row["step_end"] = start, end
    for row, (asked, given) in zip(rows, _spread(_ADAPTATIONS, draw), strict=True):
        row["asked"], row["given"] = asked, given
    for group, values in _groups(answers, len(rows), draw).items():
        for row, value in zip(rows, values, strict=True):
            row[group] = value
    rows.sort(key=lambda row: row["enrolled"])
    for number, row in enumerate(rows, start=1):
        row["id"] = f"K{number:02}"
    if answers.row == "enrolment":
        rows = sorted([*rows, *_earlier(answers, rows, draw)], key=lambda row: row["enrolled"])
    said = REGISTER[answers.language]
    coded = {"gender", "reason", "asked", "given", "status"}
    columns = ["id", *answers.groups, "enrolled", "left", "reason", "step_start", "step_end"]
    columns += ["asked", "given", "status"]
    return [
        {name: said.get(row[name], "") if name in coded else row[name] for name in columns}
        for row in rows
    ]


def _spread(counts: dict[_Item, int], draw: _Draw) -> list[_Item]:
    """Write counts out in random order: two of a and one of b may become b, a, a."""
    return draw.shuffled([item for item, count in counts.items() for _ in range(count)])


# ── Who is where ──


def _left(answers: Answers, draw: _Draw) -> list[Row]:
    """Give those who have left: due for follow-up, not due yet, and moved away."""
    due = last_due(answers)
    until = min(as_of(answers), answers.last_day)
    statuses = _statuses(answers, draw)
    rows = [
        _spell(answers, draw, due) | {"reason": reason, "status": statuses.pop()}
        for reason in _spread(_DUE, draw)
    ]
    for reason in _spread(_NOT_DUE, draw):
        left = draw.day(due + 3 * _DAY, until)
        rows += [_spell(answers, draw, left, exact=True) | {"reason": reason, "status": ""}]
    moved = {"reason": "moved", "status": ""}
    return rows + [_spell(answers, draw, due) | moved for _ in range(_MOVED)]


def _spell(answers: Answers, draw: _Draw, left: dt.date, *, exact: bool = False) -> Row:
    """Give the days of somebody who left on that day, or on one before."""
    shortest = answers.first_day + 21 * _DAY
    left = left if exact else draw.day(shortest, left)
    longest = min(180, (left - answers.first_day).days)
    enrolled = left - draw.between(20, longest) * _DAY
    return {"enrolled": str(_workday(enrolled, 1)), "left": str(_workday(left, -1))}


def _workday(day: dt.date, step: int) -> dt.date:
    """Give the day, or the next one in that direction on which somebody is at work."""
    while day.weekday() > 4:  # noqa: PLR2004 - Saturday and Sunday
        day += step * _DAY
    return day


def _statuses(answers: Answers, draw: _Draw) -> list[str]:
    successes = {"work_or_studies": ["work", "work", "work", "studies"]}.get(
        answers.outcome, [answers.outcome]
    )
    failures = [
        status for status in ("jobseeker", "other", "studies", "work") if status not in successes
    ]
    missing = sum(_DUE.values()) - _SUCCESSES - _FAILURES
    return draw.shuffled(
        [successes[number % len(successes)] for number in range(_SUCCESSES)]
        + [failures[number % len(failures)] for number in range(_FAILURES)]
        + [""] * missing
    )


def _still_enrolled(answers: Answers, draw: _Draw) -> list[Row]:
    until = min(as_of(answers), answers.last_day)
    first = max(answers.first_day, until - 120 * _DAY)
    return [
        {
            "enrolled": str(_workday(draw.day(first, until - 7 * _DAY), 1)),
            "left": "",
            "reason": "",
            "status": "",
        }
        for _ in range(_ENROLLED)
    ]


def _earlier(answers: Answers, rows: Sequence[Row], draw: _Draw) -> list[Row]:
    """Give some persons an enrolment before the one that they have."""
    earlier: list[Row] = []
    for row in rows:
        enrolled = dt.date.fromisoformat(row["enrolled"])
        if (enrolled - answers.first_day).days < 90 or len(earlier) == _RETURNED:  # noqa: PLR2004 - room for both
            continue
        start = _workday(draw.day(answers.first_day, enrolled - 70 * _DAY), 1)
        end = _workday(start + draw.between(20, 50) * _DAY, -1)
        status = "jobseeker" if end <= last_due(answers) else ""
        spell = {"enrolled": str(start), "left": str(end), "reason": "dropped_out"}
        earlier.append(row | spell | {"status": status, "step_end": ""})
    return earlier


# ── What they are like ──


def _steps(persons: int, draw: _Draw) -> tuple[list[str], list[str]]:
    """Give steps from 1 to 5 at start and end; those who are still enrolled have no end."""
    starts, ends = [], []
    for direction in _spread(_STEPS, draw) + ["unknown"] * (persons - sum(_STEPS.values())):
        start = draw.between(2, 3) if direction == "down" else draw.between(1, 3)
        ends.append(
            {
                "up": str(start + draw.between(1, 2)),
                "same": str(start),
                "down": str(start - 1),
                "unknown": "",
            }[direction]
        )
        starts.append(str(start))
    return starts, ends


def _groups(answers: Answers, persons: int, draw: _Draw) -> dict[str, list[str]]:
    """Give the column of each group; two of a column's cells are empty, but none of gender."""
    levels = {
        "municipality": answers.municipalities,
        "subproject": answers.subprojects,
        "age_group": AGE_GROUPS,
    }
    columns = {}
    for group in answers.groups:
        if group == "gender":
            columns[group] = _spread(_GENDERS, draw)
            continue
        names = levels[group]
        # The first names get more, so that groups are not all of one size.
        weights = [name for place, name in enumerate(names) for _ in range(len(names) - place)]
        cells = [weights[number % len(weights)] for number in range(persons - 2)]
        columns[group] = draw.shuffled([*cells, "", ""])
    return columns
