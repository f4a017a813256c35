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
}


@pytest.mark.parametrize(("call", "code", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused(call, code, message):
    with pytest.raises(uf.UtfallError) as refused:
        call()
    assert (refused.value.code, str(refused.value)) == (code, message)
