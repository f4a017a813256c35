"""The content of a report, gathered once, in the order of a final report to the European Social Fund."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, Any

from utfall._layout import plain
from utfall.report._document import Facts, Report, heading
from utfall.report._goals import goals, summary
from utfall.report._method import findings, follow_up, method, receipt
from utfall.report._participants import participants
from utfall.report._principles import principles
from utfall.report._source import Source

if TYPE_CHECKING:
    from utfall.report._document import Section


def content(release: Any, language: str | None, title: str | None = None) -> Report:  # noqa: ANN401 - any release
    """Gather a report from a release: an evaluation set free by name, or a publication."""
    source = Source(release, language)
    say = source.say
    chapters: list[Section] = [
        summary(source),
        participants(source),
        goals(source),
        principles(source),
        follow_up(source),
        method(source, _how_protected(release, source.language)),
        findings(source),
        *receipt(source, _receipt(release)),
    ]
    return Report(
        title=heading(title or source.project.name),
        subtitle=say["report"],
        language=source.language,
        banner=_in_language(release, "banner", source.language),
        day=str(source.results.as_of),
        facts=_facts(source),
        chapters=tuple(chapters),
        words=say,
    )


def _in_language(release: Any, name: str, language: str) -> str | None:  # noqa: ANN401 - any release
    """Give a text of a release in a language, where it has it in several."""
    asked = getattr(release, f"{name}_in", None)
    text: str | None = asked(language) if asked is not None else getattr(release, name, None)
    return plain(text) if text else None


def _how_protected(release: Any, language: str) -> str | None:  # noqa: ANN401 - any release
    notes = (_in_language(release, name, language) for name in ("audit_note", "protection_note"))
    return next((note for note in notes if note), None)


def _receipt(release: Any) -> Any:  # noqa: ANN401 - any release
    """Give the receipt of a release: of a protected one a receipt that tells no more than it does."""
    given = getattr(release, "receipt", None)
    if not callable(given):
        return given
    protection = getattr(release, "protection", None)
    if protection is not None and "protection" in signature(given).parameters:
        return given(protection=protection)
    return given()


def _facts(source: Source) -> Facts:
    declared, say = source.declared, source.say
    period = "–".join(str(declared[name]) for name in ("first_day", "last_day") if name in declared)
    facts = [
        (say["owner"], declared.get("owner")),
        (say["project_period"], period),
        (say["as_of"], str(source.results.as_of)),
        (say["content"], declared.get("description")),
    ]
    return Facts(tuple((name, plain(str(text))) for name, text in facts if text))
