"""Merged, rounded and noisy tables say what they are, and what can be computed of them all the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from test_disclosure import sums, with_margins

from utfall import disclosure

BRANCHES = [[49, 17], [24, 0], [15, 4], [2, 27]]
#: A row for each count from 1, a column for each of four keys; from 3 on the last row is used.
NOISE = [[-1, 0, 0, 1], [-2, 0, 1, 1], [-2, -1, 1, 2]]

MADE = {
    "hidden": (
        lambda: disclosure.protect(BRANCHES),
        "6 av 15 antal är dolda: små antal, och det som de kunde räknas fram ur.",
        "6 of 15 counts are hidden: small counts, and what they could be computed from.",
    ),
    "merged": (
        lambda: disclosure.merge_levels(BRANCHES),
        "Nivåer är hopslagna: 2 kombinationer skiljs inte längre åt. Inget antal är dolt.",
        "Levels are merged: 2 combinations are no longer told apart. No count is hidden.",
    ),
    "merged and hidden": (
        lambda: disclosure.merge_levels([[1, 2]]),
        "Nivåer är hopslagna: 1 kombination skiljs inte längre åt. 4 antal är dolda ändå.",
        (
            "Levels are merged: 1 combination is no longer told apart. "
            "4 counts are hidden all the same."
        ),
    ),
    "rounded": (
        lambda: disclosure.round_table(BRANCHES, base=5),
        (
            "Antalen är avrundade till multiplar av 5 så att de fortfarande summerar; "
            "de är inte de sanna."
        ),
        (
            "Counts are rounded to multiples of 5 so that they still add up; "
            "they are not the true ones."
        ),
    ),
    "noisy": (
        lambda: disclosure.cell_key(BRANCHES, np.ones((4, 2), dtype=int), NOISE, repeat=1),
        (
            "Antalen har fått brus (cellnyckelmetoden); de är inte de sanna, och delar behöver inte "
            "summera till sina summor."
        ),
        (
            "Counts have noise (cell key method); they are not the true ones, and parts need not add "
            "up to their totals."
        ),
    ),
}


@pytest.mark.parametrize(("make", "swedish", "english"), MADE.values(), ids=MADE)
def test_a_table_is_never_shown_without_its_label(make, swedish, english):
    made = make()
    assert made.label() == swedish
    assert made.label("en") == english
    assert str(made).splitlines()[-1] == swedish
    page = made._repr_html_()
    assert swedish in page
    assert page.count("<tr>") == made.published.reshape(-1, made.published.shape[-1]).shape[0] + 1
    assert page.count('<th scope="col">') == made.published.shape[-1]


def test_what_is_hidden_of_a_merged_table_is_not_shown():
    merged = disclosure.merge_levels([[1, 2]])
    assert np.isnan(merged.published).all()
    assert not set("123") & set("".join(str(merged).splitlines()[:-1]))


def test_a_noise_that_sums_undo_says_so():
    # 1 becomes 2 or 3, 2 becomes 4 and 3 becomes 6: the total of 2 is known, so both its parts are 1.
    noise = [[1, 2], [2, 2], [3, 3]]
    noisy = disclosure.cell_key([1, 1], [0, 1], noise)
    assert noisy.published.tolist() == [2, 3, 4]
    assert not noisy.audit.passes or all(cell.need[0] == cell.need[1] for cell in noisy.audit.cells)
    pinned = disclosure.cell_key([1, 0, 6], [0, 0, 0], [[0, 1]] * 4 + [[0, 0]], repeat=1)
    # 1 can be a 0 only where nobody is published as nobody; 6 and 7 have no noise, so 1 is left.
    assert pinned.audit.cells[0].low == pinned.audit.cells[0].high == 1


def origins(published, noise):
    """Give the counts that can have been published so, by trying all of them."""
    found = [0] if published == 0 else []
    for count in range(1, published + 10):
        row = noise[min(count, len(noise)) - 1]
        found += [count] if any(max(count + by, 0) == published for by in row) else []
    return min(found), max(found)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=3),
    st.data(),
)
def test_nobody_computes_more_of_noisy_counts_than_the_audit_says(counts, data):
    counts = np.array(counts)
    keys = np.array(
        [[data.draw(st.integers(0, 3)) if cell else 0 for cell in row] for row in counts]
    )
    noisy = disclosure.cell_key(counts, keys, NOISE, repeat=1)
    true = with_margins(counts)
    ends = np.array([origins(int(cell), NOISE) for cell in noisy.published.ravel()])
    bounds = Bounds(ends[:, 0], ends[:, 1])
    constraint = LinearConstraint(sums(true.shape), 0, 0)
    for cell in noisy.audit.cells:
        place = int(np.ravel_multi_index(cell.cell, true.shape))
        aim = np.zeros(true.size)
        aim[place] = 1
        found = [
            round(
                milp(
                    sign * aim,
                    constraints=constraint,
                    bounds=bounds,
                    integrality=np.ones(true.size),
                ).x[place]
            )
            for sign in (1, -1)
        ]
        # Two dimensions: the linear programme has whole corners, so both say the same.
        assert (cell.low, cell.high) == tuple(found)
        assert cell.low <= true.ravel()[place] <= cell.high
