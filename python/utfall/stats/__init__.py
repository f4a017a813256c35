"""Statistics: numbers to numbers, for single figures and for whole arrays.

Every function takes counts or measurements and knows nothing of projects. What cannot be computed
because there is nothing to compute it from is ``None``, in arrays NaN; what cannot be meant (more
successes than units, a level of 95) is an :class:`~utfall.UtfallError`. Arrays need NumPy, which
``utfall[stats]`` brings.

>>> from utfall import stats
>>> share = stats.proportion(7, 24)
>>> print(f"{share.value:.3f} from {share.low:.3f} to {share.high:.3f}")
0.292 from 0.149 to 0.492
"""

from utfall.stats._estimate import Estimate, Estimates
from utfall.stats._incidence import CumulativeIncidence, aalen_johansen
from utfall.stats._proportion import proportion
from utfall.stats._survival import SurvivalCurve, kaplan_meier

__all__ = [
    "CumulativeIncidence",
    "Estimate",
    "Estimates",
    "SurvivalCurve",
    "aalen_johansen",
    "kaplan_meier",
    "proportion",
]
