//! How a publication is protected, in a sentence.

use super::{count, say};
use crate::project::Language;
use crate::publication::Publication;

/// How a publication is protected: what is hidden, and how many counts that makes.
///
/// ```
/// use utfall::project::Language;
/// use utfall::publication::{Publication, PublicationRules};
/// use utfall::{Evaluator, Project, day, wording};
///
/// let project = Project::from_toml("schema = 1\nname = \"Likes\"")?;
/// let evaluation = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?.finish()?;
/// let publication = Publication::new(&project, &evaluation, &PublicationRules::default(), &[])?;
/// assert_eq!(
///     wording::protection_note(&publication, Language::English),
///     "Protected: counts of 1 to 4 persons are hidden, with what they could be computed from; 0 counts are hidden."
/// );
/// # Ok::<(), utfall::Error>(())
/// ```
pub fn protection_note(publication: &Publication, language: Language) -> String {
    let most = count(publication.rules.rules.threshold.saturating_sub(1), language);
    let hidden = publication.hidden() as u64;
    let counts = count(hidden, language);
    let is_one = hidden == 1;
    say!(
        language,
        format!(
            "Skyddad: antal från 1 till {most} personer är dolda, liksom det som de kunde räknas fram ur; {counts} antal är {}.",
            if is_one { "dolt" } else { "dolda" }
        ),
        format!(
            "Protected: counts of 1 to {most} persons are hidden, with what they could be computed from; {counts} {} hidden.",
            if is_one { "count is" } else { "counts are" }
        )
    )
}
