//! What a check finds, as sentences: where, how many, and what to do; never a value.

use super::template::{self, Sentence};
use crate::finding::{Finding, FindingCode};
use crate::project::Language;

pub(super) fn sentence(finding: &Finding, language: Language) -> String {
    template::sentence(SENTENCES, finding, language)
}

const SENTENCES: &[Sentence] = &[
    (
        FindingCode::ImpossibleDate,
        "Kolumnen `{column}` har en text som inte är ett datum på {rows}; den läses som okänd, och en utvärdering stannar vid den. Skriv datum som 2022-06-30.",
        "Column `{column}` has a text that is no date in {rows}; it is read as unknown, and an evaluation stops at it. Write dates like 2022-06-30.",
    ),
    (
        FindingCode::NotANumber,
        "Kolumnen `{column}` har en text som inte är ett tal på {rows}; den läses som okänd, och en utvärdering stannar vid den. Skriv tal som 12.5.",
        "Column `{column}` has a text that is no number in {rows}; it is read as unknown, and an evaluation stops at it. Write numbers like 12.5.",
    ),
    (
        FindingCode::NearSpelling,
        "Kolumnen `{column}` har en text som liknar `{spelling}` på {rows}. Rätta källan, eller lägg till stavningen under nivån om den är menad.",
        "Column `{column}` has a text that is nearly `{spelling}` in {rows}. Correct the source, or add the spelling to the level if that is meant.",
    ),
    (
        FindingCode::DatesReversed,
        "Kolumnen `{column}` har ett datum före det i `{first}` på {rows}. Rätta ett av de två.",
        "Column `{column}` has a date before that of `{first}` in {rows}. Correct one of the two.",
    ),
    (
        FindingCode::DateOutsideProject,
        "Kolumnen `{column}` har ett datum utanför projekttiden ({first_day} till {last_day}) på {rows}. Rätta datumet, eller projektets dagar.",
        "Column `{column}` has a date outside the project ({first_day} to {last_day}) in {rows}. Correct the date, or the days of the project.",
    ),
    (
        FindingCode::RuleBroken,
        "Regeln ”{rule}” bryts på {rows}. Rätta källan, eller regeln.",
        "The rule “{rule}” is broken in {rows}. Correct the source, or the rule.",
    ),
    (
        FindingCode::FollowUpWithoutEvent,
        "Indikatorn `{indicator}` har ett känt utfall fast `{after}` är tomt på {rows}: det är inte sagt vad det följer upp. Fyll i datumet eller ta bort utfallet.",
        "Indicator `{indicator}` has a known outcome although `{after}` is empty in {rows}: it is not said what it follows up. Fill the date in or remove the outcome.",
    ),
    (
        FindingCode::FollowUpOutsideWindow,
        "Indikatorn `{indicator}`: `{observed_on}` ligger mer än {days_before} dagar före eller {days_after} dagar efter den dag då uppföljningen skulle göras, på {rows}; utfallet räknas inte. Följ upp i tid, eller ändra `window_days`.",
        "Indicator `{indicator}`: `{observed_on}` lies more than {days_before} days before or {days_after} days after the day on which the follow-up falls due, in {rows}; the outcome does not count. Follow up in time, or revise `window_days`.",
    ),
    (
        FindingCode::FollowUpMissing,
        "Indikatorn `{indicator}`: {share} uppföljningar som skulle vara gjorda saknar svar: {rows}. Följ upp dem.",
        "Indicator `{indicator}`: {share} follow-ups that are due have no answer: {rows}. Follow them up.",
    ),
    (
        FindingCode::NumberOutOfRange,
        "Kolumnen `{column}` har ett tal utanför {at_least} till {at_most} på {rows}. Rätta källan, eller gränserna.",
        "Column `{column}` has a number outside {at_least} to {at_most} in {rows}. Correct the source, or the limits.",
    ),
    (
        FindingCode::RepeatedId,
        "Kolumnen `{column}` har ett id som står på en tidigare rad, på {rows}; en utvärdering stannar vid det. Ta bort dubbletterna, eller deklarera `unit = \"enrolment\"`.",
        "Column `{column}` has an id that stands in an earlier row, in {rows}; an evaluation stops at it. Drop the repeats, or declare `unit = \"enrolment\"`.",
    ),
    (
        FindingCode::PersonInSeveralLevels,
        "{count} personer har rader i flera nivåer av kolumnen `{column}`: summan över nivåerna är större än antalet personer. Se till att det är menat.",
        "{count} persons have rows in several levels of column `{column}`: the sum over levels is larger than the number of persons. Make sure that it is meant.",
    ),
    (
        FindingCode::IncompleteRecord,
        "{share} poster i registret `{register}` saknar någon obligatorisk uppgift ({columns}): {rows}. Komplettera dem; annars räknas de bara i totalen.",
        "{share} records of register `{register}` lack a mandatory field ({columns}): {rows}. Complete them; else they count in the total only.",
    ),
    (
        FindingCode::MissingValues,
        "Kolumnen `{column}` är okänd för {share}: {rows}. Fyll i den, eller säg varför den saknas.",
        "Column `{column}` is unknown for {share}: {rows}. Fill it in, or say why it is missing.",
    ),
    (
        FindingCode::MissingUnevenly,
        "Kolumnen `{column}` är oftare okänd där `{by}` är {level} ({share}) än i registret som helhet ({share_of_all}): grupper kan inte jämföras rakt av. Ta reda på varför.",
        "Column `{column}` is unknown more often where `{by}` is {level} ({share}) than in the whole register ({share_of_all}): groups cannot be compared as they stand. Find out why.",
    ),
    (
        FindingCode::OutsideTargetGroup,
        "{part}: {share} ligger utanför målgruppen: {rows}. Redovisa dem för sig, eller ändra villkoret.",
        "{part}: {share} lie outside the target group: {rows}. Report them by themselves, or revise the condition.",
    ),
    (
        FindingCode::TargetGroupUnknown,
        "{part}: för {share} är det inte känt om de hör till målgruppen: {rows}. Fyll i de uppgifter som villkoret frågar efter.",
        "{part}: of {share} it is not known whether they belong to the target group: {rows}. Fill in what the condition asks for.",
    ),
    (
        FindingCode::OutsidePurpose,
        "{outside} ligger utanför syftet `{purpose}`, {within} inom det: {rows}. Förklara varför, eller ändra syftet.",
        "{outside} lie outside the purpose `{purpose}`, {within} within it: {rows}. Explain why, or revise the purpose.",
    ),
    (
        FindingCode::LooksLikeIdentityNumber,
        "Kolumnen `{column}` har text som ser ut som personnummer på {rows}. Ta bort den eller ersätt den med löpnummer; om den får finnas, ange den med rättslig grund i registrets `identifying`.",
        "Column `{column}` has texts that look like personal identity numbers in {rows}. Remove it or put pseudonyms in its place; if it may be there, declare it with its legal basis in the register's `identifying`.",
    ),
    (
        FindingCode::LooksLikeCoordinationNumber,
        "Kolumnen `{column}` har text som ser ut som samordningsnummer på {rows}. Ta bort den eller ersätt den med löpnummer; om den får finnas, ange den med rättslig grund i registrets `identifying`.",
        "Column `{column}` has texts that look like coordination numbers in {rows}. Remove it or put pseudonyms in its place; if it may be there, declare it with its legal basis in the register's `identifying`.",
    ),
    (
        FindingCode::LooksLikePhoneNumber,
        "Kolumnen `{column}` har text som ser ut som telefonnummer på {rows}. Ta bort den; om den får finnas, ange den med rättslig grund i registrets `identifying`.",
        "Column `{column}` has texts that look like telephone numbers in {rows}. Remove it; if it may be there, declare it with its legal basis in the register's `identifying`.",
    ),
    (
        FindingCode::LooksLikeEMail,
        "Kolumnen `{column}` har text som ser ut som e-postadresser på {rows}. Ta bort den; om den får finnas, ange den med rättslig grund i registrets `identifying`.",
        "Column `{column}` has texts that look like e-mail addresses in {rows}. Remove it; if it may be there, declare it with its legal basis in the register's `identifying`.",
    ),
    (
        FindingCode::LooksLikeNames,
        "Kolumnen `{column}` ser ut att innehålla namn på personer: {rows}. Ta bort den; om den får finnas, ange den med rättslig grund i registrets `identifying`.",
        "Column `{column}` looks as if it held names of persons: {rows}. Remove it; if it may be there, declare it with its legal basis in the register's `identifying`.",
    ),
];
