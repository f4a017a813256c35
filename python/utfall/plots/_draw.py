"""Marks, colours and layout that charts share.

Colours are those of Okabe and Ito (2008), told apart by the colour-blind; every meaning that a
colour has, a shape, a lightness or a word has too, so that a chart printed in grey says the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import altair as alt

from utfall.plots._results import unit_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utfall.plots._results import Row, Told

Chart: TypeAlias = alt.Chart | alt.LayerChart | alt.VConcatChart

INK, SOFT, FAINT = "#1a1a1a", "#595959", "#d9d9d9"
BLUE, VERMILLION, ORANGE, GREEN = "#0072b2", "#d55e00", "#e69f00", "#009e73"
WIDTH = 340
LINE = 15
_MARGIN = 12
#: The shape and colour of a verdict.
VERDICTS = {
    "met": ("circle", BLUE),
    "near": ("triangle-up", ORANGE),
    "not_met": ("diamond", VERMILLION),
}
PLAIN = ("circle", BLUE)


@dataclass
class Line:
    """A line of a chart that is read from left to right: a name, marks on the axis, and a text."""

    name: str = ""
    text: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    bound_low: float | None = None
    bound_high: float | None = None
    targets: list[float] = field(default_factory=list)
    earlier: list[float] = field(default_factory=list)
    instead: str = ""
    is_protected: bool = False
    is_heading: bool = False
    look: tuple[str, str] = PLAIN
    second: tuple[float, float | None, float | None] | None = None


def axis(told: Told, unit: str, title: str = "", **options: Any) -> alt.Axis:  # noqa: ANN401
    """Give an axis whose numbers are written as the language does."""
    return alt.Axis(
        title=title or None,
        labelExpr=label_expression(told, unit),
        grid=True,
        labelFlush=False,
        gridColor="#eeeeee",
        domain=False,
        ticks=False,
        labelColor=SOFT,
        titleColor=SOFT,
        titleFontWeight="normal",
        labelFontSize=11,
        **options,
    )


def label_expression(told: Told, unit: str) -> str:
    """Write the numbers of an axis as the language does."""
    is_swedish = told.language == "sv"
    if unit == "share":
        end = "'\u00a0%'" if is_swedish else "'%'"
        return f"format(datum.value * 100, '.0f') + {end}"
    if unit == "points":
        return "replace(format(datum.value * 100, '.0f'), '-', '\u2212')"
    if not is_swedish:
        return "format(datum.value, ',~f')"
    return "replace(replace(format(datum.value, ',~f'), /,/g, '\u00a0'), '.', ',')"


def title(text: str, notes: Iterable[str] = ()) -> alt.TitleParams:
    """Give a title with notes below it."""
    return alt.TitleParams(
        text=wrapped(text, 80),
        subtitle=[line for note in notes for line in wrapped(note, 110)],
        anchor="start",
        frame="bounds",
        color=INK,
        subtitleColor=SOFT,
        fontSize=14,
        subtitleFontSize=11,
        offset=10,
    )


def data(rows: Sequence[Row]) -> alt.Data:
    """Give rows as the data of a chart."""
    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]


def layered(
    layers: Sequence[alt.Chart],
    width: float | alt.Step,
    height: float | alt.Step,
    *,
    title: alt.TitleParams | None = None,
    description: str | None = None,
) -> alt.LayerChart:
    """Lay marks over each other, without a frame."""
    told = {"title": title, "description": description}
    given = {name: value for name, value in told.items() if value is not None}
    frame = alt.ViewBackground(stroke=None)
    chart = alt.layer(*layers).properties(width=width, height=height, view=frame, **given)
    return cast("alt.LayerChart", chart)


def empty(told: Told, heading: str, notes: Iterable[str] = ()) -> alt.Chart:
    """Give a chart that says that there is nothing to show."""
    nothing = told.words["nothing"]
    chart: alt.Chart = (
        alt.Chart(data([{"text": nothing}]))
        .mark_text(color=SOFT, fontSize=13, fontStyle="italic", align="left", x=0)
        .encode(text="text:N")
        .properties(
            width=WIDTH,
            height=30,
            title=title(heading, notes),
            description=told.description(heading, []),
            view=alt.ViewBackground(stroke=None),
        )
    )
    return chart


def texts(rows: Sequence[Row], **marks: Any) -> alt.Chart:  # noqa: ANN401
    """Give texts at places in pixels, each with the columns x, y, text."""
    chart: alt.Chart = (
        alt.Chart(data(rows))
        .mark_text(baseline="middle", fontSize=12, **marks)
        .encode(
            x=alt.X("x:Q", scale=None, axis=None),
            y=alt.Y("y:Q", scale=None, axis=None),
            text="text:N",
        )
    )
    return chart


def halo(rows: Sequence[Row], **marks: Any) -> list[alt.Chart]:  # noqa: ANN401
    """Give texts that stay readable where lines run behind them."""
    return [texts(rows, **marks, stroke="white", strokeWidth=4), texts(rows, **marks)]


def lines_of(text: str, x: float, y: float, width: int, most: int = 4) -> list[Row]:
    """Place a text in lines around the height ``y``."""
    lines = wrapped(text, width, most)
    top = y - (len(lines) - 1) * LINE / 2
    return [{"x": x, "y": top + index * LINE, "text": line} for index, line in enumerate(lines)]


def heights(lines: Sequence[Line], name_width: int, text_width: int) -> tuple[list[float], float]:
    """Give the middle of each line in pixels, and the height of all."""
    middles, top = [], 4.0
    for line in lines:
        rows = max(len(wrapped(line.name, name_width)), len(wrapped(line.text, text_width, 6)))
        height = max(rows * LINE + 8, 24)
        middles.append(top + height / 2)
        top += height
    return middles, top + 4


def forest(
    told: Told,
    lines: Sequence[Line],
    domain: tuple[float, float],
    unit: str,
    *,
    reference: float | None = None,
    text_width: int = 60,
    axis_title: str = "",
    has_axis: bool = True,
) -> alt.LayerChart:
    """Draw lines one below the other: the name, marks on one axis, the text beside them."""
    name_width = 36
    middles, height = heights(lines, name_width, text_width)
    scale = alt.Scale(domain=list(domain), nice=False, zero=False)
    x = alt.X(
        "value:Q", scale=scale, axis=axis(told, unit, axis_title, tickCount=6) if has_axis else None
    )
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height]), axis=None)
    rows = [_row(line, middle) for line, middle in zip(lines, middles, strict=True)]
    layers: list[alt.Chart] = []
    if reference is not None:
        rule = alt.Chart(data([{"value": reference}])).mark_rule(color=SOFT, strokeDash=[2, 3])
        layers.append(rule.encode(x=x))
    layers += _marks(rows, x, y)
    layers += _words(lines, middles, name_width, text_width)
    return layered(layers, WIDTH, height)


def _row(line: Line, middle: float) -> Row:
    shape, color = line.look
    row: Row = {
        "y": middle - (5 if line.second else 0),
        "name": line.name,
        "text": line.text,
        "shape": shape,
        "color": color,
    }
    row |= {"value": line.value, "low": line.low, "high": line.high}
    row |= {"bound_low": line.bound_low, "bound_high": line.bound_high}
    row |= {"targets": line.targets, "earlier": line.earlier, "is_protected": line.is_protected}
    row["second"] = line.second
    return row


def _marks(rows: Sequence[Row], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    layers = []
    shown = [row for row in rows if row["value"] is not None]
    bounds = [{**row, "value": row["bound_low"]} for row in rows if _is_wide(row)]
    if bounds:
        band = alt.Chart(data(bounds)).mark_rule(strokeWidth=11, color=FAINT, strokeCap="butt")
        layers.append(band.encode(x=x, x2="bound_high:Q", y=y))
    for name, width, dash in (("earlier", 1.5, [3, 2]), ("targets", 3, [1, 0])):
        ticks = [
            {**row, "value": t, "y": row["y"] - 10, "end": row["y"] + 10}
            for row in rows
            for t in row[name]
        ]
        if ticks:
            rule = alt.Chart(data(ticks)).mark_rule(color=INK, strokeWidth=width, strokeDash=dash)
            layers.append(rule.encode(x=x, y=y, y2="end:Q"))
    spans = [{**row, "value": row["low"]} for row in shown if row["low"] is not None]
    if spans:
        rule = alt.Chart(data(spans)).mark_rule(strokeWidth=2, color=SOFT)
        layers.append(rule.encode(x=x, x2="high:Q", y=y))
    if shown:
        layers.append(points(shown, x, y))
    layers += _second(rows, x, y)
    protected = [{"y": row["y"] - 9, "end": row["y"] + 9} for row in rows if row["is_protected"]]
    if protected:
        box = alt.Chart(data(protected)).mark_rect(
            fill="white", stroke=SOFT, strokeDash=[4, 3], x=0, x2=WIDTH
        )
        layers.append(box.encode(y=y, y2="end:Q"))
    return layers


def _is_wide(row: Row) -> bool:
    low, high = row["bound_low"], row["bound_high"]
    return not row["is_protected"] and low is not None and high is not None and low < high


def _second(rows: Sequence[Row], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Draw a second value below the first: hollow, so that grey tells it too."""
    seconds = [row | {"y": row["y"] + 11} for row in rows if row["second"]]
    seconds = [
        row | dict(zip(("value", "low", "high"), row["second"], strict=True)) for row in seconds
    ]
    if not seconds:
        return []
    spans = [{**row, "value": row["low"]} for row in seconds if row["low"] is not None]
    rule = alt.Chart(data(spans)).mark_rule(strokeWidth=1.5, color=SOFT, strokeDash=[4, 2])
    hollow = [row | {"shape": "square"} for row in seconds]
    layers = [rule.encode(x=x, x2="high:Q", y=y)] if spans else []
    return [*layers, points(hollow, x, y, filled=False)]


def points(rows: Sequence[Row], x: alt.X, y: alt.Y, *, filled: bool = True) -> alt.Chart:
    """Draw a mark for each row, with the shape and colour that it names."""
    looks: dict[str, Any] = {"filled": True} if filled else {"filled": False, "fill": "white"}
    mark = alt.Chart(data(rows)).mark_point(size=95, opacity=1, **looks)
    chart: alt.Chart = mark.encode(
        x=x,
        y=y,
        color=alt.Color("color:N", scale=None, legend=None),
        shape=alt.Shape("shape:N", scale=None, legend=None),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("text:N", title=" ")],
    )
    return chart


def _words(
    lines: Sequence[Line], middles: Sequence[float], name_width: int, text_width: int
) -> list[alt.Chart]:
    names: list[Row] = []
    headings: list[Row] = []
    right: list[Row] = []
    inside: list[Row] = []
    for line, middle in zip(lines, middles, strict=True):
        place = headings if line.is_heading else names
        place += lines_of(line.name, -_MARGIN, middle, name_width)
        right += lines_of(line.text, WIDTH + _MARGIN, middle, text_width, 6) if line.text else []
        inside += [{"x": WIDTH / 2, "y": middle, "text": line.instead}] if line.instead else []
    layers = [texts(names, align="right", color=INK)] if names else []
    layers += [texts(headings, align="right", color=INK, fontWeight="bold")] if headings else []
    layers += [texts(right, align="left", color=INK)] if right else []
    layers += halo(inside, align="center", color=SOFT, fontStyle="italic") if inside else []
    return layers


def line_of(told: Told, row: Row, name: str, *, look: tuple[str, str] = PLAIN) -> Line:
    """Give the line of a figure: a protected one has a word and no place."""
    state = told.state(row)
    if state is not None:
        return Line(name, "", instead=state, is_protected=row["state"] == "suppressed")
    unit = unit_of(row)
    beside = [told.interval(row["low"], row["high"], unit)]
    beside += [f"n = {row['observed']}"] if row["kind"] == "mean" else []
    said = "; ".join(part for part in beside if part)
    text = told.outcome(row) + (f" ({said})" if said else "")
    is_share = unit == "share"
    return Line(
        name,
        text,
        value=row["value"],
        low=row["low"],
        high=row["high"],
        bound_low=row["bound_low"] if is_share else None,
        bound_high=row["bound_high"] if is_share else None,
        look=look,
    )


def domain_of(lines: Iterable[Line], unit: str) -> tuple[float, float]:
    """Give an axis that holds every mark: of shares from 0 to 1."""
    if unit == "share":
        return (0.0, 1.0)
    numbers = [
        number
        for line in lines
        for number in (line.value, line.low, line.high, *line.targets, *line.earlier)
        if number is not None
    ]
    low, high = min([0.0, *numbers]), max([0.0, *numbers])
    return (low, high + (high - low) * 0.05 or 1.0)
