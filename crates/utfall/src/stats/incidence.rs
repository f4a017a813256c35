//! The share with an event of each kind by a time, where the kinds exclude each other and not everybody is followed.

use super::error::{Result, check_level};
use super::estimate::Estimate;
use super::event_table::{Event, EventTable, Time};
use super::special::number;
use super::survival::{Run, SurvivalCurve, estimate};

/// The share of units that have had an event of each kind by each time, by Aalen and Johansen, from durations and how
/// each ended: 0 for censored (followed that long without an event), 1 and on for the kinds.
///
/// The kinds compete: who has one can have no other. Events of several kinds at one time happen together, and who is
/// censored at a time was at risk at it. An event at time 0 is one. Where everybody is followed to a horizon, the
/// estimate there is the plain share.
///
/// # Errors
///
/// If a duration is negative or not finite, an event is negative or above 100, or there are more durations than events
/// or the reverse.
///
/// Source: O. O. Aalen, S. Johansen, *An empirical transition matrix for non-homogeneous Markov chains based on censored
/// observations*, Scandinavian Journal of Statistics 5 (1978), 141–150.
///
/// ```
/// use utfall::stats::aalen_johansen;
///
/// // Days to work (1) or studies (2), or followed so long without either (0).
/// let curves = aalen_johansen(&[0, 30, 30, 60, 91], &[1, 2, 1, 0, 0])?;
/// let [work, studies] = curves.at(91.0, 0.95)?.unwrap()[..] else { panic!() };
/// assert_eq!((work.value, studies.value), (0.4, 0.2));
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn aalen_johansen<T: Time, E: Event>(
    durations: &[T],
    events: &[E],
) -> Result<CumulativeIncidence> {
    Ok(EventTable::from_slices(durations, events, None, None)?.incidence())
}

/// The share with an event of each kind, a step at each duration: made by [`aalen_johansen`] or
/// [`EventTable::incidence`].
///
/// What is by kind has one element for each kind, the first for kind 1, and in it one for each duration that occurs.
#[derive(Debug, Clone, PartialEq)]
pub struct CumulativeIncidence {
    overall: SurvivalCurve,
    events: Vec<Vec<u64>>,
    incidence: Vec<Vec<f64>>,
    variance: Vec<Vec<f64>>,
}

impl EventTable {
    /// The share with an event of each kind by each time; see [`aalen_johansen`].
    ///
    /// ```
    /// use utfall::stats::EventTable;
    ///
    /// let curves = EventTable::new([(30, 1, 4), (30, 2, 1), (91, 0, 5)], 2)?.incidence();
    /// assert_eq!(curves.incidence(), [[0.4, 0.4], [0.1, 0.1]]);
    /// # Ok::<(), utfall::stats::StatisticsError>(())
    /// ```
    pub fn incidence(&self) -> CumulativeIncidence {
        let len = self.times().len();
        let kinds = || 0..self.kinds();
        let mut overall = SurvivalCurve::before_all(self);
        let mut events: Vec<_> = kinds().map(|_| Vec::with_capacity(len)).collect();
        let mut incidence: Vec<_> = kinds().map(|_| Vec::with_capacity(len)).collect();
        let mut variance: Vec<_> = kinds().map(|_| Vec::with_capacity(len)).collect();
        let mut states = vec![Kind::default(); self.kinds()];
        let mut run = Run::new(self.units());
        for (censored, of_kinds) in self.rows() {
            let (survival, greenwood) = (run.survival(), run.greenwood());
            for (kind, (state, units)) in states.iter_mut().zip(of_kinds).enumerate() {
                if *units > 0 {
                    state.step(&run, survival, greenwood, *units);
                }
                if censored > 0 {
                    state.begin_run();
                }
                events[kind].push(*units);
                incidence[kind].push(state.incidence);
                variance[kind].push(state.variance);
            }
            overall.step(&mut run, censored, of_kinds.iter().sum());
        }
        CumulativeIncidence { overall, events, incidence, variance }
    }
}

/// The incidence I of one kind as it stands at t, and its variance by the delta method, of Dinse and Larson (1986),
/// Marubini and Valsecchi (1995):
///
/// Σ (I(t) − I(s))² d / (n (n − d)) + Σ S² c (n − c) / n³ − 2 Σ (I(t) − I(s)) S c / n²
///
/// over all s up to t, where n are at risk, d have an event, c one of this kind, and S is the share without one before s.
///
/// The sums are kept as they stand at t and moved on by the step of I. Multiplying the squares out would do with sums
/// that do not depend on t, but subtracts large ones from each other. At a time without an event of this kind nothing
/// moves; and where the last at risk have an event, n − d is 0, but there is no later step to multiply that term with.
#[derive(Debug, Clone, Copy, Default)]
struct Kind {
    incidence: f64,
    variance: f64,
    /// The incidence when the run of units began, and the units that had an event of this kind in it.
    before: f64,
    in_run: u64,
    /// Σ d / (n (n − d)) with I(t) − I(s), and with its square.
    all_steps: f64,
    all_squares: f64,
    /// Σ S² c (n − c) / n³.
    own: f64,
    /// Σ S c / n², alone and with I(t) − I(s).
    both: f64,
    both_steps: f64,
}

impl Kind {
    /// Goes on by the events of a time, before which this share was without one; `all` is Σ d / (n (n − d)) so far.
    fn step(&mut self, run: &Run, survival: f64, all: f64, units: u64) {
        let (n, c) = (number(run.left), number(units));
        let step = survival * c / n;
        self.all_squares += step * (2.0 * self.all_steps + step * all);
        self.all_steps += step * all;
        self.both_steps += step * self.both;
        self.own += step * survival * (n - c) / (n * n);
        self.both += step / n;
        self.variance = (self.all_squares + self.own - 2.0 * self.both_steps).max(0.0);
        self.in_run += units;
        // Shares that add up to 1 may round to a little more.
        self.incidence = (self.before + run.share_of(self.in_run)).min(1.0);
    }

    /// Notes that somebody is censored.
    const fn begin_run(&mut self) {
        self.before = self.incidence;
        self.in_run = 0;
    }
}

impl CumulativeIncidence {
    /// The share without an event of any kind: durations, units at risk and censored, and quantiles of any event.
    ///
    /// At each time it and the shares of all kinds add up to 1.
    pub const fn overall(&self) -> &SurvivalCurve {
        &self.overall
    }

    /// By kind, the units with an event at each time.
    pub fn events(&self) -> &[Vec<u64>] {
        &self.events
    }

    /// By kind, the share with an event by each time, those of that time counted.
    pub fn incidence(&self) -> &[Vec<f64>] {
        &self.incidence
    }

    /// By kind, the variance of the share: the delta method's.
    ///
    /// Source: G. E. Dinse, M. G. Larson, *A note on semi-Markov models for partially censored data*, Biometrika 73
    /// (1986), 379–386; E. Marubini, M. G. Valsecchi, *Analysing Survival Data from Clinical Trials and Observational
    /// Studies* (1995), 10.3. Aalen's variance, which some software gives, differs a little for few units.
    pub fn variance(&self) -> &[Vec<f64>] {
        &self.variance
    }

    /// By kind, the share with an event by a horizon; an event on the horizon counts.
    ///
    /// `None` where it cannot be estimated: nobody, or a horizon beyond the longest duration while somebody was still
    /// without an event then. If the last units at risk all had an event, the curves are complete and stay as they are.
    ///
    /// The interval is symmetric on the scale of log(−log): it stays within 0 and 1. It is undefined (NaN) at 0 and 1.
    ///
    /// # Errors
    ///
    /// If the horizon is negative or not a number, or `level` does not lie between 0 and 1.
    ///
    /// ```
    /// use utfall::stats::aalen_johansen;
    ///
    /// let curves = aalen_johansen(&[20, 40, 91, 91], &[1, 2, 1, 0])?;
    /// let values = |horizon| Some(curves.at(horizon, 0.95).ok()??.iter().map(|kind| kind.value).collect());
    /// assert_eq!(values(90.0), Some(vec![0.25, 0.25]));
    /// assert_eq!(values(91.0), Some(vec![0.5, 0.25]));
    /// assert_eq!(values(92.0), None);
    /// # Ok::<(), utfall::stats::StatisticsError>(())
    /// ```
    pub fn at(&self, horizon: f64, level: f64) -> Result<Option<Vec<Estimate>>> {
        check_level(level)?;
        let kinds = self.incidence.iter().zip(&self.variance);
        Ok(self.overall.place(horizon)?.map(|steps| {
            kinds
                .map(|(incidence, variance)| estimate(incidence, variance, steps, 0.0, level))
                .collect()
        }))
    }

    /// The time by which a share of the units has had an event of any kind; see [`SurvivalCurve::quantile`].
    ///
    /// # Errors
    ///
    /// If `share` or `level` does not lie between 0 and 1.
    ///
    /// ```
    /// use utfall::stats::aalen_johansen;
    ///
    /// let curves = aalen_johansen(&[20, 40, 60, 91], &[1, 2, 1, 0])?;
    /// assert_eq!(curves.quantile(0.5, 0.95)?.unwrap().value, 40.0);
    /// # Ok::<(), utfall::stats::StatisticsError>(())
    /// ```
    pub fn quantile(&self, share: f64, level: f64) -> Result<Option<Estimate>> {
        self.overall.quantile(share, level)
    }
}
