//! Successes known before they are due: which signatures they have, looked at once each, when one first occurs.

use super::axis::Axis;
use super::count::{EarlyRows, note_rows};
use super::histogram::classes_at;
use super::plan::Plan;
use crate::finding::Rows;

/// What is known of a signature: nothing yet, that it is on time, or from which number of [`EarlySignatures::early`] on
/// its indicators are counted.
type Seen = u32;

const NOT_YET: Seen = 0;
const ON_TIME: Seen = 1;
const FIRST_EARLY: Seen = 2;

/// For signatures, by their places, the indicators of which they are successes known before due.
#[derive(Debug)]
pub(super) struct EarlySignatures {
    shape: Vec<u32>,
    seen: Vec<Seen>,
    /// The indicators (by position in the project) of each signature that is early, and the rows that have it.
    early: Vec<(Vec<usize>, Rows)>,
}

impl EarlySignatures {
    pub(super) fn new(plan: &Plan) -> Self {
        let shape: Vec<u32> = plan.axes.iter().map(Axis::size).collect();
        let places = shape.iter().map(|size| *size as usize).product();
        Self { shape, seen: vec![NOT_YET; places], early: Vec::new() }
    }

    /// Notes which rows are successes known before due; the first has the number `first_row`, and those noted before had
    /// smaller ones.
    pub(super) fn note(&mut self, plan: &Plan, places: &[u32], first_row: u64) {
        for (row, place) in (first_row..).zip(places) {
            let mut seen = self.seen[*place as usize];
            if seen == ON_TIME {
                continue;
            }
            if seen == NOT_YET {
                seen = self.look_at(plan, *place);
            }
            if seen >= FIRST_EARLY {
                self.early[(seen - FIRST_EARLY) as usize].1.add(row);
            }
        }
    }

    /// The rows noted since the last time, of each indicator.
    pub(super) fn take(&mut self) -> EarlyRows {
        let mut of_indicators = EarlyRows::new();
        for (indicators, rows) in &mut self.early {
            let rows = std::mem::take(rows);
            if rows.is_empty() {
                continue;
            }
            for indicator in indicators {
                note_rows(&mut of_indicators, *indicator, rows.clone());
            }
        }
        of_indicators
    }

    fn look_at(&mut self, plan: &Plan, place: u32) -> Seen {
        let mut signature = vec![0; self.shape.len()];
        classes_at(place as usize, &self.shape, &mut signature);
        let indicators = plan.known_before_due(&signature);
        let mut seen = ON_TIME;
        if !indicators.is_empty() {
            // There are fewer signatures than places of a dense histogram.
            seen = FIRST_EARLY + u32::try_from(self.early.len()).unwrap_or(0);
            self.early.push((indicators, Rows::default()));
        }
        self.seen[place as usize] = seen;
        seen
    }
}
