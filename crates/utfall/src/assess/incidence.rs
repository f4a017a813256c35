//! Time to the first of several events: the share that has had each by a horizon, among units followed for different
//! lengths of time.

use std::collections::HashMap;

use super::figure::{Group, Reason};
use super::quantity::{ByGroup, Found, Quantity};
use super::sums::Counted;
use crate::day::Delay;
use crate::project::{Horizon, Incidence};
use crate::stats::{CumulativeIncidence, Estimate, EventTable, Interval};
use crate::tally::{Place, Steps};

/// The share with an event of one kind, or of any, by one horizon, in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidenceFigure {
    /// The register that it is computed from.
    pub register: String,
    /// The indicator.
    pub indicator: String,
    pub(crate) group: Group,
    /// The kind of event; `None`: any, which is the figure of the indicator at its first horizon.
    pub event: Option<String>,
    /// The horizon, by which an event counts; one on the day itself does.
    pub horizon: Delay,
    /// What it rests on; `None` where nothing could be counted.
    pub counts: Option<IncidenceCounts>,
    /// The share by Aalen and Johansen; `None` where nobody is followed to the horizon.
    pub value: Option<f64>,
    /// Its interval; `None` where there is no share, and where it is 0 or 1.
    pub interval: Option<Interval>,
    /// The days by which half of the units have had the event; `None` where fewer have.
    pub median_days: Option<f64>,
}

/// What an incidence rests on, in units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IncidenceCounts {
    /// Units whose time has begun.
    pub started: u64,
    /// Units with this event by the horizon.
    pub events: u64,
    /// Units without any event that are not followed to the horizon.
    pub censored: u64,
}

impl IncidenceFigure {
    /// For each column of [`super::Figures::columns`] the level of this group; `None` where it is not crossed by it.
    pub fn group(&self) -> &[Option<u32>] {
        &self.group
    }
}

/// Units by days, by months and days beyond, and by event.
type Spells = Vec<(Spell, u64)>;

/// How long a unit was followed, and how that ended: 0 without an event.
#[derive(Debug, Clone, Copy)]
struct Spell {
    days: i64,
    /// Calendar months and days beyond, as one number that grows with time.
    months: i64,
    event: i64,
}

/// A group, by its levels in the crossing, with its rows and its figure.
pub(super) type OfGroup = (Vec<Option<u32>>, Vec<IncidenceFigure>, Found);

impl Counted<'_> {
    /// The spells of every group.
    fn spells(&self, steps: &Steps, spells: usize) -> ByGroup<Spells> {
        let counts =
            |place| matches!(place, Place::Success | Place::Failure | Place::NotDue { .. });
        self.beside(steps, self.marks(spells), counts, |group: &mut Spells, _, (mark, units)| {
            if let [days, months, rest, event] = mark[..] {
                group
                    .push((Spell { days, months: months * DAYS_OF_A_MONTH + rest, event }, *units));
            }
        })
    }

    /// The rows and the figure of one indicator, for every group, in order.
    pub(super) fn incidence(
        &self,
        indicator: (&str, &str),
        incidence: &Incidence,
        (steps, spells): (&Steps, usize),
        groups: impl Iterator<Item = (Vec<Option<u32>>, Group)>,
    ) -> Vec<OfGroup> {
        let mut spells = self.spells(steps, spells);
        let of_group = |(crossed, group): (Vec<Option<u32>>, Group)| {
            let spells = spells.remove(&crossed).unwrap_or_default();
            let curves = Curves::of(&spells, incidence);
            let level = self.intervals.level();
            let mut rows = Vec::new();
            for horizon in incidence.horizons.iter().map(Horizon::delay) {
                let estimates = curves.at(horizon, level);
                let kinds =
                    (1..).zip(incidence.events.keys()).map(|(event, name)| (event, Some(name)));
                for (event, kind) in kinds.chain([(ANY, None)]) {
                    rows.push(IncidenceFigure {
                        register: indicator.0.to_owned(),
                        indicator: indicator.1.to_owned(),
                        group: Group::clone(&group),
                        event: kind.cloned(),
                        horizon,
                        counts: self.tally.map(|_| counts(&spells, horizon, event)),
                        value: estimates.get(&event).map(|estimate| estimate.value),
                        interval: estimates.get(&event).and_then(interval_of),
                        median_days: (event == ANY).then(|| curves.median_days(level)).flatten(),
                    });
                }
            }
            // That of any event at the first horizon, which stands after those of each kind.
            let row = rows.get(incidence.events.len());
            let quantity = row.and_then(|row| {
                Some(Quantity { value: row.value?, interval: row.interval, exact: None })
            });
            let found = quantity.ok_or(Reason::NotEstimable);
            (crossed, rows, found)
        };
        groups.map(of_group).collect()
    }
}

/// The interval of an estimate; at 0 and 1 there is none.
fn interval_of(estimate: &Estimate) -> Option<Interval> {
    let Estimate { low, high, .. } = *estimate;
    (!low.is_nan()).then_some(Interval { low, high })
}

/// The number of any event; those of the kinds begin at 1.
const ANY: i64 = 0;

/// The curves of one group, on the two scales of time.
struct Curves {
    /// Each kind apart, and all of them as one.
    days: [Option<CumulativeIncidence>; 2],
    months: [Option<CumulativeIncidence>; 2],
}

impl Curves {
    fn of(spells: &Spells, incidence: &Incidence) -> Self {
        let kinds = incidence.events.len();
        let curve = |time: fn(&Spell) -> i64, kinds: usize, event: fn(i64) -> i64| {
            let rows =
                spells.iter().map(|(spell, units)| (time(spell), event(spell.event), *units));
            EventTable::new(rows, kinds).ok().map(|table| table.incidence())
        };
        let both = |time| [curve(time, kinds, |event| event), curve(time, 1, |event| event.min(1))];
        Self { days: both(|spell| spell.days), months: both(|spell| spell.months) }
    }

    /// The estimates at a horizon, by the number of the event.
    fn at(&self, horizon: Delay, level: f64) -> HashMap<i64, Estimate> {
        let (curves, time) = match horizon {
            Delay::Months(_) => (&self.months, time_of(horizon)),
            Delay::Days(_) => (&self.days, time_of(horizon)),
        };
        let at = |curve: &Option<CumulativeIncidence>| {
            #[allow(clippy::cast_precision_loss, reason = "a horizon is at most a hundred years")]
            curve
                .as_ref()
                .and_then(|curve| curve.at(time as f64, level).ok().flatten())
                .unwrap_or_default()
        };
        let [kinds, any] = curves;
        (1..).zip(at(kinds)).chain(at(any).into_iter().map(|estimate| (ANY, estimate))).collect()
    }

    fn median_days(&self, level: f64) -> Option<f64> {
        let [_, any] = &self.days;
        Some(any.as_ref()?.quantile(0.5, level).ok()??.value)
    }
}

/// A horizon as spells count time: in days, or in months and days beyond.
fn time_of(horizon: Delay) -> i64 {
    match horizon {
        Delay::Months(months) => i64::from(months) * DAYS_OF_A_MONTH,
        Delay::Days(days) => days.into(),
    }
}

/// More than any month has, so that months and days beyond them are one number.
const DAYS_OF_A_MONTH: i64 = 32;

fn counts(spells: &Spells, horizon: Delay, event: i64) -> IncidenceCounts {
    let end = time_of(horizon);
    let mut counts = IncidenceCounts::default();
    for (spell, units) in spells {
        let time = match horizon {
            Delay::Months(_) => spell.months,
            Delay::Days(_) => spell.days,
        };
        let has_event = if event == ANY { spell.event > 0 } else { spell.event == event };
        counts.started += units;
        counts.events += if has_event && time <= end { *units } else { 0 };
        counts.censored += if spell.event == 0 && time < end { *units } else { 0 };
    }
    counts
}
