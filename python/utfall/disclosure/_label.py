"""What a person sees of a table: its counts, and below them what was done to them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from utfall import _native
from utfall._errors import UtfallError

if TYPE_CHECKING:
    import numpy.typing as npt

_LANGUAGES = ("sv", "en")


class Labelled:
    """A table of counts with its margins that says what was done to it.

    Attributes
    ----------
    published : numpy.ndarray
        The table with its margins; NaN where a count is hidden.
    """

    published: npt.NDArray[Any]

    def label(self, language: str = "sv") -> str:
        """Say what was done to the counts, as it must stand with the table.

        Parameters
        ----------
        language : {"sv", "en"}
            The language of the sentence.

        Returns
        -------
        str
            One or two sentences.

        Raises
        ------
        UtfallError
            If there is no such language.

        Examples
        --------
        >>> from utfall import disclosure
        >>> disclosure.round_table([[31, 4], [17, 7]], base=5).label("en")
        'Counts are rounded to multiples of 5 so that they still add up; they are not the true ones.'
        """
        if language not in _LANGUAGES:
            message = f"there is no language {language!r}; there are `sv`, `en`"
            raise UtfallError(message, "unknown_language")
        kind, numbers, passes = self._facts()
        return _native.table_label(kind, numbers, passes, language)

    def _facts(self) -> tuple[str, tuple[int, int], bool]:
        """Give the kind of table, its two numbers, and whether its audit passes."""
        raise NotImplementedError

    def __str__(self) -> str:
        """Lay the table out, a point for each hidden count, with its label."""
        rows = self.published.reshape(-1, self.published.shape[-1])
        cells = [[_said(cell) for cell in row] for row in rows]
        width = max((len(cell) for row in cells for cell in row), default=0)
        lines = [" ".join(cell.rjust(width) for cell in row) for row in cells]
        return "\n".join([*lines, self.label()])

    def _repr_html_(self) -> str:
        """Show the table with its margins and its label; levels are numbered from 0, sums are called so."""
        from utfall._display import page, text  # noqa: PLC0415 - only notebooks need it

        *outer, columns = self.published.shape
        names = [_numbered(places) for places in outer]
        head = "".join(f'<th scope="col">{name}</th>' for name in _numbered(columns))
        body = ""
        rows = self.published.reshape(-1, columns)
        for name, row in zip(product(*names), rows, strict=True):
            cells = "".join(f'<td class="n">{_said(cell)}</td>' for cell in row)
            body += f'<tr><th scope="row">{" · ".join(name)}</th>{cells}</tr>'
        table = f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
        return page(f"{table}<p>{text(self.label())}</p>", "sv")


def _said(cell: float) -> str:
    return "." if cell != cell else f"{cell:.0f}"  # noqa: PLR0124 - NaN


def _numbered(places: int) -> list[str]:
    return [*map(str, range(places - 1)), "Σ"]
