//! What is found in published figures, as sentences: which numbers, what they would have to be, and what to do.

mod answers;
mod figures;

use super::number::{NO_BREAK, percent};
use super::{count, say};
use crate::finding::{Fact, Finding, FindingCode};
use crate::project::{Decimal, Language};

pub(super) fn sentence(finding: &Finding, language: Language) -> String {
    let told = Told { finding, language };
    match finding.code {
        FindingCode::PartsMissing
        | FindingCode::PartsOverlap
        | FindingCode::PartAboveTotal
        | FindingCode::PrintedTwice
        | FindingCode::TablesDiffer
        | FindingCode::CountDiffers
        | FindingCode::ShareWrong
        | FindingCode::ShareImpossible
        | FindingCode::Contradiction
        | FindingCode::NotCompared => told.figures(),
        _ => told.answers(),
    }
}

/// A finding with the language that it is told in.
struct Told<'f> {
    finding: &'f Finding,
    language: Language,
}

impl Told<'_> {
    /// The table or statement, by its id.
    fn subject(&self) -> String {
        let part = self.finding.subject.part.as_deref().unwrap_or_default();
        self.source(part)
    }

    /// A table or statement with its id: *tabellen `by_branch`*, *statement `men`*.
    fn source(&self, part: &str) -> String {
        match (part.strip_prefix("published.tables."), part.strip_prefix("published.statements.")) {
            (Some(id), _) => {
                say!(self.language, format!("tabellen `{id}`"), format!("table `{id}`"))
            }
            (_, Some(id)) => {
                say!(self.language, format!("utsagan `{id}`"), format!("statement `{id}`"))
            }
            _ => format!("`{part}`"),
        }
    }

    fn fact(&self, name: &str) -> Option<&Fact> {
        self.finding.facts.get(name)
    }

    fn number(&self, name: &str) -> Option<i64> {
        match self.fact(name) {
            Some(Fact::Count(number)) => Some(*number),
            _ => None,
        }
    }

    /// A number that may be missing, as text.
    fn whole(&self, name: &str) -> String {
        self.number(name).map_or_else(String::new, |number| self.counted(number))
    }

    fn text(&self, name: &str) -> &str {
        match self.fact(name) {
            Some(Fact::Text(text)) => text,
            _ => "",
        }
    }

    fn list(&self, name: &str) -> &[Fact] {
        match self.fact(name) {
            Some(Fact::List(facts)) => facts,
            _ => &[],
        }
    }

    /// The share of a name, or nothing where there is none.
    fn share(&self, name: &str) -> String {
        self.fact(name).map_or_else(String::new, |fact| self.told(fact))
    }

    fn counted(&self, number: i64) -> String {
        let sign = if number < 0 { "\u{2212}" } else { "" };
        format!("{sign}{}", count(number.unsigned_abs(), self.language))
    }

    /// A difference with its sign.
    fn signed(&self, number: i64) -> String {
        if number > 0 { format!("+{}", self.counted(number)) } else { self.counted(number) }
    }

    fn decimal(&self, number: Decimal) -> String {
        if let Some(whole) = number.to_integer() {
            return self.counted(whole);
        }
        let text = number.to_string().replace('-', "\u{2212}");
        say!(self.language, text.replace('.', ","), text)
    }

    fn percentage(&self, number: Decimal) -> String {
        let number = self.decimal(number);
        say!(self.language, format!("{number}{NO_BREAK}%"), format!("{number}%"))
    }

    /// One of two counts as a percentage with one decimal, a tie upwards as people round.
    fn percent_of(&self, part: i64, whole: i64) -> String {
        let twice = i128::from(part) * 2_000 + i128::from(whole);
        let tenths = twice.checked_div_euclid(2 * i128::from(whole)).unwrap_or_default();
        let (digits, tenth) = (tenths.div_euclid(10), tenths.rem_euclid(10));
        let digits = i64::try_from(digits).map_or_else(|_| String::new(), |one| self.counted(one));
        say!(self.language, format!("{digits},{tenth}{NO_BREAK}%"), format!("{digits}.{tenth}%"))
    }

    /// Levels that a number stands for: `totalt`, `gender=woman`.
    fn place<'t>(&self, place: &'t str) -> &'t str {
        if place == "total" { say!(self.language, "totalt", "in total") } else { place }
    }

    /// A fact by itself: a share as `4 av 35 = 11,4 %`.
    fn told(&self, fact: &Fact) -> String {
        match fact {
            Fact::Count(number) => self.counted(*number),
            Fact::Number(number) => self.decimal(*number),
            Fact::Share { part, whole } if *whole > 0 => {
                let (k, n) = (self.counted(*part), self.counted(*whole));
                let of = say!(self.language, "av", "of");
                format!("{k} {of} {n} = {}", self.percent_of(*part, *whole))
            }
            Fact::Share { part, whole } => {
                let of = say!(self.language, "av", "of");
                format!("{} {of} {}", self.counted(*part), self.counted(*whole))
            }
            Fact::Text(text) => self.place(text).to_owned(),
            Fact::Day(day) => day.to_string(),
            Fact::Promise { promise, is_share } => {
                super::word::promised(promise, *is_share, self.language)
            }
            Fact::Flag(flag) => flag.to_string(),
            Fact::List(facts) => {
                facts.iter().map(|fact| self.told(fact)).collect::<Vec<_>>().join(", ")
            }
        }
    }

    fn verdict(&self, word: &str) -> &'static str {
        match word {
            "met" => say!(self.language, "nått", "met"),
            "not_met" => say!(self.language, "inte nått", "not met"),
            "balanced" => say!(self.language, "inom 40–60", "within 40–60"),
            _ => say!(self.language, "utanför 40–60", "outside 40–60"),
        }
    }
}

/// The first letter as a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Sentences after each other, a space before each.
fn after_each_other(sentences: &[String]) -> String {
    sentences.iter().flat_map(|sentence| [" ", sentence.as_str()]).collect()
}

/// At most so many of some texts, and that there are more.
fn first_of(texts: Vec<String>, most: usize, divider: &str) -> String {
    let more = if texts.len() > most { " …" } else { "" };
    let shown: Vec<String> = texts.into_iter().take(most).collect();
    format!("{}{more}", shown.join(divider))
}
