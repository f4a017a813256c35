"""Evaluations set free by name: what leaves as it is, with a banner that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from utfall.report._words import words
from utfall.report._writes import Writes

if TYPE_CHECKING:
    from utfall._evaluation import Evaluation
    from utfall._figure import Figure
    from utfall._project import Project
    from utfall._table import Table


class Unprotected(Writes):
    """An evaluation that may be written as it is, small groups and all.

    Made by :meth:`utfall.Evaluation.unprotected`, for the evaluator's own eyes and for whoever may see
    every number. It has everything that the evaluation has, and writes reports; on every page and
    sheet of them, and above what a notebook shows, stands that nothing in it is protected.

    Examples
    --------
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"\\nlanguage = "en"')
    >>> release = project.evaluate({}, as_of="2022-06-30").unprotected()
    >>> print(release.banner)
    Unprotected: contains what may reveal individuals. Must not be passed on.
    >>> release.as_of, len(release.figures)
    ('2022-06-30', 0)
    """

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation

    @property
    def project(self) -> Project:
        """The project."""
        return self._evaluation.project

    @property
    def as_of(self) -> str:
        """The day on which the world is looked at."""
        return self._evaluation.as_of

    @property
    def figures(self) -> Table:
        """The figures, as of :attr:`utfall.Evaluation.figures`."""
        return self._evaluation.figures

    @property
    def verdicts(self) -> Table:
        """The verdicts, as of :attr:`utfall.Evaluation.verdicts`."""
        return self._evaluation.verdicts

    @property
    def banner(self) -> str:
        """What stands on every page, in the language of the project."""
        return self.banner_in(None)

    def banner_in(self, language: str | None) -> str:
        """Give what stands on every page in ``sv`` or ``en``; else the project's language.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> release = project.evaluate({}, as_of="2022-06-30").unprotected()
        >>> print(release.banner_in("sv"))
        Oskyddat: innehåller uppgifter som kan röja enskilda. Får inte spridas.
        """
        return words(self._evaluation._language(language))["unprotected"]  # noqa: SLF001 - its own

    def __getitem__(self, indicator: str) -> Figure:
        """Give the figure of everybody for an indicator."""
        return self._evaluation[indicator]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the evaluation has
        """Give what the evaluation has."""
        if name == "_evaluation":  # while it is copied or unpickled it has none
            raise AttributeError(name)
        return getattr(self._evaluation, name)

    def __dir__(self) -> list[str]:
        """List what it has itself, and what the evaluation has."""
        return sorted({*super().__dir__(), *dir(self._evaluation)})

    def __repr__(self) -> str:
        """Lay the goal table out as plain text, below the banner."""
        return f"! {self.banner}\n\n{self._evaluation!r}"

    def _repr_html_(self) -> str:
        from utfall._display import banner  # noqa: PLC0415 - only a notebook needs it

        return banner(self.banner, self.project.language) + self._evaluation._repr_html_()
