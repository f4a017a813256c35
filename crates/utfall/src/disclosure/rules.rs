//! Which counts must be hidden, and how far they must stay in the dark.

use super::bounds::outer_bounds;
use super::error::{DisclosureError, Result};
use super::system::{MOST, Need, Role, System};

/// The threshold that is usual in Swedish and European statistics on persons.
pub const USUAL_THRESHOLD: u64 = 5;

/// The highest threshold: patterns are made threshold by threshold so that they nest.
const HIGHEST_THRESHOLD: u64 = 100;

/// What is done with counts of 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zeros {
    /// They are always printed, so everybody knows that what is hidden is at least 1.
    #[default]
    Printed,
    /// They are printed, and hidden only where that hides others: nobody can tell from a mask that a count is not 0.
    Secondary,
    /// They are hidden as small counts are.
    Protected,
}

/// Which counts must be hidden.
///
/// ```
/// use utfall::disclosure::{Cell, Need, Rules, System};
///
/// let system = System::new([7, 4, 3, 0].map(Cell::of).to_vec(), vec![])?;
/// let marked = Rules::default().mark(&system)?;
/// let needs: Vec<_> = marked.cells().iter().map(|cell| cell.need).collect();
/// let hidden = Some(Need { low: 1, high: 5 });
/// assert_eq!(needs, [None, hidden, hidden, None]);
/// # Ok::<(), utfall::disclosure::DisclosureError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Counts from 1 to one less are hidden, and everything from there to the threshold must remain possible.
    pub threshold: u64,
    /// What is done with counts of 0.
    pub zeros: Zeros,
    /// Whether a hidden count must also be safe from the one person in another hidden cell, who knows that it is 1: it must
    /// be able to be one more than it is.
    pub singletons: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { threshold: USUAL_THRESHOLD, zeros: Zeros::Printed, singletons: true }
    }
}

impl Rules {
    /// The same rules with another threshold.
    #[must_use]
    pub const fn with_threshold(self, threshold: u64) -> Self {
        Self { threshold, ..self }
    }

    /// A system in which the cells that these rules hide have their protection. Roles and costs stay as they are, and so do
    /// cells that are always published or have a protection already; cells of 0 become always published where zeros are.
    /// Unprinted cells are marked too: a count that nobody prints may follow from others.
    ///
    /// # Errors
    ///
    /// If the threshold is not between 1 and 100.
    pub fn mark(&self, system: &System) -> Result<System> {
        let Self { threshold, .. } = *self;
        if !(1..=HIGHEST_THRESHOLD).contains(&threshold) {
            return Err(DisclosureError::ThresholdOutOfRange {
                threshold,
                most: HIGHEST_THRESHOLD,
            });
        }
        let floor = u64::from(self.zeros == Zeros::Printed);
        // The smallest count that is hidden for its own sake.
        let least = u64::from(self.zeros != Zeros::Protected);
        let marked = system.with(|_, cell| {
            if cell.role.is_known() || cell.role == Role::Part || cell.need.is_some() {
                return;
            }
            if cell.role == Role::Printed {
                cell.floor = cell.floor.max(floor);
                if cell.value < floor {
                    (cell.role, cell.floor) = (Role::Known, 0);
                    return;
                }
            }
            if (least..threshold).contains(&cell.value) {
                let high = threshold.min(cell.ceiling.unwrap_or(MOST));
                cell.need = Some(Need { low: cell.floor.max(floor.min(cell.value)), high });
                cell.lone = self.singletons && cell.value == 1;
            }
        })?;
        // A sum is no less than its parts are at least, whatever is hidden: two cells that are not 0 make 2.
        let bounds = outer_bounds(&marked, |cell| !marked.cells()[cell].role.is_known());
        marked.with(|number, cell| {
            let floor = possible_floor(cell.value, bounds[number].0);
            cell.need = cell.need.map(|need| Need { low: need.low.max(floor), ..need });
        })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "deviations are below 2^50")]
fn possible_floor(value: u64, down: f64) -> u64 {
    value.saturating_add_signed(down.ceil() as i64)
}

/// What is done with a share of exactly 0 or 100 % in a small group: everybody there has the property, or nobody, so the
/// share tells of each of them whatever its counts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CertainShares {
    /// It is published, and [`is_certain`] tells whoever lays it out to flag it.
    #[default]
    Flagged,
    /// Its counts are hidden, and so that nobody can tell such a mask from another, counts of 0 in small groups are no
    /// longer taken to be printed always.
    Hidden,
}

/// Whether a share tells of everybody in a small group.
///
/// ```
/// use utfall::disclosure::is_certain;
///
/// assert!(is_certain(6, 6, 10));
/// assert!(is_certain(0, 6, 10));
/// assert!(!is_certain(5, 6, 10));
/// assert!(!is_certain(60, 60, 10));
/// ```
pub const fn is_certain(successes: u64, n: u64, smallest_group: u64) -> bool {
    n > 0 && n < smallest_group && (successes == 0 || successes >= n)
}

/// The cells of a share: who succeeded and who did not are both counts of persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The cell of the successes.
    pub successes: usize,
    /// The cell of the failures, printed or not.
    pub failures: usize,
}

impl CertainShares {
    /// Marks the counts of shares in groups below `smallest_group`, before [`Rules::mark`]. Where such shares are hidden,
    /// everything from 0 to the group's size must remain possible for both counts of a certain one.
    ///
    /// # Errors
    ///
    /// If a share names a cell that is not there, or a certain one names a cell that is always published.
    pub fn mark(self, system: &System, shares: &[Share], smallest_group: u64) -> Result<System> {
        if self == Self::Flagged {
            return Ok(system.clone());
        }
        let cells = system.cells();
        let mut needs = vec![None; cells.len()];
        for (number, share) in shares.iter().enumerate() {
            let value = |cell: usize| {
                let missing =
                    DisclosureError::NoSuchCell { relation: number, cell, cells: cells.len() };
                cells.get(cell).map(|cell| cell.value).ok_or(missing)
            };
            let (successes, n) =
                (value(share.successes)?, value(share.successes)? + value(share.failures)?);
            if is_certain(successes, n, smallest_group) {
                for cell in [share.successes, share.failures] {
                    needs[cell] = Some(Need { low: 0, high: n });
                }
            }
        }
        system.with(|number, cell| cell.need = cell.need.or(needs[number]))
    }
}
