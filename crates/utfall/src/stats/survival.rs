//! The share without an event by a time, where not everybody is followed to it.

use super::error::{Result, StatisticsError, check_level};
use super::estimate::{Estimate, Interval};
use super::event_table::{Event, EventTable, Time};
use super::special::{number, two_sided_normal};

/// Estimates that are as near as this are the same: what is left of one half after a thousand products is one half.
const SAME: f64 = 1e-12;

/// The share of units without an event by each time, by Kaplan and Meier, from durations and whether each ended in an
/// event (`true`) or was only followed that long (`false`, censored).
///
/// Who is censored at a time was at risk at it. An event at time 0 is one. For several kinds of event that exclude each
/// other, use [`aalen_johansen`](super::aalen_johansen): censoring the other kinds here overstates each.
///
/// # Errors
///
/// If a duration is negative or not finite, or there are more durations than answers or the reverse.
///
/// Source: E. L. Kaplan, P. Meier, *Nonparametric estimation from incomplete observations*, Journal of the American
/// Statistical Association 53 (1958), 457–481.
///
/// ```
/// use utfall::stats::kaplan_meier;
///
/// let curve = kaplan_meier(&[6, 6, 6, 7, 10], &[true, true, false, true, false])?;
/// assert_eq!(curve.survival(), [0.6, 0.3, 0.3]);
/// assert_eq!(curve.median(0.95)?.unwrap().value, 7.0);
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn kaplan_meier<T: Time, E: Event>(durations: &[T], observed: &[E]) -> Result<SurvivalCurve> {
    Ok(EventTable::from_slices(durations, observed, None, Some(1))?.survival())
}

/// The share without an event, a step at each duration: made by [`kaplan_meier`] or [`EventTable::survival`].
///
/// All slices have one element for each duration that occurs, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct SurvivalCurve {
    units: u64,
    times: Vec<f64>,
    at_risk: Vec<u64>,
    events: Vec<u64>,
    censored: Vec<u64>,
    survival: Vec<f64>,
    variance: Vec<f64>,
}

impl EventTable {
    /// The share without an event of any kind by each time; see [`kaplan_meier`].
    ///
    /// ```
    /// use utfall::stats::EventTable;
    ///
    /// let curve = EventTable::new([(30, true, 4), (91, false, 6)], 1)?.survival();
    /// assert_eq!((curve.at_risk(), curve.events(), curve.survival()), (&[10, 6][..], &[4, 0][..], &[0.6, 0.6][..]));
    /// # Ok::<(), utfall::stats::StatisticsError>(())
    /// ```
    pub fn survival(&self) -> SurvivalCurve {
        let mut curve = SurvivalCurve::before_all(self);
        let mut run = Run::new(self.units());
        for (censored, events) in self.rows() {
            curve.step(&mut run, censored, events.iter().sum());
        }
        curve
    }
}

/// Units that are followed until one of them is censored.
///
/// The factors of Kaplan and Meier are (n − d) / n, and n − d is the next n until somebody is censored: the product over
/// a run is the share that is left of it, rounded once. Where everybody is followed, the estimate is the plain share,
/// to the last bit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// The share without an event when the run began, and the sum of Greenwood.
    before: f64,
    greenwood: f64,
    /// The units at risk when it began, and now.
    began: u64,
    pub(super) left: u64,
}

impl Run {
    pub(super) const fn new(units: u64) -> Self {
        Self { before: 1.0, greenwood: 0.0, began: units, left: units }
    }

    /// Takes out units that have an event.
    const fn end(&mut self, units: u64) {
        self.left -= units;
    }

    /// Takes out units that are censored, after the events of their time: another run begins.
    fn censor(&mut self, units: u64) {
        if units > 0 {
            let left = self.left - units;
            *self =
                Self { before: self.survival(), greenwood: self.greenwood(), began: left, left };
        }
    }

    /// The share without an event.
    pub(super) fn survival(&self) -> f64 {
        self.share_of(self.left)
    }

    /// The share of all units that a number of those at risk at the run's beginning stands for.
    pub(super) fn share_of(&self, units: u64) -> f64 {
        self.before * number(units) / number(self.began)
    }

    /// The sum of d / (n (n − d)); over a run, the differences 1 / (n − d) − 1 / n leave the first and the last.
    pub(super) fn greenwood(&self) -> f64 {
        let (began, left) = (number(self.began), number(self.left));
        self.greenwood + (began - left) / (began * left)
    }

    /// Greenwood's variance. Where nobody is left it is 0, to which it falls: the square of the share vanishes faster
    /// than the sum grows.
    fn variance(&self) -> f64 {
        if self.left == 0 { 0.0 } else { self.survival().powi(2) * self.greenwood() }
    }
}

impl SurvivalCurve {
    /// A curve without a step yet.
    pub(super) fn before_all(table: &EventTable) -> Self {
        let len = table.times().len();
        Self {
            units: table.units(),
            times: table.times().to_vec(),
            at_risk: Vec::with_capacity(len),
            events: Vec::with_capacity(len),
            censored: Vec::with_capacity(len),
            survival: Vec::with_capacity(len),
            variance: Vec::with_capacity(len),
        }
    }

    /// Goes on by one time.
    pub(super) fn step(&mut self, run: &mut Run, censored: u64, events: u64) {
        self.at_risk.push(run.left);
        self.events.push(events);
        self.censored.push(censored);
        run.end(events);
        self.survival.push(run.survival());
        self.variance.push(run.variance());
        run.censor(censored);
    }

    /// How many units there are.
    pub const fn units(&self) -> u64 {
        self.units
    }

    /// The durations that occur, in order.
    pub fn times(&self) -> &[f64] {
        &self.times
    }

    /// The units at risk at each time: those with this duration or a longer one.
    pub fn at_risk(&self) -> &[u64] {
        &self.at_risk
    }

    /// The units with an event at each time.
    pub fn events(&self) -> &[u64] {
        &self.events
    }

    /// The units censored at each time.
    pub fn censored(&self) -> &[u64] {
        &self.censored
    }

    /// The share without an event by each time, those of that time counted.
    pub fn survival(&self) -> &[f64] {
        &self.survival
    }

    /// Its variance by M. Greenwood, *The natural duration of cancer* (1926); 0 where nobody is left.
    pub fn variance(&self) -> &[f64] {
        &self.variance
    }

    /// The share without an event by a horizon; an event on the horizon counts.
    ///
    /// `None` where it cannot be estimated: nobody, or a horizon beyond the longest duration while somebody was still
    /// without an event then. If the last units at risk all had an event, the curve is complete and stays at 0.
    ///
    /// The interval is symmetric on the scale of log(−log): it stays within 0 and 1. It is undefined (NaN) at 0 and 1.
    ///
    /// # Errors
    ///
    /// If the horizon is negative or not a number, or `level` does not lie between 0 and 1.
    ///
    /// Source: J. D. Kalbfleisch, R. L. Prentice, *The Statistical Analysis of Failure Time Data* (1980), 1.3.
    ///
    /// ```
    /// use utfall::stats::kaplan_meier;
    ///
    /// let curve = kaplan_meier(&[10, 20, 91, 91], &[true, true, true, false])?;
    /// assert_eq!(curve.at(90.0, 0.95)?.unwrap().value, 0.5);
    /// assert_eq!(curve.at(91.0, 0.95)?.unwrap().value, 0.25);
    /// assert_eq!(curve.at(92.0, 0.95)?, None);
    /// # Ok::<(), utfall::stats::StatisticsError>(())
    /// ```
    pub fn at(&self, horizon: f64, level: f64) -> Result<Option<Estimate>> {
        check_level(level)?;
        let place = self.place(horizon)?;
        Ok(place.map(|steps| estimate(&self.survival, &self.variance, steps, 1.0, level)))
    }

    /// How many steps of the curve lie at a horizon or before it; `None` where nothing can be estimated there.
    pub(super) fn place(&self, horizon: f64) -> Result<Option<usize>> {
        if horizon.is_nan() || horizon < 0.0 {
            return Err(StatisticsError::HorizonOutOfRange { horizon });
        }
        let is_followed = self.times.last().is_some_and(|last| horizon <= *last);
        let is_complete = self.censored.last() == Some(&0);
        Ok((is_followed || is_complete)
            .then(|| self.times.partition_point(|time| *time <= horizon)))
    }

    /// The time by which half the units have had an event; `None` where it is not reached. See [`Self::quantile`].
    ///
    /// # Errors
    ///
    /// If `level` does not lie between 0 and 1.
    ///
    /// ```
    /// use utfall::stats::kaplan_meier;
    ///
    /// let curve = kaplan_meier(&[1, 2, 3, 4, 5], &[true, true, true, false, false])?;
    /// let median = curve.median(0.95)?.unwrap();
    /// assert_eq!((median.value, median.low, median.high.is_nan()), (3.0, 1.0, true));
    /// # Ok::<(), utfall::stats::StatisticsError>(())
    /// ```
    pub fn median(&self, level: f64) -> Result<Option<Estimate>> {
        self.quantile(0.5, level)
    }

    /// The time by which a share of the units has had an event: the first at which no more than the rest is without
    /// one. `None` where the curve ends before it, or nobody is there.
    ///
    /// The ends of the interval are the first times at which the lower and the upper end of the curve's interval have
    /// come as far; NaN where they never do.
    ///
    /// # Errors
    ///
    /// If `share` or `level` does not lie between 0 and 1.
    ///
    /// Source: R. Brookmeyer, J. Crowley, *A confidence interval for the median survival time*, Biometrics 38 (1982),
    /// 29–41, on the scale of log(−log).
    ///
    /// ```
    /// use utfall::stats::kaplan_meier;
    ///
    /// let curve = kaplan_meier(&[1, 2, 3, 4], &[true, true, true, false])?;
    /// assert_eq!(curve.quantile(0.25, 0.95)?.unwrap().value, 1.0);
    /// assert_eq!(curve.quantile(0.9, 0.95)?, None);
    /// # Ok::<(), utfall::stats::StatisticsError>(())
    /// ```
    pub fn quantile(&self, share: f64, level: f64) -> Result<Option<Estimate>> {
        check_level(level)?;
        if !(share > 0.0 && share < 1.0) {
            return Err(StatisticsError::ShareOutOfRange { share });
        }
        let bar = 1.0 - share + SAME;
        let z = two_sided_normal(level);
        let Some(place) = self.survival.iter().position(|survival| *survival <= bar) else {
            return Ok(None);
        };
        let intervals = self.survival.iter().zip(&self.variance);
        let intervals = intervals.map(|(survival, variance)| log_log(*survival, *variance, z));
        // Where the curve falls to 0 at once there is no lower end, and the time itself is as late as it can be.
        let low = intervals.clone().take(place).position(|interval| interval.low <= bar);
        let high = intervals.skip(place).position(|interval| interval.high <= bar);
        Ok(Some(Estimate {
            value: self.times[place],
            low: self.times[low.unwrap_or(place)],
            high: high.map_or(f64::NAN, |steps| self.times[place + steps]),
        }))
    }
}

/// What a curve has come to after some steps, with its interval.
pub(super) fn estimate(
    values: &[f64],
    variances: &[f64],
    steps: usize,
    at_first: f64,
    level: f64,
) -> Estimate {
    let (value, variance) = match steps.checked_sub(1) {
        Some(step) => (values[step], variances[step]),
        None => (at_first, 0.0),
    };
    Estimate::new(value, log_log(value, variance, two_sided_normal(level)))
}

/// The interval that is symmetric on the scale of log(−log); NaN at 0 and 1.
fn log_log(value: f64, variance: f64, z: f64) -> Interval {
    if value <= 0.0 || value >= 1.0 {
        return Interval { low: f64::NAN, high: f64::NAN };
    }
    let log = value.ln();
    let half = z * variance.sqrt() / (value * log);
    // The logarithm is negative, and so is the half.
    Interval { low: (log * (-half).exp()).exp(), high: (log * half.exp()).exp() }
}
