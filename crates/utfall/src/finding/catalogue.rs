//! The catalogue of findings: every code with its word, the question that it answers, and how grave it is.

/// The catalogue: every code with its word, its family and how grave it is.
macro_rules! catalogue {
    ($($(#[doc = $doc:literal])+ $code:ident = $word:literal, $family:ident, $severity:ident;)+) => {
        /// What a finding is about; [`FindingCode::word`] is stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum FindingCode {
            $($(#[doc = $doc])+ $code,)+
        }

        impl FindingCode {
            /// Every code, in the order of the catalogue.
            pub const ALL: &[Self] = &[$(Self::$code,)+];

            /// The code as tables write it.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$code => $word,)+
                }
            }

            /// Which question the finding answers.
            pub const fn family(self) -> Family {
                match self {
                    $(Self::$code => Family::$family,)+
                }
            }

            /// How grave it is.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$code => Severity::$severity,)+
                }
            }
        }
    };
}

catalogue! {
    /// A text of a level or flag column that no level declares; its value is unknown.
    UndeclaredSpelling = "undeclared_spelling", Register, Warning;
    /// A value outside an ordinal scale, or a number that is not finite; its value is unknown.
    OffScale = "off_scale", Register, Warning;
    /// A row without an id in the column that identifies persons; it cannot be told from others.
    MissingId = "missing_id", Register, Warning;
    /// A date after `as_of`: it has not happened, and is read as null.
    FutureDate = "future_date", Register, Warning;
    /// A level that does not lie within the row's level of the parent column; its value is unknown.
    ContradictoryParent = "contradictory_parent", Register, Warning;
    /// A success that is known before it is due; the unit stays `not_due`.
    KnownBeforeDue = "known_before_due", Register, Warning;
    /// An enrolment with an exit and no start, where persons are counted; no other of its person begins after it.
    MissingStart = "missing_start", Register, Warning;
    /// An enrolment whose exit lies before its start, where persons are counted.
    EndBeforeStart = "end_before_start", Register, Warning;
    /// Persons were counted in parts that were merged: one who is in several of them is counted once in each.
    PersonsInParts = "persons_in_parts", Register, Warning;
    /// Which sign divides the fields of a CSV file.
    SeparatorDetected = "separator_detected", Reading, Note;
    /// In which encoding a text file is.
    EncodingDetected = "encoding_detected", Reading, Note;
    /// Which sheet of a workbook was read.
    SheetChosen = "sheet_chosen", Reading, Note;
    /// Rows above the header that are no part of the table.
    TitleRowsSkipped = "title_rows_skipped", Reading, Note;
    /// Two rows of headers, the upper with merged cells, were joined to one.
    HeaderRowsJoined = "header_rows_joined", Reading, Note;
    /// A column without a header was given a name.
    UnnamedColumn = "unnamed_column", Reading, Warning;
    /// A header stands twice; a number was put behind the second.
    RepeatedHeaderNumbered = "repeated_header_numbered", Reading, Warning;
    /// Columns without a header and without a value were left out.
    EmptyColumnsLeftOut = "empty_columns_left_out", Reading, Note;
    /// Rows without any value were left out.
    EmptyRowsLeftOut = "empty_rows_left_out", Reading, Note;
    /// A totals row at the foot was left out: it is no unit.
    TotalsRowLeftOut = "totals_row_left_out", Reading, Warning;
    /// Rows with a label of totals stand among the others, and were kept as rows.
    TotalsRowsKept = "totals_rows_kept", Reading, Warning;
    /// Rows at the foot, behind an empty one, with a text in the first column only, were left out.
    RemarksLeftOut = "remarks_left_out", Reading, Warning;
    /// Numbers of a column have a decimal comma.
    DecimalComma = "decimal_comma", Reading, Note;
    /// Numbers of a column have their thousands divided.
    ThousandsDivided = "thousands_divided", Reading, Note;
    /// Dates of a column are written otherwise than 2022-06-30.
    DatesRespelled = "dates_respelled", Reading, Note;
    /// Dates of a column have no century: below 30 it is the 2000s, else the 1900s.
    TwoDigitYear = "two_digit_year", Reading, Warning;
    /// Days that a workbook holds as plain numbers were read as days.
    DatesFromSerials = "dates_from_serials", Reading, Warning;
    /// Times of day beside dates were left out.
    TimesLeftOut = "times_left_out", Reading, Warning;
    /// A column is one of texts, and more than half of its cells are numbers or dates.
    MixedColumn = "mixed_column", Reading, Warning;
    /// Cells hold the error of a formula that failed, and are read as null.
    FailedFormulas = "failed_formulas", Reading, Warning;

    /// A goal, no long-term effect, that no indicator measures and no scale rates.
    GoalWithoutIndicator = "goal_without_indicator", Review, Warning;
    /// A goal, no long-term effect, without a target.
    GoalWithoutTarget = "goal_without_target", Review, Warning;
    /// A goal whose targets are ratings: none is a number.
    GoalWithoutNumber = "goal_without_number", Review, Note;
    /// A goal, no long-term effect, with neither a day nor an indicator that has a time of its own.
    GoalWithoutTime = "goal_without_time", Review, Warning;
    /// A goal with a number that does not say how it was before the project.
    GoalWithoutBaseline = "goal_without_baseline", Review, Note;
    /// A goal, no long-term effect, without a verification source.
    GoalWithoutSource = "goal_without_source", Review, Warning;
    /// A long-term effect that nothing measures.
    EffectWithoutIndicator = "effect_without_indicator", Review, Note;
    /// How many of the project's goals have a number and a time, one of them, or neither.
    GoalsNotSpecific = "goals_not_specific", Review, Warning;
    /// An indicator that no goal, check, activity, plan or cost uses.
    UnusedIndicator = "unused_indicator", Review, Note;
    /// A number in the text of a goal that none of its targets has.
    TextNumberWithoutTarget = "text_number_without_target", Review, Warning;
    /// A time in the text of a goal that its indicator does not have.
    TextTimeWithoutFollowUp = "text_time_without_follow_up", Review, Warning;
    /// A goal whose text speaks of those who completed or were trained, and whose indicator counts everybody.
    TextPopulationWithoutCondition = "text_population_without_condition", Review, Warning;
    /// Shares of one register that are of different populations.
    DenominatorsDiffer = "denominators_differ", Review, Note;
    /// A sub-goal that leads to no project goal.
    SubGoalWithoutProjectGoal = "sub_goal_without_project_goal", Review, Warning;
    /// A project goal that leads to no long-term effect.
    ProjectGoalWithoutEffect = "project_goal_without_effect", Review, Warning;
    /// A project goal that no sub-goal leads to.
    ProjectGoalWithoutSubGoal = "project_goal_without_sub_goal", Review, Note;
    /// A long-term effect that no goal leads to.
    EffectWithoutGoal = "effect_without_goal", Review, Warning;
    /// A goal that leads to one that lies nearer than itself.
    ChainBackwards = "chain_backwards", Review, Warning;
    /// A tier of goals none of which states an assumption.
    TierWithoutAssumptions = "tier_without_assumptions", Review, Note;
    /// A tier of goals none of which states a risk.
    TierWithoutRisks = "tier_without_risks", Review, Note;
    /// A risk that nothing is done about.
    RiskWithoutResponse = "risk_without_response", Review, Note;
    /// Activities that nobody is responsible for.
    ActivityWithoutResponsible = "activity_without_responsible", Review, Warning;
    /// Activities with neither a day nor a phase.
    ActivityWithoutDates = "activity_without_dates", Review, Warning;
    /// Activities with neither an indicator nor evidence.
    ActivityWithoutFollowUp = "activity_without_follow_up", Review, Note;
    /// A target that was made easier to reach.
    TargetLowered = "target_lowered", Review, Warning;
    /// A target revised in the last quarter of the project, or after it.
    TargetRevisedLate = "target_revised_late", Review, Warning;
    /// A revision that does not say who decided it, or why.
    RevisionWithoutReason = "revision_without_reason", Review, Warning;
    /// A published claim that goals are unchanged, while a target of theirs was revised.
    ClaimedUnchanged = "claimed_unchanged", Review, Error;
    /// Two parts of the project whose target groups exclude each other.
    TargetGroupsContradict = "target_groups_contradict", Review, Warning;
    /// An indicator whose population excludes whom a part of the project recruited.
    PopulationExcludesTargetGroup = "population_excludes_target_group", Review, Warning;
    /// Parts of the project that chose their target groups by different conditions and are pooled in one figure.
    TargetGroupsDiffer = "target_groups_differ", Review, Note;
    /// Declared levels that a purpose does not name.
    LevelsOutsidePurpose = "levels_outside_purpose", Review, Note;
    /// Units of a printed table that lie outside what a purpose names.
    PrintedOutsidePurpose = "printed_outside_purpose", Review, Warning;
    /// Step movement on columns that do not say by which instrument they are rated.
    StepWithoutInstrument = "step_without_instrument", Review, Warning;
    /// Step movement that does not say how far a step is.
    StepWithoutRule = "step_without_rule", Review, Note;
    /// An indicator about persons that is not split by gender.
    IndicatorNotByGender = "indicator_not_by_gender", Review, Warning;

    /// A text that is no day, in a source that has texts only; it is read as unknown.
    ImpossibleDate = "impossible_date", Check, Error;
    /// A text that is no number, in a source that has texts only; it is read as unknown.
    NotANumber = "not_a_number", Check, Error;
    /// Undeclared texts that are nearly a declared spelling.
    NearSpelling = "near_spelling", Check, Note;
    /// A day that lies before the one that it follows.
    DatesReversed = "dates_reversed", Check, Error;
    /// A day before the first or after the last day of the project.
    DateOutsideProject = "date_outside_project", Check, Warning;
    /// A row that breaks a declared rule.
    RuleBroken = "rule_broken", Check, Error;
    /// An outcome that is known although what it follows has not happened.
    FollowUpWithoutEvent = "follow_up_without_event", Check, Warning;
    /// A follow-up made outside its window.
    FollowUpOutsideWindow = "follow_up_outside_window", Check, Warning;
    /// A follow-up that is due, of which nothing is known.
    FollowUpMissing = "follow_up_missing", Check, Note;
    /// A number below the smallest or above the largest that can be right.
    NumberOutOfRange = "number_out_of_range", Check, Warning;
    /// A row whose id stands in an earlier row, where a row is a person.
    RepeatedId = "repeated_id", Check, Error;
    /// Persons whose rows lie in several levels of a crossed column.
    PersonInSeveralLevels = "person_in_several_levels", Check, Note;
    /// A row in which a mandatory column is not known.
    IncompleteRecord = "incomplete_record", Check, Warning;
    /// Unknown values of a column.
    MissingValues = "missing_values", Check, Note;
    /// Values that are unknown in one group far more often than elsewhere.
    MissingUnevenly = "missing_unevenly", Check, Note;
    /// A unit outside the target group of its part of the project.
    OutsideTargetGroup = "outside_target_group", Check, Warning;
    /// Units of which it is not known whether they belong to the target group.
    TargetGroupUnknown = "target_group_unknown", Check, Note;
    /// Units that lie outside what a purpose names.
    OutsidePurpose = "outside_purpose", Check, Note;
    /// Texts that look like personal identity numbers, in a column that is not declared to hold any.
    LooksLikeIdentityNumber = "looks_like_identity_number", Check, Error;
    /// Texts that look like coordination numbers.
    LooksLikeCoordinationNumber = "looks_like_coordination_number", Check, Error;
    /// Texts that look like telephone numbers.
    LooksLikePhoneNumber = "looks_like_phone_number", Check, Error;
    /// Texts that look like e-mail addresses.
    LooksLikeEMail = "looks_like_e_mail", Check, Error;
    /// A column that looks as if it held the names of persons.
    LooksLikeNames = "looks_like_names", Check, Warning;

    // ── Published figures: do they hold? ──

    /// The printed parts of a total come to less than it: somebody is in none of them.
    PartsMissing = "parts_missing", Reconcile, Error;
    /// The printed parts of a total come to more than it: somebody is in several of them, or counted twice.
    PartsOverlap = "parts_overlap", Reconcile, Error;
    /// A part is larger than the total that it belongs to.
    PartAboveTotal = "part_above_total", Reconcile, Error;
    /// One figure is printed twice in a table, with different numbers.
    PrintedTwice = "printed_twice", Reconcile, Error;
    /// Two tables of the same people give different numbers.
    TablesDiffer = "tables_differ", Reconcile, Error;
    /// A statement's number is not that of a table or of another statement.
    CountDiffers = "count_differs", Reconcile, Error;
    /// A statement's share or ratio is not that of its counts.
    ShareWrong = "share_wrong", Reconcile, Error;
    /// No whole number of so many gives the share that a statement says.
    ShareImpossible = "share_impossible", Reconcile, Error;
    /// Published figures cannot all hold: no table of whole numbers has them together.
    Contradiction = "contradiction", Reconcile, Error;
    /// A figure offered as the answer to a goal speaks of other people, another time or another property.
    AnswerOfOthers = "answer_of_others", Reconcile, Warning;
    /// A figure offered as the answer to a goal misses a version of its target.
    AnswerMissesTarget = "answer_misses_target", Reconcile, Warning;
    /// A total meets a target that some of its parts miss, or misses one that some of them meet.
    PartsAgainstTarget = "parts_against_target", Reconcile, Warning;
    /// A share outside 40 to 60 %, in total or in parts, where the 40/60 rule is to be looked at.
    NotBalanced = "not_balanced", Reconcile, Warning;
    /// One part holds half or more of those with a property.
    PartDominates = "part_dominates", Reconcile, Note;
    /// Money is said to follow a target, and it does not, or it cannot be told.
    NotInProportion = "not_in_proportion", Reconcile, Warning;
    /// A published figure is not what the register gives.
    RegisterDiffers = "register_differs", Reconcile, Error;
    /// A published figure that the evaluation does not hold the counts of.
    NotRecomputed = "not_recomputed", Reconcile, Note;
    /// Published figures that cross too much to be tried together.
    NotCompared = "not_compared", Reconcile, Note;
}

/// Which question a finding answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Family {
    /// What a register holds that could not be counted as it stands.
    Register,
    /// What was detected and assumed when a file was read.
    Reading,
    /// Whether a project is evaluable as it is written.
    Review,
    /// Whether a register is sound.
    Check,
    /// Whether published figures agree with themselves, with each other and with the register.
    Reconcile,
}

impl Family {
    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Reading => "reading",
            Self::Review => "review",
            Self::Check => "check",
            Self::Reconcile => "reconcile",
        }
    }
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// What is said cannot be right, or cannot be used as it stands.
    Error,
    /// Figures stand, but somebody should look.
    Warning,
    /// Good to know.
    Note,
}

impl Severity {
    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}
