//! Findings: every code of a review and a check provoked, what they find on Likes, and their catalogue.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod canary;
mod catalogue;
mod check;
mod laws;
mod likes;
mod reconcile;
mod reconciled_likes;
mod review;

use utfall::project::Language;
use utfall::{Fact, Finding, FindingCode, Project};

/// The findings of a code.
fn of(findings: &[Finding], code: FindingCode) -> Vec<&Finding> {
    findings.iter().filter(|finding| finding.code == code).collect()
}

/// The subjects of the findings of a code.
fn subjects(findings: &[Finding], code: FindingCode) -> Vec<String> {
    of(findings, code).into_iter().map(|finding| finding.subject.to_string()).collect()
}

/// A fact of a finding as JSON writes it.
fn fact(finding: &Finding, name: &str) -> serde_json::Value {
    let facts: serde_json::Value = serde_json::from_str(&finding.facts.to_json().unwrap()).unwrap();
    facts[name].clone()
}

fn text(finding: &Finding, name: &str) -> String {
    match finding.facts.get(name) {
        Some(Fact::Text(text)) => text.clone(),
        other => panic!("{name} is {other:?}"),
    }
}

fn project(text: &str) -> Project {
    Project::from_toml(text).unwrap_or_else(|error| panic!("{error}"))
}

/// A sentence without holes, in both languages, that says something to do.
fn assert_whole(finding: &Finding) {
    for language in [Language::Swedish, Language::English] {
        let sentence = finding.sentence(language);
        let code = finding.code.word();
        assert!(sentence.len() > 30 && sentence != code, "{code}: {sentence}");
        for hole in ["{", "}", "``", "  ", "()", "”” ", "“”", " ,", " ."] {
            assert!(!sentence.contains(hole), "{code} has a hole `{hole}`: {sentence}");
        }
        assert!(sentence.ends_with('.'), "{code}: {sentence}");
    }
    assert_ne!(finding.sentence(Language::Swedish), finding.sentence(Language::English));
}
