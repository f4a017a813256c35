//! Wording: typed facts in, Swedish or English out. Every sentence that a person reads has its home here, so that Rust,
//! notebook, command line and report say the same.
//!
//! Names promise no more than the figures do: a difference is not an effect, and nothing here says so.

mod chart;
mod check;
mod check_declared;
mod check_gap;
mod check_words;
mod condition;
mod difference;
mod explanation;
mod finding;
mod goal;
mod group;
mod number;
mod overlap;
#[cfg(feature = "disclosure")]
mod publication;
mod reading;
mod receipt;
mod reconcile;
mod review;
mod soundness;
#[cfg(feature = "disclosure")]
mod table_label;
mod template;
mod word;

pub use chart::{
    ChartWord, Unit, counted, description, interval, number, out_of, state_text, verdict_text,
};
pub use check::{CheckLine, check_headings, check_lines, check_sentence};
pub use check_words::{check_reason, check_state};
pub use condition::condition;
pub use difference::{
    DifferenceLine, cause, changed_sentence, difference_headings, difference_lines,
    figure_sentence, more_groups, verdict_sentence,
};
pub use explanation::{AccountingStep, Explanation, Sign, explanation, explanation_headings};
pub use goal::{GoalLine, goal_lines, goal_sentence, headings};
pub use group::{GroupLine, group_headings, group_lines};
pub use number::{count, p_value, percent, percentage_points, quantity};
pub use overlap::overlap_sentences;
#[cfg(feature = "disclosure")]
pub use publication::{merging_sentence, protection_note};
pub use receipt::{
    NotChecked, ReceiptPart, ReceiptState, receipt_line, receipt_sentence, receipt_words,
};
#[cfg(feature = "disclosure")]
pub use table_label::{TableLabel, table_label};
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
