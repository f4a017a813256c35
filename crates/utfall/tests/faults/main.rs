//! Bad input: every error that the core can give, each with its whole message.
//!
//! A message says what is wrong and where, what was expected, and what to do; it never holds a value of a person.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

/// Tests of bad input: each a text, the code of its first fault, and the whole message.
macro_rules! refused {
    ($read:path; $( $(#[doc = $doc:literal])* $name:ident: $text:expr => $code:literal, $message:expr; )*) => {
        $(
            $(#[doc = $doc])*
            #[test]
            fn $name() {
                $crate::assert_refused($read($text), $code, $message);
            }
        )*

        /// The codes that these tests provoke.
        pub(crate) const CODES: &[&str] = &[$($code),*];
    };
}

mod asked;
mod canary;
mod catalogue;
mod goals;
mod indicators;
mod json;
mod principles;
mod registers;
mod soundness;
mod statistics;
mod syntax;
mod tables;
mod tallies;

use utfall::{Error, Project};

/// A register with a column of every type, an indicator and a goal: what a text of a test may speak of. It has 21 lines.
const PEOPLE: &str = r#"schema = 1
name = "Bad"

[registers.people]
unit = "person"
columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
columns.step = { header = "Steg", type = "ordinal", levels = ["1", "2", "3"] }
columns.completed = { header = "Fullföljd", type = "date" }
columns.score = { header = "Poäng", type = "number" }
columns.asked = { header = "Frågad", type = "flag" }

[indicators.men]
kind = "share"
register = "people"
having = { gender = "man" }

[goals.men]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, at_least = 0.15 }]
"#;

/// Reads a project file that goes on from [`PEOPLE`]: its first line is line 22.
fn after_people(text: &str) -> Result<Project, Error> {
    Project::from_toml(&format!("{PEOPLE}{text}"))
}

#[test]
fn what_the_tests_go_on_from_has_no_fault() {
    assert_eq!(PEOPLE.lines().count(), 21);
    assert_eq!(after_people("").map(|project| project.goals.len()), Ok(1));
}

fn assert_refused<T>(read: Result<T, Error>, code: &str, message: &str) {
    match read {
        Ok(_) => panic!("accepted, expected {code}: {message}"),
        Err(error) => assert_eq!((error.code(), &*error.to_string()), (code, message)),
    }
}
