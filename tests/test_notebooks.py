"""Notebooks run from the first cell to the last, and what a cell ends with can be shown."""

from __future__ import annotations

import ast
import json

import pytest
from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "examples").rglob("*.ipynb"))


def shown(value):
    """Ask a value for what a notebook would show of it."""
    bundle = getattr(value, "_repr_mimebundle_", None)
    page = getattr(value, "_repr_html_", None)
    if bundle is not None:
        return bundle()
    return page() if page is not None else repr(value)


def run(cell, names):
    """Run a cell and give what its last line comes to."""
    tree = ast.parse(cell)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - our own cells
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path, monkeypatch):
    monkeypatch.chdir(path.parent)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    names = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []  # kept without what came out of it
            value = run("".join(cell["source"]), names)
            assert value is None or shown(value)
