"""Receipts: what a result was made of, so that somebody else can see whether it still is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from utfall import _native
from utfall._errors import UtfallError
from utfall._hashes import bytes_of
from utfall._layout import plain, text_table

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from utfall._project import Project
    from utfall._sources import Source
    from utfall._verification import Verification

By: TypeAlias = "list[str] | list[list[str]] | None"

SCHEMA = 1
"""The version of the form of receipts that this version writes, and the newest that it reads."""


@dataclass(frozen=True)
class ReceiptRegister:
    """What a receipt holds of a register.

    Attributes
    ----------
    name : str
        The register's name in the project.
    units : int or None
        How many units were counted: rows, their weights, or persons. ``None`` where the receipt is of
        something protected and there are fewer than its threshold.
    tally : str or None
        The hash of its counts; ``None`` where it would tell what is protected.
    files : tuple of str or None
        The hashes of its files, sorted; ``None`` where it was no file, or was not handed over again.

    Examples
    --------
    >>> import pyarrow as pa
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('''
    ... schema = 1
    ... name = "Staff"
    ... [registers.staff]
    ... unit = "member"
    ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
    ... ''')
    >>> staff = pa.table({"Kön": ["woman", "man"]})
    >>> receipt = project.evaluate({"staff": staff}, as_of="2022-06-30").receipt()
    >>> receipt.registers[0].name, receipt.registers[0].units
    ('staff', 2)
    """

    name: str
    units: int | None
    tally: str | None
    files: tuple[str, ...] | None


@dataclass(frozen=True, repr=False)
class Receipt:
    """What an evaluation was made of: hashes, versions, settings; no value of a person's row.

    Made by :meth:`Evaluation.receipt`, written as JSON by :meth:`write`, read by :meth:`read`, and held
    against a project and registers by :meth:`verify`. A receipt shows that nothing has changed; it
    does not show who made it.

    Attributes
    ----------
    schema : int
        The version of the form of receipts.
    utfall : str
        The version of utfall that made it.
    form : int
        The version of the form in which counts are hashed.
    project : str
        The name of the project.
    project_hash : str
        SHA-256 of what :meth:`Project.to_toml` writes: comments and white space do not matter.
    project_file : str or None
        SHA-256 of the file's bytes, if the project was read from a file.
    as_of : str
        The day on which the world was looked at.
    level : float
        The level of confidence of intervals.
    by : list of str, list of lists or None
        What figures are crossed by; ``None``: the columns that each register names.
    registers : tuple of ReceiptRegister
        The registers that were given, by name.
    tables : mapping of str to str or None
        The hash of each table of results; ``None`` where it would tell what is protected.
    protection : mapping or None
        The threshold and rules of a publication; ``None`` for an evaluation.
    salt_check : str or None
        Where the hashes are keyed: what tells the right salt from a wrong one.
    made_on : str or None
        The day on which it was made, if that was handed over.
    language : str
        The language that it is shown in: that of the project.

    Examples
    --------
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
    >>> receipt = project.evaluate({}, as_of="2022-06-30").receipt()
    >>> receipt
    Kvitto · Likes · 2022-06-30 · utfall 0.1.0
    <BLANKLINE>
    Del      Namn      Enheter  SHA-256
    ───────  ────────  ───────  ────────────────
    projekt  Likes              312390615c02ae0b
    tabell   figures            9e7040da96478315
    tabell   verdicts           0cccfd96c41cd8fc
    """

    project: str
    project_hash: str
    project_file: str | None
    as_of: str
    level: float
    by: By
    registers: tuple[ReceiptRegister, ...]
    tables: Mapping[str, str | None]
    protection: Mapping[str, Any] | None = None
    salt_check: str | None = None
    made_on: str | None = None
    language: str = "sv"
    utfall: str = ""
    form: int = 0
    schema: int = SCHEMA

    def __post_init__(self) -> None:
        """Keep what is held from being changed."""
        object.__setattr__(self, "tables", MappingProxyType(dict(self.tables)))
        if self.protection is not None:
            object.__setattr__(self, "protection", MappingProxyType(dict(self.protection)))

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Receipt:
        """Read a receipt that :meth:`write` wrote.

        Raises
        ------
        UtfallError
            If the file cannot be read (``unreadable_file``), is no receipt (``not_a_receipt``) or was
            written by a newer version (``newer_receipt``).

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> receipt = project.evaluate({}, as_of="2022-06-30").receipt()
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "receipt.json"
        >>> receipt.write(path)
        >>> uf.Receipt.read(path) == receipt
        True
        """
        name = Path(path).name
        return cls.from_json(bytes_of(Path(path)), name)

    @classmethod
    def from_json(cls, text: str | bytes, name: str = "receipt") -> Receipt:
        """Read a receipt from JSON text.

        Parameters
        ----------
        text : str or bytes
            What :meth:`to_json` gave.
        name : str, optional
            What errors call it.

        Raises
        ------
        UtfallError
            If it is no receipt (``not_a_receipt``) or of a newer version (``newer_receipt``).

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> receipt = project.evaluate({}, as_of="2022-06-30").receipt()
        >>> uf.Receipt.from_json(receipt.to_json()) == receipt
        True
        """
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            raise _not_a_receipt(name, "it is not JSON") from None
        schema = found.get("receipt") if isinstance(found, dict) else None
        if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
            raise _not_a_receipt(name, "it has no key `receipt` with the version of its form")
        if schema > SCHEMA:
            message = (
                f"`{name}` is a receipt of form {schema}, and this version of utfall reads up to "
                f"{SCHEMA}; upgrade utfall"
            )
            raise UtfallError(message, "newer_receipt")
        return _read(cls, found, name)

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values, keys as in the file.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> receipt = project.evaluate({}, as_of="2022-06-30").receipt()
        >>> receipt.to_dict()["as_of"]
        '2022-06-30'
        """
        registers = {
            register.name: {
                "units": register.units,
                "tally": register.tally,
                "files": None if register.files is None else list(register.files),
            }
            for register in self.registers
        }
        return {
            "receipt": self.schema,
            "utfall": self.utfall,
            "form": self.form,
            "hash": "sha256" if self.salt_check is None else "hmac-sha256",
            "salt_check": self.salt_check,
            "made_on": self.made_on,
            "project": {
                "name": self.project,
                "hash": self.project_hash,
                "file": self.project_file,
                "language": self.language,
            },
            "as_of": self.as_of,
            "level": self.level,
            "by": self.by,
            "registers": registers,
            "tables": dict(self.tables),
            "protection": None if self.protection is None else dict(self.protection),
        }

    def to_json(self) -> str:
        """Write the receipt as JSON.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> print(project.evaluate({}, as_of="2022-06-30").receipt().to_json()[:16])
        {
          "receipt": 1
        """
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the receipt to a file, as JSON.

        Raises
        ------
        UtfallError
            If the file cannot be written (``unwritable_file``).

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "receipt.json"
        >>> project.evaluate({}, as_of="2022-06-30").receipt(made_on="2022-07-01").write(path)
        >>> path.exists()
        True
        """
        path = Path(path)
        try:
            path.write_text(self.to_json(), encoding="utf-8")
        except OSError as error:
            message = f"`{path.name}` cannot be written: {error.strerror}"
            raise UtfallError(message, "unwritable_file") from None

    def verify(
        self,
        project: Project,
        registers: Mapping[str, Source] | None = None,
        *,
        salt: bytes | None = None,
        language: str | None = None,
    ) -> Verification:
        """Compute everything again, and tell for every part whether it agrees.

        Parameters
        ----------
        project : Project
            The project, as it is now.
        registers : mapping of str to table or path, optional
            The registers, as they are now. What needs one that is left out is not checked.
        salt : bytes, optional
            The salt that the receipt was made with. Without it only the project is checked.
        language : str, optional
            ``sv`` or ``en``; else the project's language.

        Returns
        -------
        Verification
            A part for each hash and number: ``agrees``, ``differs`` or ``not_checked``.

        Raises
        ------
        UtfallError
            If the salt is not that of the receipt (``wrong_salt``), or there is no such language
            (``unknown_name``).
        RegisterError
            If a register cannot be read, as :meth:`Project.evaluate`.

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Staff"
        ... [registers.staff]
        ... unit = "member"
        ... by = ["gender"]
        ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
        ... ''')
        >>> staff = pa.table({"Kön": ["woman", "man", "woman"]})
        >>> receipt = project.evaluate({"staff": staff}, as_of="2022-06-30").receipt()
        >>> receipt.verify(project, {"staff": staff.take([2, 0, 1])}).agrees
        True
        >>> changed = pa.table({"Kön": ["man", "man", "woman"]})
        >>> print(receipt.verify(project, {"staff": changed}, language="en"))
        The receipt does not agree: 1 of 5 parts checked differs; 1 not checked.
        <BLANKLINE>
        ✓ the project, as its file declares it: agrees
        ✓ the number of units of register `staff`: agrees
        ✗ the counts of register `staff`: differ
        – the files of register `staff`: not checked, the receipt does not hold it
        ✓ the table `figures`: agrees
        ✓ the table `verdicts`: agrees
        """
        from utfall._verification import verification  # noqa: PLC0415 - who verifies none pays none

        return verification(self, project, registers or {}, salt, language)

    def __repr__(self) -> str:
        """Lay the receipt out as plain text, the first sixteen signs of each hash."""
        return f"{plain(self._title())}\n\n{text_table(*self._shown(), width=100)}"

    def _repr_html_(self) -> str:
        from utfall._display import page, text  # noqa: PLC0415 - only a notebook needs it
        from utfall._layout import html_table  # noqa: PLC0415

        return page(f"<h3>{text(self._title())}</h3>{html_table(*self._shown())}", self.language)

    def _title(self) -> str:
        title = _native.receipt_words(self.language)[0]
        made_on = "" if self.made_on is None else f" · {self.made_on}"
        return f"{title}{made_on} · {self.project} · {self.as_of} · utfall {self.utfall}"

    def _shown(self) -> tuple[list[str], list[list[str]]]:
        """Give the headings and the rows."""
        words = _native.receipt_words(self.language)
        project, project_file, register, file, table = words[4:]

        def row(part: str, name: str, found: str | None, units: int | None = None) -> list[str]:
            return [part, name, "" if units is None else str(units), (found or "–")[:16]]

        rows = [row(project, self.project, self.project_hash)]
        if self.project_file is not None:
            rows.append(row(project_file, self.project, self.project_file))
        for held in self.registers:
            rows.append(row(register, held.name, held.tally, held.units))
            rows += [row(file, held.name, found) for found in held.files or ()]
        rows += [row(table, name, found) for name, found in self.tables.items()]
        return [*words[1:4], "SHA-256" if self.salt_check is None else "HMAC-SHA-256"], rows


def _not_a_receipt(name: str, why: str) -> UtfallError:
    message = f"`{name}` is no receipt: {why}; hand over what `receipt.write` or `--receipt` wrote"
    return UtfallError(message, "not_a_receipt")


_ABSENT = object()


def _read(cls: type[Receipt], found: dict[str, Any], name: str) -> Receipt:
    """Read the keys of a receipt, each of the type that it has."""

    def value(table: Any, key: str, kinds: tuple[type, ...]) -> Any:  # noqa: ANN401
        held = table.get(key, _ABSENT) if isinstance(table, dict) else _ABSENT
        is_number = isinstance(held, bool) and bool not in kinds
        if held is _ABSENT or is_number or not isinstance(held, kinds):
            raise _not_a_receipt(name, f"its key `{key}` is missing or of another type")
        return held

    none = type(None)
    project, tables = value(found, "project", (dict,)), value(found, "tables", (dict,))
    registers = value(found, "registers", (dict,))
    return cls(
        project=value(project, "name", (str,)),
        project_hash=value(project, "hash", (str,)),
        project_file=value(project, "file", (str, none)),
        as_of=value(found, "as_of", (str,)),
        level=float(value(found, "level", (int, float))),
        by=_by(value(found, "by", (list, none)), name),
        registers=tuple(
            ReceiptRegister(
                register,
                value(held, "units", (int, none)),
                value(held, "tally", (str, none)),
                _texts(value(held, "files", (list, none)), "files", name),
            )
            for register, held in registers.items()
        ),
        tables={table: value(tables, table, (str, none)) for table in tables},
        protection=value(found, "protection", (dict, none)),
        salt_check=value(found, "salt_check", (str, none)),
        made_on=value(found, "made_on", (str, none)),
        language="en" if value(project, "language", (str,)) == "en" else "sv",
        utfall=value(found, "utfall", (str,)),
        form=value(found, "form", (int,)),
        schema=value(found, "receipt", (int,)),
    )


def _texts(held: Sequence[Any] | None, key: str, name: str) -> tuple[str, ...] | None:
    if held is None:
        return None
    if not all(isinstance(entry, str) for entry in held):
        raise _not_a_receipt(name, f"its key `{key}` is missing or of another type")
    return tuple(held)


def _by(held: list[Any] | None, name: str) -> By:
    if held is None or all(isinstance(entry, str) for entry in held):
        return held
    return [
        list(_texts(entry if isinstance(entry, list) else [None], "by", name) or ())
        for entry in held
    ]
