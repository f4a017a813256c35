//! Words for verdicts, reasons and promises.

use super::number::decimal;
use super::{percent, say};
use crate::assess::{GoalReason, Judgement, Reason};
use crate::project::{Language, Measure, Promise, Threshold};

/// A verdict in a word or two.
pub fn judgement(judgement: Judgement, language: Language) -> &'static str {
    match judgement {
        Judgement::Met => say!(language, "nått", "met"),
        Judgement::Near => say!(language, "nästan nått", "nearly met"),
        Judgement::NotMet => say!(language, "inte nått", "not met"),
        Judgement::NotDue => say!(language, "inte dags än", "not due yet"),
        Judgement::NotAssessable => say!(language, "kan inte bedömas", "cannot be assessed"),
    }
}

/// Why a figure cannot be computed, in a few words.
pub fn reason(reason: Reason, language: Language) -> &'static str {
    match reason {
        Reason::EmptyPopulation => {
            say!(language, "ingen ingår i populationen", "nobody is in the population")
        }
        Reason::NothingObserved => {
            say!(language, "alla uppföljningar saknas", "every follow-up is missing")
        }
        Reason::RegisterNotGiven => {
            say!(language, "registret är inte lämnat", "the register was not given")
        }
        Reason::NotPublished => {
            say!(language, "underlaget är aldrig publicerat", "what it needs was never published")
        }
        Reason::NothingToDivideBy => {
            say!(language, "det finns inget att dela med", "there is nothing to divide by")
        }
        Reason::NotEstimable => say!(
            language,
            "ingen är ännu uppföljd så länge",
            "nobody has been followed for so long yet"
        ),
        Reason::NoPeriod => say!(
            language,
            "projektets första eller sista dag är inte angiven",
            "the first or last day of the project is not declared"
        ),
        Reason::Protected => say!(language, "skyddat", "protected"),
    }
}

/// Why a goal cannot be assessed, in a few words.
pub fn goal_reason(why: GoalReason, language: Language) -> &'static str {
    match why {
        GoalReason::NoTargetYet => {
            say!(language, "inget målvärde gäller ännu", "no target is in force yet")
        }
        GoalReason::NoTarget => say!(language, "inget målvärde", "no target"),
        GoalReason::NoIndicator => {
            say!(language, "varken indikator eller bedömning", "neither indicator nor rating")
        }
        GoalReason::PartUnrated => say!(
            language,
            "någon del av projektet är inte bedömd",
            "a part of the project is not rated"
        ),
        GoalReason::Figure(why) => reason(why, language),
    }
}

/// What a target promises: `minst 70 %`, `at least 70%`.
///
/// Shares are written as percentages, without decimals that are zero; counts and ratings as they are.
pub fn promise(promise: &Promise, measure: Option<&Measure>, language: Language) -> String {
    promised(promise, measure.is_some_and(Measure::is_share), language)
}

/// What a target promises, its numbers shares or not.
pub(super) fn promised(promise: &Promise, is_share: bool, language: Language) -> String {
    let number = |threshold: &Threshold| match threshold {
        Threshold::Rating(rating) => rating.clone(),
        Threshold::Number(number) if is_share => {
            let text = percent(number.to_f64(), language);
            let zero = say!(language, ",0", ".0");
            text.replacen(&format!("{zero}\u{a0}"), "\u{a0}", 1).replacen(
                &format!("{zero}%"),
                "%",
                1,
            )
        }
        Threshold::Number(number) => {
            let decimals = number.to_string().split_once('.').map_or(0, |(_, part)| part.len());
            decimal(number.to_f64(), decimals, language)
        }
    };
    match promise {
        Promise::AtLeast(low) => {
            say!(language, format!("minst {}", number(low)), format!("at least {}", number(low)))
        }
        Promise::AtMost(high) => {
            say!(language, format!("högst {}", number(high)), format!("at most {}", number(high)))
        }
        Promise::Between(low, high) => {
            let (low, high) = (number(low), number(high));
            say!(language, format!("mellan {low} och {high}"), format!("between {low} and {high}"))
        }
        Promise::All => say!(language, "alla", "everybody").to_owned(),
        Promise::Exists => say!(language, "minst en", "at least one").to_owned(),
    }
}
