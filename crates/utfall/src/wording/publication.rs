//! How a publication is protected, and what could be merged instead, in sentences.

use super::{count, say};
use crate::project::{Language, Level};
use crate::publication::{ProposedMerging, Publication};

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

/// Which levels could be merged, and what that spares and loses; the column by its header, the levels by their names.
pub fn merging_sentence(proposed: &ProposedMerging, language: Language) -> String {
    let project = &proposed.project;
    let mut registers = project.registers.keys().filter_map(|register| project.columns(register));
    let column = registers.find_map(|columns| columns.get(&proposed.column));
    let header = column.and_then(|column| column.header.as_deref()).unwrap_or(&proposed.column);
    let levels: &[Level] = column.map(|column| &column.levels.0[..]).unwrap_or_default();
    let name = |code: &String| {
        let level = levels.iter().find(|level| level.code == *code);
        level.map_or(code.as_str(), |level| level.labels.in_language(language, code)).to_owned()
    };
    let merged = proposed.levels.iter().filter(|codes| codes.len() > 1);
    let merged: Vec<String> =
        merged.map(|codes| codes.iter().map(name).collect::<Vec<_>>().join(" + ")).collect();
    let most = count(proposed.threshold.saturating_sub(1), language);
    let [before, after] =
        [proposed.small_before, proposed.small_after].map(|small| count(small as u64, language));
    if merged.is_empty() {
        return say!(
            language,
            format!(
                "{header}: inget att slå ihop; {before} av gruppernas antal är små (1–{most})."
            ),
            format!(
                "{header}: nothing to merge; {before} counts of its groups are small (1–{most})."
            )
        );
    }
    let merged = merged.join(", ");
    say!(
        language,
        format!(
            "{header}: slå ihop {merged}. Då är {after} av gruppernas antal små (1–{most}) i stället för {before}. Vilka nivåer som hör ihop avgör den som känner dem."
        ),
        format!(
            "{header}: merge {merged}. Then {after} counts of its groups are small (1–{most}) instead of {before}. Which levels belong together is for who knows them to decide."
        )
    )
}
