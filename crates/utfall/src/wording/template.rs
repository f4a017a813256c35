//! Sentences of findings as templates, their holes filled from subject, facts, count and rows.

use super::finding::rows;
use super::word::promised;
use super::{count, say};
use crate::finding::{Fact, Finding, FindingCode};
use crate::project::{Language, Tier};

/// A code with its sentence in Swedish and English. Holes are `{rows}`, `{count}`, `{subject}`, `{goal}`, `{register}`,
/// `{column}`, `{indicator}`, and the names of the finding's facts.
pub(super) type Sentence = (FindingCode, &'static str, &'static str);

/// The sentence of a finding; its code where there is none.
pub(super) fn sentence(sentences: &[Sentence], finding: &Finding, language: Language) -> String {
    let Some((_, swedish, english)) = sentences.iter().find(|(code, ..)| *code == finding.code)
    else {
        return finding.code.word().to_owned();
    };
    fill(say!(language, swedish, english), finding, language)
}

fn fill(template: &str, finding: &Finding, language: Language) -> String {
    let mut sentence = String::new();
    for piece in template.split('{') {
        let Some((hole, text)) = piece.split_once('}') else {
            sentence.push_str(piece);
            continue;
        };
        sentence.push_str(&filled(hole, finding, language));
        sentence.push_str(text);
    }
    sentence
}

fn filled(hole: &str, finding: &Finding, language: Language) -> String {
    let subject = &finding.subject;
    let named = |name: &Option<String>| name.clone().unwrap_or_default();
    match hole {
        "rows" => rows(finding, language),
        "count" => count(finding.count, language),
        "subject" => subject.to_string(),
        "goal" => {
            let part = subject.part.as_deref().unwrap_or_default();
            part.trim_start_matches("goals.").to_owned()
        }
        "register" => named(&subject.register),
        "column" if finding.facts.get("column").is_none() => named(&subject.column),
        "indicator" if finding.facts.get("indicator").is_none() => named(&subject.indicator),
        "tiers" => tiers(finding, language).to_owned(),
        "separator" => separator(finding, language),
        name => finding.facts.get(name).map_or_else(String::new, |fact| told(fact, language)),
    }
}

/// A fact as a sentence tells it.
fn told(fact: &Fact, language: Language) -> String {
    let whole = |number: i64| {
        let sign = if number < 0 { "\u{2212}" } else { "" };
        format!("{sign}{}", count(number.unsigned_abs(), language))
    };
    match fact {
        Fact::Count(number) => whole(*number),
        Fact::Number(number) => {
            let text = number.to_string();
            say!(language, text.replace('.', ","), text)
        }
        Fact::Share { part, whole: of } => {
            let of_whom = say!(language, "av", "of");
            format!("{} {of_whom} {}", whole(*part), whole(*of))
        }
        Fact::Flag(true) => say!(language, "ja", "yes").to_owned(),
        Fact::Flag(false) => say!(language, "nej", "no").to_owned(),
        Fact::Day(day) => day.to_string(),
        Fact::Text(text) => text.clone(),
        Fact::Promise { promise, is_share } => promised(promise, *is_share, language),
        Fact::List(facts) => {
            let each = |fact: &Fact| match fact {
                Fact::Text(text) => format!("`{text}`"),
                other => told(other, language),
            };
            facts.iter().map(each).collect::<Vec<_>>().join(", ")
        }
    }
}

/// The goals of a tier, as many.
fn tiers(finding: &Finding, language: Language) -> &'static str {
    let tier = match finding.facts.get("tier") {
        Some(Fact::Text(word)) => Tier::of_word(word),
        _ => None,
    };
    match tier {
        Some(Tier::Effect) => say!(language, "långsiktiga effekter", "long-term effects"),
        Some(Tier::Project) => say!(language, "projektmål", "project goals"),
        Some(Tier::Sub) => say!(language, "delmål", "sub-goals"),
        None => "",
    }
}

/// What divides the fields of a file, by its name.
fn separator(finding: &Finding, language: Language) -> String {
    let sign = match finding.facts.get("separator") {
        Some(Fact::Text(sign)) => sign,
        _ => "",
    };
    match sign {
        ";" => say!(language, "semikolon", "semicolons").to_owned(),
        "," => say!(language, "kommatecken", "commas").to_owned(),
        "\t" => say!(language, "tabbar", "tabs").to_owned(),
        other => format!("`{other}`"),
    }
}
