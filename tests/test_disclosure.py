"""Disclosure control against an independent attacker: SciPy's HiGHS, which shares no code with it."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

import utfall as uf
from utfall import disclosure

SUB_PROJECTS = [[31, 4], [17, 7], [18, 5], [26, 34]]
BRANCHES = [[49, 17], [24, 0], [15, 4], [2, 27]]


def with_margins(counts):
    """Give the table with its margins, the total last in each dimension."""
    table = np.asarray(counts)
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return table


def sums(shape):
    """Give a row for each sum of the table with margins: its parts 1, the total −1."""
    numbers = np.arange(np.prod(shape)).reshape(shape)
    rows = []
    for axis in range(len(shape)):
        for line in np.moveaxis(numbers, axis, -1).reshape(-1, shape[axis]):
            row = np.zeros(numbers.size)
            row[line[:-1]], row[line[-1]] = 1, -1
            rows.append(row)
    return np.array(rows)


def attack(table, hidden, floor=1, known=(), cells=None):
    """Give the least and the most that each hidden cell can be, in whole numbers."""
    flat, mask = table.ravel().astype(float), hidden.ravel()
    low, high = np.where(mask, floor, flat), np.where(mask, np.inf, flat)
    for cell in known:
        low[cell] = high[cell] = flat[cell]
    constraint = LinearConstraint(sums(table.shape), 0, 0)
    found = {}
    for cell in np.flatnonzero(mask) if cells is None else cells:
        ends = []
        for sign in (1, -1):
            aim = np.zeros(flat.size)
            aim[cell] = sign
            # A bound that no protection needs keeps the search finite.
            ends.append(
                milp(
                    aim,
                    constraints=constraint,
                    bounds=Bounds(low, np.minimum(high, flat.max() * 4 + 100)),
                    integrality=np.ones(flat.size),
                )
            )
        found[int(cell)] = tuple(round(end.x[cell]) for end in ends)
    return found


def assert_safe(counts, safe, threshold, floor=1):
    table = with_margins(counts)
    shown = ~safe.hidden
    assert (safe.published[shown] == table[shown]).all()
    small = (table > 0) & (table < threshold)
    assert safe.hidden[small].all()
    # A sum cannot be less than its parts are at least.
    least = with_margins((np.asarray(counts) > 0).astype(int) * floor)
    found = attack(table, safe.hidden, floor)
    for cell, (low, high) in found.items():
        if small.ravel()[cell]:
            assert low <= max(floor, least.ravel()[cell]), (counts, cell, low, high)
            assert high >= threshold, (counts, cell, low, high)


counts_of = st.one_of(st.integers(0, 6), st.integers(0, 40))


@settings(max_examples=40, deadline=None)
@given(st.data(), st.tuples(st.integers(2, 4), st.integers(2, 4)), st.integers(2, 8))
def test_no_attack_pins_a_hidden_count(data, shape, threshold):
    size = int(np.prod(shape))
    counts = np.array(data.draw(st.lists(counts_of, min_size=size, max_size=size))).reshape(shape)
    for exact_cells in (150, 0):
        safe = disclosure.protect(counts, threshold=threshold, exact_cells=exact_cells)
        assert safe.audit.passes
        assert_safe(counts, safe, threshold)


@settings(max_examples=10, deadline=None)
@given(st.lists(counts_of, min_size=18, max_size=18))
def test_no_attack_pins_a_hidden_count_in_three_dimensions(cells):
    counts = np.array(cells).reshape(3, 3, 2)
    assert_safe(counts, disclosure.protect(counts, exact_cells=0), 5)


@settings(max_examples=30, deadline=None)
@given(st.lists(counts_of, min_size=9, max_size=9))
def test_the_audit_tells_what_an_attacker_finds(cells):
    counts = np.array(cells).reshape(3, 3)
    safe = disclosure.protect(counts, exact_cells=0)
    table = with_margins(counts)
    found = attack(table, safe.hidden)
    limit = table.max() * 4 + 100
    for cell in safe.audit.cells:
        low, high = found[int(np.ravel_multi_index(cell.cell, table.shape))]
        assert cell.low == low
        if cell.high is None:
            assert high > limit / 2
        else:
            assert high == min(cell.high, limit)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 8), min_size=9, max_size=9))
def test_the_one_person_in_a_cell_computes_no_other(cells):
    counts = np.array(cells).reshape(3, 3)
    table = with_margins(counts)
    safe = disclosure.protect(counts)
    flat, mask = table.ravel(), safe.hidden.ravel()
    for insider in np.flatnonzero(mask & (flat == 1)):
        found = attack(table, safe.hidden, known=[insider])
        for cell, (low, high) in found.items():
            # A total of one is the same person.
            if 1 < flat[cell] < 5:
                assert low < high, (counts, insider, cell)


def test_the_subtraction_that_undoes_masked_cells_fails():
    """What ACRO hides in a table it lets its margins tell (AI-SDC/ACRO#106, #198)."""
    table = with_margins([[7, 17], [5, 18], [4, 31], [34, 26]])
    primary = np.zeros(table.shape, dtype=bool)
    primary[[0, 1, 2], 0] = True
    hidden_alone = disclosure.audit(table[:-1, :-1], primary, threshold=8)
    assert hidden_alone.exact == [(0, 0), (1, 0), (2, 0)]
    safe = disclosure.protect(table[:-1, :-1], threshold=8)
    assert not safe.audit.exact
    by_subtraction = safe.published[:, -1] - safe.published[:, 1]
    assert np.isnan(by_subtraction[[0, 1, 2]]).all()
    assert_safe(table[:-1, :-1], safe, 8)


@pytest.mark.parametrize(
    ("counts", "small", "fewest"), [(SUB_PROJECTS, [4], 4), (BRANCHES, [4, 2], 6)]
)
def test_the_tables_of_the_likes_report(counts, small, fewest):
    """As printed, all can be read; the safe versions hide the fewest cells that there are."""
    table = with_margins(counts)
    printed = disclosure.audit(counts, np.zeros(table.shape))
    read = [int(table[cell.cell]) for cell in printed.cells if not cell.passes]
    assert sorted(read) == sorted(small)
    safe = disclosure.protect(counts)
    assert safe.cheapest
    assert safe.hidden.sum() == safe.cost == fewest
    assert_safe(counts, safe, 5)
    # By brute force: no fewer cells hide the small ones from the attacker.
    primary = np.flatnonzero((table.ravel() > 0) & (table.ravel() < 5))
    others = [cell for cell in range(table.size) if cell not in primary and table.ravel()[cell]]
    for extra in range(fewest - len(primary)):
        for more in itertools.combinations(others, extra):
            hidden = np.zeros(table.size, dtype=bool)
            hidden[[*primary, *more]] = True
            found = attack(table, hidden.reshape(table.shape), cells=primary)
            assert any(found[cell][0] > 1 or found[cell][1] < 5 for cell in primary)


def test_a_table_of_zeros_that_are_protected():
    safe = disclosure.protect(BRANCHES, zeros="protected")
    assert safe.hidden[1, 1]
    found = attack(with_margins(BRANCHES), safe.hidden, floor=0)
    assert found[4] == (0, found[4][1])
    assert found[4][1] >= 5


def test_groups_are_published_and_attacked_with_the_table():
    counts = [[31, 4], [17, 7], [18, 5], [26, 34]]
    safe = disclosure.protect(counts, groups=[[[0, 1], [2, 3]], []])
    assert safe.published.shape == (7, 3)
    shown = safe.published[4:6]
    assert [row.tolist() for row in shown[:, 2:]] == [[59], [83]]
    assert safe.audit.passes


def test_costs_choose_what_is_hidden():
    counts = [[30, 3, 40], [6, 50, 7], [35, 45, 9]]
    persons = disclosure.protect(counts, cost="persons")
    totals = disclosure.protect(counts, cost="totals")
    assert persons.cost == np.nansum(with_margins(counts)[persons.hidden])
    assert not totals.hidden[-1].any()
    assert not totals.hidden[:, -1].any()


def test_two_tables_over_the_same_persons_are_one_system():
    """Women and men, and completers among them: who did not complete follows."""
    values = [20, 9, 11, 18, 8, 10, 2, 1, 1]
    relations = [{0: 1, 1: -1, 2: -1}, {3: 1, 4: -1, 5: -1}, {6: 1, 7: -1, 8: -1}]
    relations += [{cell: 1, cell + 3: -1, cell + 6: -1} for cell in range(3)]
    roles = ["printed"] * 6 + ["unprinted"] * 3
    safe = disclosure.protect_cells(values, relations, roles=roles)
    assert safe.audit.passes
    assert any(safe.hidden[:6])
    assert not any(safe.hidden[6:])
    seen = disclosure.audit_cells(values, relations, [False] * 9, roles=roles)
    assert seen.exact == [6, 7, 8]
    assert not seen.passes


REFUSED = {
    "counts that are none": (
        lambda: disclosure.protect([[0.5, 1]]),
        "not_a_count",
        "`counts` must be whole numbers of 0 or more",
    ),
    "a threshold of nothing": (
        lambda: disclosure.protect([[1, 2]], threshold=0),
        "threshold_out_of_range",
        "a threshold of 0 is not between 1 and 100; write 5 for the usual rule",
    ),
    "more than all": (
        lambda: disclosure.dominates([1, 2], percent=101),
        "percent_out_of_range",
        "101 is no percentage; write a number above 0 and at most 100",
    ),
    "an unknown word": (
        lambda: disclosure.protect([[1, 2]], zeros="hidden"),
        "unknown_method",
        "there is no `zeros` 'hidden'; there are `printed`, `protected`",
    ),
    "a mask of another shape": (
        lambda: disclosure.audit([[1, 2]], [True]),
        "unlike_shapes",
        "`hidden` has the shape (1,), expected (2, 3)",
    ),
    "groups of other dimensions": (
        lambda: disclosure.protect([[1, 2]], groups=[[]]),
        "unlike_lengths",
        "`groups` has length 1, expected 2; give lists that belong together one length",
    ),
    "a level in two groups": (
        lambda: disclosure.protect([[1, 2]], groups=[[], [[0], [0]]]),
        "not_a_group_of_levels",
        (
            "group 1 of dimension 1 names a level that is not there, or that is in a group already; "
            "let each level be in one group"
        ),
    ),
    "a table of nothing": (
        lambda: disclosure.protect(np.zeros((0, 2))),
        "table_size",
        "a table of 3 cells; give one with 1 to 1000000, margins counted",
    ),
    "a relation of what is not there": (
        lambda: disclosure.protect_cells([1], [{1: 1}]),
        "no_such_cell",
        "relation 0 names cell 1, and there are 1 cells numbered from 0; correct the number",
    ),
    "a relation with a 0": (
        lambda: disclosure.protect_cells([1], [{0: 0}]),
        "repeated_cell",
        "relation 0 names cell 0 twice or with the coefficient 0; name each cell once",
    ),
    "a relation that is not kept": (
        lambda: disclosure.protect_cells([3, 1], [{0: 1, 1: -1}]),
        "does_not_add_up",
        "the values do not keep relation 0; a total must be the sum of its parts before rounding",
    ),
    "a cell too large": (
        lambda: disclosure.protect_cells([2**51], []),
        "cell_too_large",
        "cell 0 or what it adds up to is more than 1125899906842624; give smaller units",
    ),
    "a floor that does not hold": (
        lambda: disclosure.protect_cells([3], [], floors=[4]),
        "outside_known_bounds",
        (
            "cell 0 lies outside the bounds that an attacker is said to know; "
            "correct its floor or ceiling"
        ),
    ),
    "a need beside the value": (
        lambda: disclosure.protect_cells([3], [], needs=[(4, 5)]),
        "not_a_protection",
        (
            "cell 0 is to be protected over an interval without its value or beyond the known bounds; "
            "widen the bounds or narrow the protection"
        ),
    ),
    "a known cell that must be hidden": (
        lambda: disclosure.protect_cells([3], [], needs=[(1, 5)], roles=["known"]),
        "must_be_published",
        (
            "cell 0 must be hidden and is declared as always published; leave it to be hidden, "
            "or publish no more than coarser cells"
        ),
    ),
    "a cell that follows from known ones": (
        lambda: disclosure.protect_cells(
            [9, 4, 5], [{0: 1, 1: -1, 2: -1}], roles=["known", "printed", "known"]
        ),
        "cannot_be_protected",
        (
            "cell 1 can be computed too closely from cells that are always published; "
            "allow more of them to be hidden"
        ),
    ),
    "a mask of another length": (
        lambda: disclosure.audit_cells([3], [], [True, False]),
        "unlike_cells",
        "`hidden` has length 2, expected 1; give one entry for each cell",
    ),
    "roles of another length": (
        lambda: disclosure.protect_cells([3], [], roles=[]),
        "unlike_cells",
        "`roles` has length 0, expected 1; give one entry for each cell",
    ),
    "a base of one": (
        lambda: disclosure.round_table([[3]], base=1),
        "base_out_of_range",
        "a base of 1 rounds nothing; write 3 or 5",
    ),
    "keys of another shape": (
        lambda: disclosure.cell_key([[1]], [1], [[0]]),
        "unlike_shapes",
        "`sums_of_keys` has the shape (1,), expected (1, 1)",
    ),
    "a label in no known language": (
        lambda: disclosure.round_table([[3]], base=5).label("de"),
        "unknown_language",
        "there is no language 'de'; there are `sv`, `en`",
    ),
    "noise that is no table": (
        lambda: disclosure.cell_key([1], [1], [[0, 1]], repeat=2),
        "not_a_noise_table",
        (
            "the noise has 2 entries where 2 are needed, with a row to repeat among them; "
            "give one for each pair of count and key"
        ),
    ),
}


@pytest.mark.parametrize(("call", "code", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused(call, code, message):
    with pytest.raises(uf.UtfallError) as refused:
        call()
    assert (refused.value.code, str(refused.value)) == (code, message)
