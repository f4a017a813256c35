"""What may be published: numbers to masks, so that an attacker with a solver learns nothing.

Counts of few persons are hidden, and enough others that nobody who holds everything published can
compute them; every result carries its audit. Knows nothing of projects. What cannot be meant is an
:class:`~utfall.UtfallError`. Needs NumPy, which ``utfall[stats]`` brings.

>>> from utfall import disclosure
>>> women_and_men = [[31, 4], [17, 7], [18, 5], [26, 34]]
>>> safe = disclosure.protect(women_and_men)
>>> int(safe.hidden.sum()), safe.audit.passes
(4, True)
>>> print(safe)
  .   .  35
  .   .  24
 18   5  23
 26  34  60
 92  50 142
4 av 15 antal är dolda: små antal, och det som de kunde räknas fram ur.
"""

from utfall.disclosure._amounts import dominates, p_percent
from utfall.disclosure._audit import Audit, AuditedCell
from utfall.disclosure._cells import HiddenCells, audit_cells, protect_cells
from utfall.disclosure._merging import MergedLevels, merge_levels
from utfall.disclosure._noise import NoisyTable, cell_key
from utfall.disclosure._table import ProtectedTable, RoundedTable, audit, protect, round_table

__all__ = [
    "Audit",
    "AuditedCell",
    "HiddenCells",
    "MergedLevels",
    "NoisyTable",
    "ProtectedTable",
    "RoundedTable",
    "audit",
    "audit_cells",
    "cell_key",
    "dominates",
    "merge_levels",
    "p_percent",
    "protect",
    "protect_cells",
    "round_table",
]


def __dir__() -> list[str]:
    """List everything public."""
    return __all__
