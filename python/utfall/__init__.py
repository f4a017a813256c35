"""What was promised, what came out, how sure are we, and does it hold for every group.

A project describes its registers, indicators, goals and targets in a file; :class:`Project` reads
it, :meth:`Project.evaluate` takes the registers and gives an :class:`Evaluation`: every figure with
its counts, every goal with its verdict.

>>> import utfall as uf
>>> uf.__version__
'0.1.0'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from utfall._errors import ProjectError, RegisterError, UtfallError
from utfall._project import Project, json_schema
from utfall._table import Table
from utfall._tally import Tally

if TYPE_CHECKING:
    from utfall import disclosure, plots, report, stats
    from utfall._check import Check, CheckResult
    from utfall._difference import Difference, diff
    from utfall._evaluation import Evaluation
    from utfall._explanation import Explanation
    from utfall._figure import Figure
    from utfall._file import File, Reading, read
    from utfall._findings import Findings, Soundness
    from utfall._goal import Goal, Verdict
    from utfall._merging import ProposedMerging
    from utfall._publication import Publication
    from utfall._receipt import Receipt, ReceiptRegister
    from utfall._unprotected import Unprotected
    from utfall._verification import Verification, VerifiedPart

# Imported when first asked for, so that importing the package is quick.
_ON_DEMAND = {
    "Check": "utfall._check",
    "CheckResult": "utfall._check",
    "Difference": "utfall._difference",
    "Evaluation": "utfall._evaluation",
    "Explanation": "utfall._explanation",
    "Figure": "utfall._figure",
    "File": "utfall._file",
    "Findings": "utfall._findings",
    "Goal": "utfall._goal",
    "ProposedMerging": "utfall._merging",
    "Publication": "utfall._publication",
    "Reading": "utfall._file",
    "Receipt": "utfall._receipt",
    "ReceiptRegister": "utfall._receipt",
    "Soundness": "utfall._findings",
    "Unprotected": "utfall._unprotected",
    "Verdict": "utfall._goal",
    "Verification": "utfall._verification",
    "VerifiedPart": "utfall._verification",
    "diff": "utfall._difference",
    "read": "utfall._file",
}

__version__ = "0.1.0"

__all__ = [
    "Check",
    "CheckResult",
    "Difference",
    "Evaluation",
    "Explanation",
    "Figure",
    "File",
    "Findings",
    "Goal",
    "Project",
    "ProjectError",
    "ProposedMerging",
    "Publication",
    "Reading",
    "Receipt",
    "ReceiptRegister",
    "RegisterError",
    "Soundness",
    "Table",
    "Tally",
    "Unprotected",
    "UtfallError",
    "Verdict",
    "Verification",
    "VerifiedPart",
    "__version__",
    "diff",
    "disclosure",
    "json_schema",
    "plots",
    "read",
    "report",
    "stats",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a class or a module
    """Import what is not there from the start."""
    if name in {"disclosure", "plots", "report", "stats"}:
        return import_module(f"utfall.{name}")
    if name in _ON_DEMAND:
        return getattr(import_module(_ON_DEMAND[name]), name)
    message = f"module 'utfall' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    """List everything public, imported or not."""
    return __all__
