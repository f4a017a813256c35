"""Arguments that are lists of numbers or tables of counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from utfall._errors import UtfallError
from utfall.stats._arrays import count, number

if TYPE_CHECKING:
    from collections.abc import Iterable


def rows(argument: object, name: str) -> list[list[object]]:
    """Give a table as its rows, whatever they hold."""
    return [list(_list(row, name)) for row in _list(argument, name)]


def count_list(argument: object, name: str) -> list[int]:
    """Give a list of whole numbers of 0 or more."""
    return [count(cell, name) for cell in _list(argument, name)]


def count_rows(argument: object, name: str) -> list[list[int]]:
    """Give a table of counts as its rows."""
    return [count_list(row, name) for row in _list(argument, name)]


def strata(argument: object) -> list[list[list[int]]]:
    """Give a table of two groups by success and failure for each stratum."""
    tables = [count_rows(table, "tables") for table in _list(argument, "tables")]
    if any([len(row) for row in table] != [2, 2] for table in tables):
        raise not_two_by_two("tables")
    return tables


def not_two_by_two(name: str) -> UtfallError:
    """Give the error for what is no table of two groups by success and failure."""
    message = (
        f"`{name}`: write each table as two rows of two counts, "
        "a row for each group with its successes and its failures"
    )
    return UtfallError(message, "not_two_by_two")


def number_list(argument: object, name: str) -> list[float]:
    """Give a list of numbers."""
    return [number(cell, name) for cell in _list(argument, name)]


def number_rows(argument: object, name: str) -> list[list[float]]:
    """Give a table of numbers as its rows."""
    return [number_list(row, name) for row in _list(argument, name)]


def _list(argument: Any, name: str) -> Iterable[object]:  # noqa: ANN401 - anything may be handed over
    """Give what an argument holds; of a data frame its rows, which are not what it iterates over."""
    if hasattr(argument, "to_numpy"):
        argument = argument.to_numpy()
    if isinstance(argument, (str, bytes)) or not hasattr(argument, "__iter__"):
        message = f"`{name}` must be lists of numbers, or a table as a list of its rows"
        raise UtfallError(message, "not_a_list")
    listed: Iterable[object] = argument
    return listed
