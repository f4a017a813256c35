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

from utfall.stats._adjust import adjust
from utfall.stats._binomial_test import ProcessEvidence, binomial_test, process_evidence
from utfall.stats._chi_square import ChiSquareTest
from utfall.stats._disparity import (
    Disparities,
    Disparity,
    disparities,
    disparity,
    representation_ratio,
)
from utfall.stats._estimate import Estimate, Estimates, Interval, Intervals
from utfall.stats._funnel import funnel_limits
from utfall.stats._incidence import CumulativeIncidence, aalen_johansen
from utfall.stats._ordinal import (
    SignTest,
    WilcoxonTest,
    bowker,
    mcnemar,
    sign_test,
    stuart_maxwell,
    wilcoxon,
)
from utfall.stats._proportion import proportion
from utfall.stats._staffing import StaffingNeed, staffing_need
from utfall.stats._standardise import standardise, standardised_difference
from utfall.stats._strata import cmh_test, homogeneity, mantel_haenszel
from utfall.stats._superiority import Superiority, superiority
from utfall.stats._survival import SurvivalCurve, kaplan_meier
from utfall.stats._two_groups import difference, fisher_exact, odds_ratio, ratio

__all__ = [
    "ChiSquareTest",
    "CumulativeIncidence",
    "Disparities",
    "Disparity",
    "Estimate",
    "Estimates",
    "Interval",
    "Intervals",
    "ProcessEvidence",
    "SignTest",
    "StaffingNeed",
    "Superiority",
    "SurvivalCurve",
    "WilcoxonTest",
    "aalen_johansen",
    "adjust",
    "binomial_test",
    "bowker",
    "cmh_test",
    "difference",
    "disparities",
    "disparity",
    "fisher_exact",
    "funnel_limits",
    "homogeneity",
    "kaplan_meier",
    "mantel_haenszel",
    "mcnemar",
    "odds_ratio",
    "process_evidence",
    "proportion",
    "ratio",
    "representation_ratio",
    "sign_test",
    "staffing_need",
    "standardise",
    "standardised_difference",
    "stuart_maxwell",
    "superiority",
    "wilcoxon",
]
