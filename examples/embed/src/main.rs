//! The core of `utfall` in a Rust program: a project, a table, the verdicts. Run it with `cargo run -p embed`.
#![allow(clippy::print_stdout, reason = "a program that shows its result")]
#![forbid(unsafe_code)]

use utfall::data::{Table, Values};
use utfall::{Error, Evaluator, Project, day, wording};

/// The project file: what is promised, and how it is measured.
const PROJECT: &str = include_str!("project.toml");

fn main() -> Result<(), Error> {
    let project = Project::from_toml(PROJECT)?;
    let as_of = day::parse("2022-06-30").unwrap_or_default();
    let table = Table::new([
        ("Kön", Values::from_texts([Some("K"), Some("K"), Some("M"), Some("K")])),
        ("Status", Values::from_texts([Some("arbete"), Some("studier"), None, Some("annat")])),
    ]);
    let mut evaluator = Evaluator::new(&project, as_of)?;
    evaluator.add("participants", &table)?;
    let evaluation = evaluator.finish()?;
    for goal in project.goals.keys() {
        let sentence = wording::goal_sentence(&project, &evaluation, goal, project.language());
        println!("{}", sentence.unwrap_or_default());
    }
    Ok(())
}
