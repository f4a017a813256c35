//! Two groups compared within strata, such as sub-projects, and over all of them.

mod cmh;
mod homogeneity;
mod mantel_haenszel;

pub use cmh::{CmhMethod, cmh_test};
pub use homogeneity::{HomogeneityMethod, homogeneity};
pub use mantel_haenszel::{MantelHaenszelMeasure, mantel_haenszel};

use super::error::{Result, check_total};
use super::special::number;

/// The counts of a stratum: a row for each of two groups, with its successes and its failures.
pub type Stratum = [[u64; 2]; 2];

/// A stratum as numbers, in the letters of the sources: `a` successes and `b` failures in the first group, `c` and `d`
/// in the second.
#[derive(Clone, Copy)]
struct Cells {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
}

impl Cells {
    /// The units of the first group.
    fn first(self) -> f64 {
        self.a + self.b
    }

    /// The units of the second group.
    fn second(self) -> f64 {
        self.c + self.d
    }

    /// The successes of both groups.
    fn successes(self) -> f64 {
        self.a + self.c
    }

    /// The failures of both groups.
    fn failures(self) -> f64 {
        self.b + self.d
    }

    /// The units of both groups.
    fn total(self) -> f64 {
        self.first() + self.second()
    }

    /// `ad / n`: the stratum's part above the line of the Mantel-Haenszel odds ratio.
    fn concordant(self) -> f64 {
        self.a * self.d / self.total()
    }

    /// `bc / n`: its part below the line.
    fn discordant(self) -> f64 {
        self.b * self.c / self.total()
    }

    /// How many more successes the first group has than its part of all successes. Both signs of (ad - bc) / n are
    /// exact, so a stratum without a difference gives 0.
    fn surplus(self) -> f64 {
        (self.a * self.d - self.b * self.c) / self.total()
    }
}

/// The strata in which both groups have somebody: in the others there is nothing to compare.
fn comparable(tables: &[Stratum]) -> Result<Vec<Cells>> {
    check_total(tables.iter().flatten().flatten().copied())?;
    let cells = tables.iter().map(|[[a, b], [c, d]]| Cells {
        a: number(*a),
        b: number(*b),
        c: number(*c),
        d: number(*d),
    });
    Ok(cells.filter(|cells| cells.first() > 0.0 && cells.second() > 0.0).collect())
}

/// The sum of a part of each stratum.
fn sum(strata: &[Cells], part: impl Fn(Cells) -> f64) -> f64 {
    strata.iter().copied().map(part).sum()
}
