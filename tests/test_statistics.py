"""Statistics through Python: single numbers, arrays, and what is refused."""

import math

import numpy as np
import pytest

import utfall as uf
from utfall import stats


def test_arrays_give_what_single_numbers_give():
    successes, n = np.array([0, 3, 5, 7]), np.array([5, 5, 5, 9])
    many = stats.proportion(successes, n, method="jeffreys", level=0.9)
    for position, (k, of) in enumerate(zip(successes, n, strict=True)):
        one = stats.proportion(int(k), int(of), method="jeffreys", level=0.9)
        assert (many.value[position], many.low[position], many.high[position]) == one


def test_nobody_is_none_and_nan():
    assert stats.proportion(0, 0) is None
    assert math.isnan(stats.proportion([0], [0]).value[0])


def test_arrays_are_brought_to_one_shape():
    assert stats.proportion([[1], [2]], [4, 5, 6]).low.shape == (2, 3)


# What cannot be meant: the call, the code of its error, and the whole message.
REFUSED = {
    "more successes than units": (
        lambda: stats.proportion(8, 7),
        "more_successes_than_units",
        "8 of 7 is no share; give the successes first, then all units",
    ),
    "a level in percent": (
        lambda: stats.proportion(1, 2, level=95),
        "level_out_of_range",
        "95 is not a level of confidence; write a fraction between 0 and 1, such as 0.95",
    ),
    "a method that is not there": (
        lambda: stats.proportion(1, 2, method="wald"),
        "unknown_method",
        (
            "there is no method `wald`; there are `wilson`, `clopper_pearson`, `jeffreys`, "
            "`agresti_coull`"
        ),
    ),
    "a negative count": (
        lambda: stats.proportion(-1, 2),
        "not_a_count",
        "`successes` must be whole numbers of 0 or more",
    ),
    "half a unit": (
        lambda: stats.proportion([1, 2], [2, 2.5]),
        "not_a_count",
        "`n` must be whole numbers of 0 or more",
    ),
    "arrays of different shapes": (
        lambda: stats.proportion([1, 2], [1, 2, 3]),
        "unlike_shapes",
        "arrays of different shapes: successes (2,), n (3,); give them one shape",
    ),
    "too many units to count": (
        lambda: stats.binomial_test(0, 10**12 + 1, 0.5),
        "too_many_units",
        "more than 1000000000000 units together; no register has so many, so look for a wrong column",
    ),
    "a target in percent": (
        lambda: stats.binomial_test(3, 10, 70),
        "target_share_out_of_range",
        "70 is no share to aim at; write a fraction from 0 to 1, such as 0.7",
    ),
    "a target that is a text": (
        lambda: stats.binomial_test([3], 10, "high"),
        "not_a_number",
        "`target` must be numbers",
    ),
    "a level where significance is asked for": (
        lambda: stats.process_evidence(3, 10, 0.7, alpha=0.95),
        "alpha_out_of_range",
        "0.95 is no level of significance; write a fraction between 0 and 0.5, such as 0.05",
    ),
    "a reference in percent": (
        lambda: stats.representation_ratio(stats.proportion(1, 2), 50),
        "reference_out_of_range",
        "50 is no share to compare with; write a fraction above 0, at most 1",
    ),
    "a p value that is no probability": (
        lambda: stats.adjust([0.5, -0.1]),
        "p_value_out_of_range",
        "-0.1 is no p value; it must lie from 0 to 1, or be NaN where there is none",
    ),
    "an alternative that is not there": (
        lambda: stats.fisher_exact([[1, 2], [3, 4]], alternative="larger"),
        "unknown_method",
        "there is no method `larger`; there are `two-sided`, `greater`, `less`",
    ),
    "a table of three columns": (
        lambda: stats.fisher_exact([[1, 2, 3], [3, 4, 5]]),
        "not_two_by_two",
        (
            "`table`: write each table as two rows of two counts, "
            "a row for each group with its successes and its failures"
        ),
    ),
    "tables of three rows": (
        lambda: stats.fisher_exact([[[1, 2], [3, 4], [5, 6]]]),
        "not_two_by_two",
        (
            "`table`: write each table as two rows of two counts, "
            "a row for each group with its successes and its failures"
        ),
    ),
    "a group that is one number": (
        lambda: stats.disparity({"women": (9, 10), "men": 6}),
        "not_a_pair",
        "each group must have two counts; give `(successes, n)`",
    ),
    "a stratum without a weight": (
        lambda: stats.standardise([1, 2], [3, 4], weights=[1]),
        "unlike_lengths",
        "`weights` has length 1, expected 2; give lists that belong together one length",
    ),
    "a negative weight": (
        lambda: stats.standardised_difference([[[1, 2], [3, 4]]], weights=[-1]),
        "amount_out_of_range",
        "`weights` holds -1; write numbers of 0 or more",
    ),
    "a weight that is no number": (
        lambda: stats.standardise([1], [2], weights=["many"]),
        "not_a_number",
        "`weights` must be numbers",
    ),
    "a table of three columns as a stratum": (
        lambda: stats.mantel_haenszel([[[1, 2, 3], [4, 5, 6]]]),
        "not_two_by_two",
        (
            "`tables`: write each table as two rows of two counts, "
            "a row for each group with its successes and its failures"
        ),
    ),
    "a part of a person": (
        lambda: stats.cmh_test([[[1, 2.5], [3, 4]]]),
        "not_a_count",
        "`tables` must be whole numbers of 0 or more",
    ),
    "a measure that is not there": (
        lambda: stats.mantel_haenszel([[[1, 2], [3, 4]]], measure="effect"),
        "unknown_method",
        "there is no method `effect`; there are `difference`, `ratio`, `odds_ratio`",
    ),
    "a target of a funnel in percent": (
        lambda: stats.funnel_limits(70, [10, 20]),
        "target_share_out_of_range",
        "70 is no share to aim at; write a fraction from 0 to 1, such as 0.7",
    ),
    "a level for a tail": (
        lambda: stats.funnel_limits(0.7, 10, tail=0.975),
        "tail_out_of_range",
        "0.975 is no tail; write what may lie beyond each limit, below 0.5, such as 0.025",
    ),
    "a row too short": (
        lambda: stats.sign_test([[1, 2], [3]]),
        "not_square",
        "a row of 1 in a table of 2 rows; a table before x after has a row and a column for each level",
    ),
    "a list for a table": (
        lambda: stats.bowker([1, 2, 3]),
        "not_a_list",
        "`table` must be lists of numbers, or a table as a list of its rows",
    ),
    "three levels for two": (
        lambda: stats.mcnemar([[1, 2, 3]] * 3),
        "not_two_levels",
        "a table of 3 levels where two are compared; for more, take `bowker` or `stuart_maxwell`",
    ),
    "more units than there are": (
        lambda: stats.superiority([2**53, 1], [1, 1]),
        "too_many_units",
        (
            "more than 9007199254740992 units together; "
            "no register has so many, so look for a wrong column"
        ),
    ),
    "neither density nor use": (
        lambda: stats.staffing_need([[10], [11]]),
        "conflict",
        "need follows from `density` or from `use` and `staff`; give one of the two",
    ),
    "use without staff": (
        lambda: stats.staffing_need([[10], [11]], use=[1]),
        "conflict",
        "`use` says how staff is spread, not how much there is; give `staff` too",
    ),
    "attrition in percent": (
        lambda: stats.staffing_need([[10], [11]], density=[1], attrition=5),
        "fraction_out_of_range",
        "`attrition` holds 5; write fractions, such as 0.05 for 5 %",
    ),
    "nobody completes": (
        lambda: stats.staffing_need([[10], [11]], density=[1], completion=0),
        "nobody_arrives",
        "`completion` is 0, so no intake is large enough; write a fraction above 0",
    ),
    "a negative duration": (
        lambda: stats.kaplan_meier([3, -1], [True, False]),
        "not_a_duration",
        "row 2 has a duration that is no number of 0 or more; correct it, or leave the row out",
    ),
    "no duration": (
        lambda: stats.aalen_johansen([3.0, None], [1, 0]),
        "not_a_duration",
        "row 2 has a duration that is no number of 0 or more; correct it, or leave the row out",
    ),
    "a date for a duration": (
        lambda: stats.kaplan_meier(np.array(["2022-06-30"], dtype="datetime64[D]"), [True]),
        "not_a_duration",
        "`durations` must be numbers of 0 or more; of two dates, take the days between them",
    ),
    "a duration that is a text": (
        lambda: stats.kaplan_meier(np.array(["x"], dtype=object), [True]),
        "not_a_duration",
        "`durations` must be numbers of 0 or more; of two dates, take the days between them",
    ),
    "nothing about the end": (
        lambda: stats.kaplan_meier([3, 4], [True, None]),
        "not_an_event",
        "`observed` must be true or false (1 or 0) for every unit",
    ),
    "a name for the end": (
        lambda: stats.kaplan_meier([3, 4], ["work", "work"]),
        "not_an_event",
        "`observed` must be true or false (1 or 0) for every unit",
    ),
    "two kinds of one event": (
        lambda: stats.kaplan_meier([3, 4], [1, 2]),
        "not_an_event",
        "`observed` must be true or false (1 or 0) for every unit",
    ),
    "a number that is no kind": (
        lambda: stats.aalen_johansen([3, 4], [1, 3], kinds=2),
        "not_an_event",
        (
            "row 2 has an event whose number is not from 0 to 2; number the kinds from 1, and "
            "write 0 for censored"
        ),
    ),
    "a name that is no kind": (
        lambda: stats.aalen_johansen([3, 4], ["work", "studies"], kinds=["work"]),
        "not_an_event",
        "`events` has a name that is not in `kinds`; list all kinds there are",
    ),
    "a kind listed twice": (
        lambda: stats.aalen_johansen([3], ["work"], kinds=["work", "work"]),
        "not_an_event",
        "`kinds` has a name twice; list each kind once",
    ),
    "names and numbers of kinds": (
        lambda: stats.aalen_johansen([3, 4], np.array([1, "work"], dtype=object)),
        "not_an_event",
        "`events` must be names or numbers of kinds, with None or 0 for censored",
    ),
    "half an event": (
        lambda: stats.aalen_johansen([3, 4], [0.5, 1]),
        "not_an_event",
        "`events` must be names or numbers of kinds, with None or 0 for censored",
    ),
    "lists for events": (
        lambda: stats.aalen_johansen([3], np.array([[1], None], dtype=object)[:1]),
        "not_an_event",
        "`events` must be names or numbers of kinds, with None or 0 for censored",
    ),
    "days for events": (
        lambda: stats.aalen_johansen([3, 4], [365, 730]),
        "too_many_kinds",
        "730 kinds of event are more than 100; number them from 1, without gaps",
    ),
    "fewer than no kinds": (
        lambda: stats.aalen_johansen([3], [0], kinds=-1),
        "not_a_count",
        "`kinds` must be whole numbers of 0 or more",
    ),
    "half a unit at a time": (
        lambda: stats.kaplan_meier([3], [True], units=[0.5]),
        "not_a_count",
        "`units` must be whole numbers of 0 or more",
    ),
    "units beyond all count": (
        lambda: stats.kaplan_meier([3, 4], [True, True], units=[2**53, 1]),
        "too_many_units",
        (
            "more than 9007199254740992 units together; "
            "no register has so many, so look for a wrong column"
        ),
    ),
    "an end for another": (
        lambda: stats.aalen_johansen([3, 4, 5], [1, 2], by=["x", "y", "z"]),
        "unlike_shapes",
        "arrays of different shapes: durations (3,), events (2,), by (3,); give them one shape",
    ),
    "lists for groups": (
        lambda: stats.kaplan_meier([3], [True], by=np.array([{}], dtype=object)),
        "not_a_group",
        "`by` must be names or numbers, one for each unit",
    ),
    "a horizon before the beginning": (
        lambda: stats.kaplan_meier([3], [True]).at(-1),
        "horizon_out_of_range",
        "-1 is no horizon; write a number of 0 or more, in the unit of the durations",
    ),
    "a horizon among many": (
        lambda: stats.aalen_johansen([3], [1]).at([1, math.nan]),
        "horizon_out_of_range",
        "NaN is no horizon; write a number of 0 or more, in the unit of the durations",
    ),
    "a horizon in words": (
        lambda: stats.kaplan_meier([3], [True]).at("three months"),
        "not_a_number",
        "`horizon` must be numbers",
    ),
    "a quantile in percent": (
        lambda: stats.aalen_johansen([3], [1]).quantile(50),
        "share_out_of_range",
        "50 is no share that a time can be asked for; write a fraction between 0 and 1",
    ),
    "a quantile in words": (
        lambda: stats.kaplan_meier([3], [True]).quantile("half"),
        "not_a_number",
        "`share` must be numbers",
    ),
    "a level of a curve in percent": (
        lambda: stats.kaplan_meier([3], [True]).median(95),
        "level_out_of_range",
        "95 is not a level of confidence; write a fraction between 0 and 1, such as 0.95",
    ),
}


@pytest.mark.parametrize(("call", "code", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused(call, code, message):
    with pytest.raises(uf.UtfallError) as refused:
        call()
    assert (refused.value.code, str(refused.value)) == (code, message)
