"""Charts of what came out: each one an Altair chart that can be changed, with an alternative text.

:func:`plot` draws a chart of one of :data:`KINDS` from an evaluation, or from anything that has its
tables; ``evaluation.plot("groups")`` is the same. Charts need Altair, and SVG and PNG vl-convert;
``utfall[plots]`` brings both, and no browser is needed.

>>> from utfall import plots
>>> plots.KINDS[:3]
('goals', 'groups', 'gap')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utfall.plots._draw import Chart
    from utfall.plots._results import Results

__all__ = ["KINDS", "plot"]

#: The kinds of charts.
KINDS = (
    "goals",
    "groups",
    "gap",
    "steps",
    "flow",
    "incidence",
    "funnel",
    "targets",
    "plan",
    "completeness",
    "coverage",
)


def plot(
    results: Results,
    kind: str = "goals",
    *,
    indicator: str | None = None,
    by: str | Sequence[str] | None = None,
    goal: str | None = None,
    check: str | None = None,
    language: str | None = None,
) -> Chart:
    """Draw a chart of what came out.

    Parameters
    ----------
    results : Evaluation
        What is drawn, or anything else with the tables of an evaluation, ``project`` and ``as_of``.
        A figure whose ``state`` is ``suppressed`` is shown as protected, by a word and an empty
        box, and has no place on an axis.
    kind : str, default "goals"
        ``goals``: value, interval, bounds, target and earlier versions of it. ``groups``: dots with
        intervals. ``gap``: differences of the checks, crude and adjusted. ``steps``: levels before
        and after. ``flow``: stages and who went no further. ``incidence``: shares at horizons.
        ``funnel``: groups against the limits of chance. ``targets``: versions of a target over
        time. ``plan``: the action plan over time. ``completeness``: observed, missing and not due.
        ``coverage``: months and parts.
    indicator : str, optional
        For ``groups``, ``steps``, ``incidence``, ``funnel``, ``completeness`` and ``coverage``; else
        the first that there is.
    by : str or list of str, optional
        For ``groups``, ``completeness`` and ``funnel``: the crossed columns; else each column.
    goal, check : str, optional
        For ``goals`` and ``targets``, and for ``gap``; else all.
    language : str, optional
        ``sv`` or ``en``; else the language of the project.

    Returns
    -------
    altair.Chart, altair.LayerChart or altair.VConcatChart
        ``.description`` is its alternative text; ``.save("chart.svg")`` and ``.save("chart.png")``
        write pictures. Where there is nothing to show, the chart says so.

    Raises
    ------
    UtfallError
        If there is no such kind, indicator, goal, table of groups or language (``unknown_name``).
    TypeError
        If the kind does not take an argument that was given.
    ImportError
        If Altair is not installed.

    Examples
    --------
    >>> import pyarrow as pa
    >>> import utfall as uf
    >>> from utfall import plots
    >>> project = uf.Project.from_toml('''
    ... schema = 1
    ... name = "Staff"
    ... [registers.staff]
    ... unit = "person"
    ... by = ["gender"]
    ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ... columns.hired = { header = "Anställd", type = "flag" }
    ... [indicators.hired]
    ... kind = "share"
    ... register = "staff"
    ... having = { hired = true }
    ... ''')
    >>> staff = pa.table({"Kön": ["woman", "man", "man"], "Anställd": [True, True, False]})
    >>> evaluation = project.evaluate({"staff": staff}, as_of="2022-06-30")
    >>> chart = plots.plot(evaluation, "groups", language="en").properties(width=500)
    >>> print(chart.description)
    hired. everybody: 2 of 3 = 66.7% (20.8–93.9%); woman: 1 of 1 = 100.0% (20.7–100.0%); man: 1 of 2 = 50.0% (9.5–90.5%).
    """
    if kind not in KINDS:
        from utfall._evaluation import _unknown  # noqa: PLC0415 - only an error needs it

        what = "kind of chart"
        raise _unknown(what, kind, KINDS)
    options: dict[str, Any] = {"indicator": indicator, "by": by, "goal": goal, "check": check}
    given = {name: value for name, value in options.items() if value is not None}
    try:
        import_module("altair")
    except ImportError:
        message = "charts are drawn by Altair; install `utfall[plots]`"
        raise ImportError(message) from None
    draw = getattr(import_module(f"utfall.plots._{kind}"), kind)
    return cast("Chart", draw(results, **given, language=language))
