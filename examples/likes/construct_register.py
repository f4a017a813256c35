"""Construct the participant register of the Likes example.

No row is a person. The report on Likes prints counts only; this script makes 142 rows whose margins are those counts:

- sub-project by gender, exactly;
- branch by gender, exactly, with the four persons whom the branch table leaves out as unknown (an empty cell);
- 59 in work and 13 in studies;
- more than 70 % with a step forward, and one man in twenty at the first intake, as the report says in words.

Everything else (days, who completed, who was followed up, who has which status and step) is drawn from a fixed seed and
follows no register. A difference between groups in it means nothing.

    python construct_register.py            # writes participants_constructed.csv beside this script
    python construct_register.py --check    # fails if that file is not what the script makes

Both forms fail if a margin is not the published one. Standard library only, Python 3.10 or later.
"""

import argparse
import csv
import io
import random
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

PATH = Path(__file__).with_name("participants_constructed.csv")
SEED = 142
FIRST_MONDAY = date(2020, 8, 3)  # participants came from August 2020 on
LAST_DAY = date(2022, 6, 30)
HEADER = [
    "Deltagare",
    "Kön",
    "Delprojekt",
    "Bransch",
    "Inskriven",
    "Fullföljd",
    "Avbrott",
    "Steg start",
    "Steg slut",
    "Status 3 mån",
]
CARE, CHILDCARE = "Vård och omsorg", "Barnomsorg"
SCHOOL, LOGISTICS, UNKNOWN = "Skola/fritids", "Lager och logistik", ""

# Printed in the report: (women, men).
BY_SUBPROJECT = {
    "Viadidakt": (31, 4),
    "Nyköping": (17, 7),
    "Strängnäs": (18, 5),
    "Eskilstuna": (26, 34),
}
BY_BRANCH = {CARE: (49, 17), CHILDCARE: (24, 0), SCHOOL: (15, 4), LOGISTICS: (2, 27)}
ALL = (92, 50)
WORK, STUDIES = 59, 13

# A joint table that both printed tables allow when each sub-project trains for the branches that its description names:
# sub-project, branch, women, men. The report prints no such table.
CELLS = [
    ("Viadidakt", CHILDCARE, 16, 0),
    ("Viadidakt", SCHOOL, 15, 4),
    ("Nyköping", CARE, 17, 6),
    ("Nyköping", UNKNOWN, 0, 1),
    ("Strängnäs", CARE, 9, 5),
    ("Strängnäs", CHILDCARE, 8, 0),
    ("Strängnäs", UNKNOWN, 1, 0),
    ("Eskilstuna", CARE, 23, 6),
    ("Eskilstuna", LOGISTICS, 2, 27),
    ("Eskilstuna", UNKNOWN, 1, 1),
]

# Constructed: how many are where in the flow on the last day. The rest, 106, completed and are due for follow-up.
NOT_DUE, OPEN, DROPPED = 10, 6, 20
DUE_STATUS = {"Arbete": 54, "Studier": 12, "Arbetslös": 20, "Annat": 11, "": 9}
DROPPED_STATUS = {
    "Arbete": 5,
    "Studier": 1,
    "Arbetslös": 4,
    "Annat": 2,
}  # the other drop-outs were not followed up
COMPLETED_STEPS = {"up": 96, "same": 13, "down": 1, "unknown": 6}
DROPPED_STEPS = {"up": 6, "same": 6, "unknown": 8}
FIRST_INTAKE = {"Kvinna": 19, "Man": 1}  # in August 2020

# Weeks, counted from FIRST_MONDAY.
FIRST_INTAKE_ENDS = 3  # 24 August 2020
NYKOPING_PAUSES = 22  # nobody starts there after 4 January 2021
DUE_UNTIL = (
    85  # who completes in this week, 21 to 25 March 2022, is due for follow-up on the last day
)


class Draw:
    """Random choices made from `random()` alone, the method whose sequence Python promises to keep."""

    def __init__(self, seed):
        """Start the sequence of that seed."""
        self._random = random.Random(seed).random

    def between(self, low, high):
        """Draw a whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def shuffled(self, items):
        """Put the items in random order, as a new list."""
        return sorted(items, key=lambda _: self._random())

    def spread(self, counts):
        """Write a table of counts out in random order: `{"a": 2, "b": 1}` may give `["a", "b", "a"]`."""
        return self.shuffled([value for value, count in counts.items() for _ in range(count)])


def construct():
    """Construct the rows of the register, in order of enrolment."""
    draw = Draw(SEED)
    rows = people(draw)
    due, not_due, dropped, still_enrolled = flow(rows)
    date_rows(due, not_due, dropped, still_enrolled, draw)

    for row, status in zip(due, draw.spread(DUE_STATUS), strict=True):
        row["Status 3 mån"] = status
    can_be_followed_up = [row for row in dropped if three_months_after(row["Avbrott"]) <= LAST_DAY]
    for row, status in zip(can_be_followed_up, draw.spread(DROPPED_STATUS), strict=False):
        row["Status 3 mån"] = status

    for row, direction in zip(due + not_due, draw.spread(COMPLETED_STEPS), strict=True):
        set_steps(row, direction, draw)
    for row, direction in zip(dropped, draw.spread(DROPPED_STEPS), strict=True):
        set_steps(row, direction, draw)
    for row in still_enrolled:
        set_steps(row, "unknown", draw)

    rows.sort(key=lambda row: row["Inskriven"])
    for number, row in enumerate(rows, start=1):
        row["Deltagare"] = f"D{number:03}"
    return rows


def people(draw):
    """Make one row per unit of CELLS, in random order; all other cells are empty."""
    rows = []
    for subproject, branch, women, men in CELLS:
        for gender in ["Kvinna"] * women + ["Man"] * men:
            rows.append(
                dict.fromkeys(HEADER, "")
                | {"Kön": gender, "Delprojekt": subproject, "Bransch": branch}
            )
    return draw.shuffled(rows)


def flow(rows):
    """Divide the rows: follow-up due, follow-up not due yet, dropped out, still enrolled."""
    no_branch = [
        row for row in rows if row["Bransch"] == UNKNOWN
    ]  # left before a branch was chosen
    nykoping = [
        row for row in rows if row["Bransch"] != UNKNOWN and row["Delprojekt"] == "Nyköping"
    ]
    others = [row for row in rows if row["Bransch"] != UNKNOWN and row["Delprojekt"] != "Nyköping"]
    not_due, still_enrolled = others[:NOT_DUE], others[NOT_DUE : NOT_DUE + OPEN]
    drop_outs = DROPPED - len(no_branch)
    rest = others[NOT_DUE + OPEN :]
    return rest[drop_outs:] + nykoping, not_due, no_branch + rest[:drop_outs], still_enrolled


def date_rows(due, not_due, dropped, still_enrolled, draw):
    """Set the days: everybody starts on a Monday and leaves on a Friday, but for one at the edge."""
    first = []
    for gender, count in FIRST_INTAKE.items():
        first += [row for row in due if row["Kön"] == gender][:count]

    for row in due:
        weeks = training_weeks(row, draw)
        if any(row is other for other in first):
            start = draw.between(0, FIRST_INTAKE_ENDS)
        else:
            start = draw.between(FIRST_INTAKE_ENDS + 2, last_start(row, DUE_UNTIL + 1 - weeks))
        row["Inskriven"], row["Fullföljd"] = monday(start), friday(start + weeks - 1)
    # The edge: three months after 31 March is 30 June, the last day itself. This follow-up is due.
    max(due, key=lambda row: row["Fullföljd"])["Fullföljd"] = date(2022, 3, 31)

    for number, row in enumerate(not_due):
        # The first one completes on 1 April, one day beyond the edge.
        end = DUE_UNTIL + 1 if number == 0 else draw.between(DUE_UNTIL + 1, DUE_UNTIL + 12)
        row["Inskriven"], row["Fullföljd"] = (
            monday(end + 1 - training_weeks(row, draw)),
            friday(end),
        )

    for row in dropped:
        start = draw.between(FIRST_INTAKE_ENDS + 2, last_start(row, DUE_UNTIL - 5))
        row["Inskriven"], row["Avbrott"] = monday(start), friday(start + draw.between(1, 13))

    for row in still_enrolled:
        row["Inskriven"] = monday(draw.between(DUE_UNTIL - 9, DUE_UNTIL + 6))


def training_weeks(row, draw):
    """Say how long the training lasts: twelve weeks in Nyköping, here about half a year elsewhere."""
    return 12 if row["Delprojekt"] == "Nyköping" else draw.between(18, 34)


def last_start(row, week):
    """Find the last week in which the row can start, if `week` is the last one elsewhere."""
    return NYKOPING_PAUSES if row["Delprojekt"] == "Nyköping" else week


def monday(week):
    """Find the Monday of a week."""
    return FIRST_MONDAY + timedelta(weeks=week)


def friday(week):
    """Find the Friday of a week."""
    return monday(week) + timedelta(days=4)


def three_months_after(day):
    """Find the same day three calendar months later, or the last day of that month if it is shorter."""
    month, year = (day.month + 2) % 12 + 1, day.year + (day.month + 2) // 12
    last_of_month = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last_of_month.replace(day=min(day.day, last_of_month.day))


def set_steps(row, direction, draw):
    """Set the steps on a scale from 1 to 5: from 1 to 3 at the start, at most two up at the end."""
    start = draw.between(2 if direction == "down" else 1, 3)
    end = {"up": start + draw.between(1, 2), "same": start, "down": start - 1, "unknown": ""}
    row["Steg start"], row["Steg slut"] = start, end[direction]


def to_csv(rows):
    """Write the rows as the text of the file: UTF-8 in the file, semicolons, days as YYYY-MM-DD."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def check(text):
    """Stop unless the register in `text` has the published margins and plausible days."""
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    demand("ids", len({row["Deltagare"] for row in rows}), sum(ALL))
    demand("women, men", by_gender(rows), ALL)
    for subproject, published in BY_SUBPROJECT.items():
        demand(subproject, by_gender(rows, "Delprojekt", subproject), published)
    for branch, published in BY_BRANCH.items():
        demand(branch, by_gender(rows, "Bransch", branch), published)
    demand("branch unknown", by_gender(rows, "Bransch", UNKNOWN), (2, 2))

    statuses = Counter(row["Status 3 mån"] for row in rows)
    demand("in work", statuses["Arbete"], WORK)
    demand("in studies", statuses["Studier"], STUDIES)
    steps = [row for row in rows if row["Steg slut"] > row["Steg start"]]  # one digit, or empty
    demand("over 70 % with a step forward", 100 * len(steps) > 70 * len(rows), True)
    first = [row for row in rows if row["Inskriven"] < "2020-09-01"]
    demand("men at the first intake, in percent", 100 * by_gender(first)[1] / len(first), 5)

    waiting = no_answer = 0
    for row in rows:
        enrolled, completed, dropped = (
            day(row[name]) for name in ("Inskriven", "Fullföljd", "Avbrott")
        )
        left = completed or dropped
        subject = row["Deltagare"]
        demand(f"{subject}: enrolled in the project", FIRST_MONDAY <= enrolled <= LAST_DAY, True)
        demand(f"{subject}: completed and dropped out", bool(completed and dropped), False)
        demand(
            f"{subject}: left after enrolment", left is None or enrolled < left <= LAST_DAY, True
        )
        is_due = left is not None and three_months_after(left) <= LAST_DAY
        demand(
            f"{subject}: status before it is due", bool(row["Status 3 mån"]) and not is_due, False
        )
        waiting += completed is not None and not is_due
        no_answer += completed is not None and is_due and not row["Status 3 mån"]
    demand("some follow-ups not due yet", waiting, NOT_DUE)
    demand("some follow-ups without an answer", no_answer, DUE_STATUS[""])


def by_gender(rows, column=None, value=None):
    """Count the women and the men among the rows with that value."""
    genders = Counter(row["Kön"] for row in rows if column is None or row[column] == value)
    return genders["Kvinna"], genders["Man"]


def day(text):
    """Read the day that a cell holds, if any."""
    return date.fromisoformat(text) if text else None


def demand(what, found, wanted):
    """Stop with a message unless `found` is what is wanted."""
    if found != wanted:
        sys.exit(f"{PATH.name}: {what}: {found}, not {wanted}")


def main():
    """Write the register, or check the one that is there."""
    parser = argparse.ArgumentParser(
        description="Construct the participant register of the Likes example."
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail if the file differs"
    )
    arguments = parser.parse_args()

    text = to_csv(construct())
    check(text)
    if not arguments.check:
        PATH.write_bytes(text.encode())
    elif not PATH.exists() or PATH.read_text(encoding="utf-8") != text:
        sys.exit(f"{PATH.name} is not what {Path(__file__).name} makes: run it without --check")


if __name__ == "__main__":
    main()
