//! Charts and displays in words: what their parts are called, and what they say to whoever cannot see them.

mod fact;
mod word;

pub use fact::{Unit, counted, description, interval, number, out_of, state_text, verdict_text};
pub use word::ChartWord;
