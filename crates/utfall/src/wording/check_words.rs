//! Words for the states and reasons of checks, and for parts and groups.

use super::check::column;
use super::{reason, say};
use crate::principles::{ActivityProgress, CheckReason, CheckState, PartLevel};
use crate::project::{GroundName, Language, Principle, Project, UNKNOWN};

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
        CheckReason::NoIndicator => {
            say!(language, "målet har ingen indikator", "the goal has no indicator")
        }
        CheckReason::NoColumn => {
            say!(language, "registret har ingen sådan kolumn", "the register has no such column")
        }
        CheckReason::Incomplete => {
            say!(language, "alla uppgifter finns inte", "not everything is said")
        }
        CheckReason::Overdue => {
            say!(language, "sista dagen har passerat", "the last day has passed")
        }
        CheckReason::NoActivity => say!(language, "ingen aktivitet", "no activity"),
        CheckReason::NotCollected => say!(language, "samlas inte in", "not collected"),
        CheckReason::Undeclared => {
            say!(language, "projektfilen säger inget", "the project file says nothing")
        }
        CheckReason::Figure(why) => reason(why, language),
    }
}

/// A horizontal principle.
pub(super) fn principle_text(principle: Principle, language: Language) -> &'static str {
    match principle {
        Principle::Equality => say!(language, "jämställdhet", "equality"),
        Principle::Accessibility => say!(language, "tillgänglighet", "accessibility"),
        Principle::NonDiscrimination => {
            say!(language, "icke-diskriminering", "non-discrimination")
        }
    }
}

/// A ground of the Discrimination Act.
pub(super) fn ground_text(ground: GroundName, language: Language) -> &'static str {
    match ground {
        GroundName::Sex => say!(language, "Kön", "Sex"),
        GroundName::GenderIdentity => say!(
            language,
            "Könsöverskridande identitet eller uttryck",
            "Transgender identity or expression"
        ),
        GroundName::Ethnicity => say!(language, "Etnisk tillhörighet", "Ethnicity"),
        GroundName::Religion => {
            say!(language, "Religion eller annan trosuppfattning", "Religion or other belief")
        }
        GroundName::Disability => say!(language, "Funktionsnedsättning", "Disability"),
        GroundName::SexualOrientation => say!(language, "Sexuell läggning", "Sexual orientation"),
        GroundName::Age => say!(language, "Ålder", "Age"),
    }
}

/// A criterion of the European Social Fund.
pub(super) fn criterion_text(criterion: &str, language: Language) -> &'static str {
    match criterion {
        "competence" => say!(
            language,
            "Kompetens om de horisontella principerna",
            "Competence about the horizontal principles"
        ),
        "problem_analysis" => say!(
            language,
            "De horisontella principerna i problemanalysen",
            "The horizontal principles in the problem analysis"
        ),
        "goals" => say!(language, "Mål utifrån analysen", "Goals that follow from the analysis"),
        "activities" => say!(
            language,
            "Alla aktiviteter tar hänsyn till principerna",
            "All activities take the principles into account"
        ),
        _ => say!(language, "Principerna följs upp", "The principles are followed up"),
    }
}

/// How far an activity has come.
pub(super) fn activity_progress(progress: ActivityProgress, language: Language) -> &'static str {
    match progress {
        ActivityProgress::Planned => say!(language, "planerad", "planned"),
        ActivityProgress::Ongoing => say!(language, "pågår", "ongoing"),
        ActivityProgress::Done => say!(language, "genomförd", "done"),
        ActivityProgress::Late => say!(language, "genomförd för sent", "done late"),
        ActivityProgress::Overdue => {
            say!(language, "försenad: sista dagen har passerat", "overdue: the last day has passed")
        }
        ActivityProgress::Undated => say!(language, "utan datum", "undated"),
    }
}

/// What an activity should say.
pub(super) fn plan_part(part: &str, language: Language) -> &'static str {
    match part {
        "dates" => say!(language, "datum eller fas", "a date or phase"),
        "responsible" => say!(language, "en ansvarig", "somebody responsible"),
        _ => say!(language, "en indikator eller ett underlag", "an indicator or evidence"),
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
