//! How the numbers behind a mean lie: spread and quantiles.

use std::collections::BTreeMap;

use super::figure::Group;
use super::quantity::{ByGroup, Totals};
use super::sums::Counted;
use crate::stats::{Moments, quantile};
use crate::tally::{Measured, Place, Steps};

/// How the numbers of the observed units of a group lie, in the unit of the column.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    /// The register that it is computed from.
    pub register: String,
    /// The `mean` indicator.
    pub indicator: String,
    pub(crate) group: Group,
    /// The units with a number.
    pub observed: u64,
    /// Their mean; `None` where there are none.
    pub mean: Option<f64>,
    /// Their standard deviation as a sample's; `None` of fewer than two.
    pub standard_deviation: Option<f64>,
    /// Smallest, lower quartile, median, upper quartile, largest. `None` where there are none, and where the column
    /// declares no decimals: then there could be as many different numbers as rows, and they are not kept.
    pub quantiles: Option<[f64; 5]>,
}

impl Distribution {
    /// For each column of [`super::Figures::columns`] the level of this group; `None` where it is not crossed by it.
    pub fn group(&self) -> &[Option<u32>] {
        &self.group
    }
}

impl Counted<'_> {
    /// The distributions of one `mean` indicator.
    pub(super) fn distributions(
        &self,
        (register, indicator): (&str, &str),
        (steps, measured): (&Steps, Measured),
        (totals, decimals): (&ByGroup<Totals>, Option<u32>),
        groups: impl Iterator<Item = (Vec<Option<u32>>, Group)>,
    ) -> Vec<Distribution> {
        let (Some(_), Measured::Mean { numbers, .. }) = (self.tally, measured) else {
            return Vec::new();
        };
        let marks = numbers.into_iter().flat_map(|numbers| self.marks(numbers));
        let none = Moments::default();
        let mut counts = self.beside(
            steps,
            marks,
            Place::is_observed,
            |whole: &mut BTreeMap<i64, u64>, _, (mark, units)| {
                let count = whole.entry(mark.first().copied().unwrap_or(0)).or_default();
                *count = count.saturating_add(*units);
            },
        );
        let unit = 10_f64.powi(decimals.and_then(|places| i32::try_from(places).ok()).unwrap_or(0));
        let of_group = |(crossed, group): (Vec<Option<u32>>, Group)| {
            let moments = totals.get(&crossed).map_or(&none, |totals| &totals.observed);
            let counts = counts.remove(&crossed).unwrap_or_default();
            let at = |share| Some(quantile(&counts, share)? / unit);
            let quantiles = || Some([at(0.0)?, at(0.25)?, at(0.5)?, at(0.75)?, at(1.0)?]);
            Distribution {
                register: register.to_owned(),
                indicator: indicator.to_owned(),
                group,
                observed: moments.units(),
                mean: moments.mean().map(|mean| mean / unit),
                standard_deviation: moments.variance().map(|variance| variance.sqrt() / unit),
                quantiles: quantiles(),
            }
        };
        groups.map(of_group).collect()
    }
}
