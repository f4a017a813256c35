//! Words for the states and reasons of checks, and for parts and groups.

use super::check::column;
use super::{reason, say};
use crate::principles::{CheckReason, CheckState, PartLevel};
use crate::project::{Language, Project, UNKNOWN};

/// The state of a check in a word or two.
pub fn check_state(state: CheckState, language: Language) -> &'static str {
    match state {
        CheckState::Met => say!(language, "uppfyllt", "met"),
        CheckState::NotMet => say!(language, "inte uppfyllt", "not met"),
        CheckState::Open => say!(language, "öppet", "open"),
        CheckState::CannotTell => say!(language, "går inte att säga", "cannot tell"),
        CheckState::NotMeasured => say!(language, "mäts inte", "not measured"),
        CheckState::Declared => {
            say!(language, "redovisat, inte beräknat", "declared, not computed")
        }
    }
}

/// Why a result is what it is, in a few words.
pub fn check_reason(why: CheckReason, language: Language) -> &'static str {
    match why {
        CheckReason::SmallGroup => {
            say!(language, "för få är observerade", "too few are observed")
        }
        CheckReason::Empty => say!(language, "ingen finns där", "nobody is there"),
        CheckReason::NoLimit => {
            say!(
                language,
                "inget är angivet att jämföra med",
                "nothing is declared to judge against"
            )
        }
        CheckReason::NoTargetYet => {
            say!(language, "inget målvärde gäller ännu", "no target is in force yet")
        }
        CheckReason::NoEvidence => say!(language, "inget underlag finns", "there is no evidence"),
        CheckReason::Figure(why) => reason(why, language),
    }
}

/// The names of levels: `Kvinnor, Vård och omsorg`.
pub(super) fn level_text(project: &Project, part: &[PartLevel], language: Language) -> String {
    let names: Vec<&str> = part
        .iter()
        .map(|level| {
            let found = column(project, &level.column);
            let declared = found
                .and_then(|column| column.levels.0.iter().find(|known| known.code == level.code));
            match (declared, level.code.as_str()) {
                (Some(declared), code) => declared.labels.in_language(language, code),
                (None, UNKNOWN) => say!(language, "okänt", "unknown"),
                (None, "true") => say!(language, "ja", "yes"),
                (None, "false") => say!(language, "nej", "no"),
                (None, code) => code,
            }
        })
        .collect();
    names.join(", ")
}
