//! Successes known before they are due: which signatures they have, looked at once each, when one first occurs.

use std::collections::HashMap;

use super::axis::Axis;
use super::histogram::classes_at;
use super::plan::Plan;

/// What is known of a signature.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Seen {
    NotYet,
    OnTime,
    Early,
}

/// For signatures, by their places, the indicators of which they are successes known before due.
#[derive(Debug)]
pub(super) struct EarlySignatures {
    shape: Vec<u32>,
    seen: Vec<Seen>,
    indicators: HashMap<u32, Vec<usize>>,
}

impl EarlySignatures {
    pub(super) fn new(plan: &Plan) -> Self {
        let shape: Vec<u32> = plan.axes.iter().map(Axis::size).collect();
        let places = shape.iter().map(|size| *size as usize).product();
        Self { shape, seen: vec![Seen::NotYet; places], indicators: HashMap::new() }
    }

    /// The indicators (by position in the project) of which units at a place are successes known before due.
    #[inline]
    pub(super) fn at(&mut self, plan: &Plan, place: u32) -> &[usize] {
        if self.seen[place as usize] == Seen::NotYet {
            self.look_at(plan, place);
        }
        if self.seen[place as usize] == Seen::OnTime {
            return &[];
        }
        self.indicators.get(&place).map_or(&[], Vec::as_slice)
    }

    fn look_at(&mut self, plan: &Plan, place: u32) {
        let mut signature = vec![0; self.shape.len()];
        classes_at(place as usize, &self.shape, &mut signature);
        let indicators = plan.known_before_due(&signature);
        self.seen[place as usize] = if indicators.is_empty() { Seen::OnTime } else { Seen::Early };
        if !indicators.is_empty() {
            self.indicators.insert(place, indicators);
        }
    }
}
