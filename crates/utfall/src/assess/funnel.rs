//! Which parts of a project lie beyond chance: funnels instead of league tables.

use super::figure::{Figure, Figures, Group};
use crate::project::Measure;
use crate::stats::{FunnelLimits, FunnelMethod, Interval};

/// The share of one group of a table beside the limits between which it would lie by chance if its units succeeded as
/// everybody's do.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelFigure {
    /// The register that the indicator is computed from.
    pub register: String,
    /// The indicator.
    pub indicator: String,
    pub(crate) group: Group,
    /// How many of its units are a success.
    pub successes: u64,
    /// How many were observed.
    pub observed: u64,
    /// The share of everybody, which the limits lie around.
    pub overall: f64,
    /// The limits that at most 2.5 % of such groups pass on either side by chance.
    pub inner: Interval,
    /// The limits that at most 0.1 % pass.
    pub outer: Interval,
}

/// Where a share lies in its funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FunnelPlace {
    /// Below the outer limits.
    FarBelow,
    /// Below the inner limits.
    Below,
    /// Within the inner limits: chance alone would explain it, whatever its rank.
    Within,
    /// Above the inner limits.
    Above,
    /// Above the outer limits.
    FarAbove,
}

impl FunnelPlace {
    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FarBelow => "far_below",
            Self::Below => "below",
            Self::Within => "within",
            Self::Above => "above",
            Self::FarAbove => "far_above",
        }
    }
}

impl FunnelFigure {
    /// The tails of the inner and the outer limits.
    pub const TAILS: [f64; 2] = [0.025, 0.001];

    /// For each column of [`crate::Figures::columns`] the level of this group; `None` where it is not crossed by it.
    pub fn group(&self) -> &[Option<u32>] {
        &self.group
    }

    /// The share.
    #[allow(clippy::cast_precision_loss, reason = "counts of units lie far below 2^53")]
    pub fn value(&self) -> f64 {
        self.successes as f64 / self.observed as f64
    }

    /// Where the share lies.
    pub fn place(&self) -> FunnelPlace {
        let value = self.value();
        if value < self.outer.low {
            FunnelPlace::FarBelow
        } else if value < self.inner.low {
            FunnelPlace::Below
        } else if value > self.outer.high {
            FunnelPlace::FarAbove
        } else if value > self.inner.high {
            FunnelPlace::Above
        } else {
            FunnelPlace::Within
        }
    }
}

/// The funnels of every indicator whose units are observed once each, over every table of one column.
pub(super) fn funnels(figures: &Figures) -> Vec<FunnelFigure> {
    let is_one_column =
        |figure: &&Figure| figure.group().iter().filter(|level| level.is_some()).count() == 1;
    let mut limits: Option<(usize, f64, [FunnelLimits; 2])> = None;
    let mut funnels = Vec::new();
    for figure in &figures.rows {
        let measure = &figures.indicators[figure.indicator].measure;
        if !matches!(measure, Measure::Share(_) | Measure::Change(_)) {
            continue;
        }
        // The figure of everybody stands before those of groups.
        if figure.is_overall() {
            limits = figures.value(figure).and_then(|overall| {
                let of = |tail| FunnelLimits::new(overall, tail, FunnelMethod::Automatic).ok();
                let [inner, outer] = FunnelFigure::TAILS;
                Some((figure.indicator, overall, [of(inner)?, of(outer)?]))
            });
        }
        let of_indicator = limits.filter(|(indicator, ..)| *indicator == figure.indicator);
        if let Some((_, overall, limits)) = of_indicator.filter(|_| is_one_column(&figure)) {
            funnels.extend(of_group(figures, figure, overall, &limits));
        }
    }
    funnels
}

fn of_group(
    figures: &Figures,
    figure: &Figure,
    overall: f64,
    limits: &[FunnelLimits; 2],
) -> Option<FunnelFigure> {
    let (successes, observed) = figure.outcome().filter(|(_, observed)| *observed > 0)?;
    let [inner, outer] = limits.each_ref().map(|limits| limits.of(observed).ok().flatten());
    Some(FunnelFigure {
        register: figures.register(figure).to_owned(),
        indicator: figures.indicator(figure).to_owned(),
        group: Group::clone(&figure.group),
        successes,
        observed,
        overall,
        inner: inner?,
        outer: outer?,
    })
}
