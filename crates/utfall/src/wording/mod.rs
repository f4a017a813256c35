//! Wording: typed facts in, Swedish or English out. Every sentence that a person reads has its home here, so that Rust,
//! notebook, command line and report say the same.
//!
//! Names promise no more than the figures do: a difference is not an effect, and nothing here says so.

mod finding;
mod goal;
mod group;
mod number;
mod overlap;
mod reading;
mod word;

pub use goal::{GoalLine, goal_lines, goal_sentence, headings};
pub use group::{GroupLine, group_headings, group_lines};
pub use number::{count, percent, percentage_points};
pub use overlap::overlap_sentences;
pub use word::{goal_reason, judgement, promise, reason};

pub(crate) use finding::finding;

/// The Swedish or the English text.
macro_rules! say {
    ($language:expr, $sv:expr, $en:expr) => {
        match $language {
            $crate::project::Language::Swedish => $sv,
            $crate::project::Language::English => $en,
        }
    };
}

use say;
