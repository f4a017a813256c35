"""A share against a target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, overload

from utfall import _native
from utfall.stats._arrays import count, counts_and_numbers, is_array, number

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Alternative = Literal["two-sided", "greater", "less"]


@overload
def binomial_test(
    successes: int, n: int, target: float, alternative: Alternative = "two-sided"
) -> float | None: ...
@overload
def binomial_test(
    successes: npt.ArrayLike,
    n: npt.ArrayLike,
    target: npt.ArrayLike,
    alternative: Alternative = "two-sided",
) -> npt.NDArray[np.float64]: ...
def binomial_test(
    successes: int | npt.ArrayLike,
    n: int | npt.ArrayLike,
    target: float | npt.ArrayLike,
    alternative: Alternative = "two-sided",
) -> float | npt.NDArray[np.float64] | None:
    """Give the exact p value of `successes` in `n` units against a target share.

    It says how improbable the outcome would be if each unit succeeded with the probability
    `target`, independently of the others. It says nothing of how large a difference is: show the
    share and its interval with it.

    Parameters
    ----------
    successes : int or array_like
        How many units have the property.
    n : int or array_like
        How many units there are.
    target : float or array_like
        The share tested against, from 0 to 1.
    alternative : str
        ``two-sided``: all outcomes that are no likelier than the one found. ``greater``: so many
        successes or more. ``less``: so many or fewer.

    Returns
    -------
    float or numpy.ndarray or None
        The p value; ``None`` where `n` is 0. For arrays an array, NaN where `n` is 0 or `target`
        NaN.

    Raises
    ------
    UtfallError
        If there are more successes than units (``more_successes_than_units``), a count is no whole
        number of 0 or more (``not_a_count``), there are more than 10**12 units
        (``too_many_units``), the target is no fraction (``target_share_out_of_range``) or no number
        (``not_a_number``), arrays have different shapes (``unlike_shapes``) or the alternative is
        unknown (``unknown_method``).

    Notes
    -----
    Two-sided, a tail is not doubled. Outcomes are equally likely if their probabilities differ by
    at most 1e-7 of themselves.

    References
    ----------
    C. J. Clopper, E. S. Pearson, *The use of confidence or fiducial limits illustrated in the case
    of the binomial*, Biometrika 26 (1934), 404-413; J. D. Gibbons, J. W. Pratt, *P-values:
    interpretation and methodology*, American Statistician 29 (1975), 20-25.

    Examples
    --------
    >>> from utfall import stats
    >>> round(stats.binomial_test(42, 50, 0.7, alternative="greater"), 4)
    0.0183
    >>> stats.binomial_test([9, 10], [20, 20], 0.5).round(4)
    array([0.8238, 1.    ])
    """
    if is_array(successes, n, target):
        shape, arrays = counts_and_numbers({"successes": successes, "n": n}, {"target": target})
        k, of, targets = arrays
        return _native.binomial_tests(k, of, targets, alternative).reshape(shape)
    counts = (count(successes, "successes"), count(n, "n"))
    return _native.binomial_test(*counts, number(target, "target"), alternative)


class ProcessEvidence(NamedTuple):
    """The evidence that a way of working reaches a target share, and what it would have taken.

    Attributes
    ----------
    evidence : str
        ``achieved``, ``not_achieved`` or ``uncertain``.
    achieved_from : int or None
        The smallest number of successes of as many units that would be ``achieved``; ``None`` where
        none would.
    not_achieved_up_to : int or None
        The largest number of successes of as many units that would be ``not_achieved``; ``None``
        where none would.
    p_achieved, p_not_achieved : float
        The one-sided p values for a share above and below the target.

    Examples
    --------
    >>> from utfall import stats
    >>> stats.process_evidence(15, 20, 0.7).evidence
    'uncertain'
    """

    evidence: Literal["achieved", "not_achieved", "uncertain"]
    achieved_from: int | None
    not_achieved_up_to: int | None
    p_achieved: float
    p_not_achieved: float


def process_evidence(
    successes: int, n: int, target: float, alpha: float = 0.05
) -> ProcessEvidence | None:
    """Say whether `successes` of `n` units show that the way of working reaches a target share.

    Those observed are taken for a sample of all with whom one could have worked in this way, each
    independent of the others. This is not the verdict on a goal, which compares what came out with
    what was promised and needs no test. With few units the answer is nearly always ``uncertain``.

    Parameters
    ----------
    successes : int
        How many units have the property.
    n : int
        How many units there are.
    target : float
        The share to reach, from 0 to 1.
    alpha : float
        How improbable an outcome must be at most, were the share exactly the target, to show that
        it lies to one side; above 0, at most 0.5.

    Returns
    -------
    ProcessEvidence or None
        ``None`` where `n` is 0.

    Raises
    ------
    UtfallError
        If there are more successes than units (``more_successes_than_units``), a count is no whole
        number of 0 or more (``not_a_count``), there are more than 10**12 units
        (``too_many_units``), the target is no fraction (``target_share_out_of_range``) or alpha no
        level of significance (``alpha_out_of_range``).

    Notes
    -----
    The tests are exact and one-sided, so they agree with the Clopper-Pearson interval of level
    ``1 - 2 * alpha``, and not always with Wilson's.

    References
    ----------
    C. J. Clopper, E. S. Pearson, *The use of confidence or fiducial limits illustrated in the case
    of the binomial*, Biometrika 26 (1934), 404-413.

    Examples
    --------
    >>> from utfall import stats
    >>> found = stats.process_evidence(15, 20, 0.7)
    >>> found.evidence, found.achieved_from, found.not_achieved_up_to
    ('uncertain', 18, 10)
    """
    of = (count(successes, "successes"), count(n, "n"))
    made = _native.process_evidence(*of, target, alpha)
    return made and ProcessEvidence(*made)  # type: ignore[arg-type]
