//! The words of charts and displays, in both languages.

use crate::project::Language;

/// Declares the words once: variant, code, Swedish, English.
macro_rules! catalogue {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $sv:literal, $en:literal;)*) => {
        /// A word or heading of a chart or display.
        ///
        /// ```
        /// use utfall::project::Language;
        /// use utfall::wording::ChartWord;
        ///
        /// assert_eq!(ChartWord::NotDue.text(Language::Swedish), "följs upp senare");
        /// assert_eq!(ChartWord::of_code("not_due"), Some(ChartWord::NotDue));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ChartWord {
            $($(#[$doc])* $variant,)*
        }

        impl ChartWord {
            /// All words.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code by which another language asks for the word.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            /// The word as a person reads it.
            pub const fn text(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$variant, Language::Swedish) => $sv,
                      (Self::$variant, Language::English) => $en,)*
                }
            }
        }
    };
}

catalogue! {
    /// Beyond the inner limits of a funnel, above.
    Above = "above", "över de inre gränserna", "above the inner limits";
    /// Any event.
    AnyEvent = "any_event", "någon händelse", "any event";
    /// The day of the evaluation.
    AsOf = "as_of", "uppföljningsdag", "day of the evaluation";
    /// A difference with other columns taken into account.
    Adjusted = "adjusted", "justerad", "adjusted";
    /// After, of two ratings.
    After = "after", "efter", "after";
    /// Beyond the inner limits of a funnel, below.
    Below = "below", "under de inre gränserna", "below the inner limits";
    /// Where a goal begins.
    Baseline = "baseline", "utgångsläge", "baseline";
    /// Before, of two ratings.
    Before = "before", "före", "before";
    /// What the value could be, whatever the missing are.
    Bounds = "bounds", "gränser om de som saknas räknas med", "bounds if the missing are counted in";
    /// A month of a part with a row that meets the condition.
    Covered = "covered", "täckt", "covered";
    /// A difference as it stands.
    Crude = "crude", "skillnad", "difference";
    /// The kind of an indicator: a change.
    KindChange = "change", "förändring", "change";
    /// The kind of an indicator: a count.
    KindCount = "count", "antal", "count";
    /// The kind of an indicator: coverage.
    KindCoverage = "coverage", "täckning", "coverage";
    /// The kind of an indicator: incidence.
    KindIncidence = "incidence", "andel över tid", "incidence";
    /// The kind of an indicator: a mean.
    KindMean = "mean", "medelvärde", "mean";
    /// The kind of an indicator: a ratio.
    KindRatio = "ratio", "kvot", "ratio";
    /// The kind of an indicator: a sum.
    KindSum = "sum", "summa", "sum";
    /// The kind of an indicator: a survey.
    KindSurvey = "survey", "enkät", "survey";
    /// The level of a goal: individuals.
    LevelIndividual = "individual", "individnivå", "individual";
    /// The level of a goal: organisations.
    LevelOrganisation = "organisation", "organisationsnivå", "organisation";
    /// The level of a goal: structures.
    LevelStructure = "structure", "strukturnivå", "structure";
    /// The columns of a register.
    Columns = "columns", "kolumner", "columns";
    /// Days, after their number.
    Days = "days", "dagar", "days";
    /// Done.
    Done = "done", "klart", "done";
    /// Back.
    Down = "down", "bakåt", "back";
    /// A version of a target that is no longer in force.
    EarlierTarget = "earlier_target", "tidigare målvärde", "earlier target";
    /// Everybody.
    Everybody = "everybody", "alla", "everybody";
    /// The heading of a goal.
    Goals = "goals", "Mål", "Goals";
    /// The heading of the groups.
    Groups = "groups", "Grupper", "Groups";
    /// The heading of the indicators.
    Indicators = "indicators", "Indikatorer", "Indicators";
    /// Beyond the outer limits of a funnel, above.
    FarAbove = "far_above", "långt över gränserna", "far above the limits";
    /// Beyond the outer limits of a funnel, below.
    FarBelow = "far_below", "långt under gränserna", "far below the limits";
    /// The inner limits of a funnel.
    InnerLimits = "inner_limits", "inre gränser (95 %)", "inner limits (95%)";
    /// An interval.
    Interval = "interval", "intervall", "interval";
    /// The kind of an indicator.
    Kind = "kind", "slag", "kind";
    /// The level of a goal.
    Level = "level", "nivå", "level";
    /// A limit that is accepted.
    Limit = "limit", "godtas", "accepted";
    /// Lost between two stages.
    Lost = "lost", "kom inte vidare", "went no further";
    /// Missing.
    Missing = "missing", "saknas", "missing";
    /// A calendar month.
    Month = "month", "månad", "month";
    /// Months, after their number.
    Months = "months", "månader", "months";
    /// How many more there are than are shown.
    More = "more", "till", "more";
    /// Not covered.
    NotCovered = "not_covered", "inte täckt", "not covered";
    /// Not due.
    NotDue = "not_due", "följs upp senare", "not due yet";
    /// Not expected.
    NotExpected = "not_expected", "förväntas inte", "not expected";
    /// Not measurable.
    NotMeasurable = "not_measurable", "går inte att mäta", "not measurable";
    /// There is nothing to show.
    Nothing = "nothing", "Inget att visa", "Nothing to show";
    /// Observed.
    Observed = "observed", "observerade", "observed";
    /// How many are observed, as an axis.
    ObservedUnits = "observed_units", "antal observerade", "number observed";
    /// Under way.
    Ongoing = "ongoing", "pågår", "under way";
    /// The outer limits of a funnel.
    OuterLimits = "outer_limits", "yttre gränser (99,8 %)", "outer limits (99.8%)";
    /// The outcome.
    Outcome = "outcome", "utfall", "outcome";
    /// An activity whose last day has passed.
    Overdue = "overdue", "försenat", "overdue";
    /// The period of a project.
    Period = "period", "period", "period";
    /// The axis of differences.
    Points = "points", "procentenheter", "percentage points";
    /// An activity that lies ahead.
    Planned = "planned", "planerat", "planned";
    /// The heading of the checks of horizontal principles.
    Principles = "principles", "Horisontella principer", "Horizontal principles";
    /// What may not be published.
    Protected = "protected", "skyddat", "protected";
    /// Reached a stage.
    Reached = "reached", "nådde hit", "reached";
    /// The heading of the registers.
    Registers = "registers", "Register", "Registers";
    /// What a row of a register is.
    Row = "row", "en rad är", "a row is";
    /// The same.
    Same = "same", "samma", "same";
    /// The axis of shares.
    Share = "share", "andel", "share";
    /// A target.
    Target = "target", "målvärde", "target";
    /// The title of the action plan.
    TitleActions = "title_plan", "Handlingsplan", "Action plan";
    /// The title of a chart of completeness.
    TitleCompleteness = "title_completeness", "Vad utfallet bygger på", "What the outcome rests on";
    /// The title of a chart of coverage.
    TitleCoverage = "title_coverage", "Täckning per månad", "Coverage by month";
    /// The title of a flow.
    TitleFlow = "title_flow", "Deltagarnas väg", "Participant flow";
    /// The title of a funnel.
    TitleFunnel = "title_funnel", "Skillnader utöver slumpen", "Differences beyond chance";
    /// The title of a chart of gaps.
    TitleGap = "title_gap", "Skillnader mellan grupper", "Differences between groups";
    /// The title of a chart of goals.
    TitleGoals = "title_goals", "Utfall mot målvärden", "Outcomes against targets";
    /// The title of a chart of groups.
    TitleGroups = "title_groups", "Utfall efter grupp", "Outcome by group";
    /// The title of a chart of incidence.
    TitleIncidence = "title_incidence", "Andel över tid", "Share over time";
    /// The title of a matrix of steps.
    TitleSteps = "title_steps", "Nivåer före och efter", "Levels before and after";
    /// The title of a history of targets.
    TitleTargets = "title_targets", "Målvärden över tid", "Targets over time";
    /// Without dates.
    Undated = "undated", "utan datum", "undated";
    /// Unknown.
    Unknown = "unknown", "okänt", "unknown";
    /// Forward.
    Up = "up", "framåt", "forward";
    /// Within the limits of a funnel.
    Within = "within", "inom gränserna", "within the limits";
    /// The heading of findings.
    Warnings = "warnings", "Att se över", "To look at";
}

impl ChartWord {
    /// The word of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|word| word.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_in_both_languages_and_once() {
        let mut codes: Vec<&str> = ChartWord::ALL.iter().map(|word| word.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ChartWord::ALL.len());
        for word in ChartWord::ALL {
            assert_eq!(ChartWord::of_code(word.code()), Some(*word));
            for language in [Language::Swedish, Language::English] {
                assert!(!word.text(language).trim().is_empty(), "{word:?}");
            }
        }
    }
}
