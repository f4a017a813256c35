"""How an evaluation leaves the room: published, or set free by name. By itself it is not written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, cast

from utfall import _native
from utfall._errors import UtfallError

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from utfall._evaluation import Evaluation
    from utfall._merging import ProposedMerging
    from utfall._publication import Publication
    from utfall._unprotected import Unprotected


class Kept:
    """The ways out of an evaluation, which is for the evaluator's own eyes; those that would write it refuse."""

    def publish(
        self,
        *,
        threshold: int = 5,
        zeros: str = "secondary",
        tables: Sequence[Sequence[str]] | None = None,
        open_registers: Sequence[str] = (),
        certain_shares: str = "flagged",
        printed_tables: bool = True,
        after: Sequence[Publication] = (),
        exact: bool = True,
    ) -> Publication:
        """Publish: an evaluation that holds no more than may be known of single persons.

        Counts of persons from 1 to ``threshold - 1`` are hidden, and as many others as it takes that nobody can
        compute them from everything that is published together: all indicators and groups, margins, parts of the
        accounting, the flow, differences between populations, and what was published earlier. What is made of a hidden
        count is not made. It is proven before it is given: see :attr:`utfall.Publication.audit`.

        Parameters
        ----------
        threshold : int, optional
            The smallest count of persons that is shown, 1 to 100.
        zeros : {"secondary", "printed", "protected"}, optional
            ``secondary``: counts of 0 are shown unless one is needed to hide others. ``printed``: they are always shown,
            so that everybody knows that a hidden count is at least 1; it can be that a register cannot be protected so.
            ``protected``: they are hidden as small counts are.
        tables : list of lists of str, optional
            The tables that are published beside everybody's figures, by their columns, such as ``[["gender"],
            ["gender", "subproject"]]``; else one for each column. The more columns a table has, the more of it is hidden.
        open_registers : list of str, optional
            Registers whose units are no persons, such as meetings: they are published as they are.
        certain_shares : {"flagged", "hidden"}, optional
            What is done with shares of exactly 0 or 100 % of fewer than twice the threshold, which tell of each one in
            the group: listed in :attr:`utfall.Publication.certain`, or hidden.
        printed_tables : bool, optional
            Whether tables that the project file says are published (``[published]``) are reckoned with. What they tell
            cannot be taken back, and more is hidden, so that who has them as well learns nothing that they did not tell.
        after : list of Publication, optional
            What was published of the same project before. Of the same day: what was shown stays shown, what was hidden
            stays hidden. Of another day: a count that differs by fewer than the threshold is hidden.
        exact : bool, optional
            Whether the cheapest pattern is looked for where there are few counts; else what a heuristic finds.

        Returns
        -------
        Publication
            What reports, workbooks and charts for outside are made from.

        Raises
        ------
        UtfallError
            ``threshold_out_of_range``, ``unknown_name``; ``table_not_evaluated`` for a table that figures are not
            crossed by; ``table_size`` for more counts than can be protected together; ``cannot_be_protected`` where
            zeros that are always shown tell a hidden count.

        Notes
        -----
        Complementary cell suppression: Fischetti and Salazar, *Management Science* 2001; Willenborg and de Waal,
        *Elements of Statistical Disclosure Control*, 2001. What it protects from and what it does not:
        docs/explanation/publish-safely.md.

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Staff"
        ... [registers.staff]
        ... unit = "person"
        ... by = ["gender"]
        ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
        ... [indicators.staff]
        ... kind = "count"
        ... register = "staff"
        ... ''')
        >>> staff = pa.table({"Kön": ["woman"] * 31 + ["man"] * 4})
        >>> publication = project.evaluate({"staff": staff}, as_of="2022-06-30").publish()
        >>> [row["value"] for row in publication.figures]
        [35.0, None, None]
        """
        from utfall._publication import publication_of  # noqa: PLC0415 - few need it

        return publication_of(
            cast("Evaluation", self),
            threshold=threshold,
            zeros=zeros,
            tables=tables,
            open_registers=open_registers,
            certain_shares=certain_shares,
            printed_tables=printed_tables,
            after=after,
            exact=exact,
        )

    def propose_merging(self, column: str, *, threshold: int = 5) -> ProposedMerging:
        """Propose which levels of a column to merge, so that fewer counts of its groups are small.

        Merging tells less of everybody and hides less of anybody. Step by step two levels become one: those after which
        the fewest counts lie below the threshold; of those the two with the fewest units. Of an ordinal column
        neighbours only, of one that lies within another only levels of the same. Which levels belong together no count
        can tell, so this is a proposal.

        Parameters
        ----------
        column : str
            A column that figures are crossed by.
        threshold : int, optional
            Counts from 1 to one less are small; 1 to 100.

        Returns
        -------
        ProposedMerging
            The levels, what merging spares, and the project with the merged column, to be evaluated and published.

        Raises
        ------
        UtfallError
            ``table_not_evaluated`` for a column that figures are not crossed by, ``threshold_out_of_range``.

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
        >>> evaluation.publish().hidden
        2
        >>> proposed = evaluation.propose_merging("place")
        >>> proposed.levels
        [['Flen'], ['Trosa', 'Gnesta']]
        >>> merged = proposed.project.evaluate({"participants": participants}, as_of="2022-06-30")
        >>> merged.publish().hidden
        0
        """
        from utfall._merging import ProposedMerging  # noqa: PLC0415 - who merges nothing pays nothing

        evaluation = cast("Evaluation", self)
        native = _native.ProposedMerging(evaluation._native, column, int(threshold))  # noqa: SLF001 - its own kind
        return ProposedMerging._of(column, native, evaluation.project.language)  # noqa: SLF001

    def unprotected(self) -> Unprotected:
        """Set the evaluation free as it is, small groups and all: what it gives can be written.

        For who may see every number. Each page and sheet says that nothing in it is protected.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"\\nlanguage = "en"')
        >>> print(project.evaluate({}, as_of="2022-06-30").unprotected())
        ! Unprotected: contains what may reveal individuals. Must not be passed on.
        <BLANKLINE>
        Likes · 2022-06-30
        """
        from utfall._unprotected import Unprotected  # noqa: PLC0415 - who writes nothing pays nothing

        return Unprotected(cast("Evaluation", self))

    def write_html(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        title: str | None = None,
    ) -> NoReturn:
        """Refuse: an evaluation is not protected.

        Raises
        ------
        UtfallError
            Always (``unprotected``): publish the evaluation, or ask for it as it is by name.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> try:
        ...     project.evaluate({}, as_of="2022-06-30").write_html("likes.html")
        ... except uf.UtfallError as error:
        ...     print(error.code)
        unprotected
        """
        _refuse(path, language, title)

    def write_docx(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        title: str | None = None,
    ) -> NoReturn:
        """Refuse, as :meth:`write_html` does."""
        _refuse(path, language, title)

    def write_xlsx(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        title: str | None = None,
    ) -> NoReturn:
        """Refuse, as :meth:`write_html` does."""
        _refuse(path, language, title)

    def write_markdown(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        title: str | None = None,
    ) -> NoReturn:
        """Refuse, as :meth:`write_html` does."""
        _refuse(path, language, title)


def _refuse(*_: object) -> NoReturn:
    message = (
        "an evaluation is not protected, and is not written; write `evaluation.publish()`, or "
        "`evaluation.unprotected()` for who may see every number"
    )
    raise UtfallError(message, "unprotected")
