"""The staff that a changing population needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from utfall import _native
from utfall._errors import UtfallError
from utfall.stats._arrays import number
from utfall.stats._tables import number_list, number_rows

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True)
class StaffingNeed:
    """The staff that a population needs, year by year.

    Attributes
    ----------
    need : list of float
        The staff (full-time equivalents) needed in each year.
    index : list of float
        The need of each year divided by that of the first.
    growth : float or None
        The growth of the need per year, on average over all years: 0.0353 where it doubles in
        twenty. ``None`` for one year.
    intake : list of float
        Those who must begin a training that ends in the step from each year to the next, so that the
        need of the next is met; 0 where more staff stays than is needed.
    supply : list of float
        The staff there will be in each year with those who are planned.
    gap : list of float
        The need of each year minus the supply.

    Examples
    --------
    >>> from utfall import stats
    >>> stats.staffing_need([[1000], [1100]], density=[0.05]).need
    [50.0, 55.0]
    """

    need: list[float]
    index: list[float]
    growth: float | None
    intake: list[float]
    supply: list[float]
    gap: list[float]


def staffing_need(
    population: npt.ArrayLike,
    *,
    density: npt.ArrayLike | None = None,
    use: npt.ArrayLike | None = None,
    staff: float | None = None,
    attrition: float | npt.ArrayLike = 0.0,
    completion: float = 1.0,
    entry: float = 1.0,
    full_time: float = 1.0,
    planned: npt.ArrayLike | None = None,
) -> StaffingNeed | None:
    """Give the staff that a population needs at today's density, and the intake that would meet it.

    Need is the sum of heads times staff per head. From one year to the next, staff is what stays plus
    those of an intake who complete, enter, and work their share of full time. Constant density is an
    assumption and no forecast: it knows nothing of better health, other ways of working, or what
    families take over. There is no interval: call it for several scenarios and show them side by
    side. Growth alone is not recruitment: `intake` also replaces those who leave.

    Parameters
    ----------
    population : array_like of float
        A row for each year, one year after the other, with the heads of each age group.
    density : array_like of float, optional
        Staff (full-time equivalents) per head of each age group.
    use : array_like of float, optional
        Instead of `density`: how much a head of each age group uses, in any unit. `staff` is then
        spread by it over the heads of the first year.
    staff : float, optional
        The staff there is in the first year; with `density`, as much as is needed unless given.
    attrition : float or array_like of float
        The share of staff that leaves within a year: one for all years, or one for each step.
    completion : float
        The share of those who begin their training that completes it.
    entry : float
        The share of those who complete it that enters the occupation.
    full_time : float
        The full-time equivalents that one who enters works on average.
    planned : array_like of float, optional
        Those who begin a training that ends in each step from year to year, as planned. They begin
        as many years earlier as the training takes.

    Returns
    -------
    StaffingNeed or None
        ``None`` without years, or where the first year needs nobody.

    Raises
    ------
    UtfallError
        If not one of `density` and `use` is given, or `use` without `staff` (``conflict``), lists
        that belong together have different lengths (``unlike_lengths``) or hold no numbers
        (``not_a_number``, ``not_a_list``), an amount is negative (``amount_out_of_range``), a share
        is no fraction (``fraction_out_of_range``), or nobody completes, enters or works
        (``nobody_arrives``).

    References
    ----------
    T. L. Hall, A. Mejía (editors), *Health Manpower Planning* (WHO 1978): ratios of staff to
    population, with a stock and its flows for supply.

    Examples
    --------
    Twice as many in twenty years is 3.53 % a year:

    >>> from utfall import stats
    >>> heads = [[10_000 * 2 ** (year / 20)] for year in range(21)]
    >>> round(stats.staffing_need(heads, density=[0.02]).growth, 4)
    0.0353

    Heads below 80 and from 80 on; the older use eighteen times as much. Two scenarios:

    >>> heads = [[9_000, 500], [9_050, 550], [9_100, 605]]
    >>> for attrition in (0.03, 0.07):
    ...     found = stats.staffing_need(
    ...         heads, use=[1, 18], staff=100, attrition=attrition, completion=0.8
    ...     )
    ...     print([round(intake, 1) for intake in found.intake])
    [10.3, 11.2]
    [15.3, 16.4]
    """
    if (density is None) == (use is None):
        message = "need follows from `density` or from `use` and `staff`; give one of the two"
        raise UtfallError(message, "conflict")
    if use is not None and staff is None:
        message = "`use` says how staff is spread, not how much there is; give `staff` too"
        raise UtfallError(message, "conflict")
    per_head = number_list(use, "use") if density is None else number_list(density, "density")
    is_list = hasattr(attrition, "__iter__")
    scenario = (
        number_list(attrition, "attrition") if is_list else [number(attrition, "attrition")],
        number(completion, "completion"),
        number(entry, "entry"),
        number(full_time, "full_time"),
        [] if planned is None else number_list(planned, "planned"),
    )
    made = _native.staffing_need(
        number_rows(population, "population"),
        per_head,
        use is not None,
        None if staff is None else number(staff, "staff"),
        scenario,
    )
    return made and StaffingNeed(*made)
