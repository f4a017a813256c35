"""Days of a new project: when it is looked at, and which follow-ups are due by then."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from utfall._new._questions import Answers


def later(day: dt.date, months: int) -> dt.date:
    """Give the day so many months later, the month's last where it lacks that day.

    >>> later(dt.date(2025, 11, 30), 3)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def part(answers: Answers, share: float) -> dt.date:
    """Give the day on which that share of the project's time has passed."""
    length = (answers.last_day - answers.first_day).days
    return answers.first_day + dt.timedelta(days=int(length * share))


def as_of(answers: Answers) -> dt.date:
    """Give the day on which the constructed register is looked at.

    Three quarters of the time have passed, so that some follow-ups are due and others are not; in a
    short project it lies so late that somebody is due.
    """
    two_follow_ups = later(answers.first_day, 2 * answers.months)
    last_are_open = later(answers.last_day, answers.months) - dt.timedelta(days=30)
    return max(part(answers, 0.75), min(two_follow_ups, last_are_open))


def last_due(answers: Answers) -> dt.date:
    """Give the last day of leaving whose follow-up is due on :func:`as_of`."""
    looked_at = as_of(answers)
    day = looked_at - dt.timedelta(days=31 * answers.months)
    while later(day + dt.timedelta(days=1), answers.months) <= looked_at:
        day += dt.timedelta(days=1)
    return day
