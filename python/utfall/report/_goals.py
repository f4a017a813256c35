"""The chapter on goals: on each level the goals with their results, then what each rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from utfall._layout import plain
from utfall.plots._results import SHARES
from utfall.report._comparisons import comparisons
from utfall.report._document import (
    Block,
    Cell,
    Facts,
    Paragraph,
    Section,
    Table,
    anchors,
    heading,
)
from utfall.report._indicators import indicator_blocks

if TYPE_CHECKING:
    from utfall.plots._results import Row
    from utfall.report._source import Source

_LEVELS = ("individual", "organisation", "structure")
_VERDICTS = ("met", "near", "not_met", "not_due", "not_assessable")


def summary(source: Source) -> Section:
    """Give the chapter that comes first: how many goals have which verdict, and each in a sentence."""
    say = source.say
    text = say["summary_text"].format(project=plain(source.project.name), day=source.results.as_of)
    blocks: list[Block] = [Paragraph(text)]
    found = len(source.in_language("findings"))
    if found:
        count = source.counted(found, "")
        blocks.append(Paragraph(say["summary_findings"].format(count=count), is_warning=True))
    if source.table("verdicts"):
        blocks += [*_by_verdict(source), *source.chart("goals")]
    else:
        blocks.append(Paragraph(say["no_goals"]))
    return Section("summary", say["summary"], tuple(blocks))


def _by_verdict(source: Source) -> list[Table]:
    """Count the verdicts now in force, those computed and those declared apart."""
    current = [row for row in source.table("verdicts") if row["current"]]
    rows = []
    for verdict in (*_VERDICTS, None):
        of_it = [row for row in current if row["verdict"] == verdict]
        declared = sum(row["basis"] == "declared" for row in of_it)
        numbers = [source.number_cell(len(of_it) - declared), source.number_cell(declared)]
        if of_it:
            rows.append((source.verdict_cell(of_it[0]), *numbers))
    columns = source.columns("verdict", "computed", "declared", numbers=("computed", "declared"))
    return source.table_of(source.say["verdicts_caption"], columns, rows)


def goals(source: Source) -> Section:
    """Give the chapter: a part for each level, then indicators without a goal, then differences."""
    say, declared = source.say, source.declared.get("goals", {})
    versions: dict[str, list[Row]] = {}
    for row in source.table("verdicts"):
        versions.setdefault(row["goal"], []).append(row)
    names = dict(zip(versions, anchors(list(versions), "goal"), strict=True))
    told: set[str] = set()
    parts = []
    for level in _LEVELS:
        of_level = {
            name: rows for name, rows in versions.items() if declared[name]["level"] == level
        }
        if of_level:
            title = say[f"level_{level}"]
            under = [
                _goal(source, name, names[name], rows, told) for name, rows in of_level.items()
            ]
            table = _table(source, title, of_level)
            parts.append(Section(f"goals-{level}", title, tuple(table), tuple(under)))
    parts += _others(source, told)
    parts += comparisons(source)
    blocks = () if versions else (Paragraph(say["no_goals"]),)
    return Section("goals", say["goals"], blocks, tuple(parts))


def _table(source: Source, level: str, goals: dict[str, list[Row]]) -> list[Table]:
    """Give the goals of a level: the version of the target in force first, earlier ones below."""
    rows = []
    has_interval = False
    for name, versions in goals.items():
        figure = source.overall(versions[-1]["indicator"])
        unit = "share" if figure is not None and figure["kind"] in SHARES else "quantity"
        interval = (
            Cell("–") if figure is None else source.interval_cell(figure, "low", "high", unit)
        )
        has_interval = has_interval or interval.text != "–"
        for row in reversed(versions):
            is_protected = bool(row.get("protected"))
            settled = row["settled"]
            rows.append(
                (
                    Cell(source.goal_name(name)),
                    source.text_cell(_target(source, row, len(versions) > 1)),
                    source.outcome_cell(figure),
                    interval,
                    source.verdict_cell(row),
                    source.cell(row, "units_short"),
                    source.flag_cell(
                        None if settled is None else not settled, is_protected=is_protected
                    ),
                )
            )
    columns = source.columns(
        "goal", "target", "outcome", "interval", "verdict", "short", "open", numbers=["short"]
    )
    notes = [source.say["short_note"], *([source.say["interval_note"]] if has_interval else [])]
    caption = source.say["goals_caption"].format(level=level.lower())
    return source.table_of(caption, columns, rows, notes=notes)


def _target(source: Source, row: Row, has_versions: bool) -> str:  # noqa: FBT001 - told by place
    if not row["target"]:
        return ""
    day = str(row["target_from"])
    text = source.project._native.target_text(row["goal"], day, source.language) or row["target"]  # noqa: SLF001
    return f"{text} ({source.say['from_day'].lower()} {day})" if has_versions else text


def _goal(source: Source, name: str, anchor: str, versions: list[Row], told: set[str]) -> Section:
    """Give a goal: its sentence, what the project file says of it, and what its outcome rests on."""
    declared = source.declared["goals"][name]
    blocks: list[Block] = [Paragraph(plain(source.sentences[name]))]
    facts = _facts(source, declared)
    if facts:
        blocks.append(Facts(tuple(facts)))
    blocks += [*_versions(source, name, declared), *_evidence(source, name, declared)]
    if len(declared.get("targets", [])) > 1:
        blocks += source.chart("targets", goal=name)
    indicator = versions[-1]["indicator"]
    if indicator is not None and indicator not in told:
        told.add(indicator)
        blocks += indicator_blocks(source, indicator)
    return Section(anchor, heading(source.goal_name(name)), tuple(blocks))


def _facts(source: Source, declared: dict[str, Any]) -> list[tuple[str, str]]:
    say = source.say
    facts = [(say["tier"], say[f"tier_{declared['tier']}"])]
    if declared.get("indicator"):
        facts.append((say["indicator"], source.indicator_name(declared["indicator"])))
    if declared.get("leads_to"):
        names = [source.goal_name(name) for name in declared["leads_to"]]
        facts.append((say["leads_to"], "; ".join(names)))
    for key, word in (("source", "verified_by"), ("due_on", "due_on")):
        if declared.get(key):
            facts.append((say[word], plain(str(declared[key]))))
    baseline = declared.get("baseline")
    if baseline:
        overall = source.overall(declared.get("indicator"))
        unit = "share" if overall is not None and overall["kind"] in SHARES else "quantity"
        parts = [str(baseline[key]) for key in ("on", "source") if baseline.get(key)]
        value = source.number(float(baseline["value"]), unit)
        facts.append((say["baseline"], plain(f"{value} ({', '.join(parts)})")))
    facts += [(say["assumptions"], plain(text)) for text in declared.get("assumptions", [])]
    return facts


def _versions(source: Source, name: str, declared: dict[str, Any]) -> list[Table]:
    """Give every version of a target with who decided it and why, where that is said."""
    targets = declared.get("targets", [])
    if not any(target.get(key) for target in targets for key in ("decided_by", "why", "source")):
        return []
    native = source.project._native  # noqa: SLF001 - the words of the target
    rows = [
        (
            Cell(str(target["from"])),
            source.text_cell(native.target_text(name, str(target["from"]), source.language)),
            *(source.text_cell(target.get(key)) for key in ("decided_by", "why", "source")),
        )
        for target in targets
    ]
    columns = source.columns("from_day", "target", "decided_by", "why", "source")
    caption = source.say["versions_caption"].format(goal=source.goal_name(name))
    return source.table_of(caption, columns, rows)


def _evidence(source: Source, name: str, declared: dict[str, Any]) -> list[Table]:
    rows = [
        (
            source.text_cell(_part(source, evidence.get("where")) or source.say["whole"]),
            source.text_cell(evidence["rating"]),
            source.text_cell(evidence["on"]),
            source.text_cell(evidence["source"]),
        )
        for evidence in declared.get("evidence", [])
    ]
    columns = source.columns("part", "rating", "day", "source")
    return source.table_of(
        source.say["evidence_caption"].format(goal=source.goal_name(name)), columns, rows
    )


def _part(source: Source, where: dict[str, Any] | None) -> str:
    """Name a part of the project by its levels, as the register that has the column calls them."""
    names = []
    for column, code in (where or {}).items():
        labels = (source.level_name(name, column, str(code)) for name in source.project.registers)
        names.append(next((label for label in labels if label != code), plain(str(code))))
    return ", ".join(names)


def _others(source: Source, told: set[str]) -> list[Section]:
    """Give the indicators that no goal has; counts stand in the chapter on participants."""
    parts = []
    names = [
        name
        for name in source.project.indicators
        if name not in told and (source.overall(name) or {"kind": "count"})["kind"] != "count"
    ]
    for name, anchor in zip(names, anchors(names, "indicator"), strict=True):
        title = heading(source.indicator_name(name))
        parts.append(Section(anchor, title, tuple(indicator_blocks(source, name))))
    if not parts:
        return []
    return [Section("goals-others", source.say["other_indicators"], (), tuple(parts))]
