"""Receipts held against what is at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from utfall import _native
from utfall._errors import UtfallError
from utfall._hashes import files_of, hasher
from utfall._layout import plain
from utfall._receipt_made import is_salt_of, receipt_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utfall._evaluation import Evaluation
    from utfall._project import Project
    from utfall._receipt import Receipt, ReceiptRegister
    from utfall._sources import Source

_SIGNS = {"agrees": "✓", "differs": "✗", "not_checked": "–"}
_LANGUAGES = ("sv", "en")


@dataclass(frozen=True)
class VerifiedPart:
    """What came of holding one part of a receipt against what is at hand.

    Attributes
    ----------
    part : str
        ``project``, ``project_file``, ``units``, ``tally``, ``files``, ``table``, or ``register`` for
        one that was given and that the receipt does not have.
    name : str
        The register or the table; empty for the project.
    state : str
        ``agrees``, ``differs`` or ``not_checked``.
    reason : str or None
        Why it was not checked: ``register_not_given``, ``no_file``, ``not_recorded``, ``no_salt``,
        ``other_form``, ``not_recomputed``.
    sentence : str
        The same in words.

    Examples
    --------
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"\\nlanguage = "en"')
    >>> receipt = project.evaluate({}, as_of="2022-06-30").receipt()
    >>> receipt.verify(project).parts[0].state
    'agrees'
    """

    part: str
    name: str
    state: str
    reason: str | None
    sentence: str


@dataclass(frozen=True, repr=False)
class Verification:
    """A receipt held against a project and registers: what agrees, what differs, what was not checked.

    Attributes
    ----------
    parts : tuple of VerifiedPart
        One for each hash and number of the receipt.
    language : str
        ``sv`` or ``en``.

    Examples
    --------
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"\\nlanguage = "en"')
    >>> receipt = project.evaluate({}, as_of="2022-06-30").receipt()
    >>> renamed = uf.Project.from_toml('schema = 1\\nname = "Likes II"\\nlanguage = "en"')
    >>> verification = receipt.verify(renamed)
    >>> verification.agrees
    False
    >>> [part.sentence for part in verification if part.state == "differs"]
    ['the project, as its file declares it: differs']
    """

    parts: tuple[VerifiedPart, ...]
    language: str

    @property
    def agrees(self) -> bool:
        """Whether nothing that was checked differs, and something was checked."""
        states = {part.state for part in self.parts}
        return "agrees" in states and "differs" not in states

    @property
    def sentence(self) -> str:
        """One sentence on all parts."""
        states = [part.state for part in self.parts]
        agree, differ, rest = (states.count(state) for state in _SIGNS)
        return _native.receipt_sentence(agree, differ, rest, self.language)

    def __iter__(self) -> Iterator[VerifiedPart]:
        """Each part, in the order of the receipt."""
        return iter(self.parts)

    def __len__(self) -> int:
        """How many parts there are."""
        return len(self.parts)

    def __repr__(self) -> str:
        """Lay the parts out as plain text."""
        lines = [plain(f"{_SIGNS[part.state]} {part.sentence}") for part in self.parts]
        return "\n".join([self.sentence, "", *lines])

    def _repr_html_(self) -> str:
        from utfall._display import page, text  # noqa: PLC0415 - only a notebook needs it

        items = "".join(
            f"<li>{_SIGNS[part.state]} {text(part.sentence)}</li>" for part in self.parts
        )
        return page(f"<p><strong>{text(self.sentence)}</strong></p><ul>{items}</ul>", self.language)


def verification(
    receipt: Receipt,
    project: Project,
    registers: Mapping[str, Source],
    salt: bytes | None,
    language: str | None,
) -> Verification:
    """Hold a receipt against a project and registers."""
    language = language or project.language
    if language not in _LANGUAGES:
        message = f"there is no language `{language}`; there are {', '.join(_LANGUAGES)}"
        raise UtfallError(message, "unknown_name")
    if salt is not None and not is_salt_of(receipt, salt):
        message = "the receipt was not made with this salt; hand over the one that it was made with"
        raise UtfallError(message, "wrong_salt")
    states = list(_states(receipt, project, registers, salt))
    parts = tuple(_part(part, name, state, language) for part, name, state in states)
    return Verification(parts, language)


def _part(part: str, name: str, state: str, language: str) -> VerifiedPart:
    is_checked = state in ("agrees", "differs")
    return VerifiedPart(
        part,
        name,
        state if is_checked else "not_checked",
        None if is_checked else state,
        _native.receipt_line(part, name, state, language) or state,
    )


def _states(
    receipt: Receipt, project: Project, registers: Mapping[str, Source], salt: bytes | None
) -> Iterator[tuple[str, str, str]]:
    evaluation = project.evaluate(
        registers, as_of=receipt.as_of, by=receipt.by, level=receipt.level
    )
    found = receipt_of(evaluation, salt=salt)
    yield "project", "", _same(receipt.project_hash, found.project_hash)
    if receipt.project_file is not None:
        file = found.project_file
        yield "project_file", "", "no_file" if file is None else _same(receipt.project_file, file)
    unreadable = _unreadable(receipt, salt)
    counted = {register.name: register for register in found.registers}
    for register in receipt.registers:
        source = registers.get(register.name)
        for part, state in _of_register(register, counted, source, unreadable, salt):
            yield part, register.name, state
    recorded = {register.name for register in receipt.registers}
    for name in counted:
        if name not in recorded:
            yield "register", name, "differs"
    is_whole = recorded <= set(counted)
    rules = receipt.protection or {}
    tables = _published(evaluation, rules) if "after" in rules else found.tables
    for name, held in receipt.tables.items():
        yield "table", name, _of_table(held, tables.get(name), is_whole, receipt, salt)


def _published(evaluation: Evaluation, rules: Mapping[str, Any]) -> Mapping[str, str | None]:
    """Give the hashes of tables as they are published; none after other publications, which are not at hand."""
    if rules["after"] != 0:
        return {}
    publication = evaluation.publish(
        threshold=rules["threshold"],
        zeros=str(rules.get("zeros")),
        tables=rules.get("tables"),
        open_registers=rules.get("open_registers") or (),
        certain_shares=rules.get("certain_shares", "flagged"),
        printed_tables=rules.get("printed_tables", False),
        exact=rules.get("exact", True),
    )
    return publication.receipt().tables


def _unreadable(receipt: Receipt, salt: bytes | None) -> str | None:
    """Why hashes of counts cannot be held against others, if they cannot."""
    if receipt.salt_check is not None and salt is None:
        return "no_salt"
    return "other_form" if receipt.form != _native.tally_form() else None


def _of_register(
    register: ReceiptRegister,
    counted: Mapping[str, ReceiptRegister],
    source: Source | None,
    unreadable: str | None,
    salt: bytes | None,
) -> Iterator[tuple[str, str]]:
    found = counted.get(register.name)
    if found is None:
        yield from ((part, "register_not_given") for part in ("units", "tally", "files"))
        return
    yield "units", _held(register.units, found.units, None)
    yield "tally", _held(register.tally, found.tally, unreadable)
    if register.files is None:
        yield "files", "not_recorded"
        return
    no_salt = unreadable if unreadable == "no_salt" else None
    files = None if no_salt else files_of(source, hasher(salt))
    yield "files", no_salt or ("no_file" if files is None else _same(register.files, files))


def _of_table(
    held: str | None,
    found: str | None,
    is_whole: bool,  # noqa: FBT001
    receipt: Receipt,
    salt: bytes | None,
) -> str:
    if held is not None and found is None:
        return "not_recomputed"
    if not is_whole:
        return "register_not_given"
    no_salt = receipt.salt_check is not None and salt is None
    return _held(held, found, "no_salt" if no_salt else None)


def _held(held: object, found: object, unreadable: str | None) -> str:
    if held is None:
        return "not_recorded"
    return unreadable or _same(held, found)


def _same(held: object, found: object) -> str:
    return "agrees" if held == found else "differs"
