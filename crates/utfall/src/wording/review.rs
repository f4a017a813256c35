//! What a review finds, as sentences: what is missing or does not fit, and what to do.

use super::template::{self, Sentence};
use crate::finding::{Finding, FindingCode};
use crate::project::Language;

pub(super) fn sentence(finding: &Finding, language: Language) -> String {
    template::sentence(SENTENCES, finding, language)
}

const SENTENCES: &[Sentence] = &[
    (
        FindingCode::GoalWithoutIndicator,
        "Målet `{goal}` har varken indikator eller skala för bedömning: ingenting kan visa om det nås. Ange `indicator`, eller `scale` med `evidence`.",
        "The goal `{goal}` has neither an indicator nor a scale to rate it on: nothing can show whether it is reached. Declare `indicator`, or `scale` with `evidence`.",
    ),
    (
        FindingCode::GoalWithoutTarget,
        "Målet `{goal}` har inget målvärde: det är inte sagt hur mycket som räcker. Ange `targets`.",
        "The goal `{goal}` has no target: it is not said how much is enough. Declare `targets`.",
    ),
    (
        FindingCode::GoalWithoutNumber,
        "Målet `{goal}` har ett målvärde som är en bedömning och inget tal. Ange ett antal eller en andel om det går, annars vad som skiljer betygen åt.",
        "The target of the goal `{goal}` is a rating and no number. Declare a number or a share if that can be done, else what tells the ratings apart.",
    ),
    (
        FindingCode::GoalWithoutTime,
        "Det är inte sagt när målet `{goal}` ska vara nått. Ange `due_on`, eller en indikator med `follow_up`.",
        "It is not said when the goal `{goal}` is to be reached. Declare `due_on`, or an indicator with `follow_up`.",
    ),
    (
        FindingCode::GoalWithoutBaseline,
        "Målet `{goal}` har inget utgångsläge: en förändring kan inte bedömas. Ange `baseline` med värde, dag och källa.",
        "The goal `{goal}` has no baseline: no change can be judged. Declare `baseline` with value, day and source.",
    ),
    (
        FindingCode::GoalWithoutSource,
        "Målet `{goal}` har ingen verifikationskälla. Ange i `source` var utfallet kan läsas.",
        "The goal `{goal}` has no verification source. Declare in `source` where the outcome is found.",
    ),
    (
        FindingCode::EffectWithoutIndicator,
        "Den långsiktiga effekten `{goal}` mäts inte. Bestäm vem som följer upp den efter projektet, och hur.",
        "Nothing measures the long-term effect `{goal}`. Decide who follows it up after the project, and how.",
    ),
    (
        FindingCode::GoalsNotSpecific,
        "{both} projektmål har både tal och tidpunkt; {number_only} har bara tal, {time_only} bara tidpunkt och {neither} har ingetdera. Skriv målen så att det går att säga om och när de är nådda.",
        "{both} project goals have both a number and a time; {number_only} have a number only, {time_only} a time only, and {neither} have neither. Write the goals so that it can be said whether and when they are reached.",
    ),
    (
        FindingCode::UnusedIndicator,
        "Indikatorn `{indicator}` används inte: inte av något mål, någon kontroll, aktivitet, plan eller kostnad. Knyt den till ett mål eller ta bort den.",
        "No goal, check, activity, plan or cost uses the indicator `{indicator}`. Tie it to a goal or leave it out.",
    ),
    (
        FindingCode::TextNumberWithoutTarget,
        "Målet `{goal}` nämner {text} i sin text, men inget av dess målvärden gör det. Ange talet i `targets` eller rätta texten.",
        "The text of the goal `{goal}` says {text}, but none of its targets does. Declare the number in `targets` or correct the text.",
    ),
    (
        FindingCode::TextTimeWithoutFollowUp,
        "Målet `{goal}` nämner {text} i sin text, men dess indikator följs inte upp vid den tiden. Ange `follow_up` i indikatorn eller rätta texten.",
        "The text of the goal `{goal}` says {text}, but its indicator is not followed up at that time. Declare `follow_up` in the indicator or correct the text.",
    ),
    (
        FindingCode::TextPopulationWithoutCondition,
        "Målet `{goal}` talar om dem som ”{text}”, men indikatorn `{indicator}` räknar alla. Ange i indikatorns `of` vilka som räknas, eller rätta texten.",
        "The goal `{goal}` speaks of those who “{text}”, but the indicator `{indicator}` counts everybody. Declare in the indicator's `of` who is counted, or correct the text.",
    ),
    (
        FindingCode::DenominatorsDiffer,
        "Andelarna i registret `{register}` räknas på {count} olika populationer ({indicators}): inskrivna, utbildade och fullföljda är inte samma personer. Säg vid varje andel av vilka den är, och jämför dem inte med varandra.",
        "The shares in the register `{register}` are of {count} different populations ({indicators}): enrolled, trained and completed are not the same persons. Say with every share of whom it is, and do not compare them with each other.",
    ),
    (
        FindingCode::SubGoalWithoutProjectGoal,
        "Delmålet `{goal}` leder inte till något projektmål. Ange i `leads_to` vad det bidrar till.",
        "The sub-goal `{goal}` leads to no project goal. Declare in `leads_to` what it contributes to.",
    ),
    (
        FindingCode::ProjectGoalWithoutEffect,
        "Projektmålet `{goal}` leder inte till någon långsiktig effekt. Ange i `leads_to` vad det bidrar till.",
        "The project goal `{goal}` leads to no long-term effect. Declare in `leads_to` what it contributes to.",
    ),
    (
        FindingCode::ProjectGoalWithoutSubGoal,
        "Inget delmål leder till projektmålet `{goal}`: det är inte sagt vad som ska göras för att nå det. Skriv delmål som leder dit.",
        "No sub-goal leads to the project goal `{goal}`: it is not said what is done to reach it. Write sub-goals that lead there.",
    ),
    (
        FindingCode::EffectWithoutGoal,
        "Inget mål leder till den långsiktiga effekten `{goal}`. Skriv vilket mål som bidrar till den, eller ta bort den.",
        "No goal leads to the long-term effect `{goal}`. Write which goal contributes to it, or leave it out.",
    ),
    (
        FindingCode::ChainBackwards,
        "Målet `{goal}` leder till `{leads_to}`, som ligger närmare än det självt. Vänd länken eller rätta `tier`.",
        "The goal `{goal}` leads to `{leads_to}`, which lies nearer than itself. Turn the link or correct `tier`.",
    ),
    (
        FindingCode::TierWithoutAssumptions,
        "Inga antaganden är skrivna på nivån {tiers}. Ange i `assumptions` vad som måste hålla för att de ska nås.",
        "No assumptions are written for the {tiers} of the project. Declare in `assumptions` what has to hold for them to be reached.",
    ),
    (
        FindingCode::TierWithoutRisks,
        "Inga risker är skrivna på nivån {tiers}. Ange i `risks` vad som kan komma emellan.",
        "No risks are written for the {tiers} of the project. Declare in `risks` what could stand in the way.",
    ),
    (
        FindingCode::RiskWithoutResponse,
        "Risken ”{risk}” har ingen åtgärd ({subject}). Ange `response`.",
        "Nothing is done about the risk “{risk}” ({subject}). Declare `response`.",
    ),
    (
        FindingCode::ActivityWithoutResponsible,
        "{share} aktiviteter i handlingsplanen har ingen ansvarig (nummer {activities}). Ange `responsible`.",
        "Nobody is responsible for {share} activities of the plan (numbers {activities}). Declare `responsible`.",
    ),
    (
        FindingCode::ActivityWithoutDates,
        "{share} aktiviteter i handlingsplanen har varken dagar eller fas (nummer {activities}). Ange `first_day` och `last_day`.",
        "{share} activities of the plan have neither days nor a phase (numbers {activities}). Declare `first_day` and `last_day`.",
    ),
    (
        FindingCode::ActivityWithoutFollowUp,
        "{share} aktiviteter i handlingsplanen har varken indikator eller belägg (nummer {activities}): ingenting visar att de gav något. Ange `indicator` eller `evidence`.",
        "{share} activities of the plan have neither an indicator nor evidence (numbers {activities}): nothing shows what came of them. Declare `indicator` or `evidence`.",
    ),
    (
        FindingCode::TargetLowered,
        "Målvärdet för `{goal}` gjordes lättare att nå: från {before} till {after} från {from}. Redovisa utfallet mot båda.",
        "The target of `{goal}` was made easier to reach: from {before} to {after} from {from}. Report the outcome against both.",
    ),
    (
        FindingCode::TargetRevisedLate,
        "Målvärdet för `{goal}` ändrades från {from}, i projektets sista fjärdedel (sista dag {last_day}) eller efter den, när utfallet mest var känt. Redovisa utfallet också mot det tidigare målvärdet.",
        "The target of `{goal}` was changed from {from}, in the last quarter of the project (last day {last_day}) or after it, when most of the outcome was known. Report the outcome against the earlier target too.",
    ),
    (
        FindingCode::RevisionWithoutReason,
        "Ändringen av målvärdet för `{goal}` från {from} (från {before} till {after}) säger inte både vem som beslutade och varför. Ange `decided_by` och `why`.",
        "The revision of the target of `{goal}` from {from} (from {before} to {after}) does not say both who decided and why. Declare `decided_by` and `why`.",
    ),
    (
        FindingCode::ClaimedUnchanged,
        "Påståendet `{claim}` säger att målen är oförändrade, men målvärdet för `{goal}` ändrades från {before} till {after} från {from}. Rätta texten.",
        "The claim `{claim}` says that goals are unchanged, but the target of `{goal}` was changed from {before} to {after} from {from}. Correct the text.",
    ),
    (
        FindingCode::TargetGroupsContradict,
        "Målgrupperna utesluter varandra: {part} kräver `{asks}`, {other_part} kräver `{other_asks}` ({subject}). Redovisa delarna var för sig, eller enas om en målgrupp.",
        "The target groups exclude each other: {part} asks for `{asks}`, {other_part} for `{other_asks}` ({subject}). Report the parts by themselves, or agree on one target group.",
    ),
    (
        FindingCode::PopulationExcludesTargetGroup,
        "Indikatorn `{indicator}` räknar dem med `{asks}`, men {other_part} rekryterade dem med `{other_asks}`: de räknas aldrig. Rätta indikatorns `of` eller målgruppen.",
        "The indicator `{indicator}` counts those with `{asks}`, but {other_part} recruited those with `{other_asks}`: they are never counted. Correct the indicator's `of` or the target group.",
    ),
    (
        FindingCode::TargetGroupsDiffer,
        "De {parts} delarna har valt sin målgrupp efter olika villkor ({columns}) och räknas i samma siffror ({subject}). Redovisa utfallet också för varje del.",
        "The {parts} parts chose their target groups by different conditions ({columns}) and are pooled in the same figures ({subject}). Report the outcome for each part too.",
    ),
    (
        FindingCode::LevelsOutsidePurpose,
        "Syftet `{subject}` omfattar inte {levels} i kolumnen `{column}`, som ändå är deklarerade. Ändra syftet, eller redovisa dem för sig.",
        "The purpose `{subject}` does not name {levels} of the column `{column}`, which are declared nevertheless. Revise the purpose, or report them by themselves.",
    ),
    (
        FindingCode::PrintedOutsidePurpose,
        "Enligt tabellen `{table}` ligger {outside} utanför syftet `{subject}`, {within} inom det. Förklara varför, eller ändra syftet.",
        "By the table `{table}`, {outside} lie outside the purpose `{subject}`, {within} within it. Explain why, or revise the purpose.",
    ),
    (
        FindingCode::StepWithoutInstrument,
        "Indikatorn `{indicator}` räknar stegförflyttning på kolumner som inte säger med vilket instrument de är skattade ({columns}). Ange `instrument` på kolumnerna: vilket, och vem som skattar.",
        "The indicator `{indicator}` counts step movement on columns that do not say by which instrument they are rated ({columns}). Declare `instrument` on the columns: which one, and who rates.",
    ),
    (
        FindingCode::StepWithoutRule,
        "Indikatorn `{indicator}` säger inte hur stor en stegförflyttning är. Ange `at_least`.",
        "The indicator `{indicator}` does not say how far a step is. Declare `at_least`.",
    ),
    (
        FindingCode::IndicatorNotByGender,
        "Indikatorn `{indicator}` redovisas inte efter kön: registret `{register}` korsas inte av `{column}` (kolumnen finns i källan: {published}). Lägg kolumnen till registret och dess `by`.",
        "The indicator `{indicator}` is not split by gender: the register `{register}` is not crossed by `{column}` (column in the source: {published}). Add the column to the register and to its `by`.",
    ),
];
