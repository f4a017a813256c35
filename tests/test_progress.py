"""A long count can be watched and stopped."""

from __future__ import annotations

import io
import itertools

import pytest

import utfall as uf
from utfall import _command_line, _progress

PROJECT = """
schema = 1
name = "Long"
[registers.rows]
unit = "row"
columns.sort = { header = "Slag", type = "level", levels = ["a", "b"] }
[indicators.rows]
kind = "count"
register = "rows"
"""


@pytest.fixture
def long_file(tmp_path):
    """More rows than are counted at a time."""
    path = tmp_path / "rows.csv"
    path.write_text("Slag\n" + "a\nb\n" * 70_000, encoding="utf-8")
    return path


class Terminal(io.StringIO):
    """A standard error that a person looks at."""

    def isatty(self):
        """Say yes."""
        return True


def interrupt(*_):
    raise KeyboardInterrupt


def test_the_rows_counted_are_told(long_file, monkeypatch):
    told = []
    monkeypatch.setattr(_progress.Progress, "tell", lambda _, *progress: told.append(progress))
    evaluation = uf.Project.from_toml(PROJECT).evaluate({"rows": long_file}, "2022-06-30")
    assert evaluation["rows"].value == 140_000
    assert [name for name, _, _ in told] == ["rows"] * len(told)
    counts = [rows for _, rows, _ in told]
    assert counts == sorted(counts)
    assert counts


def test_an_interrupt_stops_the_count(long_file, monkeypatch):
    monkeypatch.setattr(_progress.Progress, "tell", interrupt)
    project = uf.Project.from_toml(PROJECT)
    with pytest.raises(KeyboardInterrupt):
        project.evaluate({"rows": long_file}, "2022-06-30")
    with pytest.raises(KeyboardInterrupt):
        project.tally({"rows": long_file}, "2022-06-30")


def test_an_interrupt_ends_the_command_line_without_a_traceback(
    long_file, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(_progress.Progress, "tell", interrupt)
    project = tmp_path / "project.toml"
    project.write_text(PROJECT, encoding="utf-8")
    arguments = ["evaluate", str(project), f"rows={long_file}", "--as-of", "2022-06-30"]
    assert _command_line.main(arguments) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_the_bar_comes_after_two_seconds_and_goes_at_the_end(monkeypatch):
    terminal = Terminal()
    clock = itertools.count(start=0.0, step=0.9)
    monkeypatch.setattr(_progress.sys, "stderr", terminal)
    monkeypatch.setattr(_progress.time, "monotonic", lambda: next(clock))
    with _progress.Progress() as progress:
        progress.tell("rows", 10, 100)
        progress.tell("rows", 20, 100)
        assert terminal.getvalue() == ""
        progress.tell("rows", 50, 100)
        assert terminal.getvalue().startswith("\rrows ███")
        assert terminal.getvalue().endswith(" 50%")
        progress.tell("rows", 12_000, None)
        assert terminal.getvalue().endswith("\rrows 12\N{NO-BREAK SPACE}000 rows")
    assert terminal.getvalue().endswith(" \r")
