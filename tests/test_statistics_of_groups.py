"""Statistics of two groups, several groups and many comparisons, through Python."""

import math

import numpy as np
import pytest

from utfall import stats

X1, N1 = np.array([0, 3, 5, 0]), np.array([5, 7, 5, 0])
X2, N2 = np.array([2, 3, 0, 1]), np.array([5, 9, 5, 4])

PAIRS = [
    (stats.difference, ["newcombe", "miettinen_nurminen", "mee", "agresti_caffo", "wald"]),
    (stats.ratio, ["koopman", "katz", "miettinen_nurminen"]),
    (stats.odds_ratio, ["woolf", "haldane", "exact"]),
]
METHODS = [(function, method) for function, methods in PAIRS for method in methods]


def same(one, other):
    """Say whether two numbers are equal, or both NaN."""
    return one == other or (math.isnan(one) and math.isnan(other))


@pytest.mark.parametrize(("function", "method"), METHODS)
def test_pairs_give_what_single_groups_give(function, method):
    many = function(X1, N1, X2, N2, method=method, level=0.9)
    for position, groups in enumerate(zip(X1, N1, X2, N2, strict=True)):
        one = function(*map(int, groups), method=method, level=0.9) or (math.nan,) * 3
        assert all(map(same, (array[position] for array in many), one))


@pytest.mark.parametrize("function", [stats.difference, stats.ratio, stats.odds_ratio])
def test_an_empty_group_is_compared_with_nothing(function):
    assert function(0, 0, 1, 4) is None
    assert function(1, 4, 0, 0) is None
    assert function(1, 4, [0, 2], [0, 4]).value.shape == (2,)


@pytest.mark.parametrize("alternative", ["two-sided", "greater", "less"])
def test_tests_of_arrays_are_those_of_single_numbers(alternative):
    k, n, target = np.array([[0], [3]]), np.array([5, 0, 4]), np.array([0.5, 0.5, math.nan])
    k = np.minimum(k, n)
    many = stats.binomial_test(k, n, target, alternative)
    assert many.shape == (2, 3)
    for place in range(2):
        one = stats.binomial_test(int(k[place, 0]), 5, 0.5, alternative)
        assert many[place, 0] == one
    assert np.isnan(many[:, 1:]).all()


def test_the_target_may_be_one_or_many():
    many = stats.binomial_test(9, 20, [0.5, 0.7])
    assert many.tolist() == [stats.binomial_test(9, 20, 0.5), stats.binomial_test(9, 20, 0.7)]


def test_tables_may_be_one_or_many():
    one = stats.fisher_exact([[7, 3], [5, 5]])
    tables = np.array([[[[7, 3], [5, 5]], [[0, 0], [5, 5]]]])
    many = stats.fisher_exact(tables)
    assert stats.fisher_exact(tables[0, 0]) == one == many[0, 0]
    assert many.shape == (1, 2)
    assert math.isnan(many[0, 1])
    assert stats.fisher_exact([[0, 0], [5, 5]]) is None


def test_evidence_has_its_limits_and_p_values():
    found = stats.process_evidence(5, 5, 0.5)
    # All of five coins: 1/32, by hand.
    assert found[:3] == ("achieved", 5, 0)
    assert found[3:] == pytest.approx((1 / 32, 1.0), rel=1e-14)
    assert stats.process_evidence(4, 4, 0.5)[:3] == ("uncertain", None, None)
    assert stats.process_evidence(0, 0, 0.5) is None


GROUPS = {"a": (5, 10), ("b", 2): (6, 10), "small": (1, 1), "empty": (0, 0)}


def test_a_disparity_names_the_groups():
    found = stats.disparity(GROUPS, smallest=5)
    assert (found.lowest, found.highest) == ("a", ("b", 2))
    assert found.left_out == ("small", "empty")
    assert found.difference == stats.difference(6, 10, 5, 10)
    assert found.ratio == stats.ratio(5, 10, 6, 10)
    assert found.overall == 12 / 21
    # 12/21 is 0.0714 from 0.5 and 0.0286 from 0.6.
    assert (found.furthest_by_difference, found.furthest_by_ratio) == ("a", "a")
    assert found.ratio_to_overall == pytest.approx(0.875)
    assert stats.disparity({"a": (5, 10)}) is None
    assert stats.disparity({"a": (0, 10), "b": (0, 10)}).ratio is None


def test_disparities_are_those_of_each_row():
    successes = np.array([[5, 6, 1], [0, 0, 0], [1, 0, 0]])
    n = np.array([[10, 10, 1], [3, 4, 5], [1, 0, 0]])
    many = stats.disparities(successes, n, smallest=1, level=0.9)
    for row in range(2):
        groups = dict(enumerate(zip(successes[row].tolist(), n[row].tolist(), strict=True)))
        one = stats.disparity(groups, smallest=1, level=0.9)
        assert (many.lowest[row], many.highest[row]) == (one.lowest, one.highest)
        assert many.below_four_fifths[row] == one.below_four_fifths
        assert tuple(array[row] for array in many.difference) == one.difference
        ratio = one.ratio or (math.nan,) * 3
        assert all(map(same, (array[row] for array in many.ratio), ratio))
        assert (many.overall[row], many.difference_to_overall[row]) == (
            one.overall,
            one.difference_to_overall,
        )
        assert same(many.ratio_to_overall[row], one.ratio_to_overall or math.nan)
        assert many.furthest_by_difference[row] == one.furthest_by_difference
        assert many.furthest_by_ratio[row] == one.furthest_by_ratio
    assert (many.lowest[2], many.highest[2], many.below_four_fifths[2]) == (-1, -1, False)
    assert math.isnan(many.difference.value[2])
    assert math.isnan(many.overall[2])


def test_disparities_have_the_shape_before_the_groups():
    assert stats.disparities(np.ones((2, 4, 3)), 5).overall.shape == (2, 4)
    assert stats.disparities([1, 2], [4, 4]).lowest.shape == ()
    assert stats.disparities(np.ones((2, 0)), 5).lowest.tolist() == [-1, -1]
    assert stats.disparities(1, 5).lowest == -1


def test_representation_divides_all_three():
    share = stats.proportion(30, 120)
    assert stats.representation_ratio(share, 0.5) == tuple(2 * number for number in share)
    assert stats.representation_ratio(None, 0.5) is None
    shares = stats.proportion([30, 0], [120, 0])
    many = stats.representation_ratio(shares, 0.5)
    assert many.high[0] == 2 * share.high
    assert np.isnan(many.high[1])
    assert math.isnan(stats.representation_ratio(share, [math.nan]).value[0])


def test_adjusted_p_values_keep_their_shape():
    adjusted = stats.adjust([[0.02, None], [0.01, 0.5]])
    # Three tests: 0.01 x 3, 0.02 x 2, 0.5 x 1, by hand.
    assert adjusted == pytest.approx(np.array([[0.04, math.nan], [0.03, 0.5]]), nan_ok=True)
    assert stats.adjust([]).shape == (0,)
