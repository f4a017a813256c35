"""Statistics of strata, of ordinal steps and of staff through Python: what is handed over, what comes back.

The values themselves are tested in Rust, against records of other packages and exact arithmetic.
"""

from __future__ import annotations

import math
from typing import get_args

import numpy as np
import pandas as pd
import polars as pl
import pytest

import utfall as uf
from utfall import stats
from utfall.stats import _binomial_test, _funnel, _ordinal, _standardise, _strata

# Bickel, Hammel and O'Connell, Science 187 (1975), 398-403: women and men who applied to six
# departments, admitted and rejected.
ADMISSIONS = {
    "A": [[89, 19], [512, 313]],
    "B": [[17, 8], [353, 207]],
    "C": [[202, 391], [120, 205]],
    "D": [[131, 244], [138, 279]],
    "E": [[94, 299], [53, 138]],
    "F": [[24, 317], [22, 351]],
}

TABLE = [[4, 6, 2], [1, 5, 7], [0, 2, 3]]

TWO_BY_TWO = [[3, 4], [5, 2]]


def test_who_applied_where_turns_the_gap_round():
    tables = list(ADMISSIONS.values())
    women, men = np.sum(tables, axis=0)
    applicants = [sum(map(sum, table)) for table in tables]
    crude = women[0] / women.sum() - men[0] / men.sum()
    standardised = stats.standardised_difference(tables, applicants)
    assert (round(crude, 6), round(standardised.value, 6)) == (-0.141645, 0.042637)
    men_to_women = [[table[1], table[0]] for table in tables]
    assert round(stats.mantel_haenszel(men_to_women, "odds_ratio").value, 6) == 0.904697
    assert round(stats.homogeneity(tables, method="woolf").p_value, 6) == 0.003427


def test_rows_give_what_cells_give():
    rows = [
        {"department": department, "gender": gender, "outcome": outcome}
        for department, table in ADMISSIONS.items()
        for gender, counts in zip(("woman", "man"), table, strict=True)
        for outcome, count in zip(("admitted", "rejected"), counts, strict=True)
        for _ in range(count)
    ]
    frame = pd.DataFrame(rows)
    assert len(frame) == 4526
    tables = [
        pd.crosstab(part["gender"], part["outcome"]).loc[["woman", "man"]]
        for _, part in frame.groupby("department")
    ]
    cells = list(ADMISSIONS.values())
    assert stats.mantel_haenszel(tables) == stats.mantel_haenszel(cells)
    assert stats.cmh_test(tables) == stats.cmh_test(np.array(cells))


@pytest.mark.parametrize(
    "table",
    [
        np.array(TABLE),
        pd.DataFrame(TABLE),
        pl.DataFrame(TABLE, orient="row"),
        tuple(map(tuple, TABLE)),
    ],
    ids=["numpy", "pandas", "polars", "tuples"],
)
def test_a_table_may_be_of_any_kind(table):
    for test in (stats.sign_test, stats.wilcoxon, stats.stuart_maxwell, stats.bowker):
        assert test(table) == test(TABLE)


def test_a_list_may_be_of_any_kind():
    expected = stats.superiority([2, 3, 1], [0, 4, 2])
    for make in (np.array, pd.Series, pl.Series):
        assert stats.superiority(make([2, 3, 1]), make([0, 4, 2])) == expected


def test_limits_of_many_are_those_of_each():
    sizes = np.array([[5, 12, 0], [400, 87, 1]])
    for method in get_args(_funnel.FunnelMethod):
        many = stats.funnel_limits(0.7, sizes, tail=0.001, method=method)
        assert many.low.shape == many.high.shape == (2, 3)
        for position, n in np.ndenumerate(sizes):
            one = stats.funnel_limits(0.7, int(n), tail=0.001, method=method)
            found = (many.low[position], many.high[position])
            assert found == one if n else np.isnan(found).all()


def test_where_there_is_nothing_to_tell_there_is_none():
    nobody = [[0, 0], [0, 0]]
    assert stats.mantel_haenszel([nobody]) is None
    assert stats.mantel_haenszel([]) is None
    assert stats.cmh_test([nobody]) is None
    assert stats.homogeneity([TWO_BY_TWO, nobody]) is None
    assert stats.standardise([1, 0], [2, 0], [1, 1]) is None
    assert stats.standardised_difference([[[1, 2], [0, 0]]], [1]) is None
    assert stats.funnel_limits(0.5, 0) is None
    assert stats.sign_test(nobody) is None
    for test in (stats.wilcoxon, stats.stuart_maxwell, stats.bowker, stats.mcnemar):
        assert test([[5, 0], [0, 6]]) is None
    assert stats.superiority([0, 0], [1, 2]) is None
    assert stats.staffing_need([[0], [5]], density=[1]) is None


def test_an_interval_that_has_no_width_has_no_ends():
    gap = stats.mantel_haenszel([[[5, 0], [0, 5]]])
    assert gap.value == 1
    assert math.isnan(gap.low)
    assert math.isnan(gap.high)


def test_scenarios_are_keywords():
    heads = [[900, 100], [900, 110], [900, 130]]
    found = stats.staffing_need(
        np.array(heads),
        use=[1, 9],
        staff=90,
        attrition=[0.1, 0.1],
        completion=0.8,
        entry=0.9,
        full_time=0.75,
        planned=[10, 50],
    )
    assert found.need == pytest.approx([90, 94.5, 103.5])
    assert found.intake == pytest.approx([13.5 / 0.54, 18.45 / 0.54])
    assert found.supply == pytest.approx([90, 86.4, 104.76])
    assert found.gap == pytest.approx([0, 8.1, -1.26])
    by_density = stats.staffing_need(heads, density=[0.05, 0.45], staff=80)
    assert by_density.gap[0] == pytest.approx(10)


# The words of each keyword, and a call with one of them.
WORDS = {
    "measure": (
        _strata.MantelHaenszelMeasure,
        lambda word: stats.mantel_haenszel([TWO_BY_TWO], measure=word),
    ),
    "cmh": (_strata.CmhMethod, lambda word: stats.cmh_test([TWO_BY_TWO], method=word)),
    "homogeneity": (
        _strata.HomogeneityMethod,
        lambda word: stats.homogeneity([TWO_BY_TWO, TWO_BY_TWO], method=word),
    ),
    "standardise": (
        _standardise.StandardiseMethod,
        lambda word: stats.standardise([1], [2], [1], method=word),
    ),
    "funnel": (_funnel.FunnelMethod, lambda word: stats.funnel_limits(0.5, 9, method=word)),
    "alternative": (
        _binomial_test.Alternative,
        lambda word: stats.sign_test(TABLE, alternative=word),
    ),
    "zeros": (_ordinal.WilcoxonZeros, lambda word: stats.wilcoxon(TABLE, zeros=word)),
    "pairs": (_ordinal.BowkerPairs, lambda word: stats.bowker(TABLE, pairs=word)),
    "mcnemar": (_ordinal.McNemarMethod, lambda word: stats.mcnemar(TWO_BY_TWO, method=word)),
}


@pytest.mark.parametrize(("words", "call"), WORDS.values(), ids=WORDS)
def test_every_word_is_known_and_listed(words, call):
    for word in get_args(words):
        assert call(word) is not None
    with pytest.raises(uf.UtfallError) as refused:
        call("anything")
    listed = ", ".join(f"`{word}`" for word in get_args(words))
    assert str(refused.value) == f"there is no method `anything`; there are {listed}"
