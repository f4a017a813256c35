"""What a notebook shows: HTML with inline bars, without scripts, readable in light and dark."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from utfall import _native
from utfall._layout import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utfall._evaluation import Evaluation
    from utfall._project import Project

_WIDTH, _HEIGHT = 150, 18
_MOST_FINDINGS, _MOST_GROUPS = 8, 40
# Both stand out by three to one from white and from black.
_BLUE, _VERMILLION, _ORANGE = "#2b83c6", "#d55e00", "#b97a00"
_SIGNS = {"met": "●", "near": "▲", "not_met": "♦", "not_due": "…", "not_assessable": "–"}
_COLORS = {"met": _BLUE, "near": _ORANGE, "not_met": _VERMILLION}
_SHARES = {"share", "change", "incidence", "coverage", "survey"}

# A notebook's own colours where it says them (JupyterLab, VS Code, marimo); else those of the reader's system, light or dark. Cells are named with their
# class three times, since Jupyter's rules for tables, which set them to the right, weigh as much as two.
_STYLE = """
.utfall{color-scheme:light dark;color:var(--jp-content-font-color1,var(--vscode-foreground,var(--foreground,CanvasText)));
background:var(--jp-layout-color0,var(--vscode-editor-background,var(--background,Canvas)));line-height:1.4;overflow-x:auto;overflow-wrap:break-word}
.utfall table{border-collapse:collapse;margin:.5em 0;font-size:.95em}
.utfall caption{text-align:start;font-weight:600;padding:.3em 0}
.utfall.utfall.utfall th,.utfall.utfall.utfall td{text-align:start;vertical-align:top;padding:.25em .8em .25em 0;background:none;
border-bottom:1px solid color-mix(in srgb,currentColor 18%,transparent);max-width:26em;
overflow-wrap:break-word;white-space:normal}
.utfall.utfall.utfall td.n{text-align:end;white-space:nowrap}
.utfall.utfall.utfall td.k{white-space:nowrap}
.utfall tr.e td{opacity:.72}
.utfall .s{opacity:.72;font-size:.9em}
.utfall ul{margin:.3em 0;padding-inline-start:1.2em;list-style:disc}
.utfall .w{border-inline-start:4px solid #d55e00;padding:.1em .8em;margin:.5em 0}
.utfall tbody th{font-weight:normal}.utfall p{margin:.3em 0;max-width:60em}.utfall h3,.utfall h4{margin:.6em 0 .2em;font-size:1.05em}
.utfall summary{cursor:pointer}.utfall details{margin:.2em 0}
@media (prefers-color-scheme:dark){.utfall .w{border-color:#ff9b57}}
""".replace("\n", "")


def page(content: str, language: str) -> str:
    """Give a part of a page with the style that it needs."""
    return f'<div class="utfall" lang="{language}"><style>{_STYLE}</style>{content}</div>'


def text(shown: str | None) -> str:
    """Escape a text, and keep the direction of its writing to itself.

    >>> text("<b> & \\u202e")
    '<bdi>&lt;b&gt; &amp;</bdi>'
    """
    return f"<bdi>{html.escape(plain(shown or ''))}</bdi>" if shown else ""


def banner(said: str, language: str) -> str:
    """Give what stands above an evaluation that is shown or written as it is."""
    return page(f'<div class="w"><p><strong>{text(said)}</strong></p></div>', language)


def note(said: str, language: str) -> str:
    """Give what stands below a publication: how it is protected."""
    return page(f"<p>{text(said)}</p>", language)


def evaluation_page(evaluation: Evaluation) -> str:
    """Show what a person wants first: warnings, verdicts, groups."""
    language = evaluation.project.language
    words = _native.chart_words(language)
    head = f"<h3>{text(f'{evaluation.project.name} · {evaluation.as_of}')}</h3>"
    description = evaluation.project.description
    parts = [
        head,
        f"<p>{text(description)}</p>" if description else "",
        _warnings(evaluation, words),
        _verdicts(evaluation, language),
        _checks(evaluation, words),
        _groups(evaluation, words),
    ]
    return page("".join(parts), language)


def _warnings(evaluation: Evaluation, words: dict[str, str]) -> str:
    sentences = evaluation.findings["sentence"]
    return (
        f'<div class="w">{_listed(words["warnings"], sentences, evaluation)}</div>'
        if sentences
        else ""
    )


def _checks(evaluation: Evaluation, words: dict[str, str]) -> str:
    """List what the checks of horizontal principles say, where there are any."""
    rows = getattr(evaluation, "checks", ())
    sentences = [row["sentence"] for row in rows if row["current"]]
    return _listed(words["principles"], sentences, evaluation) if sentences else ""


def _listed(heading: str, sentences: Sequence[str], evaluation: Evaluation) -> str:
    shown = [f"<li>{text(sentence)}</li>" for sentence in sentences[:_MOST_FINDINGS]]
    more = len(sentences) - len(shown)
    if more > 0:
        shown.append(f"<li>{_native.counted(more, 'more', evaluation.project.language)}</li>")
    return f"<h4>{heading}</h4><ul>{''.join(shown)}</ul>"


# ── Verdicts ──


def _verdicts(evaluation: Evaluation, language: str) -> str:
    lines = evaluation._native.goal_lines(language)  # noqa: SLF001 - its own sentences
    rows = list(evaluation.verdicts)
    if not rows:
        return ""
    figures = {row["indicator"]: row for row in evaluation.figures if not row["by"]}
    headings = _native.headings(language)
    # The bar stands beside the outcome that it shows.
    names = [*headings[:3], _native.chart_words(language)["interval"].capitalize(), *headings[3:]]
    goals: dict[str, list[tuple[dict[str, Any], list[str]]]] = {}
    for row, line in zip(rows, lines, strict=True):
        goals.setdefault(row["goal"], []).append((row, line))
    body = []
    for name, versions in goals.items():
        # The version in force comes first, earlier ones below it and paler.
        for row, line in reversed(versions):
            verdict = f"{_sign(row['verdict'])} {text(line[3])}"
            goal = interval = ""
            if row["current"]:
                goal = _named(evaluation.project._native.goal_label(name, language), name)  # noqa: SLF001
                interval = _interval(figures.get(row["indicator"]), versions, line[2], language)
            cells = (goal, text(line[1]), text(line[2]), interval, verdict, text(line[4]))
            body.append(_cells(cells, "" if row["current"] else ' class="e"'))
    return _table(names, body)


def _interval(
    figure: dict[str, Any] | None,
    versions: Sequence[tuple[dict[str, Any], list[str]]],
    outcome: str,
    language: str,
) -> str:
    """Draw a figure against every version of its target, and write the interval below."""
    if figure is None:
        return ""
    said = ""
    if figure["low"] is not None and figure["state"] == "value":
        unit = "share" if figure["kind"] in _SHARES else "quantity"
        said = _native.interval_text(figure["low"], figure["high"], unit, language)
    current = versions[-1][0]
    bar = _bar(
        figure, [row for row, _ in versions], current["verdict"], f"{outcome} {said}".strip()
    )
    return f'{bar}<br><span class="s">{said}</span>' if said and bar else bar


def _sign(verdict: str) -> str:
    sign, color = _SIGNS.get(verdict, "–"), _COLORS.get(verdict, "currentColor")
    return f'<span aria-hidden="true" style="color:{color}">{sign}</span>'


def _table(names: Iterable[str], body: Iterable[str], caption: str = "") -> str:
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in names)
    title = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


# ── Groups ──


def _groups(evaluation: Evaluation, words: dict[str, str]) -> str:
    """Show the groups of each column by itself, an indicator at a time; the first is open."""
    language, native = evaluation.project.language, evaluation._native  # noqa: SLF001
    lines = native.group_lines(language)
    shown: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    for row, line in zip(evaluation.figures, lines, strict=True):
        if len(row["by"]) != 1:
            continue
        counts[row["indicator"]] = counts.get(row["indicator"], 0) + 1
        body = shown.setdefault(row["indicator"], [])
        if len(body) < _MOST_GROUPS:
            # A number has no end of its own to be placed before, so only shares are drawn.
            said = f"{line[2]} {line[3]}"
            drawn = row["kind"] in _SHARES or row["state"] == "suppressed"
            bar = _bar(row, (), "", said) if drawn else ""
            body.append(_cells((text(line[1]), text(line[2]), bar, text(line[3]))))
    names = _native.group_headings(language)[1:]
    parts = []
    for index, (indicator, body) in enumerate(shown.items()):
        label = evaluation.project._native.indicator_label(indicator, language)  # noqa: SLF001
        more = counts[indicator] - len(body)
        rest = f"<p>{_native.counted(more, 'more', language)}</p>" if more > 0 else ""
        table = _table([*names[:2], "", names[2]], body)
        is_open = "" if index else " open"
        summary = f"<summary>{text(label or indicator)}</summary>"
        parts.append(f"<details{is_open}>{summary}{table}{rest}</details>")
    overlaps = [f"<p>{text(sentence)}</p>" for sentence in native.overlap_sentences(language)]
    return f"<h4>{words['groups']}</h4>{''.join([*parts, *overlaps])}" if parts else ""


# ── Bars ──


def _bar(
    figure: dict[str, Any] | None, versions: Sequence[dict[str, Any]], verdict: str, said: str
) -> str:
    """Draw value, interval, bounds and targets on a line; a protected figure has no place on it."""
    if figure is None:
        return ""
    if figure["state"] == "suppressed":
        box = f'<rect x="1" y="3" width="{_WIDTH - 2}" height="12" fill="none" stroke="currentColor" stroke-dasharray="4 3"/>'
        return _svg(box, said)
    value = figure["value"]
    if value is None:
        return ""
    targets = [(number, row["current"]) for row in versions for number in _numbers(row["target"])]
    is_share = figure["kind"] in _SHARES
    numbers = [value, figure["high"] or 0.0, *(number for number, _ in targets)]
    top = 1.0 if is_share else max(numbers) * 1.05
    if min(numbers) < 0 or top <= 0:
        return ""
    ends = [
        (figure["bound_low"], figure["bound_high"], 9, 0.2),
        (figure["low"], figure["high"], 2, 0.75),
    ]
    marks = [_line(0, _WIDTH, 1, 0.35)]
    marks += [
        _line(_place(low, top), _place(high, top), thick, strength)
        for low, high, thick, strength in ends
        if low is not None and high is not None and low < high and (is_share or thick == 2)  # noqa: PLR2004
    ]
    marks += [_tick(_place(number, top), is_current=current) for number, current in targets]
    color = _COLORS.get(verdict, _BLUE)
    marks.append(f'<circle cx="{_place(value, top):.1f}" cy="9" r="4.5" fill="{color}"/>')
    return _svg("".join(marks), said)


def _svg(marks: str, said: str) -> str:
    label = html.escape(plain(said))
    return (
        f'<svg role="img" aria-label="{label}" width="{_WIDTH}" height="{_HEIGHT}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}">{marks}</svg>'
    )


def _place(number: float, top: float) -> float:
    return 5 + number / top * (_WIDTH - 10)


def _line(start: float, end: float, thick: int, strength: float) -> str:
    return (
        f'<line x1="{start:.1f}" x2="{end:.1f}" y1="9" y2="9" stroke="currentColor" '
        f'stroke-width="{thick}" stroke-opacity="{strength}"/>'
    )


def _tick(place: float, *, is_current: bool) -> str:
    dash = "" if is_current else ' stroke-dasharray="2 2"'
    return (
        f'<line x1="{place:.1f}" x2="{place:.1f}" y1="1" y2="17" stroke="currentColor" '
        f'stroke-width="{2 if is_current else 1}"{dash}/>'
    )


def _numbers(target: str | None) -> list[float]:
    """Give the numbers of a target as the table of verdicts writes it; none of a rating."""
    if target == "all":
        return [1.0]
    words = re.sub(r"^(at_least|at_most|between) ", "", target or "").split(" and ")
    if not all(re.fullmatch(r"-?\d+(\.\d+)?", word) for word in words):
        return []
    return [float(word) for word in words]


# ── Projects ──


def project_page(project: Project) -> str:
    """Show what a project declares: goals with their targets, indicators, registers."""
    import json  # noqa: PLC0415 - beside its use

    language, declared = project.language, json.loads(project.to_json())
    words, native = _native.chart_words(language), project._native  # noqa: SLF001
    period = "–".join(str(declared[name]) for name in ("first_day", "last_day") if name in declared)
    facts = [declared.get("description"), declared.get("owner"), period]
    head = f"<h3>{text(project.name)}</h3>" + "".join(
        f"<p>{text(fact)}</p>" for fact in facts if fact
    )
    goals, indicators = declared.get("goals", {}), declared.get("indicators", {})
    goal_rows = []
    for name, goal in goals.items():
        versions = [
            f"{text(native.target_text(name, target['from'], language))} ({target['from']})"
            for target in goal.get("targets", [])
        ]
        cells = (
            _named(native.goal_label(name, language), name),
            text(words[goal["level"]]),
            "<br>".join(versions),
        )
        goal_rows.append(_cells(cells))
    indicator_rows = [
        _cells(
            (
                _named(native.indicator_label(name, language), name),
                text(words[parts["kind"]]),
                text(parts["register"]),
            )
        )
        for name, parts in indicators.items()
    ]
    register_rows = [
        _cells(
            (
                f"<code>{text(name)}</code>",
                text(parts["unit"]),
                ", ".join(map(text, parts.get("columns", {}))),
            )
        )
        for name, parts in declared.get("registers", {}).items()
    ]
    tables = [
        ((words["goals"], words["level"].capitalize(), words["target"].capitalize()), goal_rows),
        ((words["indicators"], words["kind"].capitalize(), words["registers"]), indicator_rows),
        (
            (words["registers"], words["row"].capitalize(), words["columns"].capitalize()),
            register_rows,
        ),
    ]
    return page(head + "".join(_table(names, rows) for names, rows in tables if rows), language)


def _named(label: str | None, name: str) -> str:
    return f"{text(label or name)}<br><code>{text(name)}</code>"


def _cells(cells: Iterable[str], attributes: str = "") -> str:
    return f"<tr{attributes}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
