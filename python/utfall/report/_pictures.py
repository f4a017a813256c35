"""Charts as pictures, without a browser."""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utfall.report._document import Chart

#: Pixels of a picture for each unit of a chart, so that it can be printed.
_SCALE = 2.0
_KEPT = 64


def svg(chart: Chart) -> str:
    """Give a chart as SVG."""
    return _svg(_specification(chart))


def png(chart: Chart) -> bytes:
    """Give a chart as PNG, at twice its size."""
    return _png(_specification(chart))


# A release is often written in several formats, one after the other.
def start() -> None:
    """Load what draws, by a picture of nothing: it takes seconds the first time."""
    import vl_convert  # noqa: PLC0415 - only pictures need it

    vl_convert.vegalite_to_svg('{"data": {"values": []}, "mark": "point"}', vl_version=_version())


@lru_cache(_KEPT)
def _svg(specification: str) -> str:
    import vl_convert  # noqa: PLC0415 - only pictures need it

    picture: str = vl_convert.vegalite_to_svg(specification, vl_version=_version())
    return picture


@lru_cache(_KEPT)
def _png(specification: str) -> bytes:
    import vl_convert  # noqa: PLC0415

    picture: bytes = vl_convert.vegalite_to_png(specification, vl_version=_version(), scale=_SCALE)
    return picture


def _specification(chart: Chart) -> str:
    # The charts are ours and tested: looking each up in a schema takes longer than drawing it.
    return json.dumps(chart.drawn.to_dict(validate=False))


def _version() -> str:
    import altair as alt  # noqa: PLC0415

    return ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])


@contextmanager
def quickly() -> Iterator[None]:
    """Draw charts without a check of every step: ours are tested."""
    from altair.utils.schemapi import debug_mode  # noqa: PLC0415 - only charts need it

    with debug_mode(False):  # noqa: FBT003 - its only argument
        yield
