"""Levels that could be merged instead of hiding counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from utfall._project import Project

if TYPE_CHECKING:
    from utfall import _native


@dataclass(frozen=True, repr=False)
class ProposedMerging:
    """Levels of a column that could be merged, and what that spares.

    Made by :meth:`utfall.Evaluation.propose_merging`. Printed, and shown in a notebook, it says the proposal in a
    sentence, with what to write into the project file.

    Attributes
    ----------
    column : str
        The column whose levels could be merged.
    levels : list of list of str
        The new levels in order, each with the codes that are in it.
    small_before, small_after : int
        How many different counts of its groups lie below the threshold now, and would lie there.
    merged_column : str
        The column with the merged levels.
    project : Project
        The project with that column beside the first, which conditions and checks go on asking, and with figures crossed
        by it instead.
    declared : str
        What the project file has to declare for that, as TOML: the column, and the columns that figures are crossed by.

    Examples
    --------
    >>> import pyarrow as pa
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('''
    ... schema = 1
    ... name = "Small"
    ... language = "en"
    ... [registers.participants]
    ... unit = "person"
    ... by = ["place"]
    ... columns.place = { header = "Place", type = "level", levels = ["Flen", "Trosa", "Gnesta"] }
    ... [indicators.participants]
    ... kind = "count"
    ... register = "participants"
    ... ''')
    >>> participants = pa.table({"Place": ["Flen"] * 20 + ["Trosa"] * 7 + ["Gnesta"] * 3})
    >>> evaluation = project.evaluate({"participants": participants}, as_of="2022-06-30")
    >>> proposed = evaluation.propose_merging("place")
    >>> print(proposed.sentence("sv").partition(".")[0])
    Place: slå ihop Trosa + Gnesta
    >>> proposed
    Place: merge Trosa + Gnesta. Then 0 counts of its groups are small (1–4) instead of 1. Which levels belong together is for who knows them to decide.
    <BLANKLINE>
    [registers.participants]
    by = ["place_merged"]
    <BLANKLINE>
    [registers.participants.columns]
    ...
    """

    column: str
    levels: list[list[str]]
    small_before: int
    small_after: int
    merged_column: str
    project: Project
    declared: str
    _proposed: _native.ProposedMerging
    _language: str

    @classmethod
    def _of(cls, column: str, native: _native.ProposedMerging, language: str) -> ProposedMerging:
        return cls(
            column=column,
            levels=native.levels,
            small_before=native.small_before,
            small_after=native.small_after,
            merged_column=native.merged_column,
            project=Project.from_toml(native.project.to_toml()),
            declared=native.declared,
            _proposed=native,
            _language=language,
        )

    def sentence(self, language: str | None = None) -> str:
        """Say the proposal in ``sv`` or ``en``; else in the project's language."""
        return self._proposed.sentence(language or self._language)

    def __repr__(self) -> str:
        """Say the proposal, with what to write into the project file."""
        if all(len(codes) == 1 for codes in self.levels):
            return self.sentence()
        return f"{self.sentence()}\n\n{self.declared}"

    def _repr_html_(self) -> str:
        from utfall._display import page, text  # noqa: PLC0415 - only a notebook needs it

        said = f"<p>{text(self.sentence())}</p>"
        if any(len(codes) > 1 for codes in self.levels):
            said += (
                "<pre>" + "\n".join(text(line) for line in self.declared.splitlines()) + "</pre>"
            )
        return page(said, self._language)
