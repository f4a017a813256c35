"""A report as one HTML file: no script, nothing fetched, every text escaped."""

from __future__ import annotations

import base64
from functools import cache
from typing import TYPE_CHECKING

from utfall import __version__
from utfall.report._document import Chart, Facts, Paragraph, Table, pieces
from utfall.report._pictures import svg

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from utfall.report._document import Block, Report

_KINDS = {Chart: "chart", Facts: "facts", Paragraph: "paragraph", Table: "table"}
#: What stands before a verdict or state that a reader looks for; the word beside it says the same.
_SIGNS = {"met": "●", "near": "▲", "not_met": "♦", "error": "♦", "warning": "▲", "open": "▲"}


def laid_out(report: Report) -> bytes:
    """Lay a report out as HTML."""
    tables, charts = (report.blocks(kind) for kind in (Table, Chart))
    page = _environment().get_template("report.html.jinja")
    text = page.render(
        report=report,
        say=report.words,
        table_numbers={id(table): number for number, table in enumerate(tables, 1)},
        chart_numbers={id(chart): number for number, chart in enumerate(charts, 1)},
        made_by=report.words["made_by"].format(version=__version__),
    )
    return text.encode()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - the extra

    environment = Environment(
        loader=PackageLoader("utfall.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "identity": id,
        "kind": _kind,
        "names": _names,
        "picture": _picture,
        "sign": lambda tone: _SIGNS.get(tone, ""),
    }
    return environment


def _kind(block: Block) -> str:
    return _KINDS[type(block)]


def _names(text: str) -> Markup:
    """Set the names of the project file apart as code; everything is escaped."""
    from markupsafe import Markup, escape  # noqa: PLC0415 - comes with Jinja2

    parts = [
        Markup("<code>{}</code>").format(part) if is_name else escape(part)
        for part, is_name in pieces(text)
    ]
    return Markup("").join(parts)


def _picture(chart: Chart) -> str:
    """Give a chart as the address of a picture: what is within cannot reach the page."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg(chart).encode()).decode()
