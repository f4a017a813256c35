"""Groups compared: on admissions to Berkeley, and by hand."""

import pyarrow as pa
import pytest

import utfall as uf

PROJECT = uf.Project.from_toml("""
schema = 1
name = "Admissions"
[registers.applicants]
unit = "applicant"
weight = "Freq"
by = ["gender", "department"]
columns.admitted = { header = "Admit", type = "level", levels = ["Admitted", "Rejected"] }
columns.gender = { header = "Gender", type = "level", levels = ["Male", "Female"] }
columns.department = { header = "Dept", type = "level", levels = ["A", "B", "C", "D", "E", "F"] }
[indicators.admitted]
kind = "share"
register = "applicants"
having = { admitted = "Admitted" }
[indicators.applicants]
kind = "count"
register = "applicants"
""")

# P. J. Bickel, E. A. Hammel, J. W. O'Connell, Sex bias in graduate admissions: data from Berkeley, Science 187 (1975),
# 398-404: admitted and rejected men, admitted and rejected women, in the six largest departments.
CELLS = {
    "A": (512, 313, 89, 19),
    "B": (353, 207, 17, 8),
    "C": (120, 205, 202, 391),
    "D": (138, 279, 131, 244),
    "E": (53, 138, 94, 299),
    "F": (22, 351, 24, 317),
}


def admissions():
    kinds = [(of, gender) for gender in ("Male", "Female") for of in ("Admitted", "Rejected")]
    rows = [
        (*kind, name, n)
        for name, cells in CELLS.items()
        for kind, n in zip(kinds, cells, strict=True)
    ]
    names = ("Admit", "Gender", "Dept", "Freq")
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


@pytest.fixture(scope="module")
def comparisons():
    evaluation = PROJECT.evaluate({"applicants": admissions()}, "2022-06-30")
    return {tuple(row["by"]): row for row in evaluation.comparisons}


def test_women_are_admitted_less_often_before_departments_are_looked_at(comparisons):
    row = comparisons["gender",]
    assert (row["lowest"], row["highest"]) == (["Female"], ["Male"])
    assert (row["lowest_successes"], row["lowest_observed"]) == (557, 1835)
    assert row["difference"] == pytest.approx(1198 / 2691 - 557 / 1835, abs=1e-15)
    assert round(row["difference"], 3) == 0.142
    assert row["below_four_fifths"]
    assert row["p_value"] < 1e-20


def test_departments_are_compared_too(comparisons):
    row = comparisons["department",]
    assert (row["lowest"], row["highest"]) == (["F"], ["A"])
    assert (row["compared"], row["left_out"]) == (6, 0)
    assert row["overall"] == pytest.approx(1755 / 4526, abs=1e-15)
    assert row["difference"] == pytest.approx(601 / 933 - 46 / 714, abs=1e-15)


def test_crossed_groups_are_compared(comparisons):
    row = comparisons["gender", "department"]
    assert row["compared"] == 12
    assert (row["lowest"], row["highest"]) == (["Male", "F"], ["Female", "A"])


def test_p_values_are_adjusted_over_the_tables_of_an_indicator(comparisons):
    rows = comparisons.values()
    assert len(rows) == 3
    assert all(row["p_adjusted"] >= row["p_value"] for row in rows)


def test_ratios_of_odds_are_of_the_lowest_to_the_highest(comparisons):
    row = comparisons["gender",]
    assert row["odds_ratio"] == pytest.approx((557 / 1278) / (1198 / 1493), rel=1e-12)
    assert row["odds_ratio_low"] < row["odds_ratio"] < row["odds_ratio_high"] < 1


# The card of the register: values of statsmodels, and of exact arithmetic for the standardised difference.
def test_departments_turn_the_gap_round():
    evaluation = PROJECT.evaluate({"applicants": admissions()}, "2022-06-30")
    (row,) = evaluation.strata
    assert (row["groups"], row["strata"]) == ("gender", "department")
    assert (row["group"], row["other"]) == ("Male", "Female")
    assert (row["compared"], row["left_out"]) == (6, 0)
    assert row["standardised"] == pytest.approx(-0.0426367977713029, rel=1e-12)
    assert row["difference"] == pytest.approx(-0.01842519619085251, rel=1e-12)
    assert row["odds_ratio"] == pytest.approx(0.904696828258623, rel=1e-12)
    assert row["odds_ratio_low"] == pytest.approx(0.7719073617593505, rel=1e-9)
    assert row["odds_ratio_high"] == pytest.approx(1.0603297644366556, rel=1e-9)
    assert row["p_value"] == pytest.approx(0.21692369705551738, rel=1e-9)
    assert row["tarone"] == pytest.approx(0.0020714013978812493, rel=1e-9)
    assert row["woolf"] == pytest.approx(0.003427200493522048, rel=1e-9)


def test_strata_without_both_groups_are_left_out():
    table = pa.table(
        {
            "Admit": ["Admitted", "Rejected", "Admitted", "Rejected", "Admitted"],
            "Gender": ["Male", "Female", "Male", "Male", None],
            "Dept": ["A", "A", "B", "B", "A"],
            "Freq": [3, 4, 5, 6, 7],
        }
    )
    (row,) = PROJECT.evaluate({"applicants": table}, "2022-06-30").strata
    assert (row["compared"], row["left_out"], row["difference"]) == (1, 11, 1.0)


def test_small_and_unknown_groups_are_not_compared():
    genders = ["Male"] * 6 + ["Female"] * 4 + [None] * 9
    table = pa.table(
        {"Admit": ["Admitted"] * 19, "Gender": genders, "Dept": ["A"] * 19, "Freq": [1] * 19}
    )
    assert (
        len(PROJECT.evaluate({"applicants": table}, "2022-06-30", by=["gender"]).comparisons) == 0
    )
