"""Projects: what is promised, and how it is to be measured."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from utfall import _native
from utfall._errors import UtfallError
from utfall._progress import Progress
from utfall._sources import source_of
from utfall._tally import Tally

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from utfall._evaluation import Evaluation
    from utfall._findings import Findings, Soundness
    from utfall._sources import Source


class Project:
    """A project: its registers, indicators, goals and targets, read from a file and checked.

    Read one with :meth:`read`, :meth:`from_toml` or :meth:`from_json`.

    Examples
    --------
    >>> import pyarrow as pa
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('''
    ... schema = 1
    ... name = "Staff"
    ...
    ... [registers.staff]
    ... unit = "person"
    ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ...
    ... [indicators.men]
    ... kind = "share"
    ... register = "staff"
    ... having = { gender = "man" }
    ... ''')
    >>> staff = pa.table({"Kön": ["woman", "man", "woman", "woman"]})
    >>> project.evaluate({"staff": staff}, as_of="2022-06-30")["men"].value
    0.25
    """

    def __init__(self, native: _native.Project, file: bytes | None = None) -> None:
        self._native = native
        # What a receipt hashes.
        self._file = file

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Project:
        """Read a project file: JSON if its name ends in ``.json``, else TOML.

        Parameters
        ----------
        path : str or path-like
            The file, in UTF-8.

        Returns
        -------
        Project

        Raises
        ------
        ProjectError
            If the file has faults: all of them at once, with line and column (JSON: key path).
        UtfallError
            If the file cannot be read: ``unreadable_file``, ``not_utf8``.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import utfall as uf
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "project.toml"
        >>> _ = path.write_text('schema = 1\\nname = "Likes"', encoding="utf-8")
        >>> uf.Project.read(path).name
        'Likes'
        """
        from pathlib import Path  # noqa: PLC0415 - a third of the package's own import time

        path = Path(path)
        try:
            data = path.read_bytes()
            text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            message = f"`{path.name}` is not UTF-8; save it as UTF-8"
            raise UtfallError(message, "not_utf8") from None
        except OSError as error:
            message = f"`{path.name}` cannot be read: {error.strerror}"
            raise UtfallError(message, "unreadable_file") from None
        read = _native.Project.from_json if path.suffix == ".json" else _native.Project.from_toml
        return cls(read(text, path.name), data)

    @classmethod
    def from_toml(cls, text: str) -> Project:
        """Read a project from TOML text.

        Raises
        ------
        ProjectError
            If the text has faults: all of them at once.
        """
        return cls(_native.Project.from_toml(text, "project file"))

    @classmethod
    def from_json(cls, text: str) -> Project:
        """Read a project from JSON text: the same keys, dates as texts.

        Raises
        ------
        ProjectError
            If the text has faults: all of them at once.

        Examples
        --------
        >>> import utfall as uf
        >>> uf.Project.from_json('{"schema": 1, "name": "Likes"}').name
        'Likes'
        """
        return cls(_native.Project.from_json(text, "project file"))

    def to_toml(self) -> str:
        """Write the project as TOML; reading that gives an equal project.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_json('{"schema": 1, "name": "Likes"}')
        >>> print(project.to_toml(), end="")
        schema = 1
        name = "Likes"
        """
        return self._native.to_toml()

    def to_json(self) -> str:
        """Write the project as JSON; reading that gives an equal project.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> uf.Project.from_json(project.to_json()) == project
        True
        """
        return self._native.to_json()

    @property
    def name(self) -> str:
        """The name of the project."""
        return self._native.name

    @property
    def description(self) -> str | None:
        """What readers should know beside the name."""
        return self._native.description

    @property
    def language(self) -> str:
        """The language of the project's texts: ``sv`` or ``en``."""
        return self._native.language

    @property
    def registers(self) -> list[str]:
        """The names of the registers, in declared order."""
        return self._native.registers

    @property
    def indicators(self) -> list[str]:
        """The names of the indicators, in declared order."""
        return self._native.indicators

    @property
    def goals(self) -> list[str]:
        """The names of the goals, in declared order."""
        return self._native.goals

    def review(self) -> Findings:
        """Tell what stands in the way of evaluating the project as it is written.

        Only the project file is looked at, its printed tables included, so that a review can be
        made before there is a single row. What is asked for is in the catalogue of findings: goals
        without indicator, target, time, baseline or source; numbers in texts that targets lack;
        the chain of goals; assumptions and risks; the plan; revised targets; target groups that
        exclude each other; purposes; steps without an instrument; figures not split by gender.

        Returns
        -------
        Findings
            The gravest first. None does not say that the project is a good one: it says that what
            the catalogue asks for is there.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Likes"
        ... language = "en"
        ... [goals.employers]
        ... level = "organisation"
        ... tier = "project"
        ... sv = "Arbetsgivare har anställt deltagare"
        ... source = "uppföljning"
        ... ''')
        >>> review = project.review()
        >>> review.codes[:3]
        ['goal_without_indicator', 'goal_without_target', 'goal_without_time']
        """
        return self._findings(self._native.review())

    def check(self, registers: Mapping[str, Source], as_of: str | dt.date) -> Soundness:
        """Tell whether registers are sound: what in them cannot be right, or should not be there.

        Where an evaluation stops, a check goes on: a date that is none, a number that is none and
        an id that repeats are findings. Every column of a table is looked at for what identifies a
        person, also those that the register does not declare. No value of a row is told: columns,
        row numbers and counts only.

        Parameters
        ----------
        registers : mapping of str to table or path
            As in :meth:`evaluate`.
        as_of : str or datetime.date
            The day on which the world is looked at. A later date has not happened.

        Returns
        -------
        Soundness
            Findings, the gravest first, with the tables ``quality`` and ``missing``.

        Raises
        ------
        RegisterError
            If a register is not declared, lacks a declared header, has a column of another type or
            a weight that is no whole number.
        UtfallError
            If ``as_of`` is no day (``not_a_day``).

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Likes"
        ... language = "en"
        ... [registers.people]
        ... unit = "person"
        ... person = "Id"
        ... columns.gender = { header = "Kön", type = "level", levels = ["Kvinna", "Man"] }
        ... ''')
        >>> people = pa.table({"Id": [1, 2, 2], "Kön": ["Kvinna", "Kvina", "Man"]})
        >>> check = project.check({"people": people}, as_of="2022-06-30")
        >>> check.codes
        ['repeated_id', 'undeclared_spelling', 'near_spelling', 'missing_values']
        >>> print(check.filter(code="repeated_id")["sentence"][0])
        Column `Id` has an id that stands in an earlier row, in row 3; an evaluation stops at it. Drop the repeats, or declare `unit = "enrolment"`.
        """
        sources, day = _sources(registers), _day(as_of)
        with Progress() as progress:
            native = self._native.check(sources, day, progress.tell)
        from utfall._findings import Soundness  # noqa: PLC0415 - takes as long as an evaluation

        return Soundness(native, self.language)

    def reconcile(self, evaluation: Evaluation | None = None) -> Findings:
        """Tell whether the published figures agree with themselves, each other and the register.

        Every printed table is held against its own totals and against every other table of the
        same units, every statement against tables, other statements and itself, every answer
        against the goal that it is offered for, and all figures of a register together as one
        system in whole numbers. Figures of different times (``at``) are not compared.

        Parameters
        ----------
        evaluation : Evaluation, optional
            What every published figure is held against too, on its day: counts of groups, whose
            columns must be crossed (``by``), of everybody or of those whom an indicator counts.
            What it does not hold the counts of is the finding ``not_recomputed``.

        Returns
        -------
        Findings
            The gravest first. None says what is right: a repair is a hint, never applied.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Report"
        ... language = "en"
        ... [registers.participants]
        ... unit = "person"
        ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
        ... columns.place = { header = "Ort", type = "level", levels = ["A", "B"] }
        ...
        ... [[published.tables]]
        ... id = "places"
        ... source = "report, p. 3"
        ... register = "participants"
        ... by = ["place", "gender"]
        ... rows = [
        ...   { place = "A", woman = 31, man = 4, total = 35 },
        ...   { place = "B", woman = 17, man = 7, total = 25 },
        ... ]
        ... ''')
        >>> found = project.reconcile()
        >>> found.codes
        ['parts_missing']
        >>> print(found.table["sentence"][0])
        Table `places` has 25 place=B, but the parts over `gender` come to 24 (−1): 1 missing in the parts. Correct the numbers, or declare `partial` if not all parts are printed. Everything would hold if place=B, gender=woman were 18 instead of 17, or if place=B, gender=man were 8 instead of 7, or if place=B were 24 instead of 25; whether that is so, the numbers do not tell.
        """
        native = None if evaluation is None else evaluation._native  # noqa: SLF001
        return self._findings(self._native.reconcile(native))

    def evaluate(
        self,
        registers: Mapping[str, Source],
        as_of: str | dt.date,
        *,
        by: str | Sequence[str] | Sequence[Sequence[str]] | None = None,
        level: float = 0.95,
    ) -> Evaluation:
        """Evaluate the project: what came out by a day, and what that says of its goals.

        Every unit of a register is counted in exactly one place: outside the population,
        unclassified, excluded, not due, missing, or observed as a success or a failure. A null
        makes a comparison unknown, never false.

        Parameters
        ----------
        registers : mapping of str to table or path
            A table for each register, by its name in the project: a polars or pandas data frame,
            a PyArrow table, record batch or reader, a DuckDB relation, anything else with
            ``__arrow_c_stream__`` or ``__arrow_c_array__``; or the path of a file, a list of
            paths, a folder of Parquet files, or a :class:`File`. A file is Parquet, CSV or an
            Excel workbook as they are in Sweden (:func:`read` tells what is detected); the
            declared types decide how cells are read. Figures of a register that is left out are
            ``not_computable``; the others stand.
        as_of : str or datetime.date
            The day on which the world is looked at. A later date has not happened.
        by : str, list of str, or list of lists, optional
            What figures are crossed by. ``None``: the columns that each register names.
            ``[]``: overall only. A flat list: all margins of these columns. A list of lists: these
            tables, and overall.
        level : float, default 0.95
            The level of confidence of intervals.

        Returns
        -------
        Evaluation

        Raises
        ------
        RegisterError
            If a register is not declared, or cannot be read: ``missing_header``,
            ``repeated_header``, ``wrong_type``, ``weight_negative``, ``repeated_person``,
            ``not_a_table`` and others.
        UtfallError
            If ``as_of`` is no day (``not_a_day``), ``by`` names an unknown column
            (``unknown_by_column``) or ``level`` lies outside 0 to 1 (``level_out_of_range``).

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Staff"
        ... [registers.staff]
        ... unit = "person"
        ... weight = "Antal"
        ... by = ["gender"]
        ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
        ... [indicators.staff]
        ... kind = "count"
        ... register = "staff"
        ... ''')
        >>> counts = pa.table({"Kön": ["woman", "man"], "Antal": [17, 5]})
        >>> staff = project.evaluate({"staff": counts}, as_of="2022-06-30")["staff"]
        >>> staff.value, {code: figure.value for code, figure in staff.by("gender").items()}
        (22.0, {'woman': 17.0, 'man': 5.0})
        """
        sources, day, crossed = _sources(registers), _day(as_of), _crossed(by)
        with Progress() as progress:
            native = self._native.evaluate(sources, day, crossed, level, progress.tell)
        return self._evaluation(native)

    def tally(
        self,
        registers: Mapping[str, Source],
        as_of: str | dt.date,
        *,
        by: str | Sequence[str] | Sequence[Sequence[str]] | None = None,
    ) -> Tally:
        """Count registers, or parts of them, without evaluating yet.

        Parameters
        ----------
        registers, as_of, by
            As in :meth:`evaluate`.

        Returns
        -------
        Tally
            To be merged with those of other parts, stored or sent, and evaluated by
            :meth:`evaluate_tallies`.

        Raises
        ------
        RegisterError, UtfallError
            As :meth:`evaluate`.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> project.tally({}, as_of="2022-06-30")
        <Tally as of 2022-06-30: 0 combinations>
        """
        sources, day, crossed = _sources(registers), _day(as_of), _crossed(by)
        with Progress() as progress:
            return Tally(self._native.tally(sources, day, crossed, progress.tell))

    def evaluate_tallies(
        self, tally: Tally | Iterable[Tally], *, level: float = 0.95
    ) -> Evaluation:
        """Evaluate counts made before: the same figures and verdicts as from the rows.

        Parameters
        ----------
        tally : Tally, or several
            The tally of the whole, or those of its parts.
        level : float, default 0.95
            The level of confidence of intervals.

        Returns
        -------
        Evaluation
            Its findings name no rows, since a tally holds none.

        Raises
        ------
        UtfallError
            If a tally was counted for another project (``unlike_tallies``).

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> tally = project.tally({}, as_of="2022-06-30")
        >>> project.evaluate_tallies([tally, tally]).as_of
        '2022-06-30'
        """
        whole = tally if isinstance(tally, Tally) else Tally.merge(tally)
        return self._evaluation(self._native.evaluate_tally(whole._native, level))  # noqa: SLF001

    def __eq__(self, other: object) -> bool:
        """Whether both declare the same."""
        return isinstance(other, Project) and self._native == other._native

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Name the project and say how much it declares."""
        counts = {
            "register": len(self.registers),
            "indicator": len(self.indicators),
            "goal": len(self.goals),
        }
        parts = (f"{count} {noun}{'' if count == 1 else 's'}" for noun, count in counts.items())
        return f"<Project {self.name!r}: {', '.join(parts)}>"

    def _repr_html_(self) -> str:
        from utfall._display import project_page  # noqa: PLC0415 - only a notebook needs it

        return project_page(self)

    def _findings(self, native: _native.Findings) -> Findings:
        from utfall._findings import Findings  # noqa: PLC0415 - takes as long as an evaluation

        return Findings(native, self.language)

    def _evaluation(self, native: _native.Evaluation) -> Evaluation:
        # What displays an evaluation takes longer to import than everything before it.
        from utfall._evaluation import Evaluation  # noqa: PLC0415

        return Evaluation(self, native)


def _sources(registers: Mapping[str, Source]) -> list[tuple[str, object]]:
    return [(name, source_of(name, table)) for name, table in registers.items()]


def _day(as_of: str | dt.date) -> str:
    if isinstance(as_of, dt.datetime):
        as_of = as_of.date()
    return as_of.isoformat() if isinstance(as_of, dt.date) else str(as_of)


def _crossed(
    by: str | Sequence[str] | Sequence[Sequence[str]] | None,
) -> list[str | list[str]] | None:
    if isinstance(by, str):
        return [by]
    return None if by is None else [_names(entry) for entry in by]


def _names(entry: str | Sequence[str]) -> str | list[str]:
    return entry if isinstance(entry, str) else list(entry)


def json_schema() -> str:
    """Give the JSON Schema of project files, for editors that complete and check them.

    Examples
    --------
    >>> import json
    >>> import utfall as uf
    >>> json.loads(uf.json_schema())["title"]
    'utfall project file'
    """
    return _native.json_schema()
