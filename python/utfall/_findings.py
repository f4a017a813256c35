"""Findings: what somebody should look at, told with subject, count and rows, never with a value."""

from __future__ import annotations

import html
import textwrap
from typing import TYPE_CHECKING, Any

from utfall._errors import UtfallError
from utfall._table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from utfall import _native

_SEVERITIES = ("error", "warning", "note")
_LANGUAGES = ("sv", "en")

_WORDS = {
    "sv": {
        "error": ("fel", "fel"),
        "warning": ("varning", "varningar"),
        "note": ("anmärkning", "anmärkningar"),
    },
    "en": {
        "error": ("error", "errors"),
        "warning": ("warning", "warnings"),
        "note": ("note", "notes"),
    },
}

_NONE = {"sv": "Inga fynd.", "en": "No findings."}


class Findings:
    """Findings, the gravest first: from a review, a check, or whatever else looks for them.

    Iterating gives each as a dictionary with the columns of :attr:`table`. :meth:`filter` narrows
    them down, :meth:`to_text` lays them out, and a notebook shows them as a table. Sentences are in
    the language of the project, unless another is asked for by :meth:`in_language`.

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
    ... leads_to = ["skills"]
    ... [goals.skills]
    ... level = "organisation"
    ... tier = "effect"
    ... sv = "Framtida kompetensförsörjning"
    ... ''')
    >>> findings = project.review()
    >>> len(findings), findings.counts
    (10, {'warning': 4, 'note': 6})
    >>> next(iter(findings))["code"]
    'goal_without_indicator'
    """

    def __init__(self, native: _native.Findings, language: str = "sv") -> None:
        self._native = native
        self._language = language

    @property
    def language(self) -> str:
        """The language of the sentences: ``sv`` or ``en``."""
        return self._language

    @property
    def table(self) -> Table:
        """The findings as a table for data frames.

        Columns ``code``, ``family``, ``severity``, ``subject``, ``register``, ``column``,
        ``indicator``, ``count``, ``rows`` (the first ten, from 1 after the header), ``facts``
        (JSON) and ``sentence``.
        """
        return Table(self._native.table(self._language))

    @property
    def codes(self) -> list[str]:
        """The code of each finding, in order."""
        return [str(code) for code in self.table["code"]]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity, the gravest first; none is left out."""
        severities = self.table["severity"]
        counted = {severity: severities.count(severity) for severity in _SEVERITIES}
        return {severity: count for severity, count in counted.items() if count}

    def __len__(self) -> int:
        """How many findings there are."""
        return len(self._native)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each finding as a dictionary."""
        return iter(self.table)

    def __getitem__(self, column: str) -> list[Any]:
        """Give the values of a column of :attr:`table`."""
        return self.table[column]

    def filter(
        self,
        *,
        severity: str | Iterable[str] | None = None,
        family: str | Iterable[str] | None = None,
        code: str | Iterable[str] | None = None,
    ) -> Findings:
        """Keep the findings of some severities, families or codes.

        Parameters
        ----------
        severity : str or list of str, optional
            ``error``, ``warning``, ``note``.
        family : str or list of str, optional
            Which question they answer: ``register``, ``review``, ``check`` and others.
        code : str or list of str, optional
            What they are, by the catalogue of findings.

        Returns
        -------
        Findings
            Those that meet everything asked for, in the same order.

        Raises
        ------
        UtfallError
            If there is no such severity (``unknown_name``).

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Likes"
        ... [goals.employers]
        ... level = "organisation"
        ... tier = "project"
        ... ''')
        >>> project.review().filter(severity="warning", code="goal_without_time").codes
        ['goal_without_time']
        """
        wanted = {"severity": _set(severity), "family": _set(family), "code": _set(code)}
        for word in wanted["severity"] or ():
            if word not in _SEVERITIES:
                message = f"there is no severity `{word}`; there are {', '.join(_SEVERITIES)}"
                raise UtfallError(message, "unknown_name")
        places = [
            place
            for place, row in enumerate(self.table)
            if all(words is None or row[name] in words for name, words in wanted.items())
        ]
        return Findings(self._native.at(places), self._language)

    def in_language(self, language: str) -> Findings:
        """Give the same findings with sentences in ``sv`` or ``en``.

        Raises
        ------
        UtfallError
            If there is no such language (``unknown_name``).

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> print(project.review().in_language("en"))
        No findings.
        """
        if language not in _LANGUAGES:
            message = f"there is no language `{language}`; there are {', '.join(_LANGUAGES)}"
            raise UtfallError(message, "unknown_name")
        return Findings(self._native, language)

    def to_text(self, *, width: int = 100) -> str:
        """Lay the findings out as plain text of at most ``width`` columns.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Likes"
        ... language = "en"
        ... [goals.employers]
        ... level = "organisation"
        ... tier = "effect"
        ... ''')
        >>> findings = project.review().filter(severity="warning")
        >>> print(findings.to_text(width=60))
        1 warning
        <BLANKLINE>
        warning  No goal leads to the long-term effect `employers`.
                 Write which goal contributes to it, or leave it
                 out. [effect_without_goal]
        """
        if not len(self):
            return _NONE[self._language]
        size = max(len(self._word(severity)) for severity in self.counts) + 2
        lines = [self._summary(), ""]
        for row in self:
            head = self._word(row["severity"]).ljust(size)
            lines += textwrap.wrap(
                f"{row['sentence']} [{row['code']}]",
                max(width, size + 20),
                initial_indent=head,
                subsequent_indent=" " * size,
                break_on_hyphens=False,
            )
        return "\n".join(lines)

    def __repr__(self) -> str:
        """Lay the findings out as plain text."""
        return self.to_text()

    def _repr_html_(self) -> str:
        from utfall._display import page  # noqa: PLC0415 - for notebooks only

        if not len(self):
            return f"<p>{html.escape(self.to_text())}</p>"
        rows = "".join(
            f'<tr><td class="k">{self._word(row["severity"])}</td><td>{html.escape(row["subject"])}</td>'
            f"<td>{html.escape(row['sentence'])}</td>"
            f"<td><code>{row['code']}</code></td></tr>"
            for row in self
        )
        headings = {
            "sv": ("Grad", "Var", "Fynd", "Kod"),
            "en": ("Severity", "Where", "Finding", "Code"),
        }[self._language]
        head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
        caption = f"<caption>{html.escape(self._summary())}</caption>"
        table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        return page(table, self._language)

    def _word(self, severity: str) -> str:
        return _WORDS[self._language][severity][0]

    def _summary(self) -> str:
        words = _WORDS[self._language]
        parts = (f"{count} {words[name][count != 1]}" for name, count in self.counts.items())
        return ", ".join(parts)


class Soundness(Findings):
    """The findings of a check of registers, with what is complete, valid and in time.

    Examples
    --------
    >>> import pyarrow as pa
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('''
    ... schema = 1
    ... name = "Likes"
    ... [registers.people]
    ... unit = "person"
    ... by = ["subproject"]
    ... mandatory = ["gender"]
    ... columns.subproject = { header = "Delprojekt", type = "level", levels = ["East", "West"] }
    ... columns.gender = { header = "Kön", type = "level", levels = ["Kvinna", "Man"] }
    ... ''')
    >>> people = pa.table({"Delprojekt": ["East", "East", "West"], "Kön": ["Man", None, "Man"]})
    >>> check = project.check({"people": people}, as_of="2022-06-30")
    >>> [(row["level"], row["complete"], row["units"]) for row in check.quality]
    [(None, 2, 3), ('East', 1, 2), ('West', 1, 1)]
    """

    def __init__(self, soundness: _native.Soundness, language: str = "sv") -> None:
        super().__init__(soundness.findings(), language)
        self._soundness = soundness

    @property
    def quality(self) -> Table:
        """How much is complete, valid and followed up in time: everybody and each crossed level.

        Columns ``register``, ``by``, ``level`` (both null for everybody), the counts ``units``,
        ``complete`` (every mandatory column known; null where none is declared), ``valid`` (nothing
        in the row that cannot be right), ``due`` (follow-ups, over all indicators; null where there
        are none), ``timely`` (those of the due with an outcome in its window), and the shares
        ``complete_share``, ``valid_share`` (of units) and ``timely_share`` (of due).
        """
        return Table(self._soundness.quality())

    @property
    def missing(self) -> Table:
        """How often each column is not known: everybody and each crossed level.

        Columns ``register``, ``column``, ``by``, ``level`` (both null for everybody), ``units``,
        ``missing``.
        """
        return Table(self._soundness.missing())


def _set(words: str | Iterable[str] | None) -> set[str] | None:
    if words is None:
        return None
    return {words} if isinstance(words, str) else set(words)
