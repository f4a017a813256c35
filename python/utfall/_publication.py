"""Publications: evaluations that hold no more than may be known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from utfall import _native
from utfall._errors import UtfallError
from utfall._evaluation import Evaluation
from utfall._receipt import Receipt, ReceiptRegister
from utfall._receipt_made import receipt_of
from utfall._table import Table
from utfall.report._writes import Writes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_ZEROS = ("printed", "secondary", "protected")

# Beyond so many cells that could be hidden the cheapest pattern is not looked for.
_EXACT = 150


def publication_of(
    evaluation: Evaluation,
    *,
    threshold: int,
    zeros: str,
    tables: Sequence[Sequence[str]] | None,
    open_registers: Sequence[str],
    certain_shares: str,
    printed_tables: bool,
    after: Sequence[Publication],
    exact: bool,
) -> Publication:
    """Publish an evaluation; see :meth:`utfall.Evaluation.publish`."""
    if zeros not in _ZEROS:
        message = f"zeros={zeros!r} is not known; there are {', '.join(_ZEROS)}"
        raise UtfallError(message, "unknown_name")
    if certain_shares not in {"flagged", "hidden"}:
        message = f"certain_shares={certain_shares!r} is not known; there are flagged, hidden"
        raise UtfallError(message, "unknown_name")
    if isinstance(threshold, bool) or not isinstance(threshold, int) or threshold < 1:
        message = "threshold must be a whole number from 1 to 100, such as 5"
        raise UtfallError(message, "threshold_out_of_range")
    registers = evaluation.project.registers
    for register in open_registers:
        if register not in registers:
            message = f"there is no register `{register}`; there are {', '.join(registers)}"
            raise UtfallError(message, "unknown_name")
    native = _native.Publication(
        evaluation._native,  # noqa: SLF001 - its own kind
        threshold,
        zeros,
        None if tables is None else [list(table) for table in tables],
        list(open_registers),
        certain_shares == "hidden",
        bool(printed_tables),
        [earlier._publication for earlier in after],  # noqa: SLF001 - its own kind
        _EXACT if exact else 0,
    )
    asked: dict[str, object] = {
        "tables": None if tables is None else [list(table) for table in tables],
        "open_registers": list(open_registers),
        "certain_shares": certain_shares,
        "printed_tables": bool(printed_tables),
        "after": len(after),
        "exact": exact,
    }
    return Publication(evaluation, native, asked)


class Publication(Writes, Evaluation):  # type: ignore[misc]  # this one may be written
    """An evaluation of which nothing can be computed that its rules hide: what leaves the house.

    Made by :meth:`utfall.Evaluation.publish`. It has everything that an evaluation has: the tables, goals,
    figures, checks, plots, explanations. What is hidden is not in it: a hidden count is null, a figure that
    rests on one has the state ``suppressed``, and verdicts, gaps, checks, plots and sentences are made of
    what is left. Every table has a last column ``protected``: whether a row holds less than it did.

    Not published, or of everybody only:

    - of everybody only: matrices of steps, reasons for leaving, single items of a survey or a change,
      incidences, sums, means and ratios;
    - not at all: how numbers lie (the smallest is one person's), who is in several groups, what was found in rows,
      checks that rest on a table that is not published or has a hidden count.

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
    ... by = ["gender"]
    ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ... columns.work = { header = "Arbete", type = "flag" }
    ... [indicators.work]
    ... kind = "share"
    ... register = "participants"
    ... having = { work = true }
    ... ''')
    >>> participants = pa.table({
    ...     "Kön": ["woman"] * 20 + ["man"] * 10,
    ...     "Arbete": [True] * 12 + [False] * 8 + [True] * 9 + [False],
    ... })
    >>> evaluation = project.evaluate({"participants": participants}, as_of="2022-06-30")
    >>> publication = evaluation.publish()
    >>> publication["work"].value
    0.7
    >>> [figure.state for figure in publication["work"].by("gender").values()]
    ['suppressed', 'suppressed']
    >>> len(publication.attack())
    0
    """

    def __init__(
        self,
        evaluation: Evaluation,
        publication: _native.Publication,
        asked: dict[str, object],
    ) -> None:
        super().__init__(evaluation.project, publication.evaluation)
        self._publication = publication
        self._asked = asked
        self._audit: Table | None = None

    @property
    def threshold(self) -> int:
        """Counts of persons from 1 to one less are hidden."""
        return self._publication.threshold

    @property
    def hidden(self) -> int:
        """How many counts are hidden: small ones, and those that would tell of them."""
        return self._publication.hidden

    @property
    def audit(self) -> Table:
        """Every hidden count, with what somebody can compute who has the whole publication.

        Columns ``register``, ``counts`` (list of the names of what is counted: ``work.successes``; what is always
        the same number stands once), ``group`` (list of ``column=code``; empty: everybody), ``low`` and ``high``
        (the smallest and the largest number that it can be, ``high`` null where there is no largest) and ``passes``
        (whether everything is possible that must be; no publication is made of which a row does not pass). Which of them
        are small and which are hidden to protect others is not told: whoever publishes sees it in the evaluation.
        Made when it is first asked for, which takes longer than to publish.

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
        >>> audit = project.evaluate({"staff": staff}, as_of="2022-06-30").publish().audit
        >>> [(row["group"], row["low"], row["high"]) for row in audit]
        [(['gender=woman'], 0, 35), (['gender=man'], 0, 35)]
        """
        if self._audit is None:
            self._audit = Table(self._publication.audit())
        return self._audit

    @property
    def certain(self) -> list[dict[str, object]]:
        """The figures that are shown and tell of everybody in a small group: all of it succeeded, or nobody did.

        Rows of :attr:`figures` with a share of exactly 0 or 100 % of fewer than twice the threshold. Whoever knows
        that somebody is in such a group knows how it went for her; ``publish(certain_shares="hidden")`` hides them.
        """
        rows = list(self.figures)
        return [rows[number] for number in self._publication.certain()]

    @property
    def counts(self) -> Table:
        """Every count that is protected together: what an attacker has to work with.

        Columns ``register``, ``counts`` and ``group`` as in :attr:`audit`, and ``value``: null where it is hidden.
        """
        return Table(self._publication.counts())

    def attack(self) -> Table:
        """Try to compute what is hidden, from everything that is published and nothing else.

        Returns
        -------
        Table
            The counts of which more can be told than may be, with the columns of :attr:`audit`. There are none;
            whoever doubts it can try again, or try by themselves on :attr:`counts`.

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
        >>> len(project.evaluate({"staff": staff}, as_of="2022-06-30").publish().attack())
        0
        """
        return Table(self._publication.attack())

    @property
    def protection(self) -> dict[str, object]:
        """How it is protected: what was asked for, how many counts are hidden, and how they were found."""
        native = self._publication
        return {
            "threshold": native.threshold,
            "zeros": native.zeros,
            "hidden": native.hidden,
            "found": native.found,
            **self._asked,
        }

    @property
    def protection_note(self) -> str:
        """How it is protected, in a sentence of the project's language."""
        return self.protection_note_in(None)

    def protection_note_in(self, language: str | None) -> str:
        """Say how it is protected in ``sv`` or ``en``; else in the project's language.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> publication = project.evaluate({}, as_of="2022-06-30").publish()
        >>> print(publication.protection_note_in("en"))
        Protected: counts of 1 to 4 persons are hidden, with what they could be computed from; 0 counts are hidden.
        """
        return self._publication.note(language or self.project.language)

    def receipt(  # type: ignore[override]  # how it is protected it says itself
        self,
        *,
        made_on: str | dt.date | None = None,
        registers: object = None,
        salt: object = None,
    ) -> Receipt:
        """Give a receipt that may leave the house: of what is published, and no hash of anything else.

        Parameters
        ----------
        made_on : str or datetime.date, optional
            The day on which it is made. No clock is looked at.
        registers, salt
            For the receipt of an evaluation only: a publication hashes no register.

        Raises
        ------
        UtfallError
            If one of these is given (``already_published``).

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Staff"
        ... [registers.staff]
        ... unit = "person"
        ... [indicators.staff]
        ... kind = "count"
        ... register = "staff"
        ... ''')
        >>> staff = pa.table({"Kön": ["woman"] * 35})
        >>> receipt = project.evaluate({"staff": staff}, as_of="2022-06-30").publish().receipt()
        >>> receipt.registers[0].units, receipt.registers[0].tally
        (35, None)
        >>> receipt.verify(project, {"staff": staff}).agrees
        True
        """
        if registers is not None or salt is not None:
            message = "the receipt of a publication hashes no register; take that of the evaluation"
            raise UtfallError(message, "already_published")
        tables = {"figures": self.figures, "verdicts": self.verdicts}
        receipt = receipt_of(self, protection=self.protection, tables=tables, made_on=made_on)
        units = tuple(
            ReceiptRegister(row["register"], row["value"], None, None)
            for row in self.counts
            if "units" in row["counts"] and not row["group"]
        )
        return replace(receipt, registers=units)

    def __repr__(self) -> str:
        """Lay the goal table out as plain text, with how it is protected."""
        return f"{super().__repr__()}\n\n{self.protection_note}"

    def _repr_html_(self) -> str:
        from utfall._display import note  # noqa: PLC0415 - only a notebook needs it

        return super()._repr_html_() + note(self.protection_note, self.project.language)

    def publish(self, **_: object) -> NoReturn:
        """Refuse: it is published already, and holds nothing that could be published otherwise.

        Raises
        ------
        UtfallError
            Always (``already_published``).

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> publication = project.evaluate({}, as_of="2022-06-30").publish()
        >>> try:
        ...     publication.publish()
        ... except uf.UtfallError as error:
        ...     print(error.code)
        already_published
        """
        raise _already_published()

    def unprotected(self) -> NoReturn:
        """Refuse: what is hidden is not in it.

        Raises
        ------
        UtfallError
            Always (``already_published``).

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> publication = project.evaluate({}, as_of="2022-06-30").publish()
        >>> try:
        ...     publication.unprotected()
        ... except uf.UtfallError as error:
        ...     print(error.code)
        already_published
        """
        raise _already_published()


def _already_published() -> UtfallError:
    message = "a publication is published already; take the evaluation that it was made of"
    return UtfallError(message, "already_published")
